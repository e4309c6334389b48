//! `DELETE /staff/{id}/second-factors`: the way back for who has lost both telephone and paper.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete};
use noren_domain::StaffId;
use noren_persistence::{sessions, staff};

use super::record;
use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, second_factor};
use crate::extract::Id;
use crate::permissions::ResetSecondFactors;

/// Reset a person's second factors
///
/// Authenticator app, passkeys and recovery codes are gone, and the person's sessions end. Where one is required, they set up another
/// at the next sign-in.
#[utoipa::path(tag = "staff", params(("id" = StaffId, Path)), responses((status = 204)))]
#[delete("/staff/{id}/second-factors")]
pub async fn reset_second_factors(
    who: Allowed<ResetSecondFactors>,
    app: Data<App>,
    id: Id<StaffId>,
) -> Result<HttpResponse, Error> {
    let reset = app.db.write::<_, Error>(who.actor(&app), async |tx| {
        let person = staff::lock_account(tx, id.0).await?.ok_or(Error::NotFound)?.staff;
        if second_factor::forget(tx, person.id).await? {
            sessions::end_all(tx, person.id, None).await?;
            record(tx, person.id, "staff.second_factors_reset", Vec::new());
        }
        Ok(())
    });
    reset.await?;
    Ok(HttpResponse::NoContent().finish())
}
