//! Sign-in, renewal, the reuse of an old token, and the end of sessions.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_persistence::staff;
use noren_server::admin::{self, NewAdmin};
use serde_json::json;

use crate::harness::{PASSWORD, spawn_app, spawn_app_with};

const NEW: &str = "velvet walnut pebble 38";

#[tokio::test]
async fn a_sign_in_answers_who_one_is_and_hides_the_refresh_token() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut user = app.anonymous();
    let answer = user.log_in(&format!(" {} ", person.mail.to_uppercase()), PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json["expires_in"], 300);
    assert_eq!(answer.json["me"]["role"], "salesperson");
    assert_eq!(answer.json["me"]["stores"][0]["name"], "前橋店");
    let cookie = answer.header("set-cookie");
    for part in ["__Host-noren_refresh=", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(user.get("/api/v1/me").await.json, answer.json["me"]);
}

#[tokio::test]
async fn wrong_passwords_and_unknown_accounts_are_answered_alike() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut user = app.anonymous();
    let wrong = user.log_in(&person.mail, "wrong password 12345").await;
    let unknown = user.log_in("nobody@noren.test", PASSWORD).await;
    for answer in [&wrong, &unknown] {
        assert_eq!((answer.status, answer.code(), answer.header("www-authenticate")), (401, "auth.failed", "Bearer"));
    }
    assert_eq!(wrong.json["detail"], unknown.json["detail"]);
}

