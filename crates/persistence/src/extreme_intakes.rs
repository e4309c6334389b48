//! ファイル取込: the files that were handed in, what became of each, and why one was refused.
//!
//! A file that waits is claimed for a while by one process; what becomes of it is written in the unit of work that keeps its records.

use chrono::TimeDelta;
use noren_domain::intake::{IntakeOrigin, IntakeState, Reason};
use noren_domain::sync::Stream;
use noren_domain::{ExtremeIntakeId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::entity::extreme_intake::{Column, Entity, Model};
use crate::entity::extreme_intake_reason as reason;
use crate::json::Place;
use crate::lease::is_over;
use crate::page::{Page, PageRequest, Position};
use crate::{Conn, Error, Tx};

const TABLE: &str = "extreme_intakes";
/// How long a process may be silent before another takes its file over.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// What ends its process so often is left alone.
const ATTEMPTS: i32 = 3;
/// Rows in one statement.
const ROWS: usize = 500;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    pub id: ExtremeIntakeId,
    pub stream: Stream,
    /// As it was called where it came from.
    pub file_name: String,
    pub origin: IntakeOrigin,
    /// SHA-256 of its bytes, by which the original is found.
    pub hash: String,
    pub size: i64,
    /// When it was written: the age of what it says.
    pub written_at: Timestamp,
    pub handed_in_at: Timestamp,
    /// `staff:{id}`, or `system` for the folder.
    pub handed_in_by: String,
    pub state: IntakeState,
    pub headings: Vec<String>,
    /// Its first rows, cell by cell, as examples of what stands in its columns.
    pub first_rows: Vec<Vec<String>>,
    pub counts: Counts,
    /// The version of the map by which it was read.
    pub map_version: Option<i64>,
    /// The file that was the same.
    pub repeats: Option<ExtremeIntakeId>,
    /// So many cars may go with it: a person has said so.
    pub allowed_gone: Option<i64>,
    pub over_at: Option<Timestamp>,
    pub version: i64,
}

/// The figures of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub rows: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Cars that are gone by it, or would be.
    pub gone: u64,
    /// Cars that were for sale here before.
    pub here: u64,
    /// Reasons why it was refused.
    pub wrong: u64,
}

/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, intake: &Intake) -> Result<(), Error> {
    let row = to_row(intake)?;
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: ExtremeIntakeId) -> Result<Option<Intake>, Error> {
    Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_intake).transpose()
}

/// The newest first.
///
/// # Errors
/// Database errors.
pub async fn page(conn: &impl Conn, page: &PageRequest) -> Result<Page<Intake>, Error> {
    let mut query = Entity::find();
    if let Some(after) = &page.after {
        query = query.filter(Column::Id.lt(after.id));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit + 1).all(conn.inner()).await?;
    let page = Page::cut(rows, page.limit, |row| Position { sort: String::new(), id: row.id });
    Ok(Page { items: page.items.into_iter().map(to_intake).collect::<Result<_, _>>()?, next: page.next })
}

/// The last file of a kind whose headings could be read.
///
/// # Errors
/// Database errors.
pub async fn last_of(conn: &impl Conn, stream: Stream) -> Result<Option<Intake>, Error> {
    let latest = Entity::find()
        .filter(Column::Stream.eq(stream.as_str()))
        .order_by_desc(Column::Id)
        .limit(20)
        .all(conn.inner())
        .await?;
    let mut read = latest.into_iter().map(to_intake);
    read.find_map(|intake| intake.map(|intake| (!intake.headings.is_empty()).then_some(intake)).transpose()).transpose()
}

/// The file with the same bytes that was taken by the same map, where taking it once more would say nothing new: it was the last of its
/// kind, or was written no earlier than this one, so that this one is a copy of it and no newer state.
///
/// # Errors
/// Database errors.
pub async fn taken_before(conn: &impl Conn, intake: &Intake, map: i64) -> Result<Option<ExtremeIntakeId>, Error> {
    let taken = || {
        let of_kind = Entity::find().filter(Column::Stream.eq(intake.stream.as_str()));
        of_kind.filter(Column::State.eq(IntakeState::Taken.as_str())).order_by_desc(Column::Id)
    };
    let last = taken().one(conn.inner()).await?;
    if let Some(row) = last.filter(|row| row.hash == intake.hash && row.map_version == Some(map)) {
        return Ok(Some(ExtremeIntakeId(row.id)));
    }
    let same = taken().filter(Column::Hash.eq(&intake.hash)).filter(Column::MapVersion.eq(map));
    let copied = same.filter(Column::WrittenAt.gte(intake.written_at)).one(conn.inner()).await?;
    Ok(copied.map(|row| ExtremeIntakeId(row.id)))
}

/// Whether a file waits that nobody is at.
///
/// # Errors
/// Database errors.
pub async fn is_any_waiting(conn: &impl Conn, now: Timestamp) -> Result<bool, Error> {
    Ok(waiting(now).one(conn.inner()).await?.is_some())
}

/// What is done with the next file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is this process's for a while.
    Mine(Box<Intake>),
    /// It has ended its process too often, and is to be refused.
    Deadly(Box<Intake>),
}

/// Takes the file that has waited longest.
///
/// # Errors
/// Database errors.
pub async fn claim(tx: &Tx) -> Result<Option<Claimed>, Error> {
    let Some(row) = waiting(tx.at()).one(tx.inner()).await? else { return Ok(None) };
    let (seen, attempts) = (row.version, row.attempts);
    let mine = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::val(tx.at() + LEASE))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if mine.rows_affected == 0 {
        return Ok(None);
    }
    let intake = Box::new(Intake { version: seen + 1, ..to_intake(row)? });
    Ok(Some(if attempts < ATTEMPTS { Claimed::Mine(intake) } else { Claimed::Deadly(intake) }))
}

