//! Integrators' keys, kept as SHA-256 alone.

use std::collections::HashMap;

use noren_domain::{ApiClientId, StoreId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::{api_client, api_client_store};
use crate::{Conn, Error, Tx};

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiClient {
    pub id: ApiClientId,
    pub name: String,
    pub stores: Vec<StoreId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

/// # Errors
/// `Conflict` when a store is unknown.
pub async fn insert(tx: &Tx, client: &ApiClient, key_hash: [u8; 32]) -> Result<(), Error> {
    let ApiClient { id, name, stores, created_at, expires_at, revoked_at, last_used_at } = client.clone();
    let key_hash = key_hash.to_vec();
    let row =
        api_client::Model { id: id.0, name, key_hash, created_at, expires_at, revoked_at, last_used_at, version: 1 };
    api_client::Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    let rows =
        stores.iter().map(|store| api_client_store::ActiveModel { api_client_id: Set(id.0), store_id: Set(store.0) });
    api_client_store::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The client with this key, whatever its state.
///
/// # Errors
/// Database errors.
pub async fn find_by_key(conn: &impl Conn, key_hash: [u8; 32]) -> Result<Option<ApiClient>, Error> {
    let row =
        api_client::Entity::find().filter(api_client::Column::KeyHash.eq(key_hash.to_vec())).one(conn.inner()).await?;
    Ok(with_stores(conn, row.into_iter().collect()).await?.into_iter().next())
}

/// The client with this id, whatever its state.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: ApiClientId) -> Result<Option<ApiClient>, Error> {
    let row = api_client::Entity::find_by_id(id.0).one(conn.inner()).await?;
    Ok(with_stores(conn, row.into_iter().collect()).await?.into_iter().next())
}

/// All keys, newest first.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<ApiClient>, Error> {
    let rows = api_client::Entity::find().order_by_desc(api_client::Column::Id).all(conn.inner()).await?;
    with_stores(conn, rows).await
}

/// What keys are called, revoked ones included.
///
/// # Errors
/// Database errors.
pub async fn names(conn: &impl Conn, clients: &[ApiClientId]) -> Result<HashMap<ApiClientId, String>, Error> {
    let named = api_client::Entity::find().filter(api_client::Column::Id.is_in(clients.iter().map(|id| id.0)));
    Ok(named.all(conn.inner()).await?.into_iter().map(|row| (ApiClientId(row.id), row.name)).collect())
}

/// Revokes a key, once. `false` when there is none, or it was revoked before.
///
/// # Errors
/// Database errors.
pub async fn revoke(tx: &Tx, id: ApiClientId) -> Result<bool, Error> {
    let outcome = api_client::Entity::update_many()
        .col_expr(api_client::Column::RevokedAt, Expr::value(tx.at()))
        .filter(api_client::Column::Id.eq(id.0))
        .filter(api_client::Column::RevokedAt.is_null())
        .exec(tx.inner())
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// Notes that a key is in use. Best effort.
///
/// # Errors
/// Database errors.
pub async fn touch(tx: &Tx, id: ApiClientId) -> Result<(), Error> {
    let used = api_client::ActiveModel { last_used_at: Set(Some(tx.at())), ..Default::default() };
    api_client::Entity::update_many().set(used).filter(api_client::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

async fn with_stores(conn: &impl Conn, rows: Vec<api_client::Model>) -> Result<Vec<ApiClient>, Error> {
    let of_rows = api_client_store::Column::ApiClientId.is_in(rows.iter().map(|row| row.id));
    let places = api_client_store::Entity::find().filter(of_rows).all(conn.inner()).await?;
    let clients = rows.into_iter().map(|row| {
        let stores =
            places.iter().filter(|place| place.api_client_id == row.id).map(|place| StoreId(place.store_id)).collect();
        let api_client::Model { id, name, created_at, expires_at, revoked_at, last_used_at, .. } = row;
        ApiClient { id: ApiClientId(id), name, stores, created_at, expires_at, revoked_at, last_used_at }
    });
    Ok(clients.collect())
}
