//! The copies of what EXTREME masters, read from the simulator: whole, newest states alone, and through every fault that it can have.

mod contents;
mod deaths;
mod faults;
mod files;
mod hand_over;
mod live;
mod readers;
mod staff;
mod status;

use std::collections::BTreeMap;

use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::StaffRecord;
use noren_domain::sync::{Changes, Stream};
use noren_domain::vehicle::Vehicle;
use noren_extreme_simulator::{Config, Control, Running, Simulator, Stream as Theirs};
use noren_persistence::copies::{self, Copied};
use noren_persistence::extreme::{self, StreamState};
use noren_persistence::{Actor, Conn, Db};
use noren_server::extreme::{compare_all, read_all};
use serde_json::{Value, json};

use crate::harness::{TestApp, spawn_app_with};

/// Rounds within which everything arrives, whatever EXTREME does to one in a few requests.
const ROUNDS: usize = 60;
/// What the streams are called on both sides.
const STREAMS: [(Theirs, Stream); 8] = [
    (Theirs::Staff, Stream::Staff),
    (Theirs::Vehicles, Stream::Vehicles),
    (Theirs::Sales, Stream::Sales),
    (Theirs::StockPurchases, Stream::StockPurchases),
    (Theirs::Customers, Stream::Customers),
    (Theirs::Purchases, Stream::Purchases),
    (Theirs::MaintenanceRecords, Stream::MaintenanceRecords),
    (Theirs::Inspections, Stream::Inspections),
];

/// A dealer with EXTREME.
pub struct Dealer {
    pub app: TestApp,
    extreme: Running,
}

/// By stream, and by table that hangs on one, then by key: all that is said of cars and customers, of the others the revision.
type Side = BTreeMap<&'static str, BTreeMap<String, Value>>;

impl Dealer {
    pub async fn open() -> Self {
        Self::with(small_pages()).await
    }

    async fn with(extreme: Running) -> Self {
        let app = spawn_app_with(&settings(&extreme.url())).await;
        Self { app, extreme }
    }

    pub fn control(&self) -> &Control {
        self.extreme.control()
    }

    /// One round, as the server makes it from time to time.
    pub async fn read(&self) {
        read_all(&self.app.app, self.app.app.extreme.as_ref().unwrap()).await;
    }

    /// Rounds, with time between them, until both sides are equal.
    pub async fn settles(&self) -> bool {
        for _ in 0..ROUNDS {
            self.read().await;
            if theirs(self.control()) == ours(&self.app.db).await {
                return true;
            }
            self.app.pass(chrono::TimeDelta::seconds(31));
        }
        false
    }

    async fn state(&self, stream: Stream) -> StreamState {
        extreme::find(&self.app.db, stream).await.unwrap()
    }
}

/// A simulator whose pages are small, so that a few records are many pages.
fn small_pages() -> Running {
    let extreme = Simulator::start(&Config::for_tests()).unwrap();
    let settings = extreme.control().settings();
    extreme.control().set(noren_extreme_simulator::Settings { page: 20, ..settings });
    extreme
}

/// The worker rests, so that a test alone says when there is a round.
fn settings(url: &str) -> [(&str, &str); 6] {
    [
        ("extreme_url", url),
        ("extreme_client_id", "noren"),
        ("extreme_client_secret", "a secret of the tests"),
        ("extreme_seconds", "0"),
        ("extreme_per_minute", "1000000"),
        ("extreme_page_seconds", "2"),
    ]
}

/// How often anything was asked.
fn asked(control: &Control) -> u64 {
    control.counts().operations.values().flat_map(|outcomes| outcomes.values()).sum()
}

/// What EXTREME has.
fn theirs(control: &Control) -> Side {
    let all = STREAMS.into_iter().map(|(theirs, ours)| {
        let keys = control.keys(theirs, 100_000).unwrap();
        let revision = |key: &String| control.record(theirs, key).unwrap()["revision"].clone();
        (ours.as_str(), keys.iter().map(|key| (key.clone(), revision(key))).collect())
    });
    let mut side: Side = all.collect();
    side.extend(contents::theirs(control));
    side
}

/// What Noren has of it.
async fn ours(db: &Db) -> Side {
    async fn of<T: Copied>(db: &impl Conn) -> (&'static str, BTreeMap<String, Value>) {
        let kept = copies::revisions::<T>(db, None, 100_000).await.unwrap();
        (T::STREAM.as_str(), kept.into_iter().map(|(key, revision)| (key, json!(revision))).collect())
    }
    let mut side = BTreeMap::from([
        of::<StaffRecord>(db).await,
        of::<Vehicle>(db).await,
        of::<Sale>(db).await,
        of::<StockPurchase>(db).await,
        of::<Customer>(db).await,
        of::<Purchase>(db).await,
        of::<MaintenanceRecord>(db).await,
        of::<Inspection>(db).await,
    ]);
    side.extend(contents::ours(db).await);
    side
}

