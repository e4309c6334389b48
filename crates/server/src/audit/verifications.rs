//! `/audit-verifications`: walks over the audit chains, which take longer than a request may.

use std::time::{Duration, Instant};

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use noren_api::Page;
use noren_api::audit_events::{AuditVerification as Wire, BadAuditEntry, VerificationState, VerifiedChain};
use noren_domain::AuditVerificationId;
use noren_domain::viewer::Viewer;
use noren_persistence::audit::{self, BadEntry, Chain, Entry};
use noren_persistence::audit_verifications::{self as walks, AuditVerification, State};
use noren_persistence::{Actor, Db, Tx};
use serde_json::Value;

use super::names::Names;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::{Created, Repeatable, RequestKey};
use crate::permissions::{ListAuditVerifications, ReadAuditVerification, VerifyAudit};

/// How many walks a list has.
const LISTED: u64 = 20;
/// How often a walk that nobody told this process of is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often a walk says how far it has come.
const SAY_EVERY: Duration = Duration::from_secs(1);

/// Verify the audit chains
///
/// Begins a walk over every chain and answers at once; `Location` says where its progress and its result stand. While one goes on,
/// that one is answered.
#[utoipa::path(tag = "audit", responses((status = 202, body = Wire)))]
#[post("/audit-verifications")]
pub async fn verify_audit(who: Allowed<VerifyAudit>, app: Data<App>, key: RequestKey) -> Result<HttpResponse, Error> {
    let asked = key.once(&app, &who, async |tx| {
        let walk = match walks::open(tx).await? {
            Some(walk) => walk,
            None => ask(tx).await?,
        };
        let location = format!("/api/v1/audit-verifications/{}", walk.id);
        let mut wired = to_wire(&app.db, &who.viewer, vec![walk]).await?;
        let body = wired.pop().ok_or(Error::NotFound)?;
        Ok(Created { location, version: None, body })
    });
    let asked = asked.await?;
    app.walk_wanted.notify_one();
    Ok(asked.respond())
}

async fn ask(tx: &Tx) -> Result<AuditVerification, Error> {
    let id = AuditVerificationId::mint(tx.at());
    let subject = format!("audit_verification:{id}");
    tx.audit(Entry { chain: Chain::Company, action: "audit.verification_asked", subject, changes: Vec::new() });
    Ok(walks::ask(tx, id).await?)
}

/// List verifications of the audit
///
/// The last twenty, the newest first.
#[utoipa::path(tag = "audit", responses((status = 200, body = Page<Wire>)))]
#[get("/audit-verifications")]
pub async fn list_audit_verifications(
    who: Allowed<ListAuditVerifications>,
    app: Data<App>,
) -> Result<Json<Page<Wire>>, Error> {
    let latest = walks::latest(&app.db, LISTED).await?;
    Ok(Json(Page { items: to_wire(&app.db, &who.viewer, latest).await?, next: None }))
}

/// Read a verification of the audit
///
/// How far it has come, and once it is done what it found, chain by chain.
#[utoipa::path(tag = "audit", params(("id" = AuditVerificationId, Path)), responses((status = 200, body = Wire)))]
#[get("/audit-verifications/{id}")]
pub async fn read_audit_verification(
    who: Allowed<ReadAuditVerification>,
    app: Data<App>,
    id: Id<AuditVerificationId>,
) -> Result<Json<Wire>, Error> {
    let walk = walks::find(&app.db, id.0).await?.ok_or(Error::NotFound)?;
    let mut wired = to_wire(&app.db, &who.viewer, vec![walk]).await?;
    wired.pop().map(Json).ok_or(Error::NotFound)
}

/// Does the walks that are wanted, one at a time, until the server stops.
pub async fn work(app: Data<App>) {
    loop {
        if let Err(error) = work_once(&app).await {
            tracing::error!(error = %error, "audit.verification_failed");
        }
        tokio::select! {
            () = app.walk_wanted.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Looked at first without a write, because SQLite has one writer.
async fn work_once(app: &App) -> Result<(), Error> {
    if walks::open(&app.db).await?.is_none() {
        return Ok(());
    }
    let actor = || Actor::system(app.clock.now());
    let Some(id) = app.db.write(actor(), async |tx| walks::claim(tx).await).await? else { return Ok(()) };
    let found = walk(app, id).await;
    let kept = found.as_ref().ok().map(Vec::as_slice);
    app.db.write(actor(), async |tx| walks::finish(tx, id, kept).await).await?;
    found.map(|chains| {
        let bad = chains.iter().filter(|chain| chain.bad.is_some()).count();
        tracing::info!(chains = chains.len(), bad, "audit.verified");
    })
}

async fn walk(app: &App, id: AuditVerificationId) -> Result<Vec<audit::VerifiedChain>, Error> {
    let heads = audit::begin(&app.db).await?;
    let entries = heads.iter().map(|head| u64::try_from(head.sequence).unwrap_or_default()).sum();
    let (mut chains, mut before): (Vec<audit::VerifiedChain>, u64) = (Vec::new(), 0);
    let say = async |checked: u64| {
        let actor = Actor::system(app.clock.now());
        app.db.write(actor, async |tx| walks::go_on(tx, id, (checked, entries)).await).await
    };
    say(0).await?;
    let mut said = Instant::now();
    for head in heads {
        let walked = audit::verify_chain(&app.db, head, async |good| {
            if said.elapsed() >= SAY_EVERY {
                say(before + good).await?;
                said = Instant::now();
            }
            Ok::<_, Error>(())
        });
        let walked = walked.await?;
        before += walked.entries;
        chains.push(walked);
    }
    Ok(chains)
}

impl Repeatable for Wire {
    const STATUS: u16 = 202;

    /// The audit of the whole company; who may ask for it may see it.
    async fn require_visible(_: &Tx, _: &Viewer, _: &Value) -> Result<(), Error> {
        Ok(())
    }
}

async fn to_wire(db: &Db, viewer: &Viewer, verifications: Vec<AuditVerification>) -> Result<Vec<Wire>, Error> {
    let mut names = Names::default();
    let of = verifications.iter().flat_map(|walk| {
        let chains = walk.chains.iter().map(|chain| chain.head.chain.as_str());
        chains.chain([walk.asked_by.as_str()])
    });
    names.learn(db, viewer, of).await?;
    let chain = |found: audit::VerifiedChain| {
        let audit::VerifiedChain { head, entries, bad } = found;
        let bad =
            bad.map(|BadEntry { sequence, flaw, .. }| BadAuditEntry { sequence, reason: flaw.as_str().to_owned() });
        VerifiedChain {
            chain_name: names.find(&head.chain),
            chain: head.chain,
            entries,
            bad,
            head_sequence: head.sequence,
            head_hash: head.hash,
            head_signature: head.signature,
        }
    };
    let wire = |walk: AuditVerification| {
        let AuditVerification { id, asked_at, asked_by, state, entries, checked, chains, finished_at } = walk;
        let (asked_by_name, state) = (names.find(&asked_by), state_to_wire(state));
        let chains = chains.into_iter().map(chain).collect();
        Wire { id, asked_at, asked_by, asked_by_name, state, entries, checked, finished_at, chains }
    };
    Ok(verifications.into_iter().map(wire).collect())
}

fn state_to_wire(state: State) -> VerificationState {
    match state {
        State::Waiting => VerificationState::Waiting,
        State::Running => VerificationState::Running,
        State::Done => VerificationState::Done,
        State::Failed => VerificationState::Failed,
    }
}
