//! Which cars are listed, in which order, and what is said of them.

use std::cmp::Ordering;

use chrono::TimeDelta;
use noren_domain::Yen;
use noren_domain::staff::Role;
use noren_domain::vehicle::{BodyType, FuelType, HoldSummary, StockStatus, Vehicle};
use serde_json::{Value, json};

use super::{arrive, car, day, numbers, other, row, stock};
use crate::harness::{User, escaped, spawn_app};

/// Cars that are alike in much, and of which much is unknown.
fn mixed() -> Vec<Vehicle> {
    let known = [
        ("S-01", Some(1_980_000), Some("2026-11-01"), 9_000, Some("2021-03")),
        ("S-02", Some(1_980_000), Some("2026-11-01"), 9_000, Some("2021-03")),
        ("S-03", None, None, 12_000, None),
        ("S-04", Some(980_000), Some("2026-08-15"), 88_000, Some("2009")),
        ("S-05", None, Some("2026-11-20"), 0, None),
        ("S-06", Some(12_800_000), None, 3_500, Some("2026-02")),
        ("S-07", Some(0), Some("2026-11-01"), 120_000, Some("2009-12")),
        ("S-08", None, None, 12_000, None),
    ];
    let of = |(number, total, listed, km, registered): (&str, Option<i64>, Option<&str>, u32, Option<&str>)| {
        other(number, |car| {
            car.offer.advertised_total = total.map(Yen);
            car.offer.listed_on = listed.and_then(day);
            car.history.odometer_km = km;
            car.identity.first_registration = registered.and_then(|text| text.parse().ok());
        })
    };
    known.map(of).into()
}

/// The order that a sort asks for: what is known by its value, what is not behind it, and both by number, all in one direction.
fn ordered<K: Ord>(mut cars: Vec<Vehicle>, key: impl Fn(&Vehicle) -> Option<K>, falling: bool) -> Vec<String> {
    let turned = |order: Ordering| if falling { order.reverse() } else { order };
    cars.sort_by(|one, other| {
        let (a, b) = (key(one), key(other));
        let known = b.is_some().cmp(&a.is_some());
        known.then(turned(a.cmp(&b))).then(turned(one.stock_number.cmp(&other.stock_number)))
    });
    cars.iter().map(|car| car.stock_number.to_string()).collect()
}

/// Every page to the end.
async fn pages(user: &User, query: &str, limit: usize) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = user.get(&format!("/api/v1/vehicles?{query}&limit={limit}{after}")).await;
        let listed = numbers(&page);
        let next = page.json["next"].as_str().map(str::to_owned);
        assert!(listed.len() == limit || next.is_none(), "a page in the middle is whole: {}", page.text);
        found.extend(listed);
        let Some(next) = next else { return found };
        assert!(page.header("link").contains(&format!("after={next}>; rel=\"next\"")), "{}", page.header("link"));
        after = format!("&after={next}");
    }
}

