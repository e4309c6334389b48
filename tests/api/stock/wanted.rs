//! Which leads want which cars.

use futures_util::future::{join, join_all};
use noren_domain::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{car, other, stock};
use crate::harness::{Answer, Stream, TestApp, User, eventually, spawn_app};

async fn lead(app: &TestApp, by: &User, name: &str) -> String {
    let created = by.create("/api/v1/leads", &app.new_lead(name)).await;
    assert_eq!(created.status, 201, "{}", created.text);
    created.id().to_owned()
}

fn path(lead: &str, number: &str) -> String {
    format!("/api/v1/leads/{lead}/wanted-vehicles/{number}")
}

async fn link(user: &User, lead: &str, number: &str) -> Answer {
    user.send(user.request(Method::PUT, &path(lead, number))).await
}

/// The numbers that a lead wants.
fn wanted(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json["items"].as_array().unwrap().iter().map(|item| item["stock_number"].as_str().unwrap()).collect()
}

async fn lines(user: &User, lead: &str, kind: &str) -> Vec<Value> {
    let timeline = user.get(&format!("/api/v1/leads/{lead}/timeline")).await;
    let items = timeline.json["items"].as_array().unwrap().iter();
    items.map(|item| item["event"].clone()).filter(|event| event["kind"] == kind).collect()
}

#[tokio::test]
async fn a_car_is_linked_and_taken_away_once_however_often_it_is_asked() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    stock(&app, vec![car("S-1"), car("S-2")]).await;
    let id = lead(&app, &sales, "渡邉 髙志").await;
    let mut stream = Stream::open(&administrator).await;
    assert_eq!(wanted(&link(&sales, &id, "S-1").await), ["S-1"]);
    stream.expect_change(&id).await;
    assert_eq!(wanted(&link(&sales, &id, "S-1").await), ["S-1"], "and nothing else happens");
    app.pass(chrono::TimeDelta::minutes(1));
    let both = link(&sales, &id, "S-2").await;
    assert_eq!(wanted(&both), ["S-2", "S-1"], "the last to be linked first");
    assert_eq!(both.json["items"][0]["vehicle"]["model_name"], "プリウス");
    assert_eq!(both.json["items"][0]["staff_id"], json!(sales.id));
    let line = json!({"kind": "vehicle_linked", "stock_number": "S-1", "name": "トヨタ プリウス Z"});
    assert_eq!(lines(&sales, &id, "vehicle_linked").await[1], line);
    assert_eq!(lines(&sales, &id, "vehicle_linked").await.len(), 2);

    assert_eq!(wanted(&sales.delete(&path(&id, "S-1")).await), ["S-2"]);
    assert_eq!(wanted(&sales.delete(&path(&id, "S-1")).await), ["S-2"]);
    assert_eq!(lines(&sales, &id, "vehicle_unlinked").await.len(), 1);
    let audit = administrator.get(&format!("/api/v1/audit-events?subject=lead:{id}&limit=3")).await;
    let noted: Vec<_> = audit.json["items"].as_array().unwrap().iter().map(|event| event["action"].clone()).collect();
    assert_eq!(noted, [json!("lead.vehicle_unlinked"), json!("lead.vehicle_linked"), json!("lead.vehicle_linked")]);
    app.tamper("DELETE FROM vehicles").await;
    let gone = sales.get(&format!("/api/v1/leads/{id}/wanted-vehicles")).await;
    assert_eq!((wanted(&gone), &gone.json["items"][0]["vehicle"]), (vec!["S-2"], &Value::Null));
    assert_eq!(wanted(&sales.delete(&path(&id, "S-2")).await), [""; 0], "what is gone can be taken away");
}

#[tokio::test]
async fn who_may_edit_the_lead_may_link_and_nobody_else() {
    let app = spawn_app().await;
    let (sales, manager) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    let (colleague, stranger) = (app.sign_in(Role::Salesperson).await, app.sign_in_elsewhere(Role::Salesperson).await);
    stock(&app, vec![car("S-1")]).await;
    let id = lead(&app, &sales, "渡邉 髙志").await;
    let version = sales.get(&format!("/api/v1/leads/{id}")).await.json["version"].as_i64().unwrap();
    let given = manager.act(&format!("/api/v1/leads/{id}/assign"), version, &json!({"assignee_id": sales.id})).await;
    assert_eq!(given.status, 200, "{}", given.text);
    assert_eq!(link(&colleague, &id, "S-1").await.code(), "forbidden");
    assert_eq!(colleague.delete(&path(&id, "S-1")).await.code(), "forbidden");
    assert_eq!(link(&stranger, &id, "S-1").await.code(), "not_found");
    for user in [&sales, &manager] {
        assert_eq!(wanted(&link(user, &id, "S-1").await), ["S-1"]);
    }
    assert_eq!(wanted(&colleague.get(&format!("/api/v1/leads/{id}/wanted-vehicles")).await), ["S-1"]);
    assert_eq!(link(&sales, &id, "S-404").await.code(), "not_found");
    assert_eq!(link(&sales, "0192f0c1-2345-7abc-8def-0123456789ab", "S-1").await.code(), "not_found");
}

