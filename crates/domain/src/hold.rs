//! 仮押さえ: expiring claims on one car, and the waiting list behind the one that has it.
//!
//! A used car is one of a kind, and EXTREME alone says who has it. A claim is `requested` until EXTREME has answered; the next of the
//! list is asked for as soon as the one before is over.

use chrono::TimeDelta;

use crate::code::{CustomerCode, RecordNumber, StockNumber};
use crate::sync::Revision;
use crate::vehicle::StockStatus;
use crate::vocabulary::vocabulary;
use crate::{Error, FieldError, HoldId, Invalid, LeadId, StaffId, StoreId, Timestamp};

/// For how many hours a hold may be, from now: the contract's limit.
pub const MOST_HOURS: u8 = 72;

vocabulary! {
    /// How a claim on a car stands.
    HoldState {
        /// 確認中: EXTREME has not answered yet, so that nobody may promise the car.
        Requested = "requested",
        /// 仮押さえ中: EXTREME keeps the car for it.
        Held = "held",
        /// 順番待ち: somebody else has the car.
        Queued = "queued",
        /// 解除: a person let it go.
        Released = "released",
        /// 期限切れ
        Expired = "expired",
        /// 取れず: the car went elsewhere, or EXTREME would not have it.
        Lost = "lost",
        /// 成約
        Contracted = "contracted",
    }

    /// Why a claim was lost.
    HoldLoss {
        /// 売約済・販売済: the car was sold.
        Sold = "sold",
        /// The car is not for sale, or not any more.
        NotForSale = "not_for_sale",
        /// Somebody in EXTREME ended the hold.
        Ended = "ended",
        /// EXTREME refused it; a person looks at the outbox.
        Refused = "refused",
    }

    /// Who says whose a car is.
    Keeper {
        Extreme = "extreme",
        /// There is no EXTREME to ask, so that Noren's own list is all there is.
        Noren = "noren",
    }
}

impl HoldState {
    /// Those that stand in a car's list.
    pub const OPEN: [Self; 3] = [Self::Requested, Self::Held, Self::Queued];

    #[must_use]
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }
}

/// A claim on one car.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    pub id: HoldId,
    pub stock_number: StockNumber,
    /// Who wants it, and of which store they are.
    pub staff_id: StaffId,
    pub store_id: StoreId,
    /// For whom.
    pub lead_id: Option<LeadId>,
    pub state: HoldState,
    /// How long it lasts from when its turn has come.
    pub hours: u8,
    pub requested_at: Timestamp,
    /// Until when the car is kept, as EXTREME says; wished until it has answered; nothing while others are before it.
    pub expires_at: Option<Timestamp>,
    /// Until when it was asked to be extended, as long as EXTREME has not answered.
    pub wanted_until: Option<Timestamp>,
    /// By what EXTREME knows it, once it does.
    pub placed: Option<Placed>,
    /// When EXTREME last said how it stands.
    pub heard_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub loss: Option<HoldLoss>,
    pub version: i64,
}

/// By what EXTREME knows a hold, and in which state of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub hold_id: RecordNumber,
    pub revision: Revision,
}

/// Who wants which car, and for whom.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: HoldId,
    pub stock_number: StockNumber,
    pub staff_id: StaffId,
    pub store_id: StoreId,
    pub lead_id: Option<LeadId>,
    pub hours: u8,
}

/// A hold as EXTREME has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub placed: Placed,
    pub stock_number: StockNumber,
    /// `Held`, `Released`, `Expired` or `Contracted`.
    pub state: HoldState,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub customer_code: Option<CustomerCode>,
}

/// The hours of a claim, as they were typed.
///
/// # Errors
/// `out_of_range` where the contract does not know as many.
pub fn check_hours(hours: u8) -> Result<u8, Invalid> {
    if (1..=MOST_HOURS).contains(&hours) {
        Ok(hours)
    } else {
        Err(Invalid(vec![FieldError::new("hours", "out_of_range")]))
    }
}

impl Hold {
    /// A new claim, behind all others.
    #[must_use]
    pub fn claim(claim: Claim, at: Timestamp) -> Self {
        let Claim { id, stock_number, staff_id, store_id, lead_id, hours } = claim;
        Self {
            id,
            stock_number,
            staff_id,
            store_id,
            lead_id,
            state: HoldState::Queued,
            hours,
            requested_at: at,
            expires_at: None,
            wanted_until: None,
            placed: None,
            heard_at: None,
            ended_at: None,
            loss: None,
            version: 1,
        }
    }

    /// Nobody is before it: whoever keeps the car is asked now, and the time counts from now.
    pub fn comes_up(&mut self, keeper: Keeper, at: Timestamp) {
        self.state = match keeper {
            Keeper::Extreme => HoldState::Requested,
            Keeper::Noren => HoldState::Held,
        };
        self.expires_at = Some(at + TimeDelta::hours(self.hours.into()));
    }

    /// Who keeps the car for it.
    #[must_use]
    pub fn keeper(&self) -> Option<Keeper> {
        (self.state == HoldState::Held).then(|| self.placed.as_ref().map_or(Keeper::Noren, |_| Keeper::Extreme))
    }

