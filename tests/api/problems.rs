//! Every problem of the table, as a caller meets it.

use std::time::Duration;

use noren_domain::staff::Role;
use noren_server::clock::Clock;
use noren_server::problem::KINDS;
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::harness::{spawn_app, spawn_app_with};

#[tokio::test]
async fn every_problem_has_its_page() {
    let app = spawn_app().await;
    for kind in KINDS {
        let page = app.anonymous().get(&format!("/docs/problems/{}", kind.code)).await;
        assert_eq!(page.status, 200, "{}", kind.code);
        assert!(page.text.contains(kind.title), "{}", kind.code);
    }
    assert_eq!(app.anonymous().get("/docs/problems/none").await.code(), "not_found");
}

#[tokio::test]
async fn what_cannot_be_parsed_is_400() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let post = |body: &'static str| {
        let request = sales.request(Method::POST, "/api/v1/leads").header("idempotency-key", "some-key-1");
        sales.send(request.header("content-type", "application/json").body(body))
    };
    for body in ["{", "", "nope", "{\"store_id\":"] {
        let answer = post(body).await;
        assert_eq!((answer.status, answer.code()), (400, "request.malformed"), "{body}");
    }
    let lead = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    for (path, code) in
        [(format!("/api/v1/leads/{}", lead.id()), "request.malformed"), ("/api/v1/leads/x".to_owned(), "not_found")]
    {
        let header = sales.request(Method::PATCH, &path).header("if-match", "7").json(&json!({}));
        assert_eq!(sales.send(header).await.code(), code);
    }
}

#[tokio::test]
async fn a_nul_is_refused_before_a_database_chokes_on_it() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let created = sales.create("/api/v1/leads", &app.new_lead("渡邉\0 髙志")).await;
    assert_eq!(created.errors(), ["profile.name characters"], "{}", created.text);
    let path = format!("/api/v1/leads/{}", sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await.id());
    let edited = sales.edit(&path, 1, &json!({"profile": {"phones": ["090\0"]}})).await;
    assert_eq!(edited.errors(), ["profile.phones.0 characters"], "{}", edited.text);
    for query in ["q=a%00", "source_code=%00"] {
        let listed = sales.get(&format!("/api/v1/leads?{query}")).await;
        assert_eq!((listed.status, listed.code()), (422, "invalid"), "{query}");
    }
    assert_eq!(app.anonymous().log_in("a\0@noren.test", "x").await.errors(), ["mail characters"]);
}

#[tokio::test]
async fn an_unknown_query_parameter_is_refused_everywhere() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let lead = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    for path in
        ["/staff", "/stores", "/lead-counts", "/lead-sources", "/leads", "/me", &format!("/leads/{}", lead.id())]
    {
        let answer = sales.get(&format!("/api/v1{path}?shoe_size=27")).await;
        assert_eq!((answer.status, answer.errors()), (422, vec!["shoe_size unknown_field".to_owned()]), "{path}");
    }
}

#[tokio::test]
async fn unknown_routes_and_methods_are_problems() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let nothing = sales.get("/api/v1/nothing").await;
    assert_eq!((nothing.status, nothing.code()), (404, "not_found"));
    let method = sales.send(sales.request(Method::DELETE, "/api/v1/leads")).await;
    assert_eq!(
        (method.status, method.code(), method.header("allow")),
        (405, "method.not_allowed", "GET, HEAD, POST, OPTIONS")
    );
    let word = sales.send(sales.request(Method::DELETE, "/api/v1/me/passkeys/challenges")).await;
    assert_eq!(
        (word.status, word.header("allow")),
        (405, "POST, OPTIONS"),
        "no id, but a word that takes another method"
    );
    assert_eq!(app.anonymous().get("/docs/nothing").await.code(), "not_found");
    let page = sales.send(sales.request(Method::POST, "/healthz")).await;
    assert_eq!((page.status, page.code(), page.header("allow")), (405, "method.not_allowed", "GET, HEAD, OPTIONS"));
    let options = sales.send(sales.request(Method::OPTIONS, "/api/v1/leads")).await;
    assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, POST, OPTIONS"));
    let head = sales.send(sales.request(Method::HEAD, "/api/v1/leads")).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
}

#[tokio::test]
async fn content_is_negotiated() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let accept = sales.request(Method::GET, "/api/v1/leads").header("accept", "text/html");
    let answer = sales.send(accept).await;
    assert_eq!((answer.status, answer.code()), (406, "not_acceptable"));
    let form = sales.request(Method::POST, "/api/v1/leads").header("idempotency-key", "some-key-1");
    let answer = sales.send(form.header("content-type", "text/plain").body("{}")).await;
    assert_eq!((answer.status, answer.code()), (415, "media_type.unsupported"));
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["inquiry"] = json!("あ".repeat(100_000));
    let body = sales.create("/api/v1/leads", &new).await;
    assert_eq!((body.status, body.code()), (413, "body.too_large"));
    let uri = sales.get(&format!("/api/v1/leads?q={}", "a".repeat(9_000))).await;
    assert_eq!((uri.status, uri.code()), (414, "uri.too_long"));
    let headers = sales.request(Method::GET, "/api/v1/leads").header("x-large", "a".repeat(17_000));
    let headers = sales.send(headers).await;
    assert_eq!((headers.status, headers.code()), (431, "headers.too_large"));
}

