//! 顧客 as they are read: the copies, with whom a viewer may see of them.
//!
//! EXTREME says by its store code where a customer belongs; the stores of a viewer have such codes. A customer of a store that Noren does
//! not know is seen by administrators alone.

mod list;
mod records;
mod rows;

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use noren_domain::Timestamp;
use noren_domain::code::CustomerCode;
use noren_domain::customer::{Customer, CustomerCar, Handle, MatchReason};
use noren_domain::sync::{Revision, Stream};
use noren_domain::viewer::Viewer;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::entity::customer::{Column, Entity};
use crate::entity::{customer_handle, extreme_tombstone, purchase, store};
use crate::json::Place;
use crate::{Conn, Error};

pub use list::{Filter, Sort, page};
pub use records::{inspections, maintenance_records, purchases};

/// How often a customer may have become part of another one before nobody follows any more.
const MOST_MERGES: usize = 10;
/// How many customers who share something with a lead are compared with it.
const MOST_CANDIDATES: u64 = 200;

/// A copy with its age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    pub revision: Revision,
    /// When EXTREME changed it last.
    pub changed_at: Timestamp,
    /// When this state was read.
    pub read_at: Timestamp,
    pub record: T,
}

/// The next 車検 of a customer: the earliest of the cars that they still have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextInspection {
    pub expiry: NaiveDate,
    pub car: CustomerCar,
}

/// Customers who share something with somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidates {
    pub customers: Vec<Customer>,
    /// How many more there are whom the viewer may not see.
    pub elsewhere: u64,
}

/// The customer, if they exist for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, code: &CustomerCode) -> Result<Option<Kept<Customer>>, Error> {
    let row = Entity::find_by_id(code.to_string()).filter(visible_to(viewer)).one(conn.inner()).await?;
    row.map(rows::customer).transpose()
}

/// Those of these customers who exist for this viewer, in no order.
///
/// # Errors
/// Database errors.
pub async fn several(
    conn: &impl Conn,
    viewer: &Viewer,
    codes: impl Iterator<Item = &CustomerCode>,
) -> Result<Vec<Customer>, Error> {
    let of_codes = Entity::find().filter(Column::CustomerCode.is_in(codes.map(CustomerCode::as_str)));
    let rows = of_codes.filter(visible_to(viewer)).all(conn.inner()).await?;
    rows.into_iter().map(|row| Ok(rows::customer(row)?.record)).collect()
}

/// As whom a customer goes on who has become part of another one.
///
/// # Errors
/// Database errors.
pub async fn merged_into(conn: &impl Conn, code: &CustomerCode) -> Result<Option<CustomerCode>, Error> {
    let mut now = code.clone();
    for _ in 0..MOST_MERGES {
        let place = (Stream::Customers.as_str().to_owned(), now.to_string());
        let gone = extreme_tombstone::Entity::find_by_id(place).one(conn.inner()).await?;
        let Some(next) = gone.and_then(|row| row.merged_into) else { break };
        now = Place("extreme_tombstones", "merged_into").read_text(next)?;
    }
    Ok((now != *code).then_some(now))
}

/// All codes under which a customer is, or was, known.
///
/// # Errors
/// Database errors.
pub async fn codes_of(conn: &impl Conn, code: &CustomerCode) -> Result<Vec<String>, Error> {
    use extreme_tombstone::Column as Gone;
    let mut known = vec![code.to_string()];
    let mut newest = known.clone();
    for _ in 0..MOST_MERGES {
        let merged = extreme_tombstone::Entity::find()
            .filter(Gone::Stream.eq(Stream::Customers.as_str()))
            .filter(Gone::MergedInto.is_in(newest.iter().map(String::as_str)))
            .all(conn.inner())
            .await?;
        newest = merged.into_iter().map(|row| row.key).filter(|key| !known.contains(key)).collect();
        if newest.is_empty() {
            break;
        }
        known.extend(newest.iter().cloned());
    }
    Ok(known)
}

