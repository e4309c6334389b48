//! The binary `noren`, ended at any moment while it reads from EXTREME.

use std::time::Duration;

use noren_domain::staff_record::ConflictState;
use noren_extreme_simulator::{Config, Running, Seed, Settings, Simulator};
use noren_persistence::audit::AuditKey;
use noren_persistence::{Db, extreme, extreme_conflicts};

use super::{asked, ours, theirs};
use crate::harness::{Binary, eventually};

const DEATHS: u64 = 20;

/// Thousands of records in pages of twenty: more than twenty lives read.
fn large() -> Running {
    let seed = Seed { vehicles: 300, customers: 400, ..Seed::small() };
    let simulator = Simulator::start(&Config { seed, ..Config::for_tests() }).unwrap();
    simulator.control().set(Settings { page: 20, ..simulator.control().settings() });
    simulator
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

async fn database(noren: &Binary) -> Db {
    let settings =
        noren_persistence::Settings { url: noren.url.clone(), max_connections: 2, audit_key: AuditKey([0; 32]) };
    Db::connect(&settings).await.unwrap()
}

/// The same moments in every run: splitmix64.
fn random(state: &mut u64, below: u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % below
}

/// So many requests into its life, and a little more: before, while and after a page is stored.
#[tokio::test]
async fn twenty_deaths_while_everything_is_read_for_the_first_time_lose_nothing() {
    let (simulator, noren, mut state) = (large(), Binary::new().await, 20_261_123);
    let (url, control) = (simulator.url(), simulator.control());
    assert!(noren.run(&["migrate"]).await.status.success());
    let db = database(&noren).await;
    for death in 0..DEATHS {
        let begun = asked(control);
        let serving = noren.serve_with(&settings(&url)).await;
        let requests = 3 + random(&mut state, 12);
        assert!(eventually(async || asked(control) >= begun + requests).await, "life {death} asks for nothing");
        tokio::time::sleep(Duration::from_millis(random(&mut state, 40))).await;
        serving.kill().await;
        control.advance(1).unwrap();
    }
    let there = theirs(control);
    assert_ne!(there, ours(&db).await, "they died in the middle");
    let mut survivor = noren.serve_with(&settings(&url)).await;
    let are_equal = async || there == ours(&db).await;
    assert!(eventually(are_equal).await || eventually(are_equal).await, "{:?}", extreme::all(&db).await);
    // What a death had lost without a trace, the first comparison would have found and mended.
    let compared = async || extreme::all(&db).await.unwrap().iter().all(|stream| stream.comparison.is_some());
    assert!(eventually(compared).await);
    for stream in extreme::all(&db).await.unwrap() {
        let found = stream.comparison.as_ref().map(|found| (found.missing, found.different, found.left_over));
        assert_eq!(found, Some((0, 0, 0)), "{stream:?}");
    }
    survivor.terminate();
    survivor.wait().await;
}

/// `cargo xtask run` starts both; their people and stores are the same, so that nobody is asked to settle anything.
#[tokio::test]
async fn the_demo_dealer_is_the_one_that_the_simulator_has() {
    let simulator = Simulator::start(&Config { seed: Seed::demo(), ..Config::for_tests() }).unwrap();
    let noren = Binary::new().await;
    assert!(noren.run(&["migrate"]).await.status.success());
    assert!(noren.run(&["seed", "--demo"]).await.status.success());
    let (url, db, there) = (simulator.url(), database(&noren).await, theirs(simulator.control()));
    let mut serving = noren.serve_with(&settings(&url)).await;
    let are_equal = async || there["staff"] == ours(&db).await["staff"];
    assert!(eventually(are_equal).await);
    assert!(eventually(async || simulator.control().counts().operations.contains_key("list_vehicle_changes")).await);
    let open = extreme_conflicts::all(&db).await.unwrap();
    assert!(open.iter().all(|conflict| conflict.state != ConflictState::Open), "{open:?}");
    assert!(!simulator.control().counts().operations.contains_key("put_staff"), "there is nothing to tell");
    serving.terminate();
    serving.wait().await;
}
