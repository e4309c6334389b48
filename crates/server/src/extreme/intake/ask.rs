//! `…/allow` and `…/dismiss`: a person says whether a file may take so many cars out of the stock.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::extreme_intakes::ExtremeIntake as Wire;
use noren_domain::ExtremeIntakeId;
use noren_domain::intake::{IntakeState, Reason};
use noren_domain::timeline::FieldChange;
use noren_persistence::Tx;
use noren_persistence::extreme_intakes::{self as intakes, Intake};

use super::list::answer;
use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch};
use crate::permissions::{AllowExtremeIntake, DismissExtremeIntake};

/// The code of a file that a person did not want.
const DISMISSED: &str = "file.dismissed";

/// Allow a file of EXTREME's to empty the stock
///
/// It would drop more than a third of the cars. They go, and what else is in it is taken.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeIntakeId, Path)), responses((status = 200, body = Wire)))]
#[post("/integrations/extreme/intakes/{id}/allow")]
pub async fn allow_extreme_intake(
    who: Allowed<AllowExtremeIntake>,
    app: Data<App>,
    version: IfMatch,
    id: Id<ExtremeIntakeId>,
) -> Result<HttpResponse, Error> {
    let allowed = app.db.write(who.actor(&app), async |tx| {
        let mut intake = asking(tx, id.0, version.0).await?;
        intake.state = IntakeState::Waiting;
        intake.allowed_gone = i64::try_from(intake.counts.gone).ok();
        intakes::settle(tx, &mut intake, &[]).await?;
        let gone = FieldChange::to("gone", intake.counts.gone.to_string());
        wire::record(tx, &intake, "extreme.file_allowed", vec![gone]);
        Ok::<_, Error>(intake)
    });
    let allowed = allowed.await?;
    app.intakes.wanted.notify_one();
    Ok(answer(wire::one(allowed, None)))
}

/// Dismiss a file of EXTREME's that would empty the stock
///
/// Nothing of it is taken.
#[utoipa::path(tag = "extreme", params(("id" = ExtremeIntakeId, Path)), responses((status = 200, body = Wire)))]
#[post("/integrations/extreme/intakes/{id}/dismiss")]
pub async fn dismiss_extreme_intake(
    who: Allowed<DismissExtremeIntake>,
    app: Data<App>,
    version: IfMatch,
    id: Id<ExtremeIntakeId>,
) -> Result<HttpResponse, Error> {
    let dismissed = app.db.write(who.actor(&app), async |tx| {
        let mut intake = asking(tx, id.0, version.0).await?;
        intake.state = IntakeState::Refused;
        intake.counts.wrong = 1;
        intakes::settle(tx, &mut intake, &[Reason::of_file(DISMISSED)]).await?;
        wire::record(tx, &intake, "extreme.file_dismissed", Vec::new());
        Ok::<_, Error>(intake)
    });
    Ok(answer(wire::one(dismissed.await?, None)))
}

/// The file of this version, about which somebody is asked.
async fn asking(tx: &Tx, id: ExtremeIntakeId, version: i64) -> Result<Intake, Error> {
    let intake = intakes::find(tx, id).await?.ok_or(Error::NotFound)?;
    if intake.version != version {
        let version = intake.version;
        return Err(Error::stale(&wire::one(intake, None), version));
    }
    if intake.state == IntakeState::Asking { Ok(intake) } else { Err(Error::IntakeNotAsking) }
}
