//! 店舗: where it is, how it is reached and when it is open.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::contact::Address;
use crate::phone::Phone;
use crate::text::{filled, one_line, tidy};
use crate::timeline::FieldChange;
use crate::{Error, Invalid, StoreId, Timestamp};

/// How many holidays one store may have: some years of them.
pub const MAX_HOLIDAYS: usize = 200;
/// How long the name of a holiday may be, in characters.
pub const MAX_HOLIDAY_NAME: usize = 60;
/// How long a code of EXTREME may be, in characters.
pub const MAX_CODE: usize = 40;

/// A 店舗.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    pub id: StoreId,
    pub profile: StoreProfile,
    pub created_at: Timestamp,
    /// Since when it is closed for good.
    pub closed_at: Option<Timestamp>,
    /// Counts the writes; an edit names the version it saw.
    pub version: i64,
}

/// What an administrator settles about a store, checked and normalised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreProfile {
    /// The code that EXTREME knows the store by.
    pub code: String,
    pub name: String,
    pub address: Address,
    pub phone: Option<Phone>,
    /// By weekday; a day without hours is 定休日.
    pub hours: Vec<OpeningHours>,
    /// By the first day.
    pub holidays: Vec<Holiday>,
}

/// What a person types about a store, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedStore {
    pub code: String,
    pub name: String,
    pub address: Address,
    pub phone: Option<String>,
    pub hours: Vec<OpeningHours>,
    pub holidays: Vec<Holiday>,
}

/// What there is to do at a store before it closes: people who work there, leads that are worked on, forms that take inquiries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreUse {
    pub staff: u64,
    pub leads: u64,
    pub forms: u64,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];
}

/// A time of the day in Japan, to the minute. `24:00` is the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    minutes: u16,
}

impl FromStr for TimeOfDay {
    type Err = &'static str;

    /// `9:30` and `09:30`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number =
            |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u16>().ok());
        let (hour, minute) = text.split_once(':').ok_or("time.form")?;
        let fits = (1..=2).contains(&hour.len()) && minute.len() == 2;
        let (Some(Some(hour)), Some(Some(minute)), true) = (number(hour), number(minute), fits) else {
            return Err("time.form");
        };
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            return Err("time.form");
        }
        Ok(Self { minutes: hour * 60 + minute })
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// When a store is open on one day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpeningHours {
    pub weekday: Weekday,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$"))]
    pub opens: TimeOfDay,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$"))]
    pub closes: TimeOfDay,
}

/// Days on which a store is closed beside its 定休日, such as 年末年始.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: NaiveDate,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub to: NaiveDate,
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    pub name: Option<String>,
}

impl TypedStore {
    /// Normalises and checks every field, and reports all broken ones at once.
    ///
    /// # Errors
    /// `required` on `code` and `name`, `code.form`, `hours.order`, `hours.twice`, `holidays.order`, and the codes of phones
    /// and postal codes.
    pub fn check(self) -> Result<StoreProfile, Invalid> {
        let mut broken = Invalid::default();
        let code = broken.take("code", code(&self.code)).unwrap_or_default();
        let name = one_line(&self.name);
        if tidy(&name).is_empty() {
            broken.take("name", Err::<(), _>("required"));
        }
        let address = self.address.check(&mut broken);
        let phone = filled(self.phone).and_then(|typed| broken.take("phone", Phone::parse(&typed)));
        let hours = hours(&mut broken, self.hours);
        let holidays = holidays(&mut broken, self.holidays);
        broken.finish(StoreProfile { code, name, address, phone, hours, holidays })
    }
}

/// A code of EXTREME: letters, digits and hyphens in either width.
///
/// # Errors
/// `required` and `code.form`.
pub fn code(typed: &str) -> Result<String, &'static str> {
    let code = tidy(typed);
    let fits = code.len() <= MAX_CODE && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    match (code.is_empty(), fits) {
        (true, _) => Err("required"),
        (false, false) => Err("code.form"),
        (false, true) => Ok(code),
    }
}

