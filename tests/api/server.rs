//! The process itself: health, readiness, metrics, documents and pages.

use noren_domain::staff::Role;

use crate::harness::spawn_app;

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
    assert!(!metrics.text.contains(created.id()));
    let forwarded = app.anonymous();
    let outside = forwarded.request(reqwest::Method::GET, "/metrics").header("x-forwarded-for", "203.0.113.7");
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
    assert_eq!(app.anonymous().get("/docs/").await.status, 200);
}

#[tokio::test]
async fn two_migrations_at_once_do_not_collide() {
    let app = spawn_app().await;
    let (one, two) = (app.settings.clone(), app.settings.clone());
    let both = tokio::join!(noren_persistence::Db::migrate(&one), noren_persistence::Db::migrate(&two));
    both.0.unwrap();
    both.1.unwrap();
}
