//! A car's line: who is first, who waits, and how one comes up.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use noren_domain::hold::{HoldLoss, HoldState};
use noren_extreme_simulator::Stream as Theirs;
use serde_json::{Value, json};

use super::Yard;
use crate::harness::{Stream, User, eventually, spawn_app};
use crate::stock::{car, stock};

#[tokio::test]
async fn the_first_has_the_car_and_the_next_comes_up_at_once() {
    let yard = Yard::open().await;
    let (first, second, third) = (yard.seller_here().await, yard.seller_elsewhere().await, yard.seller_here().await);
    let held = yard.claim(&first).await;
    assert_eq!(
        (held.status, &held.json["state"], &held.json["kept_by"]),
        (201, &json!("held"), &json!("extreme")),
        "{}",
        held.text
    );
    assert_eq!(held.header("location"), format!("/api/v1/holds/{}", held.id()));
    assert_eq!(yard.theirs()["expires_at"].as_str().map(str::len), Some(25), "{}", yard.theirs());
    let (waits, after) = (yard.claim(&second).await, yard.claim(&third).await);
    assert_eq!((&waits.json["state"], &waits.json["position"]), (&json!("queued"), &json!(1)), "{}", waits.text);
    assert_eq!((&after.json["state"], &after.json["position"]), (&json!("queued"), &json!(2)));
    let twice = yard.claim(&first).await;
    assert_eq!((twice.status, twice.code()), (409, "hold.twice"));

    let line = third.get(&yard.path()).await.json;
    let states: Vec<&Value> = line["items"].as_array().unwrap().iter().map(|hold| &hold["state"]).collect();
    assert_eq!(states, ["held", "queued", "queued"]);
    let let_go = yard.release(&first, held.id()).await;
    assert_eq!((let_go.status, &let_go.json["state"]), (200, &json!("released")), "{}", let_go.text);
    yard.becomes(waits.id(), HoldState::Held).await;
    assert_eq!(yard.claim_of(&third, after.id()).await["position"], 1);
    let over = yard.release(&first, held.id()).await;
    assert_eq!((over.status, over.code()), (409, "hold.over"));
    assert_eq!(yard.house.control().counts().effects.values().max(), Some(&1), "nothing was done twice");
}

#[tokio::test]
async fn a_hundred_at_once_are_one_holder_and_a_line() {
    let yard = Yard::open().await;
    let mut sellers = Vec::new();
    for _ in 0..100 {
        sellers.push(yard.seller_here().await);
    }
    yard.house.control().reset_counts();
    let claims = futures_util::future::join_all(sellers.iter().map(|seller| yard.claim_again(seller))).await;
    assert!(
        claims.iter().all(|claim| claim.status == 201),
        "{:?}",
        claims.iter().find(|claim| claim.status != 201).map(|claim| &claim.text)
    );
    let first = claims.iter().find(|claim| claim.json["state"] != "queued").unwrap();
    yard.becomes(first.id(), HoldState::Held).await;
    let line = sellers[0].get(&yard.path()).await.json;
    let line = line["items"].as_array().unwrap();
    assert_eq!((line.len(), &line[0]["state"]), (100, &json!("held")), "{}", line[0]);
    let places: Vec<i64> = line[1..].iter().map(|hold| hold["position"].as_i64().unwrap()).collect();
    assert_eq!(places, (1..100).collect::<Vec<_>>());
    let people: BTreeSet<&str> = line.iter().map(|hold| hold["staff_id"].as_str().unwrap()).collect();
    assert_eq!(people.len(), 100);
    let order: Vec<&str> = line[1..].iter().map(|hold| hold["id"].as_str().unwrap()).collect();
    assert!(order.is_sorted(), "in the order in which they came");
    assert_eq!(yard.house.control().counts().of("place_hold", "201"), 1, "EXTREME was asked for one");
}

#[tokio::test]
async fn a_hold_of_one_store_is_heard_and_seen_at_every_other() {
    let yard = Yard::open().await;
    let (here, there) = (yard.seller_here().await, yard.seller_elsewhere().await);
    let mut stream = Stream::open(&there).await;
    let held = yard.claim(&here).await;
    let told = stream.expect_kind("hold.changed").await;
    assert_eq!((told.data["hold_id"].as_str().unwrap(), &told.data["mentions_me"]), (held.id(), &json!(false)));
    let seen = there.get(&format!("/api/v1/vehicles/{}", yard.car)).await;
    assert_eq!(
        (&seen.json["hold"]["staff_id"], &seen.json["hold"]["state"]),
        (&json!(here.id), &json!("held")),
        "{}",
        seen.text
    );
    // Neither the copy nor the entity tag is what it was before the hold.
    let tag = seen.header("etag").to_owned();
    yard.release(&here, held.id()).await;
    let again = there.request(reqwest::Method::GET, &format!("/api/v1/vehicles/{}", yard.car));
    let again = there.send(again.header("if-none-match", tag)).await;
    assert_eq!((again.status, &again.json["hold"]), (200, &Value::Null), "{}", again.text);
    let available = there.get(&format!("/api/v1/vehicles/{}/availability", yard.car)).await;
    assert_eq!((available.status, &available.json["is_available"]), (200, &json!(true)), "{}", available.text);
}

