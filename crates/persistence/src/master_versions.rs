//! The versions of masters that are settled as a whole list.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use crate::entity::master_version::{Column, Entity};
use crate::{Conn, Error, Tx};

/// The version of a master as a whole.
pub(crate) async fn of(conn: &impl Conn, master: &str) -> Result<i64, Error> {
    let row = Entity::find_by_id(master.to_owned()).one(conn.inner()).await?;
    let missing = || Error::Corrupt { table: "master_versions", column: "master", value: String::new() };
    row.map(|row| row.version).ok_or_else(missing)
}

/// Counts the version up, if nobody else did since it was read; otherwise `Stale`.
pub(crate) async fn count_up(tx: &Tx, master: &str, seen: i64) -> Result<(), Error> {
    let outcome = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Master.eq(master))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
