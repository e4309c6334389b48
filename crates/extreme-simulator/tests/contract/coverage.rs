//! Every operation with every status that the contract has for it.

use std::collections::{BTreeMap, BTreeSet};

use noren_extreme_simulator::{Fault, Kind, Stream};
use serde_json::{Value, json};

use super::bodies::{cancellation, claim, contract, correction, in_hours, quote, staff_edit};
use super::client::{Asked, Shop, basic};
use super::document::CONTRACT;

/// What a request of each operation needs to be answered with 2xx.
struct Samples {
    stock_number: String,
    photo_id: String,
    customer_code: String,
    hold_id: String,
    contract_number: String,
    correction_number: String,
}

impl Samples {
    async fn of(shop: &Shop) -> Self {
        let cars = shop.free_cars(3);
        let photo = |key: &String| {
            let vehicle = shop.control().record(Stream::Vehicles, key).unwrap();
            vehicle["photos"][0]["photo_id"].as_str().map(str::to_owned)
        };
        let photo_id = shop.free_cars(3).iter().find_map(photo).unwrap();
        let hold_id = shop.control().place_hold(&cars[1], "S004", 10).unwrap();
        let asked = shop.ask("register_contract").key("sample-contract").json(&contract(&cars[2]));
        let contract_number = asked.go().await.text("contract_number");
        let asked = shop.ask("request_correction").key("sample-correction").json(&correction("C-000001"));
        let correction_number = asked.go().await.text("correction_number");
        Self {
            stock_number: cars[0].clone(),
            photo_id,
            customer_code: "C-000001".to_owned(),
            hold_id,
            contract_number,
            correction_number,
        }
    }

    /// The operation with all that it needs in its path.
    fn ask<'a>(&self, shop: &'a Shop, id: &str) -> Asked<'a> {
        shop.ask(id)
            .at("stock_number", &self.stock_number)
            .at("photo_id", &self.photo_id)
            .at("customer_code", &self.customer_code)
            .at("staff_code", "S004")
            .at("hold_id", &self.hold_id)
            .at("contract_number", &self.contract_number)
            .at("correction_number", &self.correction_number)
            .at("stream", "vehicles")
    }

    /// The operation with nothing in its path that is there.
    fn ask_for_nobody<'a>(shop: &'a Shop, id: &str) -> Asked<'a> {
        let names = [
            "stock_number",
            "customer_code",
            "staff_code",
            "hold_id",
            "contract_number",
            "correction_number",
            "stream",
        ];
        let asked = names.into_iter().fold(shop.ask(id), |asked, name| asked.at(name, "NOBODY"));
        asked.at("photo_id", "NOBODY-1-0000")
    }
}

