//! One's own account: where one is signed in, and the password.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::{PASSWORD, User, spawn_app};

const NEW: &str = "velvet walnut pebble 38";

async fn sessions(user: &User) -> Vec<serde_json::Value> {
    user.get("/api/v1/me/sessions").await.json["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_it_from_elsewhere() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut tablet = app.sign_in_as(&person).await;
    app.pass(TimeDelta::minutes(5));
    let phone = app.sign_in_as(&person).await;
    let colleague = app.sign_in(Role::Administrator).await;

    let listed = sessions(&phone).await;
    let current: Vec<_> = listed.iter().map(|session| session["current"].as_bool().unwrap()).collect();
    assert_eq!(current, [true, false], "the last used first: {listed:?}");
    assert!(listed[0]["last_seen_at"].as_str() > listed[1]["last_seen_at"].as_str());
    let of_tablet = format!("/api/v1/me/sessions/{}", listed[1]["id"].as_str().unwrap());
    assert_eq!(colleague.delete(&of_tablet).await.code(), "not_found", "nobody ends what is another's");
    for _ in 0..2 {
        assert_eq!(phone.delete(&of_tablet).await.status, 204);
    }
    assert_eq!(tablet.refresh().await.code(), "auth.expired");
    assert_eq!(sessions(&phone).await.len(), 1);

    let own = format!("/api/v1/me/sessions/{}", listed[0]["id"].as_str().unwrap());
    assert_eq!(phone.delete(&own).await.status, 204);
    assert_eq!(phone.get("/api/v1/me").await.code(), "auth.expired");
    let audited = colleague.get("/api/v1/audit-events?limit=200").await;
    let ended = audited.json["items"].as_array().unwrap().iter().filter(|entry| entry["action"] == "session.ended");
    assert_eq!(ended.count(), 2, "an end is an end once");
}

#[tokio::test]
async fn all_others_are_ended_at_once_and_this_one_goes_on() {
    let app = spawn_app().await;
    let person = app.hire(Role::Manager).await;
    let (first, second) = (app.sign_in_as(&person).await, app.sign_in_as(&person).await);
    let (here, colleague) = (app.sign_in_as(&person).await, app.sign_in(Role::Manager).await);
    assert_eq!(here.post("/api/v1/me/sessions/end-others", &json!({})).await.status, 204);
    for ended in [&first, &second] {
        assert_eq!(ended.get("/api/v1/me").await.code(), "auth.expired");
    }
    assert_eq!((here.get("/api/v1/me").await.status, colleague.get("/api/v1/me").await.status), (200, 200));
    assert_eq!(sessions(&here).await.len(), 1);
}

#[tokio::test]
async fn a_session_that_rests_too_long_is_none_any_more() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    app.sign_in_as(&person).await;
    app.pass(TimeDelta::minutes(61));
    assert_eq!(sessions(&app.sign_in_as(&person).await).await.len(), 1);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_every_refresh_token() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let (mut here, mut elsewhere) = (app.sign_in_as(&person).await, app.sign_in_as(&person).await);
    let before = here.cookie.clone().unwrap();
    let changed = here.change_password(PASSWORD, NEW).await;
    assert_eq!((changed.status, &changed.json["me"]["mail"]), (200, &json!(person.mail)), "{}", changed.text);
    assert_eq!(elsewhere.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(elsewhere.refresh().await.code(), "auth.expired");
    assert_eq!(here.refresh_with(&before).await.code(), "auth.expired", "a token from before is worth nothing");
    assert_eq!(here.get("/api/v1/me").await.status, 200);
    assert_eq!(here.refresh().await.status, 200);
    let mut anew = app.anonymous();
    assert_eq!(anew.log_in(&person.mail, PASSWORD).await.code(), "auth.failed");
    assert_eq!(anew.log_in(&person.mail, NEW).await.status, 200);
}

#[tokio::test]
async fn a_password_that_is_refused_changes_nothing() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut user = app.sign_in_as(&person).await;
    let cross = user.post("/api/v1/me/password", &json!({"current_password": PASSWORD, "new_password": NEW})).await;
    assert_eq!(cross.status, 403, "{}", cross.text);
    for (current, new, field, code) in [
        ("wrong password 12345", NEW, "current_password", "password.wrong"),
        (PASSWORD, "short", "new_password", "too_short"),
        (PASSWORD, "passwordpassword", "new_password", "password.guessable"),
        (PASSWORD, PASSWORD, "new_password", "password.same"),
    ] {
        let refused = user.change_password(current, new).await;
        let error = &refused.json["errors"][0];
        assert_eq!((refused.status, &error["field"], &error["code"]), (422, &json!(field), &json!(code)));
    }
    assert_eq!(app.anonymous().log_in(&person.mail, PASSWORD).await.status, 200);
}

/// Whoever finds an open tablet guesses ten times, and does not shut the person out.
#[tokio::test]
async fn guesses_of_the_present_password_are_limited_apart_from_sign_ins() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut user = app.sign_in_as(&person).await;
    for _ in 0..10 {
        assert_eq!(user.change_password("wrong password 12345", NEW).await.status, 422);
    }
    let limited = user.change_password(PASSWORD, NEW).await;
    assert_eq!((limited.status, &limited.json["violated-policies"]), (429, &json!(["login"])));
    assert_eq!(app.anonymous().log_in(&person.mail, PASSWORD).await.status, 200);
}