#[tokio::test]
async fn every_order_is_paged_to_its_end_and_what_is_unknown_comes_last() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    stock(&app, mixed()).await;
    let (total, listed) = (|car: &Vehicle| car.offer.advertised_total, |car: &Vehicle| car.offer.listed_on);
    let registered = |car: &Vehicle| car.identity.first_registration.map(|first| first.to_string());
    let orders = [
        ("newest", ordered(mixed(), listed, true)),
        ("oldest", ordered(mixed(), listed, false)),
        ("cheapest", ordered(mixed(), total, false)),
        ("dearest", ordered(mixed(), total, true)),
        ("mileage", ordered(mixed(), |car| Some(car.history.odometer_km), false)),
        ("year", ordered(mixed(), registered, true)),
    ];
    for (sort, expected) in orders {
        for limit in [1, 2, 3, 8, 50] {
            for part in ["for_sale", "all"] {
                let query = format!("sort={sort}&part={part}");
                assert_eq!(pages(&sales, &query, limit).await, expected, "{query} {limit}");
            }
        }
    }
    assert_eq!(numbers(&sales.get("/api/v1/vehicles").await)[0], "S-05", "the last to be listed comes first");
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_list_alone() {
    let app = spawn_app().await;
    let (sales, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    stock(&app, mixed()).await;
    let next = sales.get("/api/v1/vehicles?limit=2").await.json["next"].as_str().unwrap().to_owned();
    for query in [format!("sort=oldest&after={next}"), format!("part=all&after={next}"), "after=x".to_owned()] {
        assert_eq!(sales.get(&format!("/api/v1/vehicles?{query}")).await.code(), "cursor.invalid", "{query}");
    }
    assert_eq!(colleague.get(&format!("/api/v1/vehicles?after={next}")).await.code(), "cursor.invalid");
}

/// Eight cars, each other than the rest in one thing.
fn different() -> Vec<Vehicle> {
    vec![
        other("S-10", |car| car.offer.advertised_total = Some(Yen(5_500_000))),
        other("S-11", |car| car.build.body_type = BodyType::Minivan),
        other("S-12", |car| car.build.fuel_type = None),
        other("S-13", |car| {
            car.identity.maker = "ホンダ".to_owned();
            car.identity.model_name = "フィット".to_owned();
            car.build.fuel_type = Some(FuelType::Gasoline);
        }),
        other("S-14", |car| {
            car.history.odometer_km = 100_000;
            car.identity.chassis_number = Some("ZVW60-0012345".to_owned());
        }),
        other("S-15", |car| {
            car.history.repair_history = true;
            car.identity.first_registration = "2015".parse().ok();
        }),
        other("S-16", |car| {
            car.history.inspection_expiry = None;
            car.store_code = "002".parse().unwrap();
        }),
        other("S-17", |car| car.status = StockStatus::Delivered),
        other("S-18", |car| car.status = StockStatus::Scrapped),
        other("S-19", |car| {
            car.history.inspection_expiry = day("2027-01-20");
            car.build.body_color = "100%_ブラック".to_owned();
        }),
    ]
}

#[tokio::test]
async fn each_filter_finds_what_it_says() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    stock(&app, different()).await;
    let for_sale = ["S-10", "S-11", "S-12", "S-13", "S-14", "S-15", "S-16", "S-19"];
    let but = |left: &[&str]| for_sale.into_iter().filter(|number| !left.contains(number)).collect::<Vec<_>>();
    let (first, second) = (app.first_store, app.second_store);
    let cases: Vec<(String, Vec<&str>)> = vec![
        (String::new(), for_sale.into()),
        ("part=sold".into(), vec!["S-17"]),
        ("part=all&q=S1".into(), vec!["S-10", "S-11", "S-12", "S-13", "S-14", "S-15", "S-16", "S-17", "S-18", "S-19"]),
        ("total_from=3000001".into(), vec!["S-10"]),
        ("total_to=3000000".into(), but(&["S-10"])),
        ("total_from=3000000&total_to=3000000".into(), but(&["S-10"])),
        ("body_types=minivan,suv".into(), vec!["S-11"]),
        ("fuel_types=gasoline".into(), vec!["S-13"]),
        ("fuel_types=hybrid,gasoline".into(), but(&["S-12"])),
        (format!("maker={}", escaped("ホンダ")), vec!["S-13"]),
        (format!("maker={}&model_name={}", escaped("トヨタ"), escaped("フィット")), vec![]),
        (format!("model_name={}", escaped("フィット")), vec!["S-13"]),
        ("odometer_to=20000".into(), but(&["S-14"])),
        ("odometer_to=19999".into(), vec![]),
        ("year_from=2016".into(), but(&["S-15"])),
        ("year_from=2015".into(), for_sale.into()),
        ("inspection_months=2".into(), but(&["S-16", "S-19"])),
        ("inspection_months=1".into(), but(&["S-16"])),
        ("inspection_months=17".into(), vec![]),
        ("repair_history=false".into(), but(&["S-15"])),
        ("repair_history=true".into(), vec!["S-15"]),
        (format!("store_ids={second}"), vec!["S-16"]),
        (format!("store_ids={first},{second}"), for_sale.into()),
        ("store_ids=0192f0c1-2345-7abc-8def-0123456789ab".into(), vec![]),
        (format!("q={}", escaped("ふぃっと")), vec!["S-13"]),
        (format!("q={}", escaped("ﾎﾝﾀﾞ フィット")), vec!["S-13"]),
        (format!("q={}", escaped("zvw60 12345")), vec!["S-14"]),
        (format!("q={}", escaped("100%")), vec!["S-19"]),
        (format!("q={}", escaped("0%ブ")), vec!["S-19"]),
        (format!("q={}", escaped("%")), vec!["S-19"]),
        (format!("q={}", escaped("\\")), vec![]),
    ];
    for (query, expected) in cases {
        let mut found = pages(&sales, &query, 3).await;
        found.sort();
        assert_eq!(found, expected, "{query}");
        let overview = sales.get(&format!("/api/v1/vehicle-overview?{query}")).await;
        assert_eq!(overview.json["found"], expected.len(), "{query} {}", overview.text);
    }
}

#[tokio::test]
async fn what_is_no_filter_is_refused_at_its_field() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for (query, error) in [
        ("body_types=tank", "body_types unknown"),
        ("fuel_types=hybrid,", "fuel_types unknown"),
        ("store_ids=001", "store_ids unknown"),
        ("total_from=-1", "total_from out_of_range"),
        ("year_from=1900", "year_from out_of_range"),
        ("limit=201", "limit out_of_range"),
        ("color=red", "color unknown_field"),
    ] {
        for path in ["vehicles", "vehicle-overview"] {
            let answer = sales.get(&format!("/api/v1/{path}?{query}")).await;
            assert_eq!((answer.status, answer.errors()), (422, vec![error.to_owned()]), "{path} {query}");
        }
    }
}

