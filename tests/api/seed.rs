//! A dealer of some size, made by the command line, is one like any other.

use serde_json::Value;

use crate::harness::{Binary, Serving, User, escaped};

async fn seeded() -> (Binary, Serving) {
    let noren = Binary::new().await;
    assert!(noren.run(&["migrate"]).await.status.success());
    let grown = noren.run(&["seed", "--size", "small", "--leads", "300", "--seed", "7"]).await;
    let said = String::from_utf8_lossy(&grown.stdout).into_owned();
    assert!(grown.status.success() && said.starts_with("300 leads, "), "{said}");
    let serving = noren.serve().await;
    (noren, serving)
}

/// Somebody of that role, by the accounts in the data folder.
async fn sign_in(noren: &Binary, serving: &Serving, role: &str) -> User {
    let accounts = std::fs::read(noren.data_dir().join("demo-accounts.json")).unwrap();
    let accounts: Vec<Value> = serde_json::from_slice(&accounts).unwrap();
    let account = accounts.iter().find(|account| account["role"] == role).unwrap();
    let mut user = serving.anonymous();
    let answer = user.log_in(account["mail"].as_str().unwrap(), account["password"].as_str().unwrap()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    user
}

#[tokio::test]
async fn a_seeded_dealer_is_listed_found_and_told_like_any_other() {
    let (noren, serving) = seeded().await;
    let user = sign_in(&noren, &serving, "administrator").await;
    assert_eq!(user.get("/api/v1/lead-counts").await.json["all"], 300);
    let listed = user.get("/api/v1/leads?limit=50").await.json;
    let lead = listed["items"].as_array().unwrap().iter().find(|lead| lead["name"].is_string()).unwrap();
    let found = user.get(&format!("/api/v1/leads?limit=200&q={}", escaped(lead["name"].as_str().unwrap()))).await;
    assert!(found.json["items"].as_array().unwrap().iter().any(|one| one["id"] == lead["id"]), "{}", found.text);
    let id = lead["id"].as_str().unwrap();
    let timeline = user.get(&format!("/api/v1/leads/{id}/timeline")).await;
    assert_eq!(
        timeline.json["items"].as_array().unwrap().last().unwrap()["event"]["kind"],
        "inquiry",
        "{}",
        timeline.text
    );
    let verified = noren.run(&["audit", "verify"]).await;
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[tokio::test]
async fn one_seed_gives_one_dealer_and_only_an_empty_database_takes_it() {
    let ((noren, serving), (other, elsewhere)) = (seeded().await, seeded().await);
    let list = "/api/v1/leads?limit=200";
    let ours = sign_in(&noren, &serving, "administrator").await.get(list).await;
    let theirs = sign_in(&other, &elsewhere, "administrator").await.get(list).await;
    assert_eq!((ours.status, &ours.json["items"]), (200, &theirs.json["items"]));
    let again = noren.run(&["seed", "--size", "small"]).await;
    assert_eq!(again.status.code(), Some(1));
    let user = sign_in(&noren, &serving, "administrator").await;
    assert_eq!(user.get("/api/v1/lead-counts").await.json["all"], 300);
}

#[tokio::test]
async fn one_person_of_a_store_has_about_half_of_its_leads() {
    let (noren, serving) = seeded().await;
    let user = sign_in(&noren, &serving, "manager").await;
    let leads = user.get("/api/v1/leads?limit=200").await.json;
    let leads = leads["items"].as_array().unwrap();
    let of = |person: &Value| leads.iter().filter(|lead| &lead["assignee_id"] == person).count();
    let most = leads.iter().filter(|lead| lead["assignee_id"].is_string()).map(|lead| of(&lead["assignee_id"])).max();
    let share = most.unwrap_or_default() * 100 / leads.len();
    assert!((40..=65).contains(&share), "{share} %");
}
