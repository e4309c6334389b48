//! ファイル取込: files that EXTREME has written, what became of each, and which of their columns is what.

use chrono::{DateTime, Utc};
use noren_domain::ExtremeIntakeId;
use noren_domain::intake::{Choice, ColumnMap, IntakeOrigin, IntakeState};
use noren_domain::sync::Stream;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// How long a heading, or what is fixed, may be.
pub const MAX_HEADING: u64 = 200;

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeIntake {
    pub id: ExtremeIntakeId,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub stream: Stream,
    #[cfg_attr(feature = "openapi", schema(example = "vehicles_20261123.csv"))]
    pub file_name: String,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub origin: IntakeOrigin,
    /// In bytes.
    pub size: i64,
    /// When it was written: the age of what it says.
    pub written_at: DateTime<Utc>,
    pub handed_in_at: DateTime<Utc>,
    /// `staff:{id}`, or `system` for the folder.
    pub handed_in_by: String,
    pub handed_in_by_name: Option<String>,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub state: IntakeState,
    /// Rows below the headings.
    pub rows: u64,
    /// Records that were not known.
    pub new: u64,
    /// Records that said something else than before.
    pub changed: u64,
    pub unchanged: u64,
    /// Cars that are gone by it, or would be.
    pub gone: u64,
    /// Cars that were for sale before, where the file is the whole stock.
    pub here: u64,
    /// Reasons why it was refused; a thousand of them are listed.
    pub wrong: u64,
    /// The file that was the same, and was taken.
    pub repeats: Option<ExtremeIntakeId>,
    pub over_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// Which file is handed in. Its bytes are the body.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ExtremeIntakeUpload {
    /// As it is called; how it begins says what is in it, unless `stream` does: `vehicles`, `customers`, `staff`, `sales`,
    /// `stock_purchases`, `purchases`, `maintenance`, `inspections`.
    #[validate(length(min = 1, max = 200))]
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 200, example = "vehicles_20261123.csv"))]
    pub file_name: String,
    /// What is in it.
    #[cfg_attr(feature = "openapi", param(inline))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
    /// When it was written; without it, now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_at: Option<DateTime<Utc>>,
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeIntakeReason {
    /// As a spreadsheet counts, the headings being row 1; 0 is the file as a whole.
    pub row: u64,
    /// The heading of the column; empty where it is about the whole row.
    pub column: String,
    /// What stands there, sixty characters at most.
    pub value: String,
    /// A stable code.
    #[cfg_attr(feature = "openapi", schema(example = "day.form"))]
    pub code: String,
}

/// What stands in the cells of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExtremeFieldForm {
    Text,
    Code,
    Day,
    Month,
    Yen,
    Number,
    Flag,
    Word,
}

/// One field of a kind of record, and where it is in the last file of that kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeField {
    #[cfg_attr(feature = "openapi", schema(example = "stock_number"))]
    pub field: String,
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub form: ExtremeFieldForm,
    /// Whether no record can be without it.
    pub needed: bool,
    /// The headings by which it is recognised.
    pub usual: Vec<String>,
    /// The heading of its column in the last file.
    pub found: Option<String>,
    /// What stands there in the first rows.
    pub examples: Vec<String>,
}

/// What is settled about one field. Of `column`, `fixed` and neither, exactly one: neither leaves the field empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExtremeColumnChoice {
    #[validate(length(min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40, example = "stock_number"))]
    pub field: String,
    /// The heading of its column.
    #[validate(length(min = 1, max = 200))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200, example = "管理番号"))]
    pub column: Option<String>,
    /// What it is in every row.
    #[validate(length(min = 1, max = 200))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub fixed: Option<String>,
}

/// 列の対応 as it is settled. A field that is not named is recognised by its usual headings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExtremeColumns {
    #[validate(nested)]
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub choices: Vec<ExtremeColumnChoice>,
    /// Whether a file of cars is the whole stock, so that a car that is missing in it is gone.
    pub is_whole_stock: bool,
}

/// 列の対応 of a kind of file, with what the last file shows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtremeColumnMap {
    #[cfg_attr(feature = "openapi", schema(inline))]
    pub stream: Stream,
    pub content: ExtremeColumns,
    pub fields: Vec<ExtremeField>,
    /// The last file whose headings could be read.
    pub file: Option<ExtremeIntake>,
    pub headings: Vec<String>,
    /// Headings of it that are no field's.
    pub unknown: Vec<String>,
    /// Why a file with these headings cannot be taken: columns that are missing, or twice there.
    pub reasons: Vec<ExtremeIntakeReason>,
    pub version: i64,
}

impl ExtremeColumns {
    /// The map as the domain has it; of a field that is named twice the last.
    #[must_use]
    pub fn map(&self) -> ColumnMap {
        let choice = |choice: &ExtremeColumnChoice| {
            let settled = match (&choice.column, &choice.fixed) {
                (Some(column), _) => Choice::Column(column.clone()),
                (None, Some(fixed)) => Choice::Fixed(fixed.clone()),
                (None, None) => Choice::Unused,
            };
            (choice.field.clone(), settled)
        };
        ColumnMap { choices: self.choices.iter().map(choice).collect(), is_whole_stock: self.is_whole_stock }
    }
}

impl From<ColumnMap> for ExtremeColumns {
    fn from(map: ColumnMap) -> Self {
        let choice = |(field, choice)| {
            let (column, fixed) = match choice {
                Choice::Column(heading) => (Some(heading), None),
                Choice::Fixed(text) => (None, Some(text)),
                Choice::Unused => (None, None),
            };
            ExtremeColumnChoice { field, column, fixed }
        };
        Self { choices: map.choices.into_iter().map(choice).collect(), is_whole_stock: map.is_whole_stock }
    }
}
