//! One car, live first and out of the copy second.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_domain::staff::Role;
use noren_extreme_simulator::{Fault, Kind, Stream as Theirs};
use serde_json::{Value, json};

use crate::extreme::Dealer;
use crate::harness::{Answer, User};

struct Shop {
    dealer: Dealer,
    sales: User,
    /// A car for sale at the first store.
    number: String,
}

impl Shop {
    async fn open() -> Self {
        let dealer = Dealer::open().await;
        assert!(dealer.settles().await);
        let sales = dealer.app.sign_in(Role::Salesperson).await;
        let list = sales.get(&format!("/api/v1/vehicles?limit=1&store_ids={}", dealer.app.first_store)).await;
        let number = list.json["items"][0]["stock_number"].as_str().unwrap().to_owned();
        Self { dealer, sales, number }
    }

    fn path(&self) -> String {
        format!("/api/v1/vehicles/{}", self.number)
    }

    /// Somebody looks at the car, who has just signed in.
    async fn look(&self) -> Answer {
        self.dealer.app.sign_in(Role::Salesperson).await.get(&self.path()).await
    }

    /// The same, until EXTREME has answered in time: its 800 ms are little on a machine that does much else.
    async fn look_live(&self) -> Answer {
        for _ in 0..3 {
            let answer = self.look().await;
            if answer.json["origin"]["freshness"] == "live" {
                return answer;
            }
        }
        self.look().await
    }

    fn reprice(&self, total: i64) {
        self.dealer.control().edit(Theirs::Vehicles, &self.number, &json!({"advertised_total_yen": total})).unwrap();
    }
}

fn said(answer: &Answer) -> (&Value, &Value) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    (&answer.json["offer"]["advertised_total"], &answer.json["origin"]["freshness"])
}

fn as_of(answer: &Answer) -> Timestamp {
    answer.json["origin"]["as_of"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_car_is_asked_of_extreme_and_what_is_newer_is_kept() {
    let shop = Shop::open().await;
    shop.reprice(1_234_000);
    shop.dealer.app.pass(TimeDelta::minutes(3));
    let live = shop.look_live().await;
    assert_eq!(said(&live), (&json!(1_234_000), &json!("live")));
    assert_eq!(as_of(&live), shop.dealer.app.clock_now());
    let list = shop.sales.get(&format!("/api/v1/vehicles?q={}", shop.number)).await;
    assert_eq!(list.json["items"][0]["advertised_total"], 1_234_000, "the list has it before the stream brings it");
    assert_eq!(live.json["changes"].as_array().unwrap().last().unwrap()["advertised_total"], 1_234_000);
    shop.dealer.read().await;
    assert_eq!(said(&shop.look_live().await), (&json!(1_234_000), &json!("live")));
}

#[tokio::test]
async fn who_has_seen_it_is_told_that_nothing_changed() {
    let shop = Shop::open().await;
    let etag = shop.look_live().await.header("etag").to_owned();
    let again = shop.sales.request(reqwest::Method::GET, &shop.path()).header("if-none-match", &etag);
    let again = shop.sales.send(again).await;
    assert_eq!((again.status, again.header("etag"), again.text.as_str()), (304, etag.as_str(), ""));
    shop.reprice(1_234_000);
    let changed = shop.sales.request(reqwest::Method::GET, &shop.path()).header("if-none-match", &etag);
    assert_eq!(shop.sales.send(changed).await.status, 200);
}

#[tokio::test]
async fn an_outage_in_the_middle_leaves_the_copy_with_its_age() {
    let shop = Shop::open().await;
    let read_at = shop.dealer.app.clock_now();
    shop.reprice(1_234_000);
    assert_eq!(said(&shop.look_live().await).1, "live");
    let outage = shop.dealer.control().add_fault(Fault::new(Kind::Outage { seconds: 86_400 }));
    shop.reprice(1_111_000);
    shop.dealer.app.pass(TimeDelta::minutes(9));
    let copy = shop.look().await;
    assert_eq!(said(&copy), (&json!(1_234_000), &json!("copy")));
    assert_eq!(as_of(&copy), read_at);
    shop.dealer.app.pass(TimeDelta::minutes(2));
    let old = shop.look().await;
    assert_eq!(said(&old), (&json!(1_234_000), &json!("old")));
    let later = shop.dealer.app.sign_in(Role::Salesperson).await;
    assert_eq!(later.get("/api/v1/vehicle-overview").await.json["origin"]["freshness"], "old");
    shop.dealer.control().clear_fault(outage).unwrap();
    // The breaker asks again after a while.
    shop.dealer.app.pass(TimeDelta::minutes(2));
    assert_eq!(said(&shop.look_live().await), (&json!(1_111_000), &json!("live")));
}

#[tokio::test]
async fn a_slow_extreme_is_not_waited_for() {
    let shop = Shop::open().await;
    shop.dealer.control().add_fault(Fault::new(Kind::Timeout { seconds: 30 }).of("read_vehicle"));
    let asked = Instant::now();
    assert_eq!(said(&shop.look().await).1, "copy");
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn what_extreme_says_wrongly_changes_nothing() {
    for kind in [Kind::Html, Kind::WrongTypes, Kind::CutJson, Kind::HugeBody { bytes: 10 << 20 }] {
        let shop = Shop::open().await;
        let known = said(&shop.look().await).0.clone();
        shop.reprice(1_234_000);
        shop.dealer.control().add_fault(Fault::new(kind.clone()).of("read_vehicle"));
        assert_eq!(said(&shop.look().await), (&known, &json!("copy")), "{kind:?}");
    }
}

#[tokio::test]
async fn an_older_state_than_is_known_is_not_believed() {
    let shop = Shop::open().await;
    shop.dealer.app.tamper("UPDATE vehicles SET revision = revision + 100").await;
    let before = shop.look().await;
    assert_eq!(said(&before).1, "copy");
    let etag = before.header("etag").to_owned();
    shop.reprice(1_234_000);
    let after = shop.look().await;
    assert_eq!((said(&after).1, after.header("etag")), (&json!("copy"), etag.as_str()));
}

#[tokio::test]
async fn what_extreme_has_and_noren_does_not_is_found_and_what_is_gone_is_not() {
    let shop = Shop::open().await;
    let control = shop.dealer.control();
    let mut new = control.record(Theirs::Vehicles, &shop.number).unwrap();
    new.insert("stock_number".to_owned(), json!("S-NEW"));
    control.put(Theirs::Vehicles, "S-NEW", new).unwrap();
    let found = shop.sales.get("/api/v1/vehicles/S-NEW").await;
    assert_eq!((found.status, &found.json["origin"]["freshness"]), (200, &json!("live")), "{}", found.text);
    control.delete(Theirs::Vehicles, &shop.number).unwrap();
    assert_eq!(shop.look().await.code(), "not_found");
    assert_eq!(shop.sales.get("/api/v1/vehicles/S-NEVER").await.code(), "not_found");
}

/// What integrators read costs EXTREME nothing.
#[tokio::test]
async fn an_integrator_is_answered_out_of_the_copy() {
    let shop = Shop::open().await;
    let app = &shop.dealer.app;
    let (key, _) = app.integrator_with(&json!({"scopes": ["stock.read"]})).await;
    shop.dealer.control().reset_counts();
    let one = key.get(&shop.path()).await;
    assert_eq!((one.status, &one.json["origin"]["freshness"]), (200, &json!("copy")), "{}", one.text);
    assert!(shop.dealer.control().counts().operations.is_empty());
}
