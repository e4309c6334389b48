//! Which customers are listed, and in which order.

use std::collections::HashMap;

use chrono::NaiveDate;
use noren_domain::customer::{Customer, CustomerKind};
use noren_domain::viewer::Viewer;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoColumnRef, LikeExpr, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter};

use super::{rows, visible_to};
use crate::entity::customer::{Column, Entity};
use crate::entity::purchase::{self, Column as Bought};
use crate::{Conn, Error, Page, PageRequest, Position};

/// Which customers to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Folded search terms ([`noren_domain::search::terms`]); a customer matches all of them.
    pub terms: Vec<String>,
    /// EXTREME's code of one store.
    pub store_code: Option<String>,
    pub kind: Option<CustomerKind>,
    /// EXTREME's code of whoever looks after them.
    pub staff_code: Option<String>,
    /// With a car whose 車検 ends on this day or before it.
    pub inspection_until: Option<NaiveDate>,
}

/// In which order; both end in the code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By reading.
    #[default]
    Kana,
    /// By the next 車検, the earliest first; those alone who have a car of which it is known.
    Inspection,
}

/// One page of the customers who exist for this viewer and match the filter.
///
/// # Errors
/// Database errors.
pub async fn page(
    conn: &impl Conn,
    viewer: &Viewer,
    filter: &Filter,
    sort: Sort,
    page: &PageRequest<String>,
) -> Result<Page<Customer, String>, Error> {
    // The codes first, out of an index alone where there is one that has everything; then their rows.
    let mut codes = Vec::new();
    let mut query = wanted(viewer, filter, sort, page.after.as_ref());
    for row in conn.inner().query_all(query.limit(page.limit + 1)).await? {
        codes.push(Position { sort: row.try_get_by_index(0)?, id: row.try_get_by_index::<String>(1)? });
    }
    let Page { items: codes, next } = Page::cut(codes, page.limit, Clone::clone);
    let rows = Entity::find().filter(Column::CustomerCode.is_in(codes.iter().map(|code| code.id.as_str())));
    let rows = rows.all(conn.inner()).await?;
    let mut known: HashMap<String, _> = rows.into_iter().map(|row| (row.customer_code.clone(), row)).collect();
    let mut items = Vec::with_capacity(codes.len());
    for code in &codes {
        if let Some(row) = known.remove(&code.id) {
            items.push(rows::customer(row)?.record);
        }
    }
    Ok(Page { items, next })
}

/// Sort values and codes of those who are wanted, in order.
fn wanted(viewer: &Viewer, filter: &Filter, sort: Sort, after: Option<&Position<String>>) -> SelectStatement {
    let code: SimpleExpr = Expr::col((Entity, Column::CustomerCode));
    let by: SimpleExpr = match sort {
        Sort::Kana => Expr::col((Entity, Column::SortKey)),
        Sort::Inspection => Expr::col((purchase::Entity, Bought::InspectionExpiry)),
    };
    let mut query = Query::select();
    query.expr(by.clone()).expr(code.clone());
    match sort {
        Sort::Kana => {
            query.from(Entity);
        }
        Sort::Inspection => {
            let same = Expr::col((purchase::Entity, Bought::CustomerCode)).equals((Entity, Column::CustomerCode));
            query.from(purchase::Entity).inner_join(Entity, same).cond_where(earliest());
        }
    }
    query.cond_where(visible_to(viewer)).cond_where(matching(filter));
    match sort {
        Sort::Kana => query.cond_where(said(&filter.terms, &(Entity, Column::SearchKey))),
        // Whom the words mean is found first: who walks the days would look at every customer's key in turn.
        Sort::Inspection if !filter.terms.is_empty() => {
            let code = Expr::col((purchase::Entity, Bought::CustomerCode));
            query.and_where(code.in_subquery(meant(&filter.terms)))
        }
        Sort::Inspection => &mut query,
    };
    if let Some(Position { sort: value, id: last }) = after {
        let value = || Expr::val(value.as_str());
        let same = Condition::all().add(by.clone().eq(value())).add(code.clone().gt(last.as_str()));
        query.cond_where(by.clone().gte(value()));
        query.cond_where(Condition::any().add(by.clone().gt(value())).add(same));
    }
    query.order_by_expr(by, Order::Asc).order_by_expr(code, Order::Asc).to_owned()
}

/// Of the cars that a customer has, the one whose 車検 ends first.
fn earliest() -> Condition {
    let here = |column: Bought| Expr::col((purchase::Entity, column));
    let other = Alias::new("other");
    let there = |column: Bought| Expr::col((other.clone(), column));
    let sooner = Condition::any().add(there(Bought::InspectionExpiry).lt(here(Bought::InspectionExpiry))).add(
        Condition::all()
            .add(there(Bought::InspectionExpiry).eq(here(Bought::InspectionExpiry)))
            .add(there(Bought::PurchaseNumber).lt(here(Bought::PurchaseNumber))),
    );
    let before = Query::select()
        .expr(Expr::val(1))
        .from_as(purchase::Entity, other.clone())
        .and_where(there(Bought::CustomerCode).eq(here(Bought::CustomerCode)))
        .and_where(there(Bought::OwnedUntil).is_null())
        .and_where(there(Bought::InspectionExpiry).is_not_null())
        .cond_where(sooner)
        .to_owned();
    Condition::all()
        .add(here(Bought::OwnedUntil).is_null())
        .add(here(Bought::InspectionExpiry).is_not_null())
        .add(Expr::exists(before).not())
}

fn matching(filter: &Filter) -> Condition {
    let Filter { terms: _, store_code, kind, staff_code, inspection_until } = filter;
    let column = |column: Column| Expr::col((Entity, column));
    Condition::all()
        .add_option(store_code.as_ref().map(|code| column(Column::StoreCode).eq(code)))
        .add_option(kind.map(|kind| column(Column::Kind).eq(kind.as_str())))
        .add_option(staff_code.as_ref().map(|code| column(Column::StaffCode).eq(code)))
        .add_option(inspection_until.map(|day| Expr::exists(due(day))))
}

/// Whose key holds every term.
fn said(terms: &[String], key: &(impl IntoColumnRef + Clone)) -> Condition {
    terms.iter().fold(Condition::all(), |all, term| {
        let pattern = format!("%{}%", term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        all.add(Expr::col(key.clone()).like(LikeExpr::new(pattern).escape('\\')))
    })
}

/// The codes of those whom the words mean.
fn meant(terms: &[String]) -> SelectStatement {
    let meant = Alias::new("meant");
    Query::select()
        .column((meant.clone(), Column::CustomerCode))
        .from_as(Entity, meant.clone())
        .cond_where(said(terms, &(meant, Column::SearchKey)))
        .to_owned()
}

/// A car that the customer has and whose 車検 ends by a day.
fn due(day: NaiveDate) -> SelectStatement {
    let owned = Alias::new("owned");
    let of = |column: Bought| Expr::col((owned.clone(), column));
    Query::select()
        .expr(Expr::val(1))
        .from_as(purchase::Entity, owned.clone())
        .and_where(of(Bought::CustomerCode).equals((Entity, Column::CustomerCode)))
        .and_where(of(Bought::OwnedUntil).is_null())
        .and_where(of(Bought::InspectionExpiry).lte(day.to_string()))
        .to_owned()
}
