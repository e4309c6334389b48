//! 送信箱: what must leave Noren exactly once in effect, and when it is tried again.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::code::{CustomerCode, StockNumber};
use crate::language::Language;
use crate::{CorrectionRequestId, Error, HoldId, InvitationId, OutboxMessageId, StaffId, Timestamp};

/// How long whoever sends a message has it to themselves. No try takes as long, so that nobody has to renew it.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Tries after which a person is asked.
const MOST_TRIES: i32 = 40;
/// The time after which a person is asked.
const PATIENCE: TimeDelta = TimeDelta::hours(72);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);
/// However long a destination asks for, it is tried again so soon.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
const FIRST_PAUSE_SECONDS: i64 = 2;
/// A message that was lost with its worker so often is suspected to be what ends them.
pub const FATAL_LOSSES: i32 = 2;

/// Where messages go. Each destination has its own sender and fails by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    Mail,
    Extreme,
}

impl Destination {
    pub const ALL: [Self; 2] = [Self::Mail, Self::Extreme];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Extreme => "extreme",
        }
    }
}

/// A person has said that nothing is sent to a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    pub at: Timestamp,
    pub staff_id: StaffId,
    pub reason: Option<String>,
}

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// It is tried when its time has come.
    Waiting,
    /// A worker is sending it.
    Leased,
    /// It was taken.
    Done,
    /// It was given up; a person decides.
    Dead,
    /// Its destination takes nothing before a person has mended the settings.
    Paused,
    /// Nobody wants it sent any more.
    Discarded,
}

impl OutboxState {
    /// Those that somebody may still have to do something about.
    pub const OPEN: [Self; 4] = [Self::Waiting, Self::Leased, Self::Dead, Self::Paused];
    /// Those that nothing happens to any more.
    pub const SETTLED: [Self; 2] = [Self::Done, Self::Discarded];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Leased => "leased",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Paused => "paused",
            Self::Discarded => "discarded",
        }
    }
}

/// What a mail to a member of staff is about. It names what the mail is made of, and holds neither words nor secrets: those are
/// read, or derived from a key that is not in the database, when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum About {
    /// The way in that an administrator gives.
    Invitation { invitation_id: InvitationId },
    /// The way back that somebody who forgot the password asked for.
    Recovery { invitation_id: InvitationId },
    /// The password is another one now.
    PasswordChanged { changed_at: Timestamp },
}

impl About {
    #[must_use]
    pub fn kind(&self) -> OutboxKind {
        match self {
            Self::Invitation { .. } => OutboxKind::Invitation,
            Self::Recovery { .. } => OutboxKind::Recovery,
            Self::PasswordChanged { .. } => OutboxKind::PasswordChanged,
        }
    }
}

/// What kinds of messages there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutboxKind {
    Invitation,
    Recovery,
    PasswordChanged,
    CorrectionRequest,
    PlaceHold,
    ExtendHold,
    ReleaseHold,
}

impl OutboxKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Recovery => "recovery",
            Self::PasswordChanged => "password_changed",
            Self::CorrectionRequest => "correction_request",
            Self::PlaceHold => "place_hold",
            Self::ExtendHold => "extend_hold",
            Self::ReleaseHold => "release_hold",
        }
    }
}

/// A mail to a member of staff, as it waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: StaffId,
    pub language: Language,
    pub about: About,
}

/// What EXTREME is told or asked. It names the record that it is made of when it is sent, and holds no words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Errand {
    /// 修正依頼
    CorrectionRequest { correction_request_id: CorrectionRequestId, customer_code: CustomerCode },
    /// 仮押さえ is asked for.
    PlaceHold { hold_id: HoldId, stock_number: StockNumber },
    /// It is to last longer.
    ExtendHold { hold_id: HoldId, stock_number: StockNumber },
    /// It is let go.
    ReleaseHold { hold_id: HoldId, stock_number: StockNumber },
}

impl Errand {
    #[must_use]
    pub fn kind(&self) -> OutboxKind {
        match self {
            Self::CorrectionRequest { .. } => OutboxKind::CorrectionRequest,
            Self::PlaceHold { .. } => OutboxKind::PlaceHold,
            Self::ExtendHold { .. } => OutboxKind::ExtendHold,
            Self::ReleaseHold { .. } => OutboxKind::ReleaseHold,
        }
    }

    /// The record whose errands go one after the other.
    fn aggregate(&self) -> String {
        match self {
            Self::CorrectionRequest { customer_code, .. } => format!("customer:{customer_code}"),
            // In the car's own order: who is next is asked for behind the release of who was before.
            Self::PlaceHold { stock_number, .. }
            | Self::ExtendHold { stock_number, .. }
            | Self::ReleaseHold { stock_number, .. } => format!("vehicle:{stock_number}"),
        }
    }
}

/// What is sent. A further destination is a further variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "destination", rename_all = "snake_case")]
pub enum Payload {
    Mail(Letter),
    Extreme(Errand),
}

impl Payload {
    #[must_use]
    pub fn destination(&self) -> Destination {
        match self {
            Self::Mail(_) => Destination::Mail,
            Self::Extreme(_) => Destination::Extreme,
        }
    }

    #[must_use]
    pub fn kind(&self) -> OutboxKind {
        match self {
            Self::Mail(letter) => letter.about.kind(),
            Self::Extreme(errand) => errand.kind(),
        }
    }

