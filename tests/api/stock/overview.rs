//! What there is to choose from.

use noren_domain::Yen;
use noren_domain::staff::Role;
use noren_domain::vehicle::{BodyType, StockStatus, Vehicle};
use serde_json::json;

use super::{other, stock};
use crate::harness::{escaped, spawn_app};

fn shop() -> Vec<Vehicle> {
    let of = |number: usize, maker: &str, model: &str, body: BodyType, total: Option<i64>| {
        other(&format!("S-{number}"), |car| {
            car.identity.maker = maker.to_owned();
            car.identity.model_name = model.to_owned();
            car.build.body_type = body;
            car.offer.advertised_total = total.map(Yen);
        })
    };
    let mut cars: Vec<Vehicle> =
        (0..6).map(|at| of(at, "トヨタ", "プリウス", BodyType::Hatchback, Some(2_000_000))).collect();
    cars.push(of(6, "トヨタ", "シエンタ", BodyType::Minivan, Some(2_450_000)));
    cars.push(of(7, "ホンダ", "フリード", BodyType::Minivan, None));
    cars.push(of(8, "ホンダ", "フリード", BodyType::Minivan, Some(999_999)));
    cars.push(other("S-9", |car| car.status = StockStatus::Delivered));
    cars
}

#[tokio::test]
async fn an_overview_counts_what_a_filter_finds_and_what_there_is_to_choose_from() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    stock(&app, shop()).await;
    let overview = sales.get(&format!("/api/v1/vehicle-overview?total_to=2000000&maker={}", escaped("ホンダ"))).await;
    assert_eq!((&overview.json["found"], &overview.json["all"]), (&json!(1), &json!(9)), "{}", overview.text);
    assert_eq!(
        overview.json["makers"],
        json!([{"name": "トヨタ", "vehicles": 7}, {"name": "ホンダ", "vehicles": 2}]),
        "whatever the filter names"
    );
    assert_eq!(overview.json["models"], json!([{"name": "フリード", "vehicles": 2}]));
    assert_eq!(
        overview.json["body_types"],
        json!([{"body_type": "hatchback", "vehicles": 6}, {"body_type": "minivan", "vehicles": 3}])
    );
    let bands = overview.json["totals"].as_array().unwrap();
    assert_eq!((bands.len(), &bands[19]["below"]), (20, &json!(null)));
    let filled: Vec<_> = bands.iter().filter(|band| band["vehicles"] != 0).collect();
    let band = |from: i64, below: i64, vehicles: i64| json!({"from": from, "below": below, "vehicles": vehicles});
    assert_eq!(
        json!(filled),
        json!([band(800_000, 1_000_000, 1), band(2_000_000, 2_200_000, 6), band(2_400_000, 2_600_000, 1)])
    );
    let sold = sales.get("/api/v1/vehicle-overview?part=sold&sort=mileage&limit=5").await;
    assert_eq!((&sold.json["found"], &sold.json["all"], &sold.json["models"]), (&json!(1), &json!(1), &json!([])));
}

#[tokio::test]
async fn a_shop_without_cars_or_without_extreme_says_so() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let overview = sales.get("/api/v1/vehicle-overview").await;
    assert_eq!(
        overview.json,
        json!({
            "found": 0, "all": 0, "totals": [], "makers": [], "models": [], "body_types": [],
            "origin": {"freshness": "old", "as_of": null, "way": "link"}
        })
    );
    stock(&app, vec![super::car("S-1")]).await;
    let one = sales.get("/api/v1/vehicles/S-1").await;
    assert_eq!((one.status, &one.json["origin"]["freshness"]), (200, &json!("old")));
    assert_eq!(sales.get("/api/v1/vehicles/S-2").await.code(), "not_found");
    assert_eq!(sales.get("/api/v1/vehicles/..%2Fx").await.code(), "not_found");
}
