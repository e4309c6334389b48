//! The first run: one administrator by the code of the console, then step by step by the ordinary operations.

use noren_domain::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, User, spawn_app};

const CHOSEN: &str = "velvet walnut pebble 38";

/// The code behind the address that the console says.
async fn console(app: &TestApp) -> Option<String> {
    let address = noren_server::open_house(&app.app).await.unwrap()?;
    Some(address.strip_prefix("http://noren.test/setup#").unwrap().to_owned())
}

fn founder(code: &str, mail: &str) -> Value {
    json!({"code": code, "name": "狩野 千恵子", "kana": "かのう ちえこ", "mail": mail, "password": CHOSEN})
}

async fn set_up(app: &TestApp, code: &str, mail: &str) -> Answer {
    app.anonymous().post("/api/v1/setup", &founder(code, mail)).await
}

async fn is_open(app: &TestApp) -> bool {
    app.anonymous().get("/api/v1/setup").await.json["open"].as_bool().unwrap()
}

async fn go_to(user: &User, step: Option<&str>) -> Answer {
    user.send(user.request(Method::PUT, "/api/v1/setup/step").json(&json!({"step": step}))).await
}

#[tokio::test]
async fn the_first_administrator_comes_in_by_the_code_of_the_console() {
    let app = spawn_app().await;
    assert!(is_open(&app).await);
    let (first, code) = (console(&app).await.unwrap(), console(&app).await.unwrap());
    for wrong in ["H7KM-2QWX-9RTD-4NPC", &first] {
        assert_eq!(
            set_up(&app, wrong, "kano@noren.test").await.errors(),
            ["code setup.code"],
            "a restart makes a new one"
        );
    }
    let wrong = json!({"code": code, "name": "　", "kana": "狩野", "mail": "kano", "password": CHOSEN});
    let refused = app.anonymous().post("/api/v1/setup", &wrong).await;
    assert_eq!(refused.errors(), ["name required", "kana kana.script", "mail mail.form"]);
    let mut guessable = founder(&code, "kano@noren.test");
    guessable["password"] = json!("passwordpassword");
    assert_eq!(app.anonymous().post("/api/v1/setup", &guessable).await.errors(), ["password password.guessable"]);

    let made = set_up(&app, &code.to_lowercase(), "Kano@Noren.test").await;
    assert_eq!((made.status, &made.json["me"]["role"]), (200, &json!("administrator")), "{}", made.text);
    assert!(made.cookie().is_some());
    assert!(!is_open(&app).await);
    assert_eq!(console(&app).await, None, "a house that is not empty has no code");
    assert_eq!(set_up(&app, &code, "another@noren.test").await.code(), "setup.over");
    let mut administrator = app.anonymous();
    assert_eq!(administrator.log_in("kano@noren.test", CHOSEN).await.status, 200);
    let audited = administrator.get("/api/v1/audit-events").await;
    assert!(audited.text.contains("staff.created") && !audited.text.contains(&code));
}

/// Two browsers have the code; one of them is the first.
#[tokio::test]
async fn of_many_who_come_at_once_one_is_the_first() {
    let app = spawn_app().await;
    let code = console(&app).await.unwrap();
    let mails: Vec<String> = (0..6).map(|number| format!("kano{number}@noren.test")).collect();
    let answers = futures_util::future::join_all(mails.iter().map(|mail| set_up(&app, &code, mail))).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 409 | 503)), "{statuses:?}");
    let mut administrator = app.anonymous();
    let winner = answers.iter().position(|answer| answer.status == 200).unwrap();
    assert_eq!(administrator.log_in(&mails[winner], CHOSEN).await.status, 200);
    assert_eq!(administrator.get("/api/v1/staff").await.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_first_run_goes_on_where_it_was() {
    let app = spawn_app().await;
    assert_eq!(app.tamper("DELETE FROM stores").await, 2);
    let code = console(&app).await.unwrap();
    let made = set_up(&app, &code, "kano@noren.test").await;
    let mut administrator = app.anonymous();
    administrator.token = made.json["access_token"].as_str().map(str::to_owned);
    let step = async || administrator.get("/api/v1/company").await.json["setup_step"].clone();
    assert_eq!(step().await, "company");
    assert_eq!(go_to(&administrator, Some("store")).await.status, 200);
    for early in [Some("staff"), None] {
        assert_eq!(go_to(&administrator, early).await.code(), "store.missing");
    }
    assert_eq!(step().await, "store");
    let store = administrator.create("/api/v1/stores", &json!({"profile": {"code": "001", "name": "前橋店"}})).await;
    assert_eq!(store.status, 201, "{}", store.text);
    let me = made.json["me"]["id"].as_str().unwrap();
    let account = administrator.get(&format!("/api/v1/staff/{me}")).await;
    assert_eq!(account.json["profile"]["store_ids"], json!([store.id()]), "who came before the store works there");
    let second = administrator.create("/api/v1/stores", &json!({"profile": {"code": "002", "name": "高崎店"}})).await;
    assert_eq!(second.status, 201);
    let account = administrator.get(&format!("/api/v1/staff/{me}")).await;
    assert_eq!(account.json["profile"]["store_ids"], json!([store.id()]));

    assert_eq!(go_to(&administrator, Some("form")).await.status, 200);
    assert_eq!(go_to(&administrator, Some("castle")).await.errors(), ["step unknown"]);
    assert_eq!(go_to(&administrator, None).await.status, 200);
    assert_eq!(step().await, Value::Null);
    assert_eq!(go_to(&administrator, None).await.status, 200);
    assert_eq!(go_to(&administrator, Some("company")).await.code(), "setup.over");
    let sales = app.hire_at(Role::Salesperson, &[store.id().parse().unwrap()]).await;
    let sales = app.sign_in_as(&sales).await;
    assert_eq!(go_to(&sales, None).await.code(), "forbidden");
}

/// A code that is guessed at is guessed at slowly.
#[tokio::test]
async fn guesses_at_the_code_are_counted() {
    let app = crate::harness::spawn_app_with(&[("logins_per_address", "5")]).await;
    let code = console(&app).await.unwrap();
    for _ in 0..5 {
        assert_eq!(set_up(&app, "H7KM-2QWX-9RTD-4NPC", "kano@noren.test").await.status, 422);
    }
    assert_eq!(set_up(&app, &code, "kano@noren.test").await.code(), "rate.limited");
}
