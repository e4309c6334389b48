//! 反響元: the editable master of where leads come from.

use serde::{Deserialize, Serialize};

use crate::Invalid;
use crate::text::{one_line, tidy};
use crate::timeline::FieldChange;

/// How many sources a dealer may have.
pub const MAX_SOURCES: usize = 100;
/// How long a code or a name may be, in characters.
pub const MAX_TEXT: usize = 40;
/// Within how many minutes a first answer may be due: a week.
pub const MAX_MINUTES: i32 = 7 * 24 * 60;

/// The stable key of a lead source, such as `carsensor`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct SourceCode(pub String);

/// One row of the master. `position` is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadSource {
    pub code: SourceCode,
    pub name_ja: String,
    pub name_en: String,
    /// Within how many minutes a first answer is due; the clock on the screens runs against it.
    pub first_response_minutes: i32,
    pub position: i32,
    /// Whether new leads may still name it.
    pub active: bool,
}

/// Checks the whole master as somebody wants it to be, in the order in which it is to be shown.
///
/// # Errors
/// By the path of the row: `required` and `code.form` on codes, `code.twice`, `required` and `too_long` on names, `minutes.range`; on
/// `sources` as a whole `sources.missing` (leads name them, so a source retires and never goes), `sources.none_active` and `too_many`.
pub fn check(known: &[LeadSource], wanted: Vec<LeadSource>) -> Result<Vec<LeadSource>, Invalid> {
    let mut broken = Invalid::default();
    let mut sources: Vec<LeadSource> = Vec::with_capacity(wanted.len());
    for (at, typed) in wanted.into_iter().enumerate() {
        let source = checked(&mut broken, at, &typed);
        if !source.code.0.is_empty() && sources.iter().any(|earlier| earlier.code == source.code) {
            broken.take(format!("sources.{at}.code"), Err::<(), _>("code.twice"));
        }
        sources.push(source);
    }
    let kept = |one: &LeadSource| sources.iter().any(|source| source.code == one.code);
    let whole = match () {
        () if sources.len() > MAX_SOURCES => Err("too_many"),
        () if !known.iter().all(kept) => Err("sources.missing"),
        () if !sources.iter().any(|source| source.active) => Err("sources.none_active"),
        () => Ok(()),
    };
    broken.take("sources", whole);
    broken.finish(sources)
}

fn checked(broken: &mut Invalid, at: usize, typed: &LeadSource) -> LeadSource {
    let mut name = |member: &str, text: &str| {
        let name = one_line(text);
        let length = name.chars().count();
        let checked = match () {
            () if tidy(&name).is_empty() => Err("required"),
            () if length > MAX_TEXT => Err("too_long"),
            () => Ok(name),
        };
        broken.take(format!("sources.{at}.{member}"), checked).unwrap_or_default()
    };
    let (name_ja, name_en) = (name("name_ja", &typed.name_ja), name("name_en", &typed.name_en));
    let code = broken.take(format!("sources.{at}.code"), code(&typed.code.0)).unwrap_or_default();
    let minutes = typed.first_response_minutes;
    let fits = if (1..=MAX_MINUTES).contains(&minutes) { Ok(()) } else { Err("minutes.range") };
    broken.take(format!("sources.{at}.first_response_minutes"), fits);
    let position = i32::try_from(at + 1).unwrap_or(i32::MAX);
    LeadSource { code: SourceCode(code), name_ja, name_en, position, ..typed.clone() }
}

/// Small letters of ASCII, digits and underscores, as integrators write it.
fn code(typed: &str) -> Result<String, &'static str> {
    let code = tidy(typed);
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    match () {
        () if code.is_empty() => Err("required"),
        () if code.len() > MAX_TEXT || !code.bytes().all(fits) => Err("code.form"),
        () => Ok(code),
    }
}

/// What differs between two states of the master, as a person reads it: one entry for each source, by its code.
#[must_use]
pub fn changes(before: &[LeadSource], after: &[LeadSource]) -> Vec<FieldChange> {
    let of = |sources: &[LeadSource], code: &SourceCode| {
        let source = sources.iter().find(|source| source.code == *code)?;
        let LeadSource { code: _, name_ja, name_en, first_response_minutes, position, active } = source;
        let state = if *active { "active" } else { "retired" };
        Some(format!("{position}. {name_ja} / {name_en}, {first_response_minutes} min, {state}"))
    };
    let pairs = after.iter().map(|source| (&source.code, of(before, &source.code), of(after, &source.code)));
    let changed = pairs.filter(|(_, before, after)| before != after);
    changed.map(|(code, before, after)| FieldChange { field: code.0.clone(), before, after }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(code: &str, name: &str) -> LeadSource {
        let code = SourceCode(code.to_owned());
        let (name_ja, name_en) = (name.to_owned(), name.to_owned());
        LeadSource { code, name_ja, name_en, first_response_minutes: 15, position: 0, active: true }
    }

    fn codes(outcome: Result<Vec<LeadSource>, Invalid>) -> Vec<String> {
        let broken = outcome.err().unwrap_or_default().0;
        broken.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
    }

    #[test]
    fn the_order_of_the_list_is_the_order_of_the_master() {
        let known = check(&[], vec![source("phone", "電話"), source("line", "LINE")]).unwrap();
        let turned = check(&known, vec![source("line", " LINE "), source("phone", "お電話")]).unwrap();
        assert_eq!(turned.iter().map(|source| source.position).collect::<Vec<_>>(), [1, 2]);
        let changes = changes(&known, &turned);
        assert_eq!(changes[0].field, "line");
        assert_eq!(changes[0].before.as_deref(), Some("2. LINE / LINE, 15 min, active"));
        assert_eq!(
            changes[1].after.as_deref(),
            Some("2. お電話 / 電話, 15 min, active".replace(" 電話,", " お電話,").as_str())
        );
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let known = check(&[], vec![source("phone", "電話")]).unwrap();
        let slow = LeadSource { first_response_minutes: 0, active: false, ..source("Web Site", " ") };
        assert_eq!(
            codes(check(&known, vec![slow])),
            [
                "sources.0.name_ja required",
                "sources.0.name_en required",
                "sources.0.code code.form",
                "sources.0.first_response_minutes minutes.range",
                "sources sources.missing",
            ]
        );
        let twice = vec![source("phone", "電話"), source("phone", "電話")];
        assert_eq!(codes(check(&known, twice)), ["sources.1.code code.twice"]);
        let retired = vec![LeadSource { active: false, ..source("phone", "電話") }];
        assert_eq!(codes(check(&known, retired)), ["sources sources.none_active"]);
    }
}
