//! Hundreds of pushes through what can happen on the way: each has one effect, and both sides agree afterwards.

use std::collections::BTreeMap;
use std::time::Duration;

use noren_domain::hold::{Claim, Hold, HoldState, Keeper};
use noren_domain::outbox::{Errand, OutboxMessage, OutboxState, Payload};
use noren_domain::{HoldId, OutboxMessageId, Timestamp};
use noren_extreme_simulator::{Config, Control, Fault, Kind, Seed, Simulator, Stream as Theirs};
use noren_persistence::audit::AuditKey;
use noren_persistence::{Actor, Db, PageRequest, holds, outbox, staff, vehicles};
use noren_server::clock::{Clock, SystemClock};
use serde_json::json;

use super::Yard;
use crate::harness::{Binary, eventually};

const CLAIMS: usize = 200;
const DEATHS: u64 = 20;

/// Puts cars into EXTREME that nobody has.
fn cars(control: &Control) -> Vec<String> {
    let keys = control.keys(Theirs::Vehicles, 1_000).unwrap();
    let record = keys.iter().map(|key| control.record(Theirs::Vehicles, key).unwrap());
    let free = record.into_iter().find(|record| record["status"] == "listed" && record["hold"].is_null()).unwrap();
    let numbers: Vec<String> = (0..CLAIMS).map(|number| format!("B-{number:03}")).collect();
    for number in &numbers {
        let mut record = free.clone();
        record.insert("stock_number".into(), json!(number));
        control.put(Theirs::Vehicles, number, record).unwrap();
    }
    numbers
}

/// By car, what EXTREME calls the hold that is on it.
fn theirs(control: &Control, cars: &[String]) -> BTreeMap<String, String> {
    let hold =
        |car: &String| control.record(Theirs::Vehicles, car).unwrap()["hold"]["hold_id"].as_str().map(str::to_owned);
    cars.iter().filter_map(|car| Some((car.clone(), hold(car)?))).collect()
}

/// The same as Noren believes it.
async fn ours(db: &Db, cars: &[String]) -> BTreeMap<String, String> {
    let mut ours = BTreeMap::new();
    for car in cars {
        let line = holds::open_on(db, &car.parse().unwrap()).await.unwrap();
        let held = line.into_iter().find(|hold| hold.state == HoldState::Held);
        ours.extend(held.and_then(|hold| hold.placed).map(|placed| (car.clone(), placed.hold_id.to_string())));
    }
    ours
}

async fn open(db: &Db) -> Vec<OutboxMessage> {
    outbox::page(db, &super::open_messages(), &PageRequest { after: None, limit: 300 }).await.unwrap().items
}

#[tokio::test]
async fn two_hundred_pushes_through_ten_minutes_of_outage_have_one_effect_each() {
    let yard = Yard::open().await;
    let (control, db) = (yard.house.control(), &yard.house.app.db);
    let seller = yard.seller_here().await;
    let cars = cars(control);
    yard.house.read().await;
    control.reset_counts();
    let outage = control.add_fault(Fault::new(Kind::Outage { seconds: 86_400 }));
    for some in cars.chunks(20) {
        let paths: Vec<String> = some.iter().map(|car| format!("/api/v1/vehicles/{car}/holds")).collect();
        let body = json!({"hours": 24});
        let asked = futures_util::future::join_all(paths.iter().map(|path| seller.create(path, &body))).await;
        assert!(asked.iter().all(|asked| asked.json["state"] == "requested"), "{}", asked[0].text);
    }
    // In two steps, each once nobody tries any more.
    for _ in 0..2 {
        let rest = async || yard.rests().await;
        assert!(eventually(rest).await || eventually(rest).await, "{:?}", open(db).await.first());
        yard.pass(chrono::TimeDelta::minutes(5));
    }
    assert_eq!((open(db).await.len(), theirs(control, &cars).len()), (CLAIMS, 0), "all wait, and nothing is there");

    // Answers are lost after the effect, and come in another order than they were asked for.
    control.clear_fault(outage).unwrap();
    control.add_fault(Fault::new(Kind::LostResponse).of("place_hold").sometimes(0.2, 7));
    control.add_fault(Fault::new(Kind::Latency { millis: 40 }).of("place_hold").sometimes(0.3, 11));
    let drained = async || {
        yard.next_try().await;
        open(db).await.is_empty()
    };
    assert!(eventually(drained).await || eventually(drained).await, "{:?}", open(db).await.first());
    let there = theirs(control, &cars);
    assert_eq!((there.len(), &there), (CLAIMS, &ours(db, &cars).await));
    let counts = control.counts();
    assert_eq!(counts.effects.len(), CLAIMS);
    assert!(counts.effects.values().all(|effects| *effects == 1), "nothing was pushed twice");
    assert!(counts.replays.values().sum::<u64>() > 0, "answers were lost");
}

