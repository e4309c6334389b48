//! A car's claims in their order: what changes one of them may bring the next one up. The car is locked by whoever changes its line.

use noren_domain::code::StockNumber;
use noren_domain::event::{Change, EventKind, Subject};
use noren_domain::hold::{Hold, HoldLoss, HoldState, Keeper, Kept};
use noren_domain::outbox::{Errand, Payload};
use noren_domain::timeline::{FieldChange, TimelineEntry, TimelineEvent};
use noren_domain::viewer::Principal;
use noren_domain::{HoldId, OutboxMessageId, TimelineEntryId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Error, Tx, holds, outbox, timeline, vehicles};

/// What EXTREME has said of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Kept(Kept),
    /// Somebody else has the car.
    Taken,
    /// The car is not to be had, for anybody.
    Gone(HoldLoss),
    /// This claim has come to nothing.
    Lost(HoldLoss),
    /// It would not let the hold last longer.
    NotExtended,
}

/// Notes what EXTREME has said, in the unit of work that ends the message.
///
/// # Errors
/// Database errors.
pub async fn hear(tx: &Tx, id: HoldId, news: &News) -> Result<(), Error> {
    let Some(number) = holds::find(tx, id).await?.map(|hold| hold.stock_number) else { return Ok(()) };
    holds::lock_car(tx, &number).await?;
    if let News::Gone(loss) = news {
        return lose_all(tx, &number, *loss).await;
    }
    let Some(mut hold) = holds::find(tx, id).await? else { return Ok(()) };
    let was_open = hold.state.is_open();
    match news {
        News::Kept(kept) => hold.kept(kept, tx.at()),
        News::Taken => hold.waits(tx.at()),
        News::Lost(loss) => hold.lose(*loss, tx.at()),
        News::NotExtended => hold.wanted_until = None,
        News::Gone(_) => {}
    }
    if !was_open {
        holds::update(tx, &mut hold).await?;
        // Whoever wanted it is gone: it must not stay there for nobody.
        return match news {
            News::Kept(kept) if kept.state == HoldState::Held => {
                send(tx, Errand::ReleaseHold { hold_id: id, stock_number: number }).await
            }
            _ => Ok(()),
        };
    }
    store(tx, &mut hold).await?;
    if hold.state.is_open() { Ok(()) } else { bring_up_next(tx, &number, Keeper::Extreme).await }
}

/// Everybody who wants the car has lost it. The car is locked.
///
/// # Errors
/// Database errors.
pub async fn lose_all(tx: &Tx, number: &StockNumber, loss: HoldLoss) -> Result<(), Error> {
    for mut hold in holds::open_on(tx, number).await? {
        hold.lose(loss, tx.at());
        store(tx, &mut hold).await?;
    }
    Ok(())
}

/// Has the first who waits come up, if nobody has the car or is being asked for. The car is locked.
///
/// # Errors
/// Database errors.
pub async fn bring_up_next(tx: &Tx, number: &StockNumber, keeper: Keeper) -> Result<(), Error> {
    let mut open = holds::open_on(tx, number).await?;
    if open.is_empty() || open.iter().any(|hold| hold.state != HoldState::Queued) {
        return Ok(());
    }
    let mut next = open.remove(0);
    next.comes_up(keeper, tx.at());
    store(tx, &mut next).await?;
    match keeper {
        Keeper::Extreme => send(tx, Errand::PlaceHold { hold_id: next.id, stock_number: number.clone() }).await,
        Keeper::Noren => Ok(()),
    }
}

/// Stores what became of a claim, notes it for the audit and on the lead's timeline, and tells every screen.
///
/// # Errors
/// `Stale` when it was changed since it was read.
pub async fn store(tx: &Tx, hold: &mut Hold) -> Result<(), Error> {
    holds::update(tx, hold).await?;
    note(tx, hold).await
}

/// Notes how a claim stands now, wherever that is looked for.
///
/// # Errors
/// Database errors.
pub async fn note(tx: &Tx, hold: &Hold) -> Result<(), Error> {
    let (subject, car) = (format!("hold:{}", hold.id), FieldChange::to("stock_number", hold.stock_number.as_str()));
    tx.audit(Entry { chain: Chain::Store(hold.store_id), action: action(hold), subject, changes: vec![car] });
    tx.announce(Change {
        kind: EventKind::HoldChanged,
        store_id: hold.store_id,
        subject: Subject::Hold(hold.id),
        version: hold.version,
        // Nobody's own doing: whoever claimed the car is told like everybody else.
        staff_id: None,
        mentions: vec![hold.staff_id],
    });
    let Some(lead_id) = hold.lead_id.filter(|_| hold.wanted_until.is_none()) else { return Ok(()) };
    let name = vehicles::known(tx, &hold.stock_number).await?.map(|car| car.recorded.record.title());
    let event = TimelineEvent::HoldChanged {
        stock_number: hold.stock_number.clone(),
        name: name.unwrap_or_default(),
        state: hold.state,
        loss: hold.loss,
    };
    let by = Some(Principal::Staff(hold.staff_id));
    timeline::insert(tx, &TimelineEntry { id: TimelineEntryId::mint(tx.at()), lead_id, at: tx.at(), by, event }).await
}

/// What the audit calls the way to where a claim is now.
fn action(hold: &Hold) -> &'static str {
    match hold.state {
        HoldState::Requested => "hold.requested",
        HoldState::Held if hold.wanted_until.is_some() => "hold.extension_requested",
        HoldState::Held => "hold.held",
        HoldState::Queued => "hold.queued",
        HoldState::Released => "hold.released",
        HoldState::Expired => "hold.expired",
        HoldState::Lost => "hold.lost",
        HoldState::Contracted => "hold.contracted",
    }
}

/// Writes an errand, behind the others of its car.
///
/// # Errors
/// Database errors.
pub async fn send(tx: &Tx, errand: Errand) -> Result<(), Error> {
    outbox::insert(tx, OutboxMessageId::mint(tx.at()), &Payload::Extreme(errand)).await
}
