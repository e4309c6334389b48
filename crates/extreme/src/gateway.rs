//! What Noren asks of EXTREME, in the words of the domain.

use async_trait::async_trait;
use noren_domain::code::{CustomerCode, RecordNumber, StaffCode, StockNumber};
use noren_domain::customer::{Correction, CorrectionRequest, Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::hold::{Kept, Placed};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::{StaffChange, StaffRecord};
use noren_domain::sync::{Changes, Recorded, Revision, Stream};
use noren_domain::vehicle::{HoldSummary, StockStatus, Vehicle};
use noren_domain::{HoldId, Timestamp};

use crate::{Error, Pulse};

/// EXTREME, as the rest of Noren sees it. Every operation has its deadline, and says why it came to nothing.
///
/// The streams are read from a cursor, the `next` of the page before; without one from the beginning.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Version, clock and limits. From then on pages are as large as EXTREME allows.
    async fn health(&self) -> Result<Health, Error>;

    async fn vehicle_changes(&self, after: Option<&str>) -> Result<Page<Vehicle>, Error>;
    async fn sale_changes(&self, after: Option<&str>) -> Result<Page<Sale>, Error>;
    async fn stock_purchase_changes(&self, after: Option<&str>) -> Result<Page<StockPurchase>, Error>;
    async fn customer_changes(&self, after: Option<&str>) -> Result<Page<Customer>, Error>;
    async fn purchase_changes(&self, after: Option<&str>) -> Result<Page<Purchase>, Error>;
    async fn maintenance_changes(&self, after: Option<&str>) -> Result<Page<MaintenanceRecord>, Error>;
    async fn inspection_changes(&self, after: Option<&str>) -> Result<Page<Inspection>, Error>;
    async fn staff_changes(&self, after: Option<&str>) -> Result<Page<StaffRecord>, Error>;

    /// One vehicle as it is now; `None` where it is as the caller knows it.
    async fn vehicle(
        &self,
        stock_number: &StockNumber,
        known: Option<Revision>,
    ) -> Result<Option<Recorded<Vehicle>>, Error>;

    /// One customer as they are now; `None` where they are as the caller knows them.
    async fn customer(
        &self,
        customer_code: &CustomerCode,
        known: Option<Revision>,
    ) -> Result<Option<Recorded<Customer>>, Error>;

    /// One picture. What its id names never changes.
    async fn photo(&self, photo_id: &str) -> Result<Photo, Error>;

    /// Changes one member of staff whose state at `seen` is known, or makes one where it is `None`.
    async fn put_staff(
        &self,
        staff_code: &StaffCode,
        change: &StaffChange,
        seen: Option<Revision>,
    ) -> Result<StaffAnswer, Error>;

    /// The work on a customer's cars, at this moment, as far as it is understood.
    async fn maintenance_of(&self, customer_code: &CustomerCode) -> Result<Vec<Recorded<MaintenanceRecord>>, Error>;

    /// Whether a car is to be had, at this moment.
    async fn availability(&self, stock_number: &StockNumber) -> Result<Availability, Error>;

    /// Holds a car (仮押さえ). The same key claims the same thing, however often it is sent.
    async fn place_hold(&self, claim: &HoldClaim, key: &str) -> Result<Claimed, Error>;

    /// Lets a hold that was seen in a state last until another time.
    async fn extend_hold(&self, seen: &Placed, until: Timestamp) -> Result<Extended, Error>;

    /// Ends a hold; one that is over already is as it is.
    async fn release_hold(&self, hold_id: &RecordNumber) -> Result<Kept, Error>;

    /// A hold as it is, also one that is over, for 30 days.
    async fn hold(&self, hold_id: &RecordNumber) -> Result<Kept, Error>;

    /// Asks for a correction in the name of a member of staff. The same key asks for the same thing, however often it is sent.
    async fn request_correction(
        &self,
        wish: &CorrectionRequest,
        staff_code: &str,
        key: &str,
    ) -> Result<Correction, Error>;

    /// What became of a wish.
    async fn correction(&self, number: &RecordNumber) -> Result<Correction, Error>;

    /// What there is of a stream, by key and revision, behind a key.
    async fn revisions(&self, stream: Stream, after: Option<&str>) -> Result<Revisions, Error>;

    /// How the calls of this process have fared. Asks nothing.
    fn pulse(&self) -> Pulse;
}

/// A page of a stream, and what of it could not be understood.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub changes: Changes<T>,
    pub refused: Vec<Refused>,
}

/// A record that is not what the contract says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it can be told.
    pub key: Option<String>,
    /// The member that is wrong.
    pub field: String,
}

/// What became of a change of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaffAnswer {
    Taken(Recorded<StaffRecord>),
    /// Somebody has changed it since; this is how it is.
    Stale(Recorded<StaffRecord>),
}

/// Who wants which car, until when and for whom.
#[derive(Clone, Debug)]
pub struct HoldClaim {
    pub stock_number: StockNumber,
    pub staff_code: String,
    pub store_code: String,
    pub until: Timestamp,
    /// By what Noren knows it.
    pub reference: HoldId,
    pub customer_code: Option<CustomerCode>,
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    Held(Kept),
    /// Somebody has the car already.
    Taken(HoldSummary),
    /// It cannot be held in its status, where this version knows that one.
    NotAvailable(Option<StockStatus>),
}

/// What became of a wish for more time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extended {
    Held(Kept),
    /// It is in another state than was seen.
    Stale,
    /// It is over.
    Over,
}

/// Whether a car is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    pub stock_number: StockNumber,
    pub revision: Revision,
    pub status: StockStatus,
    /// Whether a hold would be given now.
    pub is_available: bool,
    pub hold: Option<HoldSummary>,
    pub as_of: Timestamp,
}

/// EXTREME's own word of how it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub version: String,
    /// What its clock says, as it answered.
    pub time: Timestamp,
    pub limits: Limits,
    pub scopes: Vec<String>,
}

/// What EXTREME allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Records in a page.
    pub page: u32,
    /// Keys in a page of revisions.
    pub revisions_page: u32,
    pub requests_per_minute: u32,
    pub concurrent: u32,
}

/// One picture as it came: to be looked at, made anew and never served as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub bytes: Vec<u8>,
}

/// Keys with their revisions, in the order of the keys' bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisions {
    pub items: Vec<(String, Revision)>,
    /// How many there are in the whole stream.
    pub count: u64,
    pub more: bool,
}
