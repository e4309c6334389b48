//! `cargo xtask prove database`: while people write, PostgreSQL is cut off, killed, and replaced by its standby. Meanwhile
//! everybody is told to come again (503 with Retry-After, never another failure); the server is well within two seconds of
//! the database's being back, and nothing that was acknowledged is lost.

use std::thread;
use std::time::{Duration, Instant};

use super::ground::{Ground, Stand};
use super::writers::{self, Writers};
use crate::error::Error;
use crate::http::Request;
use crate::parts::{Outcome, Report};
use crate::postgres::{Cluster, Durability};
use crate::shell::Output;
use crate::switch::Switch;

/// How long each writer waits between two writes.
const EVERY: Duration = Duration::from_millis(40);
/// How soon the server must be well once the database is.
const WELL: Duration = Duration::from_secs(2);
/// How long the database is away, and how long all is well in between.
const AWAY: Duration = Duration::from_secs(3);
/// How long recovery is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// No sending may hang for longer, in milliseconds: the deadline of a request with its answer.
const LONGEST: u64 = 12_000;

pub fn prove(ground: &Ground<'_>, report: &mut Report<'_>) -> Result<(), Error> {
    report.part("database", |output| on(ground, output))?;
    Ok(())
}

fn on(ground: &Ground<'_>, output: &Output) -> Result<Outcome, Error> {
    let mut primary = Cluster::start_with(Durability::On, output)?;
    let standby = primary.standby(output)?;
    let way = Switch::to(primary.port())?;
    let url = format!("postgres://postgres@127.0.0.1:{}/postgres", way.port());
    let stand = Stand::on(ground, ("database", Some(url)), output)?;
    let (running, _) = stand.start()?;
    let before = stand.leads()?;
    let writers = Writers::new(&stand.dealer)?;
    let (times, written) = writers::at_once(&writers, EVERY, || {
        thread::sleep(AWAY);
        let cut = cut(&stand, &way, primary.port())?;
        thread::sleep(AWAY);
        let killed = kill(&stand, &mut primary)?;
        thread::sleep(AWAY);
        let replaced = replace(&stand, &way, (&mut primary, &standby), output)?;
        thread::sleep(AWAY);
        Ok([cut, killed, replaced])
    })?;
    writers.compare(stand.leads()? - before, &written)?;
    running.kill()?;
    stand.verify(output)?;
    judge(&writers, times, written.len())
}

fn judge(writers: &Writers<'_>, times: [Duration; 3], leads: usize) -> Result<Outcome, Error> {
    let read = |of: &std::sync::atomic::AtomicU64| of.load(std::sync::atomic::Ordering::Relaxed);
    let (acknowledged, put_off, slowest) =
        (read(&writers.acknowledged), read(&writers.repeated), read(&writers.slowest));
    let [cut, killed, replaced] = times.map(|time| time.as_secs_f64());
    let note = format!(
        "{leads} leads, {acknowledged} acknowledged, {put_off} put off, the slowest answer {slowest} ms; well again {cut:.2} s after \
         a cut, {killed:.2} s after a restart, {replaced:.2} s after a failover"
    );
    if slowest > LONGEST || times.into_iter().any(|time| time > WELL) || put_off == 0 {
        return Err(Error::Broken(note));
    }
    Ok(Outcome::passed(note))
}

/// Cuts the way and lets it be again.
fn cut(stand: &Stand, way: &Switch, to: u16) -> Result<Duration, Error> {
    way.cut();
    away(stand)?;
    way.lead_to(to);
    well(stand)
}

fn kill(stand: &Stand, primary: &mut Cluster) -> Result<Duration, Error> {
    primary.kill()?;
    away(stand)?;
    primary.start_again()?;
    well(stand)
}

fn replace(
    stand: &Stand,
    way: &Switch,
    (primary, standby): (&mut Cluster, &Cluster),
    output: &Output,
) -> Result<Duration, Error> {
    primary.kill()?;
    away(stand)?;
    standby.promote(output)?;
    way.cut();
    way.lead_to(standby.port());
    well(stand)
}

/// Stays away for a while, in which the server must say that it is not ready.
fn away(stand: &Stand) -> Result<(), Error> {
    let begin = Instant::now();
    let mut said = false;
    while begin.elapsed() < AWAY {
        let answer = Request::bare("GET", "/readyz").ask(stand.server.port);
        said |= answer.is_ok_and(|answer| answer.status == 503 && answer.says_when);
        thread::sleep(Duration::from_millis(50));
    }
    if said { Ok(()) } else { Err(Error::Broken("nobody was told that the database is away".to_owned())) }
}

/// How long it takes from now until the server is ready.
fn well(stand: &Stand) -> Result<Duration, Error> {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        let answer = Request::bare("GET", "/readyz").ask(stand.server.port);
        if answer.is_ok_and(|answer| answer.is_success()) {
            return Ok(begin.elapsed());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err(Error::Broken(format!("the server was not well {} s after the database", PATIENCE.as_secs())))
}
