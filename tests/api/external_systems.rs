//! 外部連携コード: the master of other systems, what they call cars and customers, and the links that this makes.

use noren_domain::contact::Address;
use noren_domain::customer::{Customer, CustomerKind};
use noren_domain::staff::Role;
use noren_domain::sync::{Changes, Recorded};
use noren_persistence::{Actor, copies};
use serde_json::{Value, json};

use crate::customer_view::ask_to_turn;
use crate::harness::{Answer, TestApp, User, spawn_app};
use crate::stock::{car, numbers, other, stock};

const MASTER: &str = "/api/v1/external-system-master";

fn system(key: &str, template: &str, covers: &str) -> Value {
    json!({"key": key, "name_ja": format!("{key}の画面"), "name_en": key, "template": template, "covers": covers, "active": true})
}

async fn settle(app: &TestApp, version: i64, systems: Value) -> Answer {
    let administrator = app.sign_in(Role::Administrator).await;
    administrator.edit(MASTER, version, &json!({"content": {"systems": systems}})).await
}

/// Two systems that know cars, one of which needs no code, and one that knows customers.
async fn settled(app: &TestApp) {
    let systems = json!([
        system("goo", "https://goo.example.jp/cars/{code}", "both"),
        system("dms", "https://dms.example.jp/?stock={stock_number}", "vehicles"),
        system("line", "https://line.example.jp/{customer_code}/{code}", "customers"),
    ]);
    let edited = settle(app, 1, systems).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"2\""), "{}", edited.text);
}

async fn customer(app: &TestApp, code: &str) {
    let record = Customer {
        customer_code: code.parse().unwrap(),
        kind: CustomerKind::Person,
        name: "髙橋 美咲".to_owned(),
        kana: None,
        contact_name: None,
        birthday: None,
        phones: Vec::new(),
        mails: Vec::new(),
        address: Address::default(),
        store_code: "001".parse().unwrap(),
        staff_code: None,
        since: "2017-06-03".parse().unwrap(),
    };
    let now = app.clock_now();
    let items = vec![Recorded { revision: 1, changed_at: now, record }];
    let page = Changes { items, tombstones: Vec::new(), next: String::new(), more: false };
    app.db.write(Actor::system(now), async |tx| copies::keep(tx, &page, now).await).await.unwrap();
}

async fn put(user: &User, path: &str, code: &str) -> Answer {
    user.put(&format!("/api/v1/{path}"), &json!({"code": code})).await
}

/// The links by their systems.
fn urls(answer: &Answer) -> Vec<(String, Option<String>)> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let items = answer.json["items"].as_array().unwrap().iter();
    items.map(|item| (text(&item["system_key"]).unwrap(), text(&item["url"]))).collect()
}

fn link(key: &str, url: Option<&str>) -> (String, Option<String>) {
    (key.to_owned(), url.map(str::to_owned))
}

