//! 送信箱 as rows: written in the unit of work that causes them, claimed by the workers of all processes.
//!
//! A claim is a unit of work of its own. On PostgreSQL it passes over rows that another worker is claiming; on SQLite the one writer
//! does the same work. What a worker has claimed is its own until the lease ends.

use noren_domain::outbox::{Destination, FATAL_LOSSES, LEASE, LONGEST_WAIT, OutboxMessage, OutboxState, Payload};
use noren_domain::{OutboxMessageId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, Statement,
};
use uuid::Uuid;

use crate::entity::outbox_message::{ActiveModel, Column, Entity, Model};
use crate::json::Place;
use crate::lease::has_come;
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

/// Why a message is dead that was lost with its worker too often.
pub const WORKER_LOST: &str = "worker.lost";
/// Why a message is not sent that a newer one of its kind has taken the place of.
pub const SUPERSEDED: &str = "superseded";

/// What the metrics say of a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub destination: Destination,
    /// Not sent and not given up.
    pub waiting: i64,
    pub dead: i64,
    /// When the oldest of those that wait was written.
    pub oldest: Option<Timestamp>,
}

/// Writes a message, the last of its aggregate. It is sent once the unit of work is committed.
///
/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, id: OutboxMessageId, payload: &Payload) -> Result<(), Error> {
    let message = OutboxMessage {
        id,
        sequence: next_in_order(tx, payload).await?,
        key: id.to_string(),
        payload: payload.clone(),
        state: OutboxState::Waiting,
        attempt: 0,
        losses: 0,
        since: tx.at(),
        next_at: tx.at(),
        last_error: None,
        created_at: tx.at(),
        settled_at: None,
        version: 1,
    };
    Entity::insert(to_row(&message)?.into_active_model()).exec_without_returning(tx.inner()).await?;
    tx.post();
    Ok(())
}

/// Counts up the aggregate's messages. The counter stays when they are purged, so that an order once told is never told again.
async fn next_in_order(tx: &Tx, payload: &Payload) -> Result<i64, Error> {
    let sql = "INSERT INTO outbox_sequences (destination, aggregate, last) VALUES ($1, $2, 1) \
               ON CONFLICT (destination, aggregate) DO UPDATE SET last = outbox_sequences.last + 1 RETURNING last";
    let values = [payload.destination().as_str().into(), payload.aggregate().into()];
    let drawn = Statement::from_sql_and_values(tx.inner().get_database_backend(), sql, values);
    let row = tx.inner().query_one_raw(drawn).await?;
    Ok(row.map_or(Ok(1), |row| row.try_get("", "last"))?)
}

