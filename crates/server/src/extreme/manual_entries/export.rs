//! `POST /integrations/extreme/manual-entry-exports`: the list as a table, to lay beside EXTREME.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::audit_events::ExportFormat;
use noren_api::manual_entries::ManualEntry;
use noren_domain::clock::in_japan;
use noren_domain::customer::CustomerField;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{PageRequest, Position, correction_requests};

use super::to_wire;
use crate::Error;
use crate::access::note_export;
use crate::app::App;
use crate::auth::Allowed;
use crate::exports::{self, FileName, PAGE, Pages};
use crate::permissions::ExportManualEntries;

const NAME: FileName = FileName { plain: "manual-entries", japanese: "EXTREMEへの手入力" };

/// Export the manual entries
///
/// What EXTREME has not been told about the viewer's customers, a row for each value. The export is itself recorded.
#[utoipa::path(tag = "extreme", responses((status = 200, content((String = "text/csv")))))]
#[post("/integrations/extreme/manual-entry-exports")]
pub async fn export_manual_entries(
    who: Allowed<ExportManualEntries>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    app.limits.admit_export(who.quota_key())?;
    let turn = app.exports.turn().await?;
    let noted = app.db.write(who.actor(&app), async |tx| {
        let rows = correction_requests::count_to_enter(tx, &who.viewer).await?;
        let changes = vec![FieldChange::to("rows", rows.to_string())];
        let subject = "manual_entries".to_owned();
        tx.audit(Entry { chain: Chain::Company, action: "extreme.manual_entries_exported", subject, changes });
        note_export(tx, &who, &request, rows).await
    });
    noted.await?;
    let pages = Entries { app: app.clone(), viewer: who.viewer.clone(), after: None, is_over: false };
    Ok(exports::answer(turn, pages, ExportFormat::Csv, (NAME, app.clock.now())))
}

/// What is to be typed in, the oldest first.
struct Entries {
    app: Data<App>,
    viewer: Viewer,
    after: Option<Position>,
    is_over: bool,
}

impl Pages for Entries {
    type Row = ManualEntry;
    const HEADINGS: &'static [&'static str] =
        &["依頼日時", "依頼した人", "顧客コード", "お名前", "項目", "いまの値", "新しい値", "理由"];

    async fn next(&mut self) -> Result<Vec<ManualEntry>, Error> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let page = PageRequest { after: self.after.take(), limit: PAGE };
        let page = correction_requests::by_hand(&self.app.db, &self.viewer, false, &page).await?;
        (self.is_over, self.after) = (page.next.is_none(), page.next);
        to_wire(&self.app.db, &self.viewer, page.items).await
    }

    fn cells(entry: &ManualEntry) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let line = |wish: &noren_domain::customer::Wish| {
            vec![
                in_japan(entry.requested_at).format("%Y-%m-%d %H:%M").to_string(),
                text(&entry.staff_name),
                entry.customer_code.to_string(),
                entry.customer_name.clone(),
                heading(wish.field).to_owned(),
                text(&wish.seen),
                text(&wish.wanted),
                text(&entry.note),
            ]
        };
        entry.wishes.iter().map(line).collect()
    }
}

/// What EXTREME's own screens call a field.
fn heading(field: CustomerField) -> &'static str {
    match field {
        CustomerField::Name => "氏名",
        CustomerField::Kana => "フリガナ",
        CustomerField::ContactName => "担当者名",
        CustomerField::Birthday => "生年月日",
        CustomerField::Phones => "電話番号",
        CustomerField::Mails => "メールアドレス",
        CustomerField::PostalCode => "郵便番号",
        CustomerField::Prefecture => "都道府県",
        CustomerField::City => "市区町村",
        CustomerField::Town => "町域",
        CustomerField::Street => "番地",
        CustomerField::Building => "建物",
        CustomerField::StoreCode => "店舗",
        CustomerField::StaffCode => "担当",
    }
}
