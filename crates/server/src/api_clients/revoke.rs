//! `DELETE /api-clients/{id}`.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete};
use noren_domain::ApiClientId;
use noren_domain::timeline::FieldChange;
use noren_persistence::api_clients;

use super::{record, seen, settled};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch};
use crate::permissions::RevokeApiClient;

/// Revoke an integrator's key
///
/// For good, and effective on the key's next request. It stays in the list, and its name is free again.
#[utoipa::path(tag = "api clients", params(("id" = ApiClientId, Path)), responses((status = 204)))]
#[delete("/api-clients/{id}")]
pub async fn revoke_api_client(
    who: Allowed<RevokeApiClient>,
    app: Data<App>,
    id: Id<ApiClientId>,
    version: IfMatch,
) -> Result<HttpResponse, Error> {
    let revoked = app.db.write(who.actor(&app), async |tx| {
        let mut client = seen(tx, (id.0, version.0)).await?;
        client.revoked_at = Some(tx.at());
        settled(tx, id.0, api_clients::update(tx, &mut client).await).await?;
        record(tx, id.0, "api_client.revoked", vec![FieldChange::to("revoked_at", tx.at().to_rfc3339())]);
        Ok::<_, Error>(())
    });
    revoked.await?;
    Ok(HttpResponse::NoContent().finish())
}
