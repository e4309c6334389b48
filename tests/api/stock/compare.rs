//! A few cars side by side.

use noren_domain::Yen;
use noren_domain::staff::Role;

use super::{car, numbers, other, stock};
use crate::harness::spawn_app;

const PATH: &str = "/api/v1/vehicle-comparison?stock_numbers=";

#[tokio::test]
async fn cars_lie_side_by_side_in_the_order_in_which_they_were_named() {
    let app = spawn_app().await;
    let cars = ["S-1", "S-2", "S-3", "S-4", "S-5"].map(car);
    stock(&app, cars.to_vec()).await;
    let sales = app.sign_in(Role::Salesperson).await;
    let compared = sales.get(&format!("{PATH}S-3,S-1,S-404,S-3")).await;
    assert_eq!(numbers(&compared), ["S-3", "S-1"], "each once, and what is gone is left out");
    assert_eq!(compared.json["items"][0]["build"]["body_color"], "パールホワイト", "with all that one compares by");
    assert_eq!(numbers(&sales.get(&format!("{PATH}S-1,S-2,S-3,S-4")).await).len(), 4);
    for (asked, code) in [("S-1,S-2,S-3,S-4,S-5", "too_many"), ("S%2F1", "unknown"), ("", "required")] {
        let refused = sales.get(&format!("{PATH}{asked}")).await;
        assert_eq!((refused.status, refused.errors()), (422, vec![format!("stock_numbers {code}")]), "{asked}");
    }
}

#[tokio::test]
async fn what_cars_have_cost_is_compared_by_nobody_and_a_key_sees_those_of_its_stores() {
    let app = spawn_app().await;
    let elsewhere = other("S-2", |car| car.store_code = "002".parse().unwrap());
    stock(&app, vec![other("S-1", |car| car.purchase_cost = Some(Yen(7_654_321))), elsewhere]).await;
    for role in Role::ALL {
        let user = app.user_of(role).await;
        let compared = user.get(&format!("{PATH}S-1,S-2")).await;
        assert!(!compared.text.contains("7654321") && !compared.text.contains("purchase_cost"), "{role:?}");
        let seen = if role == Role::ApiClient { 1 } else { 2 };
        assert_eq!(numbers(&compared).len(), seen, "{role:?}");
    }
}
