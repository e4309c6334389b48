//! `/vehicle-filters`: the filters of the stock that a person keeps. Nobody else sees them.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post};
use noren_api::Page;
use noren_api::vehicles::{NewSavedFilter, SavedFilter as Wire, SavedFilterEdit, VehicleFilter};
use noren_domain::saved_filter::{MOST, SavedFilter, named};
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{SavedFilterId, StaffId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Constraint, Tx, saved_filters, staff};
use serde_json::Value;
use validator::Validate;

use super::filter;
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, IfMatch, MergePatch};
use crate::idempotency::{Created, Creating, Repeatable, id_in};
use crate::permissions::{CreateVehicleFilter, DeleteVehicleFilter, EditVehicleFilter, ListVehicleFilters};

/// List kept filters
///
/// The caller's own, in the order in which they were kept.
#[utoipa::path(tag = "stock", responses((status = 200, body = Page<Wire>)))]
#[get("/vehicle-filters")]
pub async fn list_vehicle_filters(who: Allowed<ListVehicleFilters>, app: Data<App>) -> Result<Json<Page<Wire>>, Error> {
    let kept = saved_filters::of(&app.db, person(&who)?).await?;
    Ok(Json(Page { items: kept.into_iter().map(to_wire).collect(), next: None }))
}

/// Keep a filter
///
/// A person keeps 50 at most, each under a name of its own.
#[utoipa::path(tag = "stock", request_body = NewSavedFilter, responses((status = 201, body = Wire)))]
#[post("/vehicle-filters")]
pub async fn create_vehicle_filter(
    who: Allowed<CreateVehicleFilter>,
    app: Data<App>,
    new: Creating<NewSavedFilter>,
) -> Result<HttpResponse, Error> {
    let by = person(&who)?;
    let made = new.key.once(&app, &who, async |tx| {
        let NewSavedFilter { name, query } = new.body.clone();
        // Locked, so that two devices of one person count each other's.
        staff::lock_account(tx, by).await?.ok_or(Error::NotFound)?;
        if saved_filters::of(tx, by).await?.len() >= MOST {
            return Err(Error::field("name", "too_many"));
        }
        let filter = SavedFilter { id: SavedFilterId::mint(tx.at()), version: 1, ..checked(tx, &name, query)? };
        saved_filters::insert(tx, by, &filter).await.map_err(name_taken)?;
        let made = vec![FieldChange::to("name", &*filter.name), FieldChange::to("query", &*filter.query)];
        record(tx, filter.id, "vehicle_filter.created", made);
        let location = format!("/api/v1/vehicle-filters/{}", filter.id);
        Ok(Created { location, version: Some(1), body: to_wire(filter) })
    });
    Ok(made.await?.respond())
}

/// Edit a kept filter
///
/// Only what changes is sent.
#[utoipa::path(tag = "stock", params(("id" = SavedFilterId, Path)), responses((status = 200, body = Wire)),
    request_body(content = SavedFilterEdit, content_type = "application/merge-patch+json"))]
#[patch("/vehicle-filters/{id}")]
pub async fn edit_vehicle_filter(
    who: Allowed<EditVehicleFilter>,
    app: Data<App>,
    id: Id<SavedFilterId>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let by = person(&who)?;
    let edited = app.db.write(who.actor(&app), async |tx| {
        let before = own(tx, by, id.0).await?;
        if before.version != seen.0 {
            return Err(stale(before));
        }
        let SavedFilter { id, name, query, version } = before.clone();
        let SavedFilterEdit { name, query } = patch.apply(&SavedFilterEdit { name, query })?;
        let mut filter = SavedFilter { id, version, ..checked(tx, &name, query)? };
        let changes = before.changes_to(&filter);
        if changes.is_empty() {
            return Ok(before);
        }
        match saved_filters::update(tx, &mut filter).await {
            Err(noren_persistence::Error::Stale) => return Err(stale(own(tx, by, id).await?)),
            outcome => outcome.map_err(name_taken)?,
        }
        record(tx, id, "vehicle_filter.edited", changes);
        Ok(filter)
    });
    let edited = edited.await?;
    let etag = ("etag", format!("\"{}\"", edited.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(to_wire(edited)))
}

/// Forget a kept filter
#[utoipa::path(tag = "stock", params(("id" = SavedFilterId, Path)), responses((status = 204)))]
#[delete("/vehicle-filters/{id}")]
pub async fn delete_vehicle_filter(
    who: Allowed<DeleteVehicleFilter>,
    app: Data<App>,
    id: Id<SavedFilterId>,
) -> Result<HttpResponse, Error> {
    let by = person(&who)?;
    let deleted = app.db.write(who.actor(&app), async |tx| {
        let SavedFilter { id, name, query, .. } = own(tx, by, id.0).await?;
        saved_filters::delete(tx, id).await?;
        let gone = |field: &str, before| FieldChange { field: field.to_owned(), before: Some(before), after: None };
        record(tx, id, "vehicle_filter.deleted", vec![gone("name", name), gone("query", query)]);
        Ok::<_, Error>(())
    });
    deleted.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Keys keep nothing.
fn person(who: &Caller) -> Result<StaffId, Error> {
    who.viewer.staff_id().ok_or(Error::Forbidden)
}

async fn own(tx: &Tx, by: StaffId, id: SavedFilterId) -> Result<SavedFilter, Error> {
    saved_filters::find(tx, by, id).await?.ok_or(Error::NotFound)
}

/// What was typed as it is kept; id and version are for the caller to say.
fn checked(tx: &Tx, name: &str, query: String) -> Result<SavedFilter, Error> {
    let name = named(name).map_err(noren_domain::Error::from)?;
    let filter = serde_urlencoded::from_str::<VehicleFilter>(&query).ok();
    let filter = filter.filter(|filter| filter.validate().is_ok() && filter.after.is_none() && filter.limit.is_none());
    let asks = filter.is_some_and(|asked| filter::checked(asked, tx.at()).is_ok());
    if !asks || query.contains('\0') || query.contains("%00") {
        return Err(Error::field("query", "form"));
    }
    Ok(SavedFilter { id: SavedFilterId(uuid::Uuid::nil()), name, query, version: 0 })
}

fn record(tx: &Tx, id: SavedFilterId, action: &'static str, changes: Vec<FieldChange>) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("vehicle_filter:{id}"), changes });
}

fn name_taken(error: noren_persistence::Error) -> Error {
    match error {
        noren_persistence::Error::Conflict(Constraint::Unique(_)) => Error::Taken { field: "name" },
        other => other.into(),
    }
}

fn stale(filter: SavedFilter) -> Error {
    let version = filter.version;
    Error::stale(&to_wire(filter), version)
}

impl Repeatable for Wire {
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        let by = viewer.staff_id().ok_or(Error::NotFound)?;
        own(tx, by, id_in(made, "id")?).await.map(|_| ())
    }
}

fn to_wire(filter: SavedFilter) -> Wire {
    let SavedFilter { id, name, query, version } = filter;
    Wire { id, name, query, version }
}
