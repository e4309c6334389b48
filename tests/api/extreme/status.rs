//! How Noren gets on with EXTREME, as people and machines are told.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_extreme_simulator::{Fault, Kind, Pace};
use serde_json::{Value, json};

use super::{Dealer, STREAMS};
use crate::harness::{eventually, fresh_key, spawn_app};

const STATUS: &str = "/api/v1/integrations/extreme/status";
const FRESHNESS: &str = "/api/v1/integrations/extreme/freshness";
const SYNC: &str = "/api/v1/integrations/extreme/sync";

#[tokio::test]
async fn without_an_extreme_that_is_what_is_said() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let status = administrator.get(STATUS).await.json;
    assert_eq!(status, json!({"connection": null, "streams": [], "refusals": [], "open_conflicts": 0}));
    assert_eq!(administrator.get(FRESHNESS).await.json, json!({"configured": false, "origin": null}));
    assert_eq!(administrator.create(SYNC, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn the_status_has_every_stream_with_its_records_and_its_age() {
    let dealer = Dealer::open().await;
    let manager = dealer.app.sign_in(Role::Manager).await;
    let before = manager.get(STATUS).await.json;
    assert_eq!(before["connection"]["state"], "unknown");
    assert_eq!(manager.get(FRESHNESS).await.json["origin"], json!({"freshness": "old", "as_of": null, "way": "link"}));

    assert!(dealer.settles().await);
    dealer.app.pass(TimeDelta::minutes(2));
    let status = manager.get(STATUS).await.json;
    let connection = &status["connection"];
    assert_eq!((&connection["state"], &connection["breaker"]), (&json!("connected"), &json!("closed")), "{status}");
    assert!(connection["version"].is_string() && connection["median_milliseconds"].is_u64(), "{connection}");
    assert!(connection["clock_skew_seconds"].is_i64() && connection["failure"].is_null(), "{connection}");
    let streams = status["streams"].as_array().unwrap();
    assert_eq!(streams.len(), STREAMS.len());
    for (theirs, ours) in STREAMS {
        let stream = streams.iter().find(|stream| stream["stream"] == ours.as_str()).unwrap();
        assert_eq!(stream["records"], dealer.control().count(theirs).unwrap(), "{stream}");
        assert_eq!((&stream["is_whole"], &stream["freshness"]), (&json!(true), &json!("copy")), "{stream}");
        assert!(stream["lag_seconds"].as_i64().unwrap() >= 120, "{stream}");
        let direction = if ours.as_str() == "staff" { "both" } else { "in" };
        assert_eq!(stream["direction"], direction);
    }
    let salesperson = dealer.app.sign_in(Role::Salesperson).await;
    assert_eq!(salesperson.get(FRESHNESS).await.json["origin"]["freshness"], "copy");
    dealer.app.pass(TimeDelta::minutes(9));
    // An access token lives five minutes.
    let salesperson = dealer.app.sign_in(Role::Salesperson).await;
    assert_eq!(salesperson.get(FRESHNESS).await.json["origin"]["freshness"], "old");
}

#[tokio::test]
async fn how_far_the_clocks_are_apart_is_said_and_which_is_ahead() {
    let dealer = Dealer::open().await;
    let control = dealer.control();
    for seconds in [0, 300, -300] {
        control.clock().set(Pace { frozen_at: Some(dealer.app.clock_now().fixed_offset()), ..Pace::default() });
        control.clear_faults();
        control.add_fault(Fault::new(Kind::ClockSkew { seconds }));
        dealer.read().await;
        // An access token lives five minutes.
        let manager = dealer.app.sign_in(Role::Manager).await;
        let connection = manager.get(STATUS).await.json["connection"].clone();
        let said = connection["clock_skew_seconds"].as_i64().unwrap();
        assert!((said - seconds).abs() <= 5, "{seconds} {connection}");
        // EXTREME is asked how it is every ten.
        dealer.app.pass(TimeDelta::minutes(10));
    }
}

#[tokio::test]
async fn an_outage_is_said_with_its_reason_and_when_all_was_well() {
    let dealer = Dealer::open().await;
    let manager = dealer.app.sign_in(Role::Manager).await;
    assert!(dealer.settles().await);
    let outage = dealer.control().add_fault(Fault::new(Kind::Unavailable { retry_after: 0 }));
    dealer.app.pass(TimeDelta::minutes(1));
    dealer.read().await;
    let connection = manager.get(STATUS).await.json["connection"].clone();
    assert_eq!((&connection["state"], &connection["breaker"]), (&json!("failing"), &json!("open")), "{connection}");
    assert!(connection["failure"]["code"].as_str().unwrap().starts_with("extreme."), "{connection}");
    assert!(connection["failure"]["well_at"].is_string(), "{connection}");
    dealer.control().clear_fault(outage).unwrap();
    dealer.app.pass(TimeDelta::minutes(1));
    assert!(dealer.settles().await);
    dealer.read().await;
    assert_eq!(manager.get(STATUS).await.json["connection"]["state"], "connected");
}

#[tokio::test]
async fn a_round_begins_when_somebody_asks_for_it() {
    let dealer = Dealer::open().await;
    let administrator = dealer.app.sign_in(Role::Administrator).await;
    let key = fresh_key();
    let asked = administrator.create_as(&key, SYNC, &Value::Null).await;
    assert_eq!(asked.status, 202, "{}", asked.text);
    assert_eq!(asked.header("location"), STATUS);
    let is_whole = async || {
        let status = administrator.get(STATUS).await.json;
        status["streams"].as_array().unwrap().iter().all(|stream| stream["is_whole"] == true)
    };
    assert!(eventually(is_whole).await);
    let again = administrator.create_as(&key, SYNC, &Value::Null).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (202, "true"));
}

#[tokio::test]
async fn the_metrics_have_the_lag_and_the_records_of_every_stream_and_the_breaker() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    dealer.app.pass(TimeDelta::seconds(90));
    let metrics = dealer.app.anonymous().get("/metrics").await.text;
    for (theirs, ours) in STREAMS {
        let ours = ours.as_str();
        let records = dealer.control().count(theirs).unwrap();
        let line = format!("noren_extreme_records{{stream=\"{ours}\"}} {records}");
        assert!(metrics.lines().any(|said| said == line), "{line}");
        let lag = format!("noren_extreme_sync_lag_seconds{{stream=\"{ours}\"}} ");
        let lag = metrics.lines().find_map(|said| said.strip_prefix(&lag)).unwrap();
        assert!(lag.parse::<f64>().unwrap() >= 90.0, "{ours}: {lag}");
    }
    // The servers of other tests are in this process too, and some of theirs are open.
    assert!(metrics.lines().any(|said| said.starts_with("noren_extreme_breaker_state ")), "{metrics}");
    assert!(metrics.contains("noren_extreme_conflicts_open "), "{metrics}");
}
