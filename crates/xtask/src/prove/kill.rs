//! `cargo xtask prove kill`: the server is killed at random moments while 200 submissions and edits a second reach it.
//! Whatever was answered is there afterwards, once; the server is ready again within a second; the audit chains are whole.

use std::thread;
use std::time::Duration;

use super::ground::{Engine, Ground, Stand};
use super::writers::{self, WRITERS, Writers, Written};
use crate::error::Error;
use crate::parts::{Outcome, Report};
use crate::shell::{self, Output};

/// How long each writer waits between two writes: 200 a second together.
const EVERY: Duration = Duration::from_millis(5 * WRITERS as u64);
/// How soon a killed server must be ready for work.
const READY: Duration = Duration::from_secs(1);
/// The server lives so long before it is killed, in milliseconds.
const LIVES: (u64, u64) = (50, 1_500);

/// How often the server is killed, and the seed of the moments.
pub type Plan = (u32, u64);

pub fn prove(ground: &Ground<'_>, plan: Plan, report: &mut Report<'_>) -> Result<(), Error> {
    for engine in Engine::ALL {
        report.part(&format!("kill {}", engine.name()), |output| on(ground, engine, plan, output))?;
    }
    Ok(())
}

/// What became of the server.
struct Deaths {
    slowest: Duration,
    written: Vec<Written>,
}

fn on(ground: &Ground<'_>, engine: Engine, (times, seed): Plan, output: &Output) -> Result<Outcome, Error> {
    let stand = Stand::make(ground, engine, output)?;
    let (first, _) = stand.start()?;
    let before = stand.leads()?;
    let writers = Writers::new(&stand.dealer)?;
    first.kill()?;
    output.say(&format!("the moments are those of the seed {seed}"));
    let deaths = die(&stand, &writers, (times, seed))?;
    let (last, _) = stand.start()?;
    writers.compare(stand.leads()? - before, &deaths.written)?;
    last.kill()?;
    stand.verify(output)?;
    if deaths.slowest > READY {
        return Err(Error::Broken(format!("once it was ready only after {:.2} s", deaths.slowest.as_secs_f64())));
    }
    let (acknowledged, repeated) = (writers.acknowledged.into_inner(), writers.repeated.into_inner());
    let slowest = deaths.slowest.as_secs_f64();
    let leads = deaths.written.len();
    Ok(Outcome::passed(format!(
        "{times} deaths, {leads} leads, {acknowledged} acknowledged, {repeated} sent again; ready after {slowest:.2} s at most"
    )))
}

/// Lets people write while the server is killed and started again, until they are answered for the last time.
fn die(stand: &Stand, writers: &Writers<'_>, plan: Plan) -> Result<Deaths, Error> {
    let (outcome, written) = writers::at_once(writers, EVERY, || {
        let slowest = live_and_die(stand, plan)?;
        // Whoever waits for an answer gets it from a server that lives.
        Ok((slowest, stand.start()?.0))
    })?;
    let (slowest, last) = outcome;
    last.kill()?;
    Ok(Deaths { slowest, written })
}

/// The longest that a start took.
fn live_and_die(stand: &Stand, (times, mut seed): Plan) -> Result<Duration, Error> {
    let mut slowest = Duration::ZERO;
    for _ in 0..times {
        let (running, took) = stand.start()?;
        slowest = slowest.max(took);
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (least, most) = LIVES;
        thread::sleep(Duration::from_millis(least + (seed >> 33) % (most - least)));
        running.kill()?;
        if shell::interrupted() {
            return Err(Error::Interrupted);
        }
    }
    Ok(slowest)
}
