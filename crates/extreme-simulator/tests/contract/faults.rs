//! Each fault does what it says.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use noren_extreme_simulator::{Config, Fault, Kind, Settings, Stream};
use serde_json::json;

use super::client::Shop;

async fn health(shop: &Shop) -> reqwest::Result<super::client::Reply> {
    shop.ask("read_health").send().await
}

#[actix_web::test]
async fn a_late_answer_comes_late_and_a_time_out_not_at_all() {
    let shop = Shop::open().await;
    shop.control().add_fault(Fault::new(Kind::Latency { millis: 60 }).of("read_health").times(1));
    let begun = Instant::now();
    assert_eq!(health(&shop).await.unwrap().status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(60));
    shop.control().add_fault(Fault::new(Kind::Timeout { seconds: 600 }).times(1));
    let mut asked = shop.ask("read_health");
    asked.request = asked.request.timeout(Duration::from_millis(80));
    assert!(asked.send().await.unwrap_err().is_timeout());
    shop.control().add_fault(Fault::new(Kind::Timeout { seconds: 0 }).times(1));
    assert!(health(&shop).await.is_err(), "after its time the connection is closed");
}

#[actix_web::test]
async fn statuses_come_as_often_as_they_should() {
    let shop = Shop::open().await;
    shop.control().add_fault(Fault::new(Kind::TooManyRequests { retry_after: 9 }).times(2));
    for _ in 0..2 {
        let reply = shop.ask("read_health").go().await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, Some("9".to_owned())));
    }
    assert_eq!(shop.ask("read_health").go().await.status, 200);
    shop.control().add_fault(Fault::new(Kind::Error { status: 502 }).of("read_staff"));
    assert_eq!(health(&shop).await.unwrap().status, 200, "other operations are as ever");
    for _ in 0..3 {
        assert_eq!(shop.ask("read_staff").at("staff_code", "S001").send().await.unwrap().status, 502);
    }
    shop.control().clear_faults();
    assert_eq!(shop.ask("read_staff").at("staff_code", "S001").go().await.status, 200);
}

#[actix_web::test]
async fn chance_repeats_itself() {
    let draw = async |seed| {
        let shop = Shop::open().await;
        shop.control().add_fault(Fault::new(Kind::Error { status: 500 }).sometimes(0.4, seed));
        let mut drawn = Vec::new();
        for _ in 0..30 {
            drawn.push(health(&shop).await.unwrap().status == 500);
        }
        drawn
    };
    let first = draw(5).await;
    assert_eq!(first, draw(5).await);
    assert_ne!(first, draw(6).await);
    assert!((5..=20).contains(&first.iter().filter(|failed| **failed).count()));
}

#[actix_web::test]
async fn a_body_breaks_off_in_the_middle() {
    let shop = Shop::open().await;
    shop.control().add_fault(Fault::new(Kind::CutBody).of("list_vehicle_changes").times(1));
    let error = shop.ask("list_vehicle_changes").send().await.unwrap_err();
    assert!(error.is_body() || error.is_decode(), "the head arrived: {error:?}");
    assert_eq!(shop.control().counts().of("list_vehicle_changes", "closed"), 1);
}

#[actix_web::test]
async fn a_page_comes_again_once_and_then_the_next() {
    let shop = Shop::with(&super::movement::frozen()).await;
    shop.control().add_fault(Fault::new(Kind::DuplicatedPages));
    let page = async |after: &str| {
        let after = if after.is_empty() { String::new() } else { format!("&after={after}") };
        shop.ask("list_customer_changes").query(&format!("limit=30{after}")).go().await
    };
    let first = page("").await;
    let again = page(&first.text("next")).await;
    assert_eq!(again.body, first.body);
    let second = page(&again.text("next")).await;
    assert_ne!(second.body, first.body);
    let again = page(&second.text("next")).await;
    assert_eq!(again.body, second.body);
    let third = page(&again.text("next")).await;
    assert_eq!(third.body["more"], false);
    let keys: HashSet<String> = [first, second, third].iter().flat_map(|page| page.keys("customer_code")).collect();
    assert_eq!(keys.len(), 80);
}

