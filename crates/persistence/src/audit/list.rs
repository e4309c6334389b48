//! The audit's events, newest first.

use noren_domain::Timestamp;
use noren_domain::timeline::FieldChange;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

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
    pub changes: Vec<FieldChange>,
    pub hash: String,
}

/// Which events to list: of these chains (`None`: all), about this subject, before this place.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub chains: Option<Vec<Chain>>,
    pub subject: Option<String>,
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
    use audit_event::Column::{At, Chain as ChainColumn, Sequence, Subject};
    let mut matching = Condition::all();
    if let Some(chains) = &filter.chains {
        matching = matching.add(ChainColumn.is_in(chains.iter().map(ToString::to_string)));
    }
    if let Some(subject) = &filter.subject {
        matching = matching.add(Subject.eq(subject));
    }
    if let Some(Before { at, chain, sequence }) = &filter.before {
        let same_time = Condition::all().add(At.eq(*at)).add(ChainColumn.lt(chain));
        let same_chain = Condition::all().add(At.eq(*at)).add(ChainColumn.eq(chain)).add(Sequence.lt(*sequence));
        matching = matching.add(Condition::any().add(At.lt(*at)).add(same_time).add(same_chain));
    }
    let newest = audit_event::Entity::find()
        .filter(matching)
        .order_by_desc(At)
        .order_by_desc(ChainColumn)
        .order_by_desc(Sequence);
    let events = newest.limit(limit + 1).all(conn.inner()).await?;
    let values = values_of(conn, &events).await?;
    Ok(events.into_iter().map(|event| to_event(event, &values)).collect())
}

fn to_event(event: audit_event::Model, values: &[audit_value::Model]) -> Event {
    let mine = values.iter().filter(|value| value.chain == event.chain && value.sequence == event.sequence);
    let changes = mine
        .map(|value| FieldChange {
            field: value.field.clone(),
            before: value.before.clone(),
            after: value.after.clone(),
        })
        .collect();
    let audit_event::Model { chain, sequence, at, actor, action, subject, request_id, hash, .. } = event;
    Event { chain, sequence, at, actor, action, subject, request_id, changes, hash }
}
