//! 店舗 as rows.

use noren_domain::StoreId;
use noren_domain::staff::Store;
use noren_domain::viewer::Viewer;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::store::{Column, Entity, Model};
use crate::{Conn, Error, Tx};

/// The stores that exist for this viewer, by code.
///
/// # Errors
/// Database errors.
pub async fn visible(conn: &impl Conn, viewer: &Viewer) -> Result<Vec<Store>, Error> {
    let mut query = Entity::find();
    if let Some(stores) = viewer.store_filter() {
        query = query.filter(Column::Id.is_in(stores.iter().map(|store| store.0)));
    }
    let rows = query.order_by_asc(Column::Code).all(conn.inner()).await?;
    Ok(rows.into_iter().map(to_store).collect())
}

/// # Errors
/// `Conflict` when the code is taken.
pub async fn insert(tx: &Tx, store: &Store) -> Result<(), Error> {
    let Store { id, code, name, created_at, version } = store.clone();
    let row = Model { id: id.0, code, name, created_at, version };
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

fn to_store(row: Model) -> Store {
    let Model { id, code, name, created_at, version } = row;
    Store { id: StoreId(id), code, name, created_at, version }
}
