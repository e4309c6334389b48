//! Mail addresses, postal codes and postal addresses.

use serde::{Deserialize, Serialize};

use crate::Invalid;
use crate::text::{filled, is_dash, tidy};

/// A mail address with full-width letters folded. Deliverability is not judged here, only what cannot be an address.
///
/// # Errors
/// `mail.form` unless there is one `@` with something before it and a dotted name after it.
pub fn mail(typed: &str) -> Result<String, &'static str> {
    let address = tidy(typed);
    let plain = address.len() <= 254
        && address.is_ascii()
        && !address.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\"\\".contains(c));
    let parts = address.split_once('@').filter(|(local, domain)| {
        let labels: Vec<&str> = domain.split('.').collect();
        (1..=64).contains(&local.len())
            && !domain.contains('@')
            && labels.len() >= 2
            && labels.iter().all(|label| !label.is_empty())
    });
    if plain && parts.is_some() { Ok(address) } else { Err("mail.form") }
}

/// The seven digits of a postal code, typed with or without 〒 and hyphen, in either width.
///
/// # Errors
/// `postal_code.length` unless it has seven digits and nothing else.
pub fn postal_code(typed: &str) -> Result<String, &'static str> {
    let digits: String = tidy(typed).chars().filter(|&c| !is_dash(c) && c != '〒' && c != ' ').collect();
    if digits.len() == 7 && digits.bytes().all(|b| b.is_ascii_digit()) { Ok(digits) } else { Err("postal_code.length") }
}

/// A Japanese postal address, in the parts that forms ask for. Every part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Seven digits without a hyphen.
    pub postal_code: Option<String>,
    /// 都道府県
    pub prefecture: Option<String>,
    /// 市区町村
    pub city: Option<String>,
    /// 町域
    pub town: Option<String>,
    /// 丁目・番地・号
    pub street: Option<String>,
    /// 建物・部屋
    pub building: Option<String>,
}

impl Address {
    /// What was typed, normalised; what is wrong with the postal code goes to `address.postal_code`.
    #[must_use]
    pub fn check(self, broken: &mut Invalid) -> Self {
        let Self { postal_code: code, prefecture, city, town, street, building } = self;
        Self {
            postal_code: filled(code).and_then(|typed| broken.take("address.postal_code", postal_code(&typed))),
            prefecture: filled(prefecture),
            city: filled(city),
            town: filled(town),
            street: filled(street),
            building: filled(building),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_typed_in_full_width_is_folded() {
        assert_eq!(mail("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ"), Ok("taro@example.jp".to_owned()));
        for wrong in [
            "",
            "taro",
            "taro@",
            "@example.jp",
            "taro@example",
            "ta ro@example.jp",
            "a@b@c.jp",
            "太郎@example.jp",
            "a@.jp",
        ] {
            assert_eq!(mail(wrong), Err("mail.form"), "{wrong}");
        }
        assert!(mail("a..b.@docomo.ne.jp").is_ok(), "carriers handed out addresses with dots in odd places");
    }

    #[test]
    fn a_postal_code_has_seven_digits() {
        for typed in ["498-0000", "〒498-0000", "４９８－００００", "4980000"] {
            assert_eq!(postal_code(typed), Ok("4980000".to_owned()), "{typed}");
        }
        assert_eq!(postal_code("498-000"), Err("postal_code.length"));
    }
}