fn hours(broken: &mut Invalid, mut hours: Vec<OpeningHours>) -> Vec<OpeningHours> {
    for (at, day) in hours.iter().enumerate() {
        if day.opens >= day.closes {
            broken.take(format!("hours.{at}.closes"), Err::<(), _>("hours.order"));
        }
        if hours[..at].iter().any(|earlier| earlier.weekday == day.weekday) {
            broken.take(format!("hours.{at}.weekday"), Err::<(), _>("hours.twice"));
        }
    }
    hours.sort_by_key(|day| day.weekday);
    hours
}

fn holidays(broken: &mut Invalid, mut holidays: Vec<Holiday>) -> Vec<Holiday> {
    if holidays.len() > MAX_HOLIDAYS {
        broken.take("holidays", Err::<(), _>("too_many"));
    }
    for (at, holiday) in holidays.iter_mut().enumerate() {
        if holiday.to < holiday.from {
            broken.take(format!("holidays.{at}.to"), Err::<(), _>("holidays.order"));
        }
        holiday.name = filled(holiday.name.take());
        if holiday.name.as_ref().is_some_and(|name| name.chars().count() > MAX_HOLIDAY_NAME) {
            broken.take(format!("holidays.{at}.name"), Err::<(), _>("too_long"));
        }
    }
    holidays.sort_by_key(|holiday| (holiday.from, holiday.to));
    holidays
}

impl StoreProfile {
    /// Every field that differs from `self` in `other`, as a person reads it.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = self.readable().into_iter().zip(other.readable());
        let changed = pairs.filter(|((_, before), (_, after))| before != after);
        changed.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after }).collect()
    }

    fn readable(&self) -> [(&'static str, Option<String>); 11] {
        let Self { code, name, address, phone, hours, holidays } = self;
        let Address { postal_code, prefecture, city, town, street, building } = address.clone();
        let listed = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
        let day = |day: &OpeningHours| format!("{:?} {}–{}", day.weekday, day.opens, day.closes);
        let closed = |day: &Holiday| format!("{}–{} {}", day.from, day.to, day.name.as_deref().unwrap_or_default());
        [
            ("code", Some(code.clone())),
            ("name", Some(name.clone())),
            ("address.postal_code", postal_code),
            ("address.prefecture", prefecture),
            ("address.city", city),
            ("address.town", town),
            ("address.street", street),
            ("address.building", building),
            ("phone", phone.as_ref().map(|phone| phone.typed.clone())),
            ("hours", listed(hours.iter().map(day).collect())),
            ("holidays", listed(holidays.iter().map(closed).map(|text| text.trim_end().to_owned()).collect())),
        ]
    }
}

impl Store {
    /// A store of which no more is known than how it is called.
    #[must_use]
    pub fn named(id: StoreId, code: &str, name: &str, created_at: Timestamp) -> Self {
        let profile = StoreProfile { code: code.to_owned(), name: name.to_owned(), ..StoreProfile::default() };
        Self { id, profile, created_at, closed_at: None, version: 1 }
    }

    /// Closes the store for good: nobody works there any more, and nothing new begins there.
    ///
    /// # Errors
    /// `StoreClosed` when it is, `StoreInUse` while something is left there.
    pub fn close(&mut self, left: StoreUse, at: Timestamp) -> Result<FieldChange, Error> {
        self.require_open()?;
        if left != StoreUse::default() {
            return Err(Error::StoreInUse);
        }
        self.closed_at = Some(at);
        Ok(FieldChange::to("closed_at", at.to_rfc3339()))
    }

    /// # Errors
    /// `StoreOpen` when it is not closed.
    pub fn reopen(&mut self) -> Result<FieldChange, Error> {
        let closed_at = self.closed_at.take().ok_or(Error::StoreOpen)?;
        Ok(FieldChange { field: "closed_at".to_owned(), before: Some(closed_at.to_rfc3339()), after: None })
    }

