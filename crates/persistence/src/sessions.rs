//! Sign-ins and their refresh tokens, which are kept as SHA-256 alone.

use noren_domain::customer_view::CustomerView;
use noren_domain::staff::Staff;
use noren_domain::{LeadId, SessionId, StaffId, Timestamp};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::{refresh_token, session};
use crate::{Conn, Error, Tx};

/// One sign-in on one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub staff_id: StaffId,
    /// What the browser calls itself, shortened.
    pub device: String,
    pub created_at: Timestamp,
    /// When its person last proved who they are, by more than a PIN.
    pub authenticated_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// SHA-256 of what the browser is known again by.
    pub tablet: Option<[u8; 32]>,
    pub locked_at: Option<Timestamp>,
    /// Since the last right one.
    pub wrong_pins: i32,
    /// While its screen is turned to a customer.
    pub customer_view: Option<CustomerView>,
}

/// A refresh token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    pub hash: [u8; 32],
    pub session_id: SessionId,
    pub issued_at: Timestamp,
    pub used_at: Option<Timestamp>,
    /// The hash of the token that followed.
    pub successor: Option<Vec<u8>>,
}

/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), Error> {
    let Session { id, staff_id, device, created_at, last_seen_at, expires_at, ended_at, .. } = session.clone();
    let row = session::Model {
        id: id.0,
        staff_id: staff_id.0,
        device,
        created_at,
        last_seen_at,
        expires_at,
        ended_at,
        tablet: session.tablet.map(Vec::from),
        locked_at: session.locked_at,
        wrong_pins: session.wrong_pins,
        authenticated_at: Some(session.authenticated_at),
        customer_view_since: session.customer_view.map(|view| view.since),
        customer_view_lead_id: session.customer_view.and_then(|view| view.lead).map(|lead| lead.0),
    };
    session::Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The session and its person, whatever their state.
///
/// # Errors
/// Database errors.
pub async fn find_with_staff(conn: &impl Conn, id: SessionId) -> Result<Option<(Session, Staff)>, Error> {
    let Some(session) = find(conn, id).await? else { return Ok(None) };
    let staff = crate::staff::find(conn, session.staff_id).await?;
    Ok(staff.map(|staff| (session, staff)))
}

/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, id: SessionId) -> Result<Option<Session>, Error> {
    Ok(session::Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_session))
}

/// The sessions of a person that have not ended or expired, those in use last first.
///
/// # Errors
/// Database errors.
pub async fn open_of(conn: &impl Conn, staff: StaffId, now: Timestamp) -> Result<Vec<Session>, Error> {
    let open = session::Entity::find()
        .filter(session::Column::StaffId.eq(staff.0))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::LastSeenAt)
        .order_by_desc(session::Column::Id);
    Ok(open.all(conn.inner()).await?.into_iter().map(to_session).collect())
}

/// The sessions that were opened on a tablet and have not ended or expired, with their people, in the order of their opening.
///
/// # Errors
/// Database errors.
pub async fn on_tablet(conn: &impl Conn, tablet: [u8; 32], now: Timestamp) -> Result<Vec<(Session, Staff)>, Error> {
    let open = session::Entity::find()
        .filter(session::Column::Tablet.eq(tablet.to_vec()))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_asc(session::Column::Id);
    let mut found = Vec::new();
    for row in open.all(conn.inner()).await? {
        let session = to_session(row);
        if let Some(staff) = crate::staff::find(conn, session.staff_id).await? {
            found.push((session, staff));
        }
    }
    Ok(found)
}

/// The session, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn hold(tx: &Tx, id: SessionId) -> Result<Option<Session>, Error> {
    let mut query = session::Entity::find_by_id(id.0);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    Ok(query.one(tx.inner()).await?.map(to_session))
}

/// Locks a session's screen.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx, id: SessionId) -> Result<(), Error> {
    let locked = session::ActiveModel { locked_at: Set(Some(tx.at())), ..Default::default() };
    let open = session::Entity::update_many().set(locked).filter(session::Column::Id.eq(id.0));
    open.filter(session::Column::LockedAt.is_null()).exec(tx.inner()).await?;
    Ok(())
}

