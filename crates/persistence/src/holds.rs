//! 仮押さえ as rows: each car's claims in their order.
//!
//! Whoever changes a car's claims locks the car first, so that a list is never changed by two at once; that a car has one holder at most,
//! and a person one claim, is besides what two unique indexes say.

use noren_domain::code::StockNumber;
use noren_domain::hold::{Hold, HoldState, Placed};
use noren_domain::{HoldId, LeadId, StaffId, StoreId, Timestamp};
use sea_orm::sea_query::{ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::hold::{ActiveModel, Column, Entity, Model};
use crate::entity::vehicle;
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

/// Which claims are listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Whose they are.
    pub staff_id: Option<StaffId>,
    /// For whom.
    pub lead_id: Option<LeadId>,
    /// Those that stand in a list, or those that are over.
    pub open: Option<bool>,
}

/// Locks a car until the unit of work ends; whether there is such a car.
///
/// # Errors
/// Database errors.
pub async fn lock_car(tx: &Tx, number: &StockNumber) -> Result<bool, Error> {
    let mut query = vehicle::Entity::find()
        .select_only()
        .column(vehicle::Column::StockNumber)
        .filter(vehicle::Column::StockNumber.eq(number.as_str()));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::NoKeyUpdate);
    }
    Ok(query.into_tuple::<String>().one(tx.inner()).await?.is_some())
}

/// # Errors
/// `Conflict` when the person has a claim on the car, or somebody has the car.
pub async fn insert(tx: &Tx, hold: &Hold) -> Result<(), Error> {
    Entity::insert(to_row(hold).into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: HoldId) -> Result<Option<Hold>, Error> {
    Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_hold).transpose()
}

/// The open claims on a car, in their order: who has it or is asked for, and those who wait behind.
///
/// # Errors
/// Database errors.
pub async fn open_on(conn: &impl Conn, number: &StockNumber) -> Result<Vec<Hold>, Error> {
    let open = Entity::find().filter(Column::StockNumber.eq(number.as_str())).filter(is_open());
    let rows = open.order_by_asc(Column::Id).all(conn.inner()).await?;
    let mut line = rows.into_iter().map(to_hold).collect::<Result<Vec<_>, _>>()?;
    line.sort_by_key(|hold| hold.state == HoldState::Queued);
    Ok(line)
}

/// How often anything has changed about a car's claims, those that are over included.
///
/// # Errors
/// Database errors.
pub async fn changes_on(conn: &impl Conn, number: &StockNumber) -> Result<i64, Error> {
    let of_car = Entity::find().select_only().column(Column::Version).filter(Column::StockNumber.eq(number.as_str()));
    let versions: Vec<i64> = of_car.into_tuple().all(conn.inner()).await?;
    Ok(versions.into_iter().sum())
}

/// What is known of the claims on some cars: those that are open, and those that EXTREME knew, so that a copy which still shows one that
/// is over is recognised.
///
/// # Errors
/// Database errors.
pub async fn known_on(conn: &impl Conn, numbers: &[&str]) -> Result<Vec<Hold>, Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let known = Condition::any().add(is_open()).add(Column::ExtremeHoldId.is_not_null());
    let rows = Entity::find().filter(Column::StockNumber.is_in(numbers.iter().copied())).filter(known);
    rows.order_by_asc(Column::Id).all(conn.inner()).await?.into_iter().map(to_hold).collect()
}

/// One page of claims, the newest first.
///
/// # Errors
/// Database errors.
pub async fn page(conn: &impl Conn, wanted: &Wanted, page: &PageRequest) -> Result<Page<Hold>, Error> {
    let mut query = Entity::find();
    if let Some(id) = wanted.staff_id {
        query = query.filter(Column::StaffId.eq(id.0));
    }
    if let Some(id) = wanted.lead_id {
        query = query.filter(Column::LeadId.eq(id.0));
    }
    match wanted.open {
        Some(true) => query = query.filter(is_open()),
        Some(false) => query = query.filter(is_open().not()),
        None => {}
    }
    if let Some(after) = &page.after {
        query = query.filter(Column::Id.lt(after.id));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit + 1).all(conn.inner()).await?;
    let page = Page::cut(rows, page.limit, |row| Position { sort: String::new(), id: row.id });
    Ok(Page { items: page.items.into_iter().map(to_hold).collect::<Result<_, _>>()?, next: page.next })
}

