//! Reading by two servers on one database.

use noren_domain::sync::Stream;
use noren_extreme_simulator::{Fault, Kind};
use noren_persistence::extreme::{self, Advance, Lease};
use noren_persistence::{Actor, Error, copies};
use uuid::Uuid;

use super::{Dealer, settings, small_pages};
use crate::harness::{eventually, spawn_app, spawn_app_with};

#[tokio::test]
async fn two_servers_read_what_one_would() {
    let dealer = Dealer::open().await;
    let neighbour = dealer.app.neighbour().await;
    assert!(dealer.settles().await);
    dealer.control().advance(30).unwrap();
    assert!(dealer.settles().await);
    drop(neighbour);
}

#[tokio::test]
async fn a_stream_has_one_reader_and_who_has_lost_it_keeps_nothing() {
    let app = spawn_app().await;
    let life = chrono::TimeDelta::seconds(60);
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
    let patient =
        settings(&url).map(|(name, value)| (name, if name == "extreme_page_seconds" { "300" } else { value }));
    let dealer = Dealer { app: spawn_app_with(&patient).await, extreme };
    let until = async || dealer.state(Stream::Vehicles).await.leased_until;
    let held = async {
        assert!(eventually(async || until().await.is_some()).await);
        for _ in 0..3 {
            let before = until().await;
            dealer.app.pass(chrono::TimeDelta::seconds(4));
            assert!(eventually(async || until().await > before).await, "it is renewed");
        }
        let lease = Lease { stream: Stream::Vehicles, holder: Uuid::from_u128(1) };
        let actor = Actor::system(dealer.app.clock_now());
        let life = chrono::TimeDelta::seconds(5);
        assert!(!dealer.app.db.write(actor, async |tx| extreme::take(tx, lease, life).await).await.unwrap());
    };
    tokio::select! {
        () = dealer.read() => panic!("the page has come"),
        () = held => {}
    }
}
