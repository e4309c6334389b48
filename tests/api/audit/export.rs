//! The audit as a file, read by somebody else's reader.

use std::io::Write;
use std::process::{Command, Stdio};

use noren_domain::staff::Role;
use serde_json::{Value, json};

use super::with_history;
use crate::harness::{Answer, User, eventually, spawn_app};

const PATH: &str = "/api/v1/audit-exports";

/// The rows of a file as Python's reader has them, which is one of the tools that the tests take.
pub fn rows(file: &Answer) -> Vec<Vec<String>> {
    let script = "import csv, io, json, sys\n\
                  text = sys.stdin.buffer.read().decode('utf-8-sig')\n\
                  print(json.dumps(list(csv.reader(io.StringIO(text, newline=''), strict=True))))";
    let reader = Command::new("python3").args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut reader = reader.unwrap();
    reader.stdin.take().unwrap().write_all(file.text.as_bytes()).unwrap();
    let read = reader.wait_with_output().unwrap();
    assert!(read.status.success());
    serde_json::from_slice(&read.stdout).unwrap()
}

async fn export(user: &User, wanted: &Value) -> Answer {
    let file = user.post(PATH, wanted).await;
    assert_eq!(file.status, 200, "{}", file.text);
    file
}

#[tokio::test]
async fn a_table_is_read_by_others_as_it_was_meant() {
    let app = spawn_app().await;
    let manager = app.sign_in(Role::Manager).await;
    let name = "=HYPERLINK(\"http://evil.example\"), 渡邉";
    let created = manager.create("/api/v1/leads", &app.new_lead(name)).await;
    let note = "一行目, 「引用」 \"quote\"\n二行目";
    let path = format!("/api/v1/leads/{}", created.id());
    assert_eq!(manager.edit(&path, 1, &json!({"profile": {"note": note}})).await.status, 200);

    let file = export(&manager, &json!({"area": "lead"})).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8; header=present");
    let said = file.header("content-disposition");
    assert!(
        said.starts_with("attachment; filename=\"audit-20261121-100000.csv\"; filename*=UTF-8''%E5%A4%89"),
        "{said}"
    );
    assert_eq!(file.header("content-encoding"), "");
    let rows = rows(&file);
    let place = |heading: &str| rows[0].iter().position(|other| other == heading).unwrap();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let edit = &rows[1];
    assert_eq!(edit[place("日時")], "2026-11-21 10:00:00");
    assert_eq!(edit[place("操作した人")], "佐久間 涼");
    assert_eq!((edit[place("操作")].as_str(), edit[place("項目")].as_str()), ("lead.edited", "note"));
    assert_eq!(edit[place("変更後")], note);
    // What a spreadsheet would take for a formula is marked.
    assert_eq!(edit[place("対象の名前")], format!("'{name}"));
    let created: Vec<&str> = rows[2..].iter().map(|row| row[place("項目")].as_str()).collect();
    assert_eq!(created, ["source_code", "name", "phones", "temperature"]);
    assert!(rows[2..].iter().any(|row| row[place("変更後")] == format!("'{name}")));
}

#[tokio::test]
async fn a_file_has_what_the_list_has_and_is_recorded() {
    let (app, manager, id) = with_history().await;
    let filter = format!("subject=lead:{id}&action=lead.edited&from=2026-11-21&to=2026-11-21");
    let listed = manager.get(&format!("/api/v1/audit-events?{filter}")).await;
    let wanted = json!({
        "format": "jsonl", "subject": format!("lead:{id}"), "action": "lead.edited", "from": "2026-11-21", "to": "2026-11-21"
    });
    let file = export(&manager, &wanted).await;
    assert_eq!(file.header("content-type"), "application/x-ndjson; charset=utf-8");
    let lines: Vec<Value> = file.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), listed.json["items"]);

    let administrator = app.sign_in(Role::Administrator).await;
    let noted = administrator.get("/api/v1/audit-events?area=audit").await;
    let entry = &noted.json["items"][0];
    assert_eq!((&entry["action"], &entry["chain"]), (&json!("audit.exported"), &json!("company")));
    assert_eq!(entry["actor"], format!("staff:{}", manager.id.unwrap()));
    let said: Vec<String> = entry["changes"].as_array().unwrap().iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|change| change.contains("\"rows\"") && change.contains("\"3\"")), "{said:?}");
    assert!(said.iter().any(|change| change.contains("lead.edited")), "{said:?}");
    let looks = administrator.get("/api/v1/access-events?kind=export").await;
    assert_eq!(looks.json["items"][0]["seen"], 3);
    assert_eq!(looks.json["items"][0]["actor"], format!("staff:{}", manager.id.unwrap()));
}

#[tokio::test]
async fn a_manager_exports_what_they_may_see_and_others_nothing() {
    let (app, manager, id) = with_history().await;
    let elsewhere = app.sign_in_elsewhere(Role::Manager).await;
    assert_eq!(export(&elsewhere, &json!({"format": "jsonl"})).await.text, "");
    assert_eq!(rows(&export(&elsewhere, &json!({"subject": format!("lead:{id}")})).await).len(), 1, "the headings");
    assert_eq!(export(&manager, &json!({"format": "jsonl", "chain": "company"})).await.text, "");
    assert_eq!(export(&manager, &json!({"format": "jsonl"})).await.text.lines().count(), 4);
    for role in [Role::Salesperson, Role::ApiClient] {
        assert_eq!(app.user_of(role).await.post(PATH, &json!({})).await.code(), "forbidden");
    }
    assert_eq!(manager.post(PATH, &json!({"format": "xlsx"})).await.errors(), ["format unknown"]);
    assert_eq!(manager.post("/api/v1/access-exports", &json!({})).await.code(), "forbidden");
}

#[tokio::test]
async fn files_are_few_at_once_and_in_a_minute() {
    let (app, manager, _) = with_history().await;
    for _ in 0..10 {
        export(&manager, &json!({"area": "nothing"})).await;
    }
    let spent = manager.post(PATH, &json!({})).await;
    assert_eq!(spent.status, 429);
    assert_eq!(spent.json["violated-policies"], json!(["export"]));
    let other = app.sign_in(Role::Manager).await;
    let two = [app.app.exports.turn().await.unwrap(), app.app.exports.turn().await.unwrap()];
    assert_eq!(other.post(PATH, &json!({})).await.code(), "unavailable");
    drop(two);
    export(&other, &json!({})).await;
    assert!(
        eventually(async || app.app.exports.turn().await.is_ok()).await,
        "a file that was sent gives its turn back"
    );
}

#[tokio::test]
async fn what_is_too_much_for_a_file_is_refused_before_it_begins() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let many = "INSERT INTO audit_events (chain, sequence, at, actor, action, subject, digests, hash)
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 200001)
        SELECT 'store:many', n, '2026-11-20T01:00:00+00:00', 'system', 'many.made', 'many:1', '{}', '' FROM numbers";
    assert_eq!(app.tamper(many).await, 200_001);
    assert_eq!(administrator.post(PATH, &json!({"area": "many"})).await.code(), "export.too_large");
    assert_eq!(app.tamper("DELETE FROM audit_events WHERE chain = 'store:many' AND sequence > 3000").await, 197_001);
    let file = export(&administrator, &json!({"area": "many"})).await;
    assert_eq!(rows(&file).len(), 3_001, "page after page, to the end");
}
