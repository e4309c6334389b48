//! 手入力: what EXTREME must be told where nothing can be sent there, as a list for whoever types it in.
//!
//! The list is the outbox itself: what was typed in counts as taken and is not sent when EXTREME can be asked one day, and what was
//! not goes then.

mod export;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use noren_api::Page;
use noren_api::manual_entries::{ManualEntry as Wire, ManualEntryFilter};
use noren_domain::OutboxMessageId;
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::customer::CorrectionRequest;
use noren_domain::outbox::{Failure, OutboxMessage};
use noren_domain::viewer::Viewer;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, correction_requests, customers, outbox, staff, stores};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, IfMatch, ValidQuery};
use crate::outbox::NOT_CONFIGURED;
use crate::permissions::{EnterManualEntry, ListManualEntries, ReopenManualEntry};

/// All operations on them.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_manual_entries)
        .service(export::export_manual_entries)
        .service(enter_manual_entry)
        .service(reopen_manual_entry);
}

/// List manual entries
///
/// What EXTREME has not been told about the viewer's customers, the oldest first; or what somebody has typed in there, the newest
/// first.
#[utoipa::path(tag = "extreme", params(ManualEntryFilter), responses((status = 200, body = Page<Wire>)))]
#[get("/integrations/extreme/manual-entries")]
pub async fn list_manual_entries(
    who: Allowed<ListManualEntries>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<ManualEntryFilter>,
) -> Result<HttpResponse, Error> {
    let ManualEntryFilter { entered, after, limit } = query.0;
    let cursors = app.cursors("manual-entries", &entered)?;
    let page = cursors.page(after.as_deref(), limit)?;
    let page = correction_requests::by_hand(&app.db, &who.viewer, entered, &page).await?;
    let next = cursors.next(page.next)?;
    let items = to_wire(&app.db, &who.viewer, page.items).await?;
    let seen = items.iter().map(|entry| entry.customer_code.clone()).collect();
    app.saw_customers(&who, &request, AccessKind::CustomerList, seen);
    Ok(app.page(&request, &Page { items, next }))
}

/// Say that a manual entry was typed into EXTREME
///
/// It counts as accepted there and is not sent any more. What is being sent, was sent or was discarded is left as it is.
#[utoipa::path(tag = "extreme", params(("id" = OutboxMessageId, Path)), responses((status = 200, body = Wire)))]
#[post("/integrations/extreme/manual-entries/{id}/enter")]
pub async fn enter_manual_entry(
    who: Allowed<EnterManualEntry>,
    app: Data<App>,
    id: Id<OutboxMessageId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    decide(&who, &app, (id.0, version.0), Decision::Enter).await
}

/// Say that a manual entry was not typed in after all
///
/// It waits again, and is sent where EXTREME can be asked.
#[utoipa::path(tag = "extreme", params(("id" = OutboxMessageId, Path)), responses((status = 200, body = Wire)))]
#[post("/integrations/extreme/manual-entries/{id}/reopen")]
pub async fn reopen_manual_entry(
    who: Allowed<ReopenManualEntry>,
    app: Data<App>,
    id: Id<OutboxMessageId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    decide(&who, &app, (id.0, version.0), Decision::Reopen).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Enter,
    Reopen,
}

async fn decide(
    who: &Caller,
    app: &App,
    (id, version): (OutboxMessageId, i64),
    decision: Decision,
) -> Result<HttpResponse, Error> {
    let viewer = &who.viewer;
    let decided = app.db.write(who.actor(app), async |tx| {
        let mut message = outbox::lock(tx, id).await?.ok_or(Error::NotFound)?;
        let wish = correction_requests::of_message(tx, viewer, id).await?.ok_or(Error::NotFound)?;
        if wish.version != version {
            return Err(Error::stale(&one(tx, viewer, id).await?, wish.version));
        }
        let action = settle(tx, viewer, (&wish, &mut message), decision).await?;
        // Nothing is tried in vain, which would only be in the way of whoever types it in after all.
        if decision == Decision::Reopen && app.extreme.is_none() {
            message.failed(Failure::Misconfigured, NOT_CONFIGURED, tx.at(), |longest| longest);
        }
        outbox::update(tx, &mut message).await?;
        record(tx, viewer, &wish, action).await?;
        one(tx, viewer, id).await
    });
    let entry = decided.await?;
    Ok(HttpResponse::Ok().insert_header(("etag", format!("\"{}\"", entry.version))).json(entry))
}

/// What the decision means for the message and for the wish; with what it is called in the audit.
async fn settle(
    tx: &Tx,
    viewer: &Viewer,
    (wish, message): (&CorrectionRequest, &mut OutboxMessage),
    decision: Decision,
) -> Result<&'static str, Error> {
    match decision {
        Decision::Enter => {
            let by = viewer.staff_id().ok_or(Error::Forbidden)?;
            message.told_by_hand(tx.at())?;
            correction_requests::enter(tx, wish.id, by).await?;
            Ok("customer.correction_entered")
        }
        // EXTREME has taken it by itself: nobody typed anything.
        Decision::Reopen if wish.entered_by.is_none() => Err(noren_domain::Error::OutboxForbiddenMove.into()),
        Decision::Reopen => {
            message.not_told(tx.at())?;
            correction_requests::reopen(tx, wish.id).await?;
            Ok("customer.correction_reopened")
        }
    }
}

async fn record(tx: &Tx, viewer: &Viewer, wish: &CorrectionRequest, action: &'static str) -> Result<(), Error> {
    let customer = customers::find(tx, viewer, &wish.customer_code).await?.ok_or(Error::NotFound)?.record;
    let store = stores::by_code(tx).await?.get(customer.store_code.as_str()).copied();
    let subject = format!("customer:{}", wish.customer_code);
    tx.audit(Entry { chain: store.map_or(Chain::Company, Chain::Store), action, subject, changes: Vec::new() });
    Ok(())
}

async fn one(conn: &impl Conn, viewer: &Viewer, id: OutboxMessageId) -> Result<Wire, Error> {
    let wish = correction_requests::of_message(conn, viewer, id).await?.ok_or(Error::NotFound)?;
    to_wire(conn, viewer, vec![wish]).await?.pop().ok_or(Error::NotFound)
}

async fn to_wire(conn: &impl Conn, viewer: &Viewer, wishes: Vec<CorrectionRequest>) -> Result<Vec<Wire>, Error> {
    let people: Vec<_> = wishes.iter().flat_map(|wish| wish.entered_by.into_iter().chain([wish.staff_id])).collect();
    let people = staff::names(conn, &people).await?;
    let known = customers::several(conn, viewer, wishes.iter().map(|wish| &wish.customer_code)).await?;
    let name = |code: &CustomerCode| known.iter().find(|known| known.customer_code == *code).map(|it| it.name.clone());
    let entry = |wish: CorrectionRequest| {
        Some(Wire {
            id: wish.outbox_message_id,
            // Whoever has gone since the page was read is left out of it.
            customer_name: name(&wish.customer_code)?,
            customer_code: wish.customer_code,
            wishes: wish.wishes,
            note: wish.note,
            requested_at: wish.requested_at,
            staff_name: people.get(&wish.staff_id).cloned(),
            entered_at: wish.entered_by.and(wish.decided_at),
            entered_by_name: wish.entered_by.and_then(|id| people.get(&id).cloned()),
            version: wish.version,
        })
    };
    Ok(wishes.into_iter().filter_map(entry).collect())
}
