//! Copies of what EXTREME masters. In whatever order its states come, the one of the highest revision stays; what is gone stays gone.

mod customer;
mod results;
mod said;
mod service;
mod staff;
mod statements;
mod vehicle;

use std::collections::{HashMap, HashSet};

use noren_domain::Timestamp;
use noren_domain::sync::{Arrival, Changes, Recorded, Revision, Stream, Tombstone};
use sea_orm::sea_query::{Alias, Expr, Func, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IdenStatic, IntoActiveModel, Iterable,
    QueryFilter, QueryTrait,
};

pub use said::{Said, for_sale, hand_over, keep_said};

use crate::entity::extreme_tombstone;
use crate::{Conn, Error, Tx};

/// How many parameters one statement takes at most, on either database.
const PARAMETERS: usize = 32_000;
/// How many rows one statement writes: so few that its text is prepared once and known again at the next page.
const ROWS: usize = 50;

/// A record of which Noren keeps a copy, and its table.
pub trait Copied: Sized + Send + Sync {
    const STREAM: Stream;
    /// The column of its key.
    const KEY: &'static str;

    #[doc(hidden)]
    type Row: ActiveModelTrait + Send;

    /// By what EXTREME knows it.
    fn key(&self) -> &str;

    #[doc(hidden)]
    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<Self::Row, Error>;

    /// Writes what hangs on rows that have just been stored; of those that were known it has been cleared.
    #[doc(hidden)]
    fn follow(_: &Tx, _: &[&Recorded<Self>]) -> impl Future<Output = Result<(), Error>> + Send {
        std::future::ready(Ok(()))
    }

    /// Takes away what hangs on rows with these keys: they have been stored anew, or go.
    #[doc(hidden)]
    fn clear(_: &Tx, _: &[&str]) -> impl Future<Output = Result<(), Error>> + Send {
        std::future::ready(Ok(()))
    }
}

/// Where the copies of a stream are. Staff of EXTREME's are not those who sign in here.
fn table_of(stream: Stream) -> &'static str {
    match stream {
        Stream::Staff => "extreme_staff",
        other => other.as_str(),
    }
}

/// How many copies there are of each stream.
///
/// # Errors
/// Database errors.
pub async fn counts(conn: &impl Conn) -> Result<Vec<(Stream, u64)>, Error> {
    let mut counts = Vec::with_capacity(Stream::ALL.len());
    for stream in Stream::ALL {
        let query = Query::select().expr(Func::count(Expr::val(1))).from(Alias::new(table_of(*stream))).to_owned();
        let row = conn.inner().query_one(&query).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        counts.push((*stream, count.unsigned_abs()));
    }
    Ok(counts)
}

/// What became of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// States that were newer than what was kept, and records that are gone now.
    pub taken: usize,
    /// States that were older, and were dropped.
    pub stale: usize,
}

/// Keeps a page of changes.
///
/// # Errors
/// Database errors.
pub async fn keep<T: Copied>(tx: &Tx, changes: &Changes<T>, read_at: Timestamp) -> Result<Kept, Error> {
    let (newest, outdone) = newest(&changes.items);
    let mut kept = Kept { taken: 0, stale: outdone };
    let keys: Vec<&str> = newest.iter().map(|recorded| recorded.record.key()).collect();
    let (known, buried) = (revisions_of::<T>(tx, &keys).await?, tombstones_of(tx, T::STREAM, &keys).await?);
    let mut newer = Vec::with_capacity(newest.len());
    for recorded in newest {
        let key = recorded.record.key();
        match Arrival::of(recorded.revision, known.get(key).max(buried.get(key)).copied()) {
            Arrival::Newer => newer.push(recorded),
            Arrival::Same => {}
            Arrival::Older => kept.stale += 1,
        }
    }
    kept.taken += newer.len();
    let stored = store(tx, &newer, read_at).await?;
    let anew: Vec<&str> = stored.iter().map(|one| one.record.key()).filter(|key| known.contains_key(*key)).collect();
    T::clear(tx, &anew).await?;
    T::follow(tx, &stored).await?;
    let risen: Vec<&str> = newer.iter().map(|one| one.record.key()).filter(|key| buried.contains_key(*key)).collect();
    raise(tx, T::STREAM, &risen).await?;
    drop_buried(tx, &newer).await?;
    bury::<T>(tx, &changes.tombstones, &mut kept).await?;
    Ok(kept)
}

