//! Sign-out against everything else that is on its way, a thousand times: whoever comes first, nothing lives on afterwards.

use futures_util::future::{join_all, join4};
use noren_domain::staff::Role;

use crate::harness::{Answer, TestApp, User, spawn_app};

const RACES: usize = 1_000;
/// So many that they are in each other's way, and so few that none waits for longer than a request may take.
const AT_ONCE: usize = 20;

#[tokio::test]
async fn whoever_signs_out_is_out_whatever_else_is_on_its_way() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let users = app.sign_in_without_password(&person, RACES).await;
    let mut stored = 0;
    for users in users.chunks(AT_ONCE) {
        stored +=
            join_all(users.iter().map(|user| race(&app, user))).await.into_iter().filter(|stored| *stored).count();
    }
    let counts = app.sign_in_as(&person).await.get("/api/v1/lead-counts").await;
    assert_eq!(counts.json["new"], stored, "what was answered is stored, and nothing else: {}", counts.text);
}

/// One sign-out, beside a read, a renewal and a new lead; whether the lead was taken.
async fn race(app: &TestApp, user: &User) -> bool {
    let cookie = user.cookie.clone().unwrap();
    let lead = app.new_lead("別府 走");
    let (out, read, renewed, created) =
        join4(user.log_out(), user.get("/api/v1/me"), user.refresh_with(&cookie), user.create("/api/v1/leads", &lead))
            .await;
    assert_eq!(out.status, 204, "{}", out.text);
    for (answer, done) in [(&read, 200), (&renewed, 200), (&created, 201)] {
        assert!(answer.status == done || is_over(answer), "{} {}", answer.status, answer.text);
    }
    assert!(is_over(&user.get("/api/v1/me").await), "the access token is worth nothing");
    assert!(is_over(&user.refresh_with(&cookie).await), "nor is the refresh token");
    if let Some(token) = renewed.json["access_token"].as_str() {
        let mut heir = user.clone();
        heir.token = Some(token.to_owned());
        assert!(is_over(&heir.get("/api/v1/me").await), "nor is what came of a renewal meanwhile");
        assert!(is_over(&user.refresh_with(&renewed.cookie().unwrap()).await));
    }
    created.status == 201
}

fn is_over(answer: &Answer) -> bool {
    answer.status == 401 && answer.code() == "auth.expired"
}
