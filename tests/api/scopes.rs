//! The scope walk: every operation of the document, by keys of every single scope and by one of none, at the key's own store and at
//! another one.

use noren_domain::api_client::Scope;
use noren_domain::contact::Address;
use noren_domain::customer::{Customer, CustomerKind};
use noren_domain::staff::Role;
use noren_domain::sync::{Changes, Recorded};
use noren_persistence::vehicle_photos::{self, Made, Outcome};
use noren_persistence::{Actor, copies};
use noren_server::permissions::{PUBLIC, scope_of};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Stream, TestApp, User, fresh_key, spawn_app, spawn_app_with};
use crate::permissions::{Operation, operations};
use crate::stock::{other, stock};

/// A store with a lead, a car with its picture, and a customer.
struct Place {
    store: String,
    lead: String,
    car: String,
    customer: String,
}

async fn place(app: &TestApp, store: noren_domain::StoreId) -> Place {
    let administrator = app.sign_in(Role::Administrator).await;
    let mut lead = app.new_lead("渡邉 髙志");
    lead["store_id"] = json!(store);
    let created = administrator.create("/api/v1/leads", &lead).await;
    assert_eq!(created.status, 201, "{}", created.text);
    let code = if store == app.first_store { "001" } else { "002" };
    let car = format!("S-{code}");
    stock(app, vec![other(&car, |car| car.store_code = code.parse().unwrap())]).await;
    let hash = app.app.files.put_photo(car.clone().into_bytes()).await.unwrap();
    let made = Outcome::Made(Made { small: hash.clone(), large: hash });
    let actor = Actor::system(app.clock_now());
    app.db.write(actor, async |tx| vehicle_photos::put(tx, &format!("{car}-1"), &made).await).await.unwrap();
    let customer = customer_of(app, store).await;
    Place { store: store.to_string(), lead: created.id().to_owned(), car, customer }
}

/// A customer of EXTREME whom the store looks after.
async fn customer_of(app: &TestApp, store: noren_domain::StoreId) -> String {
    let code = if store == app.first_store { "001" } else { "002" };
    let record = Customer {
        customer_code: format!("C-{code}").parse().unwrap(),
        kind: CustomerKind::Person,
        name: "髙橋 美咲".to_owned(),
        kana: None,
        contact_name: None,
        birthday: None,
        phones: Vec::new(),
        mails: Vec::new(),
        address: Address::default(),
        store_code: code.parse().unwrap(),
        staff_code: None,
        since: "2017-06-03".parse().unwrap(),
    };
    let now = app.clock_now();
    let items = vec![Recorded { revision: 1, changed_at: now, record }];
    let page = Changes { items, tombstones: Vec::new(), next: String::new(), more: false };
    app.db.write(Actor::system(now), async |tx| copies::keep(tx, &page, now).await).await.unwrap();
    format!("C-{code}")
}

/// A body that the operation takes, at a place.
fn body(operation: &Operation, at: &Place) -> Value {
    match operation.id.as_str() {
        "create_lead" => json!({"store_id": at.store, "profile": {"source_code": "phone", "name": "佐藤"}}),
        "assign_lead" => json!({"assignee_id": null}),
        "change_lead_status" => json!({"to": "working"}),
        "create_note" => json!({"body": "書類待ち"}),
        "create_inquiry" => json!({"source_code": "phone", "body": "もう一度"}),
        _ => json!({}),
    }
}

fn request(user: &User, operation: &Operation, at: &Place) -> reqwest::RequestBuilder {
    let id = if operation.path.starts_with("/api/v1/stores") { &at.store } else { &at.lead };
    let path = operation.path.replace("{id}", id).replace("{code}", "3710024");
    let path = path.replace("{stock_number}", &at.car).replace("{photo_id}", &format!("{}-1", at.car));
    let path = path.replace("{customer_code}", &at.customer);
    let path = if operation.id == "compare_vehicles" { format!("{path}?stock_numbers={}", at.car) } else { path };
    let request = user.request(operation.method.clone(), &path);
    if operation.method == Method::GET {
        return request;
    }
    let request = request.header("idempotency-key", fresh_key()).header("if-match", "\"1\"");
    request.json(&body(operation, at))
}

