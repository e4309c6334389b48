//! Who is calling: sign-in, the access token, and the caller that handlers see.

mod access_token;
mod caller;
mod customer_view;
mod fresh;
mod guess;
mod invitation;
mod lock;
mod login;
mod logout;
pub mod password;
mod password_change;
mod recovery;
mod refresh;
mod refresh_cookie;
pub mod second_factor;
mod sessions;
mod setup;
mod tablet;
mod unlock;

pub use access_token::AccessTokens;
pub use caller::{Allowed, Caller, KEY_PREFIX, authenticate, is_unattended};
pub use customer_view::{enter_customer_view, leave_customer_view, read_customer_view};
pub use fresh::step_up;
pub use guess::forgive;
pub use invitation::{InvitationSecret, join, read_invitation};
pub use lock::{lock_screen, remove_pin, set_pin};
pub use login::{log_in, me};
pub use logout::log_out;
pub use password_change::change_password;
pub use recovery::request_recovery;
pub use refresh::refresh_session;
pub use sessions::{end_other_sessions, end_session, list_sessions};
pub use setup::{open_house, read_setup, set_up};
pub use unlock::{list_people_here, unlock_screen};

use chrono::TimeDelta;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::{SessionId, Timestamp};
use noren_persistence::sessions::Session;
use sha2::{Digest, Sha256};

use crate::Error;

/// What log lines call a session: enough to tell two apart, and nothing to call with.
pub fn session_hash(session: SessionId) -> String {
    Sha256::digest(session.0.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A session ends after this, whatever happens.
pub const SESSION_LIFE: TimeDelta = TimeDelta::hours(12);

/// How long a session may rest before it is locked, or ends where there is no PIN.
fn idle_limit(role: Role) -> TimeDelta {
    if role == Role::Administrator { TimeDelta::minutes(30) } else { TimeDelta::minutes(60) }
}

/// How a session stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It speaks for the person.
    Alive,
    /// A PIN is asked for.
    Locked,
    /// The full sign-in is asked for.
    Ended,
}

fn standing(session: &Session, staff: &Staff, now: Timestamp) -> Standing {
    if session.ended_at.is_some() || now >= session.expires_at || staff.status != StaffStatus::Active {
        return Standing::Ended;
    }
    let rested = now - session.last_seen_at >= idle_limit(staff.role);
    match (session.locked_at.is_some() || rested, staff.has_pin) {
        (false, _) => Standing::Alive,
        (true, true) => Standing::Locked,
        (true, false) => Standing::Ended,
    }
}

/// Nothing, if the session still speaks for the person.
///
/// # Errors
/// `SessionLocked`, `SessionEnded`.
fn require_alive(session: &Session, staff: &Staff, now: Timestamp) -> Result<(), Error> {
    match standing(session, staff, now) {
        Standing::Alive => Ok(()),
        Standing::Locked => Err(Error::SessionLocked),
        Standing::Ended => Err(Error::SessionEnded),
    }
}
