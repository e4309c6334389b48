//! `/me/sessions`: where the caller is signed in, and the end of it from elsewhere.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use noren_api::Page;
use noren_api::auth::SessionInfo;
use noren_domain::staff::Staff;
use noren_domain::{SessionId, StaffId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::sessions::Session;
use noren_persistence::{Tx, sessions};

use super::{Allowed, Caller, Standing, standing};
use crate::Error;
use crate::app::App;
use crate::extract::Id;
use crate::permissions::{EndOtherSessions, EndSession, ListSessions};

/// List my sessions
///
/// Where the caller is signed in, the last used first.
#[utoipa::path(tag = "auth", responses((status = 200, body = Page<SessionInfo>)))]
#[get("/me/sessions")]
pub async fn list_sessions(who: Allowed<ListSessions>, app: Data<App>) -> Result<Json<Page<SessionInfo>>, Error> {
    let (current, staff) = person(&who)?;
    let now = app.clock.now();
    let open = sessions::open_of(&app.db, staff.id, now).await?;
    let alive =
        open.into_iter().filter(|session| session.id == current.id || standing(session, staff, now) != Standing::Ended);
    Ok(Json(Page { items: alive.map(|session| to_wire(session, current.id)).collect(), next: None }))
}

/// End one of my sessions
///
/// Effective on the session's next request; its refresh tokens end with it.
#[utoipa::path(tag = "auth", params(("id" = SessionId, Path)), responses((status = 204)))]
#[delete("/me/sessions/{id}")]
pub async fn end_session(who: Allowed<EndSession>, app: Data<App>, id: Id<SessionId>) -> Result<HttpResponse, Error> {
    let (_, staff) = person(&who)?;
    let ended = app.db.write(who.actor(&app), async |tx| {
        let found = sessions::find(tx, id.0).await?.filter(|session| session.staff_id == staff.id);
        let session = found.ok_or(Error::NotFound)?;
        if session.ended_at.is_none() {
            sessions::end(tx, session.id).await?;
            record(tx, staff.id, "session.ended");
        }
        Ok::<_, Error>(())
    });
    ended.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End my other sessions
///
/// Everywhere but here.
#[utoipa::path(tag = "auth", responses((status = 204)))]
#[post("/me/sessions/end-others")]
pub async fn end_other_sessions(who: Allowed<EndOtherSessions>, app: Data<App>) -> Result<HttpResponse, Error> {
    let (current, staff) = person(&who)?;
    let ended = app.db.write(who.actor(&app), async |tx| {
        if sessions::end_all(tx, staff.id, Some(current.id)).await? > 0 {
            record(tx, staff.id, "session.others_ended");
        }
        Ok::<_, Error>(())
    });
    ended.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The session and the person behind a call; an integrator's key has neither.
pub(super) fn person(who: &Caller) -> Result<&(Session, Staff), Error> {
    who.person.as_ref().ok_or(Error::Forbidden)
}

fn record(tx: &Tx, staff: StaffId, action: &'static str) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("staff:{staff}"), changes: Vec::new() });
}

fn to_wire(session: Session, current: SessionId) -> SessionInfo {
    let Session { id, device, created_at, last_seen_at, expires_at, .. } = session;
    SessionInfo { id, current: id == current, device, created_at, last_seen_at, expires_at }
}
