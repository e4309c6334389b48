//! `POST /holds/{id}/extend` and `/release`: 仮押さえ is made longer, or the car let go.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::holds::{Hold as Wire, HoldExtension};
use noren_domain::HoldId;
use noren_domain::hold::{self, Hold, HoldState};
use noren_domain::outbox::Errand;
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, holds};

use super::{keeper, line, wire};
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, IfMatch, Valid};
use crate::permissions::{ExtendHold, ReleaseHold};

/// Extend a hold
///
/// So that it lasts so many hours from now. Until EXTREME has said so `wanted_until` tells the wish and `expires_at` what counts. For who
/// placed it, and for managers of their store.
#[utoipa::path(tag = "holds", params(("id" = HoldId, Path)), request_body = HoldExtension, responses((status = 200, body = Wire)))]
#[post("/holds/{id}/extend")]
pub async fn extend_hold(
    who: Allowed<ExtendHold>,
    app: Data<App>,
    id: Id<HoldId>,
    seen: IfMatch,
    body: Valid<HoldExtension>,
) -> Result<HttpResponse, Error> {
    let hours = hold::check_hours(body.0.hours).map_err(noren_domain::Error::from)?;
    change(&who, &app, (id.0, seen.0), async |tx, hold| {
        hold.extend(hours, tx.at())?;
        line::store(tx, hold).await?;
        if hold.wanted_until.is_some() {
            let errand = Errand::ExtendHold { hold_id: hold.id, stock_number: hold.stock_number.clone() };
            line::send(tx, errand).await?;
        }
        Ok(())
    })
    .await
}

/// Release a hold
///
/// The car is let go, or the place in its list given up; the next of the list comes up at once. For who placed it, and for managers of
/// their store.
#[utoipa::path(tag = "holds", params(("id" = HoldId, Path)), responses((status = 200, body = Wire)))]
#[post("/holds/{id}/release")]
pub async fn release_hold(
    who: Allowed<ReleaseHold>,
    app: Data<App>,
    id: Id<HoldId>,
    seen: IfMatch,
) -> Result<HttpResponse, Error> {
    change(&who, &app, (id.0, seen.0), async |tx, hold| {
        // Also of one that was only asked for: by the time the errand is run, EXTREME may have it.
        let may_be_there = hold.state == HoldState::Requested || hold.placed.is_some();
        hold.release(tx.at())?;
        line::store(tx, hold).await?;
        if may_be_there {
            let errand = Errand::ReleaseHold { hold_id: hold.id, stock_number: hold.stock_number.clone() };
            line::send(tx, errand).await?;
        }
        line::bring_up_next(tx, &hold.stock_number, keeper(&app)).await?;
        Ok(())
    })
    .await
}

async fn change(
    who: &Caller,
    app: &App,
    (id, seen): (HoldId, i64),
    make: impl AsyncFn(&Tx, &mut Hold) -> Result<(), Error>,
) -> Result<HttpResponse, Error> {
    let changed = app.db.write(who.actor(app), async |tx| {
        let number = holds::find(tx, id).await?.ok_or(Error::NotFound)?.stock_number;
        holds::lock_car(tx, &number).await?;
        let mut hold = holds::find(tx, id).await?.ok_or(Error::NotFound)?;
        require_changeable(&who.viewer, &hold)?;
        if hold.version != seen {
            let version = hold.version;
            return Err(Error::stale(&wire::hold(tx, &who.viewer, hold).await?, version));
        }
        make(tx, &mut hold).await?;
        wire::answer(tx, &who.viewer, hold).await
    });
    changed.await
}

fn require_changeable(viewer: &Viewer, hold: &Hold) -> Result<(), Error> {
    if viewer.changes(hold) { Ok(()) } else { Err(Error::Forbidden) }
}
