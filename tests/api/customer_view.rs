//! お客様表示: what a session is answered whose screen is turned to a customer, and how it is turned back.

use chrono::TimeDelta;
use futures_util::future::join_all;
use noren_domain::staff::{Role, Staff};
use noren_domain::vehicle::{HoldSummary, StockStatus, Vehicle};
use noren_domain::{LeadId, Yen};
use noren_server::permissions::{PUBLIC, Row, TABLE};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, PASSWORD, Stream, TestApp, User, fresh_key, spawn_app};
use crate::permissions::{Operation, operations};
use crate::stock::{arrive, day, numbers, other, row, stock};

const PIN: &str = "402817";
const VIEW: &str = "/api/v1/me/customer-view";
const LEAVE: &str = "/api/v1/me/customer-view/leave";

/// What stands nowhere but where it was planted, and is nothing that a customer is to read.
const SECRETS: [&str; 14] = [
    "7654321",    // 仕入原価
    "3333000",    // the price of before
    "2026-08-09", // since when it is offered
    "2026-07-08", // when it was bought
    "秘密の傷",
    "評価Q4", // three grades
    "内装Q5",
    "外装Q6",
    "ZVW60-7777777", // 車台番号
    "仮押 秘子",     // who holds it
    "内密メモ",      // a note on whom the screen is turned to
    "別府 走子",     // somebody else
    "090-8765-4321",
    "こっそりタグ",
];

/// A house with something to hide: a car, the lead who looks at it, and somebody else who wants it too.
struct House {
    app: TestApp,
    lead: String,
    other: String,
}

impl House {
    async fn open() -> Self {
        let app = spawn_app().await;
        stock(&app, vec![secret_car(3_333_000), other("S-2", |car| car.offer.listed_on = day("2026-10-01"))]).await;
        app.pass(TimeDelta::hours(1));
        arrive(&app, vec![secret_car(3_000_000)], 2).await;
        let administrator = app.sign_in(Role::Administrator).await;
        let tags = json!({"content": {"tags": [{"name": "こっそりタグ", "tone": "warn", "active": true}]}});
        let tagged = administrator.edit("/api/v1/tag-master", 1, &tags).await;
        let tag = &tagged.json["content"]["tags"][0]["id"];
        let mut here = app.new_lead("渡邉 髙志");
        here["profile"]["note"] = json!("内密メモ");
        here["profile"]["tag_ids"] = json!([tag]);
        let mut there = app.new_lead("別府 走子");
        there["profile"]["phones"] = json!(["090-8765-4321"]);
        let mut made = Vec::new();
        for new in [here, there] {
            let created = administrator.create("/api/v1/leads", &new).await;
            assert_eq!(created.status, 201, "{} {}", created.text, tagged.text);
            let linked = administrator.send(administrator.request(Method::PUT, &wanted(created.id(), "S-1"))).await;
            assert_eq!(linked.status, 200, "{}", linked.text);
            made.push(created.id().to_owned());
        }
        let [lead, other] = made.try_into().unwrap();
        Self { app, lead, other }
    }

    async fn turned(&self, role: Role) -> User {
        let user = self.app.sign_in(role).await;
        turn(&user, Some(&self.lead)).await;
        user
    }
}

fn secret_car(total: i64) -> Vehicle {
    other("S-1", |car| {
        car.identity.chassis_number = Some("ZVW60-7777777".into());
        car.history.condition_note = Some("秘密の傷".into());
        car.history.auction_grade = Some("評価Q4".into());
        car.history.interior_grade = Some("内装Q5".into());
        car.history.exterior_grade = Some("外装Q6".into());
        car.offer.advertised_total = Some(Yen(total));
        car.offer.listed_on = day("2026-08-09");
        car.offer.purchased_on = day("2026-07-08");
        car.purchase_cost = Some(Yen(7_654_321));
        car.hold = Some(HoldSummary {
            hold_id: "H-1".parse().unwrap(),
            staff_code: "S004".parse().unwrap(),
            staff_name: "仮押 秘子".into(),
            store_code: "001".parse().unwrap(),
            expires_at: "2026-11-23T09:00:00Z".parse().unwrap(),
        });
    })
}

fn wanted(lead: &str, number: &str) -> String {
    format!("/api/v1/leads/{lead}/wanted-vehicles/{number}")
}

/// As a page of Noren asks.
pub async fn ask_to_turn(user: &User, lead: Option<&str>) -> Answer {
    let request = user.request(Method::PUT, VIEW).header("x-noren", "1").header("sec-fetch-site", "same-origin");
    user.send(request.json(&json!({"lead_id": lead}))).await
}

async fn turn(user: &User, lead: Option<&str>) -> Answer {
    let turned = ask_to_turn(user, lead).await;
    assert_eq!(turned.status, 200, "{}", turned.text);
    turned
}

