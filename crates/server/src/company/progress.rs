//! `PUT /setup/step`: how far the first run has come, so that it goes on there on any screen.

use actix_web::put;
use actix_web::web::{Data, Json};
use noren_api::setup::SetupProgress;
use noren_persistence::{company, stores};

use super::record;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Valid;
use crate::permissions::SetSetupStep;

/// Go on with the first run
///
/// Names what is asked for next; nothing ends the first run for good. Past the store only where there is one.
#[utoipa::path(tag = "setup", request_body = SetupProgress, responses((status = 200, body = SetupProgress),
    (status = 409, description = "There is no store yet, or the first run is over")))]
#[put("/setup/step")]
pub async fn set_setup_step(
    who: Allowed<SetSetupStep>,
    app: Data<App>,
    to: Valid<SetupProgress>,
) -> Result<Json<SetupProgress>, Error> {
    let set = app.db.write(who.actor(&app), async |tx| {
        let (mut company, _) = company::lock(tx).await?;
        let has_store = stores::visible(tx, &who.viewer).await?.iter().any(|store| store.closed_at.is_none());
        let change = company.set_up(to.step, has_store)?;
        if let Some(change) = change {
            company::set_setup_step(tx, to.step).await?;
            record(tx, "company.set_up", vec![change]);
        }
        Ok::<_, Error>(SetupProgress { step: to.step })
    });
    Ok(Json(set.await?))
}
