//! What is written is written once, and one of many gets the car.

use futures_util::future::join_all;
use noren_extreme_simulator::{Decision, Fault, Kind, Stream};
use serde_json::json;

use super::bodies::{cancellation, claim, contract, correction, in_hours, quote};
use super::client::Shop;

#[actix_web::test]
async fn of_a_hundred_claims_at_once_one_gets_the_car() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let body = claim(&in_hours(&shop, 5));
    let claims = (0..100).map(|number| {
        let asked = shop.ask("place_hold").at("stock_number", &car).key(&format!("claim-number-{number}"));
        asked.json(&body).go()
    });
    let replies = join_all(claims).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 201);
    assert_eq!((won.len(), lost.len()), (1, 99));
    for reply in lost {
        assert_eq!((reply.status, &reply.body["hold"]["hold_id"]), (409, &won[0].body["hold_id"]));
    }
    let now = shop.ask("read_availability").at("stock_number", &car).go().await;
    assert_eq!((now.text("status"), &now.body["available"]), ("negotiating".to_owned(), &json!(false)));
}

#[actix_web::test]
async fn a_hold_ends_by_the_clock_and_gives_the_car_free() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let asked =
        shop.ask("place_hold").at("stock_number", &car).key("hold-of-an-hour").json(&claim(&in_hours(&shop, 1)));
    let hold_id = asked.go().await.text("hold_id");
    let revision = shop.control().record(Stream::Vehicles, &car).unwrap()["revision"].as_u64().unwrap();
    shop.control().clock().turn(3_601);
    shop.sign_in().await;
    let free = shop.ask("read_availability").at("stock_number", &car).go().await;
    assert_eq!((&free.body["available"], &free.body["revision"]), (&json!(true), &json!(revision + 1)));
    let hold = shop.ask("read_hold").at("hold_id", &hold_id).go().await;
    assert_eq!((hold.text("state"), &hold.body["ended_at"]), ("expired".to_owned(), &hold.body["expires_at"]));
    shop.control().clock().turn(31 * 86_400);
    shop.sign_in().await;
    assert_eq!(shop.ask("read_hold").at("hold_id", &hold_id).go().await.status, 404);
}

#[actix_web::test]
async fn a_hold_from_extreme_itself_stands_in_the_way() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let hold_id = shop.control().place_hold(&car, "S007", 5).unwrap();
    let hold = shop.ask("read_hold").at("hold_id", &hold_id).go().await;
    assert_eq!((&hold.body["reference"], hold.text("staff_name")), (&json!(null), "星野 拓也".to_owned()));
    let reply = shop.ask("register_contract").key("in-the-way-1").json(&contract(&car)).go().await;
    assert_eq!((reply.text("code"), &reply.body["hold"]["hold_id"]), ("hold.taken".to_owned(), &json!(hold_id)));
    let mut own = contract(&car);
    own["hold_id"] = json!(hold_id);
    assert_eq!(shop.ask("register_contract").key("in-the-way-2").json(&own).go().await.status, 201);
    assert_eq!(shop.ask("read_hold").at("hold_id", &hold_id).go().await.text("state"), "contracted");
    assert_eq!(shop.control().record(Stream::Vehicles, &car).unwrap()["hold"], json!(null));
}

#[actix_web::test]
async fn a_repeat_gets_the_first_answer_and_has_no_effect() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let customers = shop.control().count(Stream::Customers).unwrap();
    let ask = || shop.ask("register_contract").key("contract-once").json(&contract(&car));
    let (first, second) = (ask().go().await, ask().go().await);
    assert_eq!((first.status, first.header("idempotency-replayed")), (201, None));
    assert_eq!((second.status, second.header("idempotency-replayed")), (201, Some("true".to_owned())));
    assert_eq!(first.body, second.body);
    assert_eq!(shop.control().count(Stream::Customers).unwrap(), customers + 1);
    let counts = shop.control().counts();
    assert_eq!((counts.effects["contract-once"], counts.replays["contract-once"]), (1, 1));
    let mut other = contract(&car);
    other["total_yen"] = json!(1);
    let reply = shop.ask("register_contract").key("contract-once").json(&other).go().await;
    assert_eq!(reply.text("code"), "idempotency.mismatch");
}