#[tokio::test]
async fn guesses_of_one_account_are_limited_and_others_are_not_hurt() {
    let app = spawn_app().await;
    let (victim, other) = (app.hire(Role::Salesperson).await, app.hire(Role::Salesperson).await);
    let mut user = app.anonymous();
    for _ in 0..10 {
        assert_eq!(user.log_in(&victim.mail, "wrong password 12345").await.code(), "auth.failed");
    }
    let limited = user.log_in(&victim.mail, PASSWORD).await;
    assert_eq!((limited.status, limited.code()), (429, "rate.limited"));
    assert_eq!(limited.json["violated-policies"], json!(["login"]));
    assert!(limited.header("retry-after").parse::<i64>().unwrap() >= 1);
    assert_eq!(user.log_in(&other.mail, PASSWORD).await.status, 200);
    app.pass(TimeDelta::minutes(16));
    assert_eq!(user.log_in(&victim.mail, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn guesses_from_one_address_are_limited() {
    let app = spawn_app_with(&[("logins_per_address", "3")]).await;
    let mut user = app.anonymous();
    for n in 0..3 {
        assert_eq!(user.log_in(&format!("nobody{n}@noren.test"), "x").await.code(), "auth.failed");
    }
    let limited = user.log_in("nobody9@noren.test", "x").await;
    assert_eq!(limited.json["violated-policies"], json!(["login_ip"]));
}

#[tokio::test]
async fn what_a_caller_says_of_their_address_is_not_believed() {
    let app = spawn_app_with(&[("logins_per_address", "1"), ("trusted_proxies", "127.0.0.1")]).await;
    let user = app.anonymous();
    let guess = async |said: &str, added: &str| {
        let request = user.request(reqwest::Method::POST, "/api/v1/auth/login").header("x-forwarded-for", said);
        let request = request.header("x-forwarded-for", added);
        user.send(request.json(&json!({"mail": format!("{said}@noren.test"), "password": "x"}))).await.status
    };
    assert_eq!(guess("198.51.100.1", "203.0.113.7").await, 401);
    assert_eq!(guess("198.51.100.2", "203.0.113.7").await, 429, "the proxy says who it is");
    assert_eq!(guess("198.51.100.3", "203.0.113.8").await, 401);
}

#[tokio::test]
async fn an_access_token_ends_after_five_minutes_and_is_renewed_by_the_cookie() {
    let app = spawn_app().await;
    let mut user = app.sign_in(Role::Salesperson).await;
    app.pass(TimeDelta::minutes(5));
    let ended = user.get("/api/v1/me").await;
    assert_eq!((ended.status, ended.code()), (401, "auth.expired"));
    assert_eq!(user.refresh().await.status, 200);
    assert_eq!(user.get("/api/v1/me").await.status, 200);
}

#[tokio::test]
async fn the_reuse_of_an_old_refresh_token_ends_the_family() {
    let app = spawn_app().await;
    let mut user = app.sign_in(Role::Salesperson).await;
    let stolen = user.cookie.clone().unwrap();
    assert_eq!(user.refresh().await.status, 200);
    assert_eq!(user.refresh().await.status, 200);
    let thief = app.anonymous();
    let refused = thief.refresh_with(&stolen).await;
    assert_eq!((refused.status, refused.code()), (401, "auth.expired"));
    assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired", "the access token ends with its family");
    assert_eq!(user.refresh().await.code(), "auth.expired");
}

#[tokio::test]
async fn a_lost_answer_may_be_repeated_for_ten_seconds() {
    let app = spawn_app().await;
    let user = app.sign_in(Role::Salesperson).await;
    let cookie = user.cookie.clone().unwrap();
    assert_eq!(user.refresh_with(&cookie).await.status, 200);
    app.pass(TimeDelta::seconds(9));
    let repeated = user.refresh_with(&cookie).await;
    assert_eq!(repeated.status, 200, "{}", repeated.text);
    app.pass(TimeDelta::seconds(2));
    assert_eq!(user.refresh_with(&cookie).await.code(), "auth.expired");
}

#[tokio::test]
async fn signing_out_ends_everything_at_once() {
    let app = spawn_app().await;
    let mut user = app.sign_in(Role::Salesperson).await;
    let answer = user.log_out().await;
    assert_eq!((answer.status, answer.header("clear-site-data")), (204, "\"cache\", \"storage\""));
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(user.refresh().await.code(), "auth.expired");
}

/// Screens follow what others do by themselves; that is nobody's presence.
#[tokio::test]
async fn what_a_screen_asks_by_itself_keeps_no_session_alive() {
    let app = spawn_app().await;
    let mut left_alone = app.sign_in(Role::Administrator).await;
    for _ in 0..2 {
        app.pass(TimeDelta::minutes(14));
        assert_eq!(left_alone.refresh_unattended().await.status, 200, "it is answered");
        let read = left_alone.request(reqwest::Method::GET, "/api/v1/leads").header("x-noren-unattended", "1");
        assert_eq!(left_alone.send(read).await.status, 200);
    }
    app.pass(TimeDelta::minutes(3));
    assert_eq!(left_alone.refresh_unattended().await.code(), "auth.expired", "and is not counted");
    let mut used = app.sign_in(Role::Administrator).await;
    for _ in 0..3 {
        app.pass(TimeDelta::minutes(14));
        assert_eq!(used.refresh_unattended().await.status, 200);
        assert_eq!(used.get("/api/v1/leads").await.status, 200);
    }
}

#[tokio::test]
async fn another_site_can_use_neither_refresh_nor_logout() {
    let app = spawn_app().await;
    let user = app.sign_in(Role::Salesperson).await;
    for path in ["/api/v1/auth/refresh", "/api/v1/auth/logout"] {
        let post = || user.request(reqwest::Method::POST, path).header("cookie", user.cookie.clone().unwrap());
        for request in [
            post(),
            post().header("sec-fetch-site", "same-origin"),
            post().header("x-noren", "1"),
            post().header("x-noren", "1").header("sec-fetch-site", "cross-site"),
            post().header("x-noren", "1").header("origin", "http://evil.test"),
        ] {
            let refused = user.send(request).await;
            assert_eq!((refused.status, refused.code()), (403, "csrf.refused"));
        }
    }
    let ours = user
        .request(reqwest::Method::POST, "/api/v1/auth/logout")
        .header("x-noren", "1")
        .header("origin", "http://noren.test");
    assert_eq!(user.send(ours).await.status, 204);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_half_a_day() {
    let app = spawn_app().await;
    let mut sales = app.sign_in(Role::Salesperson).await;
    let mut administrator = app.sign_in(Role::Administrator).await;
    app.pass(TimeDelta::minutes(31));
    assert_eq!(administrator.refresh().await.code(), "auth.expired");
    assert_eq!(sales.refresh().await.status, 200);
    for _ in 0..13 {
        app.pass(TimeDelta::minutes(50));
        assert_eq!(sales.refresh().await.status, 200, "in use all the time");
    }
    app.pass(TimeDelta::minutes(40));
    assert_eq!(sales.refresh().await.code(), "auth.expired", "twelve hours are over");

    let mut resting = app.sign_in(Role::Salesperson).await;
    app.pass(TimeDelta::minutes(61));
    assert_eq!(resting.refresh().await.code(), "auth.expired", "an hour of rest");
}

#[tokio::test]
async fn failures_in_a_row_delay_and_in_the_end_need_recovery() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let signed_in = app.sign_in_as(&person).await;
    let mut guesser = app.anonymous();
    let failed = async |failures: u32| {
        let statement = format!("UPDATE throttles SET failures = {failures} WHERE policy = 'login'");
        assert_eq!(app.tamper(&statement).await, 1);
        app.pass(TimeDelta::hours(1));
    };
    failed(13).await;
    assert_eq!(guesser.log_in(&person.mail, "wrong password 12345").await.code(), "auth.failed");
    app.pass(TimeDelta::seconds(15));
    let delayed = guesser.log_in(&person.mail, PASSWORD).await;
    assert_eq!((delayed.code(), delayed.header("retry-after")), ("rate.limited", "2"), "the fourteenth waits 16 s");
    app.pass(TimeDelta::seconds(2));
    assert_eq!(guesser.log_in(&person.mail, PASSWORD).await.status, 200, "which forgets the failures");

    failed(99).await;
    assert_eq!(guesser.log_in(&person.mail, "wrong password 12345").await.code(), "auth.failed");
    app.pass(TimeDelta::days(2));
    let exhausted = guesser.log_in(&person.mail, PASSWORD).await;
    assert_eq!((exhausted.status, exhausted.code(), exhausted.header("retry-after")), (401, "auth.recovery", ""));
    drop(signed_in);
    app.tamper("UPDATE staff SET role = 'administrator'").await;
    let new = NewAdmin {
        mail: person.mail.clone(),
        name: person.name,
        store: String::new(),
        password: NEW.to_owned(),
        forget_second_factor: false,
    };
    admin::create(&app.app, new).await.unwrap();
    assert_eq!(guesser.log_in(&person.mail, NEW).await.status, 200, "recovered");
}

#[tokio::test]
async fn a_suspended_member_is_nobody_on_the_next_request() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let mut user = app.sign_in_as(&person).await;
    app.suspend(person.id).await;
    assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(user.refresh().await.code(), "auth.expired");
    assert_eq!(user.log_in(&person.mail, PASSWORD).await.code(), "auth.failed");
}

#[tokio::test]
async fn a_token_that_is_not_ours_proves_nothing() {
    let app = spawn_app().await;
    let mut user = app.sign_in(Role::Salesperson).await;
    let good = user.token.clone().unwrap();
    let (head, signature) = good.rsplit_once('.').unwrap();
    for token in [
        format!("{head}.{}", signature.chars().rev().collect::<String>()),
        "x".to_owned(),
        format!("{head}."),
        "noren_x".to_owned(),
    ] {
        user.token = Some(token);
        assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired");
    }
    user.token = None;
    let answer = user.get("/api/v1/me").await;
    assert_eq!((answer.status, answer.code(), answer.header("www-authenticate")), (401, "auth.required", "Bearer"));
}

/// The hash of the tests' password with less work than today's floor.
const WEAK_HASH: &str =
    "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$pzHKrX7+NhDdwrwn7X+gl3m8EOTZfUvw0kVT7H5007I";

#[tokio::test]
async fn a_hash_of_old_parameters_is_made_anew_at_the_next_sign_in() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    app.tamper(&format!("UPDATE staff SET password_hash = '{WEAK_HASH}'")).await;
    app.sign_in_as(&person).await;
    let account = staff::find_account(&app.db, &person.mail).await.unwrap().unwrap();
    assert!(account.password_hash.unwrap().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    app.sign_in_as(&person).await;
}
