//! How the 支払総額 of a stock are spread, in bands that a person reads at a glance.

use crate::Yen;

/// What prices are counted by: 10万円.
pub const UNIT: i64 = 100_000;
/// Prices of more units are counted with those of so many.
pub const MOST_UNITS: i64 = 1_000;
/// How many bands there are.
const BANDS: i64 = 20;
/// How wide a band may be, in units, so that its ends are round numbers.
const WIDTHS: [i64; 8] = [1, 2, 3, 5, 10, 20, 30, 50];
/// One car in so many may be dearer than the last band begins.
const FEW: u64 = 50;

/// A band and how many cars lie in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub from: Yen,
    /// None of the last one, which has no end.
    pub below: Option<Yen>,
    pub vehicles: u64,
}

/// Bands of even width over what was counted, each count with its price in whole units; none where nothing was.
#[must_use]
pub fn bands(counted: &[(i64, u64)]) -> Vec<Band> {
    let all: u64 = counted.iter().map(|(_, vehicles)| vehicles).sum();
    if all == 0 {
        return Vec::new();
    }
    let beyond = |units: i64| counted.iter().filter(|(unit, _)| *unit >= units).map(|(_, cars)| cars).sum::<u64>();
    let fits = |width: &i64| beyond(width * (BANDS - 1)) <= all / FEW;
    let width = WIDTHS.into_iter().find(fits).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
    let band = |at: i64| {
        let is_last = at == BANDS - 1;
        let within = |unit: i64| unit / width == at || (is_last && unit / width >= at);
        let vehicles = counted.iter().filter(|(unit, _)| within(*unit)).map(|(_, cars)| cars).sum();
        let below = (!is_last).then_some(Yen((at + 1) * width * UNIT));
        Band { from: Yen(at * width * UNIT), below, vehicles }
    };
    (0..BANDS).map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_even_round_and_hold_every_car() {
        // Most cars up to 3,900,000 yen, and one supercar that squeezes nobody.
        let counted: Vec<(i64, u64)> = (5..40).map(|unit| (unit, 3)).chain([(500, 1)]).collect();
        let bands = bands(&counted);
        assert_eq!(bands.len(), 20);
        assert_eq!((bands[0].from, bands[0].below), (Yen(0), Some(Yen(300_000))));
        assert!(bands.windows(2).all(|pair| pair[0].below == Some(pair[1].from)));
        assert_eq!((bands[19].below, bands[19].vehicles), (None, 1));
        assert_eq!(bands.iter().map(|band| band.vehicles).sum::<u64>(), 106);
    }

    #[test]
    fn a_shop_of_one_price_and_an_empty_one() {
        assert_eq!(bands(&[]), []);
        let cheap = bands(&[(0, 2)]);
        assert_eq!((cheap[0].below, cheap[0].vehicles), (Some(Yen(UNIT)), 2));
        let dear = bands(&[(MOST_UNITS, 7)]);
        assert_eq!((dear[19].from, dear[19].vehicles), (Yen(950 * UNIT), 7), "nothing is left out");
    }
}
