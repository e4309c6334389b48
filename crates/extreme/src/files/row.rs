//! One row while it is read: every cell that is wrong is named at once.

use noren_domain::Yen;
use noren_domain::code::StoreCode;
use noren_domain::intake::{MOST_VALUE, Reason};
use noren_domain::text::{one_line, tidy};

use super::House;
use super::columns::{Columns, Source};
use super::sheet::Line;
use super::text::{cell, folded, widened};
use super::values;

/// How a cell says that there is nothing.
const NOTHING: [&str; 5] = ["-", "―", "ー", "－", "—"];

/// A row, its columns, and what is wrong with it.
pub struct Row<'a> {
    pub line: &'a Line,
    pub headings: &'a [String],
    pub columns: &'a Columns,
    pub house: &'a House,
    pub reasons: Vec<Reason>,
}

impl Row<'_> {
    /// What stands in the cell of a field, if anything does, and what one of it counts.
    pub fn written(&self, field: &str) -> Option<(&str, i64)> {
        let (text, unit) = match self.columns.source(field)? {
            Source::Column { at, unit } => (self.line.cells.get(*at).map(cell)?, *unit),
            Source::Fixed(text) => (text.as_str(), 1),
        };
        let is_nothing = text.is_empty() || NOTHING.contains(&text);
        (!is_nothing).then_some((text, unit))
    }

    /// Says what is wrong with the cell of a field.
    pub fn refuse(&mut self, field: &str, code: &str) {
        let column = self.columns.place(field).and_then(|at| self.headings.get(at));
        let value =
            self.written(field).map_or_else(String::new, |(text, _)| one_line(text).chars().take(MOST_VALUE).collect());
        let column = column.map_or_else(|| field.to_owned(), Clone::clone);
        self.reasons.push(Reason { row: self.line.number, column, value, code: code.to_owned() });
    }

    /// The value of a field that may be empty; one that is wrong is none, and is named.
    pub fn maybe<T>(&mut self, field: &str, read: impl FnOnce(&str, i64) -> Result<T, &'static str>) -> Option<T> {
        let read = self.written(field).map(|(text, unit)| read(text, unit))?;
        read.map_err(|code| self.refuse(field, code)).ok()
    }

    /// The value of a field that no record can be without.
    pub fn needed<T>(&mut self, field: &str, read: impl FnOnce(&str, i64) -> Result<T, &'static str>) -> Option<T> {
        if self.written(field).is_none() {
            self.refuse(field, "required");
            return None;
        }
        self.maybe(field, read)
    }

    /// A text of one line, in full-width katakana, of at most so many characters.
    pub fn text(&mut self, field: &str, most: usize) -> Option<String> {
        self.maybe(field, |text, _| short(text, most))
    }

    /// The same of one that no record can be without.
    pub fn needed_text(&mut self, field: &str, most: usize) -> Option<String> {
        self.needed(field, |text, _| short(text, most))
    }

    /// A code by which EXTREME knows something.
    pub fn code<T: std::str::FromStr>(&mut self, field: &str) -> Option<T> {
        self.maybe(field, |text, _| code(text))
    }

    /// The same of one that no record can be without.
    pub fn needed_code<T: std::str::FromStr>(&mut self, field: &str) -> Option<T> {
        self.needed(field, |text, _| code(text))
    }

    /// A store by its code, or by its name here.
    pub fn store(&mut self) -> Option<StoreCode> {
        let house = self.house;
        self.needed("store_code", |text, _| match house.stores.get(&folded(text)) {
            Some(code) => Ok(code.clone()),
            None => code(text).map_err(|_| "store.unknown"),
        })
    }

    pub fn day(&mut self, field: &str) -> Option<chrono::NaiveDate> {
        self.maybe(field, |text, _| values::day(text))
    }

    pub fn needed_day(&mut self, field: &str) -> Option<chrono::NaiveDate> {
        self.needed(field, |text, _| values::day(text))
    }

    /// A price. 応談 is none.
    pub fn yen(&mut self, field: &str) -> Option<Yen> {
        let (text, _) = self.written(field)?;
        if ["応談", "価格応談", "ask", "未定", "お問い合わせ", "お問合せ"].contains(&tidy(text).to_lowercase().as_str())
        {
            return None;
        }
        self.maybe(field, values::yen)
    }

    pub fn word<T: Copy + std::str::FromStr>(&mut self, field: &str, words: &[(&str, T)]) -> Option<T> {
        self.maybe(field, |text, _| values::word(text, words))
    }
}

fn short(text: &str, most: usize) -> Result<String, &'static str> {
    let text = one_line(&widened(text));
    if text.chars().count() <= most { Ok(text) } else { Err("too_long") }
}

/// Codes are written in either width.
fn code<T: std::str::FromStr>(text: &str) -> Result<T, &'static str> {
    tidy(text).parse().map_err(|_| "code.form")
}
