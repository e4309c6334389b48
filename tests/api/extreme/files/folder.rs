//! The folder into which EXTREME puts its files: each is taken once it has stopped growing, by one process.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_server::extreme::look_into_folder;
use serde_json::json;

use super::{INTAKES, cars, cp932, stock};
use crate::harness::{TestApp, spawn_app_with};

/// A dealer whose EXTREME puts its files into a folder, into which nobody looks unless a test says so.
async fn with_folder() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("extreme_folder", folder.path().to_str().unwrap()), ("extreme_folder_seconds", "0")];
    (spawn_app_with(&settings).await, folder)
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_in_the_folder_is_taken_once_it_has_stopped_growing() {
    let (app, folder) = with_folder().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let path = folder.path().join("vehicles_1.csv");
    std::fs::write(folder.path().join("notes.txt"), "nothing for us").unwrap();
    std::fs::write(&path, cp932(&cars(1..2))).unwrap();
    look_into_folder(&app.app).await.unwrap();
    app.pass(TimeDelta::seconds(9));
    look_into_folder(&app.app).await.unwrap();
    assert_eq!(administrator.get(INTAKES).await.json["items"], json!([]), "it may still be written");
    std::fs::write(&path, cp932(&cars(1..4))).unwrap();
    app.pass(TimeDelta::seconds(5));
    look_into_folder(&app.app).await.unwrap();
    app.pass(TimeDelta::seconds(9));
    look_into_folder(&app.app).await.unwrap();
    assert_eq!(stock(&administrator).await.len(), 0, "it was written again");
    app.pass(TimeDelta::seconds(1));
    look_into_folder(&app.app).await.unwrap();
    assert_eq!(stock(&administrator).await.len(), 3);
    assert_eq!(
        (names(folder.path()), names(&folder.path().join("taken"))),
        (strings(&["notes.txt", "taken"]), strings(&["vehicles_1.csv"]))
    );

    std::fs::write(folder.path().join("vehicles_2.csv"), cars(1..4).replace("R5.4", "いつか")).unwrap();
    std::fs::write(folder.path().join("vehicles_1.csv"), cp932(&cars(1..4))).unwrap();
    look_into_folder(&app.app).await.unwrap();
    app.pass(TimeDelta::seconds(10));
    look_into_folder(&app.app).await.unwrap();
    assert_eq!(names(folder.path()), strings(&["notes.txt", "refused", "taken"]));
    assert_eq!(names(&folder.path().join("refused")), strings(&["vehicles_2.csv"]));
    assert_eq!(names(&folder.path().join("taken")).len(), 2, "the one that is called alike stays beside the first");
    let items = administrator.get(INTAKES).await.json["items"].as_array().unwrap().clone();
    let states: Vec<&str> = items.iter().map(|item| item["state"].as_str().unwrap()).collect();
    assert_eq!(states.len(), 3);
    assert!(
        states[..2].contains(&"refused") && states[..2].contains(&"repeated") && states[2] == "taken",
        "{states:?}"
    );
    assert_eq!((&items[2]["origin"], &items[2]["handed_in_by"]), (&json!("folder"), &json!("system")));
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn two_processes_never_take_the_same_file() {
    let (app, folder) = with_folder().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let other = app.neighbour().await;
    for at in 0..8 {
        std::fs::write(folder.path().join(format!("vehicles_{at}.csv")), cars(at * 10..at * 10 + 10)).unwrap();
    }
    let (one, two) = tokio::join!(look_into_folder(&app.app), look_into_folder(&other.app));
    one.and(two).unwrap();
    app.pass(TimeDelta::seconds(10));
    for _ in 0..3 {
        let (one, two) = tokio::join!(look_into_folder(&app.app), look_into_folder(&other.app));
        one.and(two).unwrap();
    }
    let items = administrator.get(&format!("{INTAKES}?limit=200")).await.json["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 8, "{items:?}");
    assert!(items.iter().all(|item| item["state"] == "taken" && item["new"] == 10), "{items:?}");
    assert_eq!((names(folder.path()), names(&folder.path().join("taken")).len()), (strings(&["taken"]), 8));
    assert_eq!(stock(&administrator).await.len(), 80);
}

#[tokio::test]
async fn a_file_whose_process_has_ended_in_the_middle_is_taken_by_the_next_one() {
    let (app, folder) = with_folder().await;
    let administrator = app.sign_in(Role::Administrator).await;
    std::fs::write(folder.path().join("vehicles.csv"), cars(1..3)).unwrap();
    look_into_folder(&app.app).await.unwrap();
    app.pass(TimeDelta::seconds(10));
    // Somebody has taken the folder and is heard of no more.
    let gone = format!("'{}'", uuid::Uuid::from_u128(7));
    let until = (app.clock_now() + TimeDelta::minutes(5)).to_rfc3339();
    app.tamper(&format!("UPDATE extreme_folder_leases SET lease_holder = {gone}, lease_until = '{until}'")).await;
    look_into_folder(&app.app).await.unwrap();
    assert_eq!(stock(&administrator).await.len(), 0, "it may still be at it");
    app.pass(TimeDelta::minutes(5));
    look_into_folder(&app.app).await.unwrap();
    let administrator = app.sign_in(Role::Administrator).await;
    assert_eq!(stock(&administrator).await.len(), 2);
    assert_eq!(names(folder.path()), strings(&["taken"]));
}
