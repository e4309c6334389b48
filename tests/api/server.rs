//! The process itself: health, readiness, metrics, documents and pages.

use noren_domain::staff::Role;
use noren_server::admin::{self, NewAdmin, Refused};
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{eventually, spawn_app, spawn_app_with};

#[tokio::test]
async fn a_server_says_that_it_is_alive_and_ready() {
    let app = spawn_app().await;
    assert_eq!(app.anonymous().get("/healthz").await.text, "ok");
    assert_eq!(app.anonymous().get("/readyz").await.text, "ready");
}

#[tokio::test]
async fn metrics_have_routes_and_no_ids() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let created = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    sales.get(&format!("/api/v1/leads/{}", created.id())).await;
    let metrics = app.anonymous().get("/metrics").await;
    assert!(metrics.text.contains("http_server_request_duration_seconds"), "{}", metrics.text);
    assert!(metrics.text.contains("route=\"/api/v1/leads/{id}\""), "{}", metrics.text);
    for name in [
        "noren_db_pool_connections",
        "noren_db_pool_wait_seconds",
        "noren_audit_entries_total",
        "process_resident_memory",
    ] {
        assert!(metrics.text.contains(name), "{name}");
    }
    assert!(!metrics.text.contains(created.id()));
    let odd = app.anonymous();
    odd.send(odd.request(Method::from_bytes(b"SHOESIZE").unwrap(), "/healthz")).await;
    let metrics = app.anonymous().get("/metrics").await;
    assert!(metrics.text.contains("method=\"other\"") && !metrics.text.contains("SHOESIZE"));
    let forwarded = app.anonymous();
    let outside = forwarded.request(Method::GET, "/metrics").header("x-forwarded-for", "203.0.113.7");
    assert_eq!(forwarded.send(outside).await.code(), "not_found");
}

#[tokio::test]
async fn the_document_is_public_and_lists_every_status() {
    let app = spawn_app().await;
    let document = app.anonymous().get("/api/openapi.json").await;
    let create = &document.json["paths"]["/api/v1/leads"]["post"];
    for status in ["201", "400", "401", "403", "409", "413", "415", "422", "429", "500", "503"] {
        assert!(create["responses"][status].is_object(), "{status}");
    }
    assert_eq!(app.anonymous().get("/docs/reference/").await.status, 200);
}

#[tokio::test]
async fn the_guide_tells_what_the_code_does() {
    let app = spawn_app().await;
    for path in ["/docs", "/docs/", "/docs/en"] {
        let guide = app.anonymous().get(path).await;
        assert_eq!(guide.status, 200, "{path}");
        let policy = guide.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'") && !policy.contains("unsafe"), "{policy}");
        for row in noren_server::permissions::TABLE.iter().filter_map(|row| row.scope) {
            assert!(guide.text.contains(&format!("<code>{}</code>", row.as_str())), "{path}");
        }
        assert!(guide.text.contains("<code>POST /leads</code>") && guide.text.contains("<code>GET /events</code>"));
        for link in guide.text.split("href=\"/docs").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(app.anonymous().get(&format!("/docs{link}")).await.status, 200, "{link}");
        }
    }
    let closed = spawn_app_with(&[("docs", "false")]).await;
    for path in ["/docs", "/docs/examples/leads.sh", "/docs/reference/"] {
        assert_ne!(closed.anonymous().get(path).await.header("content-type"), "text/plain; charset=utf-8", "{path}");
    }
}

#[tokio::test]
async fn a_schema_from_a_newer_build_keeps_an_old_process_ready() {
    let app = spawn_app().await;
    app.tamper("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_tomorrow', 1)").await;
    assert_eq!(app.anonymous().get("/readyz").await.text, "ready");
    noren_persistence::Db::migrate(&app.settings).await.unwrap();
    app.tamper("DELETE FROM seaql_migrations WHERE version LIKE 'm0009%'").await;
    assert_eq!(app.anonymous().get("/readyz").await.code(), "unavailable");
}

