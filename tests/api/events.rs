//! Live changes: who hears of what, and that nothing is missed.

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::{Stream, TestApp, User, spawn_app, spawn_app_with};

async fn open(user: &User, app: &TestApp, name: &str) -> String {
    user.create("/api/v1/leads", &app.new_lead(name)).await.id().to_owned()
}

#[tokio::test]
async fn every_change_of_a_lead_is_told_once_and_holds_nothing_personal() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut stream = Stream::open(&sales).await;
    assert_eq!(stream.response.headers()["content-type"], "text/event-stream; charset=utf-8");
    assert!(!stream.response.headers().contains_key("content-encoding"));
    let id = open(&sales, &app, "渡邉 髙志").await;
    let path = format!("/api/v1/leads/{id}");
    let created = stream.expect_change(&id).await;
    assert_eq!((&created.data["kind"], &created.data["version"]), (&json!("lead.created"), &json!(1)));
    assert_eq!(created.data["staff_id"], json!(sales.id));
    assert_eq!(created.data["store_id"], json!(app.first_store));
    assert_eq!(created.data.as_object().unwrap().len(), 7);
    sales.edit(&path, 1, &json!({"profile": {"note": "平日19時以降"}})).await;
    sales.act(&format!("{path}/assign"), 2, &json!({"assignee_id": sales.id})).await;
    sales.create(&format!("{path}/status-changes"), &json!({"to": "working"})).await;
    sales.create(&format!("{path}/inquiries"), &json!({"source_code": "phone"})).await;
    for version in [2, 3, 4, 4] {
        let changed = stream.expect_change(&id).await;
        assert_eq!((&changed.data["kind"], &changed.data["version"]), (&json!("lead.changed"), &json!(version)));
    }
    // An edit that is refused, or that changes nothing, is no change.
    sales.edit(&path, 1, &json!({"profile": {"note": "x"}})).await;
    sales.edit(&path, 4, &json!({"profile": {"note": "平日19時以降"}})).await;
    let next = open(&sales, &app, "佐藤").await;
    stream.expect_change(&next).await;
}

#[tokio::test]
async fn a_change_is_told_where_it_may_be_seen() {
    let app = spawn_app().await;
    let (here, there) = (app.sign_in(Role::Salesperson).await, app.sign_in_elsewhere(Role::Manager).await);
    let (administrator, key) = (app.sign_in(Role::Administrator).await, app.integrator().await);
    let mut streams = Vec::new();
    for user in [&here, &there, &administrator, &key] {
        streams.push(Stream::open(user).await);
    }
    let [of_here, of_there, of_administrator, of_key] = streams.as_mut_slice() else { unreachable!() };
    let first = open(&here, &app, "前橋の人").await;
    let mut new = app.new_lead("高崎の人");
    new["store_id"] = json!(app.second_store);
    let second = there.create("/api/v1/leads", &new).await.id().to_owned();
    let third = open(&here, &app, "前橋の次の人").await;
    for stream in [of_here, of_key] {
        stream.expect_change(&first).await;
        stream.expect_change(&third).await;
    }
    of_there.expect_change(&second).await;
    for lead in [&first, &second, &third] {
        of_administrator.expect_change(lead).await;
    }
}

/// The connection breaks after any number of events, in the middle of one, or before the first; meanwhile others write.
#[tokio::test]
async fn a_client_that_is_cut_off_again_and_again_misses_nothing() {
    let app = spawn_app().await;
    let (sales, writer) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let mut last = sales.listen(None).await.next().await.unwrap().id;
    let new = app.new_lead("続々と");
    let writing = tokio::spawn(async move {
        let mut made = Vec::new();
        for _ in 0..12 {
            let batch = (0..5).map(|_| writer.create("/api/v1/leads", &new));
            for answer in futures_util::future::join_all(batch).await {
                made.push(answer.id().to_owned());
            }
        }
        made
    });
    let mut heard = Vec::new();
    let mut cuts = [0_usize, 3, 1, 0, 7, 2, 11, 1, 4].into_iter().cycle();
    while heard.len() < 60 {
        let mut stream = sales.listen(Some(&last)).await;
        assert_eq!(stream.next().await.unwrap().name, "ready");
        for _ in 0..cuts.next().unwrap().min(60 - heard.len()) {
            let said = stream.next().await.unwrap();
            heard.push(said.data["lead_id"].as_str().unwrap().to_owned());
            last = said.id;
        }
    }
    let mut made = writing.await.unwrap();
    made.sort_unstable();
    heard.sort_unstable();
    assert_eq!(heard, made);
}

#[tokio::test]
async fn a_second_server_tells_what_the_first_one_wrote() {
    let app = spawn_app().await;
    let neighbour = app.neighbour().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut here = Stream::open(&sales).await;
    let mut there = Stream::open(&neighbour.asked_by(&sales)).await;
    let first = open(&sales, &app, "こちらで").await;
    there.expect_change(&first).await;
    let second = open(&neighbour.asked_by(&sales), &app, "あちらで").await;
    here.expect_change(&first).await;
    here.expect_change(&second).await;
}

#[tokio::test]
async fn what_can_no_longer_be_told_is_to_be_read_anew() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    for name in ["一", "二", "三"] {
        open(&sales, &app, name).await;
    }
    assert_eq!(app.tamper("DELETE FROM events WHERE id < 3").await, 2);
    for (after, said) in [("1", ["ready", "reset"]), ("2", ["ready", "change"]), ("99", ["reset", "change"])] {
        // Another server, because this one has the events at hand.
        let neighbour = app.neighbour().await;
        let mut stream = neighbour.asked_by(&sales).listen(Some(after)).await;
        assert_eq!(stream.next().await.unwrap().name, said[0], "{after}");
        if after == "99" {
            open(&sales, &app, "四").await;
        }
        assert_eq!(stream.next().await.unwrap().name, said[1], "{after}");
    }
    for id in ["x", "-1"] {
        let malformed =
            sales.send(sales.request(reqwest::Method::GET, "/api/v1/events").header("last-event-id", id)).await;
        assert_eq!((malformed.status, malformed.code()), (400, "request.malformed"), "{id}");
    }
}

#[tokio::test]
async fn the_fifth_stream_of_a_session_ends_its_first() {
    let app = spawn_app().await;
    let (sales, other) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Salesperson).await);
    let mut of_other = Stream::open(&other).await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        streams.push(Stream::open(&sales).await);
    }
    assert_eq!(streams[0].next().await.unwrap().name, "replaced");
    assert!(streams[0].next().await.is_none());
    let id = open(&sales, &app, "渡邉 髙志").await;
    for stream in &mut streams[1..] {
        stream.expect_change(&id).await;
    }
    of_other.expect_change(&id).await;
}

#[tokio::test]
async fn whoever_may_no_longer_listen_is_told_so_at_the_next_beat() {
    let app = spawn_app_with(&[("heartbeat_seconds", "1")]).await;
    let person = app.hire(Role::Salesperson).await;
    let mut stream = Stream::open(&app.sign_in_as(&person).await).await;
    assert_eq!(stream.block().await.unwrap(), ": 0", "a sign of life");
    app.suspend(person.id).await;
    let mut last = stream.next().await.unwrap();
    assert_eq!(std::mem::take(&mut last.name), "ended");
    assert!(stream.next().await.is_none());
}
