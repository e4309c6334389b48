//! Who may hold, see and let go.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use super::Yard;

#[tokio::test]
async fn a_hold_is_changed_by_who_placed_it_and_by_managers_of_their_store() {
    let yard = Yard::open().await;
    let (mine, colleague) = (yard.seller_here().await, yard.seller_here().await);
    let manager_elsewhere = yard.seller(Role::Manager, &[yard.house.app.second_store]).await;
    let manager = yard.seller(Role::Manager, &[yard.house.app.first_store]).await;
    let held = yard.claim(&mine).await;
    for stranger in [&colleague, &manager_elsewhere] {
        assert_eq!(yard.release(stranger, held.id()).await.status, 403);
        let seen = yard.claim_of(stranger, held.id()).await;
        assert_eq!((&seen["allowed"]["release"], &seen["is_own"]), (&json!(false), &json!(false)));
    }
    assert_eq!(yard.claim_of(&mine, held.id()).await["allowed"], json!({"extend": true, "release": true}));
    assert_eq!(yard.release(&manager, held.id()).await.status, 200);
}

#[tokio::test]
async fn a_claim_for_a_lead_stands_on_its_timeline_and_names_it_to_those_who_see_it() {
    let yard = Yard::open().await;
    let (mine, elsewhere) = (yard.seller_here().await, yard.seller_elsewhere().await);
    let lead = mine.create("/api/v1/leads", &yard.house.app.new_lead("渡邉 髙志")).await.id().to_owned();
    let held = mine.create(&yard.path(), &json!({"hours": 24, "lead_id": lead})).await;
    assert_eq!((held.status, &held.json["lead_name"]), (201, &json!("渡邉 髙志")), "{}", held.text);
    let seen = elsewhere.get(&format!("/api/v1/holds/{}", held.id())).await;
    assert_eq!((&seen.json["lead_id"], &seen.json["lead_name"]), (&Value::Null, &Value::Null));
    assert!(!elsewhere.get(&yard.path()).await.text.contains("渡邉"));
    let line = mine.get(&format!("/api/v1/leads/{lead}/timeline")).await;
    let told: Vec<&Value> = line.json["items"].as_array().unwrap().iter().map(|entry| &entry["event"]).collect();
    let states: Vec<&Value> =
        told.iter().filter(|event| event["kind"] == "hold_changed").map(|event| &event["state"]).collect();
    assert_eq!(states, ["held", "requested"], "{}", line.text);
    assert_eq!(mine.get(&format!("/api/v1/holds?lead_id={lead}")).await.json["items"][0]["id"], held.json["id"]);
    let unseen = elsewhere.create(&yard.path(), &json!({"hours": 24, "lead_id": lead})).await;
    assert_eq!((unseen.status, unseen.errors()), (422, vec!["lead_id unknown".to_owned()]));
    assert_eq!(elsewhere.get(&format!("/api/v1/holds?lead_id={lead}")).await.status, 422);
}

#[tokio::test]
async fn a_claim_is_repeated_and_checked_like_everything_that_is_made() {
    let yard = Yard::open().await;
    let mine = yard.seller_here().await;
    let made = mine.create_as("one-claim-key", &yard.path(), &json!({"hours": 24})).await;
    let again = mine.create_as("one-claim-key", &yard.path(), &json!({"hours": 24})).await;
    assert_eq!((again.status, again.header("idempotency-replayed"), again.id()), (201, "true", made.id()));
    for hours in [0, 73, 255] {
        let wrong = mine.create(&yard.path(), &json!({"hours": hours})).await;
        assert_eq!((wrong.status, wrong.errors()), (422, vec!["hours out_of_range".to_owned()]), "{hours}");
    }
    assert_eq!(mine.create("/api/v1/vehicles/NO-SUCH-CAR/holds", &json!({"hours": 1})).await.status, 404);
    let audit = yard.house.app.sign_in(Role::Manager).await;
    let audit = audit.get(&format!("/api/v1/audit-events?subject=hold:{}", made.id())).await;
    let acts: Vec<&Value> = audit.json["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(acts, ["hold.held", "hold.requested"], "{}", audit.text);
}