#[tokio::test]
async fn one_address_holds_so_many_connections_and_no_more() {
    let app = spawn_app_with(&[("connections_per_address", "2")]).await;
    let host = app.address.strip_prefix("http://").unwrap();
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(host).await.unwrap();
        assert!(ask(&mut stream).await.starts_with("HTTP/1.1 200"));
        open.push(stream);
    }
    let mut third = TcpStream::connect(host).await.unwrap();
    let refused = ask(&mut third).await;
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("connection: close"), "{refused}");
    drop((third, open.pop()));
    let freed = eventually(async || {
        let mut stream = TcpStream::connect(host).await.unwrap();
        ask(&mut stream).await.starts_with("HTTP/1.1 200")
    });
    assert!(freed.await);
}

#[tokio::test]
async fn a_trusted_proxy_stands_for_many_callers() {
    let app = spawn_app_with(&[("connections_per_address", "1"), ("trusted_proxies", "::ffff:127.0.0.1")]).await;
    let host = app.address.strip_prefix("http://").unwrap();
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(host).await.unwrap();
        assert!(ask(&mut stream).await.starts_with("HTTP/1.1 200"));
        open.push(stream);
    }
}

#[tokio::test]
async fn who_came_by_https_is_told_to_stay_there() {
    let kept = "max-age=63072000; includeSubDomains";
    for (base_url, expected) in [("https://noren.test", kept), ("http://noren.test", "")] {
        let app = spawn_app_with(&[("base_url", base_url)]).await;
        assert_eq!(app.anonymous().get("/healthz").await.header("strict-transport-security"), expected);
    }
}

/// Asks on an open connection whether the server is alive, and leaves the connection open.
async fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: noren.test\r\n\r\n").await.unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..length]).into_owned()
}

#[tokio::test]
async fn browsers_report_what_the_policy_refused() {
    let app = spawn_app().await;
    let browser = app.anonymous();
    let send = |kind: &'static str, body: &'static str| {
        let request = browser.request(Method::POST, "/public/v1/csp-reports").header("content-type", kind);
        browser.send(request.body(body))
    };
    let report = r#"[{"type": "csp-violation", "url": "http://noren.test/leads",
        "body": {"effectiveDirective": "script-src-elem", "blockedURL": "https://tracker.example/x?y"}}]"#;
    assert_eq!(send("application/reports+json", report).await.status, 204);
    assert_eq!(send("text/plain", report).await.code(), "media_type.unsupported");
    assert_eq!(send("application/reports+json", "{}").await.code(), "invalid");
    assert_eq!(send("application/reports+json", r#"[{"body": [null, null]}]"#).await.code(), "invalid");
    for _ in 0..6 {
        send("application/reports+json", "[]").await;
    }
    assert_eq!(send("application/reports+json", report).await.code(), "rate.limited");
}

#[tokio::test]
async fn an_administrator_is_made_and_finds_the_way_back_in() {
    let app = spawn_app().await;
    let create = |password: &str| {
        let (mail, name) = ("Shacho@Noren.Example".to_owned(), "社長 花子".to_owned());
        admin::create(
            &app.app,
            NewAdmin {
                mail,
                name,
                store: "本店".to_owned(),
                password: password.to_owned(),
                forget_second_factor: false,
            },
        )
    };
    assert!(matches!(create("short").await, Err(Refused::Password("too_short"))));
    assert_eq!(create("copper maple harbor 71").await.unwrap(), "shacho@noren.example");
    let mut first = app.anonymous();
    let signed_in = first.log_in("shacho@noren.example", "copper maple harbor 71").await;
    assert_eq!((signed_in.status, &signed_in.json["me"]["role"]), (200, &"administrator".into()), "{}", signed_in.text);
    assert_eq!(signed_in.json["me"]["stores"].as_array().unwrap().len(), 2, "the stores that there are");
    create("velvet walnut pebble 38").await.unwrap();
    assert_eq!(first.get("/api/v1/me").await.code(), "auth.expired", "a new password ends all sessions");
    assert_eq!(first.log_in("shacho@noren.example", "copper maple harbor 71").await.code(), "auth.failed");
    assert_eq!(first.log_in("shacho@noren.example", "velvet walnut pebble 38").await.status, 200);
}

#[tokio::test]
async fn two_migrations_at_once_do_not_collide() {
    let app = spawn_app().await;
    let (one, two) = (app.settings.clone(), app.settings.clone());
    let both = tokio::join!(noren_persistence::Db::migrate(&one), noren_persistence::Db::migrate(&two));
    both.0.unwrap();
    both.1.unwrap();
}
