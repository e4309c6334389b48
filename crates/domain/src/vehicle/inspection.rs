//! 車検 of a car: how long it lasts, and when the next can be done (reference section 8).

use chrono::{Datelike, Months, NaiveDate};

/// From how many months before the end an inspection can be done that keeps the old date (since 2025-04-01, reference section 8).
pub const WINDOW_MONTHS: u32 = 2;

/// How near the end of an inspection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InspectionDue {
    /// It lasts for so many completed months yet, and the next cannot be done without losing days.
    Months(u32),
    /// The next can be done by now: so many days are left, the last one included.
    Window(u32),
    /// It has ended; the car must not be on the road.
    Expired,
}

impl InspectionDue {
    /// What an expiry means on a day.
    #[must_use]
    pub fn of(expiry: NaiveDate, on: NaiveDate) -> Self {
        if expiry < on {
            return Self::Expired;
        }
        if on >= window_opens(expiry) {
            let days = (expiry - on).num_days() + 1;
            return Self::Window(u32::try_from(days).unwrap_or_default());
        }
        Self::Months(months_left(expiry, on))
    }
}

/// The first day on which the next inspection can be done and keep the date: calendar months back, to the month's end where it is shorter.
#[must_use]
pub fn window_opens(expiry: NaiveDate) -> NaiveDate {
    expiry.checked_sub_months(Months::new(WINDOW_MONTHS)).unwrap_or(expiry)
}

/// How many whole months are left from a day to the expiry: 車検残.
#[must_use]
pub fn months_left(expiry: NaiveDate, on: NaiveDate) -> u32 {
    let between = (expiry.year() - on.year()) * 12 + (month(expiry) - month(on));
    let whole = between - i32::from(expiry.day() < on.day() && !is_last_of_month(expiry));
    u32::try_from(whole).unwrap_or_default()
}

/// The earliest expiry with so many whole months left on a day.
#[must_use]
pub fn lasting(months: u32, on: NaiveDate) -> NaiveDate {
    on.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

fn month(day: NaiveDate) -> i32 {
    i32::try_from(day.month()).unwrap_or_default()
}

fn is_last_of_month(day: NaiveDate) -> bool {
    day.succ_opt().is_none_or(|next| next.month() != day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_window_opens_two_calendar_months_before_the_end() {
        // Reference section 8: by calendar months with end-of-month clamp.
        assert_eq!(window_opens(day("2027-04-17")), day("2027-02-17"));
        assert_eq!(window_opens(day("2027-04-30")), day("2027-02-28"));
        let of = |on: &str| InspectionDue::of(day("2027-04-17"), day(on));
        assert_eq!(of("2027-02-16"), InspectionDue::Months(2));
        assert_eq!(of("2027-02-17"), InspectionDue::Window(60));
        assert_eq!(of("2027-04-17"), InspectionDue::Window(1));
        assert_eq!(of("2027-04-18"), InspectionDue::Expired);
    }

    #[test]
    fn months_are_counted_when_they_are_whole() {
        let left = |expiry: &str, on: &str| months_left(day(expiry), day(on));
        assert_eq!(left("2028-04-17", "2026-11-23"), 16);
        assert_eq!(left("2028-04-23", "2026-11-23"), 17);
        assert_eq!(left("2027-02-28", "2026-11-30"), 3);
        assert_eq!(left("2026-11-22", "2026-11-23"), 0);
    }

    #[test]
    fn what_lasts_for_so_many_months_is_what_has_them_left() {
        for (on, months) in (0..800).flat_map(|days| [1, 3, 24].map(|months| (days, months))) {
            let on = day("2027-01-15") + chrono::TimeDelta::days(on);
            let earliest = lasting(months, on);
            assert_eq!(months_left(earliest, on), months, "{on} {months}");
            assert_eq!(months_left(earliest.pred_opt().unwrap(), on), months - 1, "{on} {months}");
        }
        assert_eq!(lasting(0, day("2026-11-23")), day("2026-11-23"), "it has not ended yet");
    }
}
