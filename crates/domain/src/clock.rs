//! Instants and Japanese calendar days. Japan has had no summer time since 1951, so +09:00 is enough.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SubsecRound, TimeDelta, Utc};

/// An instant, to the microsecond (what both databases keep).
pub type Timestamp = DateTime<Utc>;

/// By how much clocks are wrong at most that anybody relies on. What lies further ahead than it ever could was written by a clock that
/// has been set back since.
pub const SKEW: TimeDelta = TimeDelta::minutes(10);

const JST_SECONDS: i32 = 9 * 3600;

/// The instant cut to microseconds, as every clock of Noren hands it out.
#[must_use]
pub fn to_micros(at: Timestamp) -> Timestamp {
    at.trunc_subsecs(6)
}

/// The instant as wall-clock time in Japan.
#[must_use]
pub fn in_japan(at: Timestamp) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(JST_SECONDS) {
        Some(japan) => at.with_timezone(&japan),
        None => at.fixed_offset(),
    }
}

/// The calendar day in Japan at this instant.
#[must_use]
pub fn japan_date(at: Timestamp) -> NaiveDate {
    in_japan(at).date_naive()
}

/// The instant at which a calendar day begins in Japan.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> Timestamp {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    midnight.checked_sub_signed(TimeDelta::seconds(i64::from(JST_SECONDS))).unwrap_or(midnight)
}

/// The Japanese letter of a day's weekday, 月 to 日.
#[must_use]
pub fn weekday_letter(day: NaiveDate) -> &'static str {
    ["月", "火", "水", "木", "金", "土", "日"][day.weekday().num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_japan_begins_at_three_in_the_afternoon_utc() {
        let before: Timestamp = "2026-11-21T14:59:59Z".parse().unwrap();
        let after: Timestamp = "2026-11-21T15:00:00Z".parse().unwrap();
        assert_eq!(japan_date(before).to_string(), "2026-11-21");
        assert_eq!(japan_date(after).to_string(), "2026-11-22");
        assert_eq!(weekday_letter(japan_date(before)), "土");
        assert_eq!(start_of_day(japan_date(after)), after);
    }

    #[test]
    fn an_instant_is_cut_to_microseconds() {
        let fine: Timestamp = "2026-11-21T00:00:00.123456789Z".parse().unwrap();
        assert_eq!(to_micros(fine).to_rfc3339(), "2026-11-21T00:00:00.123456+00:00");
    }
}
