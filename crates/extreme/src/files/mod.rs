//! Files, for dealers whose EXTREME can only write them: tables in CP932 or UTF-8 with headings of their own, read into values of the domain.
//!
//! A file is read whole or refused with every cell that is wrong. What no EXTREME writes, such as revisions, is not in it: whoever keeps the
//! copies decides by the content whether a record is another one.

mod car;
mod columns;
mod customer;
mod results;
mod row;
mod service;
mod sheet;
mod staff;
mod text;
mod values;
mod vehicle;
mod words;

use std::collections::{HashMap, HashSet};

use noren_domain::code::StoreCode;
use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::intake::{ColumnMap, MOST_REASONS, Reason};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::StaffRecord;
use noren_domain::sync::Stream;
use noren_domain::vehicle::Vehicle;

use self::columns::Columns;
use self::row::Row;
pub use self::sheet::{MOST_ROWS, Sheet};

/// What stands in the cells of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Code,
    Day,
    Month,
    Yen,
    Number,
    /// あり, なし
    Flag,
    /// One of some words.
    Word,
}

/// One field of a kind of record, by the contract's name.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub form: Form,
    /// Whether no record can be without it.
    pub needed: bool,
    /// The headings by which it is recognised, the usual one first.
    pub usual: &'static [&'static str],
}

/// A field that may be empty.
const fn field(name: &'static str, form: Form, usual: &'static [&'static str]) -> Field {
    Field { name, form, needed: false, usual }
}

/// One that no record can be without.
const fn needed(name: &'static str, form: Form, usual: &'static [&'static str]) -> Field {
    Field { name, form, needed: true, usual }
}

/// A kind of record that comes in files.
pub trait FileRecord: Sized {
    const STREAM: Stream;
    const FIELDS: &'static [Field];

    #[doc(hidden)]
    fn read(row: &mut Row<'_>) -> Option<Self>;

    /// By what EXTREME knows it.
    fn key(&self) -> &str;
}

/// What Noren itself knows that files refer to.
#[derive(Clone, Debug, Default)]
pub struct House {
    stores: HashMap<String, StoreCode>,
}

impl House {
    /// A house with these stores, each by its name and its code.
    pub fn new<'a>(stores: impl IntoIterator<Item = (&'a str, StoreCode)>) -> Self {
        Self { stores: stores.into_iter().map(|(name, code)| (text::folded(name), code)).collect() }
    }
}

/// What was read of a file: all of its records, or the reasons why not.
pub struct Read<T> {
    pub records: Vec<T>,
    /// The first of them.
    pub reasons: Vec<Reason>,
    /// How many reasons there are.
    pub wrong: u64,
    /// How many rows there are below the headings.
    pub rows: u64,
}

/// Reads a table. Where anything is wrong, the records are not to be taken.
pub fn read<T: FileRecord>(sheet: &Sheet, map: &ColumnMap, house: &House) -> Read<T> {
    let columns = Columns::find(T::FIELDS, &sheet.headings, map);
    let mut read = Read { records: Vec::new(), reasons: Vec::new(), wrong: 0, rows: 0 };
    if !columns.reasons.is_empty() {
        read.refuse(columns.reasons);
        return read;
    }
    let mut keys = HashSet::new();
    for line in sheet.rows() {
        read.rows += 1;
        if read.rows > MOST_ROWS {
            read.refuse(vec![Reason::of_file("file.too_many_rows")]);
            break;
        }
        // Cells beyond the headings belong to no column: a quotation mark or a comma too many has moved them.
        if line.cells.iter().skip(sheet.headings.len()).any(|cell| !text::cell(cell).is_empty()) {
            let (column, value) = (String::new(), String::new());
            read.refuse(vec![Reason { row: line.number, column, value, code: "row.cells".to_owned() }]);
            continue;
        }
        let mut row = Row { line: &line, headings: &sheet.headings, columns: &columns, house, reasons: Vec::new() };
        let record = T::read(&mut row);
        if let Some(record) = &record
            && !keys.insert(record.key().to_owned())
        {
            row.refuse(T::FIELDS.first().map_or("", |field| field.name), "key.twice");
        }
        let reasons = row.reasons;
        match record {
            Some(record) if reasons.is_empty() => read.records.push(record),
            _ => read.refuse(reasons),
        }
    }
    if read.rows == 0 {
        read.refuse(vec![Reason::of_file("file.no_rows")]);
    }
    read
}

impl<T> Read<T> {
    fn refuse(&mut self, reasons: Vec<Reason>) {
        self.wrong += reasons.len() as u64;
        let room = MOST_REASONS.saturating_sub(self.reasons.len());
        self.reasons.extend(reasons.into_iter().take(room));
    }
}

/// The fields of a kind of record; the first is its key.
#[must_use]
pub fn fields(stream: Stream) -> &'static [Field] {
    match stream {
        Stream::Vehicles => Vehicle::FIELDS,
        Stream::Sales => Sale::FIELDS,
        Stream::StockPurchases => StockPurchase::FIELDS,
        Stream::Customers => Customer::FIELDS,
        Stream::Purchases => Purchase::FIELDS,
        Stream::MaintenanceRecords => MaintenanceRecord::FIELDS,
        Stream::Inspections => Inspection::FIELDS,
        Stream::Staff => StaffRecord::FIELDS,
    }
}

/// Where the fields of a kind of record are among some headings.
pub struct Places {
    columns: Columns,
}

impl Places {
    #[must_use]
    pub fn find(stream: Stream, headings: &[String], map: &ColumnMap) -> Self {
        Self { columns: Columns::find(fields(stream), headings, map) }
    }

    /// The place of a field's column.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<usize> {
        self.columns.place(field)
    }

    /// The places that are no field's.
    #[must_use]
    pub fn unused(&self, headings: &[String]) -> Vec<usize> {
        let used = self.columns.used();
        (0..headings.len()).filter(|at| !used.contains(at)).collect()
    }

    /// Why a file with these headings cannot be taken.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.columns.reasons
    }
}

/// How the name of a file with each kind of record begins; the longer before what it begins with.
const NAMES: [(&str, Stream); 8] = [
    ("vehicles", Stream::Vehicles),
    ("customers", Stream::Customers),
    ("staff", Stream::Staff),
    ("sales", Stream::Sales),
    ("stock_purchases", Stream::StockPurchases),
    ("purchases", Stream::Purchases),
    ("maintenance", Stream::MaintenanceRecords),
    ("inspections", Stream::Inspections),
];

/// Which kind of record a file holds, by its name: `vehicles_20261123.csv`.
#[must_use]
pub fn stream_of(file_name: &str) -> Option<Stream> {
    let name = file_name.to_lowercase();
    let is_table = [".csv", ".txt", ".tsv"].iter().any(|ending| name.ends_with(ending));
    NAMES.iter().find(|(begins, _)| is_table && name.starts_with(begins)).map(|(_, stream)| *stream)
}

#[cfg(test)]
mod tests;