#[actix_web::test]
async fn records_come_in_any_order_and_none_is_lost() {
    let shop = Shop::open().await;
    let ordered = shop.ask("list_customer_changes").query("limit=40").go().await.keys("customer_code");
    shop.control().add_fault(Fault::new(Kind::OutOfOrderPages));
    let (mut read, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = shop.ask("list_customer_changes").query(&format!("limit=40{after}")).go().await;
        assert!(page.body["items"].as_array().unwrap().len() <= 40);
        read.extend(page.keys("customer_code"));
        pages += 1;
        after = format!("&after={}", page.text("next"));
        if page.body["more"] == false {
            break;
        }
    }
    assert_ne!(read[..20], ordered[..20]);
    assert!(pages > 2 && read.len() > 80, "records of earlier pages come once more: {}", read.len());
    assert_eq!(read.into_iter().collect::<HashSet<_>>().len(), 80);
}

#[actix_web::test]
async fn an_older_state_comes_after_the_newer() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let next = shop.ask("list_vehicle_changes").query("limit=1000").go().await.text("next");
    shop.control().edit(Stream::Vehicles, &car, &json!({"comment": "新しい"})).unwrap();
    shop.control().add_fault(Fault::new(Kind::StaleRevisions).times(1));
    let page = shop.ask("list_vehicle_changes").query(&format!("after={next}")).go().await;
    let revisions: Vec<u64> =
        page.body["items"].as_array().unwrap().iter().map(|item| item["revision"].as_u64().unwrap()).collect();
    assert_eq!(page.keys("stock_number"), [car.as_str(), car.as_str()]);
    assert_eq!(revisions[0], revisions[1] + 1);
}

#[actix_web::test]
async fn the_clock_that_is_shown_is_wrong() {
    let shop = Shop::open().await;
    shop.control().add_fault(Fault::new(Kind::ClockSkew { seconds: 300 }).of("read_health"));
    let shown: noren_extreme_simulator::Time = shop.ask("read_health").go().await.text("time").parse().unwrap();
    let ahead = (shown - shop.control().clock().now()).num_seconds();
    assert!((298..=300).contains(&ahead), "{ahead}");
}

#[actix_web::test]
async fn in_an_outage_nothing_answers_and_then_everything() {
    let shop = Shop::open().await;
    let id = shop.control().add_fault(Fault::new(Kind::Outage { seconds: 3_600 }));
    for _ in 0..3 {
        assert!(health(&shop).await.is_err());
    }
    assert_eq!(shop.control().counts().of("read_health", "closed"), 3);
    shop.control().clear_fault(id).unwrap();
    assert_eq!(health(&shop).await.unwrap().status, 200);
    shop.control().add_fault(Fault::new(Kind::Outage { seconds: 0 }));
    assert_eq!(health(&shop).await.unwrap().status, 200, "it lasts for its time alone");
}

#[actix_web::test]
async fn answers_are_spoilt() {
    let shop = Shop::open().await;
    let spoilt = async |kind: Kind| {
        shop.control().add_fault(Fault::new(kind).of("read_health").times(1));
        health(&shop).await.unwrap()
    };
    assert!(spoilt(Kind::WrongTypes).await.body["limits"]["page"].is_string());
    assert_eq!(spoilt(Kind::HugeBody { bytes: 10 << 20 }).await.bytes.len(), 10 << 20);
    let html = spoilt(Kind::Html).await;
    assert_eq!((html.status, html.header("content-type").unwrap().as_str()), (200, "text/html; charset=utf-8"));
    let cut = spoilt(Kind::CutJson).await;
    assert!(serde_json::from_slice::<serde_json::Value>(&cut.bytes).unwrap_err().is_eof());
    let away = spoilt(Kind::Redirect { location: "https://elsewhere.example/".to_owned() }).await;
    assert_eq!((away.status, away.header("location").unwrap().as_str()), (302, "https://elsewhere.example/"));
}

#[actix_web::test]
async fn the_limits_of_health_are_kept() {
    let settings = Settings { requests_per_minute: 5, ..Settings::default() };
    let shop = Shop::with(&Config { settings, ..Config::for_tests() }).await;
    let limits = shop.ask("read_health").go().await.body["limits"].clone();
    assert_eq!(limits["requests_per_minute"], 5);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(shop.ask("read_health").go().await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 429], "the token was the first of five");
    shop.control().set(Settings { requests_per_minute: 100, concurrent: 0, ..settings });
    assert_eq!(shop.ask("read_health").go().await.status, 429);
}
