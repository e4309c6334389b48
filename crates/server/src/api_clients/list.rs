//! `GET /api-clients` and `GET /api-clients/{id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::api_clients::ApiClient;
use noren_api::{Page, PageQuery};
use noren_domain::ApiClientId;
use noren_persistence::api_clients;

use super::{answer, known, to_wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::permissions::{ListApiClients, ReadApiClient};

/// List integrators' keys
///
/// The newest first, those that are revoked or over included.
#[utoipa::path(tag = "api clients", params(PageQuery), responses((status = 200, body = Page<ApiClient>)))]
#[get("/api-clients")]
pub async fn list_api_clients(
    _: Allowed<ListApiClients>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<PageQuery>,
) -> Result<HttpResponse, Error> {
    let (PageQuery { after, limit }, now) = (query.0, app.clock.now());
    let cursors = app.cursors("api-clients", &())?;
    let page = api_clients::page(&app.db, &cursors.page(after.as_deref(), limit)?).await?;
    let next = cursors.next(page.next)?;
    let items = page.items.into_iter().map(|client| to_wire(client, now)).collect();
    Ok(app.page(&request, &Page { items, next }))
}

/// Read an integrator's key
///
/// The entity tag is for edits: the use of the key changes the answer and not the tag.
#[utoipa::path(tag = "api clients", params(("id" = ApiClientId, Path)), responses((status = 200, body = ApiClient)))]
#[get("/api-clients/{id}")]
pub async fn read_api_client(
    _: Allowed<ReadApiClient>,
    app: Data<App>,
    id: Id<ApiClientId>,
) -> Result<HttpResponse, Error> {
    Ok(answer(known(&app.db, id.0).await?, app.clock.now()))
}
