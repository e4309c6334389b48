//! The examples of the guide, run as they stand there.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use noren_domain::staff::Role;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::harness::{TestApp, User, spawn_app};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples").join(name)
}

/// An example with a key. The tools that it needs are those that it names.
fn command(app: &TestApp, key: &User, tool: &str, name: &str) -> Command {
    let mut command = Command::new(tool);
    command.arg(file(name)).env("NOREN_URL", &app.address).env("NOREN_KEY", key.token.as_deref().unwrap());
    command.env("PYTHONIOENCODING", "utf-8").kill_on_drop(true);
    command
}

async fn run(app: &TestApp, key: &User, tool: &str, name: &str) -> Output {
    let output = command(app, key, tool, name).output().await;
    output.unwrap_or_else(|error| panic!("{name} needs {tool}, which is Debian's package {tool}: {error}"))
}

/// What an example said, if it went well.
fn said(output: Output) -> String {
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

async fn require_curl() {
    let version = Command::new("curl").arg("--version").stdout(Stdio::null()).status().await;
    assert!(version.is_ok(), "leads.sh needs curl, which is Debian's package curl");
}

#[tokio::test]
async fn the_guide_shows_the_examples_as_they_are() {
    let app = spawn_app().await;
    for name in ["leads.sh", "leads.py", "events.py"] {
        let text = std::fs::read_to_string(file(name)).unwrap();
        assert_eq!(app.anonymous().get(&format!("/docs/examples/{name}")).await.text, text);
        let shown = text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;");
        let shown = shown.replace('"', "&#34;").replace('\'', "&#39;");
        assert!(app.anonymous().get("/docs").await.text.contains(&shown), "{name}");
    }
    assert_eq!(app.anonymous().get("/docs/examples/secret.key").await.code(), "not_found");
}

#[tokio::test]
async fn the_example_in_curl_runs() {
    require_curl().await;
    let app = spawn_app().await;
    let (key, _) =
        app.integrator_with(&json!({"scopes": ["leads.create", "leads.read", "leads.write", "stores.read"]})).await;
    let text = said(run(&app, &key, "bash", "leads.sh").await);
    assert!(text.contains(&format!("store: {}\n", app.first_store)), "{text}");
    assert!(text.contains("created: 201 /api/v1/leads/") && text.contains("leads on this page: 1\n"), "{text}");
    assert!(
        text.contains("edited: 200\n") && text.ends_with("edited once more from the same version: 412\n"),
        "{text}"
    );
    require_prius(&app).await;
}

#[tokio::test]
async fn the_example_in_python_runs() {
    let app = spawn_app().await;
    let (key, _) =
        app.integrator_with(&json!({"scopes": ["leads.create", "leads.read", "leads.write", "stores.read"]})).await;
    let text = said(run(&app, &key, "python3", "leads.py").await);
    assert!(text.contains("leads: 1\nedited: version 2\nrefused: invalid ["), "{text}");
    require_prius(&app).await;
}

async fn require_prius(app: &TestApp) {
    let administrator = app.sign_in(Role::Administrator).await;
    let leads = administrator.get("/api/v1/leads").await;
    assert_eq!(leads.json["items"].as_array().unwrap().len(), 1, "{}", leads.text);
    let lead = administrator.get(&format!("/api/v1/leads/{}", leads.json["items"][0]["id"].as_str().unwrap())).await;
    assert_eq!(lead.json["profile"]["wanted_car"]["model"], "プリウス");
}

#[tokio::test]
async fn the_example_that_follows_changes_runs() {
    let app = spawn_app().await;
    let (key, _) = app.integrator_with(&json!({"scopes": ["events.read", "leads.read"]})).await;
    let mut command = command(&app, &key, "python3", "events.py");
    let started = command.stdout(Stdio::piped()).spawn();
    let mut following: Child = started.unwrap_or_else(|error| panic!("events.py needs python3: {error}"));
    let mut lines: Lines<BufReader<ChildStdout>> = BufReader::new(following.stdout.take().unwrap()).lines();
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("ready"));
    let sales = app.sign_in(Role::Salesperson).await;
    let lead = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let told = lines.next_line().await.unwrap().unwrap();
    assert!(told.contains(lead.id()) && told.ends_with("version 1"), "{told}");
    following.kill().await.unwrap();
}
