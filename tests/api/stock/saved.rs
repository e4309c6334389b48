//! The filters that people keep.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use crate::harness::{User, spawn_app};

const PATH: &str = "/api/v1/vehicle-filters";

fn minivans() -> Value {
    json!({"name": "300万円までのミニバン", "query": "total_to=3000000&body_types=minivan"})
}

async fn names(user: &User) -> Vec<String> {
    let list = user.get(PATH).await;
    assert_eq!(list.status, 200, "{}", list.text);
    list.json["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_filter_is_kept_changed_and_forgotten_by_its_person_alone() {
    let app = spawn_app().await;
    let (sales, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    let made = sales.create_as("keep-this-one", PATH, &minivans()).await;
    assert_eq!((made.status, made.header("etag"), &made.json["version"]), (201, "\"1\"", &json!(1)), "{}", made.text);
    let path = format!("{PATH}/{}", made.id());
    assert_eq!(made.header("location"), path);
    let again = sales.create_as("keep-this-one", PATH, &minivans()).await;
    assert_eq!((again.status, again.header("idempotency-replayed"), &again.text), (201, "true", &made.text));
    assert_eq!(names(&sales).await, ["300万円までのミニバン"]);

    assert_eq!(names(&colleague).await, [""; 0]);
    assert_eq!(colleague.edit(&path, 1, &json!({"name": "x"})).await.code(), "not_found");
    assert_eq!(colleague.delete(&path).await.code(), "not_found");

    let renamed = sales.edit(&path, 1, &json!({"name": "ミニバン"})).await;
    assert_eq!((renamed.status, renamed.header("etag")), (200, "\"2\""), "{}", renamed.text);
    assert_eq!(renamed.json["query"], minivans()["query"], "what was not sent stays");
    let late = sales.edit(&path, 1, &json!({"query": "part=sold"})).await;
    assert_eq!((late.code(), &late.json["current"]["name"]), ("stale", &json!("ミニバン")));
    let same = sales.edit(&path, 2, &json!({"name": "ミニバン"})).await;
    assert_eq!((same.status, same.header("etag")), (200, "\"2\""), "nothing changed");

    assert_eq!(sales.delete(&path).await.status, 204);
    assert_eq!(sales.delete(&path).await.code(), "not_found");
    assert_eq!(names(&sales).await, [""; 0]);
    assert_eq!(
        sales.create_as("keep-this-one", PATH, &minivans()).await.code(),
        "not_found",
        "a repeat makes nothing anew"
    );
    let audit = app.sign_in(Role::Administrator).await.get("/api/v1/audit-events?area=vehicle_filter").await;
    let actions: Vec<&str> =
        audit.json["items"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["vehicle_filter.deleted", "vehicle_filter.edited", "vehicle_filter.created"]);
}

#[tokio::test]
async fn a_name_is_taken_once_for_each_person() {
    let app = spawn_app().await;
    let (sales, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    assert_eq!(sales.create(PATH, &minivans()).await.status, 201);
    let other = sales.create(PATH, &json!({"name": "売れた車", "query": "part=sold"})).await;
    let taken = sales.create(PATH, &minivans()).await;
    assert_eq!((taken.status, taken.errors()), (409, vec!["name taken".to_owned()]), "{}", taken.text);
    let renamed = sales.edit(&format!("{PATH}/{}", other.id()), 1, &json!({"name": " 300万円までのミニバン "})).await;
    assert_eq!((renamed.status, renamed.errors()), (409, vec!["name taken".to_owned()]));
    assert_eq!(colleague.create(PATH, &minivans()).await.status, 201);
}

#[tokio::test]
async fn what_the_list_would_refuse_is_not_kept() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for query in [
        "body_types=tank",
        "color=red",
        "total_from=-1",
        "limit=5",
        "after=x",
        "year_from=then",
        "q=%00",
        "sort=newest&sort=oldest",
        "?part=sold",
    ] {
        let answer = sales.create(PATH, &json!({"name": "x", "query": query})).await;
        assert_eq!((answer.status, answer.errors()), (422, vec!["query form".to_owned()]), "{query}");
    }
    let blank = sales.create(PATH, &json!({"name": "　", "query": ""})).await;
    assert_eq!(blank.errors(), ["name required"]);
    let made = sales.create(PATH, &json!({"name": "全部", "query": ""})).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let edited = sales.edit(&format!("{PATH}/{}", made.id()), 1, &json!({"query": "part=none"})).await;
    assert_eq!(edited.errors(), ["query form"]);
}

#[tokio::test]
async fn a_person_keeps_fifty() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for at in 0..50 {
        assert_eq!(sales.create(PATH, &json!({"name": format!("条件{at}"), "query": "part=sold"})).await.status, 201);
    }
    let more = sales.create(PATH, &minivans()).await;
    assert_eq!((more.status, more.errors()), (422, vec!["name too_many".to_owned()]));
}