#[actix_web::test]
async fn every_operation_answers_with_every_status_that_it_has() {
    let shop = Shop::open().await;
    let samples = Samples::of(&shop).await;
    reads(&shop, &samples).await;
    refusals(&shop, &samples).await;
    faults(&shop, &samples).await;
    tokens(&shop).await;
    staff(&shop).await;
    holds(&shop, &samples).await;
    deals(&shop, &samples).await;
    cursors_that_expire(&shop).await;
    let seen = shop.seen.lock().unwrap().clone();
    let all: BTreeSet<(String, u16)> = CONTRACT
        .operations()
        .iter()
        .flat_map(|one| CONTRACT.statuses(one).into_iter().map(|status| (one.id.clone(), status)).collect::<Vec<_>>())
        .collect();
    let missing: BTreeMap<_, _> = all.difference(&seen).map(|(id, status)| (id, status)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
}

async fn reads(shop: &Shop, samples: &Samples) {
    for operation in CONTRACT.operations().into_iter().filter(|one| one.method == "GET") {
        let reply = samples.ask(shop, &operation.id).go().await;
        assert_eq!(reply.status, 200, "{}", operation.id);
        if CONTRACT.statuses(&operation).contains(&304) {
            let etag = reply.header("etag").unwrap();
            let again = samples.ask(shop, &operation.id).header("if-none-match", &etag).go().await;
            assert_eq!(again.status, 304, "{}", operation.id);
        }
    }
}

/// 400, 401, 403, 404 and 428, which need no state.
async fn refusals(shop: &Shop, samples: &Samples) {
    let nothing = shop.token(Some("")).await;
    for operation in CONTRACT.operations().into_iter().filter(|one| one.id != "issue_token") {
        let (id, statuses) = (operation.id.as_str(), CONTRACT.statuses(&operation));
        assert_eq!(samples.ask(shop, id).unknown().go().await.status, 401, "{id}");
        assert_eq!(samples.ask(shop, id).by("no token").go().await.text("code"), "token.invalid", "{id}");
        if statuses.contains(&403) {
            assert_eq!(samples.ask(shop, id).by(&nothing).go().await.status, 403, "{id}");
        }
        if statuses.contains(&400) && operation.method == "GET" {
            assert_eq!(samples.ask(shop, id).query("limit=0").go().await.text("code"), "limit.invalid", "{id}");
        }
        if statuses.contains(&400) && operation.method != "GET" {
            let asked =
                samples.ask(shop, id).header("if-match", "\"1\"").key("some-key-1").raw("application/json", "{");
            assert!([400, 412].contains(&asked.go().await.status), "{id}");
        }
        if statuses.contains(&404) {
            let asked = Samples::ask_for_nobody(shop, id).header("if-match", "\"1\"").key("some-key-2");
            let body = match id {
                "place_hold" => claim(&in_hours(shop, 1)),
                "extend_hold" => json!({"expires_at": in_hours(shop, 1)}),
                "cancel_contract" => cancellation(),
                "request_correction" => correction("NOBODY"),
                _ => staff_edit(),
            };
            let asked = if operation.method == "GET" { asked } else { asked.json(&body) };
            assert_eq!(asked.go().await.status, 404, "{id}");
        }
        if statuses.contains(&428) {
            let body = if id == "put_staff" { staff_edit() } else { json!({"expires_at": in_hours(shop, 1)}) };
            assert_eq!(samples.ask(shop, id).json(&body).go().await.text("code"), "if_match.missing", "{id}");
        }
    }
    let asked = samples.ask(shop, "put_staff").header("if-match", "\"1\"").raw("application/json", "{");
    assert_eq!(asked.go().await.text("code"), "body.unreadable");
}

async fn faults(shop: &Shop, samples: &Samples) {
    for operation in CONTRACT.operations() {
        for (status, kind) in [
            (429, Kind::TooManyRequests { retry_after: 7 }),
            (500, Kind::Error { status: 500 }),
            (503, Kind::Unavailable { retry_after: 7 }),
        ] {
            let id = shop.control().add_fault(Fault::new(kind).of(&operation.id).times(1));
            assert_eq!(samples.ask(shop, &operation.id).go().await.status, status, "{}", operation.id);
            shop.control().clear_fault(id).unwrap();
        }
    }
}

async fn tokens(shop: &Shop) {
    let good = basic("noren", "a secret of the tests");
    let refused = |body: &'static str, authorization: String| async move {
        let asked = shop.ask("issue_token").raw("application/x-www-form-urlencoded", body);
        let reply = asked.header("authorization", &authorization).go().await;
        (reply.status, reply.text("error"))
    };
    assert_eq!(refused("grant_type=password", good.clone()).await, (400, "unsupported_grant_type".to_owned()));
    assert_eq!(refused("x=1", good.clone()).await, (400, "invalid_request".to_owned()));
    let scope = "grant_type=client_credentials&scope=stock%3Aread+world%3Arule";
    assert_eq!(refused(scope, good).await, (400, "invalid_scope".to_owned()));
    let wrong = basic("noren", "guess");
    assert_eq!(refused("grant_type=client_credentials", wrong).await, (401, "invalid_client".to_owned()));
}

async fn staff(shop: &Shop) {
    let ask = |code: &str| shop.ask("put_staff").at("staff_code", code).json(&staff_edit());
    let etag = shop.ask("read_staff").at("staff_code", "S004").go().await.header("etag").unwrap();
    let changed = ask("S004").header("if-match", &etag).go().await;
    assert_eq!((changed.status, changed.text("role")), (200, "manager".to_owned()));
    assert_eq!((&changed.body["store_code"], &changed.body["proposed"]["store_code"]), (&json!("001"), &json!("002")));
    let stale = ask("S004").header("if-match", &etag).go().await;
    assert_eq!((stale.status, stale.text("code")), (412, "staff.stale".to_owned()));
    assert_eq!(stale.body["current"], changed.body);
    let made = ask("S099").header("if-none-match", "*").go().await;
    assert_eq!(
        (made.status, &made.body["store_code"], made.header("etag").unwrap()),
        (201, &json!("002"), "\"1\"".to_owned())
    );
    assert_eq!(ask("S099").header("if-none-match", "*").go().await.status, 412);
    let nameless = json!({"role": "manager", "mail": null, "notifications": null});
    let asked = shop.ask("put_staff").at("staff_code", "S098").header("if-none-match", "*").json(&nameless).go().await;
    assert_eq!((asked.status, &asked.body["errors"][0]["field"]), (422, &json!("proposed")));
}

