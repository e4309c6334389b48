//! 見込み客: their life, who sees them, and how they are found.

use noren_domain::staff::Role;
use noren_persistence::{Actor, leads};
use noren_server::clock::Clock;
use serde_json::json;

use crate::harness::{TestApp, User, spawn_app};

async fn lead(user: &User, app: &TestApp, name: &str) -> (String, i64) {
    let answer = user.create("/api/v1/leads", &app.new_lead(name)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    (answer.id().to_owned(), answer.json["version"].as_i64().unwrap())
}

fn names(answer: &crate::harness::Answer) -> Vec<String> {
    let items = answer.json["items"].as_array().unwrap();
    items.iter().map(|item| item["profile"]["name"].as_str().or(item["name"].as_str()).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_new_lead_is_answered_whole_and_stands_in_the_list() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let answer = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    assert_eq!(answer.header("etag"), "\"1\"");
    assert_eq!(answer.header("location"), format!("/api/v1/leads/{}", answer.id()));
    assert_eq!(answer.json["status"], "new");
    assert_eq!(answer.json["phone_numbers"][0]["digits"], "09012345678");
    assert_eq!(answer.json["allowed"]["move_to"], json!(["working", "nurturing", "disqualified"]));
    assert_eq!(answer.json["response_due_at"], "2026-11-21T01:05:00Z");
    let read = sales.get(answer.header("location")).await;
    assert_eq!(read.json, answer.json);
    assert_eq!(names(&sales.get("/api/v1/leads").await), ["渡邉 髙志"]);
    let counts = sales.get("/api/v1/lead-counts").await;
    assert_eq!(counts.json, json!({"new": 1, "mine": 0, "nurturing": 0, "all": 1}));
}

#[tokio::test]
async fn the_typed_text_is_kept_and_the_rest_normalised() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["profile"]["kana"] = json!("わたなべ ﾀｶｼ");
    new["profile"]["company"] = json!("㈱山田");
    new["profile"]["phones"] = json!(["０９０ー１２３４ー５６７８"]);
    new["profile"]["address"] = json!({"postal_code": "〒371-0024"});
    let answer = sales.create("/api/v1/leads", &new).await;
    let profile = &answer.json["profile"];
    assert_eq!(profile["kana"], "ワタナベ タカシ");
    assert_eq!(profile["company"], "㈱山田");
    assert_eq!(profile["phones"][0], "０９０ー１２３４ー５６７８");
    assert_eq!(answer.json["phone_numbers"][0]["display"], "090-1234-5678");
    assert_eq!(profile["address"]["postal_code"], "3710024");
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let profile = json!({"source_code": "nowhere", "kana": "渡辺", "phones": ["090"], "mails": ["taro"]});
    let answer = sales.create("/api/v1/leads", &json!({"store_id": app.first_store, "profile": profile})).await;
    assert_eq!((answer.status, answer.code()), (422, "invalid"));
    let expected = [
        "profile.source_code source.unknown",
        "profile.name required",
        "profile.kana kana.script",
        "profile.phones.0 phone.length",
        "profile.mails.0 mail.form",
    ];
    assert_eq!(answer.errors(), expected);
    assert!(!answer.text.contains("渡辺"), "rejected values are not echoed: {}", answer.text);
}

#[tokio::test]
async fn a_lead_of_another_store_does_not_exist() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, version) = lead(&sales, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    for role in [Role::Salesperson, Role::Manager] {
        let stranger = app.sign_in_elsewhere(role).await;
        assert_eq!(stranger.get(&path).await.code(), "not_found");
        assert_eq!(stranger.edit(&path, version, &json!({"profile": {"note": "x"}})).await.code(), "not_found");
        assert_eq!(
            stranger.act(&format!("{path}/assign"), version, &json!({"assignee_id": stranger.id})).await.code(),
            "not_found"
        );
        assert_eq!(
            stranger.create(&format!("{path}/status-changes"), &json!({"to": "working"})).await.code(),
            "not_found"
        );
        assert_eq!(
            stranger.create(&format!("{path}/inquiries"), &json!({"source_code": "phone"})).await.code(),
            "not_found"
        );
        assert_eq!(stranger.get(&format!("{path}/timeline")).await.code(), "not_found");
        assert!(names(&stranger.get("/api/v1/leads?q=渡").await).is_empty());
        assert_eq!(stranger.get("/api/v1/lead-counts").await.json["all"], 0);
        let answer = stranger.create("/api/v1/leads", &app.new_lead("佐藤")).await;
        assert_eq!(answer.errors(), ["store_id unknown"]);
    }
    let administrator = app.sign_in_elsewhere(Role::Administrator).await;
    assert_eq!(administrator.get(&path).await.status, 200);
}

