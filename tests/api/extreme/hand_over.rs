//! A dealer whose EXTREME could only write files gets one that can be asked: what it says itself counts from then on.

use chrono::TimeDelta;
use noren_domain::money::Yen;
use noren_domain::sync::{Recorded, Revision, Stream};
use noren_domain::vehicle::Vehicle;
use noren_extreme_simulator::Stream as Theirs;
use noren_persistence::copies;
use noren_persistence::extreme::{self, Lease};
use noren_persistence::{Actor, Error};
use noren_server::extreme::compare_all;
use uuid::Uuid;

use super::{Dealer, ours, theirs};

/// A car as EXTREME has it.
async fn car(dealer: &Dealer, number: &str) -> Recorded<Vehicle> {
    let link = dealer.app.app.extreme.as_ref().unwrap();
    link.gateway.vehicle(&number.parse().unwrap(), None).await.unwrap().unwrap()
}

/// Takes what a file says of some cars, and that others are gone.
async fn file(dealer: &Dealer, cars: &[Recorded<Vehicle>], gone: &[(String, Revision)]) {
    let now = dealer.app.clock_now();
    let lease = Lease { stream: Stream::Vehicles, holder: Uuid::from_u128(1) };
    let taken = dealer.app.db.write(Actor::system(now), async |tx| {
        assert!(extreme::take(tx, lease, TimeDelta::seconds(5)).await?);
        copies::keep_said(tx, cars, gone, now).await?;
        extreme::filed(tx, lease, now, 1).await?;
        Ok::<_, Error>(())
    });
    taken.await.unwrap();
}

#[tokio::test]
async fn what_files_have_brought_gives_way_to_what_extreme_says() {
    let dealer = Dealer::open().await;
    let numbers = dealer.control().keys(Theirs::Vehicles, 2).unwrap();
    let (shared, gone) = (car(&dealer, &numbers[0]).await, car(&dealer, &numbers[1]).await);
    let mut unknown = shared.clone();
    unknown.record.stock_number = "FILE-0001".parse().unwrap();
    // A file says what changed and not how often: its count runs ahead of EXTREME's.
    let files = shared.revision + 3;
    for at in 0..files {
        let mut told = shared.clone();
        told.record.offer.advertised_total = Some(Yen(1_000_000 + at));
        file(&dealer, &[told, unknown.clone(), gone.clone()], &[]).await;
    }
    file(&dealer, &[], &[(numbers[1].clone(), gone.revision + 9)]).await;
    let copied = ours(&dealer.app.db).await;
    assert_eq!(copied["vehicles"][&numbers[0]]["revision"], files, "ahead of what EXTREME has");
    assert!(!copied["vehicles"].contains_key(&numbers[1]));

    dealer.read().await;
    let here = ours(&dealer.app.db).await;
    for number in &numbers {
        assert_eq!(here["vehicles"][number], theirs(dealer.control())["vehicles"][number], "{number}");
    }
    assert!(here["vehicles"].contains_key("FILE-0001"), "that it is gone only a comparison tells");
    compare_all(&dealer.app.app, dealer.app.app.extreme.as_ref().unwrap()).await;
    assert_eq!(theirs(dealer.control()), ours(&dealer.app.db).await);
}