async fn set_pin(user: &User) {
    let body = json!({"current_password": PASSWORD, "pin": PIN});
    assert_eq!(user.put("/api/v1/me/pin", &body).await.status, 204);
}

fn row_of(operation: &Operation) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.operation == operation.id)
}

/// What asks for an operation about a lead and the secret car.
fn request(user: &User, operation: &Operation, lead: &str) -> reqwest::RequestBuilder {
    let path = operation.path.replace("{id}", lead).replace("{stock_number}", "S-1").replace("{code}", "3710024");
    let path = path.replace("{photo_id}", "S-1-1").replace("{customer_code}", "C-1");
    let query = if operation.id == "compare_vehicles" { "?stock_numbers=S-1,S-2" } else { "" };
    let request = user.request(operation.method.clone(), &format!("{path}{query}")).header("x-noren", "1");
    let request = request.header("sec-fetch-site", "same-origin");
    if operation.method == Method::GET {
        return request;
    }
    let body = if operation.id == "enter_customer_view" { json!({"lead_id": lead}) } else { json!({}) };
    request.header("idempotency-key", fresh_key()).header("if-match", "\"1\"").json(&body)
}

/// Those that a person calls. A stream does not end and a session that is over asks nothing more: both have tests of their own.
fn walked() -> Vec<Operation> {
    let left_out = |id: &str| PUBLIC.iter().any(|(name, _)| *name == id) || ["stream_events", "log_out"].contains(&id);
    operations().into_iter().filter(|operation| !left_out(&operation.id)).collect()
}

#[tokio::test]
async fn no_secret_reaches_a_customer_by_any_operation_and_all_that_is_not_theirs_refuses() {
    let house = House::open().await;
    let manager = house.app.sign_in(Role::Manager).await;
    let mut told = String::new();
    for operation in walked().iter().filter(|operation| operation.method == Method::GET) {
        for lead in [&house.lead, &house.other] {
            told.push_str(&manager.send(request(&manager, operation, lead)).await.text);
        }
    }
    for secret in SECRETS {
        assert!(told.contains(secret), "{secret} is told to nobody, so that it proves nothing");
    }
    for role in [Role::Salesperson, Role::Manager, Role::Administrator] {
        let user = house.turned(role).await;
        for operation in walked() {
            let answer = user.send(request(&user, &operation, &house.lead)).await;
            let what = format!("{role:?} {} {}", operation.id, answer.text);
            if row_of(&operation).is_some_and(|row| row.customer_view) {
                assert!(matches!(answer.status, 200..=303 | 422) || operation.id == "read_vehicle_photo", "{what}");
            } else {
                assert_eq!((answer.status, answer.code()), (403, "view.customer"), "{what}");
            }
            for secret in SECRETS {
                assert!(!answer.text.contains(secret), "{what}");
            }
            let staff = user.id.unwrap().to_string();
            assert!(operation.id == "get_me" || !answer.text.contains(&staff), "{what}");
        }
    }
}

#[tokio::test]
async fn whom_the_screen_is_not_turned_to_is_nobody_there() {
    let house = House::open().await;
    for turned_to in [Some(house.lead.as_str()), None] {
        let user = house.app.sign_in(Role::Administrator).await;
        turn(&user, turned_to).await;
        for operation in walked().iter().filter(|operation| operation.path.starts_with("/api/v1/leads/{id}")) {
            let answer = user.send(request(&user, operation, &house.other)).await;
            assert_eq!((answer.status, answer.code()), (403, "view.customer"), "{} {}", operation.id, answer.text);
        }
        let led_on = ask_to_turn(&user, Some(&house.other)).await;
        assert_eq!((led_on.status, led_on.code()), (403, "view.customer"), "{}", led_on.text);
    }
}

#[tokio::test]
async fn the_screen_is_turned_once_for_every_tab_and_stays_so() {
    let house = House::open().await;
    let mut user = house.app.sign_in(Role::Salesperson).await;
    assert_eq!(user.get(VIEW).await.code(), "not_found");
    assert_eq!(user.get("/api/v1/me").await.json["customer_view"], Value::Null);
    let turned = turn(&user, Some(&house.lead)).await;
    let lead = json!({"lead_id": house.lead, "name": "渡邉 髙志", "company": null});
    assert_eq!(turned.json["lead"], lead);
    house.app.pass(TimeDelta::minutes(1));
    let again = turn(&user, Some(&house.lead)).await;
    assert_eq!(again.json, turned.json, "what is turned stays as it is");
    let tab = user.clone();
    assert_eq!(tab.get("/api/v1/leads").await.code(), "view.customer");
    let reloaded = user.refresh().await;
    assert_eq!(reloaded.json["me"]["customer_view"]["lead_id"], json!(house.lead), "{}", reloaded.text);
    assert_eq!(user.get(VIEW).await.json, turned.json);
    assert_eq!(user.get("/api/v1/leads").await.code(), "view.customer");
    // Another device of the same person is another screen.
    let administrator = house.app.sign_in(Role::Administrator).await;
    let audit = administrator.get("/api/v1/audit-events?action=session.customer_view_entered").await;
    assert_eq!(audit.json["items"].as_array().unwrap().len(), 1, "{}", audit.text);
}

