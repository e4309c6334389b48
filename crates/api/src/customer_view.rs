//! お客様表示: the screen turned to a customer.

use chrono::{DateTime, Utc};
use noren_domain::LeadId;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A session whose screen is turned to a customer, and what is said of whom it is turned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerView {
    pub since: DateTime<Utc>,
    /// `null` where it is turned to nobody in particular.
    pub lead: Option<ViewedLead>,
}

/// A lead as they see themselves: what they are called, and nothing that the house thinks of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ViewedLead {
    pub lead_id: LeadId,
    pub name: Option<String>,
    pub company: Option<String>,
}

/// That a session's screen is turned, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Turned {
    pub since: DateTime<Utc>,
    pub lead_id: Option<LeadId>,
}

/// To whom the screen is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TurnTo {
    /// The only lead whom the session sees meanwhile; nobody where none is named.
    #[serde(default)]
    pub lead_id: Option<LeadId>,
}

/// The proof that the person has the screen again: the PIN, or the password of who has none.
#[derive(Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TurnBack {
    #[serde(default)]
    #[validate(length(min = 1, max = 20))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 20, format = Password))]
    pub pin: Option<String>,
    #[serde(default)]
    #[validate(length(min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256, format = Password))]
    pub current_password: Option<String>,
}
