//! Many writers at once.

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::spawn_app;

#[tokio::test]
async fn fifty_writers_meet_no_locked_database() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut tasks = tokio::task::JoinSet::new();
    for writer in 0..50 {
        let (sales, new) = (sales.clone(), app.new_lead(&format!("書き手 {writer}")));
        tasks.spawn(async move {
            for _ in 0..4 {
                let created = sales.create("/api/v1/leads", &new).await;
                assert_eq!(created.status, 201, "{}", created.text);
                let path = format!("/api/v1/leads/{}", created.id());
                let edited = sales.edit(&path, 1, &json!({"profile": {"note": "追記"}})).await;
                assert_eq!(edited.status, 200, "{}", edited.text);
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(sales.get("/api/v1/lead-counts").await.json["all"], 200);
    let verified = noren_persistence::audit::verify(&app.db).await.unwrap();
    assert!(verified.bad.is_empty(), "{:?}", verified.bad);
}

#[tokio::test]
async fn of_twenty_edits_of_one_version_one_wins() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let created = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let path = format!("/api/v1/leads/{}", created.id());
    let mut tasks = tokio::task::JoinSet::new();
    for editor in 0..20 {
        let (sales, path) = (sales.clone(), path.clone());
        tasks.spawn(
            async move { sales.edit(&path, 1, &json!({"profile": {"note": format!("{editor}")}})).await.status },
        );
    }
    let mut statuses = Vec::new();
    while let Some(status) = tasks.join_next().await {
        statuses.push(status.unwrap());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 19, "{statuses:?}");
    assert_eq!(sales.get(&path).await.json["version"], 2);
}
