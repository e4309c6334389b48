//! A filter of the stock that a person keeps under a name.

use crate::text::{one_line, tidy};
use crate::timeline::FieldChange;
use crate::{Invalid, SavedFilterId};

/// How many a person keeps at most.
pub const MOST: usize = 50;

/// A filter, as the address of the list says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub name: String,
    pub query: String,
    /// Counts up; an edit names the version it saw.
    pub version: i64,
}

impl SavedFilter {
    /// Every field that differs from `self` in `other`.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<FieldChange> {
        let pairs = [("name", &self.name, &other.name), ("query", &self.query, &other.query)];
        let change = |(field, before, after): (&str, &String, &String)| FieldChange {
            field: field.to_owned(),
            before: Some(before.clone()),
            after: Some(after.clone()),
        };
        pairs.into_iter().filter(|(_, before, after)| before != after).map(change).collect()
    }
}

/// A name as it is kept.
///
/// # Errors
/// `required` for one that says nothing.
pub fn named(typed: &str) -> Result<String, Invalid> {
    let name = one_line(typed);
    let mut broken = Invalid::default();
    if tidy(&name).is_empty() {
        broken.take("name", Err::<(), _>("required"));
    }
    broken.finish(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_something_and_stands_on_one_line() {
        assert_eq!(named(" 300万円まで\nミニバン ").unwrap(), "300万円まで ミニバン");
        assert_eq!(named(" \u{200b}　").unwrap_err().0[0].code, "required");
    }
}
