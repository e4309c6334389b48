//! The changes that open screens are told of, and the wait for the next one.
//!
//! The row of `event_head` is locked from the drawing of an id until the commit, so ids have no gaps and become visible in
//! their order: whoever has seen one has seen all before it. Between processes on PostgreSQL the wait is ended by NOTIFY, and
//! everywhere by a look once a second.

use std::sync::Arc;
use std::time::Duration;

use noren_domain::event::{Change, Event, EventKind};
use noren_domain::{StaffId, StoreId, Timestamp};
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use tokio::sync::Notify;

use crate::entity::event::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Db, Error, Tx};

/// How long a change may stay unseen when nobody says that there is one.
const LOOK_EVERY: Duration = Duration::from_secs(1);
const CHANNEL: &str = "noren_events";
/// On which processes tell each other that there is something to send.
const POST: &str = "noren_outbox";
const MENTIONS: Place = Place("events", "mentions");

/// The id of the last change.
///
/// # Errors
/// Database errors.
pub async fn head(conn: &impl Conn) -> Result<i64, Error> {
    let backend = conn.inner().get_database_backend();
    let row = conn.inner().query_one_raw(Statement::from_string(backend, "SELECT last FROM event_head")).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "last"))?)
}

/// The changes after one, in order.
///
/// # Errors
/// Database errors.
pub async fn after(conn: &impl Conn, last: i64, limit: u64) -> Result<Vec<Event>, Error> {
    let rows =
        Entity::find().filter(Column::Id.gt(last)).order_by_asc(Column::Id).limit(limit).all(conn.inner()).await?;
    rows.into_iter().map(to_event).collect()
}

/// Forgets the changes from before an instant.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(Entity::delete_many().filter(Column::At.lt(before)).exec(tx.inner()).await?.rows_affected)
}

/// Writes the changes of a unit of work; the last thing before its commit.
pub(crate) async fn append(tx: &DatabaseTransaction, at: Timestamp, changes: Vec<Change>) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let backend = tx.get_database_backend();
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let draw = format!("UPDATE event_head SET last = last + {count} RETURNING last");
    let row = tx.query_one_raw(Statement::from_string(backend, draw)).await?;
    let last: i64 = row.map_or(Ok(0), |row| row.try_get("", "last"))?;
    let rows = (last - count + 1..)
        .zip(changes)
        .map(|(id, change)| to_row(&Event { id, at, change }).map(IntoActiveModel::into_active_model));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    if backend == DbBackend::Postgres {
        tx.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

/// Wakes the senders of other processes when the unit of work is committed.
pub(crate) async fn tell_of_post(tx: &DatabaseTransaction) -> Result<(), Error> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("NOTIFY {POST}")).await?;
    }
    Ok(())
}

/// The wait for changes of this process and, on PostgreSQL, of others.
pub struct Wait {
    here: Arc<Notify>,
    elsewhere: Option<PgListener>,
    /// The one connection that listens hears for the senders too.
    posted: Arc<Notify>,
}

impl Wait {
    /// Begins to listen. Without a second connection to PostgreSQL, or behind a pooler that knows no LISTEN, changes of
    /// other processes are seen at the next look.
    pub async fn begin(db: &Db) -> Self {
        let elsewhere = match db.postgres_options() {
            Some(options) => {
                // A connection of its own, so that a pool of one is not used up.
                let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
                match listen(&pool).await {
                    Ok(listener) => Some(listener),
                    Err(error) => {
                        tracing::warn!(error = %error, "events.not_listening");
                        None
                    }
                }
            }
            None => None,
        };
        Self { here: db.changed(), elsewhere, posted: db.posted() }
    }

    /// Returns when something may have changed, after a second at most.
    pub async fn next(&mut self) {
        let elsewhere = async {
            match &mut self.elsewhere {
                // The listener connects again by itself; until then there is the look once a second.
                Some(listener) => loop {
                    match listener.recv().await {
                        Ok(told) if told.channel() == POST => self.posted.notify_one(),
                        Ok(_) => break,
                        Err(_) => std::future::pending().await,
                    }
                },
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.here.notified() => {}
            () = elsewhere => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn listen(pool: &sea_orm::sqlx::PgPool) -> Result<PgListener, sea_orm::sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen_all([CHANNEL, POST]).await?;
    Ok(listener)
}

fn to_row(event: &Event) -> Result<Model, Error> {
    let Event { id, at, change: Change { kind, store_id, subject, version, staff_id, mentions } } = event;
    Ok(Model {
        id: *id,
        at: *at,
        kind: kind.as_str().to_owned(),
        store_id: store_id.0,
        subject_id: subject.id(),
        version: *version,
        staff_id: staff_id.map(|id| id.0),
        mentions: MENTIONS.write(mentions)?,
    })
}

fn to_event(row: Model) -> Result<Event, Error> {
    let Model { id, at, kind, store_id, subject_id, version, staff_id, mentions } = row;
    let known = EventKind::ALL.into_iter().find(|known| known.as_str() == kind);
    let kind = known.ok_or(Error::Corrupt { table: "events", column: "kind", value: kind })?;
    let (store_id, subject, staff_id) = (StoreId(store_id), kind.of(subject_id), staff_id.map(StaffId));
    let mentions = MENTIONS.read(mentions)?;
    Ok(Event { id, at, change: Change { kind, store_id, subject, version, staff_id, mentions } })
}
