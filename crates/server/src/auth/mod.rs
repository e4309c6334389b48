//! Who is calling: sign-in, the access token, and the caller that handlers see.

mod access_token;
mod caller;
mod guess;
mod invitation;
mod login;
mod logout;
pub mod password;
mod password_change;
mod refresh;
mod refresh_cookie;
mod sessions;

pub use access_token::AccessTokens;
pub use caller::{Allowed, Caller, KEY_PREFIX, authenticate};
pub use guess::forgive;
pub use invitation::{InvitationSecret, join, read_invitation};
pub use login::{log_in, me};
pub use logout::log_out;
pub use password_change::change_password;
pub use refresh::refresh_session;
pub use sessions::{end_other_sessions, end_session, list_sessions};

use chrono::TimeDelta;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::{SessionId, Timestamp};
use noren_persistence::sessions::Session;
use sha2::{Digest, Sha256};

/// What log lines call a session: enough to tell two apart, and nothing to call with.
pub fn session_hash(session: SessionId) -> String {
    Sha256::digest(session.0.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A session ends after this, whatever happens.
pub const SESSION_LIFE: TimeDelta = TimeDelta::hours(12);

/// How long a session may rest before the full sign-in is asked for again.
fn idle_limit(role: Role) -> TimeDelta {
    if role == Role::Administrator { TimeDelta::minutes(30) } else { TimeDelta::minutes(60) }
}

/// Whether the session still speaks for the person at this instant.
fn is_alive(session: &Session, staff: &Staff, now: Timestamp) -> bool {
    session.ended_at.is_none()
        && now < session.expires_at
        && now - session.last_seen_at < idle_limit(staff.role)
        && staff.status == StaffStatus::Active
}
