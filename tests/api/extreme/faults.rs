//! Each fault that the simulator can have, while everything is read for the first time.

use chrono::TimeDelta;
use noren_domain::sync::Stream;
use noren_extreme_simulator::{Fault, Kind};

use super::{Dealer, STREAMS, asked, ours, small_pages, theirs};

/// One in five requests meets it, always the same ones.
const OFTEN: f64 = 0.2;

async fn survives(kind: Kind) -> Dealer {
    let extreme = small_pages();
    extreme.control().add_fault(Fault::new(kind).sometimes(OFTEN, 7));
    let dealer = Dealer::with(extreme).await;
    assert!(dealer.settles().await, "{:?}", dealer.state(Stream::Vehicles).await);
    // What moves while the fault is in force arrives as well.
    dealer.control().advance(20).unwrap();
    assert!(dealer.settles().await);
    assert!(dealer.control().faults().iter().all(|fault| fault.happened > 0));
    dealer
}

#[tokio::test]
async fn a_slow_extreme() {
    survives(Kind::Latency { millis: 30 }).await;
}

#[tokio::test]
async fn an_extreme_that_says_nothing() {
    let extreme = small_pages();
    extreme.control().add_fault(Fault::new(Kind::Timeout { seconds: 30 }).of("list_customer_changes").times(2));
    let dealer = Dealer::with(extreme).await;
    dealer.read().await;
    assert_eq!(dealer.state(Stream::Customers).await.failure.unwrap().code, "extreme.timeout");
    assert!(dealer.state(Stream::Vehicles).await.is_whole, "one stream does not stop the others");
    assert!(dealer.settles().await);
}

#[tokio::test]
async fn an_extreme_that_breaks() {
    survives(Kind::Error { status: 500 }).await;
}

#[tokio::test]
async fn a_storm_of_429_is_waited_out() {
    survives(Kind::TooManyRequests { retry_after: 0 }).await;
}

#[tokio::test]
async fn who_asks_for_a_long_wait_is_not_asked_again_at_once() {
    let extreme = small_pages();
    extreme.control().add_fault(Fault::new(Kind::TooManyRequests { retry_after: 600 }).of("list_vehicle_changes"));
    let dealer = Dealer::with(extreme).await;
    dealer.read().await;
    assert_eq!(dealer.state(Stream::Vehicles).await.failure.unwrap().code, "extreme.too_many_requests");
    dealer.app.pass(TimeDelta::seconds(599));
    dealer.read().await;
    assert_eq!(dealer.control().counts().of("list_vehicle_changes", "429"), 1);
    dealer.control().clear_faults();
    assert!(dealer.settles().await);
}

#[tokio::test]
async fn an_extreme_in_maintenance() {
    survives(Kind::Unavailable { retry_after: 0 }).await;
}

#[tokio::test]
async fn connections_that_end_in_the_middle_of_a_page() {
    survives(Kind::CutBody).await;
}

#[tokio::test]
async fn pages_that_come_twice() {
    survives(Kind::DuplicatedPages).await;
}

#[tokio::test]
async fn pages_in_any_order() {
    survives(Kind::OutOfOrderPages).await;
}

#[tokio::test]
async fn old_states_after_newer_ones_are_dropped_and_counted() {
    let extreme = small_pages();
    let dealer = Dealer::with(extreme).await;
    assert!(dealer.settles().await);
    dealer.control().add_fault(Fault::new(Kind::StaleRevisions));
    dealer.control().advance(40).unwrap();
    assert!(dealer.settles().await);
    let mut stale = 0;
    for (_, stream) in STREAMS {
        stale += dealer.state(stream).await.stale;
    }
    assert!(stale > 0);
}

#[tokio::test]
async fn a_clock_that_is_five_minutes_off() {
    survives(Kind::ClockSkew { seconds: 300 }).await;
}

#[tokio::test]
async fn members_of_the_wrong_type() {
    let extreme = small_pages();
    for operation in ["list_vehicle_changes", "list_customer_changes", "list_sale_changes"] {
        extreme.control().add_fault(Fault::new(Kind::WrongTypes).of(operation).times(2));
    }
    let dealer = Dealer::with(extreme).await;
    dealer.read().await;
    assert_eq!(dealer.state(Stream::Vehicles).await.failure.unwrap().code, "extreme.records");
    assert!(ours(&dealer.app.db).await["vehicles"].is_empty(), "a page is kept whole or not at all");
    assert!(dealer.settles().await);
}

#[tokio::test]
async fn an_answer_of_ten_megabytes() {
    survives(Kind::HugeBody { bytes: 10 << 20 }).await;
}

#[tokio::test]
async fn pages_for_people() {
    survives(Kind::Html).await;
}

#[tokio::test]
async fn json_that_ends_too_early() {
    survives(Kind::CutJson).await;
}

#[tokio::test]
async fn who_is_sent_elsewhere_does_not_go() {
    let elsewhere = small_pages();
    survives(Kind::Redirect { location: format!("{}/health", elsewhere.url()) }).await;
    assert!(elsewhere.control().counts().operations.is_empty(), "nobody has come");
}

#[tokio::test]
async fn an_outage_of_ten_minutes_in_the_middle_of_the_first_reading() {
    let dealer = Dealer::with(small_pages()).await;
    let control = dealer.control();
    let outage = async {
        while asked(control) < 12 {
            tokio::task::yield_now().await;
        }
        control.add_fault(Fault::new(Kind::Outage { seconds: 86_400 }))
    };
    let (_, outage) = tokio::join!(dealer.read(), outage);
    assert_ne!(theirs(control), ours(&dealer.app.db).await, "it came in the middle");
    control.advance(10).unwrap();
    let kept = ours(&dealer.app.db).await;
    for _ in 0..20 {
        dealer.app.pass(TimeDelta::seconds(30));
        dealer.read().await;
    }
    assert_eq!(ours(&dealer.app.db).await, kept, "the shop goes on with what it has");
    control.clear_fault(outage).unwrap();
    dealer.app.pass(TimeDelta::seconds(30));
    assert!(dealer.settles().await);
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_by_itself() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    dealer.control().forget_tokens();
    dealer.control().advance(5).unwrap();
    dealer.read().await;
    assert_eq!(theirs(dealer.control()), ours(&dealer.app.db).await);
}
