//! `GET /customers/{customer_code}/timeline`: what Noren itself knows of a customer.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::customers::{CustomerLead, CustomerTimeline};
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::lead::Lead;
use noren_persistence::{PageRequest, customers, leads, timeline};

use super::{Sought, moved, sought};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::leads::entry_to_wire;
use crate::permissions::ReadCustomerTimeline;

/// How many leads of a customer are shown.
const MOST_LEADS: u64 = 50;
/// How many of the last entries of each.
const LAST: u64 = 3;

/// Read a customer's timeline
///
/// The leads that somebody has linked to the customer, as far as the caller sees them, with what happened last.
#[utoipa::path(tag = "customers", params(("customer_code" = CustomerCode, Path)),
    responses((status = 200, body = CustomerTimeline), (status = 301, description = "Part of another customer by now")))]
#[get("/customers/{customer_code}/timeline")]
pub async fn read_customer_timeline(
    who: Allowed<ReadCustomerTimeline>,
    app: Data<App>,
    request: HttpRequest,
    code: Id<CustomerCode>,
) -> Result<HttpResponse, Error> {
    if let Sought::Merged(into) = sought(&app, &who.viewer, &code.0).await? {
        return Ok(moved(&request, &into));
    }
    let codes = customers::codes_of(&app.db, &code.0).await?;
    let (theirs, elsewhere) = leads::of_customers(&app.db, &who.viewer, &codes, MOST_LEADS).await?;
    app.saw(&who, &request, AccessKind::Timeline, theirs.iter().map(|lead| lead.id.0).collect());
    let mut items = Vec::with_capacity(theirs.len());
    for lead in theirs {
        items.push(to_wire(&app, lead).await?);
    }
    Ok(HttpResponse::Ok().json(CustomerTimeline { items, elsewhere }))
}

async fn to_wire(app: &App, lead: Lead) -> Result<CustomerLead, Error> {
    let last = timeline::page(&app.db, lead.id, &PageRequest { after: None, limit: LAST }).await?;
    Ok(CustomerLead {
        lead_id: lead.id,
        name: lead.profile.name,
        company: lead.profile.company,
        status: lead.status,
        temperature: lead.profile.temperature,
        store_id: lead.store_id,
        assignee_id: lead.assignee_id,
        received_at: lead.received_at,
        entries: last.items.into_iter().map(entry_to_wire).collect(),
    })
}
