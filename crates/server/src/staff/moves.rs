//! `POST /staff/{id}/suspend`, `…/reinstate` and `…/retire`: who may sign in.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::staff::StaffAccount;
use noren_domain::StaffId;
use noren_domain::staff::{Staff, StaffStatus};
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, invitations, sessions, staff, stores};

use super::accounts::{answer, require_administrator, require_no_leads};
use super::{record, seen};
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller, second_factor};
use crate::extract::{Id, IfMatch};
use crate::permissions::{ReinstateStaff, RetireStaff, SuspendStaff};

/// Suspend a person
///
/// They are nobody on their next request, until they are reinstated. Their leads stay theirs.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 200, body = StaffAccount)))]
#[post("/staff/{id}/suspend")]
pub async fn suspend_staff(
    who: Allowed<SuspendStaff>,
    app: Data<App>,
    id: Id<StaffId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    let moved = Move { to: StaffStatus::Suspended, action: "staff.suspended" };
    moved.of(&who, &app, (id.0, version.0)).await
}

/// Reinstate a person
///
/// Who was suspended signs in as before; who had retired is invited anew.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 200, body = StaffAccount)))]
#[post("/staff/{id}/reinstate")]
pub async fn reinstate_staff(
    who: Allowed<ReinstateStaff>,
    app: Data<App>,
    id: Id<StaffId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    let moved = Move { to: StaffStatus::Active, action: "staff.reinstated" };
    moved.of(&who, &app, (id.0, version.0)).await
}

/// Retire a person
///
/// For good: the password is forgotten. Wants the open leads to be handed over before.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 200, body = StaffAccount)))]
#[post("/staff/{id}/retire")]
pub async fn retire_staff(
    who: Allowed<RetireStaff>,
    app: Data<App>,
    id: Id<StaffId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    let moved = Move { to: StaffStatus::Retired, action: "staff.retired" };
    moved.of(&who, &app, (id.0, version.0)).await
}

struct Move {
    to: StaffStatus,
    action: &'static str,
}

impl Move {
    async fn of(&self, who: &Caller, app: &App, person: (StaffId, i64)) -> Result<HttpResponse, Error> {
        app.db.write(who.actor(app), async |tx| self.carry_out(tx, (app, &who.viewer), person).await).await
    }

    async fn carry_out(
        &self,
        tx: &Tx,
        (app, viewer): (&App, &Viewer),
        id: (StaffId, i64),
    ) -> Result<HttpResponse, Error> {
        let administrators = staff::lock_administrators(tx).await?;
        let mut person = seen(tx, app, id).await?;
        require_administrator(&administrators, &person, self.to == StaffStatus::Active)?;
        let change = person.move_to(self.to)?;
        if self.to == StaffStatus::Active {
            require_open_stores(tx, viewer, &person).await?;
        }
        if self.to == StaffStatus::Retired {
            require_no_leads(tx, &person, |_| true).await?;
        }
        shut_out(tx, &person).await?;
        staff::update(tx, &mut person).await?;
        record(tx, person.id, self.action, vec![change]);
        answer(tx, app, person).await
    }
}

/// Ends all that lets somebody in who is suspended or has retired now.
///
/// # Errors
/// Database errors.
pub async fn shut_out(tx: &Tx, person: &Staff) -> Result<(), Error> {
    if person.status == StaffStatus::Retired {
        staff::forget_secrets(tx, person.id).await?;
        second_factor::forget(tx, person.id).await?;
    }
    if person.status != StaffStatus::Active {
        sessions::end_all(tx, person.id, None).await?;
        invitations::end_all(tx, person.id).await?;
    }
    Ok(())
}

/// Nobody comes back to a store that closed meanwhile; they are moved first.
async fn require_open_stores(tx: &Tx, viewer: &Viewer, person: &Staff) -> Result<(), Error> {
    for id in &person.stores {
        stores::hold(tx, viewer, *id).await?.ok_or(Error::NotFound)?.require_open()?;
    }
    Ok(())
}