fn settings(url: &str) -> [(&str, &str); 5] {
    [
        ("NOREN_EXTREME_URL", url),
        ("NOREN_EXTREME_CLIENT_ID", "noren"),
        ("NOREN_EXTREME_CLIENT_SECRET", "a secret of the tests"),
        ("NOREN_EXTREME_SECONDS", "1"),
        ("NOREN_EXTREME_PER_MINUTE", "1000000"),
    ]
}

/// The same moments in every run: splitmix64.
fn random(state: &mut u64, below: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % below
}

/// Claims as the server writes them, each with its errand.
async fn claim_all(db: &Db, cars: &[String]) {
    let now: Timestamp = SystemClock.now();
    let person = staff::with_codes(db, &["S004"]).await.unwrap().remove("S004").unwrap().0;
    let store_id = staff::find(db, person).await.unwrap().unwrap().stores[0];
    let tx = db.begin(Actor::system(now)).await.unwrap();
    for car in cars {
        let (id, stock_number) = (HoldId::mint(now), car.parse().unwrap());
        let claim = Claim { id, stock_number, staff_id: person, store_id, lead_id: None, hours: 24 };
        let mut hold = Hold::claim(claim, now);
        hold.comes_up(Keeper::Extreme, now);
        holds::insert(&tx, &hold).await.unwrap();
        let errand = Errand::PlaceHold { hold_id: id, stock_number: hold.stock_number };
        outbox::insert(&tx, OutboxMessageId::mint(now), &Payload::Extreme(errand)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// What was lost with its worker twice waits for a person, who has it sent again.
async fn send_what_was_given_up(db: &Db) {
    for message in open(db).await.into_iter().filter(|message| message.state == OutboxState::Dead) {
        let now = SystemClock.now();
        let tx = db.begin(Actor::system(now)).await.unwrap();
        let mut message = outbox::lock(&tx, message.id).await.unwrap().unwrap();
        message.retry(now).unwrap();
        outbox::update(&tx, &mut message).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn two_hundred_pushes_through_twenty_deaths_have_one_effect_each() {
    let simulator = Simulator::start(&Config { seed: Seed::demo(), ..Config::for_tests() }).unwrap();
    let (noren, control, url, mut state) = (Binary::new().await, simulator.control(), simulator.url(), 20_261_123);
    assert!(noren.run(&["migrate"]).await.status.success());
    assert!(noren.run(&["seed", "--demo"]).await.status.success());
    let settings_of =
        noren_persistence::Settings { url: noren.url.clone(), max_connections: 2, audit_key: AuditKey([0; 32]) };
    let (db, cars) = (Db::connect(&settings_of).await.unwrap(), cars(control));
    let reading = noren.serve_with(&settings(&url)).await;
    let last = cars.last().unwrap().parse().unwrap();
    let is_read = async || vehicles::known(&db, &last).await.unwrap().is_some();
    assert!(eventually(is_read).await || eventually(is_read).await);
    reading.kill().await;
    claim_all(&db, &cars).await;
    control.reset_counts();
    control.add_fault(Fault::new(Kind::LostResponse).of("place_hold").sometimes(0.1, 7));
    control.add_fault(Fault::new(Kind::Latency { millis: 30 }).of("place_hold"));
    let asked = || control.counts().operations.get("place_hold").map_or(0, |outcomes| outcomes.values().sum::<u64>());
    for death in 0..DEATHS {
        // The leases of the dead end, as after a minute.
        noren.tamper("UPDATE outbox_messages SET lease_until = created_at WHERE lease_until IS NOT NULL").await;
        let begun = asked();
        let serving = noren.serve_with(&settings(&url)).await;
        let requests = 2 + random(&mut state, 6);
        assert!(eventually(async || asked() >= begun + requests).await, "life {death} sends nothing");
        tokio::time::sleep(Duration::from_millis(random(&mut state, 40))).await;
        serving.kill().await;
    }
    assert!(!open(&db).await.is_empty(), "they died in the middle");
    noren.tamper("UPDATE outbox_messages SET lease_until = created_at WHERE lease_until IS NOT NULL").await;
    let mut survivor = noren.serve_with(&settings(&url)).await;
    let drained = async || {
        send_what_was_given_up(&db).await;
        open(&db).await.is_empty()
    };
    assert!(eventually(drained).await || eventually(drained).await, "{:?}", open(&db).await.first());
    let there = theirs(control, &cars);
    assert_eq!((there.len(), &there), (CLAIMS, &ours(&db, &cars).await));
    let counts = control.counts();
    assert!(counts.effects.len() == CLAIMS && counts.effects.values().all(|effects| *effects == 1));
    survivor.terminate();
    survivor.wait().await;
}
