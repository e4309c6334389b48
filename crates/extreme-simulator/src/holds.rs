//! 仮押さえ: expiring claims on one car. A car has one at most; the store's single writer sees to it.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Time;
use crate::known::{Known, full_name};
use crate::problem::Problem;
use crate::store::{Record, Shelf, Writing};
use crate::stream::Stream;

/// How long a hold that is over can still be read.
const REMEMBERED_DAYS: i64 = 30;

/// How a hold stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Held,
    Released,
    Expired,
    Contracted,
}

impl State {
    /// As the page calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Held => "仮押さえ中",
            Self::Released => "解除",
            Self::Expired => "期限切れ",
            Self::Contracted => "成約",
        }
    }
}

/// A hold as the contract has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub hold_id: String,
    pub revision: u64,
    pub stock_number: String,
    pub state: State,
    pub staff_code: String,
    pub staff_name: String,
    pub store_code: String,
    pub placed_at: Time,
    pub expires_at: Time,
    pub ended_at: Option<Time>,
    /// None of a hold that was placed in EXTREME.
    pub reference: Option<String>,
    pub customer_code: Option<String>,
}

/// Who wants which car until when.
#[derive(Clone, Debug)]
pub struct Claim {
    pub stock_number: String,
    pub staff_code: String,
    pub store_code: String,
    pub expires_at: Time,
    pub reference: Option<String>,
    pub customer_code: Option<String>,
}

impl Hold {
    /// Whose it is, and until when.
    pub fn summary(&self) -> Value {
        json!({
            "hold_id": self.hold_id,
            "staff_code": self.staff_code,
            "staff_name": self.staff_name,
            "store_code": self.store_code,
            "expires_at": self.expires_at,
        })
    }

    /// Whether it can still be read.
    pub fn is_remembered(&self, now: Time) -> bool {
        self.ended_at.is_none_or(|ended| now - ended <= TimeDelta::days(REMEMBERED_DAYS))
    }
}

/// Places a hold on a car that is there.
///
/// # Errors
/// 422 for a wrong claim, 409 for a car that is not to be had.
pub fn place(writing: &Writing, claim: Claim, now: Time, hold_hours: u32) -> Result<Hold, Problem> {
    let mut known = Known::of(writing);
    let staff = known.staff("staff_code", &claim.staff_code)?;
    known.store("store_code", &claim.store_code)?;
    known.customer("customer_code", claim.customer_code.as_deref())?;
    known.require(check_expiry(claim.expires_at, now, hold_hours));
    known.finish()?;
    let vehicle = writing.get(Stream::Vehicles, &claim.stock_number)?.ok_or_else(Problem::not_found)?;
    require_free(&vehicle)?;
    let day = now.format("%Y%m%d");
    let number = writing.number(&format!("holds {day}"))?;
    let hold = Hold {
        hold_id: format!("H-{day}-{number:04}"),
        revision: 1,
        stock_number: claim.stock_number,
        state: State::Held,
        staff_name: full_name(&staff),
        staff_code: claim.staff_code,
        store_code: claim.store_code,
        placed_at: now,
        expires_at: claim.expires_at,
        ended_at: None,
        reference: claim.reference,
        customer_code: claim.customer_code,
    };
    writing.put_paper(Shelf::Holds, &hold.hold_id, &hold)?;
    writing.note_ending(&hold.hold_id, hold.expires_at)?;
    let members = [("status", "negotiating".into()), ("hold", hold.summary())];
    writing.change(Stream::Vehicles, &hold.stock_number, now, members)?;
    Ok(hold)
}

/// Lets a hold that is held last until another time.
///
/// # Errors
/// 422 for a time that is past or too far away.
pub fn extend(writing: &Writing, hold: Hold, until: Time, now: Time, hold_hours: u32) -> Result<Hold, Problem> {
    if let Some((field, code)) = check_expiry(until, now, hold_hours) {
        return Err(Problem::wrong(field, code));
    }
    writing.forget_ending(&hold.hold_id, hold.expires_at)?;
    let hold = Hold { expires_at: until, revision: hold.revision + 1, ..hold };
    writing.put_paper(Shelf::Holds, &hold.hold_id, &hold)?;
    writing.note_ending(&hold.hold_id, until)?;
    writing.change(Stream::Vehicles, &hold.stock_number, now, [("hold", hold.summary())])?;
    Ok(hold)
}

/// Ends a hold that is held, and gives the car free unless it was sold.
pub fn end(writing: &Writing, hold: Hold, state: State, ended_at: Time, now: Time) -> Result<Hold, Problem> {
    writing.forget_ending(&hold.hold_id, hold.expires_at)?;
    let hold = Hold { state, ended_at: Some(ended_at), revision: hold.revision + 1, ..hold };
    writing.put_paper(Shelf::Holds, &hold.hold_id, &hold)?;
    let vehicle = writing.get(Stream::Vehicles, &hold.stock_number)?;
    let is_its = |vehicle: &Record| holder(vehicle).is_some_and(|holder| holder == hold.hold_id);
    if state != State::Contracted && vehicle.as_ref().is_some_and(is_its) {
        let members = [("status", "listed".into()), ("hold", Value::Null)];
        writing.change(Stream::Vehicles, &hold.stock_number, now, members)?;
    }
    Ok(hold)
}

/// Ends the holds whose time is over.
pub fn expire(writing: &Writing, now: Time) -> Result<(), Problem> {
    for hold_id in writing.endings(now)? {
        if let Some(hold) = writing.paper::<Hold>(Shelf::Holds, &hold_id)? {
            let ended_at = hold.expires_at;
            end(writing, hold, State::Expired, ended_at, now)?;
        }
    }
    Ok(())
}

/// Why a hold that is over cannot be extended: somebody else has the car by now, or just because it is over.
pub fn over(writing: &Writing, hold: &Hold) -> Result<Problem, Problem> {
    let vehicle = writing.get(Stream::Vehicles, &hold.stock_number)?;
    let taken = vehicle.and_then(|vehicle| vehicle.get("hold").filter(|hold| !hold.is_null()).cloned());
    Ok(match taken {
        Some(summary) => Problem::conflict("hold.taken").with("hold", summary),
        None => Problem::conflict("hold.over"),
    })
}

/// The id of the hold that a car has.
pub fn holder(vehicle: &Record) -> Option<&str> {
    vehicle.get("hold")?.get("hold_id")?.as_str()
}

fn require_free(vehicle: &Record) -> Result<(), Problem> {
    if let Some(summary) = vehicle.get("hold").filter(|hold| !hold.is_null()) {
        return Err(Problem::conflict("hold.taken").with("hold", summary.clone()));
    }
    match vehicle.get("status") {
        Some(status) if status == "listed" => Ok(()),
        status => {
            let status = status.cloned().unwrap_or_default();
            Err(Problem::conflict("vehicle.not_available").with("vehicle_status", status))
        }
    }
}

fn check_expiry(expires_at: Time, now: Time, hold_hours: u32) -> Option<(&'static str, &'static str)> {
    match expires_at - now {
        left if left <= TimeDelta::zero() => Some(("expires_at", "past")),
        left if left > TimeDelta::hours(hold_hours.into()) => Some(("expires_at", "too_late")),
        _ => None,
    }
}