/// Keys of every scope, one scope each, and one that has none left.
async fn keys(app: &TestApp) -> Vec<(Option<Scope>, User)> {
    let (bare, _) = app.integrator_with(&json!({"name": "何もできない"})).await;
    assert_eq!(app.tamper("UPDATE api_clients SET scopes = '[]' WHERE name = '何もできない'").await, 1);
    let mut keys = vec![(None, bare)];
    for scope in Scope::ALL {
        keys.push((Some(scope), app.integrator_with(&json!({"scopes": [scope]})).await.0));
    }
    keys
}

fn is_public(operation: &Operation) -> bool {
    PUBLIC.iter().any(|(id, _)| *id == operation.id)
}

#[tokio::test]
async fn every_operation_is_walked_by_keys_of_every_scope() {
    let app = spawn_app().await;
    let (own, other) = (place(&app, app.first_store).await, place(&app, app.second_store).await);
    for (scope, key) in keys(&app).await {
        // Streams do not end, and have tests of their own.
        let walked = operations().into_iter().filter(|one| !is_public(one) && one.id != "stream_events");
        for operation in walked {
            let needed = scope_of(&operation.id);
            let answer = key.send(request(&key, &operation, &own)).await;
            let what = format!("{scope:?} {}: {} {}", operation.id, answer.status, answer.text);
            require_refused(&answer, scope, needed, &what);
            let elsewhere_s = [&other.lead, &other.store, &other.car, &other.customer];
            assert!(!elsewhere_s.into_iter().any(|id| answer.text.contains(id)), "{what}");
            if needed.is_some() && needed == scope {
                assert!(answer.status < 300 || answer.status == 412, "{what}");
                elsewhere(&key, &operation, &other).await;
            }
        }
    }
}

fn require_refused(answer: &Answer, scope: Option<Scope>, needed: Option<Scope>, what: &str) {
    match needed {
        None => assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{what}"),
        Some(needed) if Some(needed) != scope => {
            assert_eq!((answer.status, answer.code()), (403, "api_client.scope"), "{what}");
            let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", needed.as_str());
            assert_eq!(answer.header("www-authenticate"), challenge, "{what}");
        }
        Some(_) => {}
    }
}

/// What the scope allows at one store it does not allow at another: there is nothing there.
async fn elsewhere(key: &User, operation: &Operation, other: &Place) {
    if ["{id}", "{stock_number}", "{customer_code}"].into_iter().any(|name| operation.path.contains(name)) {
        let answer = key.send(request(key, operation, other)).await;
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{}: {}", operation.id, answer.text);
    }
    if operation.id == "create_lead" {
        let answer = key.send(request(key, operation, other)).await;
        assert_eq!(answer.errors(), ["store_id unknown"]);
    }
}

#[tokio::test]
async fn the_document_names_the_scope_of_every_operation() {
    let document: Value = serde_json::from_str(&noren_server::openapi::Document::get().json).unwrap();
    let scheme = document["components"]["securitySchemes"]["api_key"]["description"].as_str().unwrap();
    for operation in operations().iter().filter(|one| !is_public(one)) {
        let written = &document["paths"][&operation.path][operation.method.as_str().to_lowercase()];
        let needed = scope_of(&operation.id).map(Scope::as_str);
        let expected = match needed {
            Some(scope) => json!([{"bearer": []}, {"api_key": [scope]}]),
            None => json!([{"bearer": []}]),
        };
        assert_eq!(written["security"], expected, "{}", operation.id);
        if let Some(scope) = needed {
            assert!(scheme.contains(&format!("`{scope}`")));
            assert!(written["description"].as_str().unwrap().contains(&format!("`{scope}`")), "{}", operation.id);
        }
    }
}

#[tokio::test]
async fn a_stream_tells_a_key_of_what_its_scopes_let_see() {
    let app = spawn_app_with(&[("heartbeat_seconds", "1")]).await;
    let (deaf, _) = app.integrator_with(&json!({"scopes": ["leads.read"]})).await;
    assert_eq!(deaf.listen(None).await.response.status(), 403);
    let (blind, _) = app.integrator_with(&json!({"scopes": ["events.read"]})).await;
    let (hears, _) = app.integrator_with(&json!({"scopes": ["events.read", "leads.read", "leads.create"]})).await;
    let (mut nothing, mut stream) = (Stream::open(&blind).await, Stream::open(&hears).await);
    let lead = hears.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    stream.expect_change(lead.id()).await;
    for _ in 0..2 {
        assert!(nothing.block().await.unwrap().starts_with(": "), "signs of life, and no change");
    }
}