#[tokio::test]
async fn a_body_that_trickles_in_is_cut_off() {
    let app = spawn_app_with(&[("body_seconds", "11")]).await;
    let sales = app.sign_in(Role::Salesperson).await;
    let host = app.address.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /api/v1/leads HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\nidempotency-key: slow-slow-slow\r\n\
         content-type: application/json\r\ncontent-length: 1000\r\n\r\n{{",
        sales.token.as_deref().unwrap()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // Longer than a handler may work: the wait for the body is not counted as work.
    let read = tokio::time::timeout(Duration::from_secs(25), stream.read_to_end(&mut answer));
    read.await.expect("the connection is closed").unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("\"code\":\"request.timeout\""), "{answer}");
}

#[tokio::test]
async fn a_spent_quota_says_when_to_come_back() {
    let app = spawn_app_with(&[("staff_per_minute", "12")]).await;
    let (sales, other) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let first = sales.get("/api/v1/me").await;
    assert_eq!(
        (first.header("ratelimit-policy"), first.header("ratelimit")),
        ("\"staff\";q=12;w=60", "\"staff\";r=1;t=5")
    );
    sales.get("/api/v1/me").await;
    let spent = sales.get("/api/v1/me").await;
    assert_eq!((spent.status, spent.code()), (429, "rate.limited"));
    assert_eq!(spent.json["violated-policies"], json!(["staff"]));
    let wait: i32 = spent.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(spent.header("ratelimit-policy"), "\"staff\";q=12;w=60");
    assert_eq!(spent.header("ratelimit"), format!("\"staff\";r=0;t={wait}"));
    assert_eq!(other.get("/api/v1/me").await.status, 200);
}

#[tokio::test]
async fn a_broken_table_is_a_500_that_says_nothing() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    app.tamper("ALTER TABLE sessions RENAME TO sessions_gone").await;
    let broken = sales.get("/api/v1/me").await;
    assert_eq!((broken.status, broken.code()), (500, "internal"));
    assert!(!broken.text.contains("sessions") && broken.json["detail"].is_null(), "{}", broken.text);
}

#[tokio::test]
async fn a_name_that_is_taken_is_409_and_names_the_field() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let new = app.new_key(&json!({"name": "中古車サイト"}));
    let first = administrator.create("/api/v1/api-clients", &new).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let taken = administrator.create("/api/v1/api-clients", &new).await;
    assert_eq!((taken.status, taken.code(), taken.errors()), (409, "conflict", vec!["profile.name taken".to_owned()]));
    let id = first.json["client"]["id"].as_str().unwrap();
    assert_eq!(administrator.end(&format!("/api/v1/api-clients/{id}"), 1).await.status, 204);
    assert_eq!(administrator.create("/api/v1/api-clients", &new).await.status, 201, "a revoked key frees its name");
}

#[tokio::test]
async fn a_store_that_does_not_exist_is_named() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let nowhere = noren_domain::StoreId::mint(app.clock.now());
    let mut lead = app.new_lead("渡邉 髙志");
    lead["store_id"] = json!(nowhere);
    assert_eq!(administrator.create("/api/v1/leads", &lead).await.errors(), ["store_id unknown"]);
    let key = app.new_key(&json!({"store_ids": [app.first_store, nowhere]}));
    assert_eq!(administrator.create("/api/v1/api-clients", &key).await.errors(), ["profile.store_ids.1 unknown"]);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_503_until_it_does() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let held = app.hold_writes().await;
    let busy = sales.create_as("one-and-the-same", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!((busy.status, busy.code(), busy.header("retry-after")), (503, "unavailable", "1"));
    assert!(busy.json["detail"].is_null(), "{}", busy.text);
    held.release().await;
    let again = sales.create_as("one-and-the-same", "/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, ""));
    if app.is_on_postgres() {
        app.allow_connections(false).await;
        let cut = sales.get("/api/v1/leads").await;
        assert_eq!((cut.status, cut.code()), (503, "unavailable"));
        assert_eq!(app.anonymous().get("/readyz").await.status, 503);
        app.allow_connections(true).await;
        assert_eq!(sales.get("/api/v1/leads").await.status, 200);
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_safety() {
    let app = spawn_app().await;
    let answer = app.anonymous().get("/api/v1/leads").await;
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("cache-control", "no-store"),
        ("server", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn a_request_id_is_taken_if_plain_and_made_otherwise() {
    let app = spawn_app().await;
    let user = app.anonymous();
    let given = user.send(user.request(Method::GET, "/api/v1/me").header("x-request-id", "tablet-0001")).await;
    assert_eq!((given.header("x-request-id"), &given.json["instance"]), ("tablet-0001", &json!("tablet-0001")));
    let odd = user.send(user.request(Method::GET, "/api/v1/me").header("x-request-id", "<script>")).await;
    assert_eq!(odd.header("x-request-id").len(), 32);
}
