//! `/outbox-destinations`: what waits where, and the switch that a person has for each destination.

use std::collections::HashMap;

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use noren_api::outbox::{OutboxDestination as Wire, OutboxPause, PauseOutbox};
use noren_domain::outbox::{Destination, Pause};
use noren_domain::timeline::FieldChange;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::outbox::Figures;
use noren_persistence::{outbox, outbox_pauses, staff};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, Valid};
use crate::permissions::{ListOutboxDestinations, PauseOutboxDestination, ResumeOutboxDestination};

/// List outbox destinations
///
/// Where messages go, how many wait there, and whether a person has paused them.
#[utoipa::path(tag = "outbox", responses((status = 200, body = Vec<Wire>)))]
#[get("/outbox-destinations")]
pub async fn list_outbox_destinations(
    _: Allowed<ListOutboxDestinations>,
    app: Data<App>,
) -> Result<Json<Vec<Wire>>, Error> {
    all(&app).await.map(Json)
}

/// Pause an outbox destination
///
/// Nothing more is sent there until it is resumed; what is being sent just now arrives. What is paused already stays so, with whoever
/// paused it first.
#[utoipa::path(tag = "outbox", params(("destination" = inline(Destination), Path)), request_body = PauseOutbox,
    responses((status = 200, body = Vec<Wire>)))]
#[post("/outbox-destinations/{destination}/pause")]
pub async fn pause_outbox_destination(
    who: Allowed<PauseOutboxDestination>,
    app: Data<App>,
    destination: Id<Destination>,
    body: Valid<PauseOutbox>,
) -> Result<Json<Vec<Wire>>, Error> {
    let staff_id = who.viewer.staff_id().ok_or(Error::Forbidden)?;
    let reason = body.0.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let paused = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        let pause = Pause { at: tx.at(), staff_id, reason: reason.clone() };
        if outbox_pauses::begin(tx, destination.0, &pause).await? {
            let why = reason.clone().map(|reason| FieldChange::to("reason", reason));
            tx.audit(entry("outbox.paused", destination.0, why));
        }
        Ok(())
    });
    paused.await?;
    all(&app).await.map(Json)
}

/// Resume an outbox destination
///
/// What waits there is sent, in its order.
#[utoipa::path(tag = "outbox", params(("destination" = inline(Destination), Path)), responses((status = 200, body = Vec<Wire>)))]
#[post("/outbox-destinations/{destination}/resume")]
pub async fn resume_outbox_destination(
    who: Allowed<ResumeOutboxDestination>,
    app: Data<App>,
    destination: Id<Destination>,
) -> Result<Json<Vec<Wire>>, Error> {
    let resumed = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        if outbox_pauses::end(tx, destination.0).await? {
            tx.audit(entry("outbox.resumed", destination.0, None));
        }
        Ok(())
    });
    resumed.await?;
    all(&app).await.map(Json)
}

fn entry(action: &'static str, destination: Destination, why: Option<FieldChange>) -> Entry {
    let subject = format!("outbox_destination:{}", destination.as_str());
    Entry { chain: Chain::Company, action, subject, changes: why.into_iter().collect() }
}

async fn all(app: &App) -> Result<Vec<Wire>, Error> {
    let mut pauses: HashMap<Destination, Pause> = outbox_pauses::all(&app.db).await?.into_iter().collect();
    let people: Vec<_> = pauses.values().map(|pause| pause.staff_id).collect();
    let names = if people.is_empty() { HashMap::new() } else { staff::names(&app.db, &people).await? };
    let of = |Figures { destination, waiting, dead, oldest }: Figures| Wire {
        destination,
        waiting: waiting.try_into().unwrap_or_default(),
        dead: dead.try_into().unwrap_or_default(),
        oldest_at: oldest,
        pause: pauses.remove(&destination).map(|Pause { at, staff_id, reason }| OutboxPause {
            since: at,
            staff_id,
            staff_name: names.get(&staff_id).cloned(),
            reason,
        }),
    };
    Ok(outbox::figures(&app.db).await?.into_iter().map(of).collect())
}
