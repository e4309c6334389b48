//! Screens that are locked, and the PINs by which the people of one tablet take turns.

use chrono::TimeDelta;
use noren_domain::staff::{Role, Staff};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, PASSWORD, Stream, TestApp, User, spawn_app, spawn_app_with};

const PIN: &str = "402817";

/// Somebody with a PIN, signed in on a tablet.
struct Turn {
    person: Staff,
    session: String,
}

async fn set_pin(user: &User, pin: &str) -> Answer {
    let body = json!({"current_password": PASSWORD, "pin": pin});
    user.send(user.request(Method::PUT, "/api/v1/me/pin").json(&body)).await
}

/// Has somebody new sign in on the tablet.
async fn begin(app: &TestApp, tablet: &mut User, role: Role) -> Turn {
    let person = app.hire(role).await;
    assert_eq!(tablet.log_in(&person.mail, PASSWORD).await.status, 200);
    assert_eq!(set_pin(tablet, PIN).await.status, 204);
    let session = tablet.get("/api/v1/me").await.json["session_id"].as_str().unwrap().to_owned();
    Turn { person, session }
}

async fn people(tablet: &User) -> Vec<Value> {
    let listed = tablet.send(tablet.of_tablet(Method::GET, "/api/v1/auth/people")).await;
    listed.json["items"].as_array().unwrap().clone()
}

async fn lock(user: &User) -> Answer {
    user.post("/api/v1/me/lock", &json!({})).await
}

#[tokio::test]
async fn a_screen_is_locked_by_a_tap_and_opened_by_the_pin() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let turn = begin(&app, &mut tablet, Role::Salesperson).await;
    assert_eq!(tablet.get("/api/v1/me").await.json["has_pin"], true);
    assert_eq!(lock(&tablet).await.status, 204);
    let refused = tablet.get("/api/v1/leads").await;
    assert_eq!((refused.status, refused.code()), (401, "auth.locked"));
    assert_eq!(tablet.refresh().await.code(), "auth.locked", "a refresh token opens no screen");
    assert_eq!(tablet.unlock(&turn.session, "402818").await.code(), "auth.pin");
    let opened = tablet.unlock(&turn.session, "４０２８１７").await;
    assert_eq!((opened.status, &opened.json["me"]["session_id"]), (200, &json!(turn.session)), "{}", opened.text);
    assert_eq!(tablet.get("/api/v1/leads").await.status, 200);
    assert_eq!(tablet.refresh().await.status, 200);
}

#[tokio::test]
async fn a_screen_that_rests_is_locked_for_who_has_a_pin_until_the_day_is_over() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let turn = begin(&app, &mut tablet, Role::Salesperson).await;
    app.pass(TimeDelta::minutes(60));
    assert_eq!(tablet.refresh().await.code(), "auth.locked");
    assert_eq!(tablet.unlock(&turn.session, PIN).await.status, 200);
    assert_eq!(tablet.get("/api/v1/me").await.status, 200);
    app.pass(TimeDelta::hours(11));
    assert_eq!(tablet.unlock(&turn.session, PIN).await.code(), "auth.expired", "twelve hours are over");
    assert_eq!(people(&tablet).await, [] as [Value; 0]);
}

