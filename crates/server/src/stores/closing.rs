//! `GET /stores/{id}/use`, `POST …/close` and `…/reopen`: a store that closes for good.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use noren_api::stores::{StoreDetail, StoreUse as Wire};
use noren_domain::StoreId;
use noren_domain::store::{Store, StoreUse};
use noren_domain::timeline::FieldChange;
use noren_persistence::{Tx, stores};

use super::{answer, record, stale, visible};
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::extract::{Id, IfMatch};
use crate::permissions::{CloseStore, ReadStoreUse, ReopenStore};

/// Read what is left at a store
///
/// What there is to do before it closes.
#[utoipa::path(tag = "masters", params(("id" = StoreId, Path)), responses((status = 200, body = Wire)))]
#[get("/stores/{id}/use")]
pub async fn read_store_use(who: Allowed<ReadStoreUse>, app: Data<App>, id: Id<StoreId>) -> Result<Json<Wire>, Error> {
    visible(&app.db, &who.viewer, id.0).await?;
    let StoreUse { staff, leads, forms } = stores::in_use(&app.db, id.0).await?;
    Ok(Json(Wire { staff, leads, forms }))
}

/// Close a store
///
/// For good: nothing new begins there. Wants people moved, open leads settled and forms switched off before.
#[utoipa::path(tag = "masters", params(("id" = StoreId, Path)), responses((status = 200, body = StoreDetail)))]
#[post("/stores/{id}/close")]
pub async fn close_store(
    who: Allowed<CloseStore>,
    app: Data<App>,
    id: Id<StoreId>,
    seen: IfMatch,
) -> Result<HttpResponse, Error> {
    let close = async |tx: &Tx, store: &mut Store| {
        let left = stores::in_use(tx, store.id).await?;
        Ok(store.close(left, tx.at())?)
    };
    moved(&app, &who, (id.0, seen.0), "store.closed", close).await
}

/// Reopen a store
#[utoipa::path(tag = "masters", params(("id" = StoreId, Path)), responses((status = 200, body = StoreDetail)))]
#[post("/stores/{id}/reopen")]
pub async fn reopen_store(
    who: Allowed<ReopenStore>,
    app: Data<App>,
    id: Id<StoreId>,
    seen: IfMatch,
) -> Result<HttpResponse, Error> {
    let reopen = async |_: &Tx, store: &mut Store| Ok(store.reopen()?);
    moved(&app, &who, (id.0, seen.0), "store.reopened", reopen).await
}

/// Moves the store, which is locked before anything is counted there: who wants to begin something new waits, and then sees it
/// closed.
async fn moved(
    app: &App,
    who: &Caller,
    (id, version): (StoreId, i64),
    action: &'static str,
    act: impl AsyncFn(&Tx, &mut Store) -> Result<FieldChange, Error>,
) -> Result<HttpResponse, Error> {
    let moved = app.db.write(who.actor(app), async |tx| {
        let mut store = stores::lock(tx, &who.viewer, id).await?.ok_or(Error::NotFound)?;
        if store.version != version {
            return Err(stale(store));
        }
        let change = act(tx, &mut store).await?;
        stores::update(tx, &mut store).await?;
        record(tx, id, action, vec![change]);
        Ok(store)
    });
    Ok(answer(moved.await?))
}
