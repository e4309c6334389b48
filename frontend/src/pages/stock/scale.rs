//! The scale of the budget: how the 支払総額 of the stock are spread, and where on it a thumb can stand. Pure.

use noren_api::vehicles::TotalBand;
use noren_domain::Yen;

/// A thumb moves by 10万円, and by more where the stock reaches very far.
const STEP: i64 = 100_000;
const MOST_STOPS: i64 = 120;
/// How wide the last band is drawn, which has no end.
const TAIL: i64 = 4;

/// The stops of a thumb: `0` is no lower limit, the last no upper one.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    step: i64,
    /// How many steps to the end; the stop after the last amount means that there is no limit.
    pub last: i64,
    bands: Vec<TotalBand>,
}

impl Scale {
    pub fn of(bands: &[TotalBand]) -> Self {
        let reach = bands.iter().map(|band| band.below.unwrap_or(band.from).0).max().unwrap_or(0).max(5_000_000);
        let step = STEP * (1 + (reach - 1) / (STEP * MOST_STOPS));
        Self { step, last: (reach + step - 1) / step + 1, bands: bands.to_vec() }
    }

    /// The amount at a stop of the lower thumb.
    pub fn from(&self, stop: i64) -> Option<Yen> {
        (stop > 0).then(|| Yen(stop.min(self.last - 1) * self.step))
    }

    /// The amount at a stop of the upper thumb.
    pub fn to(&self, stop: i64) -> Option<Yen> {
        (stop < self.last).then(|| Yen(stop.max(1) * self.step))
    }

    /// Where the lower thumb stands; an amount that was typed may lie between two stops.
    pub fn stop_from(&self, from: Option<Yen>) -> i64 {
        from.map_or(0, |from| (from.0 / self.step).clamp(0, self.last - 1))
    }

    pub fn stop_to(&self, to: Option<Yen>) -> i64 {
        to.map_or(self.last, |to| ((to.0 + self.step - 1) / self.step).clamp(1, self.last))
    }

    /// How far along the scale a stop is, in per cent.
    pub fn percent(&self, stop: i64) -> f64 {
        share(stop, self.last) * 100.0
    }

    /// The outline of the distribution, in a box of 100 by 100 with the ground below; nothing where there is no car.
    pub fn outline(&self) -> String {
        use std::fmt::Write as _;
        // A wide band is as high as its cars per step.
        let width = |band: &TotalBand| match band.below {
            Some(below) => ((below.0 - band.from.0) / self.step).max(1),
            None => TAIL,
        };
        #[expect(clippy::cast_precision_loss, reason = "counts of cars")]
        let density = |band: &TotalBand| band.vehicles as f64 / width(band) as f64;
        let highest = self.bands.iter().map(density).fold(0.0, f64::max);
        if highest == 0.0 {
            return String::new();
        }
        let end = self.last;
        let mut path = String::from("M0 100");
        for band in &self.bands {
            let left = share((band.from.0 / self.step).min(end), end) * 100.0;
            let right = band.below.map_or(100.0, |below| share((below.0 / self.step).min(end), end) * 100.0);
            let top = 100.0 - density(band) / highest * 100.0;
            let _ = write!(path, "L{left:.2} {top:.1}L{right:.2} {top:.1}");
        }
        path + "V100Z"
    }
}

#[expect(clippy::cast_precision_loss, reason = "stops are few")]
fn share(stop: i64, last: i64) -> f64 {
    stop as f64 / last.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands() -> Vec<TotalBand> {
        let band =
            |from: i64, below: Option<i64>, vehicles| TotalBand { from: Yen(from), below: below.map(Yen), vehicles };
        vec![
            band(0, Some(1_000_000), 10),
            band(1_000_000, Some(2_000_000), 40),
            band(2_000_000, Some(5_000_000), 30),
            band(5_000_000, None, 2),
        ]
    }

    #[test]
    fn the_ends_of_the_scale_are_no_limits() {
        let scale = Scale::of(&bands());
        assert_eq!((scale.from(0), scale.to(scale.last)), (None, None));
        assert_eq!((scale.from(9), scale.to(33)), (Some(Yen(900_000)), Some(Yen(3_300_000))));
        assert_eq!(scale.last, 51);
        assert_eq!(scale.to(50), Some(Yen(5_000_000)));
    }

    #[test]
    fn a_thumb_stands_where_its_amount_is() {
        let scale = Scale::of(&bands());
        for stop in 0..scale.last {
            assert_eq!(scale.stop_from(scale.from(stop)), stop);
        }
        for stop in 1..=scale.last {
            assert_eq!(scale.stop_to(scale.to(stop)), stop);
        }
        assert_eq!((scale.stop_from(Some(Yen(985_000))), scale.stop_to(Some(Yen(985_000)))), (9, 10));
        assert_eq!(scale.stop_to(Some(Yen(999_999_999_999))), scale.last);
    }

    #[test]
    fn a_stock_that_reaches_very_far_has_no_more_stops_than_a_thumb_can_find() {
        let far = [TotalBand { from: Yen(0), below: Some(Yen(999_999_999_999)), vehicles: 1 }];
        assert!(Scale::of(&far).last <= MOST_STOPS + 2);
        assert_eq!(Scale::of(&[]).outline(), "");
    }

    #[test]
    fn the_outline_is_as_high_as_cars_are_dense() {
        let outline = Scale::of(&bands()).outline();
        assert!(outline.starts_with("M0 100L0.00 75.0L19.61 75.0L19.61 0.0"), "{outline}");
        assert!(outline.ends_with("V100Z"), "{outline}");
    }
}
