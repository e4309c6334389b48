//! Dates as a Japanese reader expects them; the only place that formats them.

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};
use noren_domain::Timestamp;
use noren_domain::clock::{in_japan, japan_date, weekday_letter};

use crate::words::{self, Lang};

fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => weekday_letter(day),
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday().num_days_from_monday() as usize],
    }
}

/// `9:41`
pub fn time(at: Timestamp) -> String {
    let clock = in_japan(at);
    format!("{}:{:02}", clock.hour(), clock.minute())
}

/// `11/21(土)`, and `2024/10/12` in another year than this.
pub fn short(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let day = japan_date(at);
    if day.year() == japan_date(now).year() {
        format!("{}/{}({})", day.month(), day.day(), weekday(day, lang))
    } else {
        self::day(day)
    }
}

/// `9:41` today, else [`short`].
pub fn brief(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    if japan_date(at) == japan_date(now) { time(at) } else { short(at, now, lang) }
}

/// `今日 9:41`, `昨日 9:41`, `11/14(土) 9:41`.
pub fn near(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let days = (japan_date(now) - japan_date(at)).num_days();
    match days {
        0 => words::date::today(lang, time(at)),
        1 => words::date::yesterday(lang, time(at)),
        _ => format!("{} {}", short(at, now, lang), time(at)),
    }
}

/// `2026年11月21日(土) 9:41`
pub fn long(at: Timestamp, lang: Lang) -> String {
    format!("{} {}", whole_day(japan_date(at), lang), time(at))
}

/// `2026年11月21日(土)`
pub fn whole_day(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月{}日({})", day.year(), day.month(), day.day(), weekday(day, lang)),
        Lang::En => format!("{}, {}-{:02}-{:02}", weekday(day, lang), day.year(), day.month(), day.day()),
    }
}

/// The Japanese eras, the last first: since which year and month, and what they are called.
const ERAS: [(i32, u32, &str, &str); 4] =
    [(2019, 5, "令和", "Reiwa"), (1989, 1, "平成", "Heisei"), (1926, 12, "昭和", "Shōwa"), (1912, 7, "大正", "Taishō")];

/// 和暦 of a month: `令和4年`, `平成31年`, `令和元年`. Of a year alone in which an era ended, both.
pub fn era(year: i32, month: Option<u32>, lang: Lang) -> String {
    let said = |(since, _, ja, en): (i32, u32, &str, &str)| {
        let count = year - since + 1;
        match lang {
            Lang::Ja if count == 1 => format!("{ja}元年"),
            Lang::Ja => format!("{ja}{count}年"),
            Lang::En => format!("{en} {count}"),
        }
    };
    let begun = |era: &(i32, u32, &str, &str)| (era.0, era.1) <= (year, month.unwrap_or(12));
    let before = |era: &(i32, u32, &str, &str)| era.0 < year;
    match ERAS.into_iter().find(begun) {
        // The first days of 平成 were its first month.
        Some(era) if month.is_none() && era.0 == year && year != 1989 => {
            let ended = ERAS.into_iter().find(before).map(said);
            [ended, Some(said(era))].into_iter().flatten().collect::<Vec<_>>().join("/")
        }
        Some(era) => said(era),
        None => year.to_string(),
    }
}

/// `2026/12/29`
pub fn day(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.year(), day.month(), day.day())
}

/// For machines, in a `datetime` attribute.
pub fn machine(at: Timestamp) -> String {
    let clock = in_japan(at);
    format!("{}-{:02}-{:02}T{:02}:{:02}+09:00", clock.year(), clock.month(), clock.day(), clock.hour(), clock.minute())
}

/// How old something is, in words: `5分前`, `2時間前`, `3日前`.
pub fn age(span: TimeDelta, lang: Lang) -> String {
    match span.num_minutes() {
        ..1 => words::date::just_now(lang).to_owned(),
        minutes @ 1..60 => words::date::minutes_ago(lang, minutes),
        minutes @ 60..1440 => words::date::hours_ago(lang, minutes / 60),
        minutes => words::date::days_ago(lang, minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const NOW: &str = "2026-11-21T03:00:00Z";

    #[test]
    fn dates_are_written_for_japan() {
        let morning = at("2026-11-21T00:41:00Z");
        assert_eq!(long(morning, Lang::Ja), "2026年11月21日(土) 9:41");
        assert_eq!(machine(morning), "2026-11-21T09:41+09:00");
        assert_eq!(short(morning, at(NOW), Lang::Ja), "11/21(土)");
        assert_eq!(brief(morning, at(NOW), Lang::Ja), "9:41");
        assert_eq!(near(morning, at(NOW), Lang::Ja), "今日 9:41");
        assert_eq!(near(at("2026-11-20T00:05:00Z"), at(NOW), Lang::Ja), "昨日 9:05");
        assert_eq!(near(at("2026-11-14T01:00:00Z"), at(NOW), Lang::Ja), "11/14(土) 10:00");
        assert_eq!(brief(at("2024-10-12T01:00:00Z"), at(NOW), Lang::Ja), "2024/10/12");
    }

    #[test]
    fn a_year_is_said_by_its_era() {
        let cases = [
            (2022, Some(3), "令和4年"),
            (2019, Some(4), "平成31年"),
            (2019, Some(5), "令和元年"),
            (2019, None, "平成31年/令和元年"),
            (1989, Some(1), "平成元年"),
            (1988, None, "昭和63年"),
            (1890, None, "1890"),
        ];
        for (year, month, said) in cases {
            assert_eq!(era(year, month, Lang::Ja), said);
        }
        assert_eq!(era(2022, Some(3), Lang::En), "Reiwa 4");
    }

    #[test]
    fn a_day_ends_at_midnight_in_japan() {
        assert_eq!(brief(at("2026-11-20T14:59:00Z"), at(NOW), Lang::Ja), "11/20(金)");
        assert_eq!(brief(at("2026-11-20T15:00:00Z"), at(NOW), Lang::Ja), "0:00");
    }

    #[test]
    fn an_age_is_rounded_down() {
        for (minutes, shown) in [(0, "たった今"), (6, "6分前"), (119, "1時間前"), (2880, "2日前")] {
            assert_eq!(age(TimeDelta::minutes(minutes), Lang::Ja), shown);
        }
    }
}
