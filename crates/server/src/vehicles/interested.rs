//! `GET /vehicles/{stock_number}/interested-leads`.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, get};
use noren_api::vehicles::{InterestedLead, InterestedLeads};
use noren_domain::Timestamp;
use noren_domain::access::AccessKind;
use noren_domain::code::StockNumber;
use noren_domain::lead::Lead;
use noren_persistence::vehicles;
use noren_persistence::wanted_vehicles::{self, Interested};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::permissions::ListInterestedLeads;

/// How many are listed at most.
const MOST: u64 = 100;

/// List the leads that want a vehicle
///
/// Those that the caller sees, the last to be linked first; the others are counted and not named.
#[utoipa::path(tag = "stock", params(("stock_number" = StockNumber, Path)), responses((status = 200, body = InterestedLeads)))]
#[get("/vehicles/{stock_number}/interested-leads")]
pub async fn list_interested_leads(
    who: Allowed<ListInterestedLeads>,
    app: Data<App>,
    request: HttpRequest,
    number: Id<StockNumber>,
) -> Result<Json<InterestedLeads>, Error> {
    vehicles::find(&app.db, &who.viewer, &number.0).await?.ok_or(Error::NotFound)?;
    let Interested { leads, elsewhere } = wanted_vehicles::interested(&app.db, &who.viewer, &number.0, MOST).await?;
    app.saw(&who, &request, AccessKind::LeadList, leads.iter().map(|(lead, _)| lead.id.0).collect());
    Ok(Json(InterestedLeads { items: leads.into_iter().map(to_wire).collect(), elsewhere }))
}

fn to_wire((lead, since): (Lead, Timestamp)) -> InterestedLead {
    let Lead { id, store_id, assignee_id, status, profile, .. } = lead;
    InterestedLead {
        lead_id: id,
        name: profile.name,
        company: profile.company,
        status,
        temperature: profile.temperature,
        store_id,
        assignee_id,
        since,
    }
}
