//! Amounts of yen as a person reads and types them; the only place that formats them.

use noren_domain::Yen;
pub use noren_domain::money::parse_man;

use crate::words::Lang;

/// `3,290,000`
pub fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An amount while browsing: `329万円`, `329.5万円`; to the yen where 万 would round it.
pub fn brief(yen: Yen, lang: Lang) -> String {
    let amount = yen.0.unsigned_abs();
    match lang {
        Lang::En => format!("¥{}", grouped(amount)),
        Lang::Ja if amount >= 10_000 && amount.is_multiple_of(10_000) => format!("{}万円", grouped(amount / 10_000)),
        Lang::Ja if amount >= 10_000 && amount.is_multiple_of(1_000) => {
            format!("{}.{}万円", grouped(amount / 10_000), amount % 10_000 / 1_000)
        }
        Lang::Ja => format!("{}円", grouped(amount)),
    }
}

/// An amount in a form, where it is counted in 万円: `329`, `329.5`, `329.5001`.
pub fn in_man(yen: Yen) -> String {
    let (whole, rest) = (yen.0 / 10_000, (yen.0 % 10_000).unsigned_abs());
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:04}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_while_browsing_and_never_rounded() {
        let cases = [
            (2_200_000, "220万円"),
            (3_295_000, "329.5万円"),
            (3_295_400, "3,295,400円"),
            (9_800, "9,800円"),
            (0, "0円"),
            (999_999_999_999, "999,999,999,999円"),
            (128_450_000_000, "12,845,000万円"),
        ];
        for (amount, shown) in cases {
            assert_eq!(brief(Yen(amount), Lang::Ja), shown);
        }
        assert_eq!(brief(Yen(2_200_000), Lang::En), "¥2,200,000");
    }

    #[test]
    fn what_is_shown_in_a_form_reads_back_as_the_same_amount() {
        for amount in [0, 2_200_000, 3_295_000, 3_295_001, 999_999_999_999] {
            assert_eq!(parse_man(&in_man(Yen(amount))), Some(Yen(amount)));
        }
    }
}