#[tokio::test]
async fn a_row_says_what_a_salesperson_asks_first() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let colleague = app.hire(Role::Salesperson).await;
    let held = |code: &str| HoldSummary {
        hold_id: "H-1".parse().unwrap(),
        staff_code: code.parse().unwrap(),
        staff_name: "佐藤 花子".to_owned(),
        store_code: "002".parse().unwrap(),
        expires_at: app.clock_in(TimeDelta::hours(3)),
    };
    stock(
        &app,
        vec![
            other("S-20", |car| car.hold = Some(held(&colleague.code))),
            other("S-21", |car| {
                car.hold = Some(held("NOBODY"));
                car.store_code = "999".parse().unwrap();
                car.offer.photos.clear();
            }),
        ],
    )
    .await;
    let list = sales.get("/api/v1/vehicles?sort=oldest").await;
    let known = row(&list, "S-20");
    assert_eq!(known["store_id"], json!(app.first_store));
    assert_eq!((&known["maker"], &known["grade"]), (&json!("トヨタ"), &json!("Z")));
    assert_eq!(known["advertised_total"], 3_000_000);
    assert_eq!(known["hold"]["staff_id"], json!(colleague.id));
    assert_eq!((&known["hold"]["staff_name"], &known["hold"]["store_code"]), (&json!("佐藤 花子"), &json!("002")));
    assert_eq!((&known["photo"]["photo_id"], &known["photos"]), (&json!("S-20-1"), &json!(1)));
    let unknown = row(&list, "S-21");
    assert_eq!((&unknown["store_id"], &unknown["hold"]["staff_id"]), (&Value::Null, &Value::Null));
    assert_eq!((&unknown["photo"], &unknown["photos"]), (&Value::Null, &json!(0)));
}

#[tokio::test]
async fn a_cut_of_the_price_is_news_for_thirty_days() {
    let app = spawn_app().await;
    let priced = |total| other("S-30", move |car| car.offer.advertised_total = Some(Yen(total)));
    stock(&app, vec![priced(1_980_000), car("S-31")]).await;
    app.pass(TimeDelta::days(2));
    let cut_at = app.clock_now();
    arrive(&app, vec![priced(1_880_000)], 2).await;
    app.pass(TimeDelta::days(1));
    arrive(
        &app,
        vec![other("S-30", |car| {
            car.offer.advertised_total = Some(Yen(1_880_000));
            car.status = StockStatus::Negotiating;
        })],
        3,
    )
    .await;
    let sales = app.sign_in(Role::Salesperson).await;
    let list = sales.get("/api/v1/vehicles").await;
    assert_eq!(row(&list, "S-30")["price_cut"]["by"], 100_000);
    let said = row(&list, "S-30")["price_cut"]["at"].as_str().unwrap().parse::<noren_domain::Timestamp>().unwrap();
    assert_eq!(said, cut_at);
    assert_eq!(row(&list, "S-31")["price_cut"], Value::Null);
    let one = sales.get("/api/v1/vehicles/S-30").await;
    let changes: Vec<_> =
        one.json["changes"].as_array().unwrap().iter().map(|change| change["status"].clone()).collect();
    assert_eq!(changes, [json!("listed"), json!("listed"), json!("negotiating")], "{}", one.text);
    app.pass(TimeDelta::days(30));
    let later = app.sign_in(Role::Salesperson).await.get("/api/v1/vehicles").await;
    assert_eq!(row(&later, "S-30")["price_cut"], Value::Null);
}

/// People sell the whole company's stock; a key reads that of its stores, and not who of the staff holds a car.
#[tokio::test]
async fn an_integrator_sees_the_stock_of_its_own_stores_and_nobody_s_name() {
    let app = spawn_app().await;
    let hold = HoldSummary {
        hold_id: "H-1".parse().unwrap(),
        staff_code: "S1".parse().unwrap(),
        staff_name: "佐藤 花子".to_owned(),
        store_code: "001".parse().unwrap(),
        expires_at: app.clock_in(TimeDelta::hours(3)),
    };
    let own = other("S-40", |car| car.hold = Some(hold));
    stock(&app, vec![own, other("S-41", |car| car.store_code = "002".parse().unwrap())]).await;
    let (key, _) = app.integrator_with(&json!({"scopes": ["stock.read"]})).await;
    for query in ["", "part=all", &format!("store_ids={}", app.first_store)] {
        let list = key.get(&format!("/api/v1/vehicles?{query}")).await;
        assert_eq!(numbers(&list), ["S-40"]);
        assert!(!list.text.contains("佐藤"), "{}", list.text);
    }
    assert_eq!(numbers(&key.get(&format!("/api/v1/vehicles?store_ids={}", app.second_store)).await), [""; 0]);
    let overview = key.get("/api/v1/vehicle-overview").await;
    assert_eq!((&overview.json["found"], &overview.json["all"]), (&json!(1), &json!(1)));
    let one = key.get("/api/v1/vehicles/S-40").await;
    assert!(one.status == 200 && !one.text.contains("佐藤"), "{}", one.text);
    assert_eq!(key.get("/api/v1/vehicles/S-41").await.code(), "not_found");
    let stranger = app.sign_in_elsewhere(Role::Salesperson).await;
    assert_eq!(numbers(&stranger.get("/api/v1/vehicles?sort=oldest").await), ["S-40", "S-41"]);
}