    /// EXTREME keeps the car for it, or kept it. Who has let it go meanwhile stays so; that EXTREME has it is known all the same.
    pub fn kept(&mut self, kept: &Kept, at: Timestamp) {
        (self.placed, self.heard_at, self.wanted_until) = (Some(kept.placed.clone()), Some(at), None);
        if !self.state.is_open() {
            return;
        }
        self.expires_at = Some(kept.expires_at);
        match kept.state {
            HoldState::Released => self.lose(HoldLoss::Ended, kept.ended_at.unwrap_or(kept.expires_at)),
            HoldState::Expired | HoldState::Contracted => {
                (self.state, self.ended_at) = (kept.state, Some(kept.ended_at.unwrap_or(kept.expires_at)));
            }
            _ => self.state = HoldState::Held,
        }
    }

    /// Somebody else has the car: it waits for its turn.
    pub fn waits(&mut self, at: Timestamp) {
        if self.state == HoldState::Requested {
            (self.state, self.expires_at, self.heard_at) = (HoldState::Queued, None, Some(at));
        }
    }

    /// The car is not to be had.
    pub fn lose(&mut self, loss: HoldLoss, at: Timestamp) {
        if self.state.is_open() {
            (self.state, self.loss, self.ended_at) = (HoldState::Lost, Some(loss), Some(at));
        }
    }

    /// A person lets it go.
    ///
    /// # Errors
    /// `HoldOver` when it is over already.
    pub fn release(&mut self, at: Timestamp) -> Result<(), Error> {
        if !self.state.is_open() {
            return Err(Error::HoldOver);
        }
        (self.state, self.ended_at, self.wanted_until) = (HoldState::Released, Some(at), None);
        Ok(())
    }

    /// Its time is over, whoever is asked.
    pub fn expire(&mut self, at: Timestamp) {
        if self.is_due(at) {
            (self.state, self.ended_at) = (HoldState::Expired, self.expires_at);
        }
    }

    /// Whether its time is over and nobody has said so.
    #[must_use]
    pub fn is_due(&self, at: Timestamp) -> bool {
        self.state.is_open() && self.expires_at.is_some_and(|until| until <= at)
    }

    /// A person wants it to last so many hours from now: EXTREME's to say, or, where Noren keeps the car, done.
    ///
    /// # Errors
    /// `HoldOver` when it is over; `HoldNotHeld` while nobody keeps the car for it.
    pub fn extend(&mut self, hours: u8, at: Timestamp) -> Result<(), Error> {
        let until = Some(at + TimeDelta::hours(hours.into()));
        match self.state {
            HoldState::Held if self.placed.is_none() => {
                self.expires_at = until;
                Ok(())
            }
            HoldState::Held => {
                self.wanted_until = until;
                Ok(())
            }
            HoldState::Requested | HoldState::Queued => Err(Error::HoldNotHeld),
            _ => Err(Error::HoldOver),
        }
    }
}

/// What a car's status says to those who wait for it: nothing as long as it may be had again.
#[must_use]
pub fn loss(status: StockStatus) -> Option<HoldLoss> {
    match status {
        status if status.is_for_sale() => None,
        status if status.is_sold() => Some(HoldLoss::Sold),
        _ => Some(HoldLoss::NotForSale),
    }
}

/// A car as its copy shows it to those who want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub status: StockStatus,
    /// Who has it: by what EXTREME knows the hold, and until when.
    pub hold: Option<(RecordNumber, Timestamp)>,
    /// When EXTREME said so.
    pub read_at: Timestamp,
}

/// What a car's copy means for its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is as it is believed to be.
    AsBelieved,
    /// The hold of the one who has the car is not what it was: EXTREME says how it stands.
    Ask(HoldId, RecordNumber),
    /// Nobody has the car.
    Free,
    /// It is not to be had any more.
    Lost(HoldLoss),
}

/// Holds a car's open claims, in their order, against what the copy shows of it. What EXTREME said of a claim after it said what the copy
/// shows counts more; a car that is gone has no copy.
#[must_use]
pub fn verdict(open: &[Hold], car: Option<&Shown>, now: Timestamp) -> Verdict {
    let Some(first) = open.first() else { return Verdict::AsBelieved };
    let Some(car) = car else { return Verdict::Lost(HoldLoss::NotForSale) };
    let is_news = |hold: &Hold| hold.heard_at.is_none_or(|heard| heard < car.read_at);
    let holder = open
        .iter()
        .find_map(|hold| Some((hold, hold.placed.as_ref()?)))
        .filter(|(hold, _)| hold.state == HoldState::Held);
    if let Some((hold, placed)) = holder {
        let believed = hold.expires_at.map(|until| (&placed.hold_id, until));
        let is_other = loss(car.status).is_some() || car.hold.as_ref().map(|(id, until)| (id, *until)) != believed;
        if is_other && is_news(hold) {
            return Verdict::Ask(hold.id, placed.hold_id.clone());
        }
    }
    if let Some(loss) = loss(car.status) {
        return Verdict::Lost(loss);
    }
    let is_waiting = open.iter().all(|hold| hold.state == HoldState::Queued);
    let has_somebody = car.hold.as_ref().is_some_and(|(_, until)| *until > now);
    let is_over = car.hold.as_ref().is_some_and(|(_, until)| *until <= now);
    if is_waiting && !has_somebody && (is_news(first) || is_over) { Verdict::Free } else { Verdict::AsBelieved }
}

#[cfg(test)]
mod tests;
