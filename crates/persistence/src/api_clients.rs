//! Integrators' keys, whose secrets are kept as SHA-256 alone.

use std::collections::HashMap;

use noren_domain::api_client::{ApiClient, ApiClientProfile, Scope, network, written};
use noren_domain::{ApiClientId, StoreId, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, UpdateResult,
};

use crate::entity::api_client::{ActiveModel, Column, Entity, Model};
use crate::entity::{api_client_former_secret as former, api_client_store as place};
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

/// # Errors
/// `Conflict` when the name is taken or a store is unknown.
pub async fn insert(tx: &Tx, client: &ApiClient, key_hash: [u8; 32]) -> Result<(), Error> {
    let ApiClient { id, profile, created_at, revoked_at, last_used_at, former_until: _, version } = client;
    let ApiClientProfile { name, scopes, stores: _, addresses, requests_per_minute, expires_at } = profile;
    let row = Model {
        id: id.0,
        name: name.clone(),
        key_hash: key_hash.to_vec(),
        created_at: *created_at,
        expires_at: *expires_at,
        revoked_at: *revoked_at,
        last_used_at: *last_used_at,
        version: *version,
        scopes: column("scopes").write(scopes)?,
        addresses: column("addresses").write(&addresses.iter().map(written).collect::<Vec<_>>())?,
        requests_per_minute: stored(*requests_per_minute)?,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    put_stores(tx, client).await
}

/// Stores what is settled about a key, and its end, if nobody else changed it since it was read. The version counts up.
///
/// # Errors
/// `Stale` when somebody did, `Conflict` when the name is taken.
pub async fn update(tx: &Tx, client: &mut ApiClient) -> Result<(), Error> {
    let ApiClientProfile { name, scopes, stores: _, addresses, requests_per_minute, expires_at } = &client.profile;
    // Uses are noted meanwhile and are none of this.
    let changed = ActiveModel {
        name: Set(name.clone()),
        expires_at: Set(*expires_at),
        revoked_at: Set(client.revoked_at),
        scopes: Set(column("scopes").write(scopes)?),
        addresses: Set(column("addresses").write(&addresses.iter().map(written).collect::<Vec<_>>())?),
        requests_per_minute: Set(stored(*requests_per_minute)?),
        ..ActiveModel::default()
    };
    update_seen(tx, client, changed).await?;
    place::Entity::delete_many().filter(place::Column::ApiClientId.eq(client.id.0)).exec(tx.inner()).await?;
    put_stores(tx, client).await
}

/// Puts another secret in the place of the present one, which opens until `ends_at`; if that is now, none of those before opens
/// any more.
///
/// # Errors
/// `Stale` when somebody else changed the key since it was read.
pub async fn replace_secret(
    tx: &Tx,
    client: &mut ApiClient,
    key_hash: [u8; 32],
    ends_at: Timestamp,
) -> Result<(), Error> {
    let present = Entity::find_by_id(client.id.0).one(tx.inner()).await?.ok_or(Error::Stale)?;
    update_seen(tx, client, ActiveModel { key_hash: Set(key_hash.to_vec()), ..ActiveModel::default() }).await?;
    let overlaps = ends_at > tx.at();
    let mut over = former::Entity::delete_many().filter(former::Column::ApiClientId.eq(client.id.0));
    if overlaps {
        over = over.filter(former::Column::EndsAt.lte(tx.at()));
        let former = former::Model { key_hash: present.key_hash, api_client_id: client.id.0, ends_at };
        former::Entity::insert(former.into_active_model()).exec_without_returning(tx.inner()).await?;
    }
    over.exec(tx.inner()).await?;
    client.former_until = overlaps.then_some(ends_at);
    Ok(())
}

/// Writes in the version that was read.
async fn update_seen(tx: &Tx, client: &mut ApiClient, mut changed: ActiveModel) -> Result<(), Error> {
    let seen = client.version;
    client.version += 1;
    changed.version = Set(client.version);
    let of_version = Entity::update_many().set(changed).filter(Column::Id.eq(client.id.0));
    let UpdateResult { rows_affected, .. } = of_version.filter(Column::Version.eq(seen)).exec(tx.inner()).await?;
    if rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

async fn put_stores(tx: &Tx, client: &ApiClient) -> Result<(), Error> {
    let stores = client.profile.stores.iter();
    let rows = stores.map(|store| place::ActiveModel { api_client_id: Set(client.id.0), store_id: Set(store.0) });
    place::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The key that a secret opens at this instant, whatever its state.
///
/// # Errors
/// Database errors.
pub async fn find_by_secret(conn: &impl Conn, key_hash: [u8; 32], now: Timestamp) -> Result<Option<ApiClient>, Error> {
    let row = Entity::find().filter(Column::KeyHash.eq(key_hash.to_vec())).one(conn.inner()).await?;
    if let Some(row) = row {
        return first(conn, row).await;
    }
    let replaced = former::Entity::find_by_id(key_hash.to_vec()).filter(former::Column::EndsAt.gt(now));
    match replaced.one(conn.inner()).await? {
        Some(replaced) => find(conn, ApiClientId(replaced.api_client_id)).await,
        None => Ok(None),
    }
}

/// The key with this id, whatever its state.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: ApiClientId) -> Result<Option<ApiClient>, Error> {
    match Entity::find_by_id(id.0).one(conn.inner()).await? {
        Some(row) => first(conn, row).await,
        None => Ok(None),
    }
}

/// One page of all keys, the newest first.
///
/// # Errors
/// Database errors.
pub async fn page(conn: &impl Conn, page: &PageRequest) -> Result<Page<ApiClient>, Error> {
    let mut query = Entity::find().order_by_desc(Column::Id);
    if let Some(after) = &page.after {
        query = query.filter(Column::Id.lt(after.id));
    }
    let rows = query.limit(page.limit + 1).all(conn.inner()).await?;
    let clients = with_rest(conn, rows).await?;
    Ok(Page::cut(clients, page.limit, |client| Position { sort: String::new(), id: client.id.0 }))
}

/// What keys are called, revoked ones included.
///
/// # Errors
/// Database errors.
pub async fn names(conn: &impl Conn, clients: &[ApiClientId]) -> Result<HashMap<ApiClientId, String>, Error> {
    let named = Entity::find().filter(Column::Id.is_in(clients.iter().map(|id| id.0)));
    Ok(named.all(conn.inner()).await?.into_iter().map(|row| (ApiClientId(row.id), row.name)).collect())
}

/// Notes that a key is in use. Best effort.
///
/// # Errors
/// Database errors.
pub async fn touch(tx: &Tx, id: ApiClientId) -> Result<(), Error> {
    let used = ActiveModel { last_used_at: Set(Some(tx.at())), ..ActiveModel::default() };
    Entity::update_many().set(used).filter(Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

async fn first(conn: &impl Conn, row: Model) -> Result<Option<ApiClient>, Error> {
    Ok(with_rest(conn, vec![row]).await?.into_iter().next())
}

/// The rows with what stands in tables of its own.
async fn with_rest(conn: &impl Conn, rows: Vec<Model>) -> Result<Vec<ApiClient>, Error> {
    let ids = || rows.iter().map(|row| row.id);
    let places = place::Entity::find().filter(place::Column::ApiClientId.is_in(ids())).all(conn.inner()).await?;
    let formers = former::Entity::find().filter(former::Column::ApiClientId.is_in(ids())).all(conn.inner()).await?;
    rows.into_iter()
        .map(|row| {
            let of_row = places.iter().filter(|place| place.api_client_id == row.id);
            let mut stores: Vec<StoreId> = of_row.map(|place| StoreId(place.store_id)).collect();
            stores.sort_unstable();
            let replaced = formers.iter().filter(|former| former.api_client_id == row.id);
            let former_until = replaced.map(|former| former.ends_at).max();
            to_client(row, stores, former_until)
        })
        .collect()
}

fn to_client(row: Model, stores: Vec<StoreId>, former_until: Option<Timestamp>) -> Result<ApiClient, Error> {
    let Model { id, name, created_at, expires_at, revoked_at, last_used_at, version, .. } = row;
    // A scope of a newer release is none of this one's operations.
    let scopes: Vec<String> = column("scopes").read(row.scopes)?;
    let scopes = scopes.iter().filter_map(|scope| Scope::named(scope)).collect();
    let addresses: Vec<String> = column("addresses").read(row.addresses)?;
    let addresses = addresses.iter().map(|text| network(text).map_err(|_| column("addresses").corrupt(text.clone())));
    let requests_per_minute = row
        .requests_per_minute
        .map(|count| u32::try_from(count).map_err(|_| column("requests_per_minute").corrupt(count.to_string())));
    let profile = ApiClientProfile {
        name,
        scopes,
        stores,
        addresses: addresses.collect::<Result<_, _>>()?,
        requests_per_minute: requests_per_minute.transpose()?,
        expires_at,
    };
    Ok(ApiClient { id: ApiClientId(id), profile, created_at, revoked_at, last_used_at, former_until, version })
}

fn stored(count: Option<u32>) -> Result<Option<i32>, Error> {
    let fits = |count: u32| i32::try_from(count).map_err(|_| column("requests_per_minute").corrupt(count.to_string()));
    count.map(fits).transpose()
}

fn column(name: &'static str) -> Place {
    Place("api_clients", name)
}
