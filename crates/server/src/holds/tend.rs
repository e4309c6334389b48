//! What time brings to claims, and what EXTREME did to cars that somebody wants: looked after by every process, and by the car's lock one
//! after the other.

use std::time::Duration;

use actix_web::web::Data;
use noren_domain::HoldId;
use noren_domain::code::{RecordNumber, StockNumber};
use noren_domain::hold::{Hold, HoldLoss, HoldState, Keeper, Shown, Verdict, verdict};
use noren_extreme::Error as Trouble;
use noren_persistence::{Actor, Conn, Tx, holds, vehicles};

use super::line::{bring_up_next, hear, lose_all, store};
use super::{News, keeper};
use crate::Error;
use crate::app::App;

/// How long a hold may last over its time, and how late a change of the copies is seen.
const PAUSE: Duration = Duration::from_secs(1);
/// Cars whose time is over, of one look.
const AT_ONCE: u64 = 200;

/// Runs until the server stops.
pub async fn tend(app: Data<App>) {
    loop {
        if let Err(error) = end_those_due(&app).await {
            tracing::error!(error = %error, "holds.not_ended");
        }
        if let Err(error) = reconcile(&app).await {
            tracing::error!(error = %error, "holds.not_reconciled");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn end_those_due(app: &App) -> Result<(), Error> {
    for number in holds::run_out(&app.db, app.clock.now(), AT_ONCE).await? {
        app.db.write(Actor::system(app.clock.now()), async |tx| end(tx, &number, keeper(app)).await).await?;
    }
    Ok(())
}

async fn end(tx: &Tx, number: &StockNumber, keeper: Keeper) -> Result<(), noren_persistence::Error> {
    holds::lock_car(tx, number).await?;
    for mut hold in holds::open_on(tx, number).await? {
        if hold.is_due(tx.at()) {
            hold.expire(tx.at());
            store(tx, &mut hold).await?;
        }
    }
    bring_up_next(tx, number, keeper).await
}

/// Holds what Noren believes of each wanted car against the copy of it.
async fn reconcile(app: &App) -> Result<(), Error> {
    for number in holds::wanted_cars(&app.db).await? {
        match judged(app, &app.db, &number).await? {
            Verdict::AsBelieved => {}
            Verdict::Ask(id, theirs) => ask(app, id, &theirs).await?,
            Verdict::Free | Verdict::Lost(_) => {
                app.db.write(Actor::system(app.clock.now()), async |tx| settle(app, tx, &number).await).await?;
            }
        }
    }
    Ok(())
}

async fn judged(app: &App, conn: &impl Conn, number: &StockNumber) -> Result<Verdict, noren_persistence::Error> {
    let open = holds::open_on(conn, number).await?;
    let car = vehicles::known(conn, number).await?.map(|known| Shown {
        status: known.recorded.record.status,
        hold: known.recorded.record.hold.map(|hold| (hold.hold_id, hold.expires_at)),
        read_at: known.read_at,
    });
    Ok(verdict(&open, car.as_ref(), app.clock.now()))
}

/// Does what the verdict says, which is found again with the car locked.
async fn settle(app: &App, tx: &Tx, number: &StockNumber) -> Result<(), noren_persistence::Error> {
    holds::lock_car(tx, number).await?;
    match judged(app, tx, number).await? {
        Verdict::Free => bring_up_next(tx, number, keeper(app)).await,
        Verdict::Lost(loss) => lose_all(tx, number, loss).await,
        Verdict::AsBelieved | Verdict::Ask(..) => Ok(()),
    }
}

/// Asks EXTREME how the hold stands of the one who is believed to have the car. Where it does not answer, the next look asks again.
async fn ask(app: &App, id: HoldId, theirs: &RecordNumber) -> Result<(), Error> {
    let Some(link) = &app.extreme else { return Ok(()) };
    let news = match link.gateway.hold(theirs).await {
        Ok(kept) => News::Kept(kept),
        Err(Trouble::NotFound) => News::Lost(HoldLoss::Ended),
        Err(_) => return Ok(()),
    };
    app.db.write(Actor::system(app.clock.now()), async |tx| hear_anew(tx, id, &news).await).await?;
    Ok(())
}

/// What is as it was is kept without a word: only when it was said is new.
async fn hear_anew(tx: &Tx, id: HoldId, news: &News) -> Result<(), noren_persistence::Error> {
    let Some(mut hold) = holds::find(tx, id).await? else { return Ok(()) };
    let (News::Kept(kept), Hold { state: HoldState::Held, expires_at, .. }) = (news, &hold) else {
        return hear(tx, id, news).await;
    };
    if kept.state != HoldState::Held || Some(kept.expires_at) != *expires_at {
        return hear(tx, id, news).await;
    }
    hold.kept(kept, tx.at());
    holds::update(tx, &mut hold).await
}