#[tokio::test]
async fn everything_arrives_and_a_round_without_a_change_costs_one_request_for_each_stream() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    for (_, stream) in STREAMS {
        let state = dealer.state(stream).await;
        assert!(state.is_whole && state.read_at.is_some() && state.failure.is_none(), "{state:?}");
        assert!(state.taken > 0 && state.stale == 0, "{state:?}");
    }
    dealer.control().reset_counts();
    dealer.read().await;
    let operations = dealer.control().counts().operations;
    let asked: Vec<(&str, u64)> =
        operations.iter().map(|(operation, outcomes)| (operation.as_str(), outcomes.values().sum())).collect();
    assert_eq!(asked.len(), STREAMS.len(), "{asked:?}");
    assert!(asked.iter().all(|(operation, times)| operation.ends_with("_changes") && *times == 1), "{asked:?}");
}

/// A dealer whom EXTREME knows by a key.
async fn with_key(key: &str) -> Dealer {
    let extreme = small_pages();
    let url = extreme.url();
    let settings = [
        ("extreme_url", url.as_str()),
        ("extreme_key", key),
        ("extreme_seconds", "0"),
        ("extreme_per_minute", "1000000"),
    ];
    Dealer { app: spawn_app_with(&settings).await, extreme }
}

#[tokio::test]
async fn a_key_opens_as_much_as_a_token() {
    let dealer = with_key("a-key-of-the-tests").await;
    assert!(dealer.settles().await);
    assert!(!dealer.control().counts().operations.contains_key("issue_token"), "nobody has asked for one");
}

#[tokio::test]
async fn a_wrong_key_opens_nothing() {
    let dealer = with_key("a-key-of-nobody").await;
    dealer.read().await;
    for (_, stream) in STREAMS {
        assert_eq!(dealer.state(stream).await.failure.unwrap().code, "extreme.credentials");
    }
    assert!(ours(&dealer.app.db).await.values().all(BTreeMap::is_empty));
}

#[tokio::test]
async fn what_changes_goes_and_becomes_one_is_so_here_too() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let control = dealer.control();
    let cars = control.keys(Theirs::Vehicles, 3).unwrap();
    control.edit(Theirs::Vehicles, &cars[0], &json!({"advertised_total_yen": 1_234_000})).unwrap();
    control.delete(Theirs::Vehicles, &cars[1]).unwrap();
    let people = control.keys(Theirs::Customers, 3).unwrap();
    control.merge_customers(&people[0], &people[1]).unwrap();
    control.edit(Theirs::Customers, &people[2], &json!({"name": "渡邉 志乃", "phones": ["080-0555-1234"]})).unwrap();
    control.advance(25).unwrap();
    dealer.read().await;
    let (there, here) = (theirs(control), ours(&dealer.app.db).await);
    assert_eq!(there, here);
    assert!(!here["vehicles"].contains_key(&cars[1]) && !here["customers"].contains_key(&people[0]));
}

#[tokio::test]
async fn what_went_comes_again_when_it_is_newer_and_not_when_it_is_older() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let control = dealer.control();
    let number = control.keys(Theirs::Vehicles, 1).unwrap().remove(0);
    let before = control.record(Theirs::Vehicles, &number).unwrap();
    let link = dealer.app.app.extreme.as_ref().unwrap();
    let old = link.gateway.vehicle(&number.parse().unwrap(), None).await.unwrap().unwrap();
    control.delete(Theirs::Vehicles, &number).unwrap();
    dealer.read().await;
    let late = Changes { items: vec![old], tombstones: Vec::new(), next: "vehicles.1".to_owned(), more: false };
    let now = dealer.app.clock_now();
    let kept = dealer.app.db.write(Actor::system(now), async |tx| copies::keep(tx, &late, now).await).await.unwrap();
    assert_eq!((kept.taken, kept.stale), (0, 1));
    assert!(!ours(&dealer.app.db).await["vehicles"].contains_key(&number));
    control.put(Theirs::Vehicles, &number, before).unwrap();
    dealer.read().await;
    let (there, here) = (theirs(control), ours(&dealer.app.db).await);
    assert_eq!(
        there["vehicles"].get(&number),
        here["vehicles"].get(&number),
        "{:?}",
        dealer.state(Stream::Vehicles).await
    );
    assert_eq!(there, here);
}

