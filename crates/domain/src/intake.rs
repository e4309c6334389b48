//! ファイル取込: files that EXTREME has written, taken whole or refused with the reasons, and which of their columns is what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What became of a file.
    IntakeState {
        /// It is looked at soon, or just now.
        Waiting = "waiting",
        /// So many cars would go that a person is asked first.
        Asking = "asking",
        /// 取込済み
        Taken = "taken",
        /// 取り込めません: nothing of it was taken.
        Refused = "refused",
        /// The very same file was taken before.
        Repeated = "repeated",
    }

    /// How a file has come.
    IntakeOrigin {
        /// Out of the watched folder.
        Folder = "folder",
        /// A person has sent it.
        Upload = "upload",
    }
}

impl IntakeState {
    /// Whether nothing more becomes of it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Taken | Self::Refused | Self::Repeated)
    }
}

/// So many reasons of one file are kept; of more there is the number.
pub const MOST_REASONS: usize = 1_000;
/// So many characters of a cell are shown with its reason.
pub const MOST_VALUE: usize = 60;

/// Why a file was refused: one cell of it, or of row 0 the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// As a spreadsheet counts: the headings are row 1.
    pub row: u64,
    /// The heading of the column; empty where it is about the whole row.
    pub column: String,
    /// What stands there, cut short. It may be personal, so it is kept out of the log.
    pub value: String,
    /// A stable code that screens translate.
    pub code: String,
}

impl Reason {
    /// About the file as a whole.
    #[must_use]
    pub fn of_file(code: &str) -> Self {
        Self { row: 0, column: String::new(), value: String::new(), code: code.to_owned() }
    }
}

/// What an administrator has settled about a field. What is not settled is recognised by its usual headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The column with this heading.
    Column(String),
    /// The same in every row.
    Fixed(String),
    /// It is left empty, whatever columns there are.
    Unused,
}

/// 列の対応: which column of a kind of file is which field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap {
    /// By the field's name.
    pub choices: BTreeMap<String, Choice>,
    /// Whether a file of cars is the whole stock, so that what is missing in it is gone.
    pub is_whole_stock: bool,
}

/// Of the cars in stock, one in so many may go with one file before a person is asked.
const ONE_IN: u64 = 3;

/// Whether a file would drop so many of the cars here that a person is to look first.
#[must_use]
pub fn drops_too_much(gone: u64, here: u64) -> bool {
    gone * ONE_IN > here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_third_of_the_cars_do_not_go_unasked() {
        assert!(!drops_too_much(0, 0));
        assert!(!drops_too_much(3, 9));
        assert!(drops_too_much(4, 9));
        assert!(drops_too_much(1, 2));
    }

    #[test]
    fn a_choice_is_kept_as_it_was_settled() {
        let choices = [Choice::Column("管理番号".to_owned()), Choice::Fixed("HONTEN".to_owned()), Choice::Unused];
        let kept = serde_json::to_string(&choices).unwrap();
        assert_eq!(kept, r#"[{"column":"管理番号"},{"fixed":"HONTEN"},"unused"]"#);
        assert_eq!(serde_json::from_str::<Vec<Choice>>(&kept).unwrap(), choices);
    }
}