    /// # Errors
    /// `StoreClosed`.
    pub fn require_open(&self) -> Result<(), Error> {
        if self.closed_at.is_none() { Ok(()) } else { Err(Error::StoreClosed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedStore {
        TypedStore { code: "００１".into(), name: " 前橋店 ".into(), ..TypedStore::default() }
    }

    fn open(weekday: Weekday, opens: &str, closes: &str) -> OpeningHours {
        OpeningHours { weekday, opens: opens.parse().unwrap(), closes: closes.parse().unwrap() }
    }

    fn closed(from: &str, to: &str) -> Holiday {
        Holiday { from: from.parse().unwrap(), to: to.parse().unwrap(), name: Some(" 年末年始 ".into()) }
    }

    #[test]
    fn a_store_is_normalised() {
        let hours = vec![open(Weekday::Sunday, "10:00", "18:00"), open(Weekday::Monday, "9:30", "24:00")];
        let holidays = vec![closed("2027-08-10", "2027-08-16"), closed("2026-12-29", "2027-01-03")];
        let store = TypedStore { hours, holidays, phone: Some("027-123-4567".into()), ..typed() }.check().unwrap();
        assert_eq!((store.code.as_str(), store.name.as_str()), ("001", "前橋店"));
        assert_eq!(store.hours.iter().map(|day| day.opens.to_string()).collect::<Vec<_>>(), ["09:30", "10:00"]);
        assert_eq!(store.holidays[0].from.to_string(), "2026-12-29");
        assert_eq!(store.holidays[0].name.as_deref(), Some("年末年始"));
    }

    #[test]
    fn every_broken_field_is_named_at_once() {
        let store = TypedStore {
            code: "前橋".into(),
            name: "　".into(),
            phone: Some("12".into()),
            hours: vec![open(Weekday::Monday, "18:00", "9:00"), open(Weekday::Monday, "9:00", "18:00")],
            holidays: vec![closed("2027-01-03", "2026-12-29")],
            ..TypedStore::default()
        };
        let broken = store.check().unwrap_err();
        let fields: Vec<(&str, &str)> = broken.0.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(
            fields,
            [
                ("code", "code.form"),
                ("name", "required"),
                ("phone", "phone.length"),
                ("hours.0.closes", "hours.order"),
                ("hours.1.weekday", "hours.twice"),
                ("holidays.0.to", "holidays.order"),
            ]
        );
    }

    #[test]
    fn a_time_is_of_the_day() {
        for (text, shown) in [("9:30", "09:30"), ("00:00", "00:00"), ("24:00", "24:00")] {
            assert_eq!(text.parse::<TimeOfDay>().unwrap().to_string(), shown);
        }
        for wrong in ["24:01", "9:60", "25:00", "9", "+9:00", "9:3", "009:30", ":30", ""] {
            assert_eq!(wrong.parse::<TimeOfDay>(), Err("time.form"), "{wrong}");
        }
    }

    #[test]
    fn a_store_closes_when_nothing_is_left_there_and_opens_again() {
        let at = Timestamp::UNIX_EPOCH;
        let mut store = Store::named(StoreId(uuid::Uuid::nil()), "001", "前橋店", at);
        let none = StoreUse::default();
        for left in [StoreUse { staff: 1, ..none }, StoreUse { leads: 1, ..none }, StoreUse { forms: 1, ..none }] {
            assert_eq!(store.close(left, at), Err(Error::StoreInUse));
        }
        assert_eq!(store.reopen(), Err(Error::StoreOpen));
        assert!(store.close(none, at).is_ok());
        assert_eq!((store.close(none, at), store.require_open()), (Err(Error::StoreClosed), Err(Error::StoreClosed)));
        assert!(store.reopen().is_ok() && store.require_open().is_ok());
    }

    #[test]
    fn a_change_is_told_as_a_person_reads_it() {
        let before = typed().check().unwrap();
        let after = TypedStore { hours: vec![open(Weekday::Monday, "9:30", "18:30")], ..typed() }.check().unwrap();
        let change = FieldChange::to("hours", "Monday 09:30–18:30");
        assert_eq!(before.changes_to(&after), [change]);
        assert_eq!(after.changes_to(&after), []);
    }
}
