//! `GET /leads/{id}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::leads::Lead;
use noren_domain::LeadId;
use noren_domain::access::AccessKind;
use noren_persistence::lead_sources;

use super::{visible, wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, is_unchanged};
use crate::permissions::ReadLead;

/// Read a lead
///
/// `If-None-Match` with the known ETag answers 304 while nothing changed.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), responses((status = 200, body = Lead), (status = 304)))]
#[get("/leads/{id}")]
pub async fn read_lead(
    who: Allowed<ReadLead>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<LeadId>,
) -> Result<HttpResponse, Error> {
    let lead = visible(&app.db, &who.viewer, id.0).await?;
    let etag = ("etag", format!("\"{}\"", lead.version));
    if is_unchanged(request.headers(), lead.version) {
        return Ok(HttpResponse::NotModified().insert_header(etag).finish());
    }
    app.saw(&who, &request, AccessKind::LeadDetail, vec![lead.id.0]);
    let sources = lead_sources::all(&app.db).await?;
    Ok(HttpResponse::Ok().insert_header(etag).json(wire::to_wire(lead, &who.viewer, &sources)))
}
