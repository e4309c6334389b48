//! タグ: the master, and the leads that are marked with them.

use noren_domain::staff::Role;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, User, fresh_key, spawn_app};

const MASTER: &str = "/api/v1/tag-master";
/// The id of no tag.
const UNKNOWN: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

/// A master of these names; gives their ids.
async fn tags(app: &TestApp, names: &[&str]) -> Vec<String> {
    let administrator = app.sign_in(Role::Administrator).await;
    let row = |name: &&str| json!({"name": name, "tone": "plain", "active": true});
    let rows: Vec<Value> = names.iter().map(row).collect();
    let settled = administrator.edit(MASTER, 1, &json!({"content": {"tags": rows}})).await;
    assert_eq!((settled.status, settled.header("etag")), (200, "\"2\""), "{}", settled.text);
    let rows = settled.json["content"]["tags"].as_array().unwrap();
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// Takes a tag out of use.
async fn retire(app: &TestApp, name: &str) {
    let administrator = app.sign_in(Role::Administrator).await;
    let master = administrator.get(MASTER).await;
    let mut rows = master.json["content"]["tags"].as_array().unwrap().clone();
    rows.iter_mut().find(|row| row["name"] == name).unwrap()["active"] = false.into();
    let patch = json!({"content": {"tags": rows}});
    assert_eq!(administrator.edit(MASTER, master.json["version"].as_i64().unwrap(), &patch).await.status, 200);
}

async fn lead(user: &User, app: &TestApp, (name, tags): (&str, &[&String])) -> Answer {
    let mut new = app.new_lead(name);
    new["profile"]["tag_ids"] = json!(tags);
    user.create("/api/v1/leads", &new).await
}

fn names(answer: &Answer) -> Vec<&str> {
    answer.json["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_administrator_settles_the_tags_as_one_list() {
    let app = spawn_app().await;
    let (administrator, sales) = (app.sign_in(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let empty = administrator.get(MASTER).await;
    assert_eq!((empty.status, empty.header("etag")), (200, "\"1\""));
    assert_eq!(empty.json["content"], json!({"tags": []}), "each dealer's are their own");
    let ids = tags(&app, &["下取あり", "県外"]).await;
    let rows = json!([
        {"id": ids[1], "name": "県外", "tone": "warn", "active": true},
        {"id": null, "name": "法人", "tone": "ok", "active": true},
        {"id": ids[0], "name": "下取り", "tone": "accent", "active": false},
    ]);
    let patch = json!({"content": {"tags": rows}});
    let edited = administrator.edit(MASTER, 2, &patch).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"3\""), "{}", edited.text);
    let listed = sales.get("/api/v1/tags").await;
    assert_eq!(listed.json["items"], edited.json["content"]["tags"], "what others choose from is in the same order");
    assert_eq!(names(&listed), ["県外", "法人", "下取り"]);
    assert_eq!(listed.json["items"][2]["id"], ids[0], "a new name is the same tag");

    let unchanged = json!({"content": {"tags": edited.json["content"]["tags"]}});
    let again = administrator.edit(MASTER, 3, &unchanged).await;
    assert_eq!((again.status, again.header("etag")), (200, "\"3\""), "what changes nothing is no version");
    let stale = administrator.edit(MASTER, 2, &patch).await;
    assert_eq!((stale.status, stale.code()), (412, "stale"));
    assert_eq!(stale.json["current"]["version"], 3);
    let audit = administrator.get("/api/v1/audit-events?area=tags").await;
    let last = &audit.json["items"][0];
    assert_eq!((&last["action"], &last["chain"]), (&json!("tags.edited"), &json!("company")));
    let renamed = json!({"field": "下取り", "before": "1. 下取あり, plain, active", "after": "3. 下取り, accent, retired", "erased": false});
    let changes = last["changes"].as_array().unwrap();
    assert!(changes.contains(&renamed), "{changes:?}");
}

#[tokio::test]
async fn a_list_that_breaks_a_rule_changes_nothing() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let ids = tags(&app, &["下取あり", "県外"]).await;
    let rows = json!([
        {"id": ids[0], "name": "ＶＩＰ", "tone": "plain", "active": true},
        {"id": ids[0], "name": "vip", "tone": "plain", "active": true},
        {"id": UNKNOWN, "name": " ", "tone": "plain", "active": true},
    ]);
    let refused = administrator.edit(MASTER, 2, &json!({"content": {"tags": rows}})).await;
    assert_eq!(refused.status, 422);
    let expected = [
        "content.tags.1.id tag.twice",
        "content.tags.1.name name.twice",
        "content.tags.2.id tag.unknown",
        "content.tags.2.name required",
        "content.tags tags.missing",
    ];
    assert_eq!(refused.errors(), expected);
    let red = json!([{"name": "赤", "tone": "danger", "active": true}]);
    assert_eq!(administrator.edit(MASTER, 2, &json!({"content": {"tags": red}})).await.status, 422);
    let long = json!([{"name": "あ".repeat(21), "tone": "plain", "active": true}]);
    let long = administrator.edit(MASTER, 2, &json!({"content": {"tags": long}})).await;
    assert_eq!(long.errors(), ["content.tags.0.name too_long"]);
    assert_eq!(administrator.get(MASTER).await.header("etag"), "\"2\"");
}

#[tokio::test]
async fn only_administrators_settle_tags_and_a_key_of_the_masters_reads_them() {
    let app = spawn_app().await;
    tags(&app, &["県外"]).await;
    for role in [Role::Salesperson, Role::Manager] {
        let user = app.sign_in(role).await;
        assert_eq!(user.get(MASTER).await.code(), "forbidden");
        assert_eq!(user.edit(MASTER, 2, &json!({"content": {"tags": []}})).await.code(), "forbidden");
        assert_eq!(names(&user.get("/api/v1/tags").await), ["県外"]);
    }
    let (key, _) = app.integrator_with(&json!({"scopes": ["masters.read"]})).await;
    assert_eq!(names(&key.get("/api/v1/tags").await), ["県外"]);
    assert_eq!(key.get(MASTER).await.status, 403);
    let (other, _) = app.integrator_with(&json!({"scopes": ["leads.create"]})).await;
    assert_eq!(other.get("/api/v1/tags").await.status, 403);
}

#[tokio::test]
async fn a_lead_has_its_tags_in_the_order_of_the_master() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let ids = tags(&app, &["下取あり", "県外", "法人"]).await;
    let made = lead(&sales, &app, ("渡邉 髙志", &[&ids[2], &ids[0], &ids[2]])).await;
    assert_eq!((made.status, &made.json["profile"]["tag_ids"]), (201, &json!([ids[0], ids[2]])), "{}", made.text);
    let path = format!("/api/v1/leads/{}", made.id());
    assert_eq!(sales.get(&path).await.json, made.json);
    let row = &sales.get("/api/v1/leads").await.json["items"][0];
    assert_eq!(row["tag_ids"], json!([ids[0], ids[2]]));

    let edited = sales.edit(&path, 1, &json!({"profile": {"tag_ids": [ids[1], ids[0]]}})).await;
    assert_eq!(edited.json["profile"]["tag_ids"], json!([ids[0], ids[1]]), "{}", edited.text);
    let same = sales.edit(&path, 2, &json!({"profile": {"tag_ids": [ids[1], ids[0]]}})).await;
    assert_eq!((same.status, same.header("etag")), (200, "\"2\""), "the same tags in another order are the same");
    let note = sales.edit(&path, 2, &json!({"profile": {"note": "電話は夜"}})).await;
    assert_eq!(note.json["profile"]["tag_ids"], json!([ids[0], ids[1]]), "what is not sent stays");
    let assigned = sales.act(&format!("{path}/assign"), 3, &json!({"assignee_id": sales.id})).await;
    assert_eq!(assigned.json["profile"]["tag_ids"], json!([ids[0], ids[1]]));
    let none = sales.edit(&path, 4, &json!({"profile": {"tag_ids": []}})).await;
    assert_eq!(none.json["profile"]["tag_ids"], json!([]), "{}", none.text);
}

