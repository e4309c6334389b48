//! A question that waits for an answer: random, for one purpose, for five minutes, five tries at most, and answered once.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use noren_domain::StaffId;
use noren_persistence::challenges::{self, Challenge};
use noren_persistence::{Actor, Tx};
use rand::RngExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::app::App;

/// Long enough to fetch a telephone.
pub const LIFE: TimeDelta = TimeDelta::minutes(5);
const TRIES: i32 = 5;

/// A question, by the secret that its answer names.
pub struct Question {
    purpose: &'static str,
    hash: [u8; 32],
}

/// Puts a question; the secret that names it.
///
/// # Errors
/// Database errors.
pub async fn put(
    tx: &Tx,
    purpose: &'static str,
    staff_id: Option<StaffId>,
    state: &impl Serialize,
) -> Result<String, Error> {
    let secret = BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>());
    let state = serde_json::to_value(state).map_err(|error| Error::Internal(error.to_string()))?;
    let challenge = Challenge { purpose, staff_id, state, tries: 0, expires_at: tx.at() + LIFE };
    challenges::insert(tx, Question::named(purpose, &secret).hash, challenge).await?;
    Ok(secret)
}

/// What was remembered with a question.
///
/// # Errors
/// `Internal` for what cannot be read, which nobody wrote.
pub fn state<T: DeserializeOwned>(challenge: Challenge) -> Result<T, Error> {
    serde_json::from_value(challenge.state).map_err(|error| Error::Internal(error.to_string()))
}

impl Question {
    pub fn named(purpose: &'static str, secret: &str) -> Self {
        Self { purpose, hash: Sha256::digest(secret.as_bytes()).into() }
    }

    /// Whom it is put to.
    ///
    /// # Errors
    /// `ChallengeEnded`.
    pub async fn whom(&self, app: &App) -> Result<StaffId, Error> {
        let found = challenges::find(&app.db, self.hash, self.purpose, app.clock.now()).await?;
        found.and_then(|challenge| challenge.staff_id).ok_or(Error::ChallengeEnded)
    }

    /// Counts a try before it is looked at, so that a hundred at once are a hundred. The sixth ends the question.
    ///
    /// # Errors
    /// `ChallengeEnded`.
    pub async fn admit(&self, app: &App) -> Result<Challenge, Error> {
        let admitted = app.db.write::<_, Error>(Actor::system(app.clock.now()), async |tx| {
            let Some(challenge) = challenges::hold(tx, self.hash, self.purpose).await? else { return Ok(None) };
            if challenge.tries >= TRIES {
                challenges::remove(tx, self.hash).await?;
                return Ok(None);
            }
            challenges::set_tries(tx, self.hash, challenge.tries + 1).await?;
            Ok(Some(challenge))
        });
        admitted.await?.ok_or(Error::ChallengeEnded)
    }

    /// Ends the question in the unit of work that its answer causes: it is answered once.
    ///
    /// # Errors
    /// `ChallengeEnded`, when another answer was first.
    pub async fn close(&self, tx: &Tx) -> Result<(), Error> {
        challenges::hold(tx, self.hash, self.purpose).await?.ok_or(Error::ChallengeEnded)?;
        Ok(challenges::remove(tx, self.hash).await?)
    }
}
