//! How a car was offered as time went by, and what that says of its price.

use chrono::TimeDelta;

use super::StockStatus;
use crate::{Timestamp, Yen};

/// For how long a cut of the price is news.
const NEWS: TimeDelta = TimeDelta::days(30);

/// A state of a car as it was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered {
    pub at: Timestamp,
    pub status: StockStatus,
    /// 支払総額
    pub advertised_total: Option<Yen>,
}

/// 値下げ
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceCut {
    pub by: Yen,
    pub at: Timestamp,
}

/// The states in which status or price were other than before: much else of a car changes that is nobody's news.
#[must_use]
pub fn changes(states: Vec<Offered>) -> Vec<Offered> {
    let mut changes = states;
    changes.dedup_by_key(|state| (state.status, state.advertised_total));
    changes
}

/// The last change of 支払総額, if it was a cut of the last 30 days. States stand in their order.
#[must_use]
pub fn price_cut(states: &[Offered], now: Timestamp) -> Option<PriceCut> {
    let mut priced = states.iter().rev().filter_map(|state| Some((state.at, state.advertised_total?)));
    let (mut at, total) = priced.next()?;
    for (earlier, before) in priced {
        if before != total {
            let by = before.0.checked_sub(total.0).filter(|by| *by > 0)?;
            return (now - at <= NEWS).then_some(PriceCut { by: Yen(by), at });
        }
        // The same price stood there before, and so it is that old.
        at = earlier;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(totals: &[(&str, Option<i64>)]) -> Vec<Offered> {
        let state = |(day, total): &(&str, Option<i64>)| Offered {
            at: format!("{day}T01:00:00Z").parse().unwrap(),
            status: StockStatus::Listed,
            advertised_total: total.map(Yen),
        };
        totals.iter().map(state).collect()
    }

    #[test]
    fn a_cut_is_the_last_change_of_the_price_and_not_older_than_thirty_days() {
        let now = "2026-11-21T01:00:00Z".parse().unwrap();
        let cut = |totals: &[(&str, Option<i64>)]| price_cut(&states(totals), now).map(|cut| cut.by.0);
        let (first, then) = (("2026-09-01", Some(1_980_000)), ("2026-11-01", Some(1_880_000)));
        assert_eq!(cut(&[first, then]), Some(100_000));
        assert_eq!(cut(&[first, then, ("2026-11-10", Some(1_880_000))]), Some(100_000), "something else has changed");
        assert_eq!(cut(&[first, ("2026-11-01", None), ("2026-11-02", Some(1_880_000))]), Some(100_000));
        assert_eq!(cut(&[first, then, ("2026-11-20", Some(1_990_000))]), None, "it went up again");
        assert_eq!(cut(&[first, ("2026-10-22", Some(1_880_000))]), Some(100_000));
        assert_eq!(
            cut(&[first, ("2026-10-21", Some(1_880_000)), ("2026-11-20", Some(1_880_000))]),
            None,
            "31 days ago"
        );
        assert_eq!(cut(&[first]), None);
        assert_eq!(cut(&[]), None);
    }

    #[test]
    fn what_stays_as_it_was_offered_is_no_change() {
        let told = changes(states(&[("2026-11-01", Some(1)), ("2026-11-02", Some(1)), ("2026-11-03", Some(2))]));
        assert_eq!(told, states(&[("2026-11-01", Some(1)), ("2026-11-03", Some(2))]));
    }
}
