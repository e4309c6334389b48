//! Live reads through the whole stack while EXTREME is well, slow and gone; and how quickly what waited leaves when it is back.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

use super::stand::Stand;
use crate::error::Error;
use crate::http::Request;
use crate::postgres::{self, Cluster};
use crate::run;
use crate::shell::{Log, Output, step};
use crate::simulator::Dealer;
use crate::workspace::Workspace;

#[derive(Debug, Args)]
pub struct Options {
    /// Reads of each kind in each state of EXTREME
    #[arg(long, default_value_t = 2_000)]
    reads: usize,
    /// 修正依頼 that wait when EXTREME is back
    #[arg(long, default_value_t = 5_000)]
    waiting: usize,
}

/// People who read at the same time, each with the next read as soon as the last is answered.
const READERS: usize = 4;
/// How long the drain is waited for.
const PATIENCE: Duration = Duration::from_secs(1_200);
/// A page of the lists.
const PAGE: usize = 200;

/// What is asked of one car or one customer.
const READS: [(&str, &str, &str); 3] = [
    ("availability", "vehicles", "/availability"),
    ("customer", "customers", ""),
    ("maintenance", "customers", "/maintenance-records"),
];

pub fn live(workspace: &Workspace, options: &Options) -> Result<ExitCode, Error> {
    step("building in release", || run::build(workspace))?;
    measure(workspace, options, ("SQLite", None))?;
    if let Some(url) = postgres::given() {
        measure(workspace, options, ("PostgreSQL", Some(&url)))?;
    } else {
        let folder = tempfile::tempdir().map_err(Error::file(std::env::temp_dir()))?;
        let cluster = Cluster::start(&Output::Log(Log::create(folder.path().join("postgres.log"))?))?;
        measure(workspace, options, ("PostgreSQL", Some(&cluster.url())))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn measure(workspace: &Workspace, options: &Options, (name, url): (&str, Option<&str>)) -> Result<(), Error> {
    println!("\n{name}");
    let customers = options.waiting as u64 + 1_000;
    let stand = Stand::start(workspace, Dealer::Still { vehicles: 5_000, customers }, url)?;
    let (cars, people) =
        (all(&stand, "vehicles", "stock_number", 400)?, all(&stand, "customers", "customer_code", options.waiting)?);
    let states = [
        ("well", None),
        ("slow (400 ms)", Some(json!({"kind": "latency", "millis": 400}))),
        ("too slow (5 s)", Some(json!({"kind": "latency", "millis": 5_000}))),
        ("gone", Some(json!({"kind": "outage", "seconds": 86_400}))),
    ];
    println!("  {:<16} {:<14} {:>9} {:>9} {:>9}   answered out of", "EXTREME", "read", "p50 ms", "p99 ms", "most ms");
    for (state, fault) in states {
        stand.mends()?;
        answers_live(&stand, &cars[0])?;
        // One that takes half a second each is measured by fewer.
        let reads = if state.starts_with("slow") { options.reads / 10 } else { options.reads };
        if let Some(fault) = fault {
            stand.breaks(fault)?;
        }
        for (read, list, under) in READS {
            let keys = if list == "vehicles" { &cars } else { &people };
            let path = |at: usize| format!("/api/v1/{list}/{}{under}", keys[at % keys.len()]);
            let (mut took, origins) = reading(&stand, reads, &path)?;
            took.sort_unstable();
            let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
            println!("  {state:<16} {read:<14} {:>9.1} {:>9.1} {:>9.1}   {origins:?}", at(50), at(99), at(100));
        }
    }
    drain(&stand, &people)
}

/// Reads with several people at once: how long each took, and how many answers came live and how many out of the copy.
fn reading(
    stand: &Stand,
    reads: usize,
    path: &(impl Fn(usize) -> String + Sync),
) -> Result<(Vec<Duration>, BTreeMap<String, usize>), Error> {
    let person = |first: usize| {
        let mut seen = Vec::new();
        for at in (first..reads).step_by(READERS) {
            let begun = Instant::now();
            let answer = stand.get(&path(at))?;
            let freshness = answer["origin"]["freshness"].as_str().unwrap_or("?").to_owned();
            seen.push((begun.elapsed(), freshness));
        }
        Ok::<_, Error>(seen)
    };
    let seen = at_once(&person)?;
    let mut origins = BTreeMap::new();
    for (_, freshness) in &seen {
        *origins.entry(freshness.clone()).or_default() += 1;
    }
    Ok((seen.into_iter().map(|(took, _)| took).collect(), origins))
}

/// Asks for so many corrections while EXTREME is gone, and counts how they leave when it is back.
fn drain(stand: &Stand, people: &[String]) -> Result<(), Error> {
    stand.breaks(json!({"kind": "outage", "seconds": 86_400}))?;
    // Nobody lives there yet: what is so already is no wish.
    let wish = json!({"wishes": [{"field": "building", "wanted": "ノレンハイツ305"}], "note": null});
    let person = |first: usize| {
        let mut asked = Vec::new();
        for code in people.iter().skip(first).step_by(READERS) {
            let path = format!("/api/v1/customers/{code}/correction-requests");
            let key = format!("bench-{code}-correction");
            let (token, idempotency_key) = (Some(&*stand.token), Some(&*key));
            Request { token, idempotency_key, body: Some(wish.clone()), ..Request::bare("POST", &path) }
                .send(stand.port)?;
            asked.push(());
        }
        Ok::<_, Error>(asked)
    };
    let begun = Instant::now();
    let asked = at_once(&person)?.len();
    println!("  {asked} corrections asked for in {:.1} s while it is gone", begun.elapsed().as_secs_f64());
    let before = waiting(stand)?;
    stand.mends()?;
    let (back, mut first) = (Instant::now(), None);
    loop {
        let left = waiting(stand)?;
        if left < before && first.is_none() {
            first = Some(back.elapsed());
        }
        if left == 0 || back.elapsed() > PATIENCE {
            let (took, gone) = (back.elapsed().as_secs_f64(), before - left);
            let first = first.unwrap_or_default().as_secs_f64();
            println!(
                "  {before} waited: the first had left after {first:.1} s, {gone} after {took:.1} s; {:.0}/s",
                gone as f64 / (took - first).max(0.1)
            );
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// How many messages to EXTREME wait.
fn waiting(stand: &Stand) -> Result<u64, Error> {
    let destinations = stand.get("/api/v1/outbox-destinations")?;
    let list = destinations["items"].as_array().or(destinations.as_array()).cloned().unwrap_or_default();
    let extreme = list.iter().find(|one| one["destination"] == "extreme");
    Ok(extreme.and_then(|one| one["waiting"].as_u64()).unwrap_or_default())
}

/// The breaker lets calls through again some seconds after EXTREME is back.
fn answers_live(stand: &Stand, car: &str) -> Result<(), Error> {
    let begun = Instant::now();
    while stand.get(&format!("/api/v1/vehicles/{car}/availability"))?["origin"]["freshness"] != "live" {
        if begun.elapsed() > PATIENCE {
            return Err(Error::Missing("an EXTREME that answers again".to_owned()));
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// What several people do at once.
fn at_once<T: Send>(person: &(impl Fn(usize) -> Result<Vec<T>, Error> + Sync)) -> Result<Vec<T>, Error> {
    thread::scope(|scope| {
        let people: Vec<_> = (0..READERS).map(|first| scope.spawn(move || person(first))).collect();
        let mut all = Vec::new();
        for person in people {
            match person.join() {
                Ok(done) => all.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(all)
    })
}

/// The first so many of a list, by a member.
fn all(stand: &Stand, list: &str, member: &str, most: usize) -> Result<Vec<String>, Error> {
    let (mut found, mut after) = (Vec::new(), String::new());
    while found.len() < most {
        let page = stand.get(&format!("/api/v1/{list}?limit={PAGE}{after}"))?;
        let items = page["items"].as_array().into_iter().flatten();
        found.extend(items.filter_map(|item: &Value| item[member].as_str().map(str::to_owned)));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    found.truncate(most);
    if found.is_empty() { Err(Error::Missing(format!("something in /{list}"))) } else { Ok(found) }
}