#[actix_web::test]
async fn what_was_refused_can_be_tried_again_with_the_same_key() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let hold_id = shop.control().place_hold(&car, "S007", 5).unwrap();
    let body = claim(&in_hours(&shop, 5));
    let ask = || shop.ask("place_hold").at("stock_number", &car).key("try-again-1").json(&body);
    assert_eq!(ask().go().await.status, 409);
    shop.control().release_hold(&hold_id).unwrap();
    assert_eq!(ask().go().await.status, 201);
    let other = shop.free_cars(1).remove(0);
    let elsewhere = shop.ask("place_hold").at("stock_number", &other).key("try-again-1").json(&body).go().await;
    assert_eq!(elsewhere.text("code"), "idempotency.mismatch", "the same body for another car is another effect");
}

#[actix_web::test]
async fn an_answer_that_was_lost_is_found_by_its_key() {
    let shop = Shop::open().await;
    shop.control().add_fault(Fault::new(Kind::LostResponse).of("register_quote").times(1));
    let ask = || shop.ask("register_quote").key("lost-answer-1").json(&quote("Q-9", 1));
    assert!(ask().send().await.is_err());
    assert_eq!(shop.control().counts().of("register_quote", "closed"), 1);
    let again = ask().go().await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, Some("true".to_owned())));
    assert_eq!(shop.control().counts().effects["lost-answer-1"], 1);
}

#[actix_web::test]
async fn a_contract_that_is_cancelled_gives_the_car_free() {
    let shop = Shop::open().await;
    let car = shop.free_cars(1).remove(0);
    let number =
        shop.ask("register_contract").key("to-be-cancelled").json(&contract(&car)).go().await.text("contract_number");
    assert_eq!(shop.control().record(Stream::Vehicles, &car).unwrap()["status"], "contracted");
    let asked = shop.ask("cancel_contract").at("contract_number", &number).key("cancels-it").json(&cancellation());
    let cancelled = asked.go().await;
    assert_eq!(
        (cancelled.text("state"), cancelled.text("cancelled_at")),
        ("cancelled".to_owned(), "2026-11-24T10:00:00+09:00".to_owned())
    );
    let vehicle = shop.control().record(Stream::Vehicles, &car).unwrap();
    assert_eq!((&vehicle["status"], &vehicle["sold_on"]), (&json!("listed"), &json!(null)));
}

#[actix_web::test]
async fn a_wish_that_is_granted_arrives_by_the_stream() {
    let shop = Shop::open().await;
    let next = shop.ask("list_customer_changes").query("limit=1000").go().await.text("next");
    let wish = |key: &str| shop.ask("request_correction").key(key).json(&correction("C-000003"));
    let number = wish("a-wish-to-grant").go().await.text("correction_number");
    let refused = wish("a-wish-to-refuse").go().await.text("correction_number");
    shop.control().decide(&number, &Decision::Accepted).unwrap();
    shop.control().decide(&refused, &Decision::Refused { reason: "確認が取れません".to_owned() }).unwrap();
    assert!(shop.control().decide(&number, &Decision::Accepted).is_err());
    let page = shop.ask("list_customer_changes").query(&format!("after={next}")).go().await;
    assert_eq!(page.body["items"][0]["building"], "松原ハイツ305");
    for (number, state, reason) in [(number, "accepted", json!(null)), (refused, "refused", json!("確認が取れません"))]
    {
        let reply = shop.ask("read_correction_request").at("correction_number", &number).go().await;
        assert_eq!((reply.text("state"), &reply.body["reason"]), (state.to_owned(), &reason));
    }
}
