//! What screens choose from.

use noren_domain::staff::Role;

use crate::harness::{eventually, spawn_app, spawn_app_with};

#[tokio::test]
async fn the_shipped_sources_are_listed_in_order() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let sources = sales.get("/api/v1/lead-sources").await;
    let items = sources.json["items"].as_array().unwrap();
    assert_eq!(items.len(), 15);
    assert_eq!((&items[0]["code"], &items[0]["name_ja"]), (&"carsensor".into(), &"カーセンサー".into()));
}

#[tokio::test]
async fn a_postal_code_offers_all_of_its_places() {
    let app = spawn_app_with(&[("postal_codes", "true")]).await;
    let sales = app.sign_in(Role::Salesperson).await;
    assert!(
        eventually(
            async || sales.get("/api/v1/postal-codes/4980000").await.json["items"].as_array().unwrap().len() == 2
        )
        .await
    );
    let places = sales.get("/api/v1/postal-codes/498-0000").await;
    let mut prefectures: Vec<&str> =
        places.json["items"].as_array().unwrap().iter().map(|p| p["prefecture"].as_str().unwrap()).collect();
    prefectures.sort_unstable();
    assert_eq!(prefectures, ["三重県", "愛知県"]);
    assert_eq!(sales.get("/api/v1/postal-codes/0000000").await.json["items"].as_array().unwrap().len(), 0);
    assert_eq!(sales.get("/api/v1/postal-codes/12").await.code(), "not_found");
}
