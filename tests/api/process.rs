//! The binary `noren` as a process: its commands, its exit codes, and how it stops.

use std::process::Output;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{Binary, Serving, User, eventually, tamper};

const MAIL: &str = "shacho@noren.example";
const PASSWORD: &str = "copper maple harbor 71";

/// A database with an administrator, made by commands alone.
async fn prepared() -> Binary {
    let noren = Binary::new().await;
    let migrated = noren.run(&["migrate"]).await;
    assert!(migrated.status.success(), "{}", said(&migrated));
    let refused = noren.run_with(&["create-admin", "--mail", MAIL, "--name", "社長 花子"], "short").await;
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    let made = noren.run_with(&["create-admin", "--mail", MAIL, "--name", "社長 花子"], PASSWORD).await;
    assert!(made.status.success(), "{}", said(&made));
    noren
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn sign_in(serving: &Serving) -> User {
    let mut user = serving.anonymous();
    let answer = user.log_in(MAIL, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    user
}

async fn new_lead(user: &User) -> Value {
    let stores = user.get("/api/v1/stores").await;
    json!({
        "store_id": stores.json["items"][0]["id"],
        "profile": {"source_code": "walk_in", "name": "渡邉 髙志", "temperature": "this_month"}
    })
}

/// The write is on its way when the signal comes, is answered after the doors have closed, and is there afterwards.
#[tokio::test]
async fn a_server_that_is_asked_to_stop_finishes_what_it_began() {
    let noren = prepared().await;
    let mut serving = noren.serve().await;
    let user = sign_in(&serving).await;
    let body = new_lead(&user).await.to_string();
    let mut stream = user.listen(None).await;
    // Every thread that serves has opened connections to the database; some of these threads end before the others.
    let asked = futures_util::future::join_all((0..40).map(|_| user.get("/api/v1/leads"))).await;
    assert!(asked.iter().all(|answer| answer.status == 200));
    let host = serving.address.strip_prefix("http://").unwrap().to_owned();
    let mut wire = TcpStream::connect(&host).await.unwrap();
    let (first, rest) = body.split_at(10);
    let head = format!(
        "POST /api/v1/leads HTTP/1.1\r\nhost: noren.test\r\nauthorization: Bearer {}\r\nidempotency-key: on-its-way\r\n\
         expect: 100-continue\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        user.token.as_deref().unwrap(),
        body.len()
    );
    wire.write_all(head.as_bytes()).await.unwrap();
    // The server has begun with this request before it is asked to stop.
    assert_eq!(answer(&mut wire).await, "HTTP/1.1 100 Continue\r\n\r\n");
    wire.write_all(first.as_bytes()).await.unwrap();

    serving.terminate();
    assert!(eventually(async || serving.anonymous().get("/readyz").await.status == 503).await);
    assert!(eventually(async || TcpStream::connect(&host).await.is_err()).await);
    wire.write_all(rest.as_bytes()).await.unwrap();
    let created = answer(&mut wire).await;
    assert!(created.starts_with("HTTP/1.1 201"), "{created}");
    let mut farewell = String::new();
    while let Some(block) = stream.block().await {
        farewell = block;
    }
    assert!(farewell.starts_with("retry: "), "open screens are to come again: {farewell}");
    assert_eq!(serving.wait().await.code(), Some(0));
    assert!(serving.find("stopped").is_some());

    let again = noren.serve().await;
    let leads = sign_in(&again).await.get("/api/v1/leads").await;
    assert_eq!(leads.json["items"][0]["name"], "渡邉 髙志", "{}", leads.text);
}

/// Nothing can be written while somebody looks and the server is asked to stop; what was seen is recorded all the same.
#[tokio::test]
async fn a_server_that_stops_writes_down_who_looked() {
    let noren = prepared().await;
    let mut serving = noren.serve().await;
    let user = sign_in(&serving).await;
    let lead = user.create("/api/v1/leads", &new_lead(&user).await).await;
    tamper(&noren.url, "ALTER TABLE access_events RENAME TO access_events_away").await;
    let seen = user.get(&format!("/api/v1/leads/{}", lead.id())).await;
    assert_eq!(seen.status, 200);
    serving.terminate();
    assert!(eventually(async || serving.anonymous().get("/readyz").await.status == 503).await);
    tamper(&noren.url, "ALTER TABLE access_events_away RENAME TO access_events").await;
    assert_eq!(serving.wait().await.code(), Some(0));
    let again = noren.serve().await;
    let looks = sign_in(&again).await.get(&format!("/api/v1/access-events?subject_id={}", lead.id())).await;
    assert_eq!(looks.json["items"][0]["kind"], "lead_detail", "{}", looks.text);
}

async fn answer(wire: &mut TcpStream) -> String {
    let mut answer = vec![0; 4096];
    let length = wire.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn a_chain_is_verified_alone_and_against_a_servers_log() {
    let noren = prepared().await;
    let serving = noren.serve().await;
    let user = sign_in(&serving).await;
    user.create("/api/v1/leads", &new_lead(&user).await).await;
    drop(serving);
    // The next start notes the heads as they are now.
    let serving = noren.serve().await;
    assert!(eventually(async || serving.find("audit.head").is_some()).await);
    let log = serving.log.to_str().unwrap().to_owned();
    drop(serving);
    for arguments in [&["audit", "verify"][..], &["audit", "verify", "--heads", &log]] {
        let verified = noren.run(arguments).await;
        assert!(verified.status.success(), "{}", said(&verified));
    }
    assert!(tamper(&noren.url, "DELETE FROM audit_values").await > 0);
    let found = noren.run(&["audit", "verify"]).await;
    assert_eq!(found.status.code(), Some(1));
    assert!(said(&found).contains("the values were altered"), "{}", said(&found));
    for table in ["audit_heads", "audit_events"] {
        tamper(&noren.url, &format!("DELETE FROM {table}")).await;
    }
    assert!(noren.run(&["audit", "verify"]).await.status.success(), "nothing is left that could be wrong");
    let found = noren.run(&["audit", "verify", "--heads", &log]).await;
    assert_eq!(found.status.code(), Some(1));
    assert!(said(&found).contains("the entry of the noted head is gone"), "{}", said(&found));
}

#[tokio::test]
async fn every_wrong_setting_is_named_before_anything_happens() {
    let noren = Binary::new().await;
    let wrong =
        noren.command(&["serve"]).env("NOREN_WORKERS", "0").env("NOREN_SHOE_SIZE", "42").output().await.unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    let text = said(&wrong);
    assert!(text.contains("workers: ") && text.contains("shoe_size: "), "{text}");
    assert!(!noren.data_dir().exists());
}