#[tokio::test]
async fn the_screen_is_turned_to_whom_the_person_sees_and_to_nobody_by_a_key() {
    let house = House::open().await;
    let stranger = house.app.sign_in_elsewhere(Role::Salesperson).await;
    for unknown in [house.lead.clone(), LeadId(uuid::Uuid::from_u128(7)).to_string()] {
        let refused = ask_to_turn(&stranger, Some(&unknown)).await;
        assert_eq!((refused.status, refused.errors()), (422, vec!["lead_id unknown".to_owned()]));
    }
    assert_eq!(stranger.get("/api/v1/leads").await.status, 200, "and nothing is turned");
    let key = house.app.integrator().await;
    assert_eq!(ask_to_turn(&key, None).await.code(), "forbidden");
    assert_eq!(stranger.put(VIEW, &json!({})).await.code(), "csrf.refused", "what has no screen turns none");
    assert_eq!(key.post(LEAVE, &json!({"pin": PIN})).await.code(), "forbidden");
}

#[tokio::test]
async fn the_pin_turns_it_back_and_the_fifth_wrong_one_ends_the_session() {
    let house = House::open().await;
    let user = house.app.sign_in(Role::Manager).await;
    set_pin(&user).await;
    let leave = async |pin: &str| user.post(LEAVE, &json!({"pin": pin})).await;
    assert_eq!(leave("111222").await.status, 204, "what is not turned asks for nothing");
    turn(&user, None).await;
    assert_eq!(user.post(LEAVE, &json!({})).await.errors(), ["pin required"]);
    assert_eq!(user.post(LEAVE, &json!({"current_password": PASSWORD})).await.errors(), ["pin required"]);
    for _ in 0..4 {
        assert_eq!(leave("111222").await.errors(), ["pin pin.wrong"]);
    }
    assert_eq!(user.get("/api/v1/leads").await.code(), "view.customer");
    assert_eq!(leave("４０２８１７").await.status, 204, "which forgets the wrong ones");
    assert_eq!(user.get("/api/v1/leads").await.status, 200);
    turn(&user, None).await;
    for _ in 0..4 {
        assert_eq!(leave("111222").await.errors(), ["pin pin.wrong"]);
    }
    assert_eq!(leave("111222").await.code(), "auth.expired");
    assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired");
    let administrator = house.app.sign_in(Role::Administrator).await;
    for (action, times) in [("customer_view_entered", 2), ("customer_view_left", 1), ("pins_exhausted", 1)] {
        let noted = administrator.get(&format!("/api/v1/audit-events?action=session.{action}")).await;
        assert_eq!(noted.json["items"].as_array().unwrap().len(), times, "{action} {}", noted.text);
    }
}

/// A hundred at once are a hundred: four are looked at, and the fifth ends it.
#[tokio::test]
async fn pins_at_once_are_counted_one_by_one() {
    let house = House::open().await;
    let user = house.app.sign_in(Role::Salesperson).await;
    set_pin(&user).await;
    turn(&user, None).await;
    let guesses = (0..100).map(|number| {
        let user = user.clone();
        async move { user.post(LEAVE, &json!({"pin": format!("55{number:04}")})).await.status }
    });
    let statuses = join_all(guesses).await;
    let looked_at = statuses.iter().filter(|status| **status == 422).count();
    assert!((1..=4).contains(&looked_at), "{looked_at} of {statuses:?}");
    assert_eq!(user.post(LEAVE, &json!({"pin": PIN})).await.code(), "auth.expired");
}

#[tokio::test]
async fn who_has_no_pin_turns_it_back_by_the_password() {
    let house = House::open().await;
    let user = house.turned(Role::Salesperson).await;
    assert_eq!(user.post(LEAVE, &json!({"pin": PIN})).await.errors(), ["current_password required"]);
    let wrong = user.post(LEAVE, &json!({"current_password": "wrong password 12345"})).await;
    assert_eq!(wrong.errors(), ["current_password password.wrong"]);
    assert_eq!(user.get("/api/v1/leads").await.code(), "view.customer");
    assert_eq!(user.post(LEAVE, &json!({"current_password": PASSWORD})).await.status, 204);
    assert_eq!(user.get("/api/v1/leads").await.status, 200);
}

