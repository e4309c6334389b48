//! 仮押さえ as errands: what EXTREME is asked for a claim at the moment of sending.

use chrono::TimeDelta;
use noren_domain::code::CustomerCode;
use noren_domain::hold::{self, Hold, HoldLoss, HoldState};
use noren_domain::outbox::OutboxMessage;
use noren_domain::{HoldId, Timestamp};
use noren_extreme::{Claimed, Error as Trouble, Extended, HoldClaim};
use noren_persistence::{holds, leads, staff, stores};

use super::errands::{Receipt, Run, failed};
use crate::Error;
use crate::app::App;
use crate::extreme::Link;
use crate::holds::News;

/// Why a hold is not sent any more.
const OVER: &str = "hold.over";
/// How far EXTREME's clock may be behind before it has said what time it is there.
const UNKNOWN: TimeDelta = TimeDelta::minutes(10);
/// How far it may have gone since, and how long the way takes.
const SLACK: TimeDelta = TimeDelta::seconds(30);
/// Why nothing is let go.
const NEVER_PLACED: &str = "hold.never_placed";

/// Asks for the car. Who has let it go meanwhile asks for nothing, unless EXTREME may have heard of it: then its answer is wanted, so
/// that the hold can be released there.
///
/// # Errors
/// Database errors.
pub async fn place(app: &App, link: &Link, message: &OutboxMessage, id: HoldId) -> Result<Run, Error> {
    let Some(hold) = holds::find(&app.db, id).await? else { return Ok(Run::Needless(OVER)) };
    let may_be_there = message.attempt > 1 || message.since > message.created_at;
    let is_wanted = hold.state == HoldState::Requested || may_be_there;
    let Some(until) = hold.expires_at.filter(|until| is_wanted && *until > app.clock.now()) else {
        return Ok(Run::Needless(OVER));
    };
    let until = until.min(latest(app, link));
    let claim = HoldClaim {
        stock_number: hold.stock_number.clone(),
        staff_code: staff::find(&app.db, hold.staff_id).await?.map(|person| person.code).unwrap_or_default(),
        store_code: stores::code(&app.db, hold.store_id).await?.unwrap_or_default(),
        until,
        reference: hold.id,
        customer_code: customer_of(app, &hold).await?,
    };
    let news = match link.gateway.place_hold(&claim, &message.key).await {
        Ok(Claimed::Held(kept)) => News::Kept(kept),
        Ok(Claimed::Taken(_)) => News::Taken,
        Ok(Claimed::NotAvailable(status)) => match status.map(hold::loss) {
            // It is not offered yet: nobody else has lost it.
            Some(None) => News::Lost(HoldLoss::NotForSale),
            Some(Some(loss)) => News::Gone(loss),
            None => News::Gone(HoldLoss::NotForSale),
        },
        Err(Trouble::NotFound) => News::Gone(HoldLoss::NotForSale),
        Err(error @ Trouble::Final { .. }) => {
            return Ok(Run::Refused(error.code(), Receipt::Hold(id, News::Lost(HoldLoss::Refused))));
        }
        Err(error) => return Ok(failed(app, &error)),
    };
    Ok(Run::Taken(Receipt::Hold(id, news)))
}

/// Asks for more time. What EXTREME knows in another state is read first.
///
/// # Errors
/// Database errors.
pub async fn extend(app: &App, link: &Link, id: HoldId) -> Result<Run, Error> {
    let Some(hold) = holds::find(&app.db, id).await? else { return Ok(Run::Needless(OVER)) };
    let (Some(placed), Some(until), HoldState::Held) = (&hold.placed, hold.wanted_until, hold.state) else {
        return Ok(Run::Needless(OVER));
    };
    let until = until.min(latest(app, link));
    let mut said = link.gateway.extend_hold(placed, until).await;
    if let Ok(Extended::Stale | Extended::Over) = said {
        said = match link.gateway.hold(&placed.hold_id).await {
            Ok(kept) if kept.state == HoldState::Held => link.gateway.extend_hold(&kept.placed, until).await,
            Ok(kept) => Ok(Extended::Held(kept)),
            Err(error) => Err(error),
        };
    }
    let news = match said {
        Ok(Extended::Held(kept)) => News::Kept(kept),
        // It moved twice while it was asked: the next try sees it as it is then.
        Ok(Extended::Stale | Extended::Over) => return Ok(Run::Moving),
        Err(Trouble::NotFound) => News::Lost(HoldLoss::Ended),
        Err(error @ Trouble::Final { .. }) => {
            return Ok(Run::Refused(error.code(), Receipt::Hold(id, News::NotExtended)));
        }
        Err(error) => return Ok(failed(app, &error)),
    };
    Ok(Run::Taken(Receipt::Hold(id, news)))
}

/// Lets the car go there. What was never placed there needs nothing.
///
/// # Errors
/// Database errors.
pub async fn release(app: &App, link: &Link, id: HoldId) -> Result<Run, Error> {
    let placed = holds::find(&app.db, id).await?.and_then(|hold| hold.placed);
    let Some(placed) = placed else { return Ok(Run::Needless(NEVER_PLACED)) };
    match link.gateway.release_hold(&placed.hold_id).await {
        Ok(kept) => Ok(Run::Taken(Receipt::Hold(id, News::Kept(kept)))),
        Err(Trouble::NotFound) => Ok(Run::Needless(OVER)),
        Err(error) => Ok(failed(app, &error)),
    }
}

/// Until when EXTREME takes a hold: by its own clock, which must not find the longest too long.
fn latest(app: &App, link: &Link) -> Timestamp {
    let behind = link.skew().unwrap_or(-UNKNOWN).min(TimeDelta::zero()) - SLACK;
    app.clock.now() + TimeDelta::hours(hold::MOST_HOURS.into()) + behind
}

async fn customer_of(app: &App, hold: &Hold) -> Result<Option<CustomerCode>, Error> {
    match hold.lead_id {
        Some(lead) => Ok(leads::customer_of(&app.db, lead).await?),
        None => Ok(None),
    }
}
