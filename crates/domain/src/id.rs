//! One type per kind of id, so that a lead's id cannot stand where a store's is expected.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Makes a transparent UUID newtype. Ids are UUIDv7: their order is the order of creation.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts after every id minted before `now`.
            #[cfg(feature = "mint")]
            #[must_use]
            pub fn mint(now: crate::Timestamp) -> Self {
                Self(mint(now))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// Identifies one look at personal data.
    AccessEventId;
    /// Identifies an integrator's key.
    ApiClientId;
    /// Identifies one walk over the audit chains.
    AuditVerificationId;
    /// Identifies a 修正依頼.
    CorrectionRequestId;
    /// Identifies what EXTREME and Noren do not agree on.
    ExtremeConflictId;
    /// Identifies a file of EXTREME's that was handed in.
    ExtremeIntakeId;
    /// Identifies a フォーム.
    FormId;
    /// Identifies what was sent through a form, once.
    FormSubmissionId;
    /// Identifies a claim on a car.
    HoldId;
    /// Identifies one raw contact of a lead.
    InquiryId;
    /// Identifies a way in that an administrator gave somebody.
    InvitationId;
    /// Identifies a 見込み客.
    LeadId;
    /// Identifies a passkey.
    PasskeyId;
    /// Identifies something that must leave Noren.
    OutboxMessageId;
    /// Identifies a filter that a person keeps.
    SavedFilterId;
    /// Identifies one sign-in on one device.
    SessionId;
    /// Identifies a スタッフ.
    StaffId;
    /// Identifies a 店舗.
    StoreId;
    /// Identifies a タグ.
    TagId;
    /// Identifies one line of a lead's timeline.
    TimelineEntryId;
}

/// Counts within a millisecond, so that ids of one process sort in the order of their making.
#[cfg(feature = "mint")]
static ORDER: std::sync::Mutex<uuid::ContextV7> = std::sync::Mutex::new(uuid::ContextV7::new());

#[cfg(feature = "mint")]
fn mint(now: crate::Timestamp) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(&ORDER, seconds, now.timestamp_subsec_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_plain_string_on_the_wire() {
        let id: LeadId = "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"0192f0c1-2345-7abc-8def-0123456789ab\"");
    }

    #[cfg(feature = "mint")]
    #[test]
    fn ids_of_one_instant_sort_in_the_order_of_their_making() {
        let now = crate::Timestamp::from_timestamp(1_700_000_000, 0).unwrap();
        let ids: Vec<LeadId> = (0..1_000).map(|_| LeadId::mint(now)).collect();
        assert!(ids.is_sorted());
    }
}