/// Gives up the unsent messages that one of the same kind is about to take the place of.
///
/// # Errors
/// Database errors.
pub async fn withdraw(tx: &Tx, payload: &Payload) -> Result<(), Error> {
    let resting = [OutboxState::Waiting, OutboxState::Dead, OutboxState::Paused].map(OutboxState::as_str);
    Entity::update_many()
        .col_expr(Column::State, Expr::val(OutboxState::Discarded.as_str()))
        .col_expr(Column::LastError, Expr::val(SUPERSEDED))
        .col_expr(Column::SettledAt, Expr::value(tx.at()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Destination.eq(payload.destination().as_str()))
        .filter(Column::Aggregate.eq(payload.aggregate()))
        .filter(Column::Kind.eq(payload.kind().as_str()))
        .filter(Column::State.is_in(resting))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Whether there is something to claim; asked first, because a claim takes SQLite's one writer.
///
/// # Errors
/// Database errors.
pub async fn is_due(conn: &impl Conn, now: Timestamp) -> Result<bool, Error> {
    Ok(Entity::find().filter(due(now)).limit(1).one(conn.inner()).await?.is_some())
}

/// Takes messages whose time has come for a worker, for the length of a lease. What ended its worker too often is given up.
///
/// # Errors
/// Database errors.
pub async fn claim(tx: &Tx, worker: Uuid, limit: u64) -> Result<Vec<OutboxMessage>, Error> {
    let mut query =
        Entity::find().filter(due(tx.at())).order_by_asc(Column::NextAt).order_by_asc(Column::Id).limit(limit);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let mut claimed = Vec::new();
    for row in query.all(tx.inner()).await? {
        let mut message = to_message(row)?;
        message.losses += i32::from(message.state == OutboxState::Leased);
        if message.losses >= FATAL_LOSSES {
            (message.state, message.last_error) = (OutboxState::Dead, Some(WORKER_LOST.to_owned()));
            store(tx, &mut message, None).await?;
            continue;
        }
        message.state = OutboxState::Leased;
        message.attempt += 1;
        store(tx, &mut message, Some(worker)).await?;
        claimed.push(message);
    }
    Ok(claimed)
}

/// The earliest of each aggregate that is not on its way, or whose worker has not been heard of in time; nothing for a destination to
/// which nothing is sent because a person has said so.
fn due(now: Timestamp) -> Condition {
    let state = |state: OutboxState| Condition::all().add(Column::State.eq(state.as_str()));
    let waiting = state(OutboxState::Waiting).add(has_come(Column::NextAt, now, LONGEST_WAIT));
    let lost = state(OutboxState::Leased).add(has_come(Column::LeaseUntil, now, LEASE));
    let first = "NOT EXISTS (SELECT 1 FROM outbox_messages earlier \
                 WHERE earlier.destination = outbox_messages.destination \
                 AND earlier.aggregate = outbox_messages.aggregate AND earlier.sequence < outbox_messages.sequence \
                 AND earlier.state IN ('waiting', 'leased', 'paused'))";
    let flows =
        "NOT EXISTS (SELECT 1 FROM outbox_pauses WHERE outbox_pauses.destination = outbox_messages.destination)";
    Condition::all().add(Condition::any().add(waiting).add(lost)).add(Expr::cust(first)).add(Expr::cust(flows))
}

/// Stores what came of a try, unless the lease was lost to another worker; whether it was stored.
///
/// # Errors
/// Database errors.
pub async fn settle(tx: &Tx, message: &OutboxMessage, worker: Uuid) -> Result<bool, Error> {
    let own = Entity::update_many()
        .set(changed(message, None, message.version + 1))
        .filter(Column::Id.eq(message.id.0))
        .filter(Column::State.eq(OutboxState::Leased.as_str()))
        .filter(Column::Worker.eq(worker));
    Ok(own.exec(tx.inner()).await?.rows_affected == 1)
}

/// Gives back what a worker has claimed and will not send any more.
///
/// # Errors
/// Database errors.
pub async fn give_back(tx: &Tx, worker: Uuid) -> Result<u64, Error> {
    let own = Entity::update_many()
        .set(ActiveModel {
            state: Set(OutboxState::Waiting.as_str().to_owned()),
            worker: Set(None),
            lease_until: Set(None),
            ..Default::default()
        })
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::State.eq(OutboxState::Leased.as_str()))
        .filter(Column::Worker.eq(worker));
    Ok(own.exec(tx.inner()).await?.rows_affected)
}

/// Has every waiting message of a destination wait for mended settings.
///
/// # Errors
/// Database errors.
pub async fn pause(tx: &Tx, destination: Destination, cause: &str) -> Result<(), Error> {
    let reason = ActiveModel { last_error: Set(Some(cause.to_owned())), ..Default::default() };
    move_all(tx, destination, (OutboxState::Waiting, OutboxState::Paused), reason).await
}

/// Lets a destination's messages go on: the settings may have been mended.
///
/// # Errors
/// Database errors.
pub async fn resume(tx: &Tx, destination: Destination) -> Result<(), Error> {
    let at_once = ActiveModel { next_at: Set(tx.at()), since: Set(tx.at()), ..Default::default() };
    move_all(tx, destination, (OutboxState::Paused, OutboxState::Waiting), at_once).await
}

async fn move_all(
    tx: &Tx,
    destination: Destination,
    (from, to): (OutboxState, OutboxState),
    change: ActiveModel,
) -> Result<(), Error> {
    Entity::update_many()
        .set(change)
        .col_expr(Column::State, Expr::val(to.as_str()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Destination.eq(destination.as_str()))
        .filter(Column::State.eq(from.as_str()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: OutboxMessageId) -> Result<Option<OutboxMessage>, Error> {
    Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_message).transpose()
}

/// The message as it is now, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx, id: OutboxMessageId) -> Result<Option<OutboxMessage>, Error> {
    let mut query = Entity::find_by_id(id.0);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    query.one(tx.inner()).await?.map(to_message).transpose()
}

/// Stores what a person decided, whose version counts up. One that waits is looked at when the unit of work is committed.
///
/// # Errors
/// `Stale` when it was changed since it was read.
pub async fn update(tx: &Tx, message: &mut OutboxMessage) -> Result<(), Error> {
    if message.state == OutboxState::Waiting {
        tx.post();
    }
    store(tx, message, None).await
}

async fn store(tx: &Tx, message: &mut OutboxMessage, worker: Option<Uuid>) -> Result<(), Error> {
    let seen = message.version;
    message.version += 1;
    let mut change = changed(message, worker, message.version);
    change.lease_until = Set(worker.map(|_| tx.at() + LEASE));
    let of_version =
        Entity::update_many().set(change).filter(Column::Id.eq(message.id.0)).filter(Column::Version.eq(seen));
    if of_version.exec(tx.inner()).await?.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Which messages are meant.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// All of them where none is named.
    pub states: Vec<OutboxState>,
    pub destination: Option<Destination>,
}

/// One page of the messages, the newest first.
///
/// # Errors
/// Database errors.
pub async fn page(conn: &impl Conn, filter: &Filter, page: &PageRequest) -> Result<Page<OutboxMessage>, Error> {
    let mut query: Select<Entity> = Entity::find();
    if !filter.states.is_empty() {
        query = query.filter(Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    if let Some(destination) = filter.destination {
        query = query.filter(Column::Destination.eq(destination.as_str()));
    }
    if let Some(after) = &page.after {
        query = query.filter(Column::Id.lt(after.id));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit + 1).all(conn.inner()).await?;
    let page = Page::cut(rows, page.limit, |row| Position { sort: String::new(), id: row.id });
    Ok(Page { items: page.items.into_iter().map(to_message).collect::<Result<_, _>>()?, next: page.next })
}

/// How much there is to send, by destination; all of them, so that a gauge falls to nothing.
///
/// # Errors
/// Database errors.
pub async fn figures(conn: &impl Conn) -> Result<Vec<Figures>, Error> {
    let states = OutboxState::OPEN.map(OutboxState::as_str);
    let rows: Vec<(String, String, i64, Option<Timestamp>)> = Entity::find()
        .select_only()
        .column(Column::Destination)
        .column(Column::State)
        .column_as(Column::Id.count(), "messages")
        .column_as(Column::CreatedAt.min(), "oldest")
        .filter(Column::State.is_in(states))
        .group_by(Column::Destination)
        .group_by(Column::State)
        .into_tuple()
        .all(conn.inner())
        .await?;
    let of = |destination: Destination| {
        let mut figures = Figures { destination, waiting: 0, dead: 0, oldest: None };
        for (_, state, messages, oldest) in rows.iter().filter(|(name, ..)| name == destination.as_str()) {
            if state == OutboxState::Dead.as_str() {
                figures.dead += messages;
            } else {
                figures.waiting += messages;
                figures.oldest = figures.oldest.into_iter().chain(*oldest).min();
            }
        }
        figures
    };
    Ok(Destination::ALL.into_iter().map(of).collect())
}

/// Forgets what was settled before an instant.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    let old = Entity::delete_many()
        .filter(Column::State.is_in(OutboxState::SETTLED.map(OutboxState::as_str)))
        .filter(Column::SettledAt.lt(before));
    Ok(old.exec(tx.inner()).await?.rows_affected)
}

fn column(name: &'static str) -> Place {
    Place("outbox_messages", name)
}

/// What may change about a message that was written.
fn changed(message: &OutboxMessage, worker: Option<Uuid>, version: i64) -> ActiveModel {
    ActiveModel {
        key: Set(message.key.clone()),
        state: Set(message.state.as_str().to_owned()),
        attempt: Set(message.attempt),
        losses: Set(message.losses),
        since: Set(message.since),
        next_at: Set(message.next_at),
        lease_until: Set(None),
        worker: Set(worker),
        last_error: Set(message.last_error.clone()),
        settled_at: Set(message.settled_at),
        version: Set(version),
        ..Default::default()
    }
}

fn to_row(message: &OutboxMessage) -> Result<Model, Error> {
    Ok(Model {
        id: message.id.0,
        destination: message.payload.destination().as_str().to_owned(),
        aggregate: message.payload.aggregate(),
        sequence: message.sequence,
        key: message.key.clone(),
        kind: message.payload.kind().as_str().to_owned(),
        payload: column("payload").write(&message.payload)?,
        state: message.state.as_str().to_owned(),
        attempt: message.attempt,
        losses: message.losses,
        since: message.since,
        next_at: message.next_at,
        lease_until: None,
        worker: None,
        last_error: message.last_error.clone(),
        created_at: message.created_at,
        settled_at: message.settled_at,
        version: message.version,
    })
}

fn to_message(row: Model) -> Result<OutboxMessage, Error> {
    Ok(OutboxMessage {
        id: OutboxMessageId(row.id),
        sequence: row.sequence,
        key: row.key,
        payload: column("payload").read(row.payload)?,
        state: column("state").read_text(row.state)?,
        attempt: row.attempt,
        losses: row.losses,
        since: row.since,
        next_at: row.next_at,
        last_error: row.last_error,
        created_at: row.created_at,
        settled_at: row.settled_at,
        version: row.version,
    })
}
