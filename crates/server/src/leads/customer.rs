//! `GET /leads/{id}/customer-matches`, `PUT` and `DELETE /leads/{id}/customer`: whom of EXTREME's customers a lead is.

use std::collections::BTreeSet;

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, put};
use noren_api::customers::{CustomerMatch, CustomerMatches, LinkTo};
use noren_api::leads::Lead;
use noren_domain::LeadId;
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::customer::{Customer, Handle, Known, Match, matches};
use noren_domain::lead::Profile;
use noren_domain::sync::Stream;
use noren_domain::timeline::{FieldChange, TimelineEvent};
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, customers};

use super::edit::{answer, save, stale};
use super::{act, editable, note, record, visible};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::customers::wire;
use crate::extract::{Id, IfMatch, Valid};
use crate::extreme::origin;
use crate::permissions::{LinkLeadCustomer, ListCustomerMatches, UnlinkLeadCustomer};

/// How many are offered.
const OFFERED: usize = 10;

/// Find the customers whom a lead may be
///
/// By phone, mail, reading and name, with the reasons. Nobody is joined before a person says so; those of stores that the caller does
/// not see are counted and not named.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), responses((status = 200, body = CustomerMatches)))]
#[get("/leads/{id}/customer-matches")]
pub async fn list_customer_matches(
    who: Allowed<ListCustomerMatches>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<LeadId>,
) -> Result<Json<CustomerMatches>, Error> {
    let lead = visible(&app.db, &who.viewer, id.0).await?;
    let linked = match &lead.customer_code {
        Some(code) => now(&app, &who.viewer, code).await?,
        None => None,
    };
    let sought = handles(&lead.profile);
    let found = customers::candidates(&app.db, &who.viewer, &sought).await?;
    let known = linked.as_ref().map(|customer| customer.customer_code.clone());
    let likely = matches(&sought, found.customers).into_iter();
    let likely: Vec<Match> =
        likely.filter(|found| Some(&found.customer.customer_code) != known.as_ref()).take(OFFERED).collect();
    let seen = likely.iter().map(|found| found.customer.customer_code.clone()).chain(known).collect();
    app.saw_customers(&who, &request, AccessKind::CustomerSearch, seen);
    let linked = wire::rows(&app, linked.into_iter().collect()).await?.pop();
    let origin = origin::of_copy(&app, Stream::Customers).await?;
    Ok(Json(CustomerMatches { linked, items: offered(&app, likely).await?, elsewhere: found.elsewhere, origin }))
}

async fn offered(app: &App, likely: Vec<Match>) -> Result<Vec<CustomerMatch>, Error> {
    let (why, people): (Vec<_>, Vec<_>) =
        likely.into_iter().map(|found| ((found.strength, found.reasons), found.customer)).unzip();
    let rows = wire::rows(app, people).await?.into_iter().zip(why);
    Ok(rows.map(|(customer, (strength, reasons))| CustomerMatch { customer, strength, reasons }).collect())
}

/// The customer as they are now, perhaps as part of another one, if the viewer may see them.
async fn now(app: &App, viewer: &Viewer, code: &CustomerCode) -> Result<Option<Customer>, Error> {
    if let Some(kept) = customers::find(&app.db, viewer, code).await? {
        return Ok(Some(kept.record));
    }
    let Some(into) = customers::merged_into(&app.db, code).await? else { return Ok(None) };
    Ok(customers::find(&app.db, viewer, &into).await?.map(|kept| kept.record))
}

/// By what whoever asked can be found.
fn handles(profile: &Profile) -> BTreeSet<Handle> {
    let names: Vec<&str> = [profile.name.as_deref(), profile.company.as_deref()].into_iter().flatten().collect();
    let kana: Vec<&str> = profile.kana.iter().map(|kana| kana.katakana.as_str()).collect();
    let phones: Vec<&str> = profile.phones.iter().map(|phone| phone.digits.as_str()).collect();
    let mails: Vec<&str> = profile.mails.iter().map(String::as_str).collect();
    Known { names: &names, kana: &kana, phones: &phones, mails: &mails }.handles()
}

/// Link a lead to a customer
///
/// Says whom of EXTREME's customers the person is. The caller sees both.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), request_body = LinkTo, responses((status = 200, body = Lead)))]
#[put("/leads/{id}/customer")]
pub async fn link_lead_customer(
    who: Allowed<LinkLeadCustomer>,
    app: Data<App>,
    id: Id<LeadId>,
    seen: IfMatch,
    to: Valid<LinkTo>,
) -> Result<HttpResponse, Error> {
    let to = Some(to.0.customer_code);
    app.db.write(who.actor(&app), async |tx| link(tx, &who.viewer, (id.0, seen.0), to.clone()).await).await
}

/// Unlink a lead from its customer
///
/// The person is somebody else after all.
#[utoipa::path(tag = "leads", params(("id" = LeadId, Path)), responses((status = 200, body = Lead)))]
#[delete("/leads/{id}/customer")]
pub async fn unlink_lead_customer(
    who: Allowed<UnlinkLeadCustomer>,
    app: Data<App>,
    id: Id<LeadId>,
    seen: IfMatch,
) -> Result<HttpResponse, Error> {
    app.db.write(who.actor(&app), async |tx| link(tx, &who.viewer, (id.0, seen.0), None).await).await
}

async fn link(tx: &Tx, viewer: &Viewer, seen: (LeadId, i64), to: Option<CustomerCode>) -> Result<HttpResponse, Error> {
    let (id, version) = seen;
    let mut lead = editable(tx, viewer, id).await?;
    if lead.version != version {
        return Err(stale(tx, viewer, id).await);
    }
    if let Some(code) = &to {
        customers::find(tx, viewer, code).await?.ok_or_else(|| Error::field("customer_code", "unknown"))?;
    }
    let from = lead.customer_code.clone();
    if from != to {
        lead.link(to.clone(), tx.at())?;
        save(tx, viewer, &mut lead).await?;
        let event = TimelineEvent::CustomerLinked { from: from.clone(), to: to.clone() };
        note(tx, Some(viewer.principal), id, event).await?;
        let text = |code: Option<CustomerCode>| code.map(String::from);
        let action = if to.is_some() { "lead.customer_linked" } else { "lead.customer_unlinked" };
        let changed = FieldChange { field: "customer_code".to_owned(), before: text(from), after: text(to) };
        record(tx, Some(viewer.principal), &lead, act(action, vec![changed]));
    }
    answer(tx, lead, viewer).await
}
