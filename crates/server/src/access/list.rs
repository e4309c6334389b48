//! `GET /access-events` and `GET /access-events/{id}`.

use std::collections::HashMap;

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use noren_api::Page;
use noren_api::access_events::{AccessCustomer, AccessEvent as Wire, AccessFilter, AccessSubject, NAMED};
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::viewer::Viewer;
use noren_domain::{AccessEventId, LeadId};
use noren_persistence::access::{self, AccessEvent, Filter};
use noren_persistence::{Db, customers};
use uuid::Uuid;

use crate::Error;
use crate::app::App;
use crate::audit::names::Names;
use crate::audit::span;
use crate::auth::Allowed;
use crate::extract::{Id, ValidQuery};
use crate::permissions::{ListAccessEvents, ReadAccessEvent};

/// List access events
///
/// Who looked at personal data, the newest first. What was looked at in the last second may not be there yet.
#[utoipa::path(tag = "audit", params(AccessFilter), responses((status = 200, body = Page<Wire>)))]
#[get("/access-events")]
pub async fn list_access_events(
    who: Allowed<ListAccessEvents>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<AccessFilter>,
) -> Result<HttpResponse, Error> {
    let mut query = query.0;
    let (after, limit) = (query.after.take(), query.limit.take());
    let cursors = app.cursors("access-events", &query)?;
    let wanted = cursors.page(after.as_deref(), limit)?;
    let page = access::page(&app.db, &filter(&query), &wanted).await?;
    let next = cursors.next(page.next)?;
    let mut named: Vec<Uuid> = page.items.iter().flat_map(|look| look.subjects.iter().take(NAMED).copied()).collect();
    named.sort_unstable();
    named.dedup();
    app.saw(&who, &request, AccessKind::Records, named);
    let mut customers: Vec<CustomerCode> =
        page.items.iter().flat_map(|look| look.customers.iter().take(NAMED).cloned()).collect();
    customers.sort_unstable();
    customers.dedup();
    app.saw_customers(&who, &request, AccessKind::Records, customers);
    let items = to_wire(&app.db, &who.viewer, page.items, NAMED).await?;
    Ok(app.page(&request, &Page { items, next }))
}

/// Read an access event
///
/// With everything that was seen.
#[utoipa::path(tag = "audit", params(("id" = AccessEventId, Path)), responses((status = 200, body = Wire)))]
#[get("/access-events/{id}")]
pub async fn read_access_event(
    who: Allowed<ReadAccessEvent>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<AccessEventId>,
) -> Result<Json<Wire>, Error> {
    let look = access::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    app.saw(&who, &request, AccessKind::Records, look.subjects.clone());
    app.saw_customers(&who, &request, AccessKind::Records, look.customers.clone());
    let mut wired = to_wire(&app.db, &who.viewer, vec![look], usize::MAX).await?;
    wired.pop().map(Json).ok_or(Error::NotFound)
}

pub(super) fn filter(query: &AccessFilter) -> Filter {
    let AccessFilter { actor, kind, subject_id, customer_code, from, to, after: _, limit: _ } = query.clone();
    let (since, until) = span(from, to);
    Filter { actor, kind, subject: subject_id, customer: customer_code, since, until }
}

async fn to_wire(db: &Db, viewer: &Viewer, looks: Vec<AccessEvent>, most: usize) -> Result<Vec<Wire>, Error> {
    let leads = looks.iter().filter(|look| look.kind != AccessKind::FormSubmission);
    let leads = leads.flat_map(|look| look.subjects.iter().take(most).map(|id| format!("lead:{id}")));
    let spoken_of: Vec<String> = leads.chain(looks.iter().map(|look| look.actor.clone())).collect();
    let mut names = Names::default();
    names.learn(db, viewer, spoken_of.iter().map(String::as_str)).await?;
    let codes = looks.iter().flat_map(|look| look.customers.iter().take(most));
    let found = customers::several(db, viewer, codes).await?.into_iter();
    let called: HashMap<CustomerCode, String> = found.map(|customer| (customer.customer_code, customer.name)).collect();
    let wire = |look: AccessEvent| {
        let AccessEvent {
            id,
            at,
            actor,
            session_id: _,
            device,
            kind,
            subjects,
            customers,
            seen,
            unattended,
            request_id,
        } = look;
        let customer = |code: CustomerCode| AccessCustomer { name: called.get(&code).cloned(), customer_code: code };
        let customers = customers.into_iter().take(most).map(customer).collect();
        let name = |id: &Uuid| {
            let lead = LeadId(*id);
            AccessSubject { id: *id, name: names.of_lead(lead), erased: names.is_erased(lead) }
        };
        let (actor_name, subjects) = (names.find(&actor), subjects.iter().take(most).map(name).collect());
        Wire { id, at, actor, actor_name, device, kind, seen, subjects, customers, unattended, request_id }
    };
    Ok(looks.into_iter().map(wire).collect())
}