/// Stores what became of a claim, whose version counts up.
///
/// # Errors
/// `Stale` when it was changed since it was read.
pub async fn update(tx: &Tx, hold: &mut Hold) -> Result<(), Error> {
    let seen = hold.version;
    hold.version += 1;
    let change = ActiveModel { id: sea_orm::ActiveValue::NotSet, ..to_row(hold).into_active_model().reset_all() };
    let of_version =
        Entity::update_many().set(change).filter(Column::Id.eq(hold.id.0)).filter(Column::Version.eq(seen));
    if of_version.exec(tx.inner()).await?.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Some of the cars of which a claim has run out.
///
/// # Errors
/// Database errors.
pub async fn run_out(conn: &impl Conn, now: Timestamp, limit: u64) -> Result<Vec<StockNumber>, Error> {
    let due = [HoldState::Requested, HoldState::Held].map(HoldState::as_str);
    let query = Entity::find()
        .select_only()
        .column(Column::StockNumber)
        .filter(Column::State.is_in(due))
        .filter(Column::ExpiresAt.lte(now))
        .order_by_asc(Column::ExpiresAt)
        .limit(limit);
    numbers(query.into_tuple().all(conn.inner()).await?)
}

/// The cars that somebody wants.
///
/// # Errors
/// Database errors.
pub async fn wanted_cars(conn: &impl Conn) -> Result<Vec<StockNumber>, Error> {
    let query = Entity::find().select_only().column(Column::StockNumber).distinct().filter(is_open());
    numbers(query.order_by_asc(Column::StockNumber).into_tuple().all(conn.inner()).await?)
}

fn numbers(texts: Vec<String>) -> Result<Vec<StockNumber>, Error> {
    texts.into_iter().map(|text| column("stock_number").read_text(text)).collect()
}

fn is_open() -> sea_orm::sea_query::SimpleExpr {
    Column::State.is_in(HoldState::OPEN.map(HoldState::as_str))
}

fn column(name: &'static str) -> Place {
    Place("holds", name)
}

fn to_row(hold: &Hold) -> Model {
    Model {
        id: hold.id.0,
        stock_number: hold.stock_number.to_string(),
        staff_id: hold.staff_id.0,
        store_id: hold.store_id.0,
        lead_id: hold.lead_id.map(|id| id.0),
        state: hold.state.as_str().to_owned(),
        hours: hold.hours.into(),
        requested_at: hold.requested_at,
        expires_at: hold.expires_at,
        wanted_until: hold.wanted_until,
        extreme_hold_id: hold.placed.as_ref().map(|placed| placed.hold_id.to_string()),
        extreme_revision: hold.placed.as_ref().map(|placed| placed.revision),
        heard_at: hold.heard_at,
        ended_at: hold.ended_at,
        loss: hold.loss.map(|loss| loss.as_str().to_owned()),
        version: hold.version,
    }
}

fn to_hold(row: Model) -> Result<Hold, Error> {
    let placed = match (row.extreme_hold_id, row.extreme_revision) {
        (Some(id), Some(revision)) => Some(Placed { hold_id: column("extreme_hold_id").read_text(id)?, revision }),
        _ => None,
    };
    Ok(Hold {
        id: HoldId(row.id),
        stock_number: column("stock_number").read_text(row.stock_number)?,
        staff_id: StaffId(row.staff_id),
        store_id: StoreId(row.store_id),
        lead_id: row.lead_id.map(LeadId),
        state: column("state").read_text(row.state)?,
        hours: u8::try_from(row.hours).unwrap_or(noren_domain::hold::MOST_HOURS),
        requested_at: row.requested_at,
        expires_at: row.expires_at,
        wanted_until: row.wanted_until,
        placed,
        heard_at: row.heard_at,
        ended_at: row.ended_at,
        loss: row.loss.map(|loss| column("loss").read_text(loss)).transpose()?,
        version: row.version,
    })
}