/// Of each record the newest state, and how many older ones there were: a page may hold a record twice.
fn newest<T: Copied>(items: &[Recorded<T>]) -> (Vec<&Recorded<T>>, usize) {
    let (mut best, mut outdone): (HashMap<&str, &Recorded<T>>, usize) = (HashMap::with_capacity(items.len()), 0);
    for recorded in items {
        let known = best.entry(recorded.record.key()).or_insert(recorded);
        outdone += usize::from(recorded.revision != known.revision);
        if recorded.revision > known.revision {
            *known = recorded;
        }
    }
    // In the order of their keys, so that two writers never wait for each other's rows.
    let mut newest: Vec<_> = best.into_values().collect();
    newest.sort_unstable_by(|one, other| one.record.key().cmp(other.record.key()));
    (newest, outdone)
}

/// Drops what was stored though another unit of work has buried it meanwhile: on PostgreSQL the row waited for that one, and is there again.
async fn drop_buried<T: Copied>(tx: &Tx, stored: &[&Recorded<T>]) -> Result<(), Error> {
    let keys: Vec<&str> = stored.iter().map(|recorded| recorded.record.key()).collect();
    let buried = tombstones_of(tx, T::STREAM, &keys).await?;
    let is_gone =
        |recorded: &&&Recorded<T>| buried.get(recorded.record.key()).is_some_and(|at| *at >= recorded.revision);
    let gone: Vec<&str> = stored.iter().filter(is_gone).map(|recorded| recorded.record.key()).collect();
    drop_left_over::<T>(tx, &gone).await
}

/// Writes rows, and says which: another unit of work may have stored a newer state of one meanwhile.
async fn store<'a, T: Copied>(
    tx: &Tx,
    newer: &[&'a Recorded<T>],
    read_at: Timestamp,
) -> Result<Vec<&'a Recorded<T>>, Error> {
    type Columns<T> = <<<T as Copied>::Row as ActiveModelTrait>::Entity as EntityTrait>::Column;
    let settled = Columns::<T>::iter().filter(|column| column.as_str() != T::KEY);
    let revision = |table: &'static str| Expr::col((Alias::new(table), Alias::new("revision")));
    let is_newer = revision("excluded").gt(revision(table_of(T::STREAM)));
    let known = OnConflict::column(Alias::new(T::KEY)).update_columns(settled).action_and_where(is_newer).to_owned();
    let inserts = newer.chunks(ROWS).map(|chunk| {
        let rows = chunk.iter().map(|recorded| T::to_row(recorded, read_at)).collect::<Result<Vec<_>, _>>()?;
        let all = <<T::Row as ActiveModelTrait>::Entity as EntityTrait>::insert_many(rows);
        let mut insert = all.on_conflict(known.clone()).into_query();
        Ok(insert.returning_col(Alias::new(T::KEY)).take())
    });
    let written = statements::run(tx, inserts).await?;
    let keys = written.iter().map(|row| row.try_get_by_index(0)).collect::<Result<HashSet<String>, _>>()?;
    Ok(newer.iter().copied().filter(|recorded| keys.contains(recorded.record.key())).collect())
}

/// The revisions of what is kept of these keys.
async fn revisions_of<T: Copied>(conn: &impl Conn, keys: &[&str]) -> Result<HashMap<String, Revision>, Error> {
    let (table, key) = (Alias::new(table_of(T::STREAM)), Alias::new(T::KEY));
    let mut known = HashMap::with_capacity(keys.len());
    for chunk in keys.chunks(PARAMETERS) {
        let query = Query::select()
            .columns([key.clone(), Alias::new("revision")])
            .from(table.clone())
            .and_where(Expr::col(key.clone()).is_in(chunk.iter().copied()))
            .to_owned();
        for row in conn.inner().query_all(&query).await? {
            known.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        }
    }
    Ok(known)
}