#[tokio::test]
async fn a_salesperson_edits_their_own_leads_and_those_of_nobody() {
    let app = spawn_app().await;
    let (owner, colleague) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let manager = app.sign_in(Role::Manager).await;
    let (id, version) = lead(&owner, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    let edited = colleague.edit(&path, version, &json!({"profile": {"note": "誰のものでもない"}})).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    let assigned = owner.act(&format!("{path}/assign"), 2, &json!({"assignee_id": owner.id})).await;
    assert_eq!(assigned.status, 200, "{}", assigned.text);
    let refused = colleague.edit(&path, 3, &json!({"profile": {"note": "横取り"}})).await;
    assert_eq!((refused.status, refused.code()), (403, "forbidden"));
    let seen = colleague.get(&path).await;
    assert_eq!(seen.json["allowed"], json!({"edit": false, "assign": false, "erase": false, "move_to": []}));
    assert_eq!(owner.edit(&path, 3, &json!({"profile": {"note": "本人"}})).await.status, 200);
    assert_eq!(manager.edit(&path, 4, &json!({"profile": {"note": "店長"}})).await.status, 200);
}

#[tokio::test]
async fn two_people_edit_one_lead_and_the_second_sees_both_versions() {
    let app = spawn_app().await;
    let (first, second) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    let (id, version) = lead(&first, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    assert_eq!(first.edit(&path, version, &json!({"profile": {"note": "平日19時以降"}})).await.status, 200);
    let stale = second.edit(&path, version, &json!({"profile": {"name": "渡辺 高志"}})).await;
    assert_eq!((stale.status, stale.code(), stale.header("etag")), (412, "stale", "\"2\""));
    assert_eq!(stale.json["current"]["profile"]["note"], "平日19時以降");
    assert_eq!(stale.json["current"]["profile"]["name"], "渡邉 髙志");
    let merged = second.edit(&path, 2, &json!({"profile": {"name": "渡辺 高志"}})).await;
    assert_eq!(
        (&merged.json["profile"]["note"], &merged.json["profile"]["name"]),
        (&json!("平日19時以降"), &json!("渡辺 高志"))
    );
    let missing = second.send(second.request(reqwest::Method::PATCH, &path).json(&json!({}))).await;
    assert_eq!((missing.status, missing.code()), (428, "if_match.required"));
}

#[tokio::test]
async fn a_null_empties_a_field_and_an_absent_one_stays() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, version) = lead(&sales, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    let answer = sales
        .edit(&path, version, &json!({"profile": {"temperature": null, "phones": null, "company": "山田商店"}}))
        .await;
    let profile = &answer.json["profile"];
    assert_eq!((&profile["temperature"], &profile["phones"]), (&json!(null), &json!([])));
    assert_eq!((&profile["name"], &profile["company"]), (&json!("渡邉 髙志"), &json!("山田商店")));
    let nobody = sales.edit(&path, 2, &json!({"profile": {"name": null, "company": null}})).await;
    assert_eq!(nobody.errors(), ["profile.name required"]);
    let unchanged = sales.edit(&path, 2, &json!({"profile": {"company": "山田商店"}})).await;
    assert_eq!(unchanged.json["version"], 2, "an edit that changes nothing is no version");
}

#[tokio::test]
async fn the_status_follows_the_table_and_stops_the_clock() {
    let app = spawn_app().await;
    let mut sales = app.sign_in(Role::Salesperson).await;
    let (id, _) = lead(&sales, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}/status-changes");
    app.pass(chrono::TimeDelta::minutes(8));
    sales.refresh().await;
    let moved = sales.create(&path, &json!({"to": "working"})).await;
    assert_eq!((moved.status, &moved.json["first_responded_at"]), (201, &json!("2026-11-21T01:08:00Z")));
    app.pass(chrono::TimeDelta::minutes(8));
    sales.refresh().await;
    let nurtured = sales.create(&path, &json!({"to": "nurturing"})).await;
    assert_eq!(nurtured.json["first_responded_at"], "2026-11-21T01:08:00Z");
    let refused = sales.create(&path, &json!({"to": "disqualified"})).await;
    assert_eq!((refused.status, refused.code()), (409, "lead.forbidden_move"));
    let refused = sales.create(&path, &json!({"to": "converted"})).await;
    assert_eq!((refused.status, refused.code()), (409, "lead.forbidden_move"));
}

#[tokio::test]
async fn a_disqualified_lead_cannot_be_assigned() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, _) = lead(&sales, &app, "渡邉 髙志").await;
    let out = sales
        .create(&format!("/api/v1/leads/{id}/status-changes"), &json!({"to": "disqualified", "reason": "いたずら"}))
        .await;
    assert_eq!(out.status, 201);
    let refused = sales.act(&format!("/api/v1/leads/{id}/assign"), 2, &json!({"assignee_id": sales.id})).await;
    assert_eq!((refused.status, refused.code()), (409, "lead.closed"));
}

