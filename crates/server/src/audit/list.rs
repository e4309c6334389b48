//! `GET /audit-events`: who changed what.

use actix_web::get;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Datelike, NaiveDate};
use noren_api::Page;
use noren_api::audit_events::{AuditChange, AuditEvent, AuditFilter};
use noren_domain::access::AccessKind;
use noren_domain::clock::start_of_day;
use noren_domain::viewer::Viewer;
use noren_domain::{StoreId, Timestamp};
use noren_persistence::audit::{self, Before, Chain, Event, Filter, ValueChange};
use uuid::Uuid;

use super::names::{Named, Names};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::permissions::ListAuditEvents;

/// List audit events
///
/// The newest first. A manager sees the chains of their own stores, an administrator all chains.
#[utoipa::path(tag = "audit", params(AuditFilter), responses((status = 200, body = Page<AuditEvent>)))]
#[get("/audit-events")]
pub async fn list_audit_events(
    who: Allowed<ListAuditEvents>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<AuditFilter>,
) -> Result<HttpResponse, Error> {
    let mut query = query.0;
    let (after, limit) = (query.after.take(), query.limit.take().unwrap_or(noren_api::page::DEFAULT_LIMIT));
    let cursors = app.cursors("audit-events", &(&query, &who.viewer.principal.to_string()))?;
    let before = after.map(|cursor| cursors.open::<(Timestamp, String, i64)>(&cursor)).transpose()?;
    let before = before.map(|(at, chain, sequence)| Before { at, chain, sequence });
    let wanted = Filter { before, ..filter(&query, &who.viewer)? };
    let mut events = audit::list(&app.db, &wanted, limit).await?;
    let more = u64::try_from(events.len()).unwrap_or(u64::MAX) > limit;
    events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = events.last().filter(|_| more);
    let next = last.map(|event| cursors.seal(&(event.at, &event.chain, event.sequence))).transpose()?;
    app.saw(&who, &request, AccessKind::Records, people_in(&events));
    let mut names = Names::default();
    let items = to_wire(&app, &who.viewer, &mut names, events).await?;
    Ok(app.page(&request, &Page { items, next }))
}

/// What a person asks for, within what they may see.
pub(super) fn filter(query: &AuditFilter, viewer: &Viewer) -> Result<Filter, Error> {
    let AuditFilter { chain, actor, subject, action, area, from, to, after: _, limit: _ } = query.clone();
    let (since, until) = span(from, to);
    let wanted = chain.map(|text| named(&text).ok_or(Error::field("chain", "unknown"))).transpose()?;
    Ok(Filter {
        chains: chains(viewer.store_filter(), wanted),
        actor,
        subject,
        action,
        area,
        since,
        until,
        before: None,
    })
}

/// A chain by its name, as it is written everywhere: an id can be spelt in several ways, and one of them is enough.
fn named(text: &str) -> Option<Chain> {
    text.parse().ok().filter(|chain: &Chain| chain.to_string() == text)
}

/// When the first day begins and the last one ends. Days of other ages, which databases do not know, are the nearest that they do.
pub(crate) fn span(from: Option<NaiveDate>, to: Option<NaiveDate>) -> (Option<Timestamp>, Option<Timestamp>) {
    let known = |day: NaiveDate| match day.year() {
        ..1 => NaiveDate::MIN.with_year(1).unwrap_or(day),
        1..9_999 => day,
        9_999.. => NaiveDate::MIN.with_year(9_999).unwrap_or(day),
    };
    let next = |day: NaiveDate| day.succ_opt().unwrap_or(day);
    (from.map(known).map(start_of_day), to.map(known).map(next).map(start_of_day))
}

/// The chain that is wanted if it may be seen; otherwise all that may be.
fn chains(stores: Option<&[StoreId]>, wanted: Option<Chain>) -> Option<Vec<Chain>> {
    let visible = stores.map(|stores| stores.iter().copied().map(Chain::Store).collect::<Vec<_>>());
    match (visible, wanted) {
        (visible, None) => visible,
        (None, Some(wanted)) => Some(vec![wanted]),
        (Some(visible), Some(wanted)) => Some(visible.into_iter().filter(|chain| *chain == wanted).collect()),
    }
}

/// The leads and submissions whose values the entries hold.
pub(super) fn people_in(events: &[Event]) -> Vec<Uuid> {
    let ids = events.iter().filter_map(|event| match Named::of(&event.subject) {
        Some(Named::Lead(id)) => Some(id.0),
        Some(Named::Submission(id)) => Some(id.0),
        _ => None,
    });
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The entries with the names of who and what they are about, which are looked up once.
pub(super) async fn to_wire(
    app: &App,
    viewer: &Viewer,
    names: &mut Names,
    events: Vec<Event>,
) -> Result<Vec<AuditEvent>, Error> {
    let spoken_of = events.iter().flat_map(|event| [event.actor.as_str(), event.subject.as_str()]);
    names.learn(&app.db, viewer, spoken_of).await?;
    let wire = |event: Event| {
        let Event { chain, sequence, at, actor, action, subject, request_id, changes, hash } = event;
        let (actor_name, subject_name) = (names.find(&actor), names.find(&subject));
        let changes = changes.into_iter().map(|change| {
            let ValueChange { field, before, after, erased } = change;
            AuditChange { field, before, after, erased }
        });
        let changes = changes.collect();
        AuditEvent { chain, sequence, at, actor, actor_name, action, subject, subject_name, request_id, changes, hash }
    };
    Ok(events.into_iter().map(wire).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_other_ages_are_instants_that_databases_know() {
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            let (since, until) = span(Some(day), Some(day));
            assert!((0..=10_000).contains(&since.unwrap().year()) && since < until, "{day}");
        }
        let (since, until) = span("2026-11-21".parse().ok(), "2026-11-21".parse().ok());
        assert_eq!(since.unwrap().to_rfc3339(), "2026-11-20T15:00:00+00:00");
        assert_eq!(until.unwrap().to_rfc3339(), "2026-11-21T15:00:00+00:00");
    }

    #[test]
    fn nobody_widens_what_they_see_by_asking() {
        let [own, other] = [1, 2].map(|number| StoreId(Uuid::from_u128(number)));
        assert_eq!(chains(Some(&[own]), None), Some(vec![Chain::Store(own)]));
        assert_eq!(chains(Some(&[own]), Some(Chain::Store(own))), Some(vec![Chain::Store(own)]));
        assert_eq!(chains(Some(&[own]), Some(Chain::Store(other))), Some(Vec::new()));
        assert_eq!(chains(Some(&[own]), Some(Chain::Company)), Some(Vec::new()));
        assert_eq!(chains(None, Some(Chain::Company)), Some(vec![Chain::Company]));
        assert_eq!(chains(None, None), None);
    }
}
