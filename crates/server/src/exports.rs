//! Files of many rows: at most two at once, written while they are read, bounded in rows, memory and time.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderValue,
};
use actix_web::web::Bytes;
use futures_util::stream;
use noren_api::audit_events::ExportFormat;
use noren_domain::Timestamp;
use noren_domain::clock::in_japan;
use noren_domain::timeline::FieldChange;
use serde::Serialize;
use tokio::sync::mpsc::{self, Sender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Error;
use crate::lasting::lasting;

/// How many rows a file may have.
pub const MOST_ROWS: u64 = 200_000;
/// How many rows are read at once.
pub const PAGE: u64 = 500;
const AT_ONCE: usize = 2;
/// How long an export waits for its turn.
const WAIT: Duration = Duration::from_secs(5);
/// How long the writing may take; who reads more slowly is cut off.
const LONGEST: Duration = Duration::from_secs(300);
/// How many pages may wait for a slow reader.
const AHEAD: usize = 2;
/// Excel takes a file without it for Shift_JIS.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The exports of this process.
pub struct Exports(Arc<Semaphore>);

/// The leave to write one file.
pub struct Turn(OwnedSemaphorePermit);

impl Default for Exports {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Exports {
    /// # Errors
    /// `Busy` when two others are in work for five seconds already.
    pub async fn turn(&self) -> Result<Turn, Error> {
        let permit = tokio::time::timeout(WAIT, Arc::clone(&self.0).acquire_owned()).await;
        permit.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy).map(Turn)
    }
}

/// What a file is called: in ASCII for those who know nothing else, and in Japanese.
#[derive(Clone, Copy)]
pub struct FileName {
    pub plain: &'static str,
    pub japanese: &'static str,
}

/// What was exported, for the audit: the filter, and how many rows it found.
pub fn said(filter: &impl Serialize, rows: u64) -> Vec<FieldChange> {
    let filter = serde_json::to_value(filter).unwrap_or_default();
    let narrowed = filter.as_object().into_iter().flatten();
    let narrowed = narrowed.filter_map(|(name, value)| Some(FieldChange::to(name, value.as_str()?)));
    narrowed.chain([FieldChange::to("rows", rows.to_string())]).collect()
}

/// What is written: page by page, until there is none.
pub trait Pages {
    /// One row of the list, as the API has it.
    type Row: Serialize;
    const HEADINGS: &'static [&'static str];

    /// The next rows; nothing after the last.
    async fn next(&mut self) -> Result<Vec<Self::Row>, Error>;

    /// The lines that a row takes in a table.
    fn cells(row: &Self::Row) -> Vec<Vec<String>>;
}

/// What the writer tells the answer. A file whose end is not said was not whole, which its reader has to see.
enum Piece {
    Text(Bytes),
    End,
}

/// The answer whose body is written while it is sent.
pub fn answer<P: Pages + 'static>(
    turn: Turn,
    pages: P,
    format: ExportFormat,
    (name, at): (FileName, Timestamp),
) -> HttpResponse {
    let (sender, receiver) = mpsc::channel(AHEAD);
    // Beside the answer, because what nobody reads is not asked for its next piece, and would keep its turn for ever.
    actix_web::rt::spawn(lasting(async move {
        match tokio::time::timeout(LONGEST, write(pages, format, sender)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(error = %error, "export.failed"),
            Err(_elapsed) => tracing::warn!("export.too_slow"),
        }
        drop(turn.0);
    }));
    let body = stream::unfold(Some(receiver), |receiver| async move {
        let mut receiver = receiver?;
        match receiver.recv().await {
            Some(Piece::Text(text)) => Some((Ok(text), Some(receiver))),
            Some(Piece::End) => None,
            None => Some((Err(Error::Internal("the export broke off".into())), None)),
        }
    });
    let (kind, ending) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        ExportFormat::Jsonl => ("application/x-ndjson; charset=utf-8", "jsonl"),
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static(kind)))
        .insert_header(disposition(name, at, ending))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .streaming(body)
}

fn disposition(name: FileName, at: Timestamp, ending: &str) -> ContentDisposition {
    let day = in_japan(at).format("%Y%m%d-%H%M%S");
    attachment(format!("{}-{day}.{ending}", name.plain), format!("{}-{day}.{ending}", name.japanese))
}

/// What is saved under a name: in ASCII for those who know nothing else, and in full.
pub fn attachment(plain: String, full: String) -> ContentDisposition {
    let full =
        ExtendedValue { charset: Charset::Ext("UTF-8".to_owned()), language_tag: None, value: full.into_bytes() };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(full)],
    }
}

async fn write<P: Pages>(mut pages: P, format: ExportFormat, to: Sender<Piece>) -> Result<(), Error> {
    if format == ExportFormat::Csv {
        let headings = P::HEADINGS.iter().map(|heading| (*heading).to_owned()).collect();
        let first = [BYTE_ORDER_MARK.as_bytes(), &table(vec![headings])?].concat();
        if to.send(Piece::Text(first.into())).await.is_err() {
            return Ok(());
        }
    }
    loop {
        let rows = pages.next().await?;
        let piece = match (rows.is_empty(), format) {
            (true, _) => Piece::End,
            (false, ExportFormat::Csv) => Piece::Text(table(rows.iter().flat_map(P::cells).collect())?.into()),
            (false, ExportFormat::Jsonl) => Piece::Text(lines(&rows)?.into()),
        };
        // Who has gone away gets nothing more.
        if to.send(piece).await.is_err() || rows.is_empty() {
            return Ok(());
        }
    }
}

fn lines(rows: &[impl Serialize]) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut text, row).map_err(|error| Error::Internal(error.to_string()))?;
        text.push(b'\n');
    }
    Ok(text)
}

/// Lines by RFC 4180.
fn table(rows: Vec<Vec<String>>) -> Result<Vec<u8>, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.into_iter().map(guarded)).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

/// What a spreadsheet would take for a formula is marked as text.
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_line_is_one() {
        let row = ["=1+1", "+81 90", "-5", "@x", "\tx", "\rx", "五,\"六\"", "二\r\n行", "普通"];
        let text = table(vec![row.map(str::to_owned).to_vec()]).unwrap();
        let expected = "'=1+1,'+81 90,'-5,'@x,'\tx,\"'\rx\",\"五,\"\"六\"\"\",\"二\r\n行\",普通\r\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }

    #[test]
    fn a_file_has_a_name_in_ascii_and_one_in_japanese() {
        let name = FileName { plain: "audit", japanese: "変更の記録" };
        let said = disposition(name, "2026-11-21T15:00:00Z".parse().unwrap(), "csv").to_string();
        assert!(
            said.starts_with("attachment; filename=\"audit-20261122-000000.csv\"; filename*=UTF-8''%E5%A4%89"),
            "{said}"
        );
        assert!(said.ends_with("%2D20261122%2D000000.csv"), "{said}");
    }
}
