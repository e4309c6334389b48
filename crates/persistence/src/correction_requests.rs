//! 修正依頼 as rows. What has become of one is told by EXTREME once it has it, and by its message in the outbox until then.

use std::collections::HashMap;

use noren_domain::code::CustomerCode;
use noren_domain::customer::{Correction, CorrectionRequest, CorrectionState};
use noren_domain::outbox::OutboxState;
use noren_domain::viewer::Viewer;
use noren_domain::{CorrectionRequestId, OutboxMessageId, StaffId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, UpdateMany,
};
use uuid::Uuid;

use crate::entity::correction_request::{ActiveModel, Column, Entity, Model};
use crate::entity::outbox_message;
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx, customers};

/// Writes a wish down, beside the message that carries it.
///
/// # Errors
/// `Conflict` when the customer is gone.
pub async fn insert(tx: &Tx, wish: &CorrectionRequest) -> Result<(), Error> {
    let row = Model {
        id: wish.id.0,
        customer_code: wish.customer_code.to_string(),
        staff_id: wish.staff_id.0,
        wishes: column("wishes").write(&wish.wishes)?,
        note: wish.note.clone(),
        requested_at: wish.requested_at,
        outbox_message_id: wish.outbox_message_id.0,
        correction_number: None,
        outcome: None,
        decided_at: None,
        reason: None,
        asked_at: None,
        entered_by: None,
        version: 1,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Writes a wish anew that EXTREME has refused to take.
///
/// # Errors
/// Database errors.
pub async fn mend(tx: &Tx, wish: &CorrectionRequest) -> Result<(), Error> {
    let mended = ActiveModel {
        wishes: Set(column("wishes").write(&wish.wishes)?),
        note: Set(wish.note.clone()),
        ..Default::default()
    };
    changing(wish.id, mended).exec(tx.inner()).await?;
    Ok(())
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: CorrectionRequestId) -> Result<Option<CorrectionRequest>, Error> {
    let row = Entity::find_by_id(id.0).one(conn.inner()).await?;
    Ok(with_states(conn, row.into_iter().collect()).await?.pop())
}

/// One page of the wishes about a customer, the newest first.
///
/// # Errors
/// Database errors.
pub async fn of_customer(
    conn: &impl Conn,
    code: &CustomerCode,
    page: &PageRequest,
) -> Result<Page<CorrectionRequest>, Error> {
    let mut query = Entity::find().filter(Column::CustomerCode.eq(code.as_str()));
    if let Some(after) = &page.after {
        query = query.filter(Column::Id.lt(after.id));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit + 1).all(conn.inner()).await?;
    let page = Page::cut(rows, page.limit, |row| Position { sort: String::new(), id: row.id });
    Ok(Page { items: with_states(conn, page.items).await?, next: page.next })
}

/// Some of the wishes that EXTREME has and that nobody was asked about since an instant, the longest ago first.
///
/// # Errors
/// Database errors.
pub async fn undecided(conn: &impl Conn, before: Timestamp, limit: u64) -> Result<Vec<CorrectionRequest>, Error> {
    let rows = Entity::find()
        .filter(Column::CorrectionNumber.is_not_null())
        .filter(Column::Outcome.is_null())
        .filter(Condition::any().add(Column::AskedAt.is_null()).add(Column::AskedAt.lte(before)))
        .order_by_asc(Column::AskedAt)
        .limit(limit)
        .all(conn.inner())
        .await?;
    with_states(conn, rows).await
}

/// Notes what EXTREME says of a wish.
///
/// # Errors
/// Database errors.
pub async fn note(tx: &Tx, id: CorrectionRequestId, said: &Correction) -> Result<(), Error> {
    let outcome = match said.state {
        CorrectionState::Accepted | CorrectionState::Refused => Some(said.state.as_str().to_owned()),
        _ => None,
    };
    let change = ActiveModel {
        correction_number: Set(Some(said.correction_number.to_string())),
        outcome: Set(outcome),
        decided_at: Set(said.decided_at),
        reason: Set(said.reason.clone()),
        asked_at: Set(Some(tx.at())),
        ..Default::default()
    };
    // What was decided stays so, whatever an older answer says.
    changing(id, change).filter(Column::Outcome.is_null()).exec(tx.inner()).await?;
    Ok(())
}

/// One of them with another version.
fn changing(id: CorrectionRequestId, change: ActiveModel) -> UpdateMany<Entity> {
    let next = Expr::col(Column::Version).add(1);
    Entity::update_many().set(change).col_expr(Column::Version, next).filter(Column::Id.eq(id.0))
}

/// Notes that somebody has typed a wish into EXTREME, which is as good as accepted there.
///
/// # Errors
/// Database errors.
pub async fn enter(tx: &Tx, id: CorrectionRequestId, by: StaffId) -> Result<(), Error> {
    let entered = (Some(CorrectionState::Accepted), Some(tx.at()), Some(by));
    set_entered(tx, id, entered).await
}

/// Notes that nobody has after all.
///
/// # Errors
/// Database errors.
pub async fn reopen(tx: &Tx, id: CorrectionRequestId) -> Result<(), Error> {
    set_entered(tx, id, (None, None, None)).await
}

async fn set_entered(
    tx: &Tx,
    id: CorrectionRequestId,
    (outcome, at, by): (Option<CorrectionState>, Option<Timestamp>, Option<StaffId>),
) -> Result<(), Error> {
    let change = ActiveModel {
        outcome: Set(outcome.map(|outcome| outcome.as_str().to_owned())),
        decided_at: Set(at),
        entered_by: Set(by.map(|by| by.0)),
        ..Default::default()
    };
    changing(id, change).exec(tx.inner()).await?;
    Ok(())
}

/// One page of what EXTREME has to be told about a viewer's customers and was not, the oldest first; or of what somebody has typed
/// in there, the newest first.
///
/// # Errors
/// Database errors.
pub async fn by_hand(
    conn: &impl Conn,
    viewer: &Viewer,
    entered: bool,
    page: &PageRequest,
) -> Result<Page<CorrectionRequest>, Error> {
    let mut query = Entity::find().filter(to_tell(entered)).filter(about_customers_of(viewer));
    if let Some(after) = &page.after {
        query = query.filter(if entered { Column::Id.lt(after.id) } else { Column::Id.gt(after.id) });
    }
    let order = if entered { Order::Desc } else { Order::Asc };
    let rows = query.order_by(Column::Id, order).limit(page.limit + 1).all(conn.inner()).await?;
    let page = Page::cut(rows, page.limit, |row| Position { sort: String::new(), id: row.id });
    Ok(Page { items: with_states(conn, page.items).await?, next: page.next })
}

/// How many wishes EXTREME has not been told of.
///
/// # Errors
/// Database errors.
pub async fn count_to_enter(conn: &impl Conn, viewer: &Viewer) -> Result<u64, Error> {
    Ok(Entity::find().filter(to_tell(false)).filter(about_customers_of(viewer)).count(conn.inner()).await?)
}

/// The wish that a message carries, if it is about a customer of the viewer's.
///
/// # Errors
/// Database errors.
pub async fn of_message(
    conn: &impl Conn,
    viewer: &Viewer,
    id: OutboxMessageId,
) -> Result<Option<CorrectionRequest>, Error> {
    let carried = Entity::find().filter(Column::OutboxMessageId.eq(id.0)).filter(about_customers_of(viewer));
    Ok(with_states(conn, carried.all(conn.inner()).await?).await?.pop())
}

fn to_tell(entered: bool) -> Condition {
    use outbox_message::Column as Sent;
    let states: &[OutboxState] = if entered { &[OutboxState::Done] } else { &OutboxState::OPEN };
    let messages = outbox_message::Entity::find()
        .select_only()
        .column(Sent::Id)
        .filter(Sent::State.is_in(states.iter().map(|state| state.as_str())));
    let entered = if entered { Column::EnteredBy.is_not_null() } else { Column::EnteredBy.is_null() };
    Condition::all().add(entered).add(Column::OutboxMessageId.in_subquery(QueryTrait::into_query(messages)))
}

fn about_customers_of(viewer: &Viewer) -> Condition {
    Condition::all().add(Column::CustomerCode.in_subquery(customers::visible_codes(viewer)))
}

/// Notes that EXTREME was asked in vain.
///
/// # Errors
/// Database errors.
pub async fn put_off(tx: &Tx, id: CorrectionRequestId) -> Result<(), Error> {
    let asked = Entity::update_many().col_expr(Column::AskedAt, Expr::value(tx.at()));
    asked.filter(Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// The wishes of these rows, with what the outbox knows of those that EXTREME has not taken.
async fn with_states(conn: &impl Conn, rows: Vec<Model>) -> Result<Vec<CorrectionRequest>, Error> {
    use outbox_message::Column as Sent;
    let unsent = rows.iter().filter(|row| row.correction_number.is_none()).map(|row| row.outbox_message_id);
    let messages: HashMap<Uuid, String> = outbox_message::Entity::find()
        .select_only()
        .columns([Sent::Id, Sent::State])
        .filter(Sent::Id.is_in(unsent))
        .into_tuple()
        .all(conn.inner())
        .await?
        .into_iter()
        .collect();
    let read = |row: Model| {
        let message = messages.get(&row.outbox_message_id).map(String::as_str);
        to_wish(row, message)
    };
    rows.into_iter().map(read).collect()
}

fn to_wish(row: Model, message: Option<&str>) -> Result<CorrectionRequest, Error> {
    let state = match (row.outcome, &row.correction_number) {
        (Some(outcome), _) => column("outcome").read_text(outcome)?,
        (None, Some(_)) => CorrectionState::Sent,
        (None, None) => as_message_stands(message),
    };
    Ok(CorrectionRequest {
        id: CorrectionRequestId(row.id),
        customer_code: column("customer_code").read_text(row.customer_code)?,
        staff_id: StaffId(row.staff_id),
        wishes: column("wishes").read(row.wishes)?,
        note: row.note,
        requested_at: row.requested_at,
        state,
        outbox_message_id: OutboxMessageId(row.outbox_message_id),
        correction_number: row.correction_number.map(|text| column("correction_number").read_text(text)).transpose()?,
        decided_at: row.decided_at,
        reason: row.reason,
        entered_by: row.entered_by.map(StaffId),
        version: row.version,
    })
}

/// How a wish stands that EXTREME has not taken. What was discarded is forgotten after a while.
fn as_message_stands(state: Option<&str>) -> CorrectionState {
    match state {
        None => CorrectionState::Discarded,
        Some(state) if state == OutboxState::Discarded.as_str() => CorrectionState::Discarded,
        Some(state) if state == OutboxState::Dead.as_str() => CorrectionState::Stuck,
        Some(_) => CorrectionState::Waiting,
    }
}

fn column(name: &'static str) -> Place {
    Place("correction_requests", name)
}
