//! How far each stream of EXTREME's changes has been read, by whom just now, and how it fared.
//!
//! A stream is read by one process at a time: whoever reads it holds its lease, and every page that is stored asks whether it still
//! does, in the transaction that stores the page. The cursor moves in that same transaction.

use std::collections::HashMap;

use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_domain::sync::{Stream, Way};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::copies::Kept;
use crate::entity::extreme_refusal;
use crate::entity::extreme_stream::{Column, Entity, Model};
use crate::json::Place;
use crate::lease::is_over;
use crate::{Conn, Error, Tx};

const TABLE: &str = "extreme_streams";

/// How a stream stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamState {
    pub stream: Stream,
    /// Where to go on from; none before the first page.
    pub cursor: Option<String>,
    /// Whether it has been read to its end once, so that the copy is whole.
    pub is_whole: bool,
    /// When it was last read to its end: the age of what did not change since.
    pub read_at: Option<Timestamp>,
    /// When it last brought something new.
    pub changed_at: Option<Timestamp>,
    pub failure: Option<Failure>,
    /// How many states it has brought.
    pub taken: i64,
    /// How many of them were older than what was kept.
    pub stale: i64,
    pub comparison: Option<Comparison>,
    /// Until when a process reads it, or did when it was last heard of.
    pub leased_until: Option<Timestamp>,
    /// Of when the newest file is, where files bring it.
    pub file_at: Option<Timestamp>,
}

impl StreamState {
    /// By which way its copies come.
    #[must_use]
    pub fn way(&self) -> Way {
        if self.file_at.is_some() { Way::File } else { Way::Link }
    }
}

/// What stands in the way of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A stable code, such as `extreme.timeout`.
    pub code: String,
    pub at: Timestamp,
    /// How often in a row.
    pub times: i64,
}

/// What the last comparison of both sides found, and repaired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub at: Timestamp,
    /// Records on EXTREME's side.
    pub there: u64,
    /// Copies on ours, before anything was repaired.
    pub here: u64,
    /// Records that were missing here.
    pub missing: u64,
    /// Copies of another revision.
    pub different: u64,
    /// Copies of what is not there any more.
    pub left_over: u64,
}

/// The right to read a stream, for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    pub stream: Stream,
    pub holder: Uuid,
}

/// All streams, in the order of their names.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<StreamState>, Error> {
    let rows = Entity::find().order_by_asc(Column::Stream).all(conn.inner()).await?;
    rows.into_iter().map(to_state).collect()
}

/// One stream.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, stream: Stream) -> Result<StreamState, Error> {
    let missing = || Place(TABLE, "stream").corrupt(stream.as_str().to_owned());
    let row = Entity::find_by_id(stream.as_str().to_owned()).one(conn.inner()).await?;
    to_state(row.ok_or_else(missing)?)
}

/// Takes or renews the lease of a stream, unless somebody else holds it.
///
/// # Errors
/// Database errors.
pub async fn take(tx: &Tx, lease: Lease, life: TimeDelta) -> Result<bool, Error> {
    let free = is_over(Column::LeaseUntil, tx.at(), life).add(Column::LeaseHolder.eq(lease.holder));
    let taken = Entity::update_many()
        .col_expr(Column::LeaseHolder, Expr::val(lease.holder))
        .col_expr(Column::LeaseUntil, Expr::val(tx.at() + life))
        .filter(Column::Stream.eq(lease.stream.as_str()))
        .filter(free)
        .exec(tx.inner())
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Renews a lease for what is written in this unit of work.
///
/// # Errors
/// `Stale` when somebody else reads the stream by now: nothing is to be written.
pub async fn renew(tx: &Tx, lease: Lease, life: TimeDelta) -> Result<(), Error> {
    if take(tx, lease, life).await? { Ok(()) } else { Err(Error::Stale) }
}

/// Gives a lease back.
///
/// # Errors
/// Database errors.
pub async fn give_back(tx: &Tx, lease: Lease) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::LeaseHolder, Expr::val(None::<Uuid>))
        .col_expr(Column::LeaseUntil, Expr::val(None::<Timestamp>))
        .filter(Column::Stream.eq(lease.stream.as_str()))
        .filter(Column::LeaseHolder.eq(lease.holder))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Where a stream goes on, once a page has been kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance<'a> {
    pub lease: Lease,
    /// Until when the lease is renewed with it.
    pub life: TimeDelta,
    pub cursor: &'a str,
    pub kept: Kept,
    /// Whether that was the end of the stream.
    pub is_end: bool,
}

