//! What people prove who they are with besides the password.

use chrono::{DateTime, Utc};
use noren_domain::PasskeyId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::Validate;

use crate::auth::SignedIn;

/// The password was right, and a second factor is asked for: `POST /auth/second-factor` within five minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorWanted {
    /// Names the question in the answer to it; shown once.
    pub challenge: String,
    /// Seconds until it is asked no more.
    pub expires_in: i64,
    /// Whether a code of an authenticator app answers it.
    pub authenticator: bool,
    /// What the browser asks a passkey (WebAuthn, in its JSON form), where the person has one.
    pub passkey: Option<Value>,
}

/// An answer: exactly one of `code`, `recovery_code` and `passkey`.
#[derive(Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub challenge: String,
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
    /// The browser's `PublicKeyCredential`, in its JSON form.
    #[serde(default)]
    pub passkey: Option<Value>,
}

/// What the caller has besides the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactors {
    /// Since when an authenticator app shows codes.
    pub authenticator_since: Option<DateTime<Utc>>,
    pub passkeys: Vec<Passkey>,
    /// The codes on paper that were not used yet.
    pub recovery_codes: u64,
    /// Whether one of them has to stay.
    pub required: bool,
    /// Whether passkeys work at this server's address: browsers want a name there.
    pub takes_passkeys: bool,
}

/// A key pair of which a device keeps the private half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passkey {
    pub id: PasskeyId,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A secret for an authenticator app, shown once and good for nothing before a code confirms it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthenticatorOffer {
    pub challenge: String,
    /// Seconds until it is forgotten.
    pub expires_in: i64,
    /// To be typed where no camera helps (base 32).
    pub secret: String,
    /// `otpauth://…`, which opens an app on the same device.
    pub url: String,
    /// The address as a QR code (SVG).
    pub qr: String,
}

/// The proof that the app has the secret.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AuthenticatorProof {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub challenge: String,
    /// The six digits that the app shows now.
    #[validate(length(min = 1, max = 20))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20))]
    pub code: String,
}

/// What the browser asks a passkey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyChallenge {
    pub challenge: String,
    /// Seconds until it is asked no more.
    pub expires_in: i64,
    /// WebAuthn, in its JSON form.
    pub options: Value,
}

/// A passkey that a device has made.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub challenge: String,
    /// What the person calls the device.
    #[validate(length(min = 1, max = 60))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60, example = "店のiPad"))]
    pub name: String,
    /// The browser's `PublicKeyCredential`, in its JSON form.
    pub passkey: Value,
}

/// A sign-in by a passkey alone.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeySignIn {
    #[validate(length(min = 1, max = 100))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub challenge: String,
    /// The browser's `PublicKeyCredential`, in its JSON form.
    pub passkey: Value,
}

/// What follows a change of second factors: the caller's next tokens, and codes on paper with the first of them.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorsChanged {
    /// Shown once; empty where the person has some already.
    pub recovery_codes: Vec<String>,
    pub signed_in: SignedIn,
}

/// New codes on paper in the place of those before, shown once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    pub recovery_codes: Vec<String>,
}
