//! The sender of a process: claims what is due, sends some of it at once, and notes what came of it.
//!
//! A message is claimed in one unit of work and settled in another, with the conversation in between. Who ends in the middle costs
//! one lease; whoever has lost the lease settles nothing.

use std::time::Duration;

use actix_web::rt::task::JoinHandle;
use actix_web::web::Data;
use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_domain::outbox::{Destination, Failure, Letter, OutboxMessage, OutboxState, Payload};
use noren_messaging as messaging;
use noren_persistence::{Actor, outbox};
use rand::RngExt;
use tokio::task::JoinSet;

use super::errands::{self, Receipt, Run};
use super::letters::{self, Written};
use crate::Error;
use crate::app::App;

/// How long something due may stay unseen when nobody says that there is something.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Conversations at once.
const IN_FLIGHT: usize = 8;
/// How long a server that stops waits for conversations that have begun.
const FAREWELL: Duration = Duration::from_secs(5);
/// How often a result is noted again when the database is not there: a result that is lost means a second mail.
const NOTES: u32 = 5;

/// Why something is tried again that changed while it was asked for.
const MOVING: &str = "extreme.moving";

/// What came of a try.
enum Outcome {
    /// With what there is to note of the answer.
    Taken(Option<Receipt>),
    /// It will never be taken, with what there is to note of that.
    Refused(String, Receipt),
    /// There is no sense in sending it any more.
    Needless(&'static str),
    /// It was not even tried.
    Postponed(String, Timestamp),
    /// With how long the destination asked to wait.
    Failed(Failure, String, Option<Duration>),
}

/// Sends until the server stops; what has begun by then is finished.
pub async fn run(app: Data<App>) {
    // The settings may have been mended since.
    for destination in Destination::ALL {
        let resumed = app.db.write(system(&app), async |tx| outbox::resume(tx, destination).await);
        if let Err(error) = resumed.await {
            tracing::error!(error = %error, "outbox.not_resumed");
        }
    }
    let posted = app.db.posted();
    // Tasks of their own: a result that is being noted holds the database, and must go on while the next messages are claimed.
    let mut flying = JoinSet::new();
    while !is_stopping(&app) {
        match claim(&app, IN_FLIGHT - flying.len()).await {
            Ok(messages) => {
                for message in messages {
                    flying.spawn_local(deliver(app.clone(), message));
                }
            }
            Err(error) => tracing::error!(error = %error, "outbox.not_claimed"),
        }
        tokio::select! {
            Some(_) = flying.join_next() => {}
            () = posted.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    while flying.join_next().await.is_some() {}
}

/// Waits a moment for what has begun, and gives the rest back, so that others need not wait for the leases to end.
pub async fn stop(app: &App, mut sending: JoinHandle<()>) {
    app.draining.store(true, std::sync::atomic::Ordering::Relaxed);
    app.db.posted().notify_one();
    if tokio::time::timeout(FAREWELL, &mut sending).await.is_ok() {
        return;
    }
    sending.abort();
    drop(sending.await);
    let given_back = app.db.write(system(app), async |tx| outbox::give_back(tx, app.outbox.worker).await);
    match given_back.await {
        Ok(messages) => tracing::info!(messages, "outbox.given_back"),
        Err(error) => tracing::error!(error = %error, "outbox.not_given_back"),
    }
}

fn is_stopping(app: &App) -> bool {
    app.draining.load(std::sync::atomic::Ordering::Relaxed)
}

fn system(app: &App) -> Actor {
    Actor::system(app.clock.now())
}

async fn claim(app: &App, room: usize) -> Result<Vec<OutboxMessage>, noren_persistence::Error> {
    let limit = u64::try_from(room).unwrap_or(0);
    if limit == 0 || !outbox::is_due(&app.db, app.clock.now()).await? {
        return Ok(Vec::new());
    }
    app.db.write(system(app), async |tx| outbox::claim(tx, app.outbox.worker, limit).await).await
}

async fn deliver(app: Data<App>, mut message: OutboxMessage) {
    let outcome = tried(&app, &message).await;
    let (now, id, kind) = (app.clock.now(), message.id, message.payload.kind().as_str());
    let destination = message.payload.destination();
    match &outcome {
        Outcome::Taken(_) => {
            message.done(now);
            tracing::info!(%id, kind, attempt = message.attempt, "outbox.sent");
        }
        Outcome::Refused(cause, _) => {
            message.failed(Failure::Final, cause, now, |most| most);
            tracing::warn!(%id, kind, attempt = message.attempt, cause, "outbox.refused");
        }
        Outcome::Needless(cause) => {
            message.needless(cause, now);
            tracing::info!(%id, kind, cause, "outbox.needless");
        }
        Outcome::Postponed(cause, until) => {
            message.postponed(cause, *until);
            tracing::info!(%id, kind, cause, "outbox.postponed");
        }
        Outcome::Failed(failure, cause, after) => {
            message.failed(*failure, cause, now, |most| rand::rng().random_range(0..=most));
            message.not_before(now + TimeDelta::from_std(after.unwrap_or_default()).unwrap_or_default(), now);
            tracing::warn!(%id, kind, attempt = message.attempt, cause, state = message.state.as_str(), "outbox.failed");
        }
    }
    let said = match message.state {
        OutboxState::Waiting => "retry",
        other => other.as_str(),
    };
    metrics::counter!("noren_outbox_deliveries_total", "destination" => destination.as_str(), "outcome" => said)
        .increment(1);
    let receipt = match &outcome {
        Outcome::Taken(receipt) => receipt.as_ref(),
        Outcome::Refused(_, receipt) => Some(receipt),
        _ => None,
    };
    note(&app, &message, receipt).await;
}

async fn tried(app: &App, message: &OutboxMessage) -> Outcome {
    let outcome = match &message.payload {
        Payload::Mail(letter) => mailed(app, message, letter).await,
        Payload::Extreme(errand) => errands::run(app, message, errand).await.map(Outcome::from),
    };
    outcome.unwrap_or_else(|error| {
        tracing::error!(error = %error, "outbox.not_written");
        Outcome::Failed(Failure::Transient, "database".to_owned(), None)
    })
}

async fn mailed(app: &App, message: &OutboxMessage, letter: &Letter) -> Result<Outcome, Error> {
    Ok(match letters::write(app, message, letter).await? {
        Written::Needless(cause) => Outcome::Needless(cause),
        Written::Mail(mail) => match app.outbox.mail.send(&mail).await {
            Ok(()) => Outcome::Taken(None),
            Err(error) => Outcome::Failed(sorted(error), error.cause().to_string(), None),
        },
    })
}

impl From<Run> for Outcome {
    fn from(run: Run) -> Self {
        match run {
            Run::Taken(receipt) => Self::Taken(Some(receipt)),
            Run::Refused(cause, receipt) => Self::Refused(cause, receipt),
            Run::Moving => Self::Failed(Failure::Transient, MOVING.to_owned(), None),
            Run::Needless(cause) => Self::Needless(cause),
            Run::Postponed { cause, until } => Self::Postponed(cause, until),
            Run::Failed(failure, cause, after) => Self::Failed(failure, cause, after),
        }
    }
}

fn sorted(error: messaging::Error) -> Failure {
    match error {
        messaging::Error::Transient(_) => Failure::Transient,
        messaging::Error::Final(_) => Failure::Final,
        messaging::Error::Misconfigured(_) => Failure::Misconfigured,
    }
}

/// Notes what came of it, with what was answered. The others of a destination that lets nobody in wait together with the first one.
async fn note(app: &App, message: &OutboxMessage, receipt: Option<&Receipt>) {
    for _ in 0..NOTES {
        let noted = app.db.write::<_, Error>(system(app), async |tx| {
            if let (OutboxState::Paused, Some(cause)) = (message.state, &message.last_error) {
                outbox::pause(tx, message.payload.destination(), cause).await?;
            }
            // Whoever has lost the lease gets the same answer for the same key, and notes it.
            let settled = outbox::settle(tx, message, app.outbox.worker).await?;
            if let Some(receipt) = receipt.filter(|_| settled) {
                receipt.note(tx).await?;
            }
            Ok(settled)
        });
        match noted.await {
            Ok(true) => return,
            Ok(false) => return tracing::warn!(id = %message.id, "outbox.lease_lost"),
            Err(error) => tracing::error!(error = %error, id = %message.id, "outbox.not_noted"),
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
