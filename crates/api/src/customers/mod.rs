//! 顧客 on the wire. EXTREME masters them; what is answered says how old it is, and a change is a wish.

mod corrections;
mod filter;
mod matches;
mod records;

use chrono::{DateTime, NaiveDate, Utc};
use noren_domain::code::{CustomerCode, StaffCode, StoreCode};
use noren_domain::customer::{CustomerCar, CustomerKind};
use noren_domain::lead::{LeadStatus, Temperature};
use noren_domain::vehicle::InspectionDue;
use noren_domain::{LeadId, StaffId, StoreId};
use serde::{Deserialize, Serialize};

pub use corrections::{CorrectionRequest, NewCorrectionRequest, NewWish};
pub use filter::{CustomerFilter, CustomerSort};
pub use matches::{CustomerMatch, CustomerMatches, LinkTo};
pub use records::{Inspection, MaintenanceRecord, Purchase, RecordPage};

use crate::extreme::Origin;
use crate::leads::{Address, PhoneNumber, TimelineEntry};

/// How long it is until a 車検.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Due {
    /// So many whole months, and the next cannot be done without losing days yet.
    Months { months: u32 },
    /// The next can be done: so many days are left, the last one included.
    Window { days: u32 },
    /// It has ended.
    Expired,
}

impl From<InspectionDue> for Due {
    fn from(due: InspectionDue) -> Self {
        match due {
            InspectionDue::Months(months) => Self::Months { months },
            InspectionDue::Window(days) => Self::Window { days },
            InspectionDue::Expired => Self::Expired,
        }
    }
}

/// The next 車検 of a customer: the earliest of the cars that they still have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextInspection {
    /// 車検満了日
    pub expiry: NaiveDate,
    pub due: Due,
    pub car: CustomerCar,
}

/// A customer as a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRow {
    pub customer_code: CustomerCode,
    pub kind: CustomerKind,
    pub name: String,
    pub kana: Option<String>,
    /// 担当者 of an organization.
    pub contact_name: Option<String>,
    /// The number to call, as it is shown.
    pub phone: Option<String>,
    pub store_code: StoreCode,
    /// The store of that code; `null` where Noren knows none.
    pub store_id: Option<StoreId>,
    pub staff_code: Option<StaffCode>,
    /// What the person of that code is called; `null` where Noren knows none.
    pub staff_name: Option<String>,
    pub next_inspection: Option<NextInspection>,
}

/// A page of customers, and how old it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerPage {
    pub items: Vec<CustomerRow>,
    /// The cursor of the next page; absent on the last one.
    pub next: Option<String>,
    pub origin: Origin,
}

/// A customer as EXTREME has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    pub customer_code: CustomerCode,
    pub kind: CustomerKind,
    pub name: String,
    pub kana: Option<String>,
    /// 担当者 of an organization.
    pub contact_name: Option<String>,
    pub birthday: Option<NaiveDate>,
    /// The first is the one to call. `digits` is empty where it is no number of Japan.
    pub phone_numbers: Vec<PhoneNumber>,
    pub mails: Vec<String>,
    pub address: Address,
    pub store_code: StoreCode,
    /// The store of that code; `null` where Noren knows none.
    pub store_id: Option<StoreId>,
    pub staff_code: Option<StaffCode>,
    /// The person of that code; `null` where Noren knows none.
    pub staff_id: Option<StaffId>,
    pub staff_name: Option<String>,
    /// Since when EXTREME knows them.
    pub since: NaiveDate,
    pub next_inspection: Option<NextInspection>,
    /// When EXTREME changed the record last.
    pub changed_at: DateTime<Utc>,
    pub origin: Origin,
}

/// A lead of Noren that is this customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerLead {
    pub lead_id: LeadId,
    pub name: Option<String>,
    pub company: Option<String>,
    pub status: LeadStatus,
    pub temperature: Option<Temperature>,
    pub store_id: StoreId,
    pub assignee_id: Option<StaffId>,
    pub received_at: DateTime<Utc>,
    /// What happened last, the newest first, at most three.
    pub entries: Vec<TimelineEntry>,
}

/// What Noren knows of a customer: their leads, the last that asked first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerTimeline {
    /// At most 50.
    pub items: Vec<CustomerLead>,
    /// How many more there are, or that the viewer may not see.
    pub elsewhere: u64,
}
