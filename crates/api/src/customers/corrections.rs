//! 修正依頼 on the wire.

use chrono::{DateTime, Utc};
use noren_domain::code::{CustomerCode, RecordNumber};
use noren_domain::customer::{CorrectionState, CustomerField, MAX_CORRECTION_NOTE, MAX_WANTED, Wish};
use noren_domain::{CorrectionRequestId, StaffId};
use serde::{Deserialize, Serialize};
use validator::Validate;

const WANTED: u64 = MAX_WANTED as u64;
const NOTE: u64 = MAX_CORRECTION_NOTE as u64;

/// A member of a customer's record that should be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewWish {
    pub field: CustomerField,
    /// As text: phones and mail addresses with commas; `null` to empty it.
    #[validate(length(max = "WANTED"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    #[serde(default)]
    pub wanted: Option<String>,
}

/// A wish to change what EXTREME masters about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewCorrectionRequest {
    /// Each member at most once.
    #[validate(length(min = 1, max = 14), nested)]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 14))]
    pub wishes: Vec<NewWish>,
    /// Why, for the person in EXTREME who decides.
    #[validate(length(max = "NOTE"))]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    #[serde(default)]
    pub note: Option<String>,
}

/// A wish with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionRequest {
    pub id: CorrectionRequestId,
    pub customer_code: CustomerCode,
    /// Who asked for it.
    pub staff_id: StaffId,
    pub staff_name: Option<String>,
    pub wishes: Vec<Wish>,
    pub note: Option<String>,
    pub state: CorrectionState,
    pub requested_at: DateTime<Utc>,
    /// EXTREME's number for it, once EXTREME has it.
    pub correction_number: Option<RecordNumber>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Why EXTREME refused it.
    pub reason: Option<String>,
    /// Who typed it into EXTREME, where nothing can be sent there.
    #[serde(default)]
    pub entered_by_name: Option<String>,
}
