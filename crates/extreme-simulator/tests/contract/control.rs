//! The control endpoint, the page for people, and what is no path of the contract.

use noren_extreme_simulator::{Config, Stream};
use serde_json::{Value, json};

use super::client::{Reply, Shop};

async fn send(shop: &Shop, method: &str, path: &str, body: Option<Value>) -> Reply {
    let url = format!("http://{}{path}", shop.running.address());
    let mut request = shop.http.request(method.parse().unwrap(), url);
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap().to_vec();
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    Reply { status, headers, bytes, body }
}

#[actix_web::test]
async fn faults_are_put_in_force_and_cleared_over_http() {
    let shop = Shop::open().await;
    let fault = json!({"kind": "unavailable", "retry_after": 3, "operations": ["read_health"], "times": 1});
    let added = send(&shop, "POST", "/control/faults", Some(fault)).await;
    assert_eq!((added.status, &added.body["id"]), (201, &json!(1)));
    assert_eq!(shop.ask("read_health").go().await.status, 503);
    let listed = send(&shop, "GET", "/control/faults", None).await;
    assert_eq!((&listed.body[0]["kind"], &listed.body[0]["happened"]), (&json!("unavailable"), &json!(1)));
    assert_eq!(send(&shop, "DELETE", "/control/faults/1", None).await.status, 204);
    assert_eq!(send(&shop, "DELETE", "/control/faults/1", None).await.status, 404);
    assert_eq!(send(&shop, "POST", "/control/faults", Some(json!({"kind": "bad luck"}))).await.status, 400);
    let nowhere = json!({"kind": "cut_body", "operations": ["read_minds"]});
    assert_eq!(send(&shop, "POST", "/control/faults", Some(nowhere)).await.text("code"), "operation.unknown");
}

#[actix_web::test]
async fn records_the_clock_and_the_settings_are_in_hand() {
    let shop = Shop::open().await;
    let edited = send(&shop, "POST", "/control/customers/C-000005", Some(json!({"name": "新しい 名前"}))).await;
    assert_eq!(edited.body["revision"], 2);
    assert_eq!(shop.ask("read_customer").at("customer_code", "C-000005").go().await.text("name"), "新しい 名前");
    let merged = send(&shop, "POST", "/control/customers/C-000005/merge", Some(json!({"into": "C-000006"}))).await;
    assert_eq!(merged.status, 204);
    assert_eq!(send(&shop, "GET", "/control/customers/C-000005", None).await.status, 404);
    assert_eq!(send(&shop, "DELETE", "/control/customers/C-000006", None).await.status, 204);
    let car = shop.free_cars(1).remove(0);
    let hold = json!({"staff_code": "S005", "hours": 4});
    let held = send(&shop, "POST", &format!("/control/vehicles/{car}/holds"), Some(hold)).await;
    assert_eq!(held.status, 201);
    let released = send(&shop, "DELETE", &format!("/control/holds/{}", held.text("hold_id")), None).await;
    assert_eq!(released.status, 204);
    let clock = json!({"frozen_at": "2030-01-01T00:00:00+09:00"});
    let set = send(&shop, "PUT", "/control/clock", Some(clock)).await;
    assert_eq!(set.text("now"), "2030-01-01T00:00:00+09:00");
    let turned = send(&shop, "POST", "/control/clock/turn", Some(json!({"seconds": 60}))).await;
    assert_eq!(turned.text("now"), "2030-01-01T00:01:00+09:00");
    shop.sign_in().await;
    assert_eq!(shop.ask("read_health").go().await.text("time"), "2030-01-01T00:01:00+09:00");
    let settings = json!({"page": 50, "cursor_seconds": 86_400});
    assert_eq!(send(&shop, "PUT", "/control/settings", Some(settings)).await.status, 200);
    assert_eq!(shop.ask("read_health").go().await.body["limits"]["page"], 50);
    assert_eq!(shop.ask("list_vehicle_changes").query("limit=51").go().await.status, 400);
    let moved = shop.control().count(Stream::Vehicles).unwrap();
    assert_eq!(send(&shop, "POST", "/control/movement", Some(json!({"steps": 10}))).await.status, 204);
    assert!(shop.control().count(Stream::Vehicles).unwrap() > moved);
    assert_eq!(send(&shop, "DELETE", "/control/tokens", None).await.status, 204);
    assert_eq!(shop.ask("read_health").go().await.status, 401);
}

#[actix_web::test]
async fn requests_are_counted_until_they_are_reset() {
    let shop = Shop::open().await;
    shop.ask("read_health").go().await;
    shop.ask("read_health").unknown().go().await;
    let counts = send(&shop, "GET", "/control/requests", None).await;
    assert_eq!(counts.body["operations"]["read_health"], json!({"200": 1, "401": 1}));
    assert_eq!(send(&shop, "DELETE", "/control/requests", None).await.status, 204);
    assert_eq!(send(&shop, "GET", "/control/requests", None).await.body["operations"], json!({}));
}

#[actix_web::test]
async fn where_control_is_off_nothing_of_it_is_there() {
    let shop = Shop::with(&Config { control: false, ..Config::for_tests() }).await;
    for path in ["/control/faults", "/control/requests", "/control/vehicles/S-00001"] {
        assert_eq!(send(&shop, "GET", path, None).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn a_key_that_does_not_change_lets_in_too() {
    let shop = Shop::open().await;
    let with = |key: &str| shop.ask("read_health").unknown().header("x-extreme-key", key);
    assert_eq!(with("a-key-of-the-tests").go().await.status, 200);
    assert_eq!(with("a-key-of-nobody").go().await.status, 401);
}

#[actix_web::test]
async fn what_is_no_operation_is_a_problem_too() {
    let shop = Shop::open().await;
    let nowhere = send(&shop, "GET", "/extreme/v1/nowhere", None).await;
    assert_eq!((nowhere.status, nowhere.text("code")), (404, "not_found".to_owned()));
    assert_eq!(nowhere.header("content-type").unwrap(), "application/problem+json");
    let wrong = send(&shop, "DELETE", "/extreme/v1/vehicles/S-00001", None).await;
    assert_eq!((wrong.status, wrong.header("allow").unwrap().as_str()), (405, "GET"));
    assert_eq!(wrong.text("code"), "method.unknown");
    let large =
        shop.ask("register_quote").key("too-large-1").raw("application/json", &" ".repeat(300 * 1024)).go().await;
    assert_eq!((large.status, large.text("code")), (400, "body.too_large".to_owned()));
}

#[actix_web::test]
async fn the_page_shows_what_there_is_and_believes_nobody() {
    let shop = Shop::open().await;
    let mut quote = super::bodies::quote("Q-<b>", 1);
    quote["quote_number"] = json!("Q-1");
    quote["customer_name"] = json!("<script>alert(1)</script>");
    shop.ask("register_quote").key("a-quote-to-show").json(&quote).go().await;
    shop.control().place_hold(&shop.free_cars(1)[0], "S008", 4).unwrap();
    let page = send(&shop, "GET", "/", None).await;
    let html = String::from_utf8(page.bytes).unwrap();
    assert_eq!(page.status, 200);
    assert!(html.contains("塚越 彩") && html.contains("Q-1") && html.contains("register_quote"));
    assert!(!html.contains("<script>") && html.contains("&#60;script&#62;"));
}
