//! The walks over the audit chains that somebody asked for, and what came of them.
//!
//! A walk is claimed for a while by one process, which says in between that it goes on; when it dies, another takes over.

use chrono::TimeDelta;
use noren_domain::{AuditVerificationId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::audit::VerifiedChain;
use crate::entity::audit_verification::{ActiveModel, Column, Entity, Model};
use crate::json::Place;
use crate::lease::is_over;
use crate::{Conn, Error, Tx};

/// How long a process may be silent before another takes its walk over.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// What ends its process twice is left alone.
const ATTEMPTS: i32 = 2;
const CHAINS: Place = Place("audit_verifications", "chains");
const STATE: Place = Place("audit_verifications", "state");

/// A walk over all chains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditVerification {
    pub id: AuditVerificationId,
    pub asked_at: Timestamp,
    /// `staff:{id}`.
    pub asked_by: String,
    pub state: State,
    /// How many entries there were when it began.
    pub entries: u64,
    /// How many of them have been looked at.
    pub checked: u64,
    pub chains: Vec<VerifiedChain>,
    pub finished_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    Done,
    Failed,
}

impl State {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// Notes that a walk is wanted.
///
/// # Errors
/// Database errors.
pub async fn ask(tx: &Tx, id: AuditVerificationId) -> Result<AuditVerification, Error> {
    let row = Model {
        id: id.0,
        asked_at: tx.at(),
        asked_by: tx.by().to_owned(),
        state: State::Waiting.as_str().to_owned(),
        entries: 0,
        checked: 0,
        chains: serde_json::json!([]),
        attempts: 0,
        lease_until: None,
        finished_at: None,
    };
    Entity::insert(ActiveModel::from(row.clone())).exec_without_returning(tx.inner()).await?;
    to_verification(row)
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: AuditVerificationId) -> Result<Option<AuditVerification>, Error> {
    Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_verification).transpose()
}

/// The last walks, the newest first.
///
/// # Errors
/// Database errors.
pub async fn latest(conn: &impl Conn, limit: u64) -> Result<Vec<AuditVerification>, Error> {
    let rows = Entity::find().order_by_desc(Column::Id).limit(limit).all(conn.inner()).await?;
    rows.into_iter().map(to_verification).collect()
}

/// The walk that waits or goes on, if there is one.
///
/// # Errors
/// Database errors.
pub async fn open(conn: &impl Conn) -> Result<Option<AuditVerification>, Error> {
    let open = Entity::find().filter(is_open()).order_by_asc(Column::Id).one(conn.inner()).await?;
    open.map(to_verification).transpose()
}

/// Takes a walk that nobody is at; one that ended its process too often fails instead.
///
/// # Errors
/// Database errors.
pub async fn claim(tx: &Tx) -> Result<Option<AuditVerificationId>, Error> {
    let free = is_over(Column::LeaseUntil, tx.at(), LEASE);
    let found = Entity::find().filter(is_open()).filter(free.clone()).order_by_asc(Column::Id).one(tx.inner()).await?;
    let Some(row) = found else { return Ok(None) };
    let id = AuditVerificationId(row.id);
    if row.attempts >= ATTEMPTS {
        finish(tx, id, None).await?;
        return Ok(None);
    }
    let claimed = ActiveModel {
        state: Set(State::Running.as_str().to_owned()),
        attempts: Set(row.attempts + 1),
        checked: Set(0),
        lease_until: Set(Some(tx.at() + LEASE)),
        ..Default::default()
    };
    let mine = Entity::update_many().set(claimed).filter(Column::Id.eq(row.id)).filter(free).exec(tx.inner()).await?;
    Ok((mine.rows_affected == 1).then_some(id))
}

/// Says how far a walk has come, and holds it for a while longer.
///
/// # Errors
/// Database errors.
pub async fn go_on(tx: &Tx, id: AuditVerificationId, (checked, entries): (u64, u64)) -> Result<(), Error> {
    let progress = ActiveModel {
        entries: Set(i64::try_from(entries).unwrap_or(i64::MAX)),
        checked: Set(i64::try_from(checked).unwrap_or(i64::MAX)),
        lease_until: Set(Some(tx.at() + LEASE)),
        ..Default::default()
    };
    Entity::update_many().set(progress).filter(Column::Id.eq(id.0)).filter(is_open()).exec(tx.inner()).await?;
    Ok(())
}

/// Ends a walk with what it found, or with nothing when it failed.
///
/// # Errors
/// Database errors.
pub async fn finish(tx: &Tx, id: AuditVerificationId, found: Option<&[VerifiedChain]>) -> Result<(), Error> {
    let state = if found.is_some() { State::Done } else { State::Failed };
    let checked: u64 = found.unwrap_or_default().iter().map(|chain| chain.entries).sum();
    let end = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::Checked, Expr::value(i64::try_from(checked).unwrap_or(i64::MAX)))
        .col_expr(Column::Chains, Expr::value(CHAINS.write(&found.unwrap_or_default())?))
        .col_expr(Column::FinishedAt, Expr::value(tx.at()));
    end.filter(Column::Id.eq(id.0)).filter(is_open()).exec(tx.inner()).await?;
    Ok(())
}

/// Forgets the walks from before an instant.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    let old = Entity::delete_many().filter(Column::FinishedAt.lt(before)).exec(tx.inner()).await?;
    Ok(old.rows_affected)
}

fn is_open() -> Condition {
    Condition::all().add(Column::State.is_in([State::Waiting.as_str(), State::Running.as_str()]))
}

fn to_verification(row: Model) -> Result<AuditVerification, Error> {
    let Model { id, asked_at, asked_by, state, entries, checked, chains, finished_at, .. } = row;
    let all = [State::Waiting, State::Running, State::Done, State::Failed];
    let known = all.into_iter().find(|known| known.as_str() == state);
    Ok(AuditVerification {
        id: AuditVerificationId(id),
        asked_at,
        asked_by,
        state: known.ok_or_else(|| STATE.corrupt(state))?,
        entries: u64::try_from(entries).unwrap_or_default(),
        checked: u64::try_from(checked).unwrap_or_default(),
        chains: CHAINS.read(chains)?,
        finished_at,
    })
}
