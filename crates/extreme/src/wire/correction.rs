//! 修正依頼 of the contract.

use noren_domain::Timestamp;
use noren_domain::code::RecordNumber;
use noren_domain::customer::{Correction, CorrectionRequest, CorrectionState, Wish};
use serde::{Deserialize, Serialize};

use super::{hostile, short_or_none};
use crate::{Cause, Error};

/// A wish as the contract takes it.
#[derive(Serialize)]
pub struct CorrectionWish<'a> {
    reference: String,
    subject: &'static str,
    key: &'a str,
    staff_code: &'a str,
    wishes: &'a [Wish],
    note: Option<&'a str>,
}

impl<'a> CorrectionWish<'a> {
    pub fn of(wish: &'a CorrectionRequest, staff_code: &'a str) -> Self {
        Self {
            reference: wish.id.to_string(),
            subject: "customer",
            key: wish.customer_code.as_str(),
            staff_code,
            wishes: &wish.wishes,
            note: wish.note.as_deref(),
        }
    }
}

#[derive(Deserialize)]
struct WireCorrection {
    correction_number: RecordNumber,
    state: String,
    decided_at: Option<Timestamp>,
    reason: Option<String>,
}

/// What became of a wish. A state of a later version is one that is not decided.
pub fn correction(body: &[u8]) -> Result<Correction, Error> {
    let WireCorrection { correction_number, state, decided_at, reason } =
        serde_json::from_slice(body).map_err(hostile)?;
    let state = match state.as_str() {
        "accepted" => CorrectionState::Accepted,
        "refused" => CorrectionState::Refused,
        _ => CorrectionState::Sent,
    };
    let reason = short_or_none(reason, 500, "reason").map_err(|_| Error::Hostile(Cause::Form))?;
    Ok(Correction { correction_number, state, decided_at, reason })
}