#[tokio::test]
async fn an_administrator_settles_the_systems_as_one_list() {
    let app = spawn_app().await;
    let (administrator, sales) = (app.sign_in(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let empty = administrator.get(MASTER).await;
    assert_eq!((empty.header("etag"), &empty.json["content"]), ("\"1\"", &json!({"systems": []})));
    settled(&app).await;
    let listed = sales.get("/api/v1/external-systems").await;
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 3);
    assert!(!listed.text.contains("example.jp"), "the address is for whoever settles it: {}", listed.text);
    let systems =
        json!([system("goo", "http://goo.example.jp/{code}", "both"), system("dms", "https://{code}/", "vehicles")]);
    let refused = settle(&app, 2, systems).await;
    assert_eq!(
        refused.errors(),
        [
            "content.systems.0.template template.https",
            "content.systems.1.template template.form",
            "content.systems systems.missing"
        ]
    );
    let stale = settle(&app, 1, json!([])).await;
    assert_eq!((stale.status, stale.code(), &stale.json["current"]["version"]), (412, "stale", &json!(2)));
    let audit = administrator.get("/api/v1/audit-events?area=external_systems").await;
    assert_eq!(audit.json["items"][0]["action"], "external_systems.edited", "{}", audit.text);
}

#[tokio::test]
async fn a_car_has_a_link_where_its_code_is_known_or_none_is_wanted() {
    let app = spawn_app().await;
    let (sales, manager) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    stock(&app, vec![car("S-1"), car("S-2")]).await;
    settled(&app).await;
    let path = "/api/v1/vehicles/S-1/external-links";
    let dms = link("dms", Some("https://dms.example.jp/?stock=S-1"));
    assert_eq!(urls(&sales.get(path).await), [link("goo", None), dms.clone()]);
    assert_eq!(put(&sales, "vehicles/S-1/external-codes/goo", "A/1").await.code(), "forbidden");
    let set = put(&manager, "vehicles/S-1/external-codes/goo", " A/1 ").await;
    assert_eq!(urls(&set), [link("goo", Some("https://goo.example.jp/cars/A%2F1")), dms.clone()]);
    assert_eq!(set.json["items"][0]["code"], "A/1");
    assert_eq!(urls(&sales.get(path).await), urls(&set));
    assert_eq!(urls(&put(&manager, "vehicles/S-1/external-codes/goo", "A/1").await), urls(&set), "twice is as once");

    for (code, error) in [("", "code required"), (" ", "code required"), ("..", "code code.form")] {
        assert_eq!(put(&manager, "vehicles/S-1/external-codes/goo", code).await.errors(), [error], "{code}");
    }
    for unknown in
        ["vehicles/S-404/external-codes/goo", "vehicles/S-1/external-codes/nobody", "vehicles/S-1/external-codes/line"]
    {
        assert_eq!(put(&manager, unknown, "1").await.code(), "not_found", "{unknown}");
    }
    assert_eq!(numbers(&sales.get("/api/v1/vehicles?external_code=A%2F1").await), ["S-1"], "found again by it");
    assert_eq!(numbers(&sales.get("/api/v1/vehicles?external_code=A").await), [""; 0]);

    let removed = manager.delete("/api/v1/vehicles/S-1/external-codes/goo").await;
    assert_eq!(urls(&removed), [link("goo", None), dms]);
    let administrator = app.sign_in(Role::Administrator).await;
    let audit = administrator.get("/api/v1/audit-events?subject=vehicle:S-1").await;
    let noted = audit.json["items"].as_array().unwrap();
    assert_eq!(noted.len(), 2, "{}", audit.text);
    assert_eq!((&noted[1]["changes"][0]["field"], &noted[1]["changes"][0]["after"]), (&json!("goo"), &json!("A/1")));
}

#[tokio::test]
async fn a_customer_has_links_and_their_codes_are_in_no_audit() {
    let app = spawn_app().await;
    let (manager, administrator) = (app.sign_in(Role::Manager).await, app.sign_in(Role::Administrator).await);
    customer(&app, "C-1").await;
    settled(&app).await;
    let set = put(&manager, "customers/C-1/external-codes/line", "U 77").await;
    assert_eq!(urls(&set), [link("goo", None), link("line", Some("https://line.example.jp/C-1/U%2077"))]);
    let stranger = app.sign_in_elsewhere(Role::Manager).await;
    assert_eq!(stranger.get("/api/v1/customers/C-1/external-links").await.code(), "not_found");
    assert_eq!(put(&stranger, "customers/C-1/external-codes/line", "1").await.code(), "not_found");
    let audit = administrator.get("/api/v1/audit-events?subject=customer:C-1").await;
    assert_eq!(audit.json["items"][0]["changes"][0]["after"], "line", "{}", audit.text);
    assert!(!audit.text.contains("U 77"), "{}", audit.text);
}

#[tokio::test]
async fn a_system_out_of_use_is_shown_to_nobody_and_takes_no_code() {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    stock(&app, vec![other("S-1", |_| {})]).await;
    settled(&app).await;
    let mut goo = system("goo", "https://goo.example.jp/cars/{code}", "both");
    goo["active"] = json!(false);
    let mut rest = app.sign_in(Role::Administrator).await.get(MASTER).await.json["content"]["systems"].clone();
    rest[0] = goo;
    assert_eq!(settle(&app, 2, rest).await.status, 200);
    let links = manager.get("/api/v1/vehicles/S-1/external-links").await;
    assert_eq!(urls(&links).iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["dms"]);
    assert_eq!(put(&manager, "vehicles/S-1/external-codes/goo", "1").await.errors(), ["code system.retired"]);
}

#[tokio::test]
async fn a_customer_never_sees_other_systems() {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    stock(&app, vec![car("S-1")]).await;
    settled(&app).await;
    assert_eq!(ask_to_turn(&manager, None).await.status, 200);
    for path in ["external-systems", "vehicles/S-1/external-links", "customers/C-1/external-links"] {
        assert_eq!(manager.get(&format!("/api/v1/{path}")).await.code(), "view.customer", "{path}");
    }
}