/// The next 車検 of each of these customers who has a car of which it is known.
///
/// # Errors
/// Database errors.
pub async fn next_inspections(
    conn: &impl Conn,
    codes: impl Iterator<Item = &CustomerCode>,
) -> Result<HashMap<CustomerCode, NextInspection>, Error> {
    use purchase::Column as Bought;
    let rows = purchase::Entity::find()
        .filter(Bought::CustomerCode.is_in(codes.map(CustomerCode::as_str)))
        .filter(Bought::OwnedUntil.is_null())
        .filter(Bought::InspectionExpiry.is_not_null())
        .order_by(Bought::InspectionExpiry, Order::Desc)
        .order_by(Bought::PurchaseNumber, Order::Desc)
        .all(conn.inner())
        .await?;
    let mut next = HashMap::new();
    // The earliest comes last, and stays.
    for row in rows {
        let bought = rows::purchase(row)?;
        if let Some(expiry) = bought.inspection_expiry {
            next.insert(bought.customer_code, NextInspection { expiry, car: bought.car });
        }
    }
    Ok(next)
}

/// Those who share a handle: whom a number or an address reaches first, then those of the same name.
///
/// # Errors
/// Database errors.
pub async fn candidates(conn: &impl Conn, viewer: &Viewer, sought: &BTreeSet<Handle>) -> Result<Candidates, Error> {
    use customer_handle::Column as By;
    let (reach, names): (Vec<&Handle>, Vec<&Handle>) =
        sought.iter().partition(|handle| matches!(handle.kind, MatchReason::Phone | MatchReason::Mail));
    let mut found = Candidates { customers: Vec::new(), elsewhere: 0 };
    let mut known = BTreeSet::new();
    for handles in [reach, names].into_iter().filter(|handles| !handles.is_empty()) {
        let any = handles.iter().fold(Condition::any(), |any, handle| {
            any.add(Condition::all().add(By::Kind.eq(handle.kind.as_str())).add(By::Handle.eq(&handle.text)))
        });
        let shared = || {
            let codes = customer_handle::Entity::find().select_only().column(By::CustomerCode).filter(any.clone());
            Column::CustomerCode.in_subquery(QueryTrait::into_query(codes))
        };
        let seen = Entity::find().filter(shared()).filter(visible_to(viewer));
        let rows = seen.order_by_asc(Column::CustomerCode).limit(MOST_CANDIDATES).all(conn.inner()).await?;
        for row in rows {
            let customer = rows::customer(row)?.record;
            if known.insert(customer.customer_code.clone()) {
                found.customers.push(customer);
            }
        }
    }
    found.elsewhere = elsewhere(conn, viewer, sought).await?;
    Ok(found)
}

/// How many are reached under the same number or address, or are called the same, whom the viewer may not see.
async fn elsewhere(conn: &impl Conn, viewer: &Viewer, sought: &BTreeSet<Handle>) -> Result<u64, Error> {
    use customer_handle::Column as By;
    if sought.is_empty() || viewer.store_filter().is_none() {
        return Ok(0);
    }
    let any = sought.iter().fold(Condition::any(), |any, handle| {
        any.add(Condition::all().add(By::Kind.eq(handle.kind.as_str())).add(By::Handle.eq(&handle.text)))
    });
    let codes = customer_handle::Entity::find().select_only().column(By::CustomerCode).filter(any);
    let shared = Column::CustomerCode.in_subquery(QueryTrait::into_query(codes));
    Ok(Entity::find().filter(shared).filter(visible_to(viewer).not()).count(conn.inner()).await?)
}

/// The codes of a viewer's customers.
pub(crate) fn visible_codes(viewer: &Viewer) -> SelectStatement {
    QueryTrait::into_query(Entity::find().select_only().column(Column::CustomerCode).filter(visible_to(viewer)))
}

/// Whom a viewer may see: the customers of their stores.
fn visible_to(viewer: &Viewer) -> Condition {
    let Some(stores) = viewer.store_filter() else { return Condition::all() };
    let codes = store::Entity::find()
        .select_only()
        .column(store::Column::Code)
        .filter(store::Column::Id.is_in(stores.iter().map(|store| store.0)));
    Condition::all().add(Expr::col((Entity, Column::StoreCode)).in_subquery(QueryTrait::into_query(codes)))
}