#[tokio::test]
async fn a_lead_goes_only_to_colleagues_of_its_store() {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    let elsewhere = app.hire_at(Role::Salesperson, &[app.second_store]).await;
    let (id, version) = lead(&manager, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}/assign");
    let refused = manager.act(&path, version, &json!({"assignee_id": elsewhere.id})).await;
    assert_eq!((refused.status, refused.errors()), (422, vec!["assignee_id assignee.elsewhere".to_owned()]));
    let unknown = manager.act(&path, version, &json!({"assignee_id": id})).await;
    assert_eq!(unknown.errors(), ["assignee_id assignee.elsewhere"]);
    let stale = manager.act(&path, 7, &json!({"assignee_id": null})).await;
    assert_eq!((stale.status, stale.code()), (412, "stale"));
}

#[tokio::test]
async fn the_timeline_tells_everything_newest_first_in_pages() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, _) = lead(&sales, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    app.pass(chrono::TimeDelta::minutes(1));
    sales.act(&format!("{path}/assign"), 1, &json!({"assignee_id": sales.id})).await;
    app.pass(chrono::TimeDelta::minutes(1));
    sales.create(&format!("{path}/status-changes"), &json!({"to": "working"})).await;
    app.pass(chrono::TimeDelta::minutes(1));
    sales.edit(&path, 3, &json!({"profile": {"note": "平日19時以降"}})).await;
    app.pass(chrono::TimeDelta::minutes(1));
    sales.create(&format!("{path}/inquiries"), &json!({"source_code": "phone", "body": "まだありますか"})).await;
    let mut kinds = Vec::new();
    let mut next = format!("{path}/timeline?limit=2");
    loop {
        let page = sales.get(&next).await;
        let items = page.json["items"].as_array().unwrap();
        kinds.extend(items.iter().map(|item| item["event"]["kind"].as_str().unwrap().to_owned()));
        let Some(cursor) = page.json["next"].as_str() else { break };
        assert!(page.header("link").ends_with("rel=\"next\""));
        next = format!("{path}/timeline?limit=2&after={cursor}");
    }
    assert_eq!(kinds, ["inquiry", "edited", "status_changed", "assigned", "inquiry"]);
}