/// Moves the cursor, in the transaction that stores the page.
///
/// # Errors
/// `Stale` when somebody else reads the stream by now: nothing of the page is to be kept.
pub async fn advance(tx: &Tx, to: &Advance<'_>) -> Result<(), Error> {
    let count = |kept: usize| i64::try_from(kept).unwrap_or(i64::MAX);
    let mut update = Entity::update_many()
        .col_expr(Column::Cursor, Expr::val(to.cursor))
        .col_expr(Column::LeaseUntil, Expr::val(tx.at() + to.life))
        .col_expr(Column::Taken, Expr::col(Column::Taken).add(count(to.kept.taken)))
        .col_expr(Column::Stale, Expr::col(Column::Stale).add(count(to.kept.stale)))
        .col_expr(Column::Failure, Expr::val(None::<String>))
        .col_expr(Column::Failures, Expr::val(0_i64));
    if to.kept.taken > 0 {
        update = update.col_expr(Column::ChangedAt, Expr::val(tx.at()));
    }
    if to.is_end {
        update = update.col_expr(Column::Whole, Expr::val(true)).col_expr(Column::ReadAt, Expr::val(tx.at()));
    }
    let held = update
        .filter(Column::Stream.eq(to.lease.stream.as_str()))
        .filter(Column::LeaseHolder.eq(to.lease.holder))
        .exec(tx.inner())
        .await?;
    if held.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Notes that a file has brought a stream up to how it was when the file was written, and gives the lease back.
///
/// # Errors
/// `Stale` when somebody else reads the stream by now: nothing of the file is to be kept.
pub async fn filed(tx: &Tx, lease: Lease, written_at: Timestamp, taken: u64) -> Result<(), Error> {
    let StreamState { read_at, file_at, .. } = find(tx, lease.stream).await?;
    let mut update = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::val(Ord::max(read_at, Some(written_at))))
        .col_expr(Column::FileAt, Expr::val(Ord::max(file_at, Some(written_at))))
        .col_expr(Column::Whole, Expr::val(true))
        .col_expr(Column::Taken, Expr::col(Column::Taken).add(i64::try_from(taken).unwrap_or(i64::MAX)))
        .col_expr(Column::Failure, Expr::val(None::<String>))
        .col_expr(Column::Failures, Expr::val(0_i64))
        .col_expr(Column::LeaseHolder, Expr::val(None::<Uuid>))
        .col_expr(Column::LeaseUntil, Expr::val(None::<Timestamp>));
    if taken > 0 {
        update = update.col_expr(Column::ChangedAt, Expr::val(tx.at()));
    }
    let held = update
        .filter(Column::Stream.eq(lease.stream.as_str()))
        .filter(Column::LeaseHolder.eq(lease.holder))
        .exec(tx.inner())
        .await?;
    if held.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Forgets that files have brought a stream: from now on EXTREME itself is asked. Whether they had.
///
/// # Errors
/// Database errors.
pub(crate) async fn forget_files(tx: &Tx, stream: Stream) -> Result<bool, Error> {
    let forgotten = Entity::update_many()
        .col_expr(Column::FileAt, Expr::val(None::<Timestamp>))
        .col_expr(Column::ReadAt, Expr::val(None::<Timestamp>))
        .col_expr(Column::Whole, Expr::val(false))
        .filter(Column::Stream.eq(stream.as_str()))
        .filter(Column::FileAt.is_not_null())
        .exec(tx.inner())
        .await?;
    Ok(forgotten.rows_affected == 1)
}

/// Begins a stream anew, because EXTREME has forgotten the cursor. The copies stay: what comes again is the same.
///
/// # Errors
/// Database errors.
pub async fn begin_anew(tx: &Tx, stream: Stream) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Cursor, Expr::val(None::<String>))
        .filter(Column::Stream.eq(stream.as_str()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Notes what stands in the way, by its code, and how often in a row it was that.
///
/// # Errors
/// Database errors.
pub async fn fail(tx: &Tx, stream: Stream, code: &str) -> Result<(), Error> {
    let again = Expr::case(Expr::col(Column::Failure).eq(code), Expr::col(Column::Failures).add(1)).finally(1_i64);
    Entity::update_many()
        .col_expr(Column::Failures, again.into())
        .col_expr(Column::Failure, Expr::val(code))
        .col_expr(Column::FailedAt, Expr::val(tx.at()))
        .filter(Column::Stream.eq(stream.as_str()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Notes what a comparison found.
///
/// # Errors
/// Database errors.
pub async fn compared(tx: &Tx, stream: Stream, comparison: &Comparison) -> Result<(), Error> {
    let found = Place(TABLE, "comparison").write(comparison)?;
    Entity::update_many()
        .col_expr(Column::ComparedAt, Expr::val(comparison.at))
        .col_expr(Column::Comparison, Expr::val(found))
        .filter(Column::Stream.eq(stream.as_str()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// A record that was not what the contract says, and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub stream: Stream,
    pub key: String,
    /// The member that is wrong.
    pub field: String,
    pub refused_at: Timestamp,
}

/// Notes records that were left out; of those with one key the last.
///
/// # Errors
/// Database errors.
pub async fn refuse(tx: &Tx, refusals: &[Refusal]) -> Result<(), Error> {
    use extreme_refusal::{Column, Entity, Model};
    if refusals.is_empty() {
        return Ok(());
    }
    let row = |refusal: &Refusal| Model {
        stream: refusal.stream.as_str().to_owned(),
        key: refusal.key.clone(),
        field: refusal.field.clone(),
        refused_at: refusal.refused_at,
    };
    let settled = [Column::Field, Column::RefusedAt];
    let known = OnConflict::columns([Column::Stream, Column::Key]).update_columns(settled).to_owned();
    let of_each: HashMap<&str, &Refusal> = refusals.iter().map(|refusal| (refusal.key.as_str(), refusal)).collect();
    Entity::insert_many(of_each.into_values().map(row).map(IntoActiveModel::into_active_model))
        .on_conflict(known)
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

/// Forgets the records without a key that were left out: the stream is read from its beginning, and says anew which they are.
///
/// # Errors
/// Database errors.
pub async fn forget_nameless(tx: &Tx, stream: Stream) -> Result<(), Error> {
    use extreme_refusal::{Column, Entity};
    let nameless =
        Entity::delete_many().filter(Column::Stream.eq(stream.as_str())).filter(Column::Key.starts_with("?"));
    nameless.exec(tx.inner()).await?;
    Ok(())
}

/// Takes back what was noted of records that are understood now, or gone.
///
/// # Errors
/// Database errors.
pub async fn understand(tx: &Tx, stream: Stream, keys: &[&str]) -> Result<(), Error> {
    use extreme_refusal::{Column, Entity};
    Entity::delete_many()
        .filter(Column::Stream.eq(stream.as_str()))
        .filter(Column::Key.is_in(keys.iter().copied()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// All records that were left out.
///
/// # Errors
/// Database errors.
pub async fn refusals(conn: &impl Conn) -> Result<Vec<Refusal>, Error> {
    use extreme_refusal::{Column, Entity, Model};
    let rows = Entity::find().order_by_asc(Column::Stream).order_by_asc(Column::Key).all(conn.inner()).await?;
    let read = |Model { stream, key, field, refused_at }| {
        Ok(Refusal { stream: Place("extreme_refusals", "stream").read_text(stream)?, key, field, refused_at })
    };
    rows.into_iter().map(read).collect()
}

fn to_state(row: Model) -> Result<StreamState, Error> {
    let Model { stream, cursor, whole, read_at, changed_at, failed_at, failure, failures, taken, stale, .. } = row;
    let failure = failure.zip(failed_at).map(|(code, at)| Failure { code, at, times: failures });
    Ok(StreamState {
        stream: Place(TABLE, "stream").read_text(stream)?,
        cursor,
        is_whole: whole,
        read_at,
        changed_at,
        failure,
        taken,
        stale,
        comparison: row.comparison.map(|found| Place(TABLE, "comparison").read(found)).transpose()?,
        leased_until: row.lease_until,
        file_at: row.file_at,
    })
}
