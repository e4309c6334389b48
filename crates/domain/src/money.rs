//! Money is whole yen.

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_past_the_range_is_none_and_not_a_wrong_amount() {
        assert_eq!(Yen(1_000).checked_add(Yen(1)), Some(Yen(1_001)));
        assert_eq!(Yen(i64::MAX).checked_add(Yen(1)), None);
        assert_eq!(Yen(i64::MAX).checked_mul(2), None);
    }
}