#[tokio::test]
async fn pages_hold_every_lead_once_in_every_order() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for (at, (name, kana)) in
        [("佐藤", "サトウ"), ("阿部", "アベ"), ("渡辺", "ワタナベ"), ("加藤", "カトウ"), ("田中", "タナカ")]
            .iter()
            .enumerate()
    {
        let mut new = app.new_lead(name);
        new["profile"]["kana"] = json!(kana);
        assert_eq!(sales.create("/api/v1/leads", &new).await.status, 201);
        if at % 2 == 0 {
            app.pass(chrono::TimeDelta::minutes(1));
        }
    }
    for (sort, expected) in [
        ("newest", ["田中", "加藤", "渡辺", "阿部", "佐藤"]),
        ("oldest", ["佐藤", "阿部", "渡辺", "加藤", "田中"]),
        ("updated", ["田中", "加藤", "渡辺", "阿部", "佐藤"]),
        ("kana", ["阿部", "加藤", "佐藤", "田中", "渡辺"]),
    ] {
        let mut found = Vec::new();
        let mut path = format!("/api/v1/leads?sort={sort}&limit=2");
        loop {
            let page = sales.get(&path).await;
            found.extend(names(&page));
            let Some(cursor) = page.json["next"].as_str() else { break };
            path = format!("/api/v1/leads?sort={sort}&limit=2&after={cursor}");
        }
        assert_eq!(found, expected, "{sort}");
    }
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_list_alone() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for name in ["佐藤", "阿部"] {
        lead(&sales, &app, name).await;
    }
    let page = sales.get("/api/v1/leads?limit=1&status=new").await;
    let cursor = page.json["next"].as_str().unwrap();
    assert_eq!(sales.get(&format!("/api/v1/leads?limit=1&status=new&after={cursor}")).await.status, 200);
    for path in [
        format!("/api/v1/leads?limit=1&after={cursor}"),
        format!("/api/v1/leads?limit=1&status=new&sort=oldest&after={cursor}"),
        format!("/api/v1/leads?limit=1&status=new&after=A{cursor}"),
        "/api/v1/leads?after=x".to_owned(),
    ] {
        let answer = sales.get(&path).await;
        assert_eq!((answer.status, answer.code()), (400, "cursor.invalid"), "{path}");
    }
}

#[tokio::test]
async fn filters_are_an_allow_list() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, _) = lead(&sales, &app, "渡邉 髙志").await;
    sales.act(&format!("/api/v1/leads/{id}/assign"), 1, &json!({"assignee_id": sales.id})).await;
    lead(&sales, &app, "佐藤").await;
    for (query, found) in [
        ("assignee=me", vec!["渡邉 髙志"]),
        ("assignee=nobody", vec!["佐藤"]),
        ("status=working", vec![]),
        ("source_code=walk_in&assignee=nobody", vec!["佐藤"]),
        ("temperature=this_month&assignee=me", vec!["渡邉 髙志"]),
        ("temperature=six_months", vec![]),
    ] {
        assert_eq!(names(&sales.get(&format!("/api/v1/leads?{query}")).await), found, "{query}");
    }
    for (query, error) in [
        ("colour=red", "colour unknown_field"),
        ("limit=0", "limit out_of_range"),
        ("limit=201", "limit out_of_range"),
        ("limit=many", "limit type"),
        ("status=hot", "status unknown"),
        ("assignee=me&assignee_id=0192f0c1-2345-7abc-8def-0123456789ab", "assignee exclusive"),
    ] {
        let answer = sales.get(&format!("/api/v1/leads?{query}")).await;
        assert_eq!((answer.status, answer.errors()), (422, vec![error.to_owned()]), "{query}");
    }
}

#[tokio::test]
async fn a_lead_is_found_by_parts_of_its_name_reading_phone_and_car() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["profile"]["kana"] = json!("ワタナベ タカシ");
    new["profile"]["wanted_car"] = json!({"maker": "トヨタ", "model": "ハリアー", "budget": 3_290_000});
    sales.create("/api/v1/leads", &new).await;
    lead(&sales, &app, "50% 佐藤").await;
    for q in ["渡", "渡辺", "髙志", "高志", "わた", "ﾀｶｼ", "ハリアー", "渡 ハリアー"] {
        assert_eq!(names(&sales.get(&format!("/api/v1/leads?q={q}")).await), ["渡邉 髙志"], "{q}");
    }
    for (q, found) in [
        ("佐藤", 1),
        ("5678", 2),
        ("090-1234", 2),
        ("志渡", 0),
        ("%25", 1),
        ("_", 0),
        ("渡 佐藤", 0),
        ("%2B819012345678", 2),
        ("　", 2),
    ] {
        assert_eq!(names(&sales.get(&format!("/api/v1/leads?q={q}")).await).len(), found, "{q}");
    }
    let id = sales.get("/api/v1/leads?q=渡").await.json["items"][0]["id"].as_str().unwrap().to_owned();
    sales.edit(&format!("/api/v1/leads/{id}"), 1, &json!({"profile": {"name": "鈴木", "kana": null}})).await;
    assert!(names(&sales.get("/api/v1/leads?q=渡").await).is_empty(), "an edit moves the index");
    assert_eq!(names(&sales.get("/api/v1/leads?q=鈴木").await), ["鈴木"]);
}

