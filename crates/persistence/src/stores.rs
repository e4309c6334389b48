//! 店舗 as rows.

use noren_domain::StoreId;
use noren_domain::contact::Address;
use noren_domain::store::{Store, StoreProfile};
use noren_domain::viewer::Viewer;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::store::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// The store, if it exists for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, id: StoreId) -> Result<Option<Store>, Error> {
    Entity::find_by_id(id.0).filter(visible_to(viewer)).one(conn.inner()).await?.map(to_store).transpose()
}

/// The stores that exist for this viewer, by code.
///
/// # Errors
/// Database errors.
pub async fn visible(conn: &impl Conn, viewer: &Viewer) -> Result<Vec<Store>, Error> {
    let rows = Entity::find().filter(visible_to(viewer)).order_by_asc(Column::Code).all(conn.inner()).await?;
    rows.into_iter().map(to_store).collect()
}

/// # Errors
/// `Conflict` when the code is taken.
pub async fn insert(tx: &Tx, store: &Store) -> Result<(), Error> {
    Entity::insert(to_row(store)?.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Stores a changed store, whose version counts up, if nobody else changed it since it was read.
///
/// # Errors
/// `Stale` when somebody did, `Conflict` when the code is taken.
pub async fn update(tx: &Tx, store: &mut Store) -> Result<(), Error> {
    let seen = store.version;
    store.version += 1;
    let outcome = Entity::update_many()
        .set(to_row(store)?.into_active_model().reset_all())
        .filter(Column::Id.eq(store.id.0))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn visible_to(viewer: &Viewer) -> Condition {
    match viewer.store_filter() {
        Some(stores) => Condition::all().add(Column::Id.is_in(stores.iter().map(|store| store.0))),
        None => Condition::all(),
    }
}

fn to_row(store: &Store) -> Result<Model, Error> {
    let Store { id, profile, created_at, version } = store.clone();
    let StoreProfile { code, name, address, phone, hours, holidays } = profile;
    let Address { postal_code, prefecture, city, town, street, building } = address;
    Ok(Model {
        id: id.0,
        code,
        name,
        created_at,
        version,
        postal_code,
        prefecture,
        city,
        town,
        street,
        building,
        phone: phone.map(|phone| column("phone").write(&phone)).transpose()?,
        hours: column("hours").write(&hours)?,
        holidays: column("holidays").write(&holidays)?,
    })
}

fn to_store(row: Model) -> Result<Store, Error> {
    let Model { id, code, name, created_at, version, phone, hours, holidays, .. } = row;
    let Model { postal_code, prefecture, city, town, street, building, .. } = row;
    let profile = StoreProfile {
        code,
        name,
        address: Address { postal_code, prefecture, city, town, street, building },
        phone: phone.map(|phone| column("phone").read(phone)).transpose()?,
        hours: column("hours").read(hours)?,
        holidays: column("holidays").read(holidays)?,
    };
    Ok(Store { id: StoreId(id), profile, created_at, version })
}

fn column(name: &'static str) -> Place {
    Place("stores", name)
}