#[tokio::test]
async fn a_screen_that_is_unlocked_is_still_turned() {
    let house = House::open().await;
    let person: Staff = house.app.hire(Role::Salesperson).await;
    let mut tablet = house.app.anonymous();
    assert_eq!(tablet.log_in(&person.mail, PASSWORD).await.status, 200);
    set_pin(&tablet).await;
    let session = tablet.get("/api/v1/me").await.json["session_id"].as_str().unwrap().to_owned();
    turn(&tablet, None).await;
    house.app.pass(TimeDelta::minutes(60));
    assert_eq!(tablet.refresh().await.code(), "auth.locked");
    let opened = tablet.unlock(&session, PIN).await;
    assert!(opened.json["me"]["customer_view"].is_object(), "{}", opened.text);
    assert_eq!(tablet.get("/api/v1/leads").await.code(), "view.customer");
}

#[tokio::test]
async fn a_stream_tells_a_customer_of_themselves_alone_from_the_very_moment_on() {
    let house = House::open().await;
    let (user, colleague) = (house.app.sign_in(Role::Manager).await, house.app.sign_in(Role::Administrator).await);
    set_pin(&user).await;
    let neighbour = house.app.neighbour().await;
    let mut streams = [Stream::open(&user).await, Stream::open(&neighbour.asked_by(&user)).await];
    let touch = async |lead: &str, number: &str, method: Method| {
        let touched = colleague.send(colleague.request(method, &wanted(lead, number))).await;
        assert_eq!(touched.status, 200, "{}", touched.text);
    };
    touch(&house.other, "S-2", Method::PUT).await;
    for stream in &mut streams {
        stream.expect_change(&house.other).await;
    }
    turn(&user, Some(&house.lead)).await;
    touch(&house.other, "S-2", Method::DELETE).await;
    touch(&house.lead, "S-2", Method::PUT).await;
    for stream in &mut streams {
        let said = stream.expect_change(&house.lead).await;
        assert_eq!((&said.data["staff_id"], &said.data["mentions_me"]), (&Value::Null, &json!(false)));
    }
    assert_eq!(user.post(LEAVE, &json!({"pin": PIN})).await.status, 204);
    touch(&house.other, "S-2", Method::PUT).await;
    for stream in &mut streams {
        stream.expect_change(&house.other).await;
    }
}

#[tokio::test]
async fn a_customer_sees_whether_a_car_can_be_had_and_no_order_of_age() {
    let house = House::open().await;
    let more = [("S-3", StockStatus::Wholesale), ("S-4", StockStatus::Received)];
    stock(&house.app, more.map(|(number, status)| other(number, |car| car.status = status)).to_vec()).await;
    let user = house.turned(Role::Manager).await;
    let all = user.get("/api/v1/vehicles?part=all").await;
    for (number, status) in
        [("S-1", "negotiating"), ("S-2", "listed"), ("S-3", "contracted"), ("S-4", "reconditioning")]
    {
        let seen = row(&all, number);
        assert_eq!(seen["status"], status, "{number}");
        for hidden in ["listed_on", "price_cut", "hold"] {
            assert_eq!(seen[hidden], Value::Null, "{number} {hidden}");
        }
    }
    let by = async |sort: &str| numbers(&user.get(&format!("/api/v1/vehicles?part=all&sort={sort}")).await);
    assert_eq!(by("oldest").await, by("cheapest").await);
    assert_eq!(by("newest").await, by("cheapest").await);
    let one = user.get("/api/v1/vehicles/S-1").await;
    assert_eq!((&one.json["changes"], &one.json["days_listed"]), (&json!([]), &Value::Null), "{}", one.text);
    assert_eq!((&one.json["changed_at"], one.json.get("purchase_cost")), (&Value::Null, None));
}

#[tokio::test]
async fn what_the_customer_likes_is_linked_and_nothing_is_said_of_the_house() {
    let house = House::open().await;
    let user = house.turned(Role::Salesperson).await;
    let linked = user.send(user.request(Method::PUT, &wanted(&house.lead, "S-2"))).await;
    let items = linked.json["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{}", linked.text);
    assert!(items.iter().all(|item| item["staff_id"].is_null()), "{}", linked.text);
    let taken = user.delete(&wanted(&house.lead, "S-2")).await;
    assert_eq!(taken.json["items"].as_array().unwrap().len(), 1, "{}", taken.text);
    let administrator = house.app.sign_in(Role::Administrator).await;
    let audit = administrator.get(&format!("/api/v1/audit-events?subject=lead:{}&limit=2", house.lead)).await;
    let by: Vec<_> = audit.json["items"].as_array().unwrap().iter().map(|event| event["actor"].clone()).collect();
    assert_eq!(
        by,
        vec![json!(format!("staff:{}", user.id.unwrap())); 2],
        "in the name of who turned it: {}",
        audit.text
    );
}
