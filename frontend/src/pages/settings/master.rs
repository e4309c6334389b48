//! A master that is settled as one list, such as タグ: what is the same about all of them. Pure, and tested by each of them.

use std::fmt::Debug;

use noren_api::FieldProblem;
use noren_domain::Invalid;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::content::{self, Content, Part};
use super::rows::Listed;
use crate::errors::FieldErrors;
use crate::messages;
use crate::session::Masters;
use crate::words::{self, Lang};

/// What a master is a list of. Whoever says so is also the one part of its content: the order is as much of it as the rows.
pub trait Master: Copy + Debug + Ord + Send + Sync + 'static {
    type Row: Clone + Debug + Default + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// The list as the server wants it.
    type Sent: Serialize + PartialEq + 'static;

    /// All parts of the content, which is the list.
    const ITSELF: &'static [Self; 1];
    /// The path that the server knows the list by, and its id on the page.
    const PATH: &'static str;
    const TITLE: fn(Lang) -> &'static str;
    /// How many rows there may be.
    const MOST: usize;
    /// The field that a person begins a row with.
    const FIRST: &'static str;

    /// A row that nobody has typed in.
    fn blank() -> Self::Row;

    /// Whether it still is one.
    fn is_blank(row: &Self::Row) -> bool;

    /// Whether two rows are the same one, whatever they say.
    fn is_same(one: &Self::Row, other: &Self::Row) -> bool;

    fn is_active(row: &Self::Row) -> bool;

    /// It in a line, between two versions.
    fn line(row: &Self::Row, lang: Lang) -> String;

    fn to_send(rows: &[Self::Row]) -> Self::Sent;

    /// By the rules of the domain, as far as they can be told without the server.
    fn check(sent: Self::Sent) -> Result<(), Invalid>;

    /// How to mend it, by the code of its rule.
    fn advice(broken: &FieldProblem, lang: Lang) -> String {
        messages::field(broken, lang)
    }
}

/// A master as a person types it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct List<M: Master> {
    pub rows: Vec<M::Row>,
}

impl<M: Master> Part for M {
    type Content = List<M>;

    const ALL: &'static [Self] = Self::ITSELF;

    fn path(self) -> &'static str {
        M::PATH
    }

    fn label(self) -> fn(Lang) -> &'static str {
        M::TITLE
    }

    fn text(self, _: &List<M>) -> String {
        String::new()
    }

    fn set(self, _: &mut List<M>, _: String) {}

    fn take(self, list: &mut List<M>, from: &List<M>) {
        list.clone_from(from);
    }

    fn differs(self, one: &List<M>, other: &List<M>) -> bool {
        one.sent() != other.sent()
    }

    fn read(self, list: &List<M>, _: &Masters, lang: Lang) -> String {
        let line = |row: &M::Row| {
            let line = M::line(row, lang);
            if M::is_active(row) { line } else { format!("{line} {}", words::rows::retired(lang)) }
        };
        content::said(list.rows.iter().map(line).collect::<Vec<_>>().join("\n"), lang)
    }
}

impl<M: Master> Content for List<M> {
    type Part = M;
    type Sent = M::Sent;

    fn name(&self) -> &str {
        ""
    }

    fn tidied(mut self) -> Self {
        self.rows.retain(|row| !M::is_blank(row));
        self
    }

    /// What is saved never goes, so the rows that somebody has added meanwhile come last.
    fn keeping(mut self, current: &Self) -> Self {
        let unknown = |row: &&M::Row| self.rows.iter().all(|mine| !M::is_same(mine, row));
        let added: Vec<M::Row> = current.rows.iter().filter(unknown).cloned().collect();
        self.rows.extend(added);
        self
    }

    fn problems(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Err(broken) = M::check(self.sent()) {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }

    fn sent(&self) -> M::Sent {
        M::to_send(&self.rows)
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        M::advice(broken, lang)
    }
}

impl<M: Master> Listed for List<M> {
    type Row = M::Row;

    const LIST: M = M::ITSELF[0];
    const MOST: usize = M::MOST;
    const FIRST: &'static str = M::FIRST;

    fn rows(&self) -> &[M::Row] {
        &self.rows
    }

    fn rows_mut(&mut self) -> &mut Vec<M::Row> {
        &mut self.rows
    }

    fn blank() -> M::Row {
        M::blank()
    }
}
