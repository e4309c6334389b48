//! 在庫 as lists, counts and single cars, out of the copies. Every read takes the [`Viewer`], so that nobody can forget who looks; what a
//! car has cost is read by [`purchase_cost`] and by nothing else.

use std::collections::HashMap;

use noren_domain::code::StockNumber;
use noren_domain::sync::Recorded;
use noren_domain::vehicle::{BodyType, MOST_UNITS, Offered, StockStatus, UNIT, Vehicle};
use noren_domain::viewer::Viewer;
use noren_domain::{StoreId, Timestamp, Yen};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DerivePartialModel, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use serde_json::Value;

use crate::entity::vehicle_index::{Column as Index, Entity as Indexed};
use crate::entity::{store, vehicle, vehicle_change};
use crate::json::Place;
use crate::vehicle_filter::Way;
use crate::vehicle_order::{self, Keys};
use crate::{Conn, Error, Page, PageRequest};

pub use crate::vehicle_filter::{Filter, Part};
pub use crate::vehicle_order::Sort;

/// A car as the copy has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Without what it has cost.
    pub recorded: Recorded<Vehicle>,
    /// When it was read from EXTREME in this state.
    pub read_at: Timestamp,
}

/// What there is of the stock, by what a filter chooses from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How many the filter finds.
    pub found: u64,
    /// How many there are in its part.
    pub all: u64,
    /// By 支払総額 in units of [`UNIT`], those of [`MOST_UNITS`] and more together.
    pub totals: Vec<(i64, u64)>,
    pub models: Vec<ModelCount>,
}

/// How many cars there are of a model with a body type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelCount {
    pub maker: String,
    pub model_name: String,
    pub body_type: BodyType,
    pub vehicles: u64,
}

/// All of a row but what the car has cost, and what it is found by.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "vehicle::Entity")]
struct Shown {
    stock_number: String,
    revision: i64,
    changed_at: Timestamp,
    read_at: Timestamp,
    store_code: String,
    status: String,
    condition: String,
    identity: Value,
    build: Value,
    history: Value,
    offer: Value,
    hold: Option<Value>,
}

/// One page of the cars that exist for this viewer and match the filter.
///
/// # Errors
/// Database errors; `Corrupt` for a position that is not of this sort order.
pub async fn page(
    conn: &impl Conn,
    viewer: &Viewer,
    filter: &Filter,
    sort: Sort,
    page: &PageRequest<String>,
) -> Result<Page<Vehicle, String>, Error> {
    let way = way(conn, viewer, filter);
    let matching = visible_in_index(viewer).add(filter.condition(way));
    let keys = Keys::of(sort, way);
    let rows = vehicle_order::rows(conn, &keys, &matching, page).await?;
    let found = Page::cut(rows, page.limit, |row| keys.position(row));
    let numbers: Vec<&str> = found.items.iter().map(|row| row.stock_number.as_str()).collect();
    let mut cars = several(conn, viewer, &numbers).await?;
    let items = numbers.iter().filter_map(|number| cars.remove(*number)).collect();
    Ok(Page { items, next: found.next })
}

/// Those of these cars that exist for this viewer.
///
/// # Errors
/// Database errors.
pub async fn several(conn: &impl Conn, viewer: &Viewer, numbers: &[&str]) -> Result<HashMap<String, Vehicle>, Error> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let query = vehicle::Entity::find()
        .filter(vehicle::Column::StockNumber.is_in(numbers.iter().copied()))
        .filter(visible_to(viewer));
    let rows = query.into_partial_model::<Shown>().all(conn.inner()).await?;
    let cars = rows.into_iter().map(|row| Ok((row.stock_number.clone(), to_known(row)?.recorded.record)));
    cars.collect()
}

/// The car, if it exists for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, number: &StockNumber) -> Result<Option<Known>, Error> {
    let query = vehicle::Entity::find_by_id(number.to_string()).filter(visible_to(viewer));
    query.into_partial_model::<Shown>().one(conn.inner()).await?.map(to_known).transpose()
}

/// The car, for what Noren does by itself and shows nobody.
///
/// # Errors
/// Database errors.
pub async fn known(conn: &impl Conn, number: &StockNumber) -> Result<Option<Known>, Error> {
    let query = vehicle::Entity::find_by_id(number.to_string()).into_partial_model::<Shown>();
    query.one(conn.inner()).await?.map(to_known).transpose()
}

/// What the car has cost the company. For those alone who may know it ([`Viewer::sees_cost`]).
///
/// # Errors
/// Database errors.
pub async fn purchase_cost(conn: &impl Conn, number: &StockNumber) -> Result<Option<Yen>, Error> {
    let query = vehicle::Entity::find_by_id(number.to_string()).select_only().column(vehicle::Column::PurchaseCost);
    let cost: Option<Option<i64>> = query.into_tuple().one(conn.inner()).await?;
    Ok(cost.flatten().map(Yen))
}

