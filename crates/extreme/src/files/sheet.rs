//! A file as a table: its headings, and its rows with the numbers that a spreadsheet gives them.

use csv::{ReaderBuilder, StringRecord};
use noren_domain::intake::Reason;

use super::text::{cell, decoded};

/// How many rows a file may have.
pub const MOST_ROWS: u64 = 200_000;
/// How many columns.
const MOST_COLUMNS: usize = 500;

/// A table whose cells are read while it is walked through.
pub struct Sheet {
    text: String,
    delimiter: u8,
    /// As they stand in the first row.
    pub headings: Vec<String>,
}

/// One row that is not empty.
pub struct Line {
    /// As a spreadsheet counts.
    pub number: u64,
    pub cells: StringRecord,
}

impl Sheet {
    /// # Errors
    /// The reason why the bytes are no table.
    pub fn open(bytes: &[u8]) -> Result<Self, Reason> {
        let mut text =
            decoded(bytes).ok_or_else(|| Reason::of_file("file.encoding"))?.replace("\r\n", "\n").replace('\r', "\n");
        // Excel's own word for what stands between its cells.
        if let Some((first, rest)) = text.split_once('\n')
            && first.trim().strip_prefix("sep=").is_some_and(|separator| separator.len() <= 1)
        {
            text = format!("\n{rest}");
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = if first.contains('\t') && !first.contains(',') { b'\t' } else { b',' };
        let mut sheet = Self { text, delimiter, headings: Vec::new() };
        let headings = sheet.all().next().ok_or_else(|| Reason::of_file("file.empty"))?;
        sheet.headings = headings.cells.iter().map(|heading| cell(heading).to_owned()).collect();
        while sheet.headings.last().is_some_and(String::is_empty) {
            sheet.headings.pop();
        }
        match sheet.headings.len() {
            0 => Err(Reason::of_file("file.empty")),
            many if many > MOST_COLUMNS => Err(Reason::of_file("file.too_many_columns")),
            _ => Ok(sheet),
        }
    }

    /// The rows below the headings.
    pub fn rows(&self) -> impl Iterator<Item = Line> {
        self.all().skip(1)
    }

    /// Every row that is not empty: a spreadsheet writes lines of nothing but commas below its table.
    fn all(&self) -> impl Iterator<Item = Line> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes());
        let mut inside = 0;
        std::iter::from_fn(move || {
            loop {
                let mut cells = StringRecord::new();
                // Text that was decoded is text, and a table in memory is read without faults.
                if !reader.read_record(&mut cells).unwrap_or(false) {
                    return None;
                }
                let breaks: usize = cells.iter().map(|cell| cell.bytes().filter(|byte| *byte == b'\n').count()).sum();
                inside += breaks as u64;
                if cells.iter().any(|written| !cell(written).is_empty()) {
                    return Some(Line { number: (reader.position().line() - 1).saturating_sub(inside), cells });
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let sheet = Sheet::open(text.as_bytes()).map_err(|reason| reason.code).unwrap();
        let cells = |line: Line| (line.number, line.cells.iter().map(str::to_owned).collect());
        sheet.rows().map(cells).collect()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        let text = "番号,備考\r\n1,\"一\r\n二\"\r\n\r\n,\r\n2,\"三\"\"四\"\"\"\r\n3,五";
        let cells = |number: &str, note: &str| vec![number.to_owned(), note.to_owned()];
        assert_eq!(rows(text), [(2, cells("1", "一\n二")), (5, cells("2", "三\"四\"")), (6, cells("3", "五"))]);
    }

    #[test]
    fn tabs_and_excels_own_word_for_its_separator_are_known() {
        assert_eq!(rows("a\tb\n1\t2,3\n"), [(2, vec!["1".to_owned(), "2,3".to_owned()])]);
        assert_eq!(rows("sep=,\r\na,b\r\n1,2\r\n"), [(3, vec!["1".to_owned(), "2".to_owned()])]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (bytes, code) in [(&b""[..], "file.empty"), (b"\n\n,,\n", "file.empty"), (b"\x81", "file.encoding")] {
            assert_eq!(Sheet::open(bytes).err().map(|reason| reason.code).as_deref(), Some(code));
        }
        let wide = "a,".repeat(501) + "a\n";
        assert_eq!(
            Sheet::open(wide.as_bytes()).err().map(|reason| reason.code).as_deref(),
            Some("file.too_many_columns")
        );
    }

    #[test]
    fn columns_without_a_heading_at_the_end_are_none() {
        assert_eq!(Sheet::open("\u{feff}a, b ,,\n1,2,,\n".as_bytes()).ok().unwrap().headings, ["a", "b"]);
    }
}
