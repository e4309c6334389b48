//! `POST /staff`, `GET` and `PATCH /staff/{id}`: a person as an administrator sees and settles them.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, patch, post};
use noren_api::staff::{NewStaff, StaffAccount, StaffEdit};
use noren_domain::staff::{Role, Staff, StaffProfile, StaffStatus};
use noren_domain::viewer::Viewer;
use noren_domain::{StaffId, StoreId};
use noren_persistence::{Conn, Constraint, Tx, leads, sessions, staff};
use serde_json::Value;

use super::{account, known, record, seen};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, MergePatch};
use crate::idempotency::{Created, Creating, Repeatable};
use crate::permissions::{CreateStaff, EditStaff, ReadStaff};
use crate::stores::require_open;

/// Create a person
///
/// They cannot sign in before they were invited and chose a password.
#[utoipa::path(tag = "staff", request_body = NewStaff, responses((status = 201, body = StaffAccount)))]
#[post("/staff")]
pub async fn create_staff(
    who: Allowed<CreateStaff>,
    app: Data<App>,
    new: Creating<NewStaff>,
) -> Result<HttpResponse, Error> {
    let Creating { body, key } = new;
    let made = key.once(&app, &who, async |tx| {
        let profile = checked(tx, &who.viewer, body.profile.clone().into(), &[]).await?;
        let (id, known) = (StaffId::mint(tx.at()), profile.known());
        let StaffProfile { code, name, kana, mail, role, stores } = profile;
        let (status, has_pin, created_at) = (StaffStatus::Active, false, tx.at());
        let person = Staff { id, code, name, kana, mail, role, status, stores, has_pin, created_at, version: 1 };
        staff::insert(tx, &person, None).await.map_err(taken)?;
        record(tx, id, "staff.created", known);
        let body = account(tx, &app, person).await?;
        Ok(Created { location: format!("/api/v1/staff/{id}"), version: Some(1), body })
    });
    Ok(made.await?.respond())
}

/// Read a person's account
///
/// The entity tag is for edits: what the person does meanwhile changes the answer and not the tag.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 200, body = StaffAccount)))]
#[get("/staff/{id}")]
pub async fn read_staff(_: Allowed<ReadStaff>, app: Data<App>, id: Id<StaffId>) -> Result<HttpResponse, Error> {
    let person = known(&app.db, id.0).await?;
    answer(&app.db, &app, person).await
}

/// Edit a person's account
///
/// Only what changes is sent. Another role ends the person's sessions. Who has open leads at a store does not leave it before
/// they are handed over.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 200, body = StaffAccount)),
    request_body(content = StaffEdit, content_type = "application/merge-patch+json"))]
#[patch("/staff/{id}")]
pub async fn edit_staff(
    who: Allowed<EditStaff>,
    app: Data<App>,
    id: Id<StaffId>,
    version: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let administrators = staff::lock_administrators(tx).await?;
        let mut person = seen(tx, &app, (id.0, version.0)).await?;
        let before = person.clone();
        let StaffEdit { profile } = patch.apply(&StaffEdit { profile: before.profile().into() })?;
        let changes = person.edit(checked(tx, &who.viewer, profile.into(), &before.stores).await?);
        if changes.is_empty() {
            return answer(tx, &app, before).await;
        }
        require_administrator(&administrators, &before, person.role == Role::Administrator)?;
        require_no_leads(tx, &before, |store| !person.stores.contains(store)).await?;
        staff::update(tx, &mut person).await.map_err(taken)?;
        if before.role != person.role {
            sessions::end_all(tx, person.id, None).await?;
        }
        record(tx, person.id, "staff.edited", changes);
        answer(tx, &app, person).await
    });
    edited.await
}

/// What was typed by the rules of staff, with stores that are open or where the person works already.
async fn checked(tx: &Tx, viewer: &Viewer, typed: StaffProfile, before: &[StoreId]) -> Result<StaffProfile, Error> {
    let profile = typed.check().map_err(|broken| noren_domain::Error::from(broken.inside("profile")))?;
    for (at, store) in profile.stores.iter().enumerate().filter(|(_, store)| !before.contains(store)) {
        require_open(tx, viewer, *store, &format!("profile.store_ids.{at}")).await?;
    }
    Ok(profile)
}

/// Has those work at the first store who came before it.
///
/// # Errors
/// Database errors.
pub async fn take_in(tx: &Tx, store: StoreId) -> Result<(), Error> {
    for mut person in staff::lock_homeless(tx).await? {
        let changes = person.edit(StaffProfile { stores: vec![store], ..person.profile() });
        staff::update(tx, &mut person).await?;
        record(tx, person.id, "staff.edited", changes);
    }
    Ok(())
}

/// An active administrator stays while there is no other.
pub(super) fn require_administrator(all: &[StaffId], person: &Staff, stays: bool) -> Result<(), Error> {
    if stays || *all != [person.id] { Ok(()) } else { Err(noren_domain::Error::LastAdministrator.into()) }
}

/// Nobody is to be left with leads at a store where they are no more.
pub(super) async fn require_no_leads(tx: &Tx, person: &Staff, left: impl Fn(&StoreId) -> bool) -> Result<(), Error> {
    let open = leads::open_of(tx, person.id).await?;
    if open.iter().any(|(store, _)| left(store)) { Err(noren_domain::Error::HasLeads.into()) } else { Ok(()) }
}

pub(super) async fn answer(conn: &impl Conn, app: &App, person: Staff) -> Result<HttpResponse, Error> {
    let etag = ("etag", format!("\"{}\"", person.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(account(conn, app, person).await?))
}

/// SQLite names the column and PostgreSQL the constraint, which is named after it.
fn taken(error: noren_persistence::Error) -> Error {
    match error {
        noren_persistence::Error::Conflict(Constraint::Unique(place)) if place.contains("mail") => {
            Error::Taken { field: "profile.mail" }
        }
        noren_persistence::Error::Conflict(Constraint::Unique(place)) if place.contains("code") => {
            Error::Taken { field: "profile.code" }
        }
        other => other.into(),
    }
}

impl Repeatable for StaffAccount {
    /// Staff concern the whole company; who may make them may see them.
    async fn require_visible(_: &Tx, _: &Viewer, _: &Value) -> Result<(), Error> {
        Ok(())
    }
}
