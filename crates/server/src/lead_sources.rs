//! `GET /lead-sources`: 反響元.

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::Page;
use noren_api::lead_sources::LeadSource;
use noren_persistence::lead_sources;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::permissions::ListLeadSources;

/// List lead sources
#[utoipa::path(tag = "masters", responses((status = 200, body = Page<LeadSource>)))]
#[get("/lead-sources")]
pub async fn list_lead_sources(_: Allowed<ListLeadSources>, app: Data<App>) -> Result<Json<Page<LeadSource>>, Error> {
    let sources = lead_sources::all(&app.db).await?;
    Ok(Json(Page { items: sources.into_iter().map(to_wire).collect(), next: None }))
}

fn to_wire(source: noren_domain::lead_source::LeadSource) -> LeadSource {
    let noren_domain::lead_source::LeadSource { code, name_ja, name_en, first_response_minutes, position: _, active } =
        source;
    LeadSource { code, name_ja, name_en, first_response_minutes, active }
}
