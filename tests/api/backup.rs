//! What was backed up while people worked is there again, here and on another machine.

use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;

use crate::harness::{Binary, Serving, User};

/// A seeded dealer with a picture among its files.
async fn dealer() -> (Binary, Serving) {
    let noren = Binary::new().await;
    ended_well(&noren.run(&["migrate"]).await);
    ended_well(&noren.run(&["seed", "--size", "small", "--leads", "40"]).await);
    let folder = picture(&noren);
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    std::fs::write(folder, "a picture").unwrap();
    let serving = noren.serve().await;
    (noren, serving)
}

fn picture(noren: &Binary) -> PathBuf {
    noren.data_dir().join("files/photos/ab").join("ab".repeat(32))
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn ended_well(output: &Output) {
    assert!(output.status.success(), "{}", said(output));
}

fn refused(output: &Output, why: &str) {
    assert!(output.status.code() == Some(1) && said(output).contains(why), "{}", said(output));
}

fn file_of(noren: &Binary) -> String {
    noren.data_dir().parent().unwrap().join("dealer.noren").display().to_string()
}

/// The administrator, by an account that the dealer was seeded with.
async fn sign_in(seeded: &Binary, serving: &Serving) -> User {
    let accounts = std::fs::read(seeded.data_dir().join("demo-accounts.json")).unwrap();
    let account = &serde_json::from_slice::<Value>(&accounts).unwrap()[0];
    let mut user = serving.anonymous();
    let answer = user.log_in(account["mail"].as_str().unwrap(), account["password"].as_str().unwrap()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    user
}

async fn make_lead(user: &User, name: &str) {
    let stores = user.get("/api/v1/stores").await.json;
    let profile = serde_json::json!({"source_code": "walk_in", "name": name});
    let lead = serde_json::json!({"store_id": stores["items"][0]["id"], "profile": profile});
    assert_eq!(user.create("/api/v1/leads", &lead).await.status, 201);
}

async fn leads(user: &User) -> Value {
    user.get("/api/v1/leads?limit=200").await.json["items"].take()
}

#[tokio::test]
async fn what_is_restored_is_what_was_backed_up() {
    let (noren, mut serving) = dealer().await;
    let user = sign_in(&noren, &serving).await;
    make_lead(&user, "控えの前").await;
    let before = leads(&user).await;
    let file = file_of(&noren);
    ended_well(&noren.run(&["backup", &file]).await);
    refused(&noren.run(&["backup", &file]).await, "is there already");
    make_lead(&user, "控えの後").await;
    std::fs::remove_file(picture(&noren)).unwrap();

    refused(&noren.run(&["restore", &file, "--replace"]).await, "somebody uses the database");
    serving.terminate();
    serving.wait().await;
    refused(&noren.run(&["restore", &file]).await, "is not empty");
    ended_well(&noren.run(&["restore", &file, "--replace"]).await);
    ended_well(&noren.run(&["audit", "verify"]).await);
    assert_eq!(std::fs::read(picture(&noren)).unwrap(), b"a picture");
    let again = noren.serve().await;
    assert_eq!(leads(&sign_in(&noren, &again).await).await, before);
}

#[tokio::test]
async fn another_machine_goes_on_where_the_first_one_was() {
    let (noren, serving) = dealer().await;
    let before = leads(&sign_in(&noren, &serving).await).await;
    let file = file_of(&noren);
    ended_well(&noren.run(&["backup", &file]).await);
    let other = Binary::new().await;
    ended_well(&other.run(&["restore", &file]).await);
    // The chains are sealed with the first one's key.
    ended_well(&other.run(&["audit", "verify"]).await);
    assert_eq!(std::fs::read(picture(&other)).unwrap(), b"a picture");
    let elsewhere = other.serve().await;
    assert_eq!(leads(&sign_in(&noren, &elsewhere).await).await, before);
}

#[tokio::test]
async fn what_is_damaged_or_cut_off_changes_nothing() {
    let (noren, mut serving) = dealer().await;
    let before = leads(&sign_in(&noren, &serving).await).await;
    let file = file_of(&noren);
    ended_well(&noren.run(&["backup", &file]).await);
    serving.terminate();
    serving.wait().await;
    let whole = std::fs::read(&file).unwrap();
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    for damaged in [&altered[..], &whole[..whole.len() / 2], &whole[..whole.len() - 20], b"no backup"] {
        std::fs::write(&file, damaged).unwrap();
        refused(&noren.run(&["restore", &file, "--replace"]).await, "is no backup of Noren, or not the whole of one");
    }
    let again = noren.serve().await;
    assert_eq!(leads(&sign_in(&noren, &again).await).await, before);
}
