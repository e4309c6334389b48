//! Money is whole yen.

use serde::{Deserialize, Serialize};

use crate::text::tidy;

/// An amount in whole yen. There is no conversion from a float, and sums are checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Yen(pub i64);

impl Yen {
    pub const ZERO: Self = Self(0);

    /// The sum, or `None` past the range of 64 bits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The product with a count, or `None` past the range of 64 bits.
    #[must_use]
    pub fn checked_mul(self, by: i64) -> Option<Self> {
        self.0.checked_mul(by).map(Self)
    }
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
    fn a_sum_past_the_range_is_none_and_not_a_wrong_amount() {
        assert_eq!(Yen(1_000).checked_add(Yen(1)), Some(Yen(1_001)));
        assert_eq!(Yen(i64::MAX).checked_add(Yen(1)), None);
        assert_eq!(Yen(i64::MAX).checked_mul(2), None);
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
}
