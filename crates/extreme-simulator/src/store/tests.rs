use serde_json::json;

use super::*;
use crate::clock::Time;
use crate::stream::Stream::{Customers, Purchases, Vehicles};

fn store() -> Store {
    Store::open(&Place::Memory).unwrap()
}

fn at(minute: u32) -> Time {
    format!("2026-11-23T10:{minute:02}:00+09:00").parse().unwrap()
}

fn record(value: serde_json::Value) -> Record {
    serde_json::from_value(value).unwrap()
}

fn put(store: &Store, keys: &[&str], minute: u32) {
    let writing = store.write().unwrap();
    for key in keys {
        writing.put(Vehicles, key, record(json!({"status": "listed", "listed_on": "2026-11-01"})), at(minute)).unwrap();
    }
    writing.commit().unwrap();
}

fn keys(changes: &Changes) -> Vec<&str> {
    changes.items.iter().filter_map(|item| item["stock_number"].as_str()).collect()
}

#[test]
fn a_changed_record_moves_to_the_end_and_is_there_once() {
    let store = store();
    put(&store, &["A", "B", "C"], 0);
    put(&store, &["A"], 1);
    let all = store.read().unwrap().changes(Vehicles, None, 10).unwrap();
    assert_eq!(keys(&all), ["B", "C", "A"]);
    assert_eq!((all.items[2]["revision"].as_u64(), all.more, all.next), (Some(2), false, 4));
    assert_eq!(store.read().unwrap().earlier(Vehicles, "A").unwrap().unwrap()["revision"], 1);
}

#[test]
fn pages_end_where_the_next_begin() {
    let store = store();
    put(&store, &["A", "B", "C", "D", "E"], 0);
    let reading = store.read().unwrap();
    let first = reading.changes(Vehicles, None, 2).unwrap();
    let second = reading.changes(Vehicles, Some(first.next), 3).unwrap();
    assert_eq!((keys(&first), first.more), (vec!["A", "B"], true));
    assert_eq!((keys(&second), second.more), (vec!["C", "D", "E"], false));
    let quiet = reading.changes(Vehicles, Some(second.next), 3).unwrap();
    assert_eq!((quiet.items.len(), quiet.next, quiet.more), (0, second.next, false));
}

#[test]
fn what_is_gone_leaves_a_tombstone_of_a_higher_revision() {
    let store = store();
    put(&store, &["A", "B"], 0);
    let writing = store.write().unwrap();
    assert!(writing.remove(Vehicles, "A", Some("B"), at(2)).unwrap());
    assert!(!writing.remove(Vehicles, "A", None, at(2)).unwrap());
    writing.commit().unwrap();
    let reading = store.read().unwrap();
    let all = reading.changes(Vehicles, None, 10).unwrap();
    assert_eq!(keys(&all), ["B"]);
    let expected = Tombstone { key: "A".to_owned(), revision: 2, deleted_at: at(2), merged_into: Some("B".to_owned()) };
    assert_eq!(all.tombstones, [expected]);
    assert_eq!(reading.get(Vehicles, "A").unwrap(), None);
    assert_eq!(reading.count_found(Vehicles, "listed").unwrap(), 1);
    put(&store, &["A"], 3);
    let again = store.read().unwrap().changes(Vehicles, None, 10).unwrap();
    assert_eq!((keys(&again), again.tombstones.len()), (vec!["B", "A"], 0));
    assert_eq!(again.items[1]["revision"], 3);
}

#[test]
fn what_is_not_committed_has_not_been() {
    let store = store();
    let writing = store.write().unwrap();
    writing.put(Customers, "C-1", Record::new(), at(0)).unwrap();
    drop(writing);
    assert_eq!(store.read().unwrap().count(Customers).unwrap(), 0);
}

#[test]
fn records_are_found_under_a_word_the_newest_first() {
    let store = store();
    let writing = store.write().unwrap();
    for (key, customer, day) in
        [("B-1", "C-1", "2021-01-01"), ("B-2", "C-1", "2024-01-01"), ("B-3", "C-10", "2025-01-01")]
    {
        let purchase = record(json!({"customer_code": customer, "purchased_on": day}));
        writing.put(Purchases, key, purchase, at(0)).unwrap();
    }
    writing.change(Purchases, "B-1", at(1), [("customer_code", json!("C-10"))]).unwrap();
    writing.commit().unwrap();
    let reading = store.read().unwrap();
    let of = |customer| {
        let found = reading.found(Purchases, customer, 500).unwrap();
        found.iter().map(|record| record["purchase_number"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("C-1"), ["B-2"]);
    assert_eq!(of("C-10"), ["B-3", "B-1"]);
}

#[test]
fn revisions_come_in_the_order_of_the_keys_with_the_whole_count() {
    let store = store();
    put(&store, &["B", "A", "C"], 0);
    put(&store, &["B"], 1);
    let reading = store.read().unwrap();
    let first = reading.revisions(Vehicles, None, 2).unwrap();
    assert_eq!(first, Revisions { items: vec![("A".to_owned(), 1), ("B".to_owned(), 2)], count: 3, more: true });
    let rest = reading.revisions(Vehicles, Some("B"), 2).unwrap();
    assert_eq!(rest, Revisions { items: vec![("C".to_owned(), 1)], count: 3, more: false });
}

#[test]
fn a_file_keeps_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("extreme.redb"));
    let store = Store::open(&place).unwrap();
    put(&store, &["A"], 0);
    drop(store);
    assert_eq!(Store::open(&place).unwrap().read().unwrap().count(Vehicles).unwrap(), 1);
}

#[test]
fn records_laid_in_any_order_are_read_in_the_order_of_their_change() {
    let store = store();
    let writing = store.write().unwrap();
    let mut laying = writing.lay(Vehicles).unwrap();
    for (number, key, minute) in [(1, "A", 5), (2, "B", 1), (3, "C", 5)] {
        laying.lay((key, number), (4, at(minute)), &json!({"stock_number": key}), Some(("listed", ""))).unwrap();
    }
    drop(laying);
    writing.put(Vehicles, "D", Record::new(), at(6)).unwrap();
    writing.commit().unwrap();
    let all = store.read().unwrap().changes(Vehicles, None, 10).unwrap();
    assert_eq!(keys(&all), ["B", "A", "C", "D"]);
    assert_eq!(all.items[0]["revision"], 4);
}

#[test]
fn numbers_count_from_one_and_go_on() {
    let store = store();
    let writing = store.write().unwrap();
    assert_eq!((writing.number("x").unwrap(), writing.number("x").unwrap()), (1, 2));
    writing.count_on("x", 40).unwrap();
    assert_eq!(writing.number("x").unwrap(), 41);
}
