//! Amounts of yen as a person reads and types them; the only place that formats them.

use noren_domain::Yen;
use noren_domain::text::tidy;

use crate::words::Lang;

/// `3,290,000`
fn grouped(amount: u64) -> String {
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

/// What was typed as 万円: full-width digits, commas and a unit are understood; `None` for anything else.
pub fn parse_man(typed: &str) -> Option<Yen> {
    let text: String = tidy(typed).chars().filter(|c| !matches!(c, ',' | ' ' | '、')).collect();
    let text = text.strip_suffix("円").unwrap_or(&text);
    let text = text.strip_suffix('万').unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > 4 || !plain(whole) || !plain(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<4}").parse().ok()?;
    whole.checked_mul(10_000)?.checked_add(part).map(Yen)
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
    fn a_budget_is_typed_in_man_yen_in_any_width() {
        for typed in ["220", "２２０", "220万", "220 万円", "220.0"] {
            assert_eq!(parse_man(typed), Some(Yen(2_200_000)), "{typed}");
        }
        assert_eq!(parse_man("1,280.5"), Some(Yen(12_805_000)));
        for wrong in ["", "安め", "-5", "1.23456", "220-250", "."] {
            assert_eq!(parse_man(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_shown_in_a_form_reads_back_as_the_same_amount() {
        for amount in [0, 2_200_000, 3_295_000, 3_295_001, 999_999_999_999] {
            assert_eq!(parse_man(&in_man(Yen(amount))), Some(Yen(amount)));
        }
    }
}
