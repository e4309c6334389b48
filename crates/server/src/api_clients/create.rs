//! `POST /api-clients`.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use noren_api::api_clients::{IssuedApiClient, NewApiClient};
use noren_domain::ApiClientId;
use noren_domain::api_client::ApiClient;
use noren_domain::viewer::Viewer;
use noren_persistence::{Tx, api_clients};

use super::{checked, hash, mint, record, settled, shown_once, to_wire};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::idempotency::{Created, Creating, Once, Repeatable};
use crate::permissions::CreateApiClient;

/// Make a key for an integrator
///
/// The answer is the only place where the key is ever shown. A repeat with the same Idempotency-Key is answered with a
/// key that is no longer whole, so that no stored answer holds a secret.
#[utoipa::path(tag = "api clients", request_body = NewApiClient, responses((status = 201, body = IssuedApiClient)))]
#[post("/api-clients")]
pub async fn create_api_client(
    who: Allowed<CreateApiClient>,
    app: Data<App>,
    new: Creating<NewApiClient>,
) -> Result<HttpResponse, Error> {
    let Creating { body, key } = new;
    let id = ApiClientId::mint(app.clock.now());
    let secret = mint(id);
    let made = key.once(&app, &who, async |tx| {
        let client = open(tx, &who.viewer, (id, &secret), body.clone()).await?;
        // What is stored for a repeat is not the key.
        let kept = IssuedApiClient { client: to_wire(client, tx.at()), key: format!("{}…", &secret[..12]) };
        Ok(Created { location: format!("/api/v1/api-clients/{id}"), version: Some(1), body: kept })
    });
    match made.await? {
        Once::Made(answer, kept) => {
            let mut created = HttpResponse::Created();
            created.insert_header(("location", answer.location.unwrap_or_default()));
            Ok(shown_once(created, IssuedApiClient { key: secret, ..kept }))
        }
        repeated @ Once::Repeated(_) => Ok(repeated.respond()),
    }
}

async fn open(
    tx: &Tx,
    viewer: &Viewer,
    (id, secret): (ApiClientId, &str),
    new: NewApiClient,
) -> Result<ApiClient, Error> {
    let profile = checked(tx, viewer, new.profile, None).await?;
    let (created_at, changes) = (tx.at(), profile.known());
    let (revoked_at, last_used_at, former_until) = (None, None, None);
    let client = ApiClient { id, profile, created_at, revoked_at, last_used_at, former_until, version: 1 };
    settled(tx, id, api_clients::insert(tx, &client, hash(secret)).await).await?;
    record(tx, id, "api_client.created", changes);
    Ok(client)
}

impl Repeatable for IssuedApiClient {
    /// Keys concern the whole company; who may make them may see them.
    async fn require_visible(_: &Tx, _: &Viewer, _: &serde_json::Value) -> Result<(), Error> {
        Ok(())
    }
}