#[tokio::test]
async fn five_wrong_pins_ask_for_the_full_sign_in() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let turn = begin(&app, &mut tablet, Role::Salesperson).await;
    let mut guesser = tablet.clone();
    for _ in 0..4 {
        assert_eq!(guesser.unlock(&turn.session, "111222").await.code(), "auth.pin");
    }
    assert_eq!(tablet.unlock(&turn.session, PIN).await.status, 200, "which forgets the wrong ones");
    for wrong in ["auth.pin", "auth.pin", "auth.pin", "auth.pin", "auth.expired"] {
        assert_eq!(guesser.unlock(&turn.session, "111222").await.code(), wrong);
    }
    assert_eq!(guesser.unlock(&turn.session, PIN).await.code(), "auth.expired");
    assert_eq!(tablet.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(tablet.log_in(&turn.person.mail, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_locked_screen_hears_nothing_more() {
    let app = spawn_app_with(&[("heartbeat_seconds", "1")]).await;
    let mut tablet = app.anonymous();
    begin(&app, &mut tablet, Role::Salesperson).await;
    let mut stream = Stream::open(&tablet).await;
    assert_eq!(lock(&tablet).await.status, 204);
    assert_eq!(stream.next().await.unwrap().name, "ended");
    assert!(stream.next().await.is_none());
}

/// A hundred at once are a hundred: five are looked at.
#[tokio::test]
async fn guesses_at_once_are_counted_one_by_one() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let turn = begin(&app, &mut tablet, Role::Salesperson).await;
    let guesses = (0..100).map(|number| {
        let (mut guesser, session) = (tablet.clone(), turn.session.clone());
        async move { guesser.unlock(&session, &format!("55{number:04}")).await.code().to_owned() }
    });
    let codes = futures_util::future::join_all(guesses).await;
    let looked_at = codes.iter().filter(|code| *code == "auth.pin").count();
    assert!((1..=4).contains(&looked_at), "{looked_at} of {codes:?}");
    assert_eq!(tablet.unlock(&turn.session, PIN).await.code(), "auth.expired");
}

#[tokio::test]
async fn the_people_of_a_tablet_take_turns_by_their_pins() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let first = begin(&app, &mut tablet, Role::Salesperson).await;
    let of_first = tablet.clone();
    let second = begin(&app, &mut tablet, Role::Manager).await;
    assert_eq!(of_first.get("/api/v1/me").await.code(), "auth.locked", "somebody else has the tablet");
    let here = people(&tablet).await;
    let sessions: Vec<_> = here.iter().map(|person| person["session_id"].as_str().unwrap()).collect();
    assert_eq!(sessions, [&first.session, &second.session]);
    assert!(here[0]["name"].is_string() && here[0].as_object().unwrap().len() == 3, "no more than a name: {here:?}");

    let of_second = tablet.clone();
    let opened = tablet.unlock(&first.session, PIN).await;
    assert_eq!(opened.json["me"]["mail"], first.person.mail, "{}", opened.text);
    assert_eq!(of_second.get("/api/v1/me").await.code(), "auth.locked");
    assert_eq!(tablet.get("/api/v1/me").await.status, 200);

    let elsewhere = app.sign_in(Role::Salesperson).await;
    assert_eq!(people(&elsewhere).await, [] as [Value; 0], "another tablet");
    let mut elsewhere = elsewhere;
    assert_eq!(elsewhere.unlock(&first.session, PIN).await.code(), "auth.expired", "a PIN is good where one signed in");
    assert_eq!(tablet.get("/api/v1/me").await.status, 200, "and such a try counts for nothing");
}

#[tokio::test]
async fn who_has_no_pin_signs_in_again() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let person = app.hire(Role::Salesperson).await;
    assert_eq!(tablet.log_in(&person.mail, PASSWORD).await.status, 200);
    assert_eq!(lock(&tablet).await.code(), "pin.missing");
    let without = tablet.clone();
    begin(&app, &mut tablet, Role::Salesperson).await;
    assert_eq!(without.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(people(&tablet).await.len(), 1);
    let removed = tablet.delete("/api/v1/me/pin").await;
    assert_eq!((removed.status, people(&tablet).await.len()), (204, 0));
    app.pass(TimeDelta::minutes(61));
    assert_eq!(tablet.get("/api/v1/me").await.code(), "auth.expired");
}

#[tokio::test]
async fn a_pin_is_chosen_by_who_knows_the_password() {
    let app = spawn_app().await;
    let user = app.sign_in(Role::Salesperson).await;
    for (pin, code) in [("12345", "pin.form"), ("123456", "pin.guessable")] {
        assert_eq!(set_pin(&user, pin).await.errors(), [format!("pin {code}")]);
    }
    let body = json!({"current_password": "wrong password 12345", "pin": PIN});
    let refused = user.send(user.request(Method::PUT, "/api/v1/me/pin").json(&body)).await;
    assert_eq!(refused.errors(), ["current_password password.wrong"]);
    let unlock = json!({"session_id": "0192f0c1-2345-7abc-8def-0123456789ab", "pin": PIN});
    assert_eq!(user.post("/api/v1/auth/unlock", &unlock).await.code(), "csrf.refused");
}

/// Otherwise a PIN would bring back what was over because there was none.
#[tokio::test]
async fn a_new_pin_ends_the_other_sessions_and_a_new_password_by_invitation_the_pin() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let rested = app.sign_in_as(&person).await;
    let session = rested.get("/api/v1/me").await.json["session_id"].as_str().unwrap().to_owned();
    app.pass(TimeDelta::minutes(61));
    let mut here = app.sign_in_as(&person).await;
    assert_eq!(set_pin(&here, PIN).await.status, 204);
    let mut rested = rested;
    assert_eq!(rested.unlock(&session, PIN).await.code(), "auth.expired");
    assert_eq!(here.get("/api/v1/me").await.json["has_pin"], true);

    let administrator = app.sign_in(Role::Administrator).await;
    let invited = administrator.create(&format!("/api/v1/staff/{}/invitations", person.id), &Value::Null).await;
    let joining = json!({"code": invited.json["code"], "password": "velvet walnut pebble 38"});
    let joined = app.anonymous().post("/api/v1/auth/join", &joining).await;
    assert_eq!(joined.json["me"]["has_pin"], false, "{}", joined.text);
    assert_eq!(here.refresh().await.code(), "auth.expired");
}

/// Whoever types the present password wrong is counted, and whoever types it right is forgiven.
#[tokio::test]
async fn a_right_password_for_a_pin_forgets_the_wrong_ones() {
    let app = spawn_app().await;
    let user = app.sign_in(Role::Salesperson).await;
    let wrong = json!({"current_password": "wrong password 12345", "pin": PIN});
    for _ in 0..3 {
        for _ in 0..4 {
            let refused = user.send(user.request(Method::PUT, "/api/v1/me/pin").json(&wrong)).await;
            assert_eq!(refused.errors(), ["current_password password.wrong"]);
        }
        assert_eq!(set_pin(&user, PIN).await.status, 204);
    }
}

#[tokio::test]
async fn a_suspended_person_opens_nothing() {
    let app = spawn_app().await;
    let mut tablet = app.anonymous();
    let turn = begin(&app, &mut tablet, Role::Salesperson).await;
    assert_eq!(lock(&tablet).await.status, 204);
    app.suspend(turn.person.id).await;
    assert_eq!(tablet.unlock(&turn.session, PIN).await.code(), "auth.expired");
    assert_eq!(people(&tablet).await, [] as [Value; 0]);
}