#[tokio::test]
async fn a_lead_wants_twenty_at_most_whoever_links_at_once() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    stock(&app, (0..25).map(|at| car(&format!("S-{at}"))).collect()).await;
    let id = lead(&app, &sales, "渡邉 髙志").await;
    for at in 0..19 {
        assert_eq!(link(&sales, &id, &format!("S-{at}")).await.status, 200);
    }
    let last = join_all(["S-20", "S-21", "S-22", "S-23"].map(|number| link(&sales, &id, number))).await;
    let taken = last.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(taken, 1, "{:?}", last.iter().map(|answer| answer.status).collect::<Vec<_>>());
    let refused = last.iter().find(|answer| answer.status != 200).unwrap();
    assert_eq!((refused.status, refused.errors()), (422, vec!["stock_number too_many".to_owned()]));
    assert_eq!(wanted(&link(&sales, &id, "S-0").await).len(), 20, "what is linked already stays linked");
}

#[tokio::test]
async fn two_who_link_one_car_at_once_link_it_once() {
    let app = spawn_app().await;
    let (sales, manager) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    stock(&app, (0..10).map(|at| car(&format!("S-{at}"))).collect()).await;
    let id = lead(&app, &sales, "渡邉 髙志").await;
    for at in 0..10 {
        let number = format!("S-{at}");
        let (one, two) = join(link(&sales, &id, &number), link(&manager, &id, &number)).await;
        assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
    }
    assert_eq!(lines(&sales, &id, "vehicle_linked").await.len(), 10);
}

#[tokio::test]
async fn who_wants_a_car_is_named_to_those_who_see_them_and_counted_for_the_others() {
    let app = spawn_app().await;
    let (sales, stranger) = (app.sign_in(Role::Salesperson).await, app.sign_in_elsewhere(Role::Salesperson).await);
    let administrator = app.sign_in(Role::Administrator).await;
    stock(&app, vec![car("S-1"), car("S-2")]).await;
    let own = lead(&app, &sales, "渡邉 髙志").await;
    let mut there = app.new_lead("高崎 太郎");
    there["store_id"] = json!(app.second_store);
    let theirs = stranger.create("/api/v1/leads", &there).await.id().to_owned();
    assert_eq!(link(&sales, &own, "S-1").await.status, 200);
    assert_eq!(link(&stranger, &theirs, "S-1").await.status, 200);
    let path = "/api/v1/vehicles/S-1/interested-leads";
    for (user, seen, name, hidden) in [(&sales, &own, "渡邉 髙志", "高崎"), (&stranger, &theirs, "高崎 太郎", "渡邉")]
    {
        let answer = user.get(path).await;
        let items = answer.json["items"].as_array().unwrap();
        assert_eq!((items.len(), &answer.json["elsewhere"]), (1, &json!(1)), "{}", answer.text);
        assert_eq!((&items[0]["lead_id"], &items[0]["name"]), (&json!(seen), &json!(name)));
        assert_eq!((&items[0]["status"], &items[0]["temperature"]), (&json!("new"), &json!("this_month")));
        assert!(!answer.text.contains(hidden), "{}", answer.text);
    }
    let all = administrator.get(path).await;
    assert_eq!((all.json["items"].as_array().unwrap().len(), &all.json["elsewhere"]), (2, &json!(0)));
    assert_eq!(sales.get("/api/v1/vehicles/S-2/interested-leads").await.json, json!({"items": [], "elsewhere": 0}));
    assert_eq!(sales.get("/api/v1/vehicles/S-404/interested-leads").await.code(), "not_found");
    let looked = eventually(async || {
        let looks = administrator.get("/api/v1/access-events?limit=200").await;
        let looks = looks.json["items"].as_array().unwrap().clone();
        looks.iter().filter(|look| look["kind"] == "lead_list").count() == 3
    });
    assert!(looked.await, "each look at somebody is recorded");
}

#[tokio::test]
async fn whose_person_was_erased_wants_nothing_any_more() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    stock(&app, vec![car("S-1"), other("S-2", |car| car.identity.grade.clear())]).await;
    let id = lead(&app, &sales, "渡邉 髙志").await;
    assert_eq!(link(&sales, &id, "S-1").await.status, 200);
    let given_up = json!({"to": "disqualified", "reason": "他社で購入"});
    assert_eq!(sales.create(&format!("/api/v1/leads/{id}/status-changes"), &given_up).await.status, 201);
    let version = sales.get(&format!("/api/v1/leads/{id}")).await.json["version"].as_i64().unwrap();
    let proof = json!({"reason": "requested", "note": "運転免許証を窓口で確認"});
    let erased = administrator.act(&format!("/api/v1/leads/{id}/erase"), version, &proof).await;
    assert_eq!(erased.status, 200, "{}", erased.text);
    assert_eq!(lines(&sales, &id, "vehicle_linked").await.len(), 1, "what was done stays, for it names nobody");
    let interested = administrator.get("/api/v1/vehicles/S-1/interested-leads").await;
    assert_eq!(interested.json, json!({"items": [], "elsewhere": 0}));
    assert_eq!(link(&sales, &id, "S-2").await.code(), "lead.erased");
    assert_eq!(sales.delete(&path(&id, "S-1")).await.code(), "lead.erased");
}