#[tokio::test]
async fn timeline_and_audit_say_the_names_as_they_were() {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    let ids = tags(&app, &["下取あり", "県外"]).await;
    let made = lead(&manager, &app, ("渡邉 髙志", &[&ids[0]])).await;
    let path = format!("/api/v1/leads/{}", made.id());
    assert_eq!(manager.edit(&path, 1, &json!({"profile": {"tag_ids": ids}})).await.status, 200);
    retire(&app, "県外").await;
    let change = json!({"field": "tag_ids", "before": "下取あり", "after": "下取あり, 県外"});
    let timeline = manager.get(&format!("{path}/timeline")).await;
    assert_eq!(timeline.json["items"][0]["event"], json!({"kind": "edited", "changes": [change]}));
    let audit = manager.get(&format!("/api/v1/audit-events?subject=lead:{}", made.id())).await;
    let told = |at: usize| {
        let changes = audit.json["items"][at]["changes"].as_array().unwrap();
        let change = changes.iter().find(|change| change["field"] == "tag_ids").unwrap();
        (change["before"].clone(), change["after"].clone())
    };
    assert_eq!(told(0), (change["before"].clone(), change["after"].clone()));
    assert_eq!(told(1), (Value::Null, json!("下取あり")), "what a lead begins with is in the audit too");
}

