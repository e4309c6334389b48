//! Many new leads with all that belongs to them, in few statements. What they are has been judged before: this is for
//! seeds, not for what people send.

use noren_domain::lead::Lead;
use noren_domain::timeline::{Inquiry, TimelineEntry};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{Conn as _, Db, Error, Tx, inquiries, lead_search, leads, tags, timeline};

/// Rows in one statement. Always the same number, so that few statements are kept prepared; SQLite takes 32,766 values.
pub(crate) const ROWS: usize = 250;

/// What is stored together.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub leads: Vec<Lead>,
    pub inquiries: Vec<Inquiry>,
    pub timeline: Vec<TimelineEntry>,
}

/// Stores new leads with tags and search index, their inquiries and their timelines; returns how many rows that were.
///
/// # Errors
/// `Conflict` when something is there already, or names what is not there.
pub async fn insert(tx: &Tx, batch: &Batch) -> Result<u64, Error> {
    let mut tagged = 0;
    for leads in batch.leads.chunks(ROWS) {
        leads::insert_many(tx, leads).await?;
        tagged += tags::add_many(tx, leads).await?;
        lead_search::put_new(tx, leads).await?;
    }
    for some in batch.inquiries.chunks(ROWS) {
        inquiries::insert_many(tx, some).await?;
    }
    for some in batch.timeline.chunks(ROWS) {
        timeline::insert_many(tx, some).await?;
    }
    let rows = batch.leads.len() + batch.inquiries.len() + batch.timeline.len();
    Ok(u64::try_from(rows).unwrap_or(u64::MAX) + tagged)
}

/// Has the database look at what it holds, so that it plans by what is there now.
///
/// # Errors
/// Database errors.
pub async fn analyze(db: &Db) -> Result<(), Error> {
    let unlimited = db.inner().get_database_backend() == DbBackend::Postgres;
    let limit = if unlimited { "SET statement_timeout = 0; ANALYZE; RESET statement_timeout" } else { "ANALYZE" };
    db.inner().execute_unprepared(limit).await?;
    Ok(())
}