#[tokio::test]
async fn leads_of_an_earlier_build_are_indexed_anew() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, _) = lead(&sales, &app, "いすゞ 太郎").await;
    app.tamper("UPDATE leads SET search_key = 'イスヾ太郎', sort_key = 'イスヾ太郎'").await;
    app.tamper("DELETE FROM notes_to_self").await;
    assert_eq!(names(&sales.get("/api/v1/leads?q=イスズ").await), [""; 0]);
    assert!(!leads::is_indexed(&app.db).await.unwrap());
    let mut after = None;
    loop {
        let actor = Actor::system(Clock::now(app.clock.as_ref()));
        after = app.db.write(actor, async |tx| leads::index_again(tx, after).await).await.unwrap();
        if after.is_none() {
            break;
        }
    }
    assert!(leads::is_indexed(&app.db).await.unwrap());
    assert_eq!(sales.get("/api/v1/leads?q=イスズ").await.json["items"][0]["id"], id.as_str());
    assert_eq!(sales.get(&format!("/api/v1/leads/{id}")).await.json["version"], 1, "nobody has edited it");
}

#[tokio::test]
async fn a_manager_of_two_stores_sees_both() {
    let app = spawn_app().await;
    let manager = app.sign_in_as(&app.hire_at(Role::Manager, &[app.first_store, app.second_store]).await).await;
    let (here, there) = (app.sign_in(Role::Salesperson).await, app.sign_in_elsewhere(Role::Salesperson).await);
    lead(&here, &app, "前橋の人").await;
    let mut new = app.new_lead("高崎の人");
    new["store_id"] = json!(app.second_store);
    assert_eq!(there.create("/api/v1/leads", &new).await.status, 201);
    assert_eq!(names(&manager.get("/api/v1/leads?sort=oldest").await), ["前橋の人", "高崎の人"]);
    assert_eq!(names(&there.get("/api/v1/leads").await), ["高崎の人"]);
}

#[tokio::test]
async fn a_known_version_is_not_sent_again() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let (id, _) = lead(&sales, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    let unchanged = sales.send(sales.request(reqwest::Method::GET, &path).header("if-none-match", "\"1\"")).await;
    assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
    sales.edit(&path, 1, &json!({"profile": {"note": "x"}})).await;
    let changed = sales.send(sales.request(reqwest::Method::GET, &path).header("if-none-match", "\"1\"")).await;
    assert_eq!((changed.status, changed.header("etag")), (200, "\"2\""));
}

#[tokio::test]
async fn a_malformed_id_is_as_unknown_as_any_other() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for id in ["x", "0192f0c1-2345-7abc-8def-0123456789ab", "%00", "1"] {
        let answer = sales.get(&format!("/api/v1/leads/{id}")).await;
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{id}");
    }
}

#[tokio::test]
async fn what_is_answered_is_what_is_kept() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut new = app.new_lead("渡邉 髙志");
    new["profile"]["address"] = json!({"prefecture": "東京", "city": "都港区"});
    new["profile"]["phones"] = json!(["09012345678"]);
    let path = format!("/api/v1/leads/{}", sales.create("/api/v1/leads", &new).await.id());
    let patch = json!({"profile": {"address": {"prefecture": "東京都", "city": "港区"}, "phones": ["090-1234-5678"]}});
    let edited = sales.edit(&path, 1, &patch).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"2\""), "{}", edited.text);
    assert_eq!(sales.get(&path).await.json, edited.json);
    assert_eq!(edited.json["profile"]["phones"], json!(["090-1234-5678"]));
}

#[tokio::test]
async fn nobody_is_taken_off_a_lead_by_a_forgotten_member() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let path = format!("/api/v1/leads/{}", sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await.id());
    let forgotten = sales.act(&format!("{path}/assign"), 1, &json!({})).await;
    assert_eq!((forgotten.status, forgotten.errors()), (422, vec!["assignee_id required".to_owned()]));
}

#[tokio::test]
async fn a_lead_is_given_up_with_a_reason_alone() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let path = format!("/api/v1/leads/{}", sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await.id());
    let changes = format!("{path}/status-changes");
    let without = sales.create(&changes, &json!({"to": "disqualified", "reason": "　"})).await;
    assert_eq!((without.status, without.errors()), (422, vec!["reason required".to_owned()]));
    assert_eq!(sales.create(&changes, &json!({"to": "disqualified", "reason": "他社で決めた"})).await.status, 201);
}
