//! The audit's events, newest first.

use std::collections::HashMap;

use noren_domain::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::{Chain, values_of};
use crate::entity::{audit_event, audit_value};
use crate::{Conn, Error};

/// A noted act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub chain: String,
    pub sequence: i64,
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub request_id: Option<String>,
    pub changes: Vec<ValueChange>,
    pub hash: String,
}

/// One field of an act. What an erasure emptied says so, because a field can be empty by itself too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub erased: bool,
}

/// Which events to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of these chains; `None` stands for all.
    pub chains: Option<Vec<Chain>>,
    pub actor: Option<String>,
    pub subject: Option<String>,
    pub action: Option<String>,
    /// What stands before the dot of an action, such as `lead`.
    pub area: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub before: Option<Before>,
}

/// A place in the list, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub at: Timestamp,
    pub chain: String,
    pub sequence: i64,
}

/// The newest events of a filter, `limit + 1` of them at most.
///
/// # Errors
/// Database errors.
pub async fn list(conn: &impl Conn, filter: &Filter, limit: u64) -> Result<Vec<Event>, Error> {
    use audit_event::Column::{At, Chain as ChainColumn, Sequence};
    let newest = audit_event::Entity::find()
        .filter(matching(filter, conn.inner().get_database_backend()))
        .order_by_desc(At)
        .order_by_desc(ChainColumn)
        .order_by_desc(Sequence);
    let events = newest.limit(limit + 1).all(conn.inner()).await?;
    let mut values = by_entry(values_of(conn, &events).await?);
    Ok(events.into_iter().map(|event| to_event(event, &mut values)).collect())
}

/// How many events a filter finds, counted up to a limit.
///
/// # Errors
/// Database errors.
pub async fn count(conn: &impl Conn, filter: &Filter, limit: u64) -> Result<u64, Error> {
    #[derive(FromQueryResult)]
    struct Counted {
        entries: i64,
    }
    let found = audit_event::Entity::find()
        .select_only()
        .column(audit_event::Column::Sequence)
        .filter(matching(filter, conn.inner().get_database_backend()))
        .limit(limit)
        .into_query();
    let mut counting = sea_orm::sea_query::Query::select();
    counting.expr_as(Expr::cust("COUNT(*)"), "entries").from_subquery(found, "found");
    let counted = Counted::find_by_statement(conn.inner().get_database_backend().build(&counting));
    let entries = counted.one(conn.inner()).await?.map_or(0, |counted| counted.entries);
    Ok(u64::try_from(entries).unwrap_or_default())
}

fn matching(filter: &Filter, backend: DbBackend) -> Condition {
    use audit_event::Column::{Action, Actor, At, Chain as ChainColumn, Sequence, Subject};
    let Filter { chains, actor, subject, action, area, since, until, before } = filter;
    let chains = chains.as_ref().map(|chains| ChainColumn.is_in(chains.iter().map(ToString::to_string)));
    let place = before.as_ref().map(|Before { at, chain, sequence }| {
        let same_time = Condition::all().add(At.eq(*at)).add(ChainColumn.lt(chain));
        let same_chain = Condition::all().add(At.eq(*at)).add(ChainColumn.eq(chain)).add(Sequence.lt(*sequence));
        // What the first condition says again lets the databases begin in their index.
        Condition::all().add(At.lte(*at)).add(Condition::any().add(At.lt(*at)).add(same_time).add(same_chain))
    });
    Condition::all()
        .add_option(chains)
        .add_option(actor.as_ref().map(|actor| Actor.eq(actor)))
        .add_option(subject.as_ref().map(|subject| Subject.eq(subject)))
        .add_option(action.as_ref().map(|action| Action.eq(action)))
        .add_option(area.as_ref().map(|area| of_area(area, backend)))
        .add_option(since.map(|since| At.gte(since)))
        .add_option(until.map(|until| At.lt(until)))
        .add_option(place)
}

/// As the index `audit_events_area_idx` has it in either database.
fn of_area(area: &str, backend: DbBackend) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust_with_values("split_part(action, '.', 1) = $1", [area]),
        _ => Expr::cust_with_values("substr(action, 1, instr(action, '.') - 1) = ?", [area]),
    }
}

/// The values of each entry, so that nobody looks through those of all others for them.
pub(super) fn by_entry(values: Vec<audit_value::Model>) -> HashMap<(String, i64), Vec<audit_value::Model>> {
    let mut of_entry: HashMap<(String, i64), Vec<audit_value::Model>> = HashMap::new();
    for value in values {
        of_entry.entry((value.chain.clone(), value.sequence)).or_default().push(value);
    }
    of_entry
}

fn to_event(event: audit_event::Model, values: &mut HashMap<(String, i64), Vec<audit_value::Model>>) -> Event {
    let audit_event::Model { chain, sequence, at, actor, action, subject, request_id, hash, .. } = event;
    let mine = values.remove(&(chain.clone(), sequence)).unwrap_or_default();
    let changes = mine.into_iter().map(|value| {
        let audit_value::Model { field, salt, before, after, .. } = value;
        ValueChange { field, before, after, erased: salt.is_none() }
    });
    let changes = changes.collect();
    Event { chain, sequence, at, actor, action, subject, request_id, changes, hash }
}
