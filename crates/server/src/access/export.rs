//! `POST /access-exports`: the access records as a file.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::access_events::AccessExport;
use noren_domain::clock::in_japan;
use noren_domain::code::CustomerCode;
use noren_domain::viewer::Viewer;
use noren_domain::{Timestamp, access::AccessKind};
use noren_persistence::access::{self, Filter};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{PageRequest, Position};
use serde::Serialize;
use uuid::Uuid;

use super::list::filter;
use super::note_export;
use crate::Error;
use crate::app::App;
use crate::audit::names::Names;
use crate::auth::Allowed;
use crate::exports::{self, FileName, PAGE, Pages};
use crate::extract::Valid;
use crate::permissions::ExportAccessEvents;

const NAME: FileName = FileName { plain: "access", japanese: "個人情報アクセス記録" };

/// Export access events
///
/// The looks that the list shows with the same filter, the newest first, 200,000 at most, with the ids of everything that was seen
/// and no names. The export is itself recorded, in the audit and in the access records.
#[utoipa::path(tag = "audit", request_body = AccessExport,
    responses((status = 200, content((String = "text/csv"), (String = "application/x-ndjson")))))]
#[post("/access-exports")]
pub async fn export_access_events(
    who: Allowed<ExportAccessEvents>,
    app: Data<App>,
    request: HttpRequest,
    wanted: Valid<AccessExport>,
) -> Result<HttpResponse, Error> {
    app.limits.admit_export(who.quota_key())?;
    let filter = filter(&wanted.filter());
    let turn = app.exports.turn().await?;
    let rows = access::count(&app.db, &filter, exports::MOST_ROWS + 1).await?;
    if rows > exports::MOST_ROWS {
        return Err(Error::ExportTooLarge);
    }
    app.db
        .write(who.actor(&app), async |tx| {
            let changes = exports::said(&wanted.filter(), rows);
            let subject = "access_events".to_owned();
            tx.audit(Entry { chain: Chain::Company, action: "access.exported", subject, changes });
            note_export(tx, &who, &request, rows).await
        })
        .await?;
    let (app, viewer, at) = (app.clone(), who.viewer.clone(), app.clock.now());
    let pages = Looks { app, viewer, filter, names: Names::default(), after: None, is_over: false };
    Ok(exports::answer(turn, pages, wanted.format, (NAME, at)))
}

/// The looks of a filter, from the newest to the oldest.
struct Looks {
    app: Data<App>,
    viewer: Viewer,
    filter: Filter,
    names: Names,
    after: Option<Position>,
    is_over: bool,
}

/// One look, as a file has it.
#[derive(Serialize)]
struct Line {
    id: Uuid,
    at: Timestamp,
    actor: String,
    actor_name: Option<String>,
    device: Option<String>,
    kind: AccessKind,
    seen: u64,
    subject_ids: Vec<Uuid>,
    customer_codes: Vec<CustomerCode>,
    unattended: bool,
    request_id: Option<String>,
}

impl Pages for Looks {
    type Row = Line;
    const HEADINGS: &'static [&'static str] =
        &["日時", "見た人", "見た人のID", "端末", "種類", "件数", "見たもののID", "画面の自動更新", "要求ID"];

    async fn next(&mut self) -> Result<Vec<Line>, Error> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let wanted = PageRequest { after: self.after.take(), limit: PAGE };
        let page = access::page(&self.app.db, &self.filter, &wanted).await?;
        (self.is_over, self.after) = (page.next.is_none(), page.next);
        self.names.learn(&self.app.db, &self.viewer, page.items.iter().map(|look| look.actor.as_str())).await?;
        let line = |look: access::AccessEvent| Line {
            id: look.id.0,
            at: look.at,
            actor_name: self.names.find(&look.actor),
            actor: look.actor,
            device: look.device,
            kind: look.kind,
            seen: look.seen,
            subject_ids: look.subjects,
            customer_codes: look.customers,
            unattended: look.unattended,
            request_id: look.request_id,
        };
        Ok(page.items.into_iter().map(line).collect())
    }

    fn cells(line: &Line) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let ids = line.subject_ids.iter().map(Uuid::to_string);
        let ids: Vec<String> = ids.chain(line.customer_codes.iter().map(ToString::to_string)).collect();
        vec![vec![
            in_japan(line.at).format("%Y-%m-%d %H:%M:%S").to_string(),
            text(&line.actor_name),
            line.actor.clone(),
            text(&line.device),
            line.kind.as_str().to_owned(),
            line.seen.to_string(),
            ids.join(" "),
            if line.unattended { "はい".to_owned() } else { String::new() },
            text(&line.request_id),
        ]]
    }
}
