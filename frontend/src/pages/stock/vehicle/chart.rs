//! The 支払総額 over time as steps. Pure.

use std::fmt::Write as _;

use noren_api::vehicles::VehicleChange;
use noren_domain::{Timestamp, Yen};

/// The box that it is drawn in.
pub const WIDTH: f64 = 300.0;
pub const HEIGHT: f64 = 66.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 46.0;
/// A character of a figure takes so much of the width.
const CHARACTER: f64 = 7.6;

/// From when on it cost how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: Timestamp,
    pub amount: Yen,
}

/// The prices one after the other, the first first; what is no change of the price is none.
pub fn steps(changes: &[VehicleChange]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for change in changes {
        if let Some(amount) =
            change.advertised_total.filter(|amount| steps.last().is_none_or(|last| last.amount != *amount))
        {
            steps.push(Step { at: change.at, amount });
        }
    }
    steps
}

/// A figure beside the line: which step, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub step: usize,
    pub x: f64,
    pub y: f64,
    /// It ends there, and does not begin.
    pub is_end: bool,
}

/// The line, the point that is now, and the figures for which there is room.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub path: String,
    pub now: (f64, f64),
    pub figures: Vec<Figure>,
}

/// Nothing where the price has never changed. No figure has more than so many characters.
pub fn chart(steps: &[Step], now: Timestamp, characters: usize) -> Option<Chart> {
    let (first, last) = (steps.first()?, steps.last().filter(|_| steps.len() > 1)?);
    #[expect(clippy::cast_precision_loss, reason = "a drawing")]
    let number = |whole: i64| whole as f64;
    let figure = number(i64::try_from(characters).unwrap_or(0) + 1) * CHARACTER;
    let span = number((now.max(last.at) - first.at).num_seconds().max(1));
    let x = |step: &Step| (number((step.at - first.at).num_seconds()) / span * WIDTH).clamp(0.0, WIDTH);
    let highest = steps.iter().map(|step| step.amount.0).max()?;
    let lowest = steps.iter().map(|step| step.amount.0).min()?;
    let y = |step: &Step| TOP + number(highest - step.amount.0) / number((highest - lowest).max(1)) * (BOTTOM - TOP);
    let mut path = format!("M0 {:.1}", y(first));
    for step in &steps[1..] {
        let _ = write!(path, "H{:.1}V{:.1}", x(step), y(step));
    }
    let _ = write!(path, "H{WIDTH}");
    let mut figures = Vec::new();
    let mut free_from = 0.0;
    for (at, step) in steps.iter().enumerate() {
        let is_end = at + 1 == steps.len();
        let begins = if is_end { WIDTH - figure } else { x(step) };
        // The price of now is always said.
        if is_end || (begins >= free_from && (at == 0 || begins + 2.0 * figure <= WIDTH)) {
            // Where the line has just fallen, the price of now stands below it.
            let below = is_end && x(step) > WIDTH - figure - 6.0;
            let y = if below { y(step) + 17.0 } else { y(step) - 5.0 };
            figures.push(Figure { step: at, x: if is_end { WIDTH } else { x(step) + 2.0 }, y, is_end });
            free_from = begins + figure;
        }
    }
    Some(Chart { path, now: (WIDTH, y(last)), figures })
}

#[cfg(test)]
mod tests {
    use noren_domain::vehicle::StockStatus;

    use super::*;

    fn change(day: &str, amount: i64) -> VehicleChange {
        let at = format!("{day}T00:00:00Z").parse().unwrap();
        VehicleChange { at, status: StockStatus::Listed, advertised_total: Some(Yen(amount)) }
    }

    #[test]
    fn a_change_of_status_alone_is_no_step() {
        let changes =
            [change("2026-09-03", 3_480_000), change("2026-09-10", 3_480_000), change("2026-10-12", 3_358_000)];
        let amounts: Vec<i64> = steps(&changes).iter().map(|step| step.amount.0).collect();
        assert_eq!(amounts, [3_480_000, 3_358_000]);
    }

    #[test]
    fn the_line_falls_with_the_price_and_ends_now() {
        let changes = [change("2026-09-01", 300), change("2026-09-11", 200), change("2026-09-16", 100)];
        let chart = chart(&steps(&changes), "2026-09-21T00:00:00Z".parse().unwrap(), 5).unwrap();
        assert_eq!(chart.path, "M0 16.0H150.0V31.0H225.0V46.0H300");
        assert_eq!(chart.now, (300.0, 46.0));
        let said: Vec<usize> = chart.figures.iter().map(|figure| figure.step).collect();
        assert_eq!(said, [0, 1, 2]);
    }

    #[test]
    fn figures_do_not_lie_upon_one_another_and_the_last_is_there() {
        let changes: Vec<_> = (1..=20).map(|day| change(&format!("2026-09-{day:02}"), 1_000 - day)).collect();
        let chart = chart(&steps(&changes), "2026-09-20T00:00:00Z".parse().unwrap(), 5).unwrap();
        assert_eq!(chart.figures.last().map(|figure| figure.step), Some(19));
        for pair in chart.figures.windows(2) {
            let ends = pair[1].x - if pair[1].is_end { 6.0 * CHARACTER } else { 0.0 };
            assert!(ends - pair[0].x >= (6.0 * CHARACTER) - 3.0, "{pair:?}");
        }
        assert_eq!(super::chart(&steps(&changes[..1]), changes[0].at, 5), None);
    }
}
