//! `POST /staff/{id}/hand-over`: the open leads of somebody who leaves a store.

use actix_web::post;
use actix_web::web::{Data, Json};
use noren_api::staff::{HandOver, HandedOver};
use noren_domain::StaffId;
use noren_domain::staff::Staff;
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, leads, staff};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, Valid};
use crate::leads::hand_to;
use crate::permissions::HandOverLeads;

/// Leads in one unit of work: short, because SQLite has one writer.
const AT_ONCE: u64 = 200;

/// Hand a person's open leads over
///
/// Those of one store, to a colleague or to nobody, the oldest first. One request moves at most 200; it is repeated until none is
/// left, and what is moved stays moved.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), request_body = HandOver,
    responses((status = 200, body = HandedOver)))]
#[post("/staff/{id}/hand-over")]
pub async fn hand_over_leads(
    who: Allowed<HandOverLeads>,
    app: Data<App>,
    id: Id<StaffId>,
    wanted: Valid<HandOver>,
) -> Result<Json<HandedOver>, Error> {
    let moved = app.db.write(who.actor(&app), async |tx| hand_over(tx, &who.viewer, id.0, &wanted).await);
    Ok(Json(moved.await?))
}

async fn hand_over(tx: &Tx, viewer: &Viewer, from: StaffId, wanted: &HandOver) -> Result<HandedOver, Error> {
    let store_id = wanted.store_id;
    let successor = successor(tx, from, wanted).await?;
    let open = leads::lock_open_of(tx, from, store_id, AT_ONCE).await?;
    let moved = open.len() as u64;
    for lead in open {
        hand_to(tx, viewer, lead, successor.as_ref()).await?;
    }
    let left = leads::open_of(tx, from).await?.into_iter().find(|(store, _)| *store == store_id);
    Ok(HandedOver { moved, left: left.map_or(0, |(_, leads)| leads) })
}

/// Both people are locked in one order, so that two hand-overs never wait for each other in a circle.
async fn successor(tx: &Tx, from: StaffId, wanted: &HandOver) -> Result<Option<Staff>, Error> {
    let mut successor = None;
    let mut both: Vec<StaffId> = wanted.to.into_iter().chain([from]).collect();
    both.sort_unstable();
    for id in both {
        let person = staff::lock_account(tx, id).await?.map(|account| account.staff);
        if id == from {
            person.ok_or(Error::NotFound)?;
        } else {
            successor = person;
        }
    }
    let fits = successor.as_ref().is_some_and(|person| person.takes_leads_of(wanted.store_id));
    if wanted.to.is_none() || fits { Ok(successor) } else { Err(Error::field("to", "assignee.elsewhere")) }
}
