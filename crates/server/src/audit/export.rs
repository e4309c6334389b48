//! `POST /audit-exports`: the audit as a file.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::audit_events::{AuditEvent, AuditExport};
use noren_domain::clock::in_japan;
use noren_domain::viewer::Viewer;
use noren_persistence::audit::{self, Before, Chain, Entry, Filter};

use super::list::{filter, to_wire};
use super::names::Names;
use crate::Error;
use crate::access::note_export;
use crate::app::App;
use crate::auth::Allowed;
use crate::exports::{self, FileName, PAGE, Pages};
use crate::extract::Valid;
use crate::permissions::ExportAuditEvents;

const NAME: FileName = FileName { plain: "audit", japanese: "変更の記録" };

/// Export audit events
///
/// The entries that the list shows with the same filter, the newest first, 200,000 at most. The export is itself recorded, in the
/// audit and in the access records.
#[utoipa::path(tag = "audit", request_body = AuditExport,
    responses((status = 200, content((String = "text/csv"), (String = "application/x-ndjson")))))]
#[post("/audit-exports")]
pub async fn export_audit_events(
    who: Allowed<ExportAuditEvents>,
    app: Data<App>,
    request: HttpRequest,
    wanted: Valid<AuditExport>,
) -> Result<HttpResponse, Error> {
    app.limits.admit_export(who.quota_key())?;
    let filter = filter(&wanted.filter(), &who.viewer)?;
    let turn = app.exports.turn().await?;
    let rows = audit::count(&app.db, &filter, exports::MOST_ROWS + 1).await?;
    if rows > exports::MOST_ROWS {
        return Err(Error::ExportTooLarge);
    }
    app.db
        .write(who.actor(&app), async |tx| {
            let changes = exports::said(&wanted.filter(), rows);
            let subject = "audit_events".to_owned();
            tx.audit(Entry { chain: Chain::Company, action: "audit.exported", subject, changes });
            note_export(tx, &who, &request, rows).await
        })
        .await?;
    let pages =
        Events { app: app.clone(), viewer: who.viewer.clone(), filter, names: Names::default(), is_over: false };
    Ok(exports::answer(turn, pages, wanted.format, (NAME, app.clock.now())))
}

/// The entries of a filter, from the newest to the oldest.
struct Events {
    app: Data<App>,
    viewer: Viewer,
    filter: Filter,
    names: Names,
    is_over: bool,
}

impl Pages for Events {
    type Row = AuditEvent;
    const HEADINGS: &'static [&'static str] = &[
        "日時",
        "操作した人",
        "操作した人のID",
        "操作",
        "対象",
        "対象の名前",
        "項目",
        "変更前",
        "変更後",
        "消去済み",
        "台帳",
        "番号",
        "要求ID",
        "ハッシュ",
    ];

    async fn next(&mut self) -> Result<Vec<AuditEvent>, Error> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let mut events = audit::list(&self.app.db, &self.filter, PAGE).await?;
        self.is_over = u64::try_from(events.len()).unwrap_or(u64::MAX) <= PAGE;
        events.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        self.filter.before =
            events.last().map(|last| Before { at: last.at, chain: last.chain.clone(), sequence: last.sequence });
        to_wire(&self.app, &self.viewer, &mut self.names, events).await
    }

    /// A line for each field that changed, because a person filters by fields.
    fn cells(event: &AuditEvent) -> Vec<Vec<String>> {
        let AuditEvent { chain, sequence, at, actor, actor_name, action, subject, subject_name, .. } = event.clone();
        let line = |[field, before, after, erased]: [String; 4]| {
            vec![
                in_japan(at).format("%Y-%m-%d %H:%M:%S").to_string(),
                actor_name.clone().unwrap_or_default(),
                actor.clone(),
                action.clone(),
                subject.clone(),
                subject_name.clone().unwrap_or_default(),
                field,
                before,
                after,
                erased,
                chain.clone(),
                sequence.to_string(),
                event.request_id.clone().unwrap_or_default(),
                event.hash.clone(),
            ]
        };
        if event.changes.is_empty() {
            return vec![line(Default::default())];
        }
        let of_change = |change: &noren_api::audit_events::AuditChange| {
            let erased = if change.erased { "消去済み" } else { "" };
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            line([change.field.clone(), text(&change.before), text(&change.after), erased.to_owned()])
        };
        event.changes.iter().map(of_change).collect()
    }
}
