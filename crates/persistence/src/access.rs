//! 個人情報アクセス記録: who looked at which personal data, and what of that is recorded.

use noren_domain::access::{AccessKind, AccessRecording};
use noren_domain::code::CustomerCode;
use noren_domain::{AccessEventId, SessionId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::entity::access_event::{Column, Entity, Model};
use crate::entity::access_recording;
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

const SETTINGS: Place = Place("access_recording", "settings");

/// One look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessEvent {
    pub id: AccessEventId,
    pub at: Timestamp,
    /// `staff:{id}` or `api_client:{id}`.
    pub actor: String,
    pub session_id: Option<SessionId>,
    /// What the browser called itself; sessions are forgotten before these records are.
    pub device: Option<String>,
    pub kind: AccessKind,
    /// What was seen: leads, or submissions of a form.
    pub subjects: Vec<Uuid>,
    /// The customers of EXTREME that were seen.
    pub customers: Vec<CustomerCode>,
    /// How many were seen; of an export, its rows.
    pub seen: u64,
    /// Whether a screen asked by itself that nobody was touching.
    pub unattended: bool,
    pub request_id: Option<String>,
}

/// Which looks to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub actor: Option<String>,
    pub kind: Option<AccessKind>,
    /// A lead or a submission that was seen.
    pub subject: Option<Uuid>,
    /// A customer who was seen.
    pub customer: Option<CustomerCode>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// Stores looks; those that are there already are passed over.
///
/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, events: &[AccessEvent]) -> Result<(), Error> {
    // Far below what a statement may have of parameters on either database.
    for chunk in events.chunks(1_000) {
        let rows = chunk.iter().map(|event| to_row(event).into_active_model());
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(once).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// One page of the looks, the newest first.
///
/// # Errors
/// Database errors; `Corrupt` for a position that is not of this list.
pub async fn page(conn: &impl Conn, filter: &Filter, page: &PageRequest) -> Result<Page<AccessEvent>, Error> {
    let mut query = Entity::find().filter(matching(filter, conn.inner().get_database_backend()));
    if let Some(after) = &page.after {
        let at: Timestamp = after.sort.parse().map_err(|_| column("at").corrupt(after.sort.clone()))?;
        let same = Condition::all().add(Column::At.eq(at)).add(Column::Id.lt(after.id));
        query = query.filter(Column::At.lte(at)).filter(Condition::any().add(Column::At.lt(at)).add(same));
    }
    let newest = query.order_by_desc(Column::At).order_by_desc(Column::Id).limit(page.limit + 1);
    let page = Page::cut(newest.all(conn.inner()).await?, page.limit, |row| Position {
        sort: row.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        id: row.id,
    });
    Ok(Page { items: page.items.into_iter().map(to_event).collect::<Result<_, _>>()?, next: page.next })
}

/// How many looks a filter finds, counted up to a limit.
///
/// # Errors
/// Database errors.
pub async fn count(conn: &impl Conn, filter: &Filter, limit: u64) -> Result<u64, Error> {
    #[derive(FromQueryResult)]
    struct Counted {
        looks: i64,
    }
    let backend = conn.inner().get_database_backend();
    let found = Entity::find().select_only().column(Column::Id).filter(matching(filter, backend)).limit(limit);
    let mut counting = sea_orm::sea_query::Query::select();
    counting.expr_as(Expr::cust("COUNT(*)"), "looks").from_subquery(found.into_query(), "found");
    let counted = Counted::find_by_statement(backend.build(&counting)).one(conn.inner()).await?;
    Ok(counted.map_or(0, |counted| u64::try_from(counted.looks).unwrap_or_default()))
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: AccessEventId) -> Result<Option<AccessEvent>, Error> {
    Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_event).transpose()
}

/// Forgets the looks from before an instant.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    Ok(Entity::delete_many().filter(Column::At.lt(before)).exec(tx.inner()).await?.rows_affected)
}

/// What is recorded, and the version of that setting.
///
/// # Errors
/// Database errors.
pub async fn recording(conn: &impl Conn) -> Result<(AccessRecording, i64), Error> {
    let row = access_recording::Entity::find_by_id(1).one(conn.inner()).await?;
    let row = row.ok_or_else(|| SETTINGS.corrupt(String::new()))?;
    Ok((SETTINGS.read(row.settings)?, row.version))
}

/// Settles what is recorded, if nobody else did since it was read; the new version.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn set_recording(tx: &Tx, recording: &AccessRecording, seen: i64) -> Result<i64, Error> {
    let outcome = access_recording::Entity::update_many()
        .col_expr(access_recording::Column::Settings, Expr::value(SETTINGS.write(recording)?))
        .col_expr(access_recording::Column::Version, Expr::col(access_recording::Column::Version).add(1))
        .filter(access_recording::Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(seen + 1) } else { Err(Error::Stale) }
}

fn matching(filter: &Filter, backend: DbBackend) -> Condition {
    let Filter { actor, kind, subject, customer, since, until } = filter;
    Condition::all()
        .add_option(actor.as_ref().map(|actor| Column::Actor.eq(actor)))
        .add_option(kind.map(|kind| Column::Kind.eq(kind.as_str())))
        .add_option(subject.map(|subject| has_seen(subject, backend)))
        .add_option(customer.as_ref().map(has_seen_customer))
        .add_option(since.map(|since| Column::At.gte(since)))
        .add_option(until.map(|until| Column::At.lt(until)))
}

/// Looks through the ids of each row. That is slower than a row per look and lead with an index over them, which would make
/// the file several times as large for a question that is asked now and then.
fn has_seen(subject: Uuid, backend: DbBackend) -> Expr {
    let id = subject.as_bytes().to_vec();
    match backend {
        DbBackend::Postgres => Expr::cust_with_values("position($1 in subjects) > 0", [id]),
        _ => Expr::cust_with_values("instr(subjects, ?) > 0", [id]),
    }
}

/// The same for a customer's code, which has a line of its own.
fn has_seen_customer(code: &CustomerCode) -> Expr {
    let lines = Expr::cust("'\n' || customer_codes || '\n'");
    lines.like(LikeExpr::new(format!("%\n{}\n%", code.as_str().replace('_', "\\_"))).escape('\\'))
}

fn column(name: &'static str) -> Place {
    Place("access_events", name)
}

fn to_row(event: &AccessEvent) -> Model {
    let AccessEvent { id, at, actor, session_id, device, kind, subjects, seen, unattended, request_id, customers } =
        event;
    let codes: Vec<&str> = customers.iter().map(CustomerCode::as_str).collect();
    Model {
        id: id.0,
        at: *at,
        actor: actor.clone(),
        session_id: session_id.map(|id| id.0),
        device: device.clone(),
        kind: kind.as_str().to_owned(),
        subjects: subjects.iter().flat_map(|id| *id.as_bytes()).collect(),
        customer_codes: codes.join("\n"),
        seen: i64::try_from(*seen).unwrap_or(i64::MAX),
        unattended: *unattended,
        request_id: request_id.clone(),
    }
}

fn to_event(row: Model) -> Result<AccessEvent, Error> {
    let Model { id, at, actor, session_id, device, kind, subjects, customer_codes, seen, unattended, request_id } = row;
    Ok(AccessEvent {
        id: AccessEventId(id),
        at,
        actor,
        session_id: session_id.map(SessionId),
        device,
        kind: column("kind").read_text(kind)?,
        subjects: subjects.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok()).collect(),
        customers: customer_codes.lines().filter_map(|code| code.parse().ok()).collect(),
        seen: u64::try_from(seen).unwrap_or_default(),
        unattended,
        request_id,
    })
}