async fn holds(shop: &Shop, samples: &Samples) {
    let place = |key: &str, hours: i64| {
        let asked = shop.ask("place_hold").at("stock_number", &samples.stock_number);
        asked.key(key).json(&claim(&in_hours(shop, hours)))
    };
    assert_eq!(place("hold-key-0", 73).go().await.body["errors"], json!([{"field": "expires_at", "code": "too_late"}]));
    let held = place("hold-key-1", 24).go().await;
    assert_eq!(held.status, 201);
    let taken = place("hold-key-2", 24).go().await;
    assert_eq!((taken.text("code"), &taken.body["hold"]["hold_id"]), ("hold.taken".to_owned(), &held.body["hold_id"]));
    let hold_id = held.text("hold_id");
    let extend = |etag: &'static str, hours: i64| {
        let body = json!({"expires_at": in_hours(shop, hours)});
        shop.ask("extend_hold").at("hold_id", &hold_id).header("if-match", etag).json(&body)
    };
    let extended = extend("\"1\"", 48).go().await;
    assert_eq!((extended.status, extended.header("etag").unwrap()), (200, "\"2\"".to_owned()));
    assert_eq!(extend("\"1\"", 48).go().await.body["current_revision"], 2);
    assert_eq!(extend("\"2\"", 100).go().await.status, 422);
    let asked = extend("\"2\"", 1).raw("application/merge-patch+json", "[");
    assert_eq!(asked.go().await.status, 400);
    for _ in 0..2 {
        let released = shop.ask("release_hold").at("hold_id", &hold_id).go().await;
        assert_eq!((released.status, released.text("state")), (200, "released".to_owned()));
    }
    assert_eq!(extend("\"3\"", 1).go().await.text("code"), "hold.over");
    let vehicle = shop.ask("read_vehicle").at("stock_number", &samples.stock_number).go().await;
    assert_eq!((vehicle.text("status"), &vehicle.body["hold"]), ("listed".to_owned(), &Value::Null));
}

async fn deals(shop: &Shop, samples: &Samples) {
    let quoted = |key: &str, body: &Value| shop.ask("register_quote").key(key).json(body);
    let first = quoted("quote-key-1", &quote("Q-1", 1)).go().await;
    let second = quoted("quote-key-2", &quote("Q-1", 2)).go().await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.text("extreme_quote_number"), second.text("extreme_quote_number"));
    assert_eq!(quoted("quote-key-3", &quote("Q-1", 1)).go().await.text("code"), "quote.superseded");
    assert_eq!(quoted("quote-key-2", &quote("Q-1", 3)).go().await.text("code"), "idempotency.mismatch");

    let mut body = contract(&samples.stock_number);
    body["extreme_quote_number"] = json!(first.text("extreme_quote_number"));
    let signed = |key: &str, body: &Value| shop.ask("register_contract").key(key).json(body);
    let registered = signed("contract-key-1", &body).go().await;
    assert_eq!((registered.status, registered.text("state")), (201, "registered".to_owned()));
    let sold = signed("contract-key-2", &body).go().await;
    assert_eq!((sold.text("code"), &sold.body["vehicle_status"]), ("vehicle.sold".to_owned(), &json!("contracted")));
    body["stock_number"] = json!("NOBODY");
    assert_eq!(signed("contract-key-3", &body).go().await.status, 422);

    let cancel = |number: &str, key: &str| {
        shop.ask("cancel_contract").at("contract_number", number).key(key).json(&cancellation())
    };
    let number = registered.text("contract_number");
    assert_eq!(cancel(&number, "cancel-key-1").go().await.text("state"), "cancelled");
    assert_eq!(cancel(&number, "cancel-key-2").go().await.text("state"), "cancelled");
    let nobody = json!({"cancelled_at": "2026-11-24T10:00:00+09:00", "reason": "", "staff_code": "S004"});
    let asked = shop.ask("cancel_contract").at("contract_number", &number).key("cancel-key-3").json(&nobody);
    assert_eq!(asked.go().await.body["errors"], json!([{"field": "reason", "code": "length"}]));
    let wrong = json!({"reference": "r"});
    assert_eq!(shop.ask("request_correction").key("wrong-key-1").json(&wrong).go().await.status, 422);
    let car = shop.free_cars(1).remove(0);
    let number = signed("contract-key-5", &contract(&car)).go().await.text("contract_number");
    let delivered = || shop.control().record(Stream::Vehicles, &car).unwrap()["status"] == "delivered";
    (0..400).find(|_| {
        shop.control().advance(1).unwrap();
        delivered()
    });
    assert_eq!(cancel(&number, "cancel-key-5").go().await.text("code"), "contract.delivered");
}

/// The last, because it turns the clock past the life of the token too.
async fn cursors_that_expire(shop: &Shop) {
    let lists: Vec<_> = CONTRACT.operations().into_iter().filter(|one| one.id.ends_with("_changes")).collect();
    let mut cursors = Vec::new();
    for operation in &lists {
        cursors.push(shop.ask(&operation.id).go().await.text("next"));
    }
    shop.control().clock().turn(31 * 86_400);
    shop.sign_in().await;
    for (operation, cursor) in lists.iter().zip(cursors) {
        let reply = shop.ask(&operation.id).query(&format!("after={cursor}")).go().await;
        assert_eq!((reply.status, reply.text("code")), (410, "cursor.expired".to_owned()), "{}", operation.id);
    }
}
