//! The way back for who forgot the password, and what it does not tell to others.

use chrono::TimeDelta;
use noren_domain::staff::{Role, Staff};
use serde_json::json;
use tokio::time::{Duration, Instant};

use crate::harness::smtp::Arrived;
use crate::harness::{Answer, PASSWORD, TestApp, eventually, spawn_app};

const NEW: &str = "velvet walnut pebble 38";

async fn ask(app: &TestApp, mail: &str) -> Answer {
    app.anonymous().post("/api/v1/auth/recovery", &json!({"mail": mail})).await
}

async fn join(app: &TestApp, code: &str) -> Answer {
    app.anonymous().post("/api/v1/auth/join", &json!({"code": code, "password": NEW})).await
}

/// The mails to a person, the oldest first, once there are so many.
async fn mails(app: &TestApp, person: &Staff, count: usize) -> Vec<Arrived> {
    let of_person = || {
        let mut mails = app.mails_in_folder();
        mails.retain(|mail| mail.to.1 == person.mail);
        mails.sort_by(|one, other| one.id.cmp(&other.id));
        mails
    };
    assert!(eventually(async || of_person().len() == count).await, "{} mails", of_person().len());
    of_person()
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_a_link_that_is_good_once() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut tablet = app.sign_in_as(&person).await;
    let typed = format!(" {} ", person.mail.to_uppercase());
    let asked = ask(&app, &typed).await;
    assert_eq!((asked.status, &asked.json), (202, &json!({"sends_mail": false})), "{}", asked.text);
    let link = &mails(&app, &person, 1).await[0];
    assert_eq!((link.subject.as_str(), &link.to.0), ("【Noren】パスワードの再設定", &person.name));
    assert!(link.text.contains("2026年11月21日(土)11:00までです"), "{}", link.text);
    assert_eq!(tablet.get("/api/v1/me").await.status, 200, "asking alone ends nothing");

    let joined = join(&app, &link.code()).await;
    assert_eq!((joined.status, &joined.json["me"]["mail"]), (200, &json!(person.mail)), "{}", joined.text);
    assert_eq!(tablet.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(tablet.refresh().await.code(), "auth.expired", "every refresh token has ended");
    assert_eq!(app.anonymous().log_in(&person.mail, PASSWORD).await.code(), "auth.failed");
    assert_eq!(app.anonymous().log_in(&person.mail, NEW).await.status, 200);
    assert_eq!(join(&app, &link.code()).await.code(), "invitation.ended");
    let told = &mails(&app, &person, 2).await[1];
    assert_eq!(told.subject, "【Noren】パスワードが変わりました");
    let administrator = app.sign_in(Role::Administrator).await;
    let audited = administrator.get(&format!("/api/v1/audit-events?subject=staff:{}", person.id)).await;
    let actions: Vec<_> = audited.json["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert!(actions.contains(&&json!("staff.recovery_asked")) && actions.contains(&&json!("staff.joined")));
}

#[tokio::test]
async fn a_link_ends_after_an_hour_and_by_the_next_one() {
    let app = spawn_app().await;
    let person = app.hire(Role::Manager).await;
    ask(&app, &person.mail).await;
    let first = mails(&app, &person, 1).await[0].code();
    app.pass(TimeDelta::seconds(1));
    ask(&app, &person.mail).await;
    let second = mails(&app, &person, 2).await[1].code();
    assert_eq!(join(&app, &first).await.code(), "invitation.ended");
    app.pass(TimeDelta::hours(1));
    assert_eq!(join(&app, &second).await.code(), "invitation.ended");
    assert_eq!(app.anonymous().log_in(&person.mail, PASSWORD).await.status, 200, "nothing has changed");
}

/// Whoever asks learns nothing: neither from the answer nor from the time that it takes.
#[tokio::test]
async fn everybody_is_answered_alike_and_only_who_can_sign_in_gets_a_mail() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (known, suspended) = (app.hire(Role::Salesperson).await, app.hire(Role::Salesperson).await);
    app.suspend(suspended.id).await;
    let new = json!({"profile": {
        "code": "S042", "name": "小林 直樹", "kana": "コバヤシ ナオキ", "mail": "naoki@noren.test", "role": "salesperson",
        "store_ids": [app.first_store]
    }});
    assert_eq!(administrator.create("/api/v1/staff", &new).await.status, 201);
    let mut answers = Vec::new();
    for mail in ["nobody@noren.test", "naoki@noren.test", &suspended.mail, &known.mail] {
        let begin = Instant::now();
        let answer = ask(&app, mail).await;
        assert!(begin.elapsed() >= Duration::from_millis(400), "{mail}");
        answers.push((answer.status, answer.text.clone()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    mails(&app, &known, 1).await;
    assert_eq!(app.mails_in_folder().len(), 1, "nobody else got one");
    let messages = administrator.get("/api/v1/outbox-messages").await;
    assert_eq!(messages.json["items"].as_array().unwrap().len(), 1, "and nothing waits for them");
}

#[tokio::test]
async fn asking_is_limited_by_account_whether_there_is_one_or_not() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    for mail in [person.mail.as_str(), "nobody@noren.test"] {
        for _ in 0..3 {
            assert_eq!(ask(&app, mail).await.status, 202);
        }
        let limited = ask(&app, mail).await;
        assert_eq!((limited.status, &limited.json["violated-policies"]), (429, &json!(["recovery"])));
        assert!(limited.header("retry-after").parse::<i64>().unwrap() > 1000);
    }
    app.pass(TimeDelta::minutes(20));
    assert_eq!(ask(&app, &person.mail).await.status, 202);
    assert_eq!(app.anonymous().log_in(&person.mail, PASSWORD).await.status, 200, "signing in is not what was limited");
}

#[tokio::test]
async fn asking_is_limited_by_address_and_guessing_a_code_as_sign_ins_are() {
    let app = crate::harness::spawn_app_with(&[("logins_per_address", "30")]).await;
    let asked = futures_util::future::join_all((0..25).map(|n| {
        let mail = format!("nobody{n}@noren.test");
        let app = &app;
        async move { ask(app, &mail).await.status }
    }));
    let asked = asked.await;
    assert_eq!(asked.iter().filter(|status| **status == 202).count(), 20, "{asked:?}");
    assert_eq!(asked.iter().filter(|status| **status == 429).count(), 5, "{asked:?}");
    let mut refused = Vec::new();
    for _ in 0..31 {
        refused.push(join(&app, "H7KM-2QWX-9RTD-4NPC").await.status);
    }
    assert_eq!((refused.iter().filter(|status| **status == 410).count(), refused[30]), (30, 429));
}

#[tokio::test]
async fn the_mail_speaks_the_language_that_the_screen_does() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let anonymous = app.anonymous();
    let request = anonymous.request(reqwest::Method::POST, "/api/v1/auth/recovery");
    let request = request.header("accept-language", "en-GB, ja;q=0.5").json(&json!({"mail": person.mail}));
    assert_eq!(anonymous.send(request).await.status, 202);
    let mail = &mails(&app, &person, 1).await[0];
    assert_eq!(mail.subject, "[Noren] A new password");
    assert!(mail.text.contains("21 November 2026, 11:00 Japan time"), "{}", mail.text);
}
