//! 仮押さえ of the contract.

use noren_domain::Timestamp;
use noren_domain::code::{CustomerCode, RecordNumber, StockNumber};
use noren_domain::hold::{HoldState, Kept, Placed};
use noren_domain::sync::Revision;
use noren_domain::vehicle::HoldSummary;
use serde::{Deserialize, Serialize};

use super::hostile;
use super::vehicle::{WireHold, held};
use crate::gateway::{Availability, Claimed, Extended, HoldClaim};
use crate::{Cause, Error};

/// A claim as the contract takes it.
#[derive(Serialize)]
pub struct HoldWish<'a> {
    staff_code: &'a str,
    store_code: &'a str,
    expires_at: Timestamp,
    reference: String,
    customer_code: Option<&'a CustomerCode>,
}

impl<'a> From<&'a HoldClaim> for HoldWish<'a> {
    fn from(claim: &'a HoldClaim) -> Self {
        Self {
            staff_code: &claim.staff_code,
            store_code: &claim.store_code,
            expires_at: claim.until,
            reference: claim.reference.to_string(),
            customer_code: claim.customer_code.as_ref(),
        }
    }
}

#[derive(Serialize)]
pub struct Extension {
    pub expires_at: Timestamp,
}

#[derive(Deserialize)]
struct WireKept {
    hold_id: RecordNumber,
    revision: Revision,
    stock_number: StockNumber,
    state: String,
    expires_at: Timestamp,
    ended_at: Option<Timestamp>,
    customer_code: Option<CustomerCode>,
}

/// A hold as EXTREME has it.
pub fn kept(body: &[u8]) -> Result<Kept, Error> {
    let WireKept { hold_id, revision, stock_number, state, expires_at, ended_at, customer_code } =
        serde_json::from_slice(body).map_err(hostile)?;
    let state = match state.as_str() {
        "held" => HoldState::Held,
        "released" => HoldState::Released,
        "expired" => HoldState::Expired,
        "contracted" => HoldState::Contracted,
        _ => return Err(Error::Hostile(Cause::Form)),
    };
    Ok(Kept { placed: Placed { hold_id, revision }, stock_number, state, expires_at, ended_at, customer_code })
}

#[derive(Deserialize)]
struct Conflict {
    code: String,
    hold: Option<WireHold>,
    vehicle_status: Option<String>,
}

impl Conflict {
    fn of(body: &[u8]) -> Result<Self, Error> {
        serde_json::from_slice(body).map_err(hostile)
    }

    fn holder(&self) -> Result<HoldSummary, Error> {
        self.hold.as_ref().and_then(|hold| held(hold).ok()).ok_or(Error::Hostile(Cause::Form))
    }
}

/// Why a claim was not given.
pub fn not_claimed(body: &[u8]) -> Result<Claimed, Error> {
    let conflict = Conflict::of(body)?;
    match conflict.code.as_str() {
        "hold.taken" => conflict.holder().map(Claimed::Taken),
        "vehicle.not_available" => {
            Ok(Claimed::NotAvailable(conflict.vehicle_status.and_then(|word| word.parse().ok())))
        }
        _ => Err(Error::Final { status: 409 }),
    }
}

/// Why a hold was not extended.
pub fn not_extended(body: &[u8]) -> Result<Extended, Error> {
    let conflict = Conflict::of(body)?;
    match conflict.code.as_str() {
        "hold.taken" | "hold.over" => Ok(Extended::Over),
        _ => Err(Error::Final { status: 409 }),
    }
}

#[derive(Deserialize)]
struct WireAvailability {
    stock_number: StockNumber,
    revision: Revision,
    status: String,
    available: bool,
    hold: Option<WireHold>,
    as_of: Timestamp,
}

/// Whether a car is to be had.
pub fn availability(body: &[u8]) -> Result<Availability, Error> {
    let WireAvailability { stock_number, revision, status, available, hold, as_of } =
        serde_json::from_slice(body).map_err(hostile)?;
    let form = |_| Error::Hostile(Cause::Form);
    Ok(Availability {
        stock_number,
        revision,
        status: status.parse().map_err(|_| Error::Hostile(Cause::Form))?,
        is_available: available,
        hold: hold.as_ref().map(held).transpose().map_err(form)?,
        as_of,
    })
}
