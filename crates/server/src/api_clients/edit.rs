//! `PATCH /api-clients/{id}`.

use actix_web::web::Data;
use actix_web::{HttpResponse, patch};
use noren_api::api_clients::{ApiClient, ApiClientEdit};
use noren_domain::ApiClientId;
use noren_persistence::api_clients;

use super::{answer, checked, record, seen, settled};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, MergePatch};
use crate::permissions::EditApiClient;

/// Edit an integrator's key
///
/// Only what changes is sent; a list replaces the list. Effective on the key's next request.
#[utoipa::path(tag = "api clients", params(("id" = ApiClientId, Path)), responses((status = 200, body = ApiClient)),
    request_body(content = ApiClientEdit, content_type = "application/merge-patch+json"))]
#[patch("/api-clients/{id}")]
pub async fn edit_api_client(
    who: Allowed<EditApiClient>,
    app: Data<App>,
    id: Id<ApiClientId>,
    version: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let mut client = seen(tx, (id.0, version.0)).await?;
        let ApiClientEdit { profile } = patch.apply(&ApiClientEdit { profile: client.profile.clone().into() })?;
        let profile = checked(tx, &who.viewer, profile, Some(client.profile.expires_at)).await?;
        let changes = client.profile.changes_to(&profile);
        if changes.is_empty() {
            return Ok::<_, Error>(client);
        }
        client.profile = profile;
        settled(tx, id.0, api_clients::update(tx, &mut client).await).await?;
        record(tx, id.0, "api_client.edited", changes);
        Ok(client)
    });
    Ok(answer(edited.await?, app.clock.now()))
}