    /// What its messages are sent one after the other of, in their order.
    #[must_use]
    pub fn aggregate(&self) -> String {
        match self {
            Self::Mail(letter) => format!("staff:{}", letter.to),
            Self::Extreme(errand) => errand.aggregate(),
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    pub id: OutboxMessageId,
    /// Its place among those of its aggregate.
    pub sequence: i64,
    /// The same at every try, so that the other side can tell a repeat.
    pub key: String,
    pub payload: Payload,
    pub state: OutboxState,
    /// Tries since a person last wanted it sent.
    pub attempt: i32,
    /// How often its worker was never heard of again.
    pub losses: i32,
    /// When somebody last wanted it sent; patience ends some time after.
    pub since: Timestamp,
    pub next_at: Timestamp,
    /// Why it was not taken, as a stable code.
    pub last_error: Option<String>,
    pub created_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub version: i64,
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may be taken later.
    Transient,
    /// It will never be.
    Final,
    /// No message of this destination will be before the settings are mended.
    Misconfigured,
}

impl OutboxMessage {
    /// It was taken.
    pub fn done(&mut self, at: Timestamp) {
        (self.state, self.last_error, self.settled_at) = (OutboxState::Done, None, Some(at));
    }

    /// There is no sense in sending it any more.
    pub fn needless(&mut self, cause: &str, at: Timestamp) {
        (self.state, self.last_error) = (OutboxState::Discarded, Some(cause.to_owned()));
        self.settled_at = Some(at);
    }

    /// It was not taken. `pick` chooses a pause of that many milliseconds at most: the whole range is used, so that many that
    /// failed at once do not come back at once.
    pub fn failed(&mut self, failure: Failure, cause: &str, at: Timestamp, pick: impl FnOnce(i64) -> i64) {
        self.last_error = Some(cause.to_owned());
        let spent = self.attempt >= MOST_TRIES || at - self.since >= PATIENCE;
        self.state = match failure {
            Failure::Misconfigured => OutboxState::Paused,
            Failure::Final => OutboxState::Dead,
            Failure::Transient if spent => OutboxState::Dead,
            Failure::Transient => {
                self.next_at = at + TimeDelta::milliseconds(pick(longest_pause(self.attempt).num_milliseconds()));
                OutboxState::Waiting
            }
        };
    }

    /// Its destination asked just now not to be tried before an instant.
    pub fn not_before(&mut self, asked: Timestamp, at: Timestamp) {
        if self.state == OutboxState::Waiting {
            self.next_at = self.next_at.max(asked.min(at + LONGEST_WAIT));
        }
    }

    /// It was not even tried, because its destination is known to be away: that costs no try.
    pub fn postponed(&mut self, cause: &str, until: Timestamp) {
        self.attempt = (self.attempt - 1).max(0);
        (self.state, self.last_error, self.next_at) = (OutboxState::Waiting, Some(cause.to_owned()), until);
    }

    /// A person wants it sent after all, or at once.
    ///
    /// # Errors
    /// `OutboxForbiddenMove` when it is on its way or its way has ended.
    pub fn retry(&mut self, at: Timestamp) -> Result<(), Error> {
        self.require_movable()?;
        (self.state, self.attempt, self.losses, self.since, self.next_at) = (OutboxState::Waiting, 0, 0, at, at);
        Ok(())
    }

    /// A person has mended what it is made of: it is another request now, and goes under another key.
    ///
    /// # Errors
    /// `OutboxForbiddenMove` unless it was given up: what may still arrive must not arrive twice.
    pub fn mended(&mut self, key: String, at: Timestamp) -> Result<(), Error> {
        if self.state != OutboxState::Dead {
            return Err(Error::OutboxForbiddenMove);
        }
        self.key = key;
        self.retry(at)
    }

    /// A person has told the other side by hand, so that nothing is sent.
    ///
    /// # Errors
    /// `OutboxForbiddenMove` when it is on its way or its way has ended.
    pub fn told_by_hand(&mut self, at: Timestamp) -> Result<(), Error> {
        self.require_movable()?;
        self.done(at);
        Ok(())
    }

    /// It was not told by hand after all, and waits again.
    ///
    /// # Errors
    /// `OutboxForbiddenMove` unless it counts as taken.
    pub fn not_told(&mut self, at: Timestamp) -> Result<(), Error> {
        if self.state != OutboxState::Done {
            return Err(Error::OutboxForbiddenMove);
        }
        (self.state, self.settled_at) = (OutboxState::Waiting, None);
        self.retry(at)
    }

    /// A person does not want it sent any more.
    ///
    /// # Errors
    /// `OutboxForbiddenMove` when it is on its way or its way has ended.
    pub fn discard(&mut self, at: Timestamp) -> Result<(), Error> {
        self.require_movable()?;
        (self.state, self.settled_at) = (OutboxState::Discarded, Some(at));
        Ok(())
    }

    fn require_movable(&self) -> Result<(), Error> {
        if self.is_movable() { Ok(()) } else { Err(Error::OutboxForbiddenMove) }
    }

    /// Whether a person can decide about it.
    #[must_use]
    pub fn is_movable(&self) -> bool {
        matches!(self.state, OutboxState::Waiting | OutboxState::Dead | OutboxState::Paused)
    }
}

/// The longest pause after so many tries: it doubles up to a quarter of an hour.
fn longest_pause(attempt: i32) -> TimeDelta {
    let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(20);
    TimeDelta::seconds(FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests;
