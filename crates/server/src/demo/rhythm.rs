//! When people ask and when the stores answer: web forms in the evening and at the weekend, the counter from 10 to 19,
//! closed on Wednesdays. Hours and days are those of Japan.

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Weekday};
use noren_domain::Timestamp;
use noren_domain::clock::{in_japan, japan_date};

use super::random::Random;

const OPENS: i64 = 10;
const CLOSES: i64 = 19;
const JAPAN_AHEAD: i64 = 9;

/// The lead sources and how often each brings somebody.
pub const SOURCES: &[(u64, &str)] = &[
    (20, "carsensor"),
    (14, "goonet"),
    (14, "own_site"),
    (16, "walk_in"),
    (9, "phone"),
    (5, "referral"),
    (5, "line"),
    (2, "sns"),
    (3, "maker"),
    (3, "event"),
    (5, "service"),
    (5, "existing"),
    (2, "dm_mail"),
    (3, "bulk_appraisal"),
    (1, "other"),
];

const ONLINE: &[&str] = &["carsensor", "goonet", "own_site", "line", "sns", "maker", "dm_mail", "bulk_appraisal"];

const ONLINE_HOURS: &[(u64, i64)] = &[
    (5, 0),
    (3, 1),
    (1, 2),
    (1, 4),
    (2, 5),
    (4, 6),
    (7, 7),
    (8, 8),
    (8, 9),
    (9, 10),
    (9, 11),
    (14, 12),
    (9, 13),
    (8, 14),
    (8, 15),
    (8, 16),
    (10, 17),
    (12, 18),
    (15, 19),
    (19, 20),
    (22, 21),
    (18, 22),
    (11, 23),
];

const COUNTER_HOURS: &[(u64, i64)] =
    &[(10, 10), (16, 11), (9, 12), (14, 13), (17, 14), (16, 15), (13, 16), (10, 17), (7, 18)];

/// Whether an inquiry of this source arrives by itself, at any hour.
pub fn is_online(source: &str) -> bool {
    ONLINE.contains(&source)
}

/// An instant at which somebody of this source asks, at least `newest` and at most `oldest` before `now`, the more
/// often the nearer to `now`.
pub fn arrival(source: &str, newest: TimeDelta, oldest: TimeDelta, now: Timestamp, random: &mut Random) -> Timestamp {
    let hours = if is_online(source) { ONLINE_HOURS } else { COUNTER_HOURS };
    let days = oldest.num_days();
    for _ in 0..1_000 {
        let ago = random.between(0, days).min(random.between(0, days));
        let ago = if random.chance(40) { ago / 4 } else { ago };
        let day = japan_date(now - TimeDelta::days(ago));
        let hour = random.weighted(hours);
        let at = moment(day, hour, random.between(0, 3_599_999));
        if random.chance(popularity(source, day)) && (now - oldest..=now - newest).contains(&at) {
            return at;
        }
    }
    now - newest
}

/// The same instant while a store is open, otherwise some minutes after it opens next.
pub fn when_open(at: Timestamp, random: &mut Random) -> Timestamp {
    let day = japan_date(at);
    let hour = i64::from(in_japan(at).hour());
    if is_open_on(day) && (OPENS..CLOSES).contains(&hour) {
        return at;
    }
    let first = if hour < OPENS { day } else { day.succ_opt().unwrap_or(day) };
    let opening = if is_open_on(first) { first } else { first.succ_opt().unwrap_or(first) };
    moment(opening, OPENS, random.between(60_000, 3_000_000))
}

/// Some instant of that day's opening hours, or of the next day's while the stores are closed.
pub fn in_opening_hours(at: Timestamp, random: &mut Random) -> Timestamp {
    let day = japan_date(at);
    let day = if is_open_on(day) { day } else { day.succ_opt().unwrap_or(day) };
    moment(day, random.weighted(COUNTER_HOURS), random.between(0, 3_599_999))
}

fn is_open_on(day: NaiveDate) -> bool {
    day.weekday() != Weekday::Wed
}

/// How many of a hundred who could ask on that day do so.
fn popularity(source: &str, day: NaiveDate) -> u64 {
    let online = is_online(source);
    match day.weekday() {
        Weekday::Sat | Weekday::Sun => 100,
        Weekday::Wed if !online => 0,
        Weekday::Fri if online => 70,
        _ if online => 60,
        _ => 35,
    }
}

fn moment(day: NaiveDate, hour: i64, millis: i64) -> Timestamp {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(hour - JAPAN_AHEAD) + TimeDelta::milliseconds(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_walks_in_when_the_store_is_closed() {
        let now: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
        let mut random = Random::new(5);
        for _ in 0..500 {
            let at = arrival("walk_in", TimeDelta::hours(1), TimeDelta::days(365), now, &mut random);
            assert_ne!(japan_date(at).weekday(), Weekday::Wed, "{at}");
            assert!((10..19).contains(&in_japan(at).hour()), "{at}");
        }
    }

    #[test]
    fn an_evening_inquiry_is_answered_the_next_open_morning() {
        let mut random = Random::new(5);
        // 2026-11-24 is a Tuesday, so the next open day is Thursday.
        for (asked, day) in [
            ("2026-11-22T12:40:00Z", "2026-11-23"),
            ("2026-11-22T00:00:00Z", "2026-11-22"),
            ("2026-11-24T11:00:00Z", "2026-11-26"),
            ("2026-11-25T03:00:00Z", "2026-11-26"),
        ] {
            let answered = in_japan(when_open(asked.parse().unwrap(), &mut random));
            assert_eq!((answered.date_naive().to_string().as_str(), answered.hour()), (day, 10), "{asked}");
        }
        let open: Timestamp = "2026-11-22T05:00:00Z".parse().unwrap();
        assert_eq!(when_open(open, &mut random), open);
    }
}
