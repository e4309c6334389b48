//! Pictures of the stock: fetched once, made anew, and seen by whoever has an address of ours.

use chrono::TimeDelta;
use futures_util::future::join_all;
use noren_domain::staff::Role;
use noren_extreme_simulator::{Fault, Kind};
use reqwest::Method;
use serde_json::json;

use super::{car, stock};
use crate::extreme::Dealer;
use crate::harness::{Answer, User, spawn_app};

struct Shop {
    dealer: Dealer,
    sales: User,
}

impl Shop {
    async fn open() -> Self {
        let dealer = Dealer::open().await;
        assert!(dealer.settles().await);
        let sales = dealer.app.sign_in(Role::Salesperson).await;
        Self { dealer, sales }
    }

    /// The stock number of the first car, and where its first picture is in either size.
    async fn first(&self) -> (String, [String; 2]) {
        let list = self.sales.get("/api/v1/vehicles?limit=1").await;
        let item = &list.json["items"][0];
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        (text(&item["stock_number"]), [text(&item["photo"]["small"]), text(&item["photo"]["large"])])
    }

    fn fetched(&self) -> u64 {
        let operations = self.dealer.control().counts().operations;
        operations.get("read_photo").map_or(0, |outcomes| outcomes.values().sum())
    }
}

fn require_picture(answer: &Answer) {
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/jpeg"), "{}", answer.header("location"));
    assert!(answer.header("cache-control").contains("immutable"));
    assert!(answer.header("content-security-policy").contains("sandbox"));
}

#[tokio::test]
async fn a_picture_is_fetched_once_and_seen_by_who_has_its_address() {
    let shop = Shop::open().await;
    let (nobody, (number, unmade)) = (shop.dealer.app.anonymous(), shop.first().await);
    assert!(unmade.iter().all(|address| address.starts_with("/photos/of/")), "{unmade:?}");
    let (small, large) = (nobody.get(&unmade[0]).await, nobody.get(&unmade[1]).await);
    require_picture(&small);
    require_picture(&large);
    assert_eq!(shop.fetched(), 1);
    let (_, made) = shop.first().await;
    for address in &made {
        assert_eq!(address.trim_start_matches("/photos/").len(), 64, "{address}");
        require_picture(&nobody.get(address).await);
    }
    let one = shop.sales.get(&format!("/api/v1/vehicles/{number}")).await;
    assert_eq!(one.json["photos"][0]["small"], made[0]);
    assert!(one.json["photos"].as_array().unwrap()[1..].iter().all(|photo| photo["small"] != made[0]));
    require_picture(&nobody.get(&unmade[0]).await);
    assert_eq!(shop.fetched(), 1, "what was made is not asked for again");
}

#[tokio::test]
async fn an_address_is_ours_and_ends() {
    let shop = Shop::open().await;
    let (nobody, (_, [small, _])) = (shop.dealer.app.anonymous(), shop.first().await);
    for wrong in ["/photos/of/x".to_owned(), format!("{small}A"), small.replace("/of/", "/of/A")] {
        assert_eq!(nobody.get(&wrong).await.code(), "not_found", "{wrong}");
    }
    let cursor = shop.sales.get("/api/v1/vehicles?limit=1").await.json["next"].as_str().unwrap().to_owned();
    assert_eq!(nobody.get(&format!("/photos/of/{cursor}")).await.code(), "not_found");
    assert_eq!(shop.fetched(), 0);
    shop.dealer.app.pass(TimeDelta::days(2));
    assert_eq!(nobody.get(&small).await.code(), "not_found");
}

#[tokio::test]
async fn a_picture_is_found_by_its_car() {
    let shop = Shop::open().await;
    let (number, _) = shop.first().await;
    let one = shop.sales.get(&format!("/api/v1/vehicles/{number}")).await;
    let photo = one.json["photos"][0]["photo_id"].as_str().unwrap();
    let path = |number: &str, photo: &str| format!("/api/v1/vehicles/{number}/photos/{photo}");
    for size in ["", "?size=small", "?size=large"] {
        let request = shop.sales.request(Method::GET, &format!("{}{size}", path(&number, photo)));
        require_picture(&shop.sales.send(request.header("accept", "image/avif,image/webp,image/*")).await);
    }
    let other =
        shop.sales.get("/api/v1/vehicles?limit=2").await.json["items"][1]["stock_number"].as_str().unwrap().to_owned();
    for wrong in [path(&other, photo), path(&number, "x"), path("S-NEVER", photo), path(&number, "..%2Fx")] {
        assert_eq!(shop.sales.get(&wrong).await.code(), "not_found", "{wrong}");
    }
    let huge = shop.sales.get(&format!("{}?size=huge", path(&number, photo))).await;
    assert_eq!(huge.status, 422, "{}", huge.text);
}

#[tokio::test]
async fn many_who_want_one_picture_have_it_fetched_once() {
    let shop = Shop::open().await;
    let (nobody, (_, [small, large])) = (shop.dealer.app.anonymous(), shop.first().await);
    let asked = (0..12).map(|at| nobody.get(if at % 2 == 0 { &small } else { &large }));
    join_all(asked).await.iter().for_each(require_picture);
    assert_eq!(shop.fetched(), 1);
}

#[tokio::test]
async fn what_is_no_picture_is_not_shown_and_not_asked_for_again_for_an_hour() {
    let elsewhere = "http://127.0.0.1:9/".to_owned();
    let kinds = [Kind::Html, Kind::HugeBody { bytes: 10 << 20 }, Kind::CutJson, Kind::Redirect { location: elsewhere }];
    for kind in kinds {
        let shop = Shop::open().await;
        let (nobody, (_, [small, large])) = (shop.dealer.app.anonymous(), shop.first().await);
        shop.dealer.control().add_fault(Fault::new(kind.clone()).of("read_photo"));
        assert_eq!(nobody.get(&small).await.code(), "not_found", "{kind:?}");
        shop.dealer.control().clear_faults();
        assert_eq!(nobody.get(&large).await.code(), "not_found", "{kind:?}");
        assert_eq!(shop.fetched(), 1, "{kind:?}");
        shop.dealer.app.pass(TimeDelta::minutes(61));
        require_picture(&nobody.get(&small).await);
    }
}

#[tokio::test]
async fn a_picture_that_cannot_be_fetched_just_now_can_be_later() {
    let shop = Shop::open().await;
    let (nobody, (_, [small, _])) = (shop.dealer.app.anonymous(), shop.first().await);
    let outage = shop.dealer.control().add_fault(Fault::new(Kind::Outage { seconds: 86_400 }));
    let away = nobody.get(&small).await;
    assert_eq!((away.status, away.code(), away.header("retry-after")), (503, "unavailable", "1"));
    shop.dealer.control().clear_fault(outage).unwrap();
    // The breaker asks again after a while.
    shop.dealer.app.pass(TimeDelta::minutes(2));
    require_picture(&nobody.get(&small).await);
}

#[tokio::test]
async fn a_house_without_extreme_has_the_pictures_that_it_has() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    stock(&app, vec![car("S-1")]).await;
    let one = sales.get("/api/v1/vehicles/S-1").await;
    assert_eq!(one.json["photos"][0]["caption"], json!("前"));
    assert_eq!(app.anonymous().get(one.json["photos"][0]["small"].as_str().unwrap()).await.code(), "not_found");
}
