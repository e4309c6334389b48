//! What EXTREME is told: how an errand becomes a call at the moment of sending, and what is noted when EXTREME has taken it.

use std::time::Duration;

use noren_domain::customer::Correction;
use noren_domain::outbox::{Errand, Failure, OutboxMessage};
use noren_domain::{CorrectionRequestId, HoldId, Timestamp};
use noren_extreme::Error as Trouble;
use noren_persistence::{Tx, correction_requests, staff};

use super::hold_errands;
use crate::Error;
use crate::app::App;
use crate::extreme::Link;
use crate::holds::{self, News};

/// Why nothing goes to EXTREME where there is none.
pub const NOT_CONFIGURED: &str = "extreme.not_configured";

/// What came of an errand.
pub enum Run {
    Taken(Receipt),
    /// It will never be taken, with what that means beside.
    Refused(String, Receipt),
    /// What it is about is another one by now: it is tried again.
    Moving,
    /// There is no sense in it any more.
    Needless(&'static str),
    /// It was not even tried.
    Postponed {
        cause: String,
        until: Timestamp,
    },
    /// With how long EXTREME asked to wait.
    Failed(Failure, String, Option<Duration>),
}

/// What EXTREME has answered, to be noted together with the end of the message.
pub enum Receipt {
    Correction(CorrectionRequestId, Correction),
    Hold(HoldId, News),
}

impl Receipt {
    /// Notes it in the unit of work that ends the message.
    pub async fn note(&self, tx: &Tx) -> Result<(), noren_persistence::Error> {
        match self {
            Self::Correction(id, said) => correction_requests::note(tx, *id, said).await,
            Self::Hold(id, news) => holds::hear(tx, *id, news).await,
        }
    }
}

/// Runs an errand. The message's key is the same at every try, so that EXTREME tells a repeat.
///
/// # Errors
/// Database errors.
pub async fn run(app: &App, message: &OutboxMessage, errand: &Errand) -> Result<Run, Error> {
    let Some(link) = &app.extreme else {
        return Ok(Run::Failed(Failure::Misconfigured, NOT_CONFIGURED.to_owned(), None));
    };
    match errand {
        Errand::CorrectionRequest { correction_request_id: id, .. } => correct(app, link, message, *id).await,
        Errand::PlaceHold { hold_id, .. } => hold_errands::place(app, link, message, *hold_id).await,
        Errand::ExtendHold { hold_id, .. } => hold_errands::extend(app, link, *hold_id).await,
        Errand::ReleaseHold { hold_id, .. } => hold_errands::release(app, link, *hold_id).await,
    }
}

async fn correct(app: &App, link: &Link, message: &OutboxMessage, id: CorrectionRequestId) -> Result<Run, Error> {
    let Some(wish) = correction_requests::find(&app.db, id).await? else {
        return Ok(Run::Needless("customer.gone"));
    };
    let person = staff::find(&app.db, wish.staff_id).await?;
    let staff_code = person.map(|person| person.code).unwrap_or_default();
    Ok(match link.gateway.request_correction(&wish, &staff_code, &message.key).await {
        Ok(said) => Run::Taken(Receipt::Correction(id, said)),
        Err(error) => failed(app, &error),
    })
}

/// What a fault means for the message: whoever is known to be away is not even tried.
pub fn failed(app: &App, error: &Trouble) -> Run {
    if let Trouble::Open { until } = *error {
        let wait = until.saturating_sub(app.clock.elapsed()).max(Duration::from_secs(1));
        return Run::Postponed { cause: error.code(), until: app.clock.now() + wait };
    }
    let after = if let Trouble::Transient { after, .. } = error { *after } else { None };
    Run::Failed(sorted(error), error.code(), after)
}

fn sorted(error: &Trouble) -> Failure {
    match error {
        Trouble::Transient { .. } | Trouble::Open { .. } | Trouble::Hostile(_) => Failure::Transient,
        Trouble::Refused(_) => Failure::Misconfigured,
        Trouble::NotFound | Trouble::CursorExpired | Trouble::Final { .. } => Failure::Final,
    }
}
