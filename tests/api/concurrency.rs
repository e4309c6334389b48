//! Many writers at once.

use std::sync::atomic::{AtomicU32, Ordering};

use noren_domain::staff::Role;
use noren_persistence::throttles::{self, Throttle};
use noren_persistence::{Actor, Error, Tx};
use noren_server::clock::Clock;
use serde_json::json;
use tokio::sync::Barrier;

use crate::harness::{Answer, fresh_key, on_postgres, spawn_app};

#[tokio::test]
async fn fifty_writers_meet_no_locked_database() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut tasks = tokio::task::JoinSet::new();
    for writer in 0..50 {
        let (sales, new) = (sales.clone(), app.new_lead(&format!("書き手 {writer}")));
        tasks.spawn(async move {
            for _ in 0..4 {
                let key = fresh_key();
                let created = again_if_busy(|| sales.create_as(&key, "/api/v1/leads", &new)).await;
                assert_eq!(created.status, 201, "{}", created.text);
                let path = format!("/api/v1/leads/{}", created.id());
                let note = json!({"profile": {"note": "追記"}});
                let edited = again_if_busy(|| sales.edit(&path, 1, &note)).await;
                assert_eq!(edited.status, 200, "{}", edited.text);
            }
        });
    }
    // An audit in the middle of it all raises no alarm.
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
        let verified = noren_persistence::audit::verify(&app.db).await.unwrap();
        assert!(verified.bad().is_empty(), "{:?}", verified.bad());
    }
    assert_eq!(sales.get("/api/v1/lead-counts").await.json["all"], 200);
    let verified = noren_persistence::audit::verify(&app.db).await.unwrap();
    assert!(verified.bad().is_empty(), "{:?}", verified.bad());
}

/// What a client of PostgreSQL does when more wait for a connection or a row than two seconds let through. SQLite's writers
/// wait in line, and none of them is turned away.
async fn again_if_busy<F: Future<Output = Answer>>(ask: impl Fn() -> F) -> Answer {
    loop {
        let answer = ask().await;
        if answer.status != 503 || !on_postgres() {
            return answer;
        }
        assert_eq!((answer.code(), answer.header("retry-after")), ("unavailable", "1"));
    }
}

#[tokio::test]
async fn of_twenty_edits_of_one_version_one_wins() {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let created = sales.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let path = format!("/api/v1/leads/{}", created.id());
    let mut tasks = tokio::task::JoinSet::new();
    for editor in 0..20 {
        let (sales, path) = (sales.clone(), path.clone());
        tasks.spawn(
            async move { sales.edit(&path, 1, &json!({"profile": {"note": format!("{editor}")}})).await.status },
        );
    }
    let mut statuses = Vec::new();
    while let Some(status) = tasks.join_next().await {
        statuses.push(status.unwrap());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 19, "{statuses:?}");
    assert_eq!(sales.get(&path).await.json["version"], 2);
}

#[tokio::test]
async fn a_use_case_that_was_in_the_way_is_run_again_three_times_at_most() {
    let app = spawn_app().await;
    for (failures, succeeds) in [(3, true), (4, false)] {
        let runs = AtomicU32::new(0);
        let outcome = app.db.write(Actor::system(app.clock.now()), async |_: &Tx| {
            let run = runs.fetch_add(1, Ordering::Relaxed);
            if run < failures { Err(Error::Serialization) } else { Ok(()) }
        });
        assert_eq!(outcome.await.is_ok(), succeeds, "{failures}");
        assert_eq!(runs.load(Ordering::Relaxed), 4, "{failures}");
    }
}

/// Two units of work that take the same two rows in opposite order. SQLite's one writer lets them pass one by one;
/// PostgreSQL ends one of them, which must then run again.
#[tokio::test]
async fn a_deadlock_costs_time_and_nothing_else() {
    let app = spawn_app().await;
    let both_hold_one = Barrier::new(2);
    let runs = AtomicU32::new(0);
    let take_both = async |first: &str, second: &str| {
        let taken = app.db.write(Actor::system(app.clock.now()), async |tx: &Tx| {
            let run = runs.fetch_add(1, Ordering::Relaxed);
            count_up(tx, first).await?;
            if run < 2 && app.is_on_postgres() {
                both_hold_one.wait().await;
            }
            count_up(tx, second).await
        });
        taken.await
    };
    let (there, back) = tokio::join!(take_both("one", "two"), take_both("two", "one"));
    assert_eq!(there.unwrap() + back.unwrap(), 3);
    // The one that was ended may be quicker than the one it made way for, and be in its way once more.
    let runs = runs.into_inner();
    assert!(if app.is_on_postgres() { runs > 2 } else { runs == 2 }, "{runs}");
}

/// Counts in a row that stays locked until the unit of work ends.
async fn count_up(tx: &Tx, subject: &str) -> Result<i64, Error> {
    let Throttle { arrival, failures } = throttles::lock(tx, "test", subject).await?;
    throttles::store(tx, "test", subject, Throttle { arrival, failures: failures + 1 }).await?;
    Ok(failures + 1)
}
