//! What EXTREME and Noren do not agree on, as rows: one for each dispute about somebody, which goes when both agree.

use noren_domain::staff_record::{ConflictState, Dispute, Said};
use noren_domain::{ExtremeConflictId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::extreme_conflict::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx};

const TABLE: &str = "extreme_conflicts";

/// A dispute about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub id: ExtremeConflictId,
    pub staff_code: String,
    pub dispute: Dispute,
    /// By what it is known again once it is settled.
    pub mark: String,
    pub theirs: Said,
    pub ours: Option<Said>,
    pub state: ConflictState,
    /// When EXTREME was told of the wish, where Noren's word is kept.
    pub told_at: Option<Timestamp>,
    pub found_at: Timestamp,
    pub settled_at: Option<Timestamp>,
    pub version: i64,
}

/// A dispute as it was found just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub dispute: Dispute,
    pub mark: String,
    pub theirs: Said,
    pub ours: Option<Said>,
}

/// All of them: the open ones first, then those that were found last.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn) -> Result<Vec<Conflict>, Error> {
    let rows = Entity::find().order_by_desc(Column::FoundAt).order_by_asc(Column::StaffCode).all(conn.inner()).await?;
    let mut conflicts = rows.into_iter().map(to_conflict).collect::<Result<Vec<_>, _>>()?;
    conflicts.sort_by_key(|conflict| conflict.state != ConflictState::Open);
    Ok(conflicts)
}

/// Those about one person.
///
/// # Errors
/// Database errors.
pub async fn about(conn: &impl Conn, staff_code: &str) -> Result<Vec<Conflict>, Error> {
    let rows = Entity::find().filter(Column::StaffCode.eq(staff_code)).all(conn.inner()).await?;
    rows.into_iter().map(to_conflict).collect()
}

/// How many wait for a person.
///
/// # Errors
/// Database errors.
pub async fn count_open(conn: &impl Conn) -> Result<u64, Error> {
    Ok(Entity::find().filter(Column::State.eq(ConflictState::Open.as_str())).count(conn.inner()).await?)
}

/// One of them, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx, id: ExtremeConflictId) -> Result<Option<Conflict>, Error> {
    let mut query = Entity::find_by_id(id.0);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    query.one(tx.inner()).await?.map(to_conflict).transpose()
}

/// Has the rows about one person be the disputes that were found. One that was settled stays so while both sides say the same.
///
/// # Errors
/// Database errors.
pub async fn settle_down(
    tx: &Tx,
    staff_code: &str,
    found: &[Found],
    mint: impl Fn() -> ExtremeConflictId,
) -> Result<(), Error> {
    let known = about(tx, staff_code).await?;
    let gone = known.iter().filter(|known| found.iter().all(|found| found.dispute != known.dispute));
    let gone: Vec<uuid::Uuid> = gone.map(|conflict| conflict.id.0).collect();
    if !gone.is_empty() {
        Entity::delete_many().filter(Column::Id.is_in(gone)).exec(tx.inner()).await?;
    }
    for found in found {
        let before = known.iter().find(|known| known.dispute == found.dispute);
        if before.is_some_and(|known| known.mark == found.mark) {
            continue;
        }
        if let Some(before) = before {
            Entity::delete_by_id(before.id.0).exec(tx.inner()).await?;
        }
        let Found { dispute, mark, theirs, ours } = found.clone();
        let opened = Conflict {
            id: mint(),
            staff_code: staff_code.to_owned(),
            dispute,
            mark,
            theirs,
            ours,
            state: ConflictState::Open,
            told_at: None,
            found_at: tx.at(),
            settled_at: None,
            version: 1,
        };
        Entity::insert(to_row(&opened)?.into_active_model()).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// Stores how a person settled it, whose version counts up.
///
/// # Errors
/// Database errors.
pub async fn settle(tx: &Tx, conflict: &mut Conflict, state: ConflictState) -> Result<(), Error> {
    (conflict.state, conflict.settled_at, conflict.told_at) = (state, Some(tx.at()), None);
    conflict.version += 1;
    Entity::update_many()
        .col_expr(Column::State, Expr::val(state.as_str()))
        .col_expr(Column::SettledAt, Expr::val(tx.at()))
        .col_expr(Column::ToldAt, Expr::val(None::<Timestamp>))
        .col_expr(Column::Version, Expr::val(conflict.version))
        .filter(Column::Id.eq(conflict.id.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Notes that EXTREME was told of the wishes about somebody.
///
/// # Errors
/// Database errors.
pub async fn told(tx: &Tx, staff_code: &str) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ToldAt, Expr::val(tx.at()))
        .filter(Column::StaffCode.eq(staff_code))
        .filter(Column::State.eq(ConflictState::Kept.as_str()).and(Column::ToldAt.is_null()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Drops what was found about people whom EXTREME does not have any more.
///
/// # Errors
/// Database errors.
pub async fn drop_others(tx: &Tx, staff_codes: &[&str]) -> Result<(), Error> {
    Entity::delete_many().filter(Column::StaffCode.is_not_in(staff_codes.iter().copied())).exec(tx.inner()).await?;
    Ok(())
}

fn to_row(conflict: &Conflict) -> Result<Model, Error> {
    Ok(Model {
        id: conflict.id.0,
        staff_code: conflict.staff_code.clone(),
        dispute: conflict.dispute.as_str().to_owned(),
        mark: conflict.mark.clone(),
        theirs: Place(TABLE, "theirs").write(&conflict.theirs)?,
        ours: conflict.ours.as_ref().map(|ours| Place(TABLE, "ours").write(ours)).transpose()?,
        state: conflict.state.as_str().to_owned(),
        told_at: conflict.told_at,
        found_at: conflict.found_at,
        settled_at: conflict.settled_at,
        version: conflict.version,
    })
}

fn to_conflict(row: Model) -> Result<Conflict, Error> {
    Ok(Conflict {
        id: ExtremeConflictId(row.id),
        staff_code: row.staff_code,
        dispute: Place(TABLE, "dispute").read_text(row.dispute)?,
        mark: row.mark,
        theirs: Place(TABLE, "theirs").read(row.theirs)?,
        ours: row.ours.map(|ours| Place(TABLE, "ours").read(ours)).transpose()?,
        state: Place(TABLE, "state").read_text(row.state)?,
        told_at: row.told_at,
        found_at: row.found_at,
        settled_at: row.settled_at,
        version: row.version,
    })
}