/// Keys with their revisions behind a key, in the order of the keys.
///
/// # Errors
/// Database errors.
pub async fn revisions<T: Copied>(
    conn: &impl Conn,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<(String, Revision)>, Error> {
    let key = Alias::new(T::KEY);
    let mut query = Query::select();
    query.columns([key.clone(), Alias::new("revision")]).from(Alias::new(table_of(T::STREAM))).limit(limit);
    if let Some(after) = after {
        query.and_where(Expr::col(key.clone()).gt(after));
    }
    query.order_by(key, sea_orm::Order::Asc);
    let rows = conn.inner().query_all(&query).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

async fn tombstones_of(conn: &impl Conn, stream: Stream, keys: &[&str]) -> Result<HashMap<String, Revision>, Error> {
    use extreme_tombstone::{Column, Entity};
    let mut buried = HashMap::new();
    for chunk in keys.chunks(PARAMETERS - 1) {
        let found = Entity::find()
            .filter(Column::Stream.eq(stream.as_str()))
            .filter(Column::Key.is_in(chunk.iter().copied()))
            .all(conn.inner())
            .await?;
        buried.extend(found.into_iter().map(|row| (row.key, row.revision)));
    }
    Ok(buried)
}

/// What came again, newer than it went, has no tombstone any more.
///
/// # Errors
/// Database errors.
pub async fn raise(tx: &Tx, stream: Stream, keys: &[&str]) -> Result<(), Error> {
    use extreme_tombstone::{Column, Entity};
    for chunk in keys.chunks(PARAMETERS - 1) {
        Entity::delete_many()
            .filter(Column::Stream.eq(stream.as_str()))
            .filter(Column::Key.is_in(chunk.iter().copied()))
            .exec(tx.inner())
            .await?;
    }
    Ok(())
}

async fn bury<T: Copied>(tx: &Tx, tombstones: &[Tombstone], kept: &mut Kept) -> Result<(), Error> {
    let keys: Vec<&str> = tombstones.iter().map(|gone| gone.key.as_str()).collect();
    let (known, buried) = (revisions_of::<T>(tx, &keys).await?, tombstones_of(tx, T::STREAM, &keys).await?);
    let mut newer = Vec::new();
    for gone in last_of_each(tombstones) {
        match Arrival::of(gone.revision, known.get(&gone.key).max(buried.get(&gone.key)).copied()) {
            Arrival::Newer => newer.push(gone),
            Arrival::Same => {}
            Arrival::Older => kept.stale += 1,
        }
    }
    kept.taken += newer.len();
    forget::<T>(tx, &newer).await
}

/// Of each key the newest tombstone, in the order of the keys: a page may hold one twice, and no statement takes two of a key.
fn last_of_each(tombstones: &[Tombstone]) -> Vec<&Tombstone> {
    let mut last: Vec<&Tombstone> = tombstones.iter().collect();
    last.sort_unstable_by(|one, other| (&one.key, other.revision).cmp(&(&other.key, one.revision)));
    last.dedup_by_key(|gone| &gone.key);
    last
}

/// Drops copies of what is not there any more, though nobody said that it has gone.
///
/// # Errors
/// Database errors.
pub async fn drop_left_over<T: Copied>(tx: &Tx, keys: &[&str]) -> Result<(), Error> {
    for chunk in keys.chunks(PARAMETERS) {
        let delete = Query::delete()
            .from_table(Alias::new(table_of(T::STREAM)))
            .and_where(Expr::col(Alias::new(T::KEY)).is_in(chunk.iter().copied()))
            .to_owned();
        tx.inner().execute(&delete).await?;
        // Afterwards: whoever writes what hangs on a row holds the row, and is waited for.
        T::clear(tx, chunk).await?;
    }
    Ok(())
}

async fn forget<T: Copied>(tx: &Tx, gone: &[&Tombstone]) -> Result<(), Error> {
    use extreme_tombstone::{Column, Entity, Model};
    for chunk in gone.chunks(PARAMETERS / 5) {
        let keys: Vec<&str> = chunk.iter().map(|gone| gone.key.as_str()).collect();
        drop_left_over::<T>(tx, &keys).await?;
        let row = |gone: &&Tombstone| Model {
            stream: T::STREAM.as_str().to_owned(),
            key: gone.key.clone(),
            revision: gone.revision,
            deleted_at: gone.deleted_at,
            merged_into: gone.merged_into.clone(),
        };
        let settled = [Column::Revision, Column::DeletedAt, Column::MergedInto];
        let known = OnConflict::columns([Column::Stream, Column::Key]).update_columns(settled).to_owned();
        Entity::insert_many(chunk.iter().map(row).map(IntoActiveModel::into_active_model))
            .on_conflict(known)
            .exec_without_returning(tx.inner())
            .await?;
    }
    Ok(())
}
