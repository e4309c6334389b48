//! Which column of a kind of file is which field. There is one map for each kind, from the beginning on.

use noren_domain::intake::ColumnMap;
use noren_domain::sync::Stream;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use crate::entity::extreme_column_map::{Column, Entity};
use crate::json::Place;
use crate::{Conn, Error, Tx};

const TABLE: &str = "extreme_column_maps";
const CHOICES: Place = Place(TABLE, "choices");

/// The map of a kind of file, with its version.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, stream: Stream) -> Result<(ColumnMap, i64), Error> {
    let row = Entity::find_by_id(stream.as_str().to_owned()).one(conn.inner()).await?;
    let row = row.ok_or_else(|| Place(TABLE, "stream").corrupt(stream.as_str().to_owned()))?;
    Ok((ColumnMap { choices: CHOICES.read(row.choices)?, is_whole_stock: row.whole_stock }, row.version))
}

/// Puts another map in the place of the one of this version.
///
/// # Errors
/// `Stale` when it has another version by now.
pub async fn replace(tx: &Tx, stream: Stream, map: &ColumnMap, seen: i64) -> Result<(), Error> {
    let replaced = Entity::update_many()
        .col_expr(Column::Choices, Expr::val(CHOICES.write(&map.choices)?))
        .col_expr(Column::WholeStock, Expr::val(map.is_whole_stock))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Stream.eq(stream.as_str()))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if replaced.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
