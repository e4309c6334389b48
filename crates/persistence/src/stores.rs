//! 店舗 as rows.

use std::collections::HashMap;

use noren_domain::StoreId;
use noren_domain::contact::Address;
use noren_domain::lead::LeadStatus;
use noren_domain::staff::StaffStatus;
use noren_domain::store::{Store, StoreProfile, StoreUse};
use noren_domain::viewer::Viewer;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::entity::store::{Column, Entity, Model};
use crate::entity::{form, lead, staff, staff_store};
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// The store, if it exists for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, id: StoreId) -> Result<Option<Store>, Error> {
    Entity::find_by_id(id.0).filter(visible_to(viewer)).one(conn.inner()).await?.map(to_store).transpose()
}

/// The stores that exist for this viewer, by code, and those that closed at the end.
///
/// # Errors
/// Database errors.
pub async fn visible(conn: &impl Conn, viewer: &Viewer) -> Result<Vec<Store>, Error> {
    let rows = Entity::find().filter(visible_to(viewer)).order_by_asc(Column::Code).all(conn.inner()).await?;
    let mut stores = rows.into_iter().map(to_store).collect::<Result<Vec<_>, _>>()?;
    stores.sort_by_key(|store| store.closed_at.is_some());
    Ok(stores)
}

/// All stores of the company by their codes, whoever asks: a car may stand at any of them.
///
/// # Errors
/// Database errors.
pub async fn by_code(conn: &impl Conn) -> Result<HashMap<String, StoreId>, Error> {
    let rows = Entity::find().select_only().columns([Column::Code, Column::Id]);
    let rows: Vec<(String, uuid::Uuid)> = rows.into_tuple().all(conn.inner()).await?;
    Ok(rows.into_iter().map(|(code, id)| (code, StoreId(id))).collect())
}

/// By what code EXTREME knows a store.
///
/// # Errors
/// Database errors.
pub async fn code(conn: &impl Conn, id: StoreId) -> Result<Option<String>, Error> {
    let code = Entity::find_by_id(id.0).select_only().column(Column::Code);
    Ok(code.into_tuple().one(conn.inner()).await?)
}

/// The store, if it exists for this viewer, which nobody else opens or closes before the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx, viewer: &Viewer, id: StoreId) -> Result<Option<Store>, Error> {
    locked(tx, viewer, id, LockType::Update).await
}

/// The same for one of many who want it to stay as it is.
///
/// # Errors
/// Database errors.
pub async fn hold(tx: &Tx, viewer: &Viewer, id: StoreId) -> Result<Option<Store>, Error> {
    locked(tx, viewer, id, LockType::Share).await
}

async fn locked(tx: &Tx, viewer: &Viewer, id: StoreId, how: LockType) -> Result<Option<Store>, Error> {
    let mut query = Entity::find_by_id(id.0).filter(visible_to(viewer));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(how);
    }
    query.one(tx.inner()).await?.map(to_store).transpose()
}

/// What is left at a store: people who have not retired, open leads and forms that take inquiries.
///
/// # Errors
/// Database errors.
pub async fn in_use(conn: &impl Conn, id: StoreId) -> Result<StoreUse, Error> {
    let not_retired = staff::Entity::find()
        .select_only()
        .column(staff::Column::Id)
        .filter(staff::Column::Status.ne(StaffStatus::Retired.as_str()));
    let people = staff_store::Entity::find()
        .filter(staff_store::Column::StoreId.eq(id.0))
        .filter(staff_store::Column::StaffId.in_subquery(QueryTrait::into_query(not_retired)));
    let open = LeadStatus::ALL.into_iter().filter(|status| status.is_open()).map(LeadStatus::as_str);
    let leads = lead::Entity::find().filter(lead::Column::StoreId.eq(id.0)).filter(lead::Column::Status.is_in(open));
    let forms = form::Entity::find().filter(form::Column::StoreId.eq(id.0)).filter(form::Column::Active.eq(true));
    Ok(StoreUse {
        staff: people.count(conn.inner()).await?,
        leads: leads.count(conn.inner()).await?,
        forms: forms.count(conn.inner()).await?,
    })
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
    let Store { id, profile, created_at, closed_at, version } = store.clone();
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
        closed_at,
    })
}

fn to_store(row: Model) -> Result<Store, Error> {
    let Model { id, code, name, created_at, closed_at, version, phone, hours, holidays, .. } = row;
    let Model { postal_code, prefecture, city, town, street, building, .. } = row;
    let profile = StoreProfile {
        code,
        name,
        address: Address { postal_code, prefecture, city, town, street, building },
        phone: phone.map(|phone| column("phone").read(phone)).transpose()?,
        hours: column("hours").read(hours)?,
        holidays: column("holidays").read(holidays)?,
    };
    Ok(Store { id: StoreId(id), profile, created_at, closed_at, version })
}

fn column(name: &'static str) -> Place {
    Place("stores", name)
}
