//! The orders in which cars are listed, and where a page goes on. What is unknown comes last in either direction, which databases do not
//! agree on: so what is known is listed first, and what is not is listed behind it by stock number.

use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, Condition, DerivePartialModel, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Value,
};

use crate::entity::vehicle_index::{Column, Entity};
use crate::json::Place;
use crate::vehicle_filter::Way;
use crate::{Conn, Error, PageRequest, Position};

/// In which order; all end in the stock number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Cheapest,
    Dearest,
    Mileage,
    Year,
}

/// A car by its place in any order.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub(crate) struct Row {
    pub stock_number: String,
    listed_on: Option<String>,
    advertised_total: Option<i64>,
    odometer_km: i32,
    first_registration: Option<String>,
}

/// What pages are ordered by.
pub(crate) struct Keys {
    by: Column,
    order: Order,
    way: Way,
}

/// Where a page begins, among what is known or behind it.
enum Begin<'a> {
    First,
    Behind(&'a Position<String>),
}

impl Keys {
    pub fn of(sort: Sort, way: Way) -> Self {
        let (by, order) = match sort {
            Sort::Newest => (Column::ListedOn, Order::Desc),
            Sort::Oldest => (Column::ListedOn, Order::Asc),
            Sort::Cheapest => (Column::AdvertisedTotal, Order::Asc),
            Sort::Dearest => (Column::AdvertisedTotal, Order::Desc),
            Sort::Mileage => (Column::OdometerKm, Order::Asc),
            Sort::Year => (Column::FirstRegistration, Order::Desc),
        };
        Self { by, order, way }
    }

    /// Where a row stands; without a sort value where that is unknown.
    pub fn position(&self, row: &Row) -> Position<String> {
        let sort = match self.by {
            Column::ListedOn => row.listed_on.clone(),
            Column::AdvertisedTotal => row.advertised_total.map(|yen| yen.to_string()),
            Column::OdometerKm => Some(row.odometer_km.to_string()),
            _ => row.first_registration.clone(),
        };
        Position { sort: sort.unwrap_or_default(), id: row.stock_number.clone() }
    }

    fn later(&self, column: Column, value: Value) -> SimpleExpr {
        if self.order == Order::Desc { column.lt(value) } else { column.gt(value) }
    }

    /// What is known, behind a position of its own order.
    fn known(&self, begin: &Begin) -> Result<Condition, Error> {
        let known = Condition::all().add(self.by.is_not_null());
        let Begin::Behind(Position { sort, id }) = begin else { return Ok(known) };
        let value = self.value(sort)?;
        let same =
            Condition::all().add(self.by.eq(value.clone())).add(self.later(Column::StockNumber, id.as_str().into()));
        // What the first condition says again lets the databases begin in their index.
        let from = if self.order == Order::Desc { self.by.lte(value.clone()) } else { self.by.gte(value.clone()) };
        let from = (self.way == Way::Indexed).then_some(from);
        Ok(known.add_option(from).add(Condition::any().add(self.later(self.by, value)).add(same)))
    }

    fn unknown(&self, begin: &Begin) -> Condition {
        let unknown = Condition::all().add(self.by.is_null());
        match begin {
            Begin::First => unknown,
            Begin::Behind(Position { id, .. }) => unknown.add(self.later(Column::StockNumber, id.as_str().into())),
        }
    }

    fn value(&self, sort: &str) -> Result<Value, Error> {
        let corrupt = || Place("vehicle_index", "sort").corrupt(sort.to_owned());
        Ok(match self.by {
            Column::AdvertisedTotal => sort.parse::<i64>().map_err(|_| corrupt())?.into(),
            Column::OdometerKm => sort.parse::<i32>().map_err(|_| corrupt())?.into(),
            _ => sort.into(),
        })
    }
}

/// The rows of a page, and one more where there are more.
pub(crate) async fn rows(
    conn: &impl Conn,
    keys: &Keys,
    matching: &Condition,
    page: &PageRequest<String>,
) -> Result<Vec<Row>, Error> {
    let wanted = page.limit + 1;
    let ask = async |part: Condition, limit: u64| {
        let query = Entity::find().filter(matching.clone()).filter(part).limit(limit);
        let query = query
            .order_by(keys.way.column(keys.by), keys.order.clone())
            .order_by(Column::StockNumber, keys.order.clone());
        query.into_partial_model::<Row>().all(conn.inner()).await
    };
    let (begin, is_behind_known) = match &page.after {
        None => (Begin::First, false),
        Some(after) => (Begin::Behind(after), after.sort.is_empty()),
    };
    if is_behind_known {
        return Ok(ask(keys.unknown(&begin), wanted).await?);
    }
    let mut rows = ask(keys.known(&begin)?, wanted).await?;
    let left = wanted.saturating_sub(rows.len() as u64);
    if left > 0 && !matches!(keys.by, Column::OdometerKm) {
        rows.extend(ask(keys.unknown(&Begin::First), left).await?);
    }
    Ok(rows)
}
