//! `/`: one page for a person, with what EXTREME holds at the moment.

use std::sync::Arc;

use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde_json::Value;

use crate::contracts::Contract;
use crate::corrections::Correction;
use crate::extreme::Extreme;
use crate::faults::InForce;
use crate::holds::Hold;
use crate::http::Past;
use crate::quotes::Quote;
use crate::store::{Error, Record, Shelf};
use crate::stream::Stream;

/// How many rows a table has.
const ROWS: usize = 30;
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The statuses of cars that are not delivered, with their names.
const STATUSES: [(&str, &str); 9] = [
    ("listed", "展示・掲載中"),
    ("negotiating", "商談中"),
    ("contracted", "成約済"),
    ("registering", "登録手配中"),
    ("awaiting_delivery", "納車待ち"),
    ("reconditioning", "商品化中"),
    ("received", "入庫"),
    ("in_transit", "陸送中"),
    ("purchased", "仕入済"),
];

#[derive(Template)]
#[template(path = "screen.html")]
struct Screen {
    now: String,
    totals: Vec<(&'static str, u64)>,
    statuses: Vec<(&'static str, u64)>,
    cars: Vec<Car>,
    holds: Vec<Hold>,
    quotes: Vec<Quote>,
    contracts: Vec<Contract>,
    corrections: Vec<Correction>,
    faults: Vec<InForce>,
    requests: Vec<Past>,
}

struct Car {
    stock_number: String,
    name: String,
    status: &'static str,
    store: String,
    total: String,
    holder: String,
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[get("/")]
async fn show(extreme: Data<Extreme>) -> HttpResponse {
    let extreme: Arc<Extreme> = extreme.into_inner();
    let page = web::block(move || screen(&extreme).map(|screen| screen.render())).await;
    match page {
        Ok(Ok(Ok(html))) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header(("content-security-policy", POLICY))
            .insert_header(("cache-control", "no-store"))
            .body(html),
        _ => HttpResponse::InternalServerError().finish(),
    }
}

fn screen(extreme: &Extreme) -> Result<Screen, Error> {
    let reading = extreme.store.read()?;
    let mut cars = Vec::new();
    let mut statuses = Vec::new();
    for (status, name) in STATUSES {
        statuses.push((name, reading.count_found(Stream::Vehicles, status)? as u64));
        cars.extend(reading.found(Stream::Vehicles, status, ROWS / 3)?.iter().map(|vehicle| car(vehicle, name)));
    }
    let streams = [
        ("車両", Stream::Vehicles),
        ("販売実績", Stream::Sales),
        ("仕入", Stream::StockPurchases),
        ("顧客", Stream::Customers),
        ("購入", Stream::Purchases),
        ("整備・鈑金・修理", Stream::MaintenanceRecords),
        ("車検・点検", Stream::Inspections),
        ("スタッフ", Stream::Staff),
    ];
    let totals = streams.into_iter().map(|(name, stream)| Ok((name, reading.count(stream)?)));
    Ok(Screen {
        now: extreme.clock.now().format("%Y-%m-%d %H:%M:%S").to_string(),
        totals: totals.collect::<Result<_, Error>>()?,
        statuses,
        cars,
        holds: reading.last_papers(Shelf::Holds, ROWS)?,
        quotes: reading.last_papers(Shelf::Quotes, ROWS)?,
        contracts: reading.last_papers(Shelf::Contracts, ROWS)?,
        corrections: reading.last_papers(Shelf::Corrections, ROWS)?,
        faults: extreme.faults.all(),
        requests: extreme.requests.last(ROWS),
    })
}

fn car(vehicle: &Record, status: &'static str) -> Car {
    let text = |member: &str| vehicle.get(member).and_then(Value::as_str).unwrap_or_default();
    let holder = vehicle.get("hold").and_then(|hold| hold.get("staff_name")).and_then(Value::as_str);
    Car {
        stock_number: text("stock_number").to_owned(),
        name: format!("{} {} {}", text("maker"), text("model_name"), text("grade")),
        status,
        store: text("store_code").to_owned(),
        total: vehicle.get("advertised_total_yen").and_then(Value::as_i64).map(|total| yen(&total)).unwrap_or_default(),
        holder: holder.unwrap_or_default().to_owned(),
    }
}

/// By reference, as templates pass it.
fn yen(amount: &i64) -> String {
    format!("{}円", grouped(amount))
}

/// A number with a comma after every three digits.
fn grouped(number: &impl ToString) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yen_are_grouped() {
        assert_eq!([0, 998, 1_298_000].map(|amount| yen(&amount)), ["0円", "998円", "1,298,000円"]);
    }
}