#[tokio::test]
async fn a_cursor_that_extreme_has_forgotten_begins_the_stream_anew() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let control = dealer.control();
    control.set(noren_extreme_simulator::Settings { cursor_seconds: 60, ..control.settings() });
    control.clock().turn(3_600);
    control.advance(5).unwrap();
    dealer.read().await;
    let failure = dealer.state(Stream::Vehicles).await.failure.unwrap();
    assert_eq!(failure.code, "extreme.cursor_expired");
    assert!(dealer.settles().await);
    assert_eq!(dealer.state(Stream::Vehicles).await.failure, None);
}

#[tokio::test]
async fn a_record_that_nobody_understands_is_asked_for_again_and_then_left_out_and_named() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let control = dealer.control();
    let mut cars = control.keys(Theirs::Vehicles, 3).unwrap();
    let car = cars.remove(0);
    let good = control.record(Theirs::Vehicles, &car).unwrap();
    control.edit(Theirs::Vehicles, &car, &json!({"odometer_km": "たくさん"})).unwrap();
    let (other, gone) = (cars.remove(0), cars.remove(0));
    control.edit(Theirs::Vehicles, &other, &json!({"advertised_total_yen": 1_111_000})).unwrap();
    control.edit(Theirs::Vehicles, &gone, &json!({"comment": "禁煙車\u{0}です"})).unwrap();
    for _ in 0..3 {
        dealer.read().await;
        assert_eq!(dealer.state(Stream::Vehicles).await.failure.unwrap().code, "extreme.records");
    }
    dealer.read().await;
    assert_eq!(dealer.state(Stream::Vehicles).await.failure, None, "the others are not kept from the shop for long");
    let refused = async || {
        let refused = extreme::refusals(&dealer.app.db).await.unwrap();
        refused.into_iter().map(|refusal| (refusal.key, refusal.field)).collect::<Vec<_>>()
    };
    let named = |key: &str, field: &str| (key.to_owned(), field.to_owned());
    assert_eq!(refused().await, [named(&car, "odometer_km"), named(&gone, "comment")]);

    // At night it is not what the stream is read anew for, again and again.
    compare_all(&dealer.app.app, dealer.app.app.extreme.as_ref().unwrap()).await;
    let state = dealer.state(Stream::Vehicles).await;
    assert_eq!((state.failure, state.comparison.map(|found| (found.missing, found.different))), (None, Some((0, 0))));
    control.delete(Theirs::Vehicles, &gone).unwrap();
    dealer.read().await;
    assert_eq!(refused().await, [named(&car, "odometer_km")], "what is gone is not complained of");
    control.put(Theirs::Vehicles, &car, good).unwrap();
    assert!(dealer.settles().await);
    assert!(refused().await.is_empty(), "nor what was mended");
}

#[tokio::test]
async fn what_was_lost_without_a_trace_is_found_at_night_and_repaired() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let keys = dealer.control().keys(Theirs::Vehicles, 3).unwrap();
    let app = &dealer.app;
    app.tamper(&format!("DELETE FROM vehicles WHERE stock_number = '{}'", keys[0])).await;
    app.tamper(&format!("UPDATE vehicles SET revision = revision - 1 WHERE stock_number = '{}'", keys[1])).await;
    app.tamper(&format!("UPDATE vehicles SET stock_number = 'NOBODY' WHERE stock_number = '{}'", keys[2])).await;
    dealer.read().await;
    assert_ne!(theirs(dealer.control()), ours(&app.db).await, "the stream alone does not see it");
    compare_all(&app.app, app.app.extreme.as_ref().unwrap()).await;
    assert_eq!(theirs(dealer.control()), ours(&app.db).await);
    let comparison = dealer.state(Stream::Vehicles).await.comparison.unwrap();
    assert_eq!((comparison.missing, comparison.different, comparison.left_over), (2, 1, 1));
    compare_all(&app.app, app.app.extreme.as_ref().unwrap()).await;
    let again = dealer.state(Stream::Vehicles).await.comparison.unwrap();
    assert_eq!((again.missing, again.different, again.left_over, again.there), (0, 0, 0, again.here));
}

#[tokio::test]
async fn an_extreme_that_has_lost_its_records_does_not_empty_the_shop() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let app = &dealer.app;
    let renamed = app.tamper("UPDATE vehicles SET stock_number = 'X-' || stock_number").await;
    compare_all(&app.app, app.app.extreme.as_ref().unwrap()).await;
    let comparison = dealer.state(Stream::Vehicles).await.comparison.unwrap();
    assert_eq!((comparison.missing, comparison.left_over), (renamed, renamed));
    let kept = ours(&app.db).await["vehicles"].keys().filter(|number| number.starts_with("X-")).count();
    assert_eq!(u64::try_from(kept).unwrap(), renamed, "a person looks first");
    let here = ours(&app.db).await;
    let missing =
        theirs(dealer.control())["vehicles"].keys().filter(|number| !here["vehicles"].contains_key(*number)).count();
    assert_eq!(missing, 0, "what was missing has come");
}
