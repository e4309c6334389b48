//! What a request names must be there: codes that nobody has are told together, each with its member.

use serde_json::Value;

use crate::problem::{Problem, Wrong};
use crate::store::{Record, Shelf, Writing};
use crate::stream::Stream;

/// Collects what is not known.
pub struct Known<'a> {
    writing: &'a Writing,
    wrong: Vec<Wrong>,
}

impl<'a> Known<'a> {
    pub fn of(writing: &'a Writing) -> Self {
        Self { writing, wrong: Vec::new() }
    }

    /// Somebody who works here; an empty record where nobody does.
    pub fn staff(&mut self, field: &str, code: &str) -> Result<Record, Problem> {
        let staff = self.writing.get(Stream::Staff, code)?;
        match &staff {
            None => self.add(field, "unknown"),
            Some(staff) if staff.get("employment").is_some_and(|employment| employment == "retired") => {
                self.add(field, "retired");
            }
            Some(_) => {}
        }
        Ok(staff.unwrap_or_default())
    }

    pub fn store(&mut self, field: &str, code: &str) -> Result<(), Problem> {
        let stores: Vec<String> = self.writing.paper(Shelf::About, STORES)?.unwrap_or_default();
        if !stores.iter().any(|store| store == code) {
            self.add(field, "unknown");
        }
        Ok(())
    }

    pub fn customer(&mut self, field: &str, code: Option<&str>) -> Result<(), Problem> {
        self.record(field, Stream::Customers, code)
    }

    pub fn vehicle(&mut self, field: &str, stock_number: Option<&str>) -> Result<(), Problem> {
        self.record(field, Stream::Vehicles, stock_number)
    }

    fn record(&mut self, field: &str, stream: Stream, key: Option<&str>) -> Result<(), Problem> {
        if let Some(key) = key
            && self.writing.get(stream, key)?.is_none()
        {
            self.add(field, "unknown");
        }
        Ok(())
    }

    /// Adds what something else found wrong.
    pub fn require(&mut self, wrong: Option<(&str, &'static str)>) {
        if let Some((field, code)) = wrong {
            self.add(field, code);
        }
    }

    fn add(&mut self, field: &str, code: &'static str) {
        self.wrong.push(Wrong { field: field.to_owned(), code });
    }

    /// # Errors
    /// 422 with all that was not known.
    pub fn finish(self) -> Result<(), Problem> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(&self.wrong)) }
    }
}

/// Where the codes of the stores are kept.
pub const STORES: &str = "stores";

/// Family and given name of a member of staff.
pub fn full_name(staff: &Record) -> String {
    let part =
        |part: &str| staff.get("name").and_then(|name| name.get(part)).and_then(Value::as_str).unwrap_or_default();
    format!("{} {}", part("family"), part("given"))
}
