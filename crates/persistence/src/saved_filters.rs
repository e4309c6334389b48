//! The filters of the stock that people keep, each person their own.

use noren_domain::saved_filter::SavedFilter;
use noren_domain::{SavedFilterId, StaffId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::entity::saved_filter::{Column, Entity, Model};
use crate::{Conn, Error, Tx};

/// What a person keeps, in the order in which they kept it.
///
/// # Errors
/// Database errors.
pub async fn of(conn: &impl Conn, staff: StaffId) -> Result<Vec<SavedFilter>, Error> {
    let rows = Entity::find().filter(Column::StaffId.eq(staff.0)).order_by_asc(Column::Id).all(conn.inner()).await?;
    Ok(rows.into_iter().map(to_filter).collect())
}

/// One of a person's own.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, staff: StaffId, id: SavedFilterId) -> Result<Option<SavedFilter>, Error> {
    let row = Entity::find_by_id(id.0).filter(Column::StaffId.eq(staff.0)).one(conn.inner()).await?;
    Ok(row.map(to_filter))
}

/// # Errors
/// `Conflict` when the person keeps another one under that name.
pub async fn insert(tx: &Tx, staff: StaffId, filter: &SavedFilter) -> Result<(), Error> {
    let SavedFilter { id, name, query, version } = filter.clone();
    let row = Model { id: id.0, staff_id: staff.0, name, query, version };
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Stores a changed filter, whose version counts up, if nobody else changed it since it was read.
///
/// # Errors
/// `Stale` when somebody did, `Conflict` when the person keeps another one under that name.
pub async fn update(tx: &Tx, filter: &mut SavedFilter) -> Result<(), Error> {
    let seen = filter.version;
    filter.version += 1;
    let outcome = Entity::update_many()
        .col_expr(Column::Name, Expr::val(filter.name.as_str()))
        .col_expr(Column::Query, Expr::val(filter.query.as_str()))
        .col_expr(Column::Version, Expr::val(filter.version))
        .filter(Column::Id.eq(filter.id.0))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// # Errors
/// Database errors.
pub async fn delete(tx: &Tx, id: SavedFilterId) -> Result<(), Error> {
    Entity::delete_by_id(id.0).exec(tx.inner()).await?;
    Ok(())
}

fn to_filter(row: Model) -> SavedFilter {
    let Model { id, staff_id: _, name, query, version } = row;
    SavedFilter { id: SavedFilterId(id), name, query, version }
}