#[tokio::test]
async fn a_retired_tag_stays_where_it_is_and_is_given_to_nobody_else() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let ids = tags(&app, &["下取あり", "県外"]).await;
    let made = lead(&sales, &app, ("渡邉 髙志", &[&ids[1]])).await;
    retire(&app, "県外").await;
    let path = format!("/api/v1/leads/{}", made.id());
    let both = sales.edit(&path, 1, &json!({"profile": {"tag_ids": ids}})).await;
    assert_eq!(both.json["profile"]["tag_ids"], json!(ids), "{}", both.text);
    let refused = lead(&sales, &app, ("佐藤", &[&ids[1]])).await;
    assert_eq!((refused.status, refused.errors()), (422, vec!["profile.tag_ids tag.retired".to_owned()]));
    let unknown = lead(&sales, &app, ("佐藤", &[&UNKNOWN.to_owned()])).await;
    assert_eq!(unknown.errors(), ["profile.tag_ids tag.unknown"]);
    let other = lead(&sales, &app, ("佐藤", &[])).await;
    let path = format!("/api/v1/leads/{}", other.id());
    let late = sales.edit(&path, 1, &json!({"profile": {"tag_ids": [ids[1]], "phones": ["090"]}})).await;
    assert_eq!(late.errors(), ["profile.tag_ids tag.retired", "profile.phones.0 phone.length"]);
    let found = sales.get(&format!("/api/v1/leads?tag_id={}", ids[1])).await;
    assert_eq!(names(&found), ["渡邉 髙志"], "and it is still found by it");
}

#[tokio::test]
async fn a_lead_has_ten_tags_and_no_more() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let names: Vec<String> = (1..=11).map(|number| format!("タグ{number}")).collect();
    let ids = tags(&app, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let ids: Vec<&String> = ids.iter().collect();
    assert_eq!(lead(&sales, &app, ("渡邉 髙志", &ids)).await.errors(), ["profile.tag_ids too_many"]);
    assert_eq!(lead(&sales, &app, ("渡邉 髙志", &ids[1..])).await.status, 201);
}

#[tokio::test]
async fn a_lead_is_made_once_with_its_tags() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let ids = tags(&app, &["県外"]).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["profile"]["tag_ids"] = json!(ids);
    let key = fresh_key();
    let made = sales.create_as(&key, "/api/v1/leads", &new).await;
    retire(&app, "県外").await;
    let again = sales.create_as(&key, "/api/v1/leads", &new).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!((again.id(), &again.json["profile"]["tag_ids"]), (made.id(), &json!(ids)));
    assert_eq!(sales.get("/api/v1/leads").await.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_leads_of_a_tag_are_paged_in_every_order() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let ids = tags(&app, &["下取あり", "県外"]).await;
    let mut expected = Vec::new();
    for (number, kana) in ["ア", "イ", "ウ", "エ", "オ", "カ"].into_iter().enumerate() {
        let tagged: &[&String] = if number % 3 == 2 { &[&ids[1]] } else { &[&ids[0], &ids[1]] };
        let mut new = app.new_lead(kana);
        new["profile"]["kana"] = json!(kana);
        new["profile"]["tag_ids"] = json!(tagged);
        assert_eq!(sales.create("/api/v1/leads", &new).await.status, 201);
        if number % 3 != 2 {
            expected.push(kana);
        }
        app.pass(chrono::TimeDelta::seconds(20));
    }
    let first = format!("/api/v1/leads?tag_id={}", ids[0]);
    for (sort, turned) in [("newest", true), ("oldest", false), ("updated", true), ("kana", false)] {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let page = sales.get(&format!("{first}&sort={sort}&limit=3{after}")).await;
            assert_eq!(page.status, 200, "{}", page.text);
            found.extend(names(&page).into_iter().map(str::to_owned));
            let Some(next) = page.json["next"].as_str() else { break };
            after = format!("&after={next}");
            let elsewhere = sales.get(&format!("/api/v1/leads?tag_id={}&sort={sort}&limit=3{after}", ids[1])).await;
            assert_eq!(elsewhere.status, 400, "a cursor is of one filter: {}", elsewhere.text);
        }
        if turned {
            found.reverse();
        }
        assert_eq!(found, expected, "{sort}");
    }
    let narrowed = sales.get(&format!("{first}&q=イ&status=new&store_id={}", app.first_store)).await;
    assert_eq!(names(&narrowed), ["イ"]);
    assert_eq!(names(&sales.get(&format!("/api/v1/leads?tag_id={UNKNOWN}")).await), Vec::<&str>::new());
    assert_eq!(sales.get("/api/v1/leads?tag_id=県外").await.status, 422);
    let stranger = app.sign_in_elsewhere(Role::Manager).await;
    assert!(names(&stranger.get(&first).await).is_empty());
}
