//! The parts of a store, for its page and for the choice between two versions.

use noren_api::FieldProblem;
use noren_api::stores::StoreProfile;
use noren_domain::store::Weekday;

use super::draft::{Closed, Draft};
use crate::errors::FieldErrors;
use crate::messages;
use crate::pages::settings::address::AddressPart;
use crate::pages::settings::content::{self, Content, said};
use crate::session::Masters;
use crate::ui::date;
use crate::words::{self, Lang};

/// What is settled of a store, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Code,
    Phone,
    Address(AddressPart),
    Hours,
    Holidays,
}

impl Part {
    /// Where it is typed, unless it is a list.
    fn place(self, draft: &mut Draft) -> Place<'_> {
        let Draft { code, name, phone, address, .. } = draft;
        match self {
            Self::Name => Place::Always(name),
            Self::Code => Place::Always(code),
            Self::Phone => Place::Always(phone),
            Self::Address(part) => Place::Maybe(part.place(address)),
            Self::Hours | Self::Holidays => Place::List,
        }
    }
}

enum Place<'draft> {
    Always(&'draft mut String),
    Maybe(&'draft mut Option<String>),
    List,
}

impl content::Part for Part {
    type Content = Draft;

    const ALL: &'static [Self] = &[
        Self::Name,
        Self::Code,
        Self::Phone,
        Self::Address(AddressPart::PostalCode),
        Self::Address(AddressPart::Prefecture),
        Self::Address(AddressPart::City),
        Self::Address(AddressPart::Town),
        Self::Address(AddressPart::Street),
        Self::Address(AddressPart::Building),
        Self::Hours,
        Self::Holidays,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Code => "code",
            Self::Phone => "phone",
            Self::Address(part) => part.path(),
            Self::Hours => "hours",
            Self::Holidays => "holidays",
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        match self {
            Self::Name => words::store::name,
            Self::Code => words::store::code,
            Self::Phone => words::field::phones,
            Self::Address(part) => part.label(),
            Self::Hours => words::store::hours,
            Self::Holidays => words::store::holidays,
        }
    }

    fn text(self, draft: &Draft) -> String {
        match self.place(&mut draft.clone()) {
            Place::Always(text) => text.clone(),
            Place::Maybe(text) => text.clone().unwrap_or_default(),
            Place::List => String::new(),
        }
    }

    fn set(self, draft: &mut Draft, text: String) {
        match self.place(draft) {
            Place::Always(place) => *place = text,
            Place::Maybe(place) => *place = (!text.is_empty()).then_some(text),
            Place::List => {}
        }
    }

    fn take(self, draft: &mut Draft, from: &Draft) {
        match self {
            Self::Hours => draft.week.clone_from(&from.week),
            Self::Holidays => draft.holidays.clone_from(&from.holidays),
            _ => self.set(draft, self.text(from)),
        }
    }

    fn differs(self, one: &Draft, other: &Draft) -> bool {
        match self {
            Self::Hours => one.week != other.week,
            Self::Holidays => one.holidays != other.holidays,
            _ => self.text(one) != self.text(other),
        }
    }

    fn read(self, draft: &Draft, _: &Masters, lang: Lang) -> String {
        let text = match self {
            Self::Hours => read_week(draft, lang),
            Self::Holidays => draft.holidays.iter().map(read_holiday).collect::<Vec<_>>().join("\n"),
            _ => self.text(draft),
        };
        said(text, lang)
    }
}

pub fn weekday_name(weekday: Weekday) -> fn(Lang) -> &'static str {
    use words::weekday as name;
    match weekday {
        Weekday::Monday => name::monday,
        Weekday::Tuesday => name::tuesday,
        Weekday::Wednesday => name::wednesday,
        Weekday::Thursday => name::thursday,
        Weekday::Friday => name::friday,
        Weekday::Saturday => name::saturday,
        Weekday::Sunday => name::sunday,
    }
}

fn read_week(draft: &Draft, lang: Lang) -> String {
    let hours = draft.profile().hours;
    let line = |weekday: Weekday| {
        let day = weekday_name(weekday)(lang);
        match hours.iter().find(|hours| hours.weekday == weekday) {
            Some(hours) => format!("{day} {}–{}", hours.opens, hours.closes),
            None => format!("{day} {}", words::store::closed(lang)),
        }
    };
    if hours.is_empty() { String::new() } else { Weekday::ALL.map(line).join("\n") }
}

fn read_holiday(row: &Closed) -> String {
    let days = match row.days() {
        Some((from, to)) if from == to => date::day(from),
        Some((from, to)) => format!("{}–{}", date::day(from), date::day(to)),
        None => String::new(),
    };
    format!("{days} {}", row.name).trim().to_owned()
}

impl Content for Draft {
    type Part = Part;
    type Sent = StoreProfile;

    fn name(&self) -> &str {
        &self.name
    }

    fn tidied(self) -> Self {
        self.tidied()
    }

    fn problems(&self) -> FieldErrors {
        self.problems()
    }

    fn sent(&self) -> StoreProfile {
        self.profile()
    }

    fn placed(&self, errors: FieldErrors) -> FieldErrors {
        self.placed(errors)
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        let own = match broken.code.as_str() {
            "required" if broken.field.starts_with("hours.") => words::store::time_missing,
            "required" if broken.field.starts_with("holidays.") => words::store::date_missing,
            "required" => words::field_problem::required,
            "code.form" => words::store::code_form,
            "taken" => words::store::code_taken,
            "hours.order" => words::store::hours_order,
            "holidays.order" => words::store::holidays_order,
            _ => return messages::field(broken, lang),
        };
        own(lang).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::content::Part as _;
    use super::*;

    #[test]
    fn every_part_reads_back_as_it_was_written() {
        let (mut full, mut other) = (Draft::default(), Draft::default());
        for &part in Part::ALL {
            part.set(&mut full, "ほか".into());
        }
        full.turn(3);
        full.holidays.push(Closed { from: "2026-12-29".into(), ..Closed::default() });
        for &part in Part::ALL {
            assert!(part.differs(&other, &full), "{part:?}");
            part.take(&mut other, &full);
            assert!(!part.differs(&other, &full), "{part:?}");
        }
        assert_eq!(other, full);
    }

    #[test]
    fn a_week_and_a_holiday_are_read_as_a_person_says_them() {
        let mut draft = Draft::default();
        assert_eq!(read_week(&draft, Lang::Ja), "");
        draft.turn(0);
        (draft.week[0].opens, draft.week[0].closes) = ("09:30".into(), "18:30".into());
        let week = read_week(&draft, Lang::Ja);
        assert!(week.starts_with("月曜日 09:30–18:30\n火曜日 定休日\n"), "{week}");
        let mut row = Closed { from: "2026-12-29".into(), to: "2027-01-03".into(), name: "年末年始".into() };
        assert_eq!(read_holiday(&row), "2026/12/29–2027/1/3 年末年始");
        row.to.clear();
        assert_eq!(read_holiday(&row), "2026/12/29 年末年始");
    }
}
