//! Reading by two servers on one database.

use noren_domain::sync::Stream;
use noren_persistence::extreme::{self, Advance, Lease};
use noren_persistence::{Actor, Error, copies};
use uuid::Uuid;

use super::Dealer;
use crate::harness::spawn_app;

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