/// Lets a file that was claimed wait again: somebody else has what is needed for it.
///
/// # Errors
/// `Stale` when somebody else has taken it over.
pub async fn let_wait(tx: &Tx, intake: &Intake, until: Timestamp) -> Result<(), Error> {
    let waits = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::val(until))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
        .filter(Column::Id.eq(intake.id.0))
        .filter(Column::Version.eq(intake.version))
        .exec(tx.inner())
        .await?;
    if waits.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Writes what became of a file, with the reasons; it is free again.
///
/// # Errors
/// `Stale` when somebody else has changed it since.
pub async fn settle(tx: &Tx, intake: &mut Intake, reasons: &[Reason]) -> Result<(), Error> {
    let seen = intake.version;
    intake.over_at = intake.state.is_over().then(|| tx.at());
    intake.version += 1;
    let Model { id, state, headings, first_rows, counts, map_version, repeats, allowed_gone, over_at, version, .. } =
        to_row(intake)?;
    let settled = Entity::update_many()
        .col_expr(Column::State, Expr::val(state))
        .col_expr(Column::Headings, Expr::val(headings))
        .col_expr(Column::FirstRows, Expr::val(first_rows))
        .col_expr(Column::Counts, Expr::val(counts))
        .col_expr(Column::MapVersion, Expr::val(map_version))
        .col_expr(Column::Repeats, Expr::val(repeats))
        .col_expr(Column::AllowedGone, Expr::val(allowed_gone))
        .col_expr(Column::OverAt, Expr::val(over_at))
        .col_expr(Column::LeaseUntil, Expr::val(None::<Timestamp>))
        .col_expr(Column::Version, Expr::val(version))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if settled.rows_affected == 0 {
        return Err(Error::Stale);
    }
    for (chunk, first) in reasons.chunks(ROWS).zip((0_i64..).step_by(ROWS)) {
        let row = |(place, reason): (i64, &Reason)| reason::Model {
            intake_id: id,
            place,
            row_number: i64::try_from(reason.row).unwrap_or(i64::MAX),
            heading: reason.column.clone(),
            written: reason.value.clone(),
            code: reason.code.clone(),
        };
        let rows = (first..).zip(chunk).map(row).map(IntoActiveModel::into_active_model);
        reason::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// Why a file was refused, behind a place, in the order of the file.
///
/// # Errors
/// Database errors.
pub async fn reasons(
    conn: &impl Conn,
    id: ExtremeIntakeId,
    page: &PageRequest<i64>,
) -> Result<Page<(i64, Reason), i64>, Error> {
    use reason::{Column, Entity, Model};
    let after = page.after.as_ref().map_or(-1, |after| after.id);
    let rows = Entity::find()
        .filter(Column::IntakeId.eq(id.0))
        .filter(Column::Place.gt(after))
        .order_by_asc(Column::Place)
        .limit(page.limit + 1)
        .all(conn.inner())
        .await?;
    let read = |Model { place, row_number, heading, written, code, .. }| {
        let row = u64::try_from(row_number).unwrap_or_default();
        (place, Reason { row, column: heading, value: written, code })
    };
    let rows = rows.into_iter().map(read).collect();
    Ok(Page::cut(rows, page.limit, |(place, _)| Position { sort: String::new(), id: *place }))
}

fn waiting(now: Timestamp) -> sea_orm::Select<Entity> {
    let free = is_over(Column::LeaseUntil, now, LEASE);
    Entity::find().filter(Column::State.eq(IntakeState::Waiting.as_str())).filter(free).order_by_asc(Column::Id)
}

fn to_row(intake: &Intake) -> Result<Model, Error> {
    let intake = intake.clone();
    Ok(Model {
        id: intake.id.0,
        stream: intake.stream.as_str().to_owned(),
        file_name: intake.file_name,
        origin: intake.origin.as_str().to_owned(),
        hash: intake.hash,
        size: intake.size,
        written_at: intake.written_at,
        handed_in_at: intake.handed_in_at,
        handed_in_by: intake.handed_in_by,
        state: intake.state.as_str().to_owned(),
        headings: Place(TABLE, "headings").write(&intake.headings)?,
        first_rows: Place(TABLE, "first_rows").write(&intake.first_rows)?,
        counts: Place(TABLE, "counts").write(&intake.counts)?,
        map_version: intake.map_version,
        repeats: intake.repeats.map(|id| id.0),
        allowed_gone: intake.allowed_gone,
        attempts: 0,
        lease_until: None,
        over_at: intake.over_at,
        version: intake.version,
    })
}

fn to_intake(row: Model) -> Result<Intake, Error> {
    Ok(Intake {
        id: ExtremeIntakeId(row.id),
        stream: Place(TABLE, "stream").read_text(row.stream)?,
        file_name: row.file_name,
        origin: Place(TABLE, "origin").read_text(row.origin)?,
        hash: row.hash,
        size: row.size,
        written_at: row.written_at,
        handed_in_at: row.handed_in_at,
        handed_in_by: row.handed_in_by,
        state: Place(TABLE, "state").read_text(row.state)?,
        headings: Place(TABLE, "headings").read(row.headings)?,
        first_rows: Place(TABLE, "first_rows").read(row.first_rows)?,
        counts: Place(TABLE, "counts").read(row.counts)?,
        map_version: row.map_version,
        repeats: row.repeats.map(ExtremeIntakeId),
        allowed_gone: row.allowed_gone,
        over_at: row.over_at,
        version: row.version,
    })
}
