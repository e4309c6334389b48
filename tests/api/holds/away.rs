//! EXTREME away, or its answers lost: nobody is promised a car that they do not have, and nothing is placed twice.

use chrono::TimeDelta;
use noren_domain::hold::{HoldLoss, HoldState};
use noren_domain::staff::Role;
use noren_extreme_simulator::{Fault, Kind, Stream as Theirs};
use serde_json::{Value, json};

use super::Yard;
use crate::harness::{Stream, eventually};

#[tokio::test]
async fn while_extreme_is_away_a_car_is_only_asked_for_and_whoever_was_later_is_told() {
    let yard = Yard::open().await;
    let (first, second) = (yard.seller_here().await, yard.seller_here().await);
    let control = yard.house.control();
    control.add_fault(Fault::new(Kind::Error { status: 503 }));
    let asked = yard.claim(&first).await;
    assert_eq!((asked.status, &asked.json["state"], &asked.json["kept_by"]), (201, &json!("requested"), &Value::Null));
    let waits = yard.claim(&second).await;
    assert_eq!((&waits.json["state"], &waits.json["position"]), (&json!("queued"), &json!(1)));
    let shown = second.get(&format!("/api/v1/vehicles/{}", yard.car)).await.json["hold"].clone();
    assert_eq!((&shown["state"], &shown["waiting"]), (&json!("requested"), &json!(1)), "nobody may promise it");

    // Somebody in the dealer's office takes the car meanwhile.
    let taken = control.place_hold(&yard.car, "S004", 24).unwrap();
    control.clear_faults();
    let mut stream = Stream::open(&first).await;
    yard.becomes(asked.id(), HoldState::Queued).await;
    let change = stream.expect_kind("hold.changed").await;
    assert_eq!((change.data["hold_id"].as_str().unwrap(), &change.data["mentions_me"]), (asked.id(), &json!(true)));
    let line = yard.house.app.sign_in(Role::Salesperson).await.get(&yard.path()).await.json;
    assert_eq!(line["items"][0]["position"], 1, "somebody in EXTREME is before them");

    control.release_hold(&taken).unwrap();
    yard.pass(TimeDelta::seconds(1));
    yard.house.read().await;
    yard.becomes(asked.id(), HoldState::Held).await;
    assert_eq!(yard.kept(waits.id()).await.state, HoldState::Queued);
}

#[tokio::test]
async fn a_claim_whose_answers_are_lost_is_one_hold() {
    let yard = Yard::open().await;
    let first = yard.seller_here().await;
    let control = yard.house.control();
    control.reset_counts();
    control.add_fault(Fault::new(Kind::LostResponse).of("place_hold").times(4));
    let asked = yard.claim(&first).await;
    assert_eq!(asked.json["state"], "requested", "{}", asked.text);
    yard.becomes(asked.id(), HoldState::Held).await;
    let counts = control.counts();
    assert_eq!(counts.effects.values().copied().collect::<Vec<_>>(), [1]);
    assert_eq!(counts.replays.values().sum::<u64>(), 4);
}

#[tokio::test]
async fn who_lets_go_of_what_extreme_may_have_leaves_nothing_there() {
    let yard = Yard::open().await;
    let first = yard.seller_here().await;
    let control = yard.house.control();
    control.add_fault(Fault::new(Kind::LostResponse).of("place_hold").times(3));
    let asked = yard.claim(&first).await;
    assert_eq!(asked.json["state"], "requested");
    assert_eq!(yard.release(&first, asked.id()).await.json["state"], "released");
    control.clear_faults();
    let nothing = async || {
        yard.next_try().await;
        yard.theirs().is_null() && control.counts().of("release_hold", "200") > 0
    };
    assert!(eventually(nothing).await, "{}", yard.theirs());
    assert_eq!(yard.kept(asked.id()).await.state, HoldState::Released);
}

#[tokio::test]
async fn a_claim_that_nobody_answered_runs_out_and_is_not_placed_afterwards() {
    let yard = Yard::open().await;
    let first = yard.seller_here().await;
    let control = yard.house.control();
    control.add_fault(Fault::new(Kind::Error { status: 503 }));
    let asked = yard.claim(&first).await;
    yard.pass(TimeDelta::hours(25));
    yard.becomes(asked.id(), HoldState::Expired).await;
    control.clear_faults();
    let settled = async || {
        yard.next_try().await;
        yard.waiting().await == 0
    };
    assert!(eventually(settled).await);
    let administrator = yard.house.app.sign_in(Role::Administrator).await;
    let message = administrator.get("/api/v1/outbox-messages").await.json["items"][0].clone();
    assert_eq!((&message["kind"], &message["state"]), (&json!("place_hold"), &json!("discarded")));
    assert_eq!((&message["last_error"], &message["stock_number"]), (&json!("hold.over"), &json!(yard.car)));
    assert!(yard.theirs().is_null());
}

#[tokio::test]
async fn a_hold_that_extreme_ends_is_lost_and_the_next_comes_up() {
    let yard = Yard::open().await;
    let (first, second) = (yard.seller_here().await, yard.seller_here().await);
    let (held, waits) = (yard.claim(&first).await, yard.claim(&second).await);
    let id = yard.theirs()["hold_id"].as_str().unwrap().to_owned();
    yard.house.control().release_hold(&id).unwrap();
    yard.pass(TimeDelta::seconds(1));
    yard.house.read().await;
    assert_eq!(yard.becomes(held.id(), HoldState::Lost).await.loss, Some(HoldLoss::Ended));
    yard.becomes(waits.id(), HoldState::Held).await;
    let theirs = yard.house.control().record(Theirs::Vehicles, &yard.car).unwrap();
    assert_eq!(theirs["status"], "negotiating");
}

#[tokio::test]
async fn what_extreme_refuses_is_lost_and_a_person_can_read_why() {
    let yard = Yard::open().await;
    // EXTREME knows nobody of this code.
    let stranger = yard.house.app.sign_in(Role::Salesperson).await;
    let asked = yard.claim(&stranger).await;
    assert_eq!(yard.becomes(asked.id(), HoldState::Lost).await.loss, Some(HoldLoss::Refused));
    let administrator = yard.house.app.sign_in(Role::Administrator).await;
    let dead = administrator.get("/api/v1/outbox-messages?state=dead").await.json["items"][0].clone();
    assert_eq!((&dead["kind"], &dead["last_error"]), (&json!("place_hold"), &json!("extreme.422")));
}
