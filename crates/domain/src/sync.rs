//! How copies of what EXTREME masters are kept: streams of changes, revisions, and what became of each record.

use chrono::TimeDelta;

use crate::Timestamp;
use crate::clock::{SKEW, japan_date, start_of_day};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// One kind of record, read apart from the others.
    Stream {
        /// 在庫
        Vehicles = "vehicles",
        /// 販売実績
        Sales = "sales",
        /// 仕入
        StockPurchases = "stock_purchases",
        /// 顧客
        Customers = "customers",
        /// 購入
        Purchases = "purchases",
        /// 整備・鈑金・修理
        MaintenanceRecords = "maintenance_records",
        /// 車検・法定点検
        Inspections = "inspections",
        /// スタッフ
        Staff = "staff",
    }

    /// How fresh what is shown of EXTREME is.
    Freshness {
        /// Asked just now.
        Live = "live",
        /// From a copy that is up to date.
        Copy = "copy",
        /// 古い情報: from a copy that EXTREME has not confirmed for a while.
        Old = "old",
    }

    /// By which way copies come from EXTREME.
    Way {
        /// Asked by HTTP.
        Link = "link",
        /// ファイル取込: files that EXTREME writes.
        File = "file",
    }
}

impl Default for Way {
    /// That of a server that did not say it yet.
    fn default() -> Self {
        Self::Link
    }
}

/// For how long a copy passes for up to date after its stream was read to the end.
const OLD_AFTER: TimeDelta = TimeDelta::minutes(10);
/// The same of a file: one a day, and two hours in which it may be late.
const OLD_FILE_AFTER: TimeDelta = TimeDelta::hours(26);

impl Freshness {
    /// Of a copy whose stream was last read to its end at `read_at`; one that never was is old.
    #[must_use]
    pub fn of_copy(read_at: Option<Timestamp>, now: Timestamp) -> Self {
        Self::of(Way::Link, read_at, now)
    }

    /// Of a copy that came by this way, as it was there at `read_at`.
    #[must_use]
    pub fn of(way: Way, read_at: Option<Timestamp>, now: Timestamp) -> Self {
        let after = match way {
            Way::Link => OLD_AFTER,
            Way::File => OLD_FILE_AFTER,
        };
        if read_at.is_some_and(|at| now - at <= after) { Self::Copy } else { Self::Old }
    }
}

/// The state of a record: grows with every change, and never falls.
pub type Revision = i64;

/// A record as EXTREME had it when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded<T> {
    pub revision: Revision,
    /// When it was changed there.
    pub changed_at: Timestamp,
    pub record: T,
}

/// A record that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    pub key: String,
    pub revision: Revision,
    pub deleted_at: Timestamp,
    /// The record that it has become part of.
    pub merged_into: Option<String>,
}

/// A page of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes<T> {
    pub items: Vec<Recorded<T>>,
    pub tombstones: Vec<Tombstone>,
    /// Where to go on from: opaque, and stored with what the page says.
    pub next: String,
    /// Whether there was more at that moment.
    pub more: bool,
}

/// What is to be done with a state of a record that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is newer than what is kept.
    Newer,
    /// It is what is kept.
    Same,
    /// It is older than what is kept, and is dropped and counted.
    Older,
}

impl Arrival {
    /// Of a revision that came, where this one is kept.
    #[must_use]
    pub fn of(came: Revision, kept: Option<Revision>) -> Self {
        match kept {
            Some(kept) if came < kept => Self::Older,
            Some(kept) if came == kept => Self::Same,
            _ => Self::Newer,
        }
    }
}

/// So many copies are dropped in a night whatever share they are.
const FEW: u64 = 10;
/// Of more, one in so many: an EXTREME that has lost its records must not empty the shop's.
const ONE_IN: u64 = 10;

/// Whether so many of the copies here are left over that a person is to look first.
#[must_use]
pub fn too_much_left_over(left_over: u64, here: u64) -> bool {
    left_over > FEW && left_over * ONE_IN > here
}

/// At which hour of the night, in Japan, both sides are compared.
const NIGHT_HOUR: i64 = 3;

/// Whether both sides are to be compared: they never were, or not since three o'clock of last night.
#[must_use]
pub fn comparison_is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    let night = TimeDelta::hours(NIGHT_HOUR);
    let due = start_of_day(japan_date(now - night)) + night;
    last.is_none_or(|last| last < due || last > now + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_are_compared_once_a_night() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let last = Some(at("2026-11-22T18:00:30Z"));
        assert!(comparison_is_due(None, at("2026-11-22T10:00:00Z")));
        assert!(!comparison_is_due(last, at("2026-11-23T17:59:59Z")));
        assert!(comparison_is_due(last, at("2026-11-23T18:00:00Z")), "three o'clock in Japan");
        assert!(!comparison_is_due(last, at("2026-11-22T17:55:00Z")), "a clock a little slow");
        assert!(comparison_is_due(last, at("2026-11-21T18:00:30Z")), "compared in what is the future again");
    }

    #[test]
    fn a_few_copies_or_a_tenth_of_all_are_dropped_in_a_night_and_no_more() {
        assert!(!too_much_left_over(10, 10));
        assert!(!too_much_left_over(11, 110));
        assert!(too_much_left_over(11, 109));
    }

    #[test]
    fn a_copy_is_old_when_its_stream_has_not_been_read_for_ten_minutes() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let read = Some(at("2026-11-22T01:00:00Z"));
        assert_eq!(Freshness::of_copy(read, at("2026-11-22T01:10:00Z")), Freshness::Copy);
        assert_eq!(Freshness::of_copy(read, at("2026-11-22T01:10:01Z")), Freshness::Old);
        assert_eq!(Freshness::of_copy(None, at("2026-11-22T01:00:00Z")), Freshness::Old);
    }

    #[test]
    fn a_file_a_day_keeps_its_copies_up_to_date() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let written = Some(at("2026-11-22T01:00:00Z"));
        assert_eq!(Freshness::of(Way::File, written, at("2026-11-23T03:00:00Z")), Freshness::Copy);
        assert_eq!(Freshness::of(Way::File, written, at("2026-11-23T03:00:01Z")), Freshness::Old);
    }

    #[test]
    fn the_higher_revision_wins_in_whatever_order_they_come() {
        assert_eq!(Arrival::of(1, None), Arrival::Newer);
        assert_eq!(Arrival::of(3, Some(2)), Arrival::Newer);
        assert_eq!(Arrival::of(2, Some(2)), Arrival::Same);
        assert_eq!(Arrival::of(1, Some(2)), Arrival::Older);
    }
}
