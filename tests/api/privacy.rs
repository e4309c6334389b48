//! Personal data stays in the database: a canary in every field, looked for where it must not be.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use crate::harness::{Answer, log, spawn_app};

/// Words that stand nowhere else; each goes into the field that is named beside it.
const CANARIES: [&str; 14] = [
    "鷽野 金糸雀",            // name
    "ウソノ カナリア",        // kana
    "株式会社カナリア鳥籠",   // company
    "090-4321-8765",          // phones
    "uso.canary@example.jp",  // mails
    "3728801",                // postal code
    "金糸雀市",               // city
    "鷽町",                   // town
    "77-66-55",               // street
    "メゾン金糸雀",           // building
    "カナリア・スペシャル",   // model
    "鳥籠を積みたい",         // note
    "金糸雀の餌は要りません", // inquiry
    "鷽が逃げた",             // reason
];

fn profile() -> Value {
    let [name, kana, company, phone, mail, postal_code, city, town, street, building, model, note, ..] = CANARIES;
    json!({
        "source_code": "walk_in", "name": name, "kana": kana, "company": company, "phones": [phone], "mails": [mail],
        "address": {"postal_code": postal_code, "city": city, "town": town, "street": street, "building": building},
        "wanted_car": {"model": model}, "note": note
    })
}

#[tokio::test]
async fn no_personal_word_is_logged_or_measured() {
    log::start();
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let [.., inquiry, reason] = CANARIES;
    let new = json!({"store_id": app.first_store, "profile": profile(), "inquiry": inquiry});
    let created = sales.create("/api/v1/leads", &new).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let path = format!("/api/v1/leads/{}", created.id());
    let mut refused: Vec<Answer> = Vec::new();
    for word in CANARIES {
        let found = sales.get(&format!("/api/v1/leads?q={word}")).await;
        assert_eq!(found.status, 200, "{}", found.text);
        refused
            .push(sales.edit(&path, 1, &json!({"profile": {"mails": [word], "phones": [word], "kana": word}})).await);
        refused.push(sales.create("/api/v1/leads", &json!({"store_id": word})).await);
        refused.push(sales.get(&format!("/api/v1/leads?sort={word}")).await);
        refused.push(app.anonymous().log_in(word, word).await);
    }
    let edited = sales.edit(&path, 1, &json!({"profile": {"note": "済"}})).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    let moved = sales.create(&format!("{path}/status-changes"), &json!({"to": "working", "reason": reason})).await;
    assert_eq!(moved.status, 201, "{}", moved.text);

    let manager = app.sign_in(Role::Manager).await;
    for read in [path.clone(), format!("{path}/timeline"), "/api/v1/audit-events".into()] {
        assert_eq!(manager.get(&read).await.status, 200);
    }
    let exported = manager.post("/api/v1/audit-exports", &json!({"subject": format!("lead:{}", created.id())})).await;
    assert!(exported.text.contains(CANARIES[0]), "the export has what the logs must not");

    let (lines, metrics) = (log::text(), app.anonymous().get("/metrics").await.text);
    assert!(lines.contains("\"route\":\"/api/v1/leads/{id}\""), "the requests were logged");
    for word in CANARIES {
        assert!(!lines.contains(word) && !metrics.contains(word), "{word}");
        assert!(refused.iter().all(|problem| !problem.text.contains(word)), "{word}");
    }
}
