//! 修正依頼 as rows. What has become of one is told by EXTREME once it has it, and by its message in the outbox until then.

use std::collections::HashMap;

use noren_domain::code::CustomerCode;
use noren_domain::customer::{Correction, CorrectionRequest, CorrectionState};
use noren_domain::outbox::OutboxState;
use noren_domain::{CorrectionRequestId, OutboxMessageId, StaffId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::entity::correction_request::{ActiveModel, Column, Entity, Model};
use crate::entity::outbox_message;
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

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
    Entity::update_many().set(mended).filter(Column::Id.eq(wish.id.0)).exec(tx.inner()).await?;
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
    let open = Entity::update_many().set(change).filter(Column::Id.eq(id.0)).filter(Column::Outcome.is_null());
    open.exec(tx.inner()).await?;
    Ok(())
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
        (None, None) => of_message(message),
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
    })
}

/// How a wish stands that EXTREME has not taken. What was discarded is forgotten after a while.
fn of_message(state: Option<&str>) -> CorrectionState {
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
