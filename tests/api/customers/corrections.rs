//! 修正依頼: a wish goes to EXTREME once, whatever lies between, and a person there decides.

use chrono::TimeDelta;
use noren_domain::outbox::{OutboxMessage, OutboxState};
use noren_domain::staff::Role;
use noren_extreme_simulator::{Decision, Fault, Kind, Stream as Theirs};
use noren_persistence::{PageRequest, outbox};
use noren_server::extreme::follow_corrections;
use serde_json::{Value, json};

use super::{House, path_of};
use crate::harness::{User, eventually};

fn wish() -> Value {
    json!({"wishes": [{"field": "building", "wanted": "松原ハイツ305"}], "note": "転居。ご本人より電話。"})
}

async fn state(user: &User) -> Value {
    user.get(&format!("{}/correction-requests", path_of("T-001"))).await.json["items"][0].clone()
}

/// Waits until the wish stands so, from try to try.
async fn becomes(house: &House, user: &User, wanted: &str) -> Value {
    let stands = async || {
        wait_for_the_next_try(house).await;
        state(user).await["state"] == wanted
    };
    assert!(eventually(stands).await, "{wanted} {}", state(user).await);
    state(user).await
}

async fn messages(house: &House, state: OutboxState) -> Vec<OutboxMessage> {
    let filter = outbox::Filter { states: vec![state], ..Default::default() };
    outbox::page(&house.app.db, &filter, &PageRequest { after: None, limit: 5 }).await.unwrap().items
}

/// Lets as much time pass as a message waits. While a try is under way none passes: its lease would end, and another worker would
/// rightly try once more.
async fn wait_for_the_next_try(house: &House) {
    let now = house.app.clock_now();
    let waiting = messages(house, OutboxState::Waiting).await;
    if let Some(next) = waiting.iter().map(|message| message.next_at).filter(|at| *at > now).min() {
        house.app.pass(next - now);
    }
}

async fn follow(house: &House) {
    house.app.pass(TimeDelta::seconds(61));
    follow_corrections(&house.app.app, house.app.app.extreme.as_ref().unwrap()).await;
}

#[tokio::test]
async fn a_wish_is_sent_and_what_extreme_decides_comes_back() {
    let house = House::open().await;
    let seller = house.seller("S004").await;
    let path = format!("{}/correction-requests", path_of("T-001"));
    let made = seller.create_as("one-wish-key", &path, &wish()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!((&made.json["state"], made.header("location")), (&json!("waiting"), path.as_str()));
    let asked = json!([{"field": "building", "seen": "松原ハイツ203", "wanted": "松原ハイツ305"}]);
    assert_eq!((&made.json["wishes"], &made.json["staff_name"]), (&asked, &json!("茂木 翔")));
    let again = seller.create_as("one-wish-key", &path, &wish()).await;
    assert_eq!((again.header("idempotency-replayed"), again.id()), ("true", made.id()));

    let sent = becomes(&house, &seller, "sent").await;
    let number = sent["correction_number"].as_str().unwrap();
    house.control().decide(number, &Decision::Accepted).unwrap();
    follow(&house).await;
    let decided = state(&seller).await;
    assert_eq!(decided["state"], "accepted");
    assert!(decided["decided_at"].is_string());
    // Whether EXTREME answers live within its 800 ms or the copy is shown.
    house.read().await;
    assert_eq!(seller.get(&path_of("T-001")).await.json["address"]["building"], "松原ハイツ305");

    let second = json!({"wishes": [{"field": "kana", "wanted": "たかはし　みさと"}, {"field": "phones", "wanted": "090 1234 0000"}]});
    assert_eq!(seller.create(&path, &second).await.status, 201);
    let sent = becomes(&house, &seller, "sent").await;
    assert_eq!(sent["wishes"][0]["wanted"], "タカハシ ミサト");
    assert_eq!(sent["wishes"][1]["wanted"], "090-1234-0000");
    let reason = "本人確認ができません".to_owned();
    house.control().decide(sent["correction_number"].as_str().unwrap(), &Decision::Refused { reason }).unwrap();
    follow(&house).await;
    let refused = state(&seller).await;
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("本人確認ができません")));
    let manager = house.app.sign_in(Role::Manager).await;
    let audit = manager.get("/api/v1/audit-events?subject=customer:T-001").await;
    assert_eq!(audit.json["items"][0]["action"], "customer.correction_requested");
    assert!(!audit.text.contains("松原") && !audit.text.contains("090-1234"), "{}", audit.text);
}

#[tokio::test]
async fn a_wish_waits_while_extreme_is_away_and_has_one_effect_though_answers_are_lost() {
    let house = House::open().await;
    let seller = house.seller("S004").await;
    let path = format!("{}/correction-requests", path_of("T-001"));
    house.control().add_fault(Fault::new(Kind::LostResponse).of("request_correction").times(4));
    house.control().reset_counts();
    assert_eq!(seller.create(&path, &wish()).await.status, 201);
    let sent = becomes(&house, &seller, "sent").await;
    let counts = house.control().counts();
    assert_eq!(counts.effects.values().copied().collect::<Vec<_>>(), [1], "one effect under one key");
    assert_eq!(counts.replays.values().sum::<u64>(), 4);
    assert!(sent["correction_number"].as_str().unwrap().ends_with("00001"));
}

