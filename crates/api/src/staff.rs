//! スタッフ: as colleagues see each other, and as an administrator does.

use chrono::{DateTime, Utc};
use noren_domain::staff::{self, Role, StaffStatus};
use noren_domain::{OutboxMessageId, StaffId, StoreId};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A colleague. The sign-in name is not part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffMember {
    pub id: StaffId,
    /// The code that EXTREME knows the person by.
    pub code: String,
    pub name: String,
    /// Full-width katakana.
    pub kana: String,
    pub role: Role,
    pub status: StaffStatus,
    /// Where the person works; the first is the home store.
    pub store_ids: Vec<StoreId>,
}

/// Which colleagues to list.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct StaffQuery {
    /// Any part of name, kana or code, in any spelling.
    #[validate(length(max = 100))]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub q: Option<String>,
    pub role: Option<Role>,
    pub status: Option<StaffStatus>,
    pub store_id: Option<StoreId>,
}

/// What an administrator settles about a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffProfile {
    /// The code that EXTREME knows the person by: letters, digits and hyphens.
    #[validate(length(max = 40))]
    #[cfg_attr(feature = "openapi", schema(max_length = 40, example = "S009"))]
    pub code: String,
    #[validate(length(max = 60))]
    #[cfg_attr(feature = "openapi", schema(max_length = 60, example = "小林 直樹"))]
    pub name: String,
    /// In any script of kana; answered as full-width katakana.
    #[validate(length(max = 60))]
    #[cfg_attr(feature = "openapi", schema(max_length = 60, example = "コバヤシ ナオキ"))]
    pub kana: String,
    /// The sign-in name.
    #[validate(length(max = 254))]
    #[cfg_attr(feature = "openapi", schema(max_length = 254, example = "kobayashi@dealer.example"))]
    pub mail: String,
    /// `api_client` is no person's role.
    pub role: Role,
    /// Where the person works; the first is the home store.
    #[validate(length(max = 200))]
    #[cfg_attr(feature = "openapi", schema(max_items = 200))]
    pub store_ids: Vec<StoreId>,
}

/// A new person. They cannot sign in before they were invited and chose a password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    #[validate(nested)]
    pub profile: StaffProfile,
}

/// A change of a person, as a JSON Merge Patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StaffEdit {
    #[validate(nested)]
    pub profile: StaffProfile,
}

/// A person as an administrator sees them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffAccount {
    pub id: StaffId,
    pub profile: StaffProfile,
    pub status: StaffStatus,
    /// Whether they have chosen a password and can sign in.
    pub joined: bool,
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// Until when the last invitation can be used.
    pub invited_until: Option<DateTime<Utc>>,
    /// When one of their devices was last in use, of the sessions that are open.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// The leads that they still work on, by store.
    pub open_leads: Vec<OpenLeads>,
    /// Whether an invitation can be sent by mail; otherwise it is handed over.
    pub mail_reaches: bool,
    pub version: i64,
}

/// How many leads that are still worked on a person has at a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenLeads {
    pub store_id: StoreId,
    pub leads: u64,
}

/// To whom a person's open leads of one store go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    pub store_id: StoreId,
    /// An active colleague of the store; nobody if absent.
    #[serde(default)]
    pub to: Option<StaffId>,
}

/// How far a hand-over came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedOver {
    /// The leads that have changed hands by this request.
    pub moved: u64,
    /// The leads that wait for the next one.
    pub left: u64,
}

/// A way in for somebody, shown once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedInvitation {
    pub staff_id: StaffId,
    /// To be typed on the page of the address without it: sixteen letters and digits in groups of four.
    pub code: String,
    /// The page with the code in it, behind `#`, where no server sees it.
    pub url: String,
    pub expires_at: DateTime<Utc>,
}

/// A way in for somebody, on its way by mail. Nobody but the receiver learns the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailedInvitation {
    pub staff_id: StaffId,
    /// The mail in the outbox, which says what becomes of it.
    pub outbox_message_id: OutboxMessageId,
    pub expires_at: DateTime<Utc>,
}

impl From<StaffProfile> for staff::StaffProfile {
    fn from(profile: StaffProfile) -> Self {
        let StaffProfile { code, name, kana, mail, role, store_ids } = profile;
        Self { code, name, kana, mail, role, stores: store_ids }
    }
}

impl From<staff::StaffProfile> for StaffProfile {
    fn from(profile: staff::StaffProfile) -> Self {
        let staff::StaffProfile { code, name, kana, mail, role, stores } = profile;
        Self { code, name, kana, mail, role, store_ids: stores }
    }
}