#[tokio::test]
async fn a_hold_ends_by_itself_on_both_sides() {
    let yard = Yard::open().await;
    let (first, second) = (yard.seller_here().await, yard.seller_here().await);
    let held = yard.claim(&first).await;
    let waits = yard.claim(&second).await;
    yard.pass(TimeDelta::hours(24) + TimeDelta::seconds(1));
    let over = yard.becomes(held.id(), HoldState::Expired).await;
    assert_eq!(over.ended_at, over.expires_at);
    yard.becomes(waits.id(), HoldState::Held).await;
    assert!(!yard.theirs().is_null());
}

#[tokio::test]
async fn a_hold_is_made_longer_once_extreme_has_said_so() {
    let yard = Yard::open().await;
    let first = yard.seller_here().await;
    let held = yard.claim(&first).await;
    let path = format!("/api/v1/holds/{}/extend", held.id());
    let version = held.json["version"].as_i64().unwrap();
    let wrong = first.act(&path, version, &json!({"hours": 73})).await;
    assert_eq!((wrong.status, wrong.errors()), (422, vec!["hours out_of_range".to_owned()]));
    assert_eq!(first.act(&path, version + 7, &json!({"hours": 48})).await.status, 412);
    yard.pass(TimeDelta::minutes(3));
    let wished = first.act(&path, version, &json!({"hours": 48})).await;
    assert_eq!(wished.status, 200, "{}", wished.text);
    assert!(wished.json["wanted_until"].is_string());
    assert_eq!(wished.json["expires_at"], held.json["expires_at"], "what counts is what EXTREME has said");
    let until = yard.house.app.clock_in(TimeDelta::hours(48));
    let longer = async || yard.kept(held.id()).await.expires_at == Some(until);
    assert!(eventually(longer).await, "{:?} {until}", yard.kept(held.id()).await);
    assert_eq!(yard.kept(held.id()).await.wanted_until, None);
}

#[tokio::test]
async fn who_wanted_a_car_that_was_sold_is_told_so() {
    let yard = Yard::open().await;
    let (first, second) = (yard.seller_here().await, yard.seller_here().await);
    let (held, waits) = (yard.claim(&first).await, yard.claim(&second).await);
    let id = yard.theirs()["hold_id"].as_str().unwrap().to_owned();
    let control = yard.house.control();
    control.release_hold(&id).unwrap();
    control.edit(Theirs::Vehicles, &yard.car, &json!({"status": "contracted"})).unwrap();
    yard.pass(TimeDelta::seconds(1));
    yard.house.read().await;
    assert_eq!(yard.becomes(waits.id(), HoldState::Lost).await.loss, Some(HoldLoss::Sold));
    assert_eq!(yard.becomes(held.id(), HoldState::Lost).await.loss, Some(HoldLoss::Ended));
    let late = yard.claim(&second).await;
    assert_eq!((late.status, late.code()), (409, "vehicle.not_available"));
    let own = second.get("/api/v1/holds?open=false").await;
    assert_eq!(own.json["items"][0]["loss"], "sold", "also for who was not there: {}", own.text);
}

#[tokio::test]
async fn without_extreme_the_list_of_noren_is_all_there_is() {
    let app = spawn_app().await;
    let (first, second): (User, User) = (
        app.sign_in(noren_domain::staff::Role::Salesperson).await,
        app.sign_in(noren_domain::staff::Role::Manager).await,
    );
    stock(&app, vec![car("A-1")]).await;
    let path = "/api/v1/vehicles/A-1/holds";
    let held = first.create(path, &json!({"hours": 2})).await;
    assert_eq!(
        (held.status, &held.json["state"], &held.json["kept_by"]),
        (201, &json!("held"), &json!("noren")),
        "{}",
        held.text
    );
    let waits = second.create(path, &json!({"hours": 2})).await;
    assert_eq!(waits.json["state"], "queued");
    let version = held.json["version"].as_i64().unwrap();
    let longer = first.act(&format!("/api/v1/holds/{}/extend", held.id()), version, &json!({"hours": 72})).await;
    assert_eq!(
        (&longer.json["wanted_until"], longer.json["expires_at"] != held.json["expires_at"]),
        (&Value::Null, true)
    );
    first.act(&format!("/api/v1/holds/{}/release", held.id()), version + 1, &json!({})).await;
    assert_eq!(second.get(&format!("/api/v1/holds/{}", waits.id())).await.json["state"], "held");
}

#[tokio::test]
async fn a_line_that_is_as_it_was_says_that_it_was_another_one_meanwhile() {
    let yard = Yard::open().await;
    let first = yard.seller_here().await;
    let path = format!("/api/v1/vehicles/{}/holds", yard.car);
    let before = first.get(&path).await.json;
    assert_eq!((&before["items"], &before["changes"]), (&json!([]), &json!(0)), "{before}");
    let claimed = yard.claim(&first).await;
    yard.release(&first, claimed.id()).await;
    let after = first.get(&path).await.json;
    assert_eq!(after["items"], json!([]));
    assert!(after["changes"].as_i64().unwrap() > 0, "{after}");
}
