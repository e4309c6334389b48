//! 在庫 as rows.

use noren_domain::sync::{Recorded, Stream};
use noren_domain::vehicle::{StockStatus, Vehicle};
use noren_domain::{Timestamp, search};
use sea_orm::sea_query::{Alias, Expr, InsertStatement, OnConflict, Query, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, IntoActiveModel, Iterable, QueryTrait};

use super::{Copied, statements};
use crate::entity::{vehicle, vehicle_change, vehicle_index};
use crate::json::Place;
use crate::{Error, Tx};

const TABLE: &str = "vehicles";
/// For how many rows at a time that is written which hangs on them.
const FOLLOWING: usize = 250;

impl Copied for Vehicle {
    const STREAM: Stream = Stream::Vehicles;
    const KEY: &'static str = "stock_number";

    type Row = vehicle::ActiveModel;

    fn key(&self) -> &str {
        self.stock_number.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<vehicle::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let Self { stock_number, store_code, status, condition, identity, build, history, offer, purchase_cost, hold } =
            record;
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let row = vehicle::Model {
            stock_number: stock_number.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            store_code: store_code.to_string(),
            status: status.as_str().to_owned(),
            for_sale: status.is_for_sale(),
            condition: condition.as_str().to_owned(),
            maker: identity.maker.clone(),
            model_name: identity.model_name.clone(),
            chassis_number: identity.chassis_number.clone(),
            body_type: build.body_type.as_str().to_owned(),
            fuel_type: build.fuel_type.map(|fuel| fuel.as_str().to_owned()),
            first_registration: identity.first_registration.map(|first| first.to_string()),
            odometer_km: i32::try_from(history.odometer_km).unwrap_or(i32::MAX),
            repair_history: history.repair_history,
            inspection_expiry: day(history.inspection_expiry),
            vehicle_price: offer.vehicle_price.map(|yen| yen.0),
            advertised_total: offer.advertised_total.map(|yen| yen.0),
            listed_on: day(offer.listed_on),
            purchase_cost: purchase_cost.map(|yen| yen.0),
            search_key: search_key(record),
            identity: Place(TABLE, "identity").write(identity)?,
            build: Place(TABLE, "build").write(build)?,
            history: Place(TABLE, "history").write(history)?,
            offer: Place(TABLE, "offer").write(offer)?,
            hold: hold.as_ref().map(|hold| Place(TABLE, "hold").write(hold)).transpose()?,
        };
        Ok(row.into_active_model())
    }

    async fn follow(tx: &Tx, records: &[&Recorded<Self>]) -> Result<(), Error> {
        note(tx, records).await?;
        index(tx, records).await
    }
}

/// Notes prices and statuses as they came: EXTREME tells how a car is, and its history is ours to keep.
async fn note(tx: &Tx, records: &[&Recorded<Vehicle>]) -> Result<(), Error> {
    use vehicle_change::{Column, Entity, Model};
    let row = |Recorded { revision, changed_at, record }: &Recorded<Vehicle>| Model {
        stock_number: record.stock_number.to_string(),
        revision: *revision,
        changed_at: *changed_at,
        status: record.status.as_str().to_owned(),
        advertised_total: record.offer.advertised_total.map(|yen| yen.0),
    };
    let kept = OnConflict::columns([Column::StockNumber, Column::Revision]).do_nothing().to_owned();
    let inserts = records.chunks(FOLLOWING).map(|chunk| {
        let rows = chunk.iter().map(|recorded| row(recorded).into_active_model());
        Ok(Entity::insert_many(rows).on_conflict(kept.clone()).into_query())
    });
    statements::run(tx, inserts).await?;
    Ok(())
}

/// Repeats in the index what the rows have by now, whoever has stored them.
async fn index(tx: &Tx, records: &[&Recorded<Vehicle>]) -> Result<(), Error> {
    let indexed = records.chunks(FOLLOWING).map(indexed);
    statements::run(tx, indexed).await?;
    Ok(())
}

fn indexed(records: &[&Recorded<Vehicle>]) -> Result<InsertStatement, Error> {
    use vehicle_index::{Column, Entity};
    let repeated = Column::iter().filter(|column| !matches!(column, Column::Part));
    let mut rows = Query::select();
    rows.columns(repeated.clone().map(|column| Alias::new(column.as_str())))
        .expr(part())
        .from(vehicle::Entity)
        .and_where(vehicle::Column::StockNumber.is_in(records.iter().map(|recorded| recorded.record.key())));
    let settled = Column::iter().filter(|column| !matches!(column, Column::StockNumber));
    let mut insert = Query::insert();
    insert.into_table(Entity).columns(repeated.chain([Column::Part]));
    insert.select_from(rows).map_err(|error| Error::Database(sea_orm::DbErr::Custom(error.to_string())))?;
    insert.on_conflict(OnConflict::column(Column::StockNumber).update_columns(settled).to_owned());
    Ok(insert)
}

/// Of which part of the stock a row is.
fn part() -> SimpleExpr {
    let sold = StockStatus::ALL.iter().filter(|status| status.is_sold()).map(|status| status.as_str());
    Expr::case(vehicle::Column::ForSale.eq(true), "for_sale")
        .case(vehicle::Column::Status.is_in(sold), "sold")
        .finally("gone")
        .into()
}

/// By what a car is found: its numbers, and what it is called.
fn search_key(vehicle: &Vehicle) -> String {
    let Vehicle { stock_number, identity, build, .. } = vehicle;
    let plate = identity.registration_number.as_ref().map(ToString::to_string);
    let texts = [Some(stock_number.as_str()), identity.chassis_number.as_deref(), plate.as_deref()];
    let title = vehicle.title();
    search::key(texts.into_iter().flatten().chain([title.as_str(), build.body_color.as_str()]))
}
