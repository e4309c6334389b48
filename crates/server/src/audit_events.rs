//! `GET /audit-events`: who changed what.

use actix_web::get;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use noren_api::Page;
use noren_api::audit_events::{AuditChange, AuditEvent, AuditFilter};
use noren_domain::Timestamp;
use noren_persistence::audit::{self, Before, Chain, Event, Filter};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::permissions::ListAuditEvents;

/// List audit events
///
/// The newest first. A manager sees the chains of their own stores, an administrator all chains.
#[utoipa::path(tag = "audit", params(AuditFilter), responses((status = 200, body = Page<AuditEvent>)))]
#[get("/audit-events")]
pub async fn list_audit_events(
    who: Allowed<ListAuditEvents>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<AuditFilter>,
) -> Result<HttpResponse, Error> {
    let AuditFilter { subject, after, limit } = query.0;
    let cursors = app.cursors("audit-events", &(&subject, &who.viewer.principal.to_string()))?;
    let before = after.map(|cursor| cursors.open::<(Timestamp, String, i64)>(&cursor)).transpose()?;
    let before = before.map(|(at, chain, sequence)| Before { at, chain, sequence });
    let chains = who.viewer.store_filter().map(|stores| stores.iter().copied().map(Chain::Store).collect());
    let limit = limit.unwrap_or(noren_api::page::DEFAULT_LIMIT);
    let mut events = audit::list(&app.db, &Filter { chains, subject, before }, limit).await?;
    let more = u64::try_from(events.len()).unwrap_or(u64::MAX) > limit;
    events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = events.last().filter(|_| more);
    let next = last.map(|event| cursors.seal(&(event.at, &event.chain, event.sequence))).transpose()?;
    Ok(app.page(&request, Page { items: events.into_iter().map(to_wire).collect(), next }))
}

fn to_wire(event: Event) -> AuditEvent {
    let Event { chain, sequence, at, actor, action, subject, request_id, changes, hash } = event;
    let changes = changes.into_iter().map(|change| AuditChange {
        field: change.field,
        before: change.before,
        after: change.after,
    });
    AuditEvent { chain, sequence, at, actor, action, subject, request_id, changes: changes.collect(), hash }
}
