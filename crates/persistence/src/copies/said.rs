//! Copies of what a file says. A file has no revisions: a record that says something else than its copy is the copy's next one.

use std::collections::HashMap;

use noren_domain::Timestamp;
use noren_domain::sync::{Changes, Recorded, Revision, Stream, Tombstone};
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IdenStatic, Iterable, ModelTrait,
    QueryFilter, QuerySelect, Value,
};

use super::{Copied, PARAMETERS, keep, table_of, tombstones_of};
use crate::entity::{extreme_tombstone, vehicle_index};
use crate::{Conn, Error, Tx, extreme};

/// So many records are compared with their copies at once.
const CHUNK: usize = 500;
/// What of a row is no content.
const STAMPS: [&str; 3] = ["revision", "changed_at", "read_at"];

type EntityOf<T> = <<T as Copied>::Row as ActiveModelTrait>::Entity;
type ColumnOf<T> = <EntityOf<T> as EntityTrait>::Column;
type ModelOf<T> = <EntityOf<T> as EntityTrait>::Model;

/// What became of the records of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Records that were not known.
    pub new: u64,
    /// Records that said something else.
    pub changed: u64,
    pub unchanged: u64,
    pub gone: u64,
}

/// Keeps what the records of a file say, and drops what is gone by it. A record that is as its copy is costs nothing but the look.
///
/// # Errors
/// Database errors.
pub async fn keep_said<T: Copied + Clone>(
    tx: &Tx,
    records: &[Recorded<T>],
    gone: &[(String, Revision)],
    read_at: Timestamp,
) -> Result<Said, Error> {
    let mut said = Said { gone: gone.len() as u64, ..Said::default() };
    for chunk in records.chunks(CHUNK) {
        let keys: Vec<&str> = chunk.iter().map(|recorded| recorded.record.key()).collect();
        let (known, buried) = (rows_of::<T>(tx, &keys).await?, tombstones_of(tx, T::STREAM, &keys).await?);
        let mut items = Vec::new();
        for recorded in chunk {
            let key = recorded.record.key();
            let before = match known.get(key) {
                Some(row) if is_same::<T>(row, &T::to_row(recorded, read_at)?) => {
                    said.unchanged += 1;
                    continue;
                }
                Some(row) => {
                    said.changed += 1;
                    revision_of::<T>(row)
                }
                None => {
                    said.new += 1;
                    0
                }
            };
            let revision = Ord::max(before, buried.get(key).copied().unwrap_or_default()) + 1;
            items.push(Recorded { revision, ..recorded.clone() });
        }
        keep(tx, &Changes { items, tombstones: Vec::new(), next: String::new(), more: false }, read_at).await?;
    }
    let tombstone = |(key, revision): &(String, Revision)| Tombstone {
        key: key.clone(),
        revision: revision + 1,
        deleted_at: read_at,
        merged_into: None,
    };
    for chunk in gone.chunks(PARAMETERS / 8) {
        let tombstones = chunk.iter().map(tombstone).collect();
        keep::<T>(tx, &Changes { items: Vec::new(), tombstones, next: String::new(), more: false }, read_at).await?;
    }
    Ok(said)
}

/// Keys of the cars that are for sale here, with their revisions.
///
/// # Errors
/// Database errors.
pub async fn for_sale(conn: &impl Conn) -> Result<Vec<(String, Revision)>, Error> {
    use vehicle_index::{Column, Entity};
    let rows = Entity::find().select_only().column(Column::StockNumber).column(Column::Revision);
    Ok(rows.filter(Column::Part.eq("for_sale")).into_tuple().all(conn.inner()).await?)
}

/// Makes copies that files have brought give way to whatever EXTREME says itself, now that it is asked: its revisions are others.
///
/// # Errors
/// Database errors.
pub async fn hand_over(tx: &Tx, stream: Stream) -> Result<(), Error> {
    if !extreme::forget_files(tx, stream).await? {
        return Ok(());
    }
    let mut lowered = Query::update();
    lowered.table(Alias::new(table_of(stream))).value(Alias::new("revision"), 0_i64);
    tx.inner().execute(&lowered).await?;
    let buried = extreme_tombstone::Column::Stream.eq(stream.as_str());
    extreme_tombstone::Entity::delete_many().filter(buried).exec(tx.inner()).await?;
    Ok(())
}

/// The rows with these keys.
async fn rows_of<T: Copied>(conn: &impl Conn, keys: &[&str]) -> Result<HashMap<String, ModelOf<T>>, Error> {
    let is_wanted = Expr::col(Alias::new(T::KEY)).is_in(keys.iter().copied());
    let rows = EntityOf::<T>::find().filter(is_wanted).all(conn.inner()).await?;
    let key = |row: &ModelOf<T>| match value_of::<T>(row, T::KEY) {
        Some(Value::String(Some(key))) => key.clone(),
        _ => String::new(),
    };
    Ok(rows.into_iter().map(|row| (key(&row), row)).collect())
}

fn value_of<T: Copied>(row: &ModelOf<T>, name: &str) -> Option<Value> {
    ColumnOf::<T>::iter().find(|column| column.as_str() == name).map(|column| row.get(column))
}

fn revision_of<T: Copied>(row: &ModelOf<T>) -> Revision {
    match value_of::<T>(row, "revision") {
        Some(Value::BigInt(Some(revision))) => revision,
        _ => 0,
    }
}

/// Whether a row says what a copy of it would.
fn is_same<T: Copied>(row: &ModelOf<T>, other: &T::Row) -> bool {
    let mut columns = ColumnOf::<T>::iter().filter(|column| !STAMPS.contains(&column.as_str()));
    columns.all(|column| other.get(column).into_value() == Some(row.get(column)))
}
