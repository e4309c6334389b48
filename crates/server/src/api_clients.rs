//! `/api-clients`: keys for integrators. A key is shown once and kept as a hash.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use noren_api::Page;
use noren_api::api_clients::{ApiClient, IssuedApiClient, NewApiClient};
use noren_domain::clock::to_micros;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{ApiClientId, StoreId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Constraint, Tx, api_clients, stores};
use rand::RngExt;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Id;
use crate::idempotency::{Created, Creating, Once, Repeatable};
use crate::permissions::{CreateApiClient, ListApiClients, RevokeApiClient};

/// The longest life of a key.
const LONGEST: TimeDelta = TimeDelta::days(365);

/// List integrators' keys
#[utoipa::path(tag = "api clients", responses((status = 200, body = Page<ApiClient>)))]
#[get("/api-clients")]
pub async fn list_api_clients(_: Allowed<ListApiClients>, app: Data<App>) -> Result<Json<Page<ApiClient>>, Error> {
    let clients = api_clients::all(&app.db).await?;
    Ok(Json(Page { items: clients.into_iter().map(to_wire).collect(), next: None }))
}

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
    let (id, secret) = mint(app.clock.now());
    let made = new.key.once(&app, &who, async |tx| {
        require_stores(tx, &who.viewer, &new.body.store_ids).await?;
        let client = open(tx, id, &secret, new.body.clone()).await?;
        // What is stored for a repeat is not the key.
        let kept = IssuedApiClient { client: to_wire(client), key: format!("{}…", &secret[..12]) };
        Ok(Created { location: format!("/api/v1/api-clients/{id}"), version: None, body: kept })
    });
    match made.await? {
        Once::Made(answer, kept) => Ok(HttpResponse::Created()
            .insert_header(("location", answer.location.unwrap_or_default()))
            .insert_header(("content-encoding", "identity"))
            .json(IssuedApiClient { key: secret, ..kept })),
        repeated @ Once::Repeated(_) => Ok(repeated.respond()),
    }
}

/// A key that nobody has: its id, for the list, and 256 random bits.
fn mint(now: Timestamp) -> (ApiClientId, String) {
    let id = ApiClientId::mint(now);
    let random = BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>());
    (id, format!("{}{}_{random}", crate::auth::KEY_PREFIX, id.0.simple()))
}

async fn require_stores(tx: &Tx, viewer: &Viewer, wanted: &[StoreId]) -> Result<(), Error> {
    let twice = wanted.iter().enumerate().position(|(at, id)| wanted[..at].contains(id));
    if let Some(at) = twice {
        return Err(Error::field(format!("store_ids.{at}"), "duplicate"));
    }
    let known = stores::visible(tx, viewer).await?;
    match wanted.iter().position(|id| known.iter().all(|store| store.id != *id)) {
        Some(unknown) => Err(Error::field(format!("store_ids.{unknown}"), "unknown")),
        None => Ok(()),
    }
}

async fn open(tx: &Tx, id: ApiClientId, secret: &str, new: NewApiClient) -> Result<api_clients::ApiClient, Error> {
    let NewApiClient { name, store_ids, expires_at } = new;
    let (now, expires_at) = (tx.at(), to_micros(expires_at));
    let name = noren_domain::text::tidy(&name);
    if name.is_empty() {
        return Err(Error::field("name", "required"));
    }
    if expires_at <= now || expires_at > now + LONGEST {
        return Err(Error::field("expires_at", "out_of_range"));
    }
    let client = api_clients::ApiClient {
        id,
        name,
        stores: store_ids,
        created_at: now,
        expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    api_clients::insert(tx, &client, Sha256::digest(secret.as_bytes()).into()).await.map_err(name_taken)?;
    let stores = client.stores.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let granted =
        [("name", client.name.clone()), ("store_ids", stores), ("expires_at", client.expires_at.to_rfc3339())];
    tx.audit(Entry {
        chain: Chain::Company,
        action: "api_client.created",
        subject: format!("api_client:{id}"),
        changes: granted.map(|(field, value)| FieldChange::to(field, value)).into(),
    });
    Ok(client)
}

/// Two keys of one name could not be told apart in the list and the audit.
fn name_taken(error: noren_persistence::Error) -> Error {
    match error {
        noren_persistence::Error::Conflict(Constraint::Unique(place)) if place.contains("name") => {
            Error::Taken { field: "name" }
        }
        other => other.into(),
    }
}

/// Revoke an integrator's key
///
/// Effective on the key's next request.
#[utoipa::path(tag = "api clients", params(("id" = ApiClientId, Path)), responses((status = 204)))]
#[delete("/api-clients/{id}")]
pub async fn revoke_api_client(
    who: Allowed<RevokeApiClient>,
    app: Data<App>,
    id: Id<ApiClientId>,
) -> Result<HttpResponse, Error> {
    let revoked = app.db.write(who.actor(&app), async |tx| {
        if !api_clients::revoke(tx, id.0).await? {
            return Err(Error::NotFound);
        }
        let subject = format!("api_client:{}", id.0);
        tx.audit(Entry { chain: Chain::Company, action: "api_client.revoked", subject, changes: Vec::new() });
        Ok(())
    });
    revoked.await?;
    Ok(HttpResponse::NoContent().finish())
}

impl Repeatable for IssuedApiClient {
    /// Keys concern the whole company; who may make them may see them.
    async fn require_visible(_: &Tx, _: &Viewer, _: &serde_json::Value) -> Result<(), Error> {
        Ok(())
    }
}

fn to_wire(client: api_clients::ApiClient) -> ApiClient {
    let api_clients::ApiClient { id, name, stores, created_at, expires_at, revoked_at, last_used_at } = client;
    ApiClient { id, name, store_ids: stores, created_at, expires_at, revoked_at, last_used_at }
}
