//! `GET /stores`: the stores that the caller works with.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::Page;
use noren_api::stores::Store;
use noren_persistence::stores;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::permissions::ListStores;

/// List stores
#[utoipa::path(tag = "masters", responses((status = 200, body = Page<Store>)))]
#[get("/stores")]
pub async fn list_stores(who: Allowed<ListStores>, app: Data<App>) -> Result<Json<Page<Store>>, Error> {
    let stores = stores::visible(&app.db, &who.viewer).await?;
    Ok(Json(Page { items: stores.into_iter().map(to_wire).collect(), next: None }))
}

pub fn to_wire(store: noren_domain::staff::Store) -> Store {
    Store { id: store.id, code: store.code, name: store.name }
}
