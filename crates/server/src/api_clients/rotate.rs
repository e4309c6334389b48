//! `POST /api-clients/{id}/rotate`: another secret for the same key.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::api_clients::{IssuedApiClient, Rotation};
use noren_domain::ApiClientId;
use noren_domain::api_client::OVERLAP;
use noren_domain::timeline::FieldChange;
use noren_persistence::api_clients;

use super::{hash, mint, record, seen, settled, shown_once, to_wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, Valid};
use crate::permissions::RotateApiClient;

/// Give an integrator's key another secret
///
/// The answer is the only place where it is ever shown. The secret before opens for 24 hours more, so that the integrator can
/// change over without a gap, or not at all from now on where it may be in wrong hands. An answer that was lost on the way does no
/// harm: the key is read again and rotated again, and what opened before still does until its end.
#[utoipa::path(tag = "api clients", params(("id" = ApiClientId, Path)), request_body = Rotation,
    responses((status = 200, body = IssuedApiClient)))]
#[post("/api-clients/{id}/rotate")]
pub async fn rotate_api_client(
    who: Allowed<RotateApiClient>,
    app: Data<App>,
    id: Id<ApiClientId>,
    version: IfMatch,
    wanted: Valid<Rotation>,
) -> Result<HttpResponse, Error> {
    let secret = mint(id.0);
    let rotated = app.db.write(who.actor(&app), async |tx| {
        let mut client = seen(tx, (id.0, version.0)).await?;
        let ends_at = if wanted.at_once { tx.at() } else { tx.at() + OVERLAP };
        settled(tx, id.0, api_clients::replace_secret(tx, &mut client, hash(&secret), ends_at).await).await?;
        let former_until = FieldChange::to("former_until", ends_at.to_rfc3339());
        record(tx, id.0, "api_client.rotated", vec![former_until]);
        Ok::<_, Error>(to_wire(client, tx.at()))
    });
    Ok(shown_once(HttpResponse::Ok(), IssuedApiClient { client: rotated.await?, key: secret }))
}
