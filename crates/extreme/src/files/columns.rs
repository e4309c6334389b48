//! Which column is which field: as an administrator has settled it, and otherwise by the headings that are usual.

use std::collections::BTreeMap;

use noren_domain::intake::{Choice, ColumnMap, Reason};

use super::Field;
use super::text::folded;
use super::values::unit_of;

/// Where the value of a field is taken from.
pub enum Source {
    /// A column, and what one of it counts.
    Column {
        at: usize,
        unit: i64,
    },
    Fixed(String),
}

/// Of a file, the place of each field that it has.
pub struct Columns {
    sources: BTreeMap<&'static str, Source>,
    /// Why it cannot be taken with these columns.
    pub reasons: Vec<Reason>,
}

impl Columns {
    /// Finds the fields among the headings.
    pub fn find(fields: &'static [Field], headings: &[String], map: &ColumnMap) -> Self {
        let folds: Vec<String> = headings.iter().map(|heading| folded(heading)).collect();
        let mut columns = Self { sources: BTreeMap::new(), reasons: Vec::new() };
        for field in fields {
            let found = match map.choices.get(field.name) {
                Some(Choice::Unused) => Ok(None),
                Some(Choice::Fixed(text)) => Ok(Some(Source::Fixed(text.clone()))),
                Some(Choice::Column(heading)) => settled(heading, headings, &folds),
                None => usual(field, headings, &folds),
            };
            match found {
                Ok(Some(source)) => drop(columns.sources.insert(field.name, source)),
                Ok(None) if field.needed => columns.reasons.push(missing(field.usual.first().unwrap_or(&field.name))),
                Ok(None) => {}
                Err(reason) => columns.reasons.push(reason),
            }
        }
        columns
    }

    pub fn source(&self, field: &str) -> Option<&Source> {
        self.sources.get(field)
    }

    /// The place of a field among the headings.
    pub fn place(&self, field: &str) -> Option<usize> {
        match self.sources.get(field) {
            Some(Source::Column { at, .. }) => Some(*at),
            _ => None,
        }
    }

    /// The places that are some field's.
    pub fn used(&self) -> Vec<usize> {
        self.sources.keys().filter_map(|field| self.place(field)).collect()
    }
}

fn column(at: usize, headings: &[String]) -> Source {
    Source::Column { at, unit: headings.get(at).map_or(1, |heading| unit_of(heading)) }
}

/// The column that was chosen. One that is not there any more is said: its field would be emptied in every record.
fn settled(heading: &str, headings: &[String], folds: &[String]) -> Result<Option<Source>, Reason> {
    let exact = headings.iter().position(|known| known == heading);
    let fold = folded(heading);
    match exact.or_else(|| folds.iter().position(|known| *known == fold)) {
        Some(at) => Ok(Some(column(at, headings))),
        None => Err(missing(heading)),
    }
}

/// The column with a usual heading. Two of them are said, because nobody knows which is meant.
fn usual(field: &Field, headings: &[String], folds: &[String]) -> Result<Option<Source>, Reason> {
    let names = field.usual.iter().chain([&field.name]);
    for name in names {
        let fold = folded(name);
        let mut found = folds.iter().enumerate().filter(|(_, known)| **known == fold).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(at), None) => return Ok(Some(column(at, headings))),
            (Some(at), Some(_)) => {
                return Err(Reason { column: headings[at].clone(), ..Reason::of_file("column.twice") });
            }
            (None, _) => {}
        }
    }
    Ok(None)
}

fn missing(heading: &str) -> Reason {
    Reason { column: heading.to_owned(), ..Reason::of_file("column.missing") }
}
