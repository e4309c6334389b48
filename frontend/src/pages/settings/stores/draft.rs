//! A store as a person types it: the times of its week and its holidays may be half written. Pure, and tested on the host.

use chrono::NaiveDate;
use noren_api::leads::Address;
use noren_api::stores::StoreProfile;
use noren_domain::store::{Holiday, OpeningHours, TypedStore, Weekday};
use serde::{Deserialize, Serialize};
use validator::Validate as _;

use crate::errors::{FieldErrors, collect};

/// The end of a day. A clock has no such time, and shows the beginning of the next.
const MIDNIGHT: (&str, &str) = ("00:00", "24:00");

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub code: String,
    pub name: String,
    pub phone: String,
    pub address: Address,
    /// From Monday on.
    pub week: [Day; 7],
    pub holidays: Vec<Closed>,
}

/// A day of the week.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// Otherwise it is 定休日.
    pub open: bool,
    pub opens: String,
    pub closes: String,
}

/// Days on which the store is closed beside its 定休日.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    pub from: String,
    /// Empty where it is one day.
    pub to: String,
    pub name: String,
}

impl Day {
    fn of(hours: &OpeningHours) -> Self {
        let closes = hours.closes.to_string();
        let closes = if closes == MIDNIGHT.1 { MIDNIGHT.0.to_owned() } else { closes };
        Self { open: true, opens: hours.opens.to_string(), closes }
    }

    fn hours(&self, weekday: Weekday) -> Option<OpeningHours> {
        let closes = if self.closes == MIDNIGHT.0 { MIDNIGHT.1 } else { &self.closes };
        let (opens, closes) = (self.opens.parse().ok()?, closes.parse().ok()?);
        self.open.then_some(OpeningHours { weekday, opens, closes })
    }

    fn is_told(&self) -> bool {
        self.open && !self.opens.is_empty() && !self.closes.is_empty()
    }
}

impl Closed {
    fn of(holiday: &Holiday) -> Self {
        let Holiday { from, to, name } = holiday;
        Self { from: from.to_string(), to: to.to_string(), name: name.clone().unwrap_or_default() }
    }

    fn is_blank(&self) -> bool {
        [&self.from, &self.to, &self.name].into_iter().all(|text| text.trim().is_empty())
    }

    fn last(&self) -> &str {
        if self.to.is_empty() { &self.from } else { &self.to }
    }

    /// Its first and its last day.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.from.parse().ok()?, self.last().parse().ok()?))
    }

    fn holiday(&self) -> Option<Holiday> {
        let (from, to) = self.days()?;
        Some(Holiday { from, to, name: (!self.name.trim().is_empty()).then(|| self.name.clone()) })
    }
}