/// How these cars were offered as time went by, by stock number, the first state first.
///
/// # Errors
/// Database errors.
pub async fn offered(conn: &impl Conn, numbers: &[&str]) -> Result<HashMap<String, Vec<Offered>>, Error> {
    use vehicle_change::{Column, Entity, Model};
    let mut states: HashMap<String, Vec<Offered>> = HashMap::new();
    if numbers.is_empty() {
        return Ok(states);
    }
    let query = Entity::find().filter(Column::StockNumber.is_in(numbers.iter().copied()));
    let rows = query.order_by_asc(Column::StockNumber).order_by_asc(Column::Revision).all(conn.inner()).await?;
    for Model { stock_number, revision: _, changed_at, status, advertised_total } in rows {
        let status: StockStatus = Place("vehicle_changes", "status").read_text(status)?;
        let state = Offered { at: changed_at, status, advertised_total: advertised_total.map(Yen) };
        states.entry(stock_number).or_default().push(state);
    }
    Ok(states)
}

/// What a filter finds, and what there is to choose from in its part.
///
/// # Errors
/// Database errors.
pub async fn overview(conn: &impl Conn, viewer: &Viewer, filter: &Filter) -> Result<Overview, Error> {
    let of_part = visible_in_index(viewer).add(filter.part.condition(Way::Indexed));
    let models = models(conn, &of_part).await?;
    let all = models.iter().map(|model| model.vehicles).sum();
    let found = if filter.narrows() { count(conn, viewer, filter).await? } else { all };
    Ok(Overview { found, all, totals: totals(conn, &of_part).await?, models })
}

async fn count(conn: &impl Conn, viewer: &Viewer, filter: &Filter) -> Result<u64, Error> {
    let matching = visible_in_index(viewer).add(filter.condition(way(conn, viewer, filter)));
    let counted = Indexed::find().select_only().expr_as(rows(), "vehicles").filter(matching);
    let found: Option<i64> = counted.into_tuple().one(conn.inner()).await?;
    Ok(found.map_or(0, i64::unsigned_abs))
}

fn way(conn: &impl Conn, viewer: &Viewer, filter: &Filter) -> Way {
    Way::of(conn, filter.narrows() || viewer.stock_filter().is_some())
}

/// How many rows there are, which a column need not be read for.
fn rows() -> SimpleExpr {
    Expr::cust("COUNT(*)")
}

async fn models(conn: &impl Conn, of_part: &Condition) -> Result<Vec<ModelCount>, Error> {
    let counted = Indexed::find()
        .select_only()
        .columns([Index::Maker, Index::ModelName, Index::BodyType])
        .expr_as(rows(), "vehicles")
        .filter(of_part.clone())
        .group_by(Index::Maker)
        .group_by(Index::ModelName)
        .group_by(Index::BodyType);
    let rows: Vec<(String, String, String, i64)> = counted.into_tuple().all(conn.inner()).await?;
    let model = |(maker, model_name, body_type, vehicles): (String, String, String, i64)| {
        let body_type = Place("vehicle_index", "body_type").read_text(body_type)?;
        Ok(ModelCount { maker, model_name, body_type, vehicles: vehicles.unsigned_abs() })
    };
    rows.into_iter().map(model).collect()
}

async fn totals(conn: &impl Conn, of_part: &Condition) -> Result<Vec<(i64, u64)>, Error> {
    let most = MOST_UNITS * UNIT;
    let unit = Expr::cust(format!(
        "CASE WHEN advertised_total >= {most} THEN CAST({MOST_UNITS} AS BIGINT) ELSE advertised_total / {UNIT} END"
    ));
    let counted = Indexed::find()
        .select_only()
        .column_as(unit.clone(), "unit")
        .expr_as(rows(), "vehicles")
        .filter(of_part.clone())
        .filter(Index::AdvertisedTotal.is_not_null())
        .group_by(unit);
    let rows: Vec<(i64, i64)> = counted.into_tuple().all(conn.inner()).await?;
    Ok(rows.into_iter().map(|(unit, vehicles)| (unit, vehicles.unsigned_abs())).collect())
}

fn visible_in_index(viewer: &Viewer) -> Condition {
    of_stores(Index::StoreCode, viewer.stock_filter())
}

fn visible_to(viewer: &Viewer) -> Condition {
    of_stores(vehicle::Column::StoreCode, viewer.stock_filter())
}

/// Those of these stores; of all where none are named. EXTREME calls a store by its code.
pub(crate) fn of_stores(column: impl ColumnTrait, stores: Option<&[StoreId]>) -> Condition {
    let codes = stores.map(|stores| {
        let codes = store::Entity::find()
            .select_only()
            .column(store::Column::Code)
            .filter(store::Column::Id.is_in(stores.iter().map(|store| store.0)));
        Expr::col(column.as_column_ref()).in_subquery(QueryTrait::into_query(codes))
    });
    Condition::all().add_option(codes)
}

fn to_known(row: Shown) -> Result<Known, Error> {
    let Shown { stock_number, revision, changed_at, read_at, store_code, status, condition, .. } = row;
    let record = Vehicle {
        stock_number: column("stock_number").read_text(stock_number)?,
        store_code: column("store_code").read_text(store_code)?,
        status: column("status").read_text(status)?,
        condition: column("condition").read_text(condition)?,
        identity: column("identity").read(row.identity)?,
        build: column("build").read(row.build)?,
        history: column("history").read(row.history)?,
        offer: column("offer").read(row.offer)?,
        purchase_cost: None,
        hold: row.hold.map(|hold| column("hold").read(hold)).transpose()?,
    };
    Ok(Known { recorded: Recorded { revision, changed_at, record }, read_at })
}

fn column(name: &'static str) -> Place {
    Place("vehicles", name)
}
