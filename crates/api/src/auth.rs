//! Signing in and staying signed in.

use chrono::{DateTime, Utc};
use noren_domain::language::Language;
use noren_domain::staff::Role;
use noren_domain::{SessionId, StaffId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::Validate;

use crate::customer_view::Turned;
use crate::stores::Store;

/// A sign-in. The password is verified exactly as received.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[validate(length(min = 1, max = 254))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254, example = "sakuma@noren.example"))]
    pub mail: String,
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub password: String,
}

/// A fresh access token and who it speaks for. The refresh token travels in a cookie that scripts cannot read.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// For `Authorization: Bearer`; kept in memory alone.
    pub access_token: String,
    /// Seconds until the access token ends.
    pub expires_in: i64,
    pub me: Me,
}

/// The person behind the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub id: StaffId,
    pub session_id: SessionId,
    pub name: String,
    pub mail: String,
    pub role: Role,
    /// Whether a PIN unlocks the person's screens.
    pub has_pin: bool,
    /// What the person proves who they are with besides the password.
    #[serde(default)]
    pub second_factor: MySecondFactor,
    /// Of the screens: the person's own choice, else the company's.
    #[serde(default)]
    pub language: Language,
    /// While the session's screen is turned to a customer.
    #[serde(default)]
    pub customer_view: Option<Turned>,
    /// The stores whose leads the person sees.
    pub stores: Vec<Store>,
}

/// What a person has besides the password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MySecondFactor {
    /// An app that shows codes.
    pub authenticator: bool,
    pub passkey: bool,
    /// It is required of the person, who has none: until then the session does nothing else than set one up.
    pub missing: bool,
}

/// The proof of a person who is signed in that it is still them: the password, with a code where they have a second factor; or a
/// passkey alone, with the challenge that it answers.
#[derive(Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepUp {
    #[serde(default)]
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub current_password: Option<String>,
    /// The six digits that the authenticator app shows now.
    #[serde(default)]
    #[validate(length(min = 1, max = 20))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20))]
    pub code: Option<String>,
    /// One of the codes on paper; it is spent.
    #[serde(default)]
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub recovery_code: Option<String>,
    #[serde(default)]
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub challenge: Option<String>,
    /// The browser's `PublicKeyCredential`, in its JSON form.
    #[serde(default)]
    pub passkey: Option<Value>,
}

/// The language that the person's screens speak, on every device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LanguageChoice {
    pub language: Language,
}

/// A new password in the place of the present one; both are taken exactly as received.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub current_password: String,
    /// 15 characters or more that are hard to guess.
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub new_password: String,
}

/// One of the caller's sign-ins that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionInfo {
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// What the browser calls itself, shortened.
    pub device: String,
    pub created_at: DateTime<Utc>,
    /// To the minute.
    pub last_seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// The code of an invitation; hyphens, spaces, capitals and full-width letters do not matter.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationCode {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, example = "H7KM-2QWX-9RTD-4NPC"))]
    pub code: String,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invited {
    pub name: String,
    /// The sign-in name.
    pub mail: String,
    /// Whether the person had a password before, which the new one takes the place of.
    pub joined: bool,
    pub expires_at: DateTime<Utc>,
}

/// A password chosen by whoever has the code.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Joining {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub code: String,
    /// 15 characters or more that are hard to guess.
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub password: String,
}

/// Whose password is forgotten, by the sign-in name.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecoveryRequest {
    #[validate(length(min = 1, max = 254))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254, example = "sakuma@noren.example"))]
    pub mail: String,
}

/// What everybody is told, whether there is such an account or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryAccepted {
    /// Whether this server sends mail at all; otherwise an administrator helps.
    pub sends_mail: bool,
}

/// A new PIN, by whoever knows the password.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPin {
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub current_password: String,
    /// Six digits that nobody tries first.
    #[validate(length(min = 1, max = 20))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20, format = Password))]
    pub pin: String,
}

/// A PIN that is tried on a tablet.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// One of `auth/people`.
    pub session_id: SessionId,
    #[validate(length(min = 1, max = 20))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20, format = Password))]
    pub pin: String,
}

/// Somebody who signed in on the tablet that asks, and can go on there by their PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonHere {
    pub session_id: SessionId,
    pub name: String,
    /// Full-width katakana.
    pub kana: String,
}
