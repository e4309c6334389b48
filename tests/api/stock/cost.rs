//! What a car has cost the company reaches managers and administrators, on its own page, and nobody else by any way.

use noren_domain::staff::Role;
use noren_extreme_simulator::Stream as Theirs;
use serde_json::json;

use crate::extreme::Dealer;

/// A figure that stands nowhere else.
const COST: i64 = 7_654_321;

#[tokio::test]
async fn the_cost_of_a_car_is_in_no_byte_that_others_get() {
    let dealer = Dealer::open().await;
    let control = dealer.control();
    for number in control.keys(Theirs::Vehicles, 1_000).unwrap() {
        control.edit(Theirs::Vehicles, &number, &json!({"purchase_cost_yen": COST})).unwrap();
    }
    assert!(dealer.settles().await);
    let app = &dealer.app;
    // The key's store is the first.
    let sales = app.sign_in(Role::Salesperson).await;
    let first = sales.get(&format!("/api/v1/vehicles?limit=1&store_ids={}", app.first_store)).await;
    let number = first.json["items"][0]["stock_number"].as_str().unwrap();
    let lists = ["vehicles?part=all&limit=200", "vehicles?q=7654321", "vehicle-overview", "vehicle-overview?part=all"];
    let lead = app.sign_in(Role::Administrator).await.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let lead = lead.id();
    for role in Role::ALL {
        let user = app.user_of(role).await;
        let shown = matches!(role, Role::Manager | Role::Administrator);
        // Just asked of EXTREME, which tells the cost; as it was known; and with something changed in between.
        for change in ["", "live"] {
            if !change.is_empty() {
                control.edit(Theirs::Vehicles, number, &json!({"odometer_km": 12_345})).unwrap();
            }
            let one = user.get(&format!("/api/v1/vehicles/{number}")).await;
            assert_eq!(one.status, 200, "{role:?} {}", one.text);
            assert_eq!(one.json.get("purchase_cost"), shown.then(|| json!(COST)).as_ref(), "{role:?}");
            assert_eq!(one.text.contains(&COST.to_string()), shown, "{role:?} {}", one.text);
        }
        let wanted = format!("/api/v1/leads/{lead}/wanted-vehicles");
        let linked = user.send(user.request(reqwest::Method::PUT, &format!("{wanted}/{number}"))).await;
        let mut answers = vec![(wanted.clone(), linked), (wanted.clone(), user.get(&wanted).await)];
        answers.push((number.to_owned(), user.get(&format!("/api/v1/vehicles/{number}/interested-leads")).await));
        answers.push(("timeline".to_owned(), user.get(&format!("/api/v1/leads/{lead}/timeline")).await));
        for path in lists {
            answers.push((path.to_owned(), user.get(&format!("/api/v1/{path}")).await));
        }
        for (path, answer) in answers {
            assert_eq!(answer.status, 200, "{role:?} {path} {}", answer.text);
            assert!(!answer.text.contains(&COST.to_string()), "{role:?} {path}");
            assert!(!answer.text.contains("purchase_cost"), "{role:?} {path}");
        }
    }
}
