//! `/api-clients`: keys for integrators. A secret is shown once and kept as a hash.

mod create;
mod edit;
mod list;
mod revoke;
mod rotate;

use actix_web::HttpResponse;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use noren_api::api_clients::{ApiClient as Wire, ApiClientProfile as WireProfile, IssuedApiClient};
use noren_domain::api_client::{ApiClient, ApiClientProfile, TypedApiClient};
use noren_domain::clock::to_micros;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{ApiClientId, Timestamp};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Constraint, Tx, api_clients, stores};
use rand::RngExt;
use sha2::{Digest, Sha256};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;

/// All operations on keys.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_api_clients)
        .service(create::create_api_client)
        .service(list::read_api_client)
        .service(edit::edit_api_client)
        .service(rotate::rotate_api_client)
        .service(revoke::revoke_api_client);
}

/// A secret that nobody has: the key's id, to know a lost one by, and 256 random bits.
fn mint(id: ApiClientId) -> String {
    let random = BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>());
    format!("{}{}_{random}", crate::auth::KEY_PREFIX, id.0.simple())
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// What was typed by the rules of keys, with stores that there are. The end that it `had` is not asked again.
async fn checked(
    tx: &Tx,
    viewer: &Viewer,
    typed: WireProfile,
    had: Option<Timestamp>,
) -> Result<ApiClientProfile, Error> {
    let named = typed.store_ids.clone();
    let typed = TypedApiClient::from(WireProfile { expires_at: to_micros(typed.expires_at), ..typed });
    let profile = typed.check(tx.at(), had).map_err(|broken| noren_domain::Error::from(broken.inside("profile")))?;
    let known = stores::visible(tx, viewer).await?;
    match named.iter().position(|id| known.iter().all(|store| store.id != *id)) {
        Some(unknown) => Err(Error::field(format!("profile.store_ids.{unknown}"), "unknown")),
        None => Ok(profile),
    }
}

async fn known(conn: &impl Conn, id: ApiClientId) -> Result<ApiClient, Error> {
    api_clients::find(conn, id).await?.ok_or(Error::NotFound)
}

/// The key in the version that the caller saw, if there is still something to change about it.
async fn seen(tx: &Tx, (id, version): (ApiClientId, i64)) -> Result<ApiClient, Error> {
    let client = known(tx, id).await?;
    if client.version != version {
        return Err(stale(tx, client));
    }
    client.require_in_use()?;
    Ok(client)
}

/// What a write came to that somebody else was faster than, or whose name another key has: two keys of one name could not be told
/// apart in the list and the audit.
async fn settled(tx: &Tx, id: ApiClientId, written: Result<(), noren_persistence::Error>) -> Result<(), Error> {
    match written {
        Err(noren_persistence::Error::Stale) => Err(stale(tx, known(tx, id).await?)),
        Err(noren_persistence::Error::Conflict(Constraint::Unique(place))) if place.contains("name") => {
            Err(Error::Taken { field: "profile.name" })
        }
        outcome => Ok(outcome?),
    }
}

fn stale(tx: &Tx, client: ApiClient) -> Error {
    let version = client.version;
    Error::stale(&to_wire(client, tx.at()), version)
}

fn record(tx: &Tx, id: ApiClientId, action: &'static str, changes: Vec<FieldChange>) {
    tx.audit(Entry { chain: Chain::Company, action, subject: format!("api_client:{id}"), changes });
}

fn answer(client: ApiClient, now: Timestamp) -> HttpResponse {
    let etag = ("etag", format!("\"{}\"", client.version));
    HttpResponse::Ok().insert_header(etag).json(to_wire(client, now))
}

/// Not compressed: the length of what is compressed tells of what is in it.
fn shown_once(mut response: actix_web::HttpResponseBuilder, issued: IssuedApiClient) -> HttpResponse {
    let etag = ("etag", format!("\"{}\"", issued.client.version));
    response.insert_header(etag).insert_header(("content-encoding", "identity")).json(issued)
}

fn to_wire(client: ApiClient, now: Timestamp) -> Wire {
    let ApiClient { id, profile, created_at, revoked_at, last_used_at, former_until, version } = client;
    let former_until = former_until.filter(|end| *end > now && revoked_at.is_none());
    Wire { id, profile: profile.into(), created_at, revoked_at, last_used_at, former_until, version }
}
