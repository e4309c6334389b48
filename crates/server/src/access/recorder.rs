//! The looks that are not written yet.
//!
//! They are collected in memory and written together every second, because SQLite has one writer; when the server stops, what is
//! left is written last. A killed process loses the looks of its last second. Reading does not fail when they cannot be written:
//! a shop whose disk is full would otherwise see no customer any more. They wait instead, up to a number; what is beyond it is
//! lost, and the audit says how much as soon as something can be written again.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::web::Data;
use noren_domain::staff::Role;
use noren_domain::timeline::FieldChange;
use noren_persistence::access::AccessEvent;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Actor, Error, access};
use tokio::sync::Notify;

use crate::app::App;

const WRITE_EVERY: Duration = Duration::from_secs(1);
/// So many are written at once, without waiting for the second to be over.
const BATCH: usize = 500;
/// So many wait: some 10 MB at most of them are lists of two hundred.
const MOST_WAITING: usize = 5_000;

/// The looks of this process.
#[derive(Default)]
pub struct Recorder {
    waiting: Mutex<Waiting>,
    /// One writes at a time; what was written is taken out only afterwards.
    writing: tokio::sync::Mutex<()>,
    many: Notify,
}

#[derive(Default)]
struct Waiting {
    looks: Vec<(AccessEvent, Role)>,
    lost: u64,
}

impl Recorder {
    pub(super) fn note(&self, look: AccessEvent, by: Role) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.looks.len() >= MOST_WAITING {
            waiting.lost += 1;
            metrics::counter!("noren_access_records_lost_total").increment(1);
            return;
        }
        waiting.looks.push((look, by));
        if waiting.looks.len() >= BATCH {
            self.many.notify_one();
        }
    }

    /// Writes what waits, those kinds that are recorded. Whatever ends it, nothing that was not written is taken out.
    ///
    /// # Errors
    /// Database errors; everything waits on.
    pub(crate) async fn write_out(&self, app: &App) -> Result<(), Error> {
        let _turn = self.writing.lock().await;
        loop {
            let (looks, lost) = self.first_of_waiting();
            if looks.is_empty() && lost == 0 {
                return Ok(());
            }
            let written = app.db.write(Actor::system(app.clock.now()), async |tx| {
                let (recording, _) = access::recording(tx).await?;
                let kept = looks.iter().filter(|(look, by)| recording.records(look.kind, *by));
                access::insert(tx, &kept.map(|(look, _)| look.clone()).collect::<Vec<_>>()).await?;
                if lost > 0 {
                    let changes = vec![FieldChange::to("lost", lost.to_string())];
                    let subject = "access_events".to_owned();
                    tx.audit(Entry { chain: Chain::Company, action: "access.records_lost", subject, changes });
                }
                Ok::<_, Error>(())
            });
            written.await?;
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.looks.drain(..looks.len());
            waiting.lost -= lost;
        }
    }

    fn first_of_waiting(&self) -> (Vec<(AccessEvent, Role)>, u64) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        (waiting.looks.iter().take(BATCH).cloned().collect(), waiting.lost)
    }
}

/// Writes the looks out until the server stops.
pub async fn run(app: Data<App>) {
    loop {
        tokio::select! {
            () = app.recorder.many.notified() => {}
            () = tokio::time::sleep(WRITE_EVERY) => {}
        }
        if let Err(error) = app.recorder.write_out(&app).await {
            tracing::error!(error = %error, "access.not_written");
            // What fails is not tried again before a second has passed, however many wait.
            tokio::time::sleep(WRITE_EVERY).await;
        }
    }
}
