//! `/stores`: the stores that the caller works with, and what an administrator settles about them.

mod closing;

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use noren_api::Page;
use noren_api::stores::{NewStore, Store as Wire, StoreDetail, StoreEdit, StoreProfile, StoreQuery};
use noren_domain::store::{Store, TypedStore};
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{StoreId, search};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Constraint, Tx, stores};
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, MergePatch, ValidQuery, is_unchanged};
use crate::idempotency::{Created, Creating, Repeatable};
use crate::permissions::{CreateStore, EditStore, ListStores, ReadStore};
use crate::staff;

/// All operations on stores.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_stores)
        .service(create_store)
        .service(read_store)
        .service(edit_store)
        .service(closing::read_store_use)
        .service(closing::close_store)
        .service(closing::reopen_store);
}

/// List stores
#[utoipa::path(tag = "masters", params(StoreQuery), responses((status = 200, body = Page<Wire>)))]
#[get("/stores")]
pub async fn list_stores(
    who: Allowed<ListStores>,
    app: Data<App>,
    wanted: ValidQuery<StoreQuery>,
) -> Result<Json<Page<Wire>>, Error> {
    let stores = stores::visible(&app.db, &who.viewer).await?;
    let is_meant = |Store { profile, .. }: &Store| {
        wanted.0.q.as_deref().is_none_or(|typed| search::finds(typed, [profile.name.as_str(), &profile.code]))
    };
    Ok(Json(Page { items: stores.into_iter().filter(is_meant).map(to_wire).collect(), next: None }))
}

/// Create a store
#[utoipa::path(tag = "masters", request_body = NewStore, responses((status = 201, body = StoreDetail)))]
#[post("/stores")]
pub async fn create_store(
    who: Allowed<CreateStore>,
    app: Data<App>,
    new: Creating<NewStore>,
) -> Result<HttpResponse, Error> {
    let Creating { body, key } = new;
    let made = key.once(&app, &who, async |tx| {
        let id = StoreId::mint(tx.at());
        let profile = checked(body.profile.clone())?;
        let known = noren_domain::store::StoreProfile::default().changes_to(&profile);
        let store = Store { id, profile, created_at: tx.at(), closed_at: None, version: 1 };
        stores::insert(tx, &store).await.map_err(code_taken)?;
        record(tx, id, "store.created", known);
        staff::take_in(tx, id).await?;
        Ok(Created { location: format!("/api/v1/stores/{id}"), version: Some(1), body: to_detail(store) })
    });
    Ok(made.await?.respond())
}

/// Read a store
#[utoipa::path(tag = "masters", params(("id" = StoreId, Path)),
    responses((status = 200, body = StoreDetail), (status = 304, description = "The caller has this version")))]
#[get("/stores/{id}")]
pub async fn read_store(
    who: Allowed<ReadStore>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<StoreId>,
) -> Result<HttpResponse, Error> {
    let store = visible(&app.db, &who.viewer, id.0).await?;
    if is_unchanged(request.headers(), store.version) {
        return Ok(HttpResponse::NotModified().insert_header(("etag", format!("\"{}\"", store.version))).finish());
    }
    Ok(answer(store))
}

/// Edit a store
///
/// Only what changes is sent; a list replaces the list.
#[utoipa::path(tag = "masters", params(("id" = StoreId, Path)), responses((status = 200, body = StoreDetail)),
    request_body(content = StoreEdit, content_type = "application/merge-patch+json"))]
#[patch("/stores/{id}")]
pub async fn edit_store(
    who: Allowed<EditStore>,
    app: Data<App>,
    id: Id<StoreId>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let mut store = visible(tx, &who.viewer, id.0).await?;
        if store.version != seen.0 {
            return Err(stale(store));
        }
        let StoreEdit { profile } = patch.apply(&StoreEdit { profile: store.profile.clone().into() })?;
        let profile = checked(profile)?;
        let changes = store.profile.changes_to(&profile);
        if changes.is_empty() {
            return Ok(store);
        }
        store.profile = profile;
        match stores::update(tx, &mut store).await {
            Err(noren_persistence::Error::Stale) => return Err(stale(visible(tx, &who.viewer, id.0).await?)),
            outcome => outcome.map_err(code_taken)?,
        }
        record(tx, store.id, "store.edited", changes);
        Ok(store)
    });
    Ok(answer(edited.await?))
}

async fn visible(conn: &impl Conn, viewer: &Viewer, id: StoreId) -> Result<Store, Error> {
    stores::find(conn, viewer, id).await?.ok_or(Error::NotFound)
}

fn record(tx: &Tx, id: StoreId, action: &'static str, changes: Vec<FieldChange>) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("store:{id}"), changes });
}

fn checked(typed: StoreProfile) -> Result<noren_domain::store::StoreProfile, Error> {
    let checked = TypedStore::from(typed).check();
    checked.map_err(|broken| noren_domain::Error::from(broken.inside("profile")).into())
}

/// The store, where something new is about to begin: nobody closes it before the unit of work ends.
///
/// # Errors
/// At `field`: `unknown` for a store that the viewer does not see, `store.closed`.
pub async fn require_open(tx: &Tx, viewer: &Viewer, id: StoreId, field: &str) -> Result<(), Error> {
    let store = stores::hold(tx, viewer, id).await?.ok_or_else(|| Error::field(field, "unknown"))?;
    store.require_open().map_err(|_| Error::field(field, "store.closed"))
}

fn code_taken(error: noren_persistence::Error) -> Error {
    match error {
        noren_persistence::Error::Conflict(Constraint::Unique(_)) => Error::Taken { field: "profile.code" },
        other => other.into(),
    }
}

fn stale(store: Store) -> Error {
    let version = store.version;
    Error::stale(&to_detail(store), version)
}

fn answer(store: Store) -> HttpResponse {
    let etag = ("etag", format!("\"{}\"", store.version));
    HttpResponse::Ok().insert_header(etag).json(to_detail(store))
}

impl Repeatable for StoreDetail {
    /// Stores concern the whole company; who may make them may see them.
    async fn require_visible(_: &Tx, _: &Viewer, _: &Value) -> Result<(), Error> {
        Ok(())
    }
}

pub fn to_wire(store: Store) -> Wire {
    Wire { id: store.id, code: store.profile.code, name: store.profile.name, closed: store.closed_at.is_some() }
}

fn to_detail(store: Store) -> StoreDetail {
    let Store { id, profile, closed_at, version, .. } = store;
    StoreDetail { id, profile: StoreProfile::from(profile), closed_at, version }
}
