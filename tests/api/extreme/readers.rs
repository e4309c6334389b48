//! Reading by two servers on one database.

use chrono::TimeDelta;
use noren_domain::sync::Stream;
use noren_extreme_simulator::{Control, Fault, Kind, Time};
use noren_persistence::extreme::{self, Advance, Lease};
use noren_persistence::{Actor, Error, copies};
use noren_server::extreme::read_all;
use uuid::Uuid;

use super::{Dealer, STREAMS, asked, ours, settings, small_pages, theirs};
use crate::harness::{eventually, spawn_app, spawn_app_with};

/// How long every answer takes where two servers read at once, in milliseconds.
const LATENCY: u32 = 30;

/// Of a server that waits long for a page.
fn patient(url: &str) -> [(&str, &str); 6] {
    settings(url).map(|(name, value)| (name, if name == "extreme_page_seconds" { "300" } else { value }))
}

/// The shortest time between two questions whose names begin so.
fn shortest(control: &Control, begin: &str) -> Option<TimeDelta> {
    let asked = control.last_requests(100).into_iter().filter(|past| past.operation.starts_with(begin));
    let mut at: Vec<Time> = asked.map(|past| past.at).collect();
    at.sort_unstable();
    at.windows(2).map(|pair| pair[1] - pair[0]).min()
}

#[tokio::test]
async fn two_servers_read_at_once_and_never_the_same_stream() {
    let extreme = small_pages();
    extreme.control().add_fault(Fault::new(Kind::Latency { millis: LATENCY.into() }));
    let url = extreme.url();
    let dealer = Dealer { app: spawn_app_with(&patient(&url)).await, extreme };
    let neighbour = dealer.app.neighbour().await;
    let (control, other) = (dealer.control(), neighbour.app.extreme.as_ref().unwrap());
    // Of two questions that follow sooner, the second does not wait for the answer to the first. Times are told to the millisecond.
    let too_soon = TimeDelta::milliseconds(i64::from(LATENCY) - 1);
    let mut at_once = 0;
    for _ in 0..4 {
        control.reset_counts();
        let moves = async {
            while asked(control) < 5 {
                tokio::task::yield_now().await;
            }
            control.advance(10).unwrap();
        };
        tokio::join!(dealer.read(), read_all(&neighbour.app, other), moves);
        for stream in control.counts().operations.keys().filter(|operation| operation.ends_with("_changes")) {
            let is_read_by_one = shortest(control, stream).is_none_or(|time| time >= too_soon);
            assert!(is_read_by_one, "{stream} {:?}", control.last_requests(100));
        }
        at_once += u32::from(shortest(control, "list_").is_some_and(|time| time < too_soon));
    }
    assert!(at_once > 0, "both have read");
    tokio::join!(dealer.read(), read_all(&neighbour.app, other));
    assert_eq!(theirs(control), ours(&dealer.app.db).await);
    for (_, stream) in STREAMS {
        let state = dealer.state(stream).await;
        assert!(state.failure.is_none() && state.stale == 0 && state.leased_until.is_none(), "{state:?}");
    }
}

#[tokio::test]
async fn whoever_is_refused_a_stream_asks_for_nothing_of_it() {
    let dealer = Dealer::open().await;
    let life = TimeDelta::seconds(60);
    let lease = Lease { stream: Stream::Vehicles, holder: Uuid::from_u128(1) };
    let actor = Actor::system(dealer.app.clock_now());
    assert!(dealer.app.db.write(actor, async |tx| extreme::take(tx, lease, life).await).await.unwrap());
    dealer.read().await;
    let operations = dealer.control().counts().operations;
    assert!(!operations.contains_key("list_vehicle_changes"), "{operations:?}");
    assert!(operations.contains_key("list_customer_changes"), "one stream does not stop the others: {operations:?}");
    dealer.app.pass(life);
    dealer.read().await;
    assert_eq!(theirs(dealer.control()), ours(&dealer.app.db).await);
}

#[tokio::test]
async fn a_stream_has_one_reader_and_who_has_lost_it_keeps_nothing() {
    let app = spawn_app().await;
    let life = TimeDelta::seconds(60);
    let [one, other] = [1, 2].map(|number| Lease { stream: Stream::Vehicles, holder: Uuid::from_u128(number) });
    let take = async |lease| {
        app.db.write(Actor::system(app.clock_now()), async |tx| extreme::take(tx, lease, life).await).await.unwrap()
    };
    assert!(take(one).await && take(one).await, "whoever holds it renews it");
    assert!(!take(other).await);
    app.pass(life);
    assert!(take(other).await, "a lease that is over is anybody's");
    let advance = async |lease| {
        let to = Advance { lease, life, cursor: "vehicles.7", kept: copies::Kept::default(), is_end: false };
        app.db.write(Actor::system(app.clock_now()), async |tx| extreme::advance(tx, &to).await).await
    };
    assert!(matches!(advance(one).await, Err(Error::Stale)));
    advance(other).await.unwrap();
    assert_eq!(extreme::find(&app.db, Stream::Vehicles).await.unwrap().cursor.as_deref(), Some("vehicles.7"));
}

#[tokio::test]
async fn whoever_waits_long_for_a_page_keeps_the_stream_as_long_as_they_live() {
    let extreme = small_pages();
    extreme.control().add_fault(Fault::new(Kind::Latency { millis: 300_000 }).of("list_vehicle_changes"));
    let url = extreme.url();
    let dealer = Dealer { app: spawn_app_with(&patient(&url)).await, extreme };
    let until = async || dealer.state(Stream::Vehicles).await.leased_until;
    let held = async {
        assert!(eventually(async || until().await.is_some()).await);
        for _ in 0..3 {
            let before = until().await;
            dealer.app.pass(TimeDelta::seconds(4));
            assert!(eventually(async || until().await > before).await, "it is renewed");
        }
        let lease = Lease { stream: Stream::Vehicles, holder: Uuid::from_u128(1) };
        let actor = Actor::system(dealer.app.clock_now());
        let life = TimeDelta::seconds(5);
        assert!(!dealer.app.db.write(actor, async |tx| extreme::take(tx, lease, life).await).await.unwrap());
    };
    tokio::select! {
        () = dealer.read() => panic!("the page has come"),
        () = held => {}
    }
}
