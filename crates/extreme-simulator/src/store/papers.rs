//! Papers: what is no record of a stream, kept as JSON by shelf and key.

use redb::ReadableTable;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::tables::{PAPERS, shelf as range_of};
use super::{Error, Reading, Writing};

/// What kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Holds,
    /// By Noren's number.
    Quotes,
    /// Noren's number by ours.
    QuoteNumbers,
    Contracts,
    /// The contract that a car was sold by, by stock number.
    ContractOfVehicle,
    Corrections,
    /// First answers, by operation and idempotency key.
    Answers,
    /// What the store is: its seed, and how far it has moved.
    About,
}

impl Shelf {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Quotes => "quotes",
            Self::QuoteNumbers => "quote_numbers",
            Self::Contracts => "contracts",
            Self::ContractOfVehicle => "contract_of_vehicle",
            Self::Corrections => "corrections",
            Self::Answers => "answers",
            Self::About => "about",
        }
    }
}

impl Reading {
    /// The paper, if there is one.
    pub fn paper<T: DeserializeOwned>(&self, shelf: Shelf, key: &str) -> Result<Option<T>, Error> {
        let papers = self.0.open_table(PAPERS)?;
        paper(&papers, shelf, key)
    }

    /// The last papers of a shelf in the order of their keys, the last first.
    pub fn last_papers<T: DeserializeOwned>(&self, shelf: Shelf, limit: usize) -> Result<Vec<T>, Error> {
        let papers = self.0.open_table(PAPERS)?;
        let end = format!("{}\u{1}", shelf.name());
        let range = papers.range(range_of(shelf)..(end.as_str(), ""))?;
        range.rev().take(limit).map(|row| Ok(serde_json::from_slice(row?.1.value())?)).collect()
    }
}

impl Writing {
    /// The paper, if there is one.
    pub fn paper<T: DeserializeOwned>(&self, shelf: Shelf, key: &str) -> Result<Option<T>, Error> {
        let papers = self.0.open_table(PAPERS)?;
        paper(&papers, shelf, key)
    }

    /// Keeps a paper, in the place of one of the same key.
    pub fn put_paper(&self, shelf: Shelf, key: &str, paper: &impl Serialize) -> Result<(), Error> {
        let mut papers = self.0.open_table(PAPERS)?;
        papers.insert((shelf.name(), key), serde_json::to_vec(paper)?.as_slice())?;
        Ok(())
    }

    /// Throws a paper away.
    pub fn remove_paper(&self, shelf: Shelf, key: &str) -> Result<(), Error> {
        let mut papers = self.0.open_table(PAPERS)?;
        papers.remove((shelf.name(), key))?;
        Ok(())
    }
}

fn paper<T: DeserializeOwned>(
    papers: &impl ReadableTable<(&'static str, &'static str), &'static [u8]>,
    shelf: Shelf,
    key: &str,
) -> Result<Option<T>, Error> {
    let found = papers.get((shelf.name(), key))?;
    found.map(|row| Ok(serde_json::from_slice(row.value())?)).transpose()
}