/// The last part of a day's path.
pub fn key(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

impl Draft {
    pub fn of(profile: &StoreProfile) -> Self {
        let StoreProfile { code, name, address, phone, hours, holidays } = profile.clone();
        let mut week: [Day; 7] = Default::default();
        for day in &hours {
            week[day.weekday as usize] = Day::of(day);
        }
        let holidays = holidays.iter().map(Closed::of).collect();
        Self { code, name, phone: phone.unwrap_or_default(), address, week, holidays }
    }

    fn days(&self) -> impl Iterator<Item = (Weekday, &Day)> {
        Weekday::ALL.into_iter().zip(&self.week)
    }

    /// Opens a day, as long as the one before it or another one is, or closes it.
    pub fn turn(&mut self, at: usize) {
        let open = !self.week[at].open;
        let pattern = if open { self.pattern(at).cloned() } else { None };
        self.week[at] = pattern.unwrap_or(Day { open, ..Day::default() });
    }

    fn pattern(&self, at: usize) -> Option<&Day> {
        let (before, after) = self.week.split_at(at);
        before.iter().rev().chain(after).find(|day| day.is_told())
    }

    /// The day whose hours other days could take over, and whether these are all days: what was typed `last`, or the one
    /// open day.
    pub fn copied(&self, last: Option<usize>) -> Option<(usize, bool)> {
        let told = |at: &usize| self.week[*at].is_told();
        let alone = self.week.iter().filter(|day| day.open).count() == 1;
        let at = if alone { (0..7).find(told) } else { last.filter(told) }?;
        let same = self.week.iter().all(|day| (!day.open && !alone) || *day == self.week[at]);
        (!same).then_some((at, alone))
    }

    /// Gives a day's hours to the other open days, or to all if there is no other.
    pub fn copy(&mut self, at: usize, to_all: bool) {
        let pattern = self.week[at].clone();
        for day in &mut self.week {
            if to_all || day.open {
                day.clone_from(&pattern);
            }
        }
    }

    /// Without what does not count: the times of closed days, and rows that were left empty. Holidays by their first day.
    pub fn tidied(mut self) -> Self {
        for day in self.week.iter_mut().filter(|day| !day.open) {
            *day = Day::default();
        }
        self.holidays.retain(|row| !row.is_blank());
        for row in &mut self.holidays {
            row.to = row.last().to_owned();
        }
        self.holidays.sort_by(|one, other| (&one.from, &one.to).cmp(&(&other.from, &other.to)));
        self
    }

    pub fn profile(&self) -> StoreProfile {
        let Self { code, name, phone, address, holidays, .. } = self.clone();
        StoreProfile {
            code,
            name,
            address,
            phone: (!phone.trim().is_empty()).then_some(phone),
            hours: self.days().filter_map(|(weekday, day)| day.hours(weekday)).collect(),
            holidays: holidays.iter().filter_map(Closed::holiday).collect(),
        }
    }

    pub fn problems(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (weekday, day) in self.days().filter(|(_, day)| day.open) {
            for (name, time) in [("opens", &day.opens), ("closes", &day.closes)] {
                if time.is_empty() {
                    errors.add_code(&format!("hours.{}.{name}", key(weekday)), "required");
                }
            }
        }
        for (at, row) in self.holidays.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            if row.days().is_none() {
                errors.add_code(&format!("holidays.{at}.from"), "required");
            }
        }
        let (profile, mut sent) = (self.profile(), FieldErrors::default());
        if let Err(broken) = profile.validate() {
            collect(&broken, "", &mut sent);
        }
        if let Err(broken) = TypedStore::from(profile).check() {
            for error in broken.0 {
                sent.add_code(&error.field, error.code);
            }
        }
        for problem in self.placed(sent) {
            errors.add(problem);
        }
        errors
    }

    /// The paths of what is sent, which has no closed days and no empty rows, as those of the page.
    pub fn placed(&self, errors: FieldErrors) -> FieldErrors {
        let days = self.days().filter(|(weekday, day)| day.hours(*weekday).is_some());
        let days: Vec<String> = days.map(|(weekday, _)| key(weekday).to_owned()).collect();
        let rows = self.holidays.iter().enumerate().filter(|(_, row)| row.holiday().is_some());
        let rows: Vec<String> = rows.map(|(at, _)| at.to_string()).collect();
        let placed = |path: &str| {
            let (list, rest) = path.split_once('.')?;
            let (at, name) = rest.split_once('.')?;
            let keys = if list == "hours" { &days } else { &rows };
            Some(format!("{list}.{}.{name}", keys.get(at.parse::<usize>().ok()?)?))
        };
        let mut moved = FieldErrors::default();
        for mut problem in errors {
            problem.field = placed(&problem.field).unwrap_or(problem.field);
            moved.add(problem);
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(opens: &str, closes: &str) -> Day {
        Day { open: true, opens: opens.into(), closes: closes.into() }
    }

    fn closed(from: &str, to: &str, name: &str) -> Closed {
        Closed { from: from.into(), to: to.into(), name: name.into() }
    }

    fn draft() -> Draft {
        Draft { code: "003".into(), name: "太田店".into(), ..Draft::default() }
    }

    #[test]
    fn a_store_reads_back_as_it_was_written() {
        let mut draft = draft();
        draft.phone = "0276-12-3456".into();
        draft.address.city = Some("太田市".into());
        draft.week[1] = open("09:30", "18:30");
        draft.week[6] = open("10:00", "00:00");
        draft.holidays = vec![closed("2026-12-29", "2027-01-03", "年末年始")];
        assert_eq!(Draft::of(&draft.profile()), draft);
        assert_eq!(draft.profile().hours[1].closes.to_string(), "24:00");
        assert!(draft.problems().is_empty());
    }

    #[test]
    fn what_does_not_count_is_not_kept() {
        let mut typed = draft();
        typed.week[2] = Day { open: false, ..open("09:30", "18:30") };
        typed.holidays =
            vec![closed("2027-05-03", "", ""), Closed::default(), closed("2026-12-29", "2027-01-03", "年末年始")];
        let tidied = typed.tidied();
        assert_eq!(tidied.week[2], Day::default());
        let days: Vec<(&str, &str)> = tidied.holidays.iter().map(|row| (&*row.from, &*row.to)).collect();
        assert_eq!(days, [("2026-12-29", "2027-01-03"), ("2027-05-03", "2027-05-03")]);
    }

    #[test]
    fn what_is_wrong_is_named_by_the_row_of_the_page() {
        let mut wrong = draft();
        wrong.name.clear();
        wrong.week[1] = open("", "18:30");
        wrong.week[3] = open("18:30", "09:30");
        wrong.holidays =
            vec![Closed::default(), closed("", "2027-01-03", ""), closed("2027-01-03", "2026-12-29", &"あ".repeat(61))];
        let found: Vec<(String, String)> =
            wrong.problems().into_iter().map(|problem| (problem.field, problem.code)).collect();
        let expected = [
            ("holidays.1.from", "required"),
            ("holidays.2.name", "too_long"),
            ("holidays.2.to", "holidays.order"),
            ("hours.thursday.closes", "hours.order"),
            ("hours.tuesday.opens", "required"),
            ("name", "required"),
        ];
        assert_eq!(found, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    }

    #[test]
    fn the_same_hours_are_typed_once() {
        let mut draft = draft();
        draft.turn(0);
        assert_eq!((draft.week[0].open, draft.copied(None)), (true, None));
        draft.week[0] = open("09:30", "18:30");
        assert_eq!(draft.copied(None), Some((0, true)));
        draft.copy(0, true);
        assert_eq!(draft.copied(Some(0)), None);
        draft.turn(2);
        assert_eq!((draft.week[2].open, draft.copied(Some(0))), (false, None));
        // What is closed stays so when the hours change.
        draft.week[4] = open("10:00", "17:00");
        assert_eq!(draft.copied(None), None);
        assert_eq!(draft.copied(Some(4)), Some((4, false)));
        draft.copy(4, false);
        assert_eq!((draft.week[6].opens.as_str(), draft.week[2].open), ("10:00", false));
        draft.turn(2);
        assert_eq!(draft.week[2], open("10:00", "17:00"));
    }
}
