//! `…/file-exports` and `…/reason-exports`: a file as it came, and why it was refused as a table.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::audit_events::ExportFormat;
use noren_api::extreme_intakes::ExtremeIntakeReason;
use noren_domain::ExtremeIntakeId;
use noren_persistence::extreme_intakes::{self as intakes, Intake};
use noren_persistence::{PageRequest, Position};

use super::wire;
use crate::Error;
use crate::access::note_export;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::exports::{self, FileName, PAGE, Pages};
use crate::extract::Id;
use crate::permissions::{ExportExtremeIntakeFile, ExportExtremeIntakeReasons};

const NAME: FileName = FileName { plain: "file-report", japanese: "取込の結果" };

/// Export a file of EXTREME's as it came
///
/// Byte for byte. The export is itself recorded.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeIntakeId, Path)),
    responses((status = 200, content((String = "text/csv")))))]
#[post("/integrations/extreme/intakes/{id}/file-exports")]
pub async fn export_extreme_intake_file(
    who: Allowed<ExportExtremeIntakeFile>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<ExtremeIntakeId>,
) -> Result<HttpResponse, Error> {
    app.limits.admit_export(who.quota_key())?;
    let intake = intakes::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    // One that was too large to be taken is in the folder alone.
    let bytes = app.files.original(&intake.hash).await?.ok_or(Error::NotFound)?;
    note(&app, (&who, &request), &intake, ("extreme.file_exported", intake.counts.rows)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv"))
        .insert_header(exports::attachment("original.csv".to_owned(), intake.file_name))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .body(bytes))
}

/// Export why a file of EXTREME's was refused
///
/// A table with a row for each reason, the first thousand of them. The export is itself recorded.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeIntakeId, Path)),
    responses((status = 200, content((String = "text/csv")))))]
#[post("/integrations/extreme/intakes/{id}/reason-exports")]
pub async fn export_extreme_intake_reasons(
    who: Allowed<ExportExtremeIntakeReasons>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<ExtremeIntakeId>,
) -> Result<HttpResponse, Error> {
    app.limits.admit_export(who.quota_key())?;
    let intake = intakes::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    let turn = app.exports.turn().await?;
    note(&app, (&who, &request), &intake, ("extreme.reasons_exported", intake.counts.wrong)).await?;
    let pages = Reasons { app: app.clone(), id: id.0, after: None };
    Ok(exports::answer(turn, pages, ExportFormat::Csv, (NAME, app.clock.now())))
}

async fn note(
    app: &App,
    (who, request): (&Caller, &HttpRequest),
    intake: &Intake,
    (action, rows): (&'static str, u64),
) -> Result<(), Error> {
    let noted = app.db.write(who.actor(app), async |tx| {
        wire::record(tx, intake, action, Vec::new());
        note_export(tx, who, request, rows).await
    });
    noted.await
}

/// The reasons of one file, in the order of its rows.
struct Reasons {
    app: Data<App>,
    id: ExtremeIntakeId,
    after: Option<i64>,
}

impl Pages for Reasons {
    type Row = ExtremeIntakeReason;
    const HEADINGS: &'static [&'static str] = &["行", "列", "値", "理由", "コード"];

    async fn next(&mut self) -> Result<Vec<ExtremeIntakeReason>, Error> {
        let after = self.after.map(|id| Position { sort: String::new(), id });
        let page = intakes::reasons(&self.app.db, self.id, &PageRequest { after, limit: PAGE }).await?;
        self.after = page.items.last().map(|(place, _)| *place).or(self.after);
        Ok(page.items.into_iter().map(|(_, reason)| wire::reason(reason)).collect())
    }

    fn cells(row: &ExtremeIntakeReason) -> Vec<Vec<String>> {
        let ExtremeIntakeReason { row, column, value, code } = row.clone();
        let row = if row == 0 { "ファイル全体".to_owned() } else { row.to_string() };
        vec![vec![row, column, value, words(&code).to_owned(), code]]
    }
}

/// A reason in the words of whoever mends the file.
fn words(code: &str) -> &'static str {
    match code {
        "required" => "値がありません",
        "code.form" => "半角の英数字・ハイフン・下線で40文字までにしてください",
        "number.form" => "数字として読めません",
        "number.range" => "大きすぎるか、小さすぎます",
        "day.form" => "日付として読めません",
        "month.form" => "年月として読めません",
        "flag.form" => "有・無として読めません",
        "word.unknown" => "知らない言葉です",
        "plate.form" => "登録番号として読めません",
        "postal_code.form" => "郵便番号として読めません",
        "store.unknown" => "この店舗はありません",
        "too_long" => "長すぎます",
        "key.twice" => "同じ番号が前の行にあります",
        "row.cells" => "見出しより列が多い行です",
        "column.missing" => "必要な列がありません",
        "column.twice" => "同じ見出しの列が二つあります",
        "file.encoding" => "文字コードが読めません(CP932かUTF-8にしてください)",
        "file.empty" => "空のファイルです",
        "file.no_rows" => "見出しだけで、行がありません",
        "file.too_large" => "50MBを超えています",
        "file.too_many_rows" => "20万行を超えています",
        "file.too_many_columns" => "列が多すぎます",
        "file.dismissed" => "取り込まないと決められました",
        _ => "取り込めませんでした",
    }
}