#[tokio::test]
async fn what_extreme_does_not_take_waits_for_a_person() {
    let house = House::open().await;
    // EXTREME knows nobody of this code.
    let seller = house.seller("X999").await;
    let administrator = house.app.sign_in(Role::Administrator).await;
    let path = format!("{}/correction-requests", path_of("T-001"));
    assert_eq!(seller.create(&path, &wish()).await.status, 201);
    becomes(&house, &seller, "stuck").await;
    let messages = administrator.get("/api/v1/outbox-messages?state=dead").await;
    let message = &messages.json["items"][0];
    assert_eq!((&message["destination"], &message["kind"]), (&json!("extreme"), &json!("correction_request")));
    assert_eq!((&message["last_error"], &message["customer_code"]), (&json!("extreme.422"), &json!("T-001")));
    assert_eq!(message["staff_name"], "茂木 翔");
    assert!(!messages.text.contains("松原"), "what is wished is not shown there");
    let id = message["id"].as_str().unwrap();
    let version = message["version"].as_i64().unwrap();
    let discarded = administrator.act(&format!("/api/v1/outbox-messages/{id}/discard"), version, &json!({})).await;
    assert_eq!(discarded.status, 200, "{}", discarded.text);
    assert_eq!(state(&seller).await["state"], "discarded");
}

#[tokio::test]
async fn wishes_go_with_the_customer_whom_extreme_lets_go() {
    let house = House::open().await;
    let seller = house.seller("S004").await;
    house.control().add_fault(Fault::new(Kind::Unavailable { retry_after: 0 }).of("request_correction"));
    let path = format!("{}/correction-requests", path_of("T-001"));
    assert_eq!(seller.create_as("gone-wish-key", &path, &wish()).await.status, 201);
    // A try about somebody whom EXTREME has already let go would be refused for good.
    let has_failed = async || {
        let (waiting, now) = (messages(&house, OutboxState::Waiting).await, house.app.clock_now());
        waiting.iter().any(|message| message.last_error.is_some() && message.next_at > now)
    };
    assert!(eventually(has_failed).await);
    house.control().delete(Theirs::Customers, "T-001").unwrap();
    house.read().await;
    house.control().clear_faults();
    assert_eq!(seller.create_as("gone-wish-key", &path, &wish()).await.code(), "not_found");
    let needless = async || {
        wait_for_the_next_try(&house).await;
        let discarded = messages(&house, OutboxState::Discarded).await;
        discarded.iter().any(|message| message.last_error.as_deref() == Some("customer.gone"))
    };
    assert!(eventually(needless).await);
}

#[tokio::test]
async fn every_broken_wish_is_named() {
    let house = House::open().await;
    let seller = house.seller("S004").await;
    let path = format!("{}/correction-requests", path_of("T-001"));
    for (wishes, broken) in [
        (json!([]), "wishes required"),
        (json!([{"field": "name", "wanted": " "}]), "wishes.0.wanted required"),
        (json!([{"field": "building", "wanted": "松原ハイツ203"}]), "wishes.0.wanted unchanged"),
        (json!([{"field": "phones", "wanted": "いつでも"}]), "wishes.0.wanted phone.characters"),
        (json!([{"field": "postal_code", "wanted": "123"}]), "wishes.0.wanted postal_code.length"),
        (json!([{"field": "town", "wanted": "a"}, {"field": "town", "wanted": "b"}]), "wishes.1.field duplicate"),
    ] {
        let refused = seller.create(&path, &json!({"wishes": wishes})).await;
        assert_eq!((refused.status, refused.errors()), (422, vec![broken.to_owned()]), "{}", refused.text);
    }
    assert_eq!(house.app.sign_in(Role::Salesperson).await.get(&path).await.json["items"], json!([]));
}

#[tokio::test]
async fn what_extreme_did_not_take_is_mended_and_goes_as_another_request() {
    let house = House::open().await;
    let (seller, colleague) = (house.seller("X999").await, house.seller("S004").await);
    let path = format!("{}/correction-requests", path_of("T-001"));
    let made = seller.create(&path, &wish()).await;
    becomes(&house, &seller, "stuck").await;
    let resend = format!("{path}/{}/resend", made.id());
    let mended = json!({"wishes": [{"field": "building", "wanted": "松原ハイツ306"}]});
    assert_eq!(colleague.post(&resend, &mended).await.status, 403, "it is not theirs");
    let before = messages(&house, OutboxState::Dead).await.remove(0).key;
    // By now EXTREME knows the person.
    let mut record = house.control().record(Theirs::Staff, "S004").unwrap();
    record.insert("staff_code".into(), json!("X999"));
    house.control().put(Theirs::Staff, "X999", record).unwrap();
    let sent = seller.post(&resend, &mended).await;
    assert_eq!((sent.status, &sent.json["wishes"][0]["wanted"]), (200, &json!("松原ハイツ306")), "{}", sent.text);
    becomes(&house, &seller, "sent").await;
    let done = messages(&house, OutboxState::Done).await.remove(0);
    assert_ne!(done.key, before, "another payload has another key");
    let twice = seller.post(&resend, &mended).await;
    assert_eq!((twice.status, twice.code()), (409, "outbox.forbidden_move"));
    let wrong = json!({"wishes": [{"field": "building", "wanted": "松原ハイツ203"}]});
    assert_eq!(seller.post(&resend, &wrong).await.status, 409, "what has gone is not mended");
}
