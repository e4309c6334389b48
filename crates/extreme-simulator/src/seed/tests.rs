use std::collections::HashSet;

use serde_json::Value;

use super::*;
use crate::store::{Place, Record};

fn now() -> Time {
    "2026-11-23T14:00:00+09:00".parse().unwrap()
}

fn laid(seed: &Seed) -> Store {
    let store = Store::open(&Place::Memory).unwrap();
    lay(&store, seed, now()).unwrap();
    store
}

fn all(store: &Store, stream: Stream) -> Vec<Record> {
    store.read().unwrap().changes(stream, None, 100_000).unwrap().items
}

fn text<'a>(record: &'a Record, member: &str) -> &'a str {
    record[member].as_str().unwrap_or_default()
}

#[test]
fn the_same_seed_gives_the_same_store_and_another_gives_another() {
    let (first, second) = (laid(&Seed::small()), laid(&Seed::small()));
    let other = laid(&Seed { seed: 2, ..Seed::small() });
    for stream in Stream::ALL {
        assert_eq!(all(&first, stream), all(&second, stream), "{stream:?}");
        assert!(stream == Stream::Staff || all(&first, stream) != all(&other, stream), "{stream:?}");
    }
}

#[test]
fn a_store_is_laid_once() {
    let store = laid(&Seed::small());
    lay(&store, &Seed { seed: 9, vehicles: 500, ..Seed::small() }, now()).unwrap();
    assert_eq!(of(&store).unwrap(), Some(Seed::small()));
    assert_eq!(all(&store, Stream::Vehicles).len(), 60);
}

#[test]
fn the_demo_has_the_stores_and_the_people_of_noren() {
    let store = laid(&Seed::small());
    let stores: Vec<String> = store.read().unwrap().paper(Shelf::About, STORES).unwrap().unwrap();
    assert_eq!(stores, ["001", "002"]);
    let codes: HashSet<String> =
        all(&store, Stream::Staff).iter().map(|staff| text(staff, "staff_code").to_owned()).collect();
    assert_eq!(codes, (1..=8).map(|number| format!("S{number:03}")).collect());
}

#[test]
fn everything_points_at_something_and_nothing_lies_ahead() {
    let store = laid(&Seed { vehicles: 300, customers: 400, ..Seed::small() });
    let keys = |stream: Stream| -> HashSet<String> {
        all(&store, stream).iter().map(|record| text(record, stream.key_member()).to_owned()).collect()
    };
    let (vehicles, customers, staff) = (keys(Stream::Vehicles), keys(Stream::Customers), keys(Stream::Staff));
    for stream in Stream::ALL {
        let mut last = String::new();
        for record in all(&store, stream) {
            for (member, known) in [("stock_number", &vehicles), ("customer_code", &customers), ("staff_code", &staff)]
            {
                let value = record.get(member).and_then(Value::as_str);
                assert!(value.is_none_or(|value| known.contains(value)), "{stream:?} {member} {value:?}");
            }
            let changed_at = text(&record, "changed_at").to_owned();
            assert!(last <= changed_at && changed_at <= now().to_rfc3339(), "{stream:?} {last} {changed_at}");
            last = changed_at;
        }
    }
    assert_eq!((vehicles.len(), customers.len()), (300, 400));
    assert!(keys(Stream::Sales).len() > 200 && keys(Stream::MaintenanceRecords).len() > 200);
}

#[test]
fn sales_add_up_and_follow_their_cars() {
    let store = laid(&Seed { vehicles: 300, customers: 400, ..Seed::small() });
    for sale in all(&store, Stream::Sales) {
        let yen = |member: &str| sale[member].as_i64().unwrap();
        let total = yen("vehicle_price_yen") + yen("options_yen") + yen("fees_yen") - yen("discount_yen");
        assert_eq!(yen("total_yen"), total);
        let vehicle = store.read().unwrap().get(Stream::Vehicles, text(&sale, "stock_number")).unwrap().unwrap();
        assert_eq!(vehicle["sold_on"], sale["sold_on"]);
        assert!(text(&vehicle, "purchased_on") < text(&sale, "sold_on"));
        assert_eq!(vehicle["status"] == "delivered", sale["channel"] == "retail" && !sale["delivered_on"].is_null());
    }
}

#[test]
fn a_few_cars_are_held() {
    let store = laid(&Seed { vehicles: 600, ..Seed::small() });
    let held = store.read().unwrap().found(Stream::Vehicles, "negotiating", 10).unwrap();
    assert_eq!(held.len(), 4);
    assert!(held.iter().all(|vehicle| vehicle["hold"]["hold_id"].is_string()));
}