/// Unlocks a session's screen, and forgets the wrong PINs.
///
/// # Errors
/// Database errors.
pub async fn unlock(tx: &Tx, id: SessionId) -> Result<(), Error> {
    let change = session::ActiveModel {
        locked_at: Set(None),
        wrong_pins: Set(0),
        last_seen_at: Set(tx.at()),
        ..Default::default()
    };
    session::Entity::update_many().set(change).filter(session::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Counts a PIN that is tried, before it is looked at.
///
/// # Errors
/// Database errors.
pub async fn count_pin(tx: &Tx, session: &Session) -> Result<(), Error> {
    let change = session::ActiveModel { wrong_pins: Set(session.wrong_pins + 1), ..Default::default() };
    session::Entity::update_many().set(change).filter(session::Column::Id.eq(session.id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Turns a session's screen to a customer, or back to its person, which forgets the wrong PINs.
///
/// # Errors
/// Database errors.
pub async fn turn(tx: &Tx, id: SessionId, view: Option<CustomerView>) -> Result<(), Error> {
    let change = session::ActiveModel {
        customer_view_since: Set(view.map(|view| view.since)),
        customer_view_lead_id: Set(view.and_then(|view| view.lead).map(|lead| lead.0)),
        wrong_pins: if view.is_some() { NotSet } else { Set(0) },
        ..Default::default()
    };
    session::Entity::update_many().set(change).filter(session::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Notes that the session is in use. Best effort: a lost note costs at most its minute.
///
/// # Errors
/// Database errors.
pub async fn touch(tx: &Tx, id: SessionId) -> Result<(), Error> {
    let seen = session::ActiveModel { last_seen_at: Set(tx.at()), ..Default::default() };
    session::Entity::update_many().set(seen).filter(session::Column::Id.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Ends a session and with it every token of its family.
///
/// # Errors
/// Database errors.
pub async fn end(tx: &Tx, id: SessionId) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(tx.at()))
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx.inner())
        .await?;
    forget_tokens(tx, id).await
}

/// Ends the sessions of a person, as a new password or role demands, but for one that may go on; how many.
///
/// # Errors
/// Database errors.
pub async fn end_all(tx: &Tx, staff: StaffId, but: Option<SessionId>) -> Result<usize, Error> {
    let others = Condition::all().add_option(but.map(|id| session::Column::Id.ne(id.0)));
    let open = session::Entity::find()
        .filter(session::Column::StaffId.eq(staff.0))
        .filter(session::Column::EndedAt.is_null())
        .filter(others)
        .all(tx.inner())
        .await?;
    for row in &open {
        end(tx, SessionId(row.id)).await?;
    }
    Ok(open.len())
}

/// Takes a session's refresh tokens away; it lives on with the next that is handed out.
///
/// # Errors
/// Database errors.
pub async fn forget_tokens(tx: &Tx, id: SessionId) -> Result<(), Error> {
    refresh_token::Entity::delete_many().filter(refresh_token::Column::SessionId.eq(id.0)).exec(tx.inner()).await?;
    Ok(())
}

/// Removes the sessions that ended or expired before a day; their tokens go with them.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    let gone = session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(before)).exec(tx.inner()).await?;
    Ok(gone.rows_affected)
}

/// # Errors
/// Database errors.
pub async fn insert_token(tx: &Tx, token: &RefreshToken) -> Result<(), Error> {
    let RefreshToken { hash, session_id, issued_at, used_at, successor } = token.clone();
    let row = refresh_token::Model { hash: hash.to_vec(), session_id: session_id.0, issued_at, used_at, successor };
    refresh_token::Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The token with this hash, locked until the unit of work ends, so that two uses at once are one after the other.
///
/// # Errors
/// Database errors; `Corrupt` for a hash of another length.
pub async fn lock_token(tx: &Tx, hash: [u8; 32]) -> Result<Option<RefreshToken>, Error> {
    let mut query = refresh_token::Entity::find_by_id(hash.to_vec());
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    Ok(query.one(tx.inner()).await?.map(|row| RefreshToken {
        hash,
        session_id: SessionId(row.session_id),
        issued_at: row.issued_at,
        used_at: row.used_at,
        successor: row.successor,
    }))
}

/// Whether the token with this hash was used already; `None` when it is gone.
///
/// # Errors
/// Database errors.
pub async fn is_used(tx: &Tx, hash: &[u8]) -> Result<Option<bool>, Error> {
    let row = refresh_token::Entity::find_by_id(hash.to_vec()).one(tx.inner()).await?;
    Ok(row.map(|row| row.used_at.is_some()))
}

/// Marks a token as used and names what followed it.
///
/// # Errors
/// Database errors.
pub async fn use_token(tx: &Tx, hash: [u8; 32], successor: [u8; 32]) -> Result<(), Error> {
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(tx.at()))
        .col_expr(refresh_token::Column::Successor, Expr::value(successor.to_vec()))
        .filter(refresh_token::Column::Hash.eq(hash.to_vec()))
        .exec(tx.inner())
        .await?;
    Ok(())
}

fn to_session(row: session::Model) -> Session {
    let session::Model { id, staff_id, device, created_at, last_seen_at, expires_at, ended_at, .. } = row;
    Session {
        id: SessionId(id),
        staff_id: StaffId(staff_id),
        device,
        created_at,
        authenticated_at: row.authenticated_at.unwrap_or(created_at),
        last_seen_at,
        expires_at,
        ended_at,
        tablet: row.tablet.and_then(|hash| hash.try_into().ok()),
        locked_at: row.locked_at,
        wrong_pins: row.wrong_pins,
        customer_view: row
            .customer_view_since
            .map(|since| CustomerView { since, lead: row.customer_view_lead_id.map(LeadId) }),
    }
}
