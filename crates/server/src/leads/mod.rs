//! `/leads`: 見込み客, one file per operation.

mod assign;
mod create;
mod customer;
mod edit;
mod erase;
mod inquiries;
mod list;
mod mentions;
mod notes;
mod read;
mod status_changes;
mod timeline;
mod wanted;
pub(crate) mod wire;

use noren_domain::event::{Change, EventKind, Subject};
use noren_domain::lead::Lead;
use noren_domain::timeline::{FieldChange, TimelineEntry, TimelineEvent};
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{LeadId, StaffId, TimelineEntryId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, lead_sources, leads, timeline as timeline_rows};
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::idempotency::{Created, Repeatable, id_in};

pub(crate) use assign::hand_to;
pub(crate) use create::{Asked, open_for_visitor};
pub(crate) use timeline::to_wire as entry_to_wire;

/// All operations on leads.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_leads)
        .service(list::count_leads)
        .service(create::create_lead)
        .service(read::read_lead)
        .service(edit::edit_lead)
        .service(assign::assign_lead)
        .service(customer::list_customer_matches)
        .service(customer::link_lead_customer)
        .service(customer::unlink_lead_customer)
        .service(erase::erase_lead)
        .service(status_changes::change_lead_status)
        .service(timeline::list_timeline)
        .service(inquiries::create_inquiry)
        .service(notes::create_note)
        .service(mentions::list_mentions)
        .service(mentions::count_mentions)
        .service(mentions::see_mentions)
        .service(wanted::list_wanted_vehicles)
        .service(wanted::link_wanted_vehicle)
        .service(wanted::unlink_wanted_vehicle);
}

/// The lead, if the viewer may see it; what may not be seen is not there.
async fn visible(conn: &impl Conn, viewer: &Viewer, id: LeadId) -> Result<Lead, Error> {
    leads::find(conn, viewer, id).await?.ok_or(Error::NotFound)
}

/// The lead, if the viewer may see and edit it.
async fn editable(conn: &impl Conn, viewer: &Viewer, id: LeadId) -> Result<Lead, Error> {
    let lead = visible(conn, viewer, id).await?;
    require_editable(viewer, &lead)?;
    Ok(lead)
}

/// The lead, if the viewer may see it, as it stays until the unit of work ends: what is written beside it must not outlive an
/// erasure.
async fn held(tx: &Tx, viewer: &Viewer, id: LeadId) -> Result<Lead, Error> {
    leads::hold(tx, viewer, id).await?.ok_or(Error::NotFound)
}

fn require_editable(viewer: &Viewer, lead: &Lead) -> Result<(), Error> {
    if viewer.edits(lead) { Ok(lead.require_kept()?) } else { Err(Error::Forbidden) }
}

/// The lead as it is answered by the POST that made or moved it.
async fn created(tx: &Tx, viewer: &Viewer, lead: Lead) -> Result<Created<noren_api::leads::Lead>, Error> {
    let sources = lead_sources::all(tx).await?;
    let (location, version) = (format!("/api/v1/leads/{}", lead.id), Some(lead.version));
    Ok(Created { location, version, body: wire::to_wire(lead, viewer, &sources) })
}

impl Repeatable for noren_api::leads::Lead {
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        visible(tx, viewer, id_in(made, "id")?).await.map(|_| ())
    }
}

impl Repeatable for noren_api::leads::TimelineEntry {
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        let lead = timeline_rows::lead_of(tx, id_in(made, "id")?).await?.ok_or(Error::NotFound)?;
        visible(tx, viewer, lead).await.map(|_| ())
    }
}

impl Repeatable for noren_api::leads::Inquiry {
    async fn require_visible(tx: &Tx, viewer: &Viewer, made: &Value) -> Result<(), Error> {
        visible(tx, viewer, id_in(made, "lead_id")?).await.map(|_| ())
    }
}

/// Notes what happened on the lead's timeline, in somebody's name or in that of the public.
async fn note(tx: &Tx, by: Option<Principal>, lead: LeadId, event: TimelineEvent) -> Result<TimelineEntry, Error> {
    let entry = TimelineEntry { id: TimelineEntryId::mint(tx.at()), lead_id: lead, at: tx.at(), by, event };
    timeline_rows::insert(tx, &entry).await?;
    Ok(entry)
}

/// Notes an act on a lead for the audit, and for the screens that are open.
fn record(tx: &Tx, by: Option<Principal>, lead: &Lead, act: Act) {
    let Act { action, changes, mentions } = act;
    tx.audit(Entry { chain: Chain::Store(lead.store_id), action, subject: format!("lead:{}", lead.id), changes });
    let kind = if action == CREATED { EventKind::LeadCreated } else { EventKind::LeadChanged };
    let (store_id, subject, version) = (lead.store_id, Subject::Lead(lead.id), lead.version);
    let staff_id = by.and_then(Principal::staff_id);
    tx.announce(Change { kind, store_id, subject, version, staff_id, mentions });
}

const CREATED: &str = "lead.created";

/// What was done to a lead.
struct Act {
    action: &'static str,
    changes: Vec<FieldChange>,
    /// The people who are to look at it.
    mentions: Vec<StaffId>,
}

fn act(action: &'static str, changes: Vec<FieldChange>) -> Act {
    Act { action, changes, mentions: Vec::new() }
}
