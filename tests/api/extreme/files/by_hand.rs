//! 手入力: what cannot be sent to an EXTREME that only writes files is a list for whoever types it in there.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use super::hand_in;
use crate::harness::{TestApp, User, eventually, spawn_app};

const ENTRIES: &str = "/api/v1/integrations/extreme/manual-entries";
const EXPORTS: &str = "/api/v1/integrations/extreme/manual-entry-exports";
const WISHES: &str = "/api/v1/customers/C-1/correction-requests";

/// A dealer of files with a customer in the first store, and one in another.
async fn dealer() -> (TestApp, User) {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let customers = "顧客コード,氏名,フリガナ,携帯電話,店舗,登録日\n\
                     C-1,髙橋 美咲,ﾀｶﾊｼ ﾐｻｷ,9012345678,前橋店,H30.4.1\nC-2,=関口 実,ｾｷｸﾞﾁ ﾐﾉﾙ,8012345678,高崎店,H30.4.1\n";
    let taken = hand_in(&app, &administrator, "customers.csv", customers).await;
    assert_eq!(taken["state"], "taken", "{taken}");
    (app, administrator)
}

async fn ask(user: &User, code: &str, wishes: Value) {
    let path = format!("/api/v1/customers/{code}/correction-requests");
    let made = user.create(&path, &json!({"wishes": wishes, "note": "転居"})).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

async fn entries(user: &User, query: &str) -> Vec<Value> {
    let page = user.get(&format!("{ENTRIES}{query}")).await;
    page.json["items"].as_array().unwrap_or_else(|| panic!("{}", page.text)).clone()
}

/// Whether the worker has found that there is nobody to send it to.
async fn rests(administrator: &User) -> bool {
    administrator.get("/api/v1/outbox-messages").await.json["items"][0]["state"] == "paused"
}

async fn decide(user: &User, entry: &Value, what: &str) -> crate::harness::Answer {
    let id = entry["id"].as_str().unwrap();
    user.act(&format!("{ENTRIES}/{id}/{what}"), entry["version"].as_i64().unwrap(), &json!({})).await
}

#[tokio::test]
async fn what_cannot_be_sent_is_typed_in_and_counts_as_accepted() {
    let (app, administrator) = dealer().await;
    let seller = app.sign_in(Role::Salesperson).await;
    ask(&seller, "C-1", json!([{"field": "building", "wanted": "松原ハイツ305"}])).await;
    let entry = entries(&administrator, "").await.remove(0);
    assert!(eventually(async || rests(&administrator).await).await);
    assert_eq!((&entry["customer_name"], &entry["note"]), (&json!("髙橋 美咲"), &json!("転居")));
    assert_eq!(entry["wishes"], json!([{"field": "building", "seen": null, "wanted": "松原ハイツ305"}]));
    assert_eq!(seller.get(ENTRIES).await.status, 403);

    let manager = app.sign_in(Role::Manager).await;
    let entered = decide(&manager, &entry, "enter").await;
    let says = "what the worker did meanwhile is nobody's business";
    assert_eq!((entered.status, entered.json["entered_at"].is_string()), (200, true), "{says}: {}", entered.text);
    assert_eq!(decide(&administrator, &entry, "enter").await.status, 412, "somebody was first");
    assert_eq!(decide(&administrator, &entered.json, "enter").await.code(), "outbox.forbidden_move");
    let told = seller.get(WISHES).await.json["items"][0].clone();
    assert_eq!((&told["state"], told["entered_by_name"].is_string()), (&json!("accepted"), true), "{told}");
    assert_eq!((entries(&manager, "").await.len(), entries(&manager, "?entered=true").await.len()), (0, 1));

    let reopened = decide(&manager, &entered.json, "reopen").await;
    assert_eq!((reopened.status, &reopened.json["entered_at"]), (200, &Value::Null), "{}", reopened.text);
    assert_eq!(seller.get(WISHES).await.json["items"][0]["state"], "waiting");
    assert!(rests(&administrator).await, "nothing is tried in vain");
    let entry = entries(&administrator, "").await.remove(0);
    assert_eq!(decide(&manager, &entry, "reopen").await.code(), "outbox.forbidden_move");
    let audit = administrator.get("/api/v1/audit-events?subject=customer:C-1").await.json;
    let actions: Vec<&str> = (0..3).map(|at| audit["items"][at]["action"].as_str().unwrap()).collect();
    let expected = ["customer.correction_reopened", "customer.correction_entered", "customer.correction_requested"];
    assert_eq!(actions, expected, "{audit}");
}

#[tokio::test]
async fn whoever_types_sees_their_stores_and_takes_the_list_along() {
    let (app, administrator) = dealer().await;
    ask(
        &administrator,
        "C-1",
        json!([{"field": "town", "wanted": "大手町"}, {"field": "kana", "wanted": "たかはし みさと"}]),
    )
    .await;
    ask(&administrator, "C-2", json!([{"field": "street", "wanted": "1-2-3"}])).await;
    let codes = |entries: &[Value]| entries.iter().map(|entry| entry["customer_code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&entries(&administrator, "").await), [json!("C-1"), json!("C-2")], "the oldest first");
    let first = administrator.get(&format!("{ENTRIES}?limit=1")).await.json;
    let after = format!("?limit=1&after={}", first["next"].as_str().unwrap());
    assert_eq!(codes(&entries(&administrator, &after).await), [json!("C-2")]);
    let manager = app.sign_in(Role::Manager).await;
    assert_eq!(codes(&entries(&manager, "").await), [json!("C-1")]);
    let hidden = entries(&administrator, "").await.remove(1);
    assert_eq!(decide(&manager, &hidden, "enter").await.status, 404);

    let file = administrator.post(EXPORTS, &json!({})).await;
    assert_eq!(file.status, 200, "{}", file.text);
    let lines: Vec<&str> = file.text.lines().collect();
    assert_eq!(lines.len(), 4, "{}", file.text);
    assert!(lines[0].ends_with("依頼日時,依頼した人,顧客コード,お名前,項目,いまの値,新しい値,理由"), "{}", lines[0]);
    assert!(lines[2].ends_with("C-1,髙橋 美咲,フリガナ,タカハシ ミサキ,タカハシ ミサト,転居"), "{}", lines[2]);
    assert!(lines[3].contains("'=関口 実"), "no cell is a formula");
    let audit = administrator.get("/api/v1/audit-events").await.json;
    let exported = |item: &Value| item["action"] == "extreme.manual_entries_exported";
    assert!(audit["items"].as_array().unwrap().iter().any(exported), "{audit}");
}
