//! `cargo xtask prove disk`: a small disk with SQLite's data and the files on it becomes full while people write. Reads go
//! on, writes are put off (503 with Retry-After, never another failure), and with room again everything goes on without a
//! restart; nothing that was acknowledged is lost, which a death at the end shows.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use nix::unistd::geteuid;
use serde_json::json;

use super::ground::{Ground, Stand, folder};
use super::writers::{self, Writers};
use crate::error::Error;
use crate::http::Request;
use crate::parts::{Outcome, Report};
use crate::shell::{self, Output};

/// Enough for the demo and some thousand writes.
const SIZE: &str = "size=96m";
const EVERY: Duration = Duration::from_millis(40);
/// How often the disk becomes full, how long it stays so, and how long there is room in between.
const TIMES: u32 = 3;
const FULL: Duration = Duration::from_secs(4);
const ROOM: Duration = Duration::from_secs(2);
/// How soon a write must succeed once there is room.
const WELL: Duration = Duration::from_secs(5);

pub fn prove(ground: &Ground<'_>, report: &mut Report<'_>) -> Result<(), Error> {
    report.part("disk", |output| on(ground, output))?;
    Ok(())
}

/// A disk in memory, taken away with this.
struct Disk {
    at: PathBuf,
}

impl Disk {
    fn mount(at: &Path, output: &Output) -> Result<Self, Error> {
        if !geteuid().is_root() {
            return Err(Error::Missing("root, who alone may mount a small disk".to_owned()));
        }
        shell::run(Command::new("mount").args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(at), output)?;
        Ok(Self { at: at.to_owned() })
    }

    /// Takes all the room there is; gives it back when what it returns is removed.
    fn fill(&self) -> Result<PathBuf, Error> {
        let path = self.at.join("everything-else");
        let mut file = File::create(&path).map_err(Error::file(&path))?;
        for size in [1 << 20, 1 << 12, 1] {
            let block = vec![b'x'; size];
            while file.write_all(&block).is_ok() {}
        }
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Whoever still has a file open keeps it until they end.
        drop(Command::new("umount").arg("--lazy").arg(&self.at).status());
    }
}

fn on(ground: &Ground<'_>, output: &Output) -> Result<Outcome, Error> {
    let folder = folder()?;
    let disk = Disk::mount(folder.path(), output)?;
    let stand = Stand::within(folder, ground, ("disk", None), output)?;
    let (running, _) = stand.start()?;
    let before = stand.leads()?;
    let writers = Writers::new(&stand.dealer)?;
    let token = stand.dealer.sign_in()?;
    let (slowest, written) = writers::at_once(&writers, EVERY, || {
        let mut slowest = Duration::ZERO;
        for _ in 0..TIMES {
            thread::sleep(ROOM);
            slowest = slowest.max(be_full(&stand, &disk, &token)?);
        }
        thread::sleep(ROOM);
        Ok(slowest)
    })?;
    // What only this process knew of is gone now.
    running.kill()?;
    let (again, _) = stand.start()?;
    writers.compare(stand.leads()? - before - u64::from(TIMES), &written)?;
    again.kill()?;
    stand.verify(output)?;
    let (put_off, slowest, leads) = (writers.repeated.load(Ordering::Relaxed), slowest.as_secs_f64(), written.len());
    let note = format!(
        "{TIMES} times full, {leads} leads, {put_off} writes put off; well {slowest:.2} s after there was room"
    );
    if put_off == 0 || slowest > WELL.as_secs_f64() {
        return Err(Error::Broken(note));
    }
    Ok(Outcome::passed(note))
}

/// Fills the disk and empties it again; how long it took from then until a write succeeded.
fn be_full(stand: &Stand, disk: &Disk, token: &str) -> Result<Duration, Error> {
    let filled = disk.fill()?;
    let begin = Instant::now();
    let mut refused = false;
    while begin.elapsed() < FULL {
        // Whoever only reads notices nothing.
        Request::get("/api/v1/leads?limit=50", token).send(stand.server.port)?;
        refused |= says_so(stand, token)?;
        thread::sleep(Duration::from_millis(100));
    }
    if !refused {
        return Err(Error::Broken("no write said that the disk is full".to_owned()));
    }
    fs::remove_file(&filled).map_err(Error::file(&filled))?;
    let room = Instant::now();
    let key = format!("room-again-{}", room.duration_since(begin).as_nanos());
    while !create(stand, token, &key).is_ok_and(|status| status == 201) {
        if room.elapsed() > WELL {
            return Err(Error::Broken(format!("no write succeeded within {} s of room", WELL.as_secs())));
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(room.elapsed())
}

/// Whether a write is put off, and readiness with it. A little may still find its place.
fn says_so(stand: &Stand, token: &str) -> Result<bool, Error> {
    let edit = Request {
        token: Some(token),
        if_match: Some(1),
        body: Some(json!({"profile": {"note": "x"}})),
        ..Request::bare("PATCH", "/api/v1/leads/00000000-0000-7000-8000-000000000000")
    };
    let unready = Request::bare("GET", "/readyz").ask(stand.server.port).is_ok_and(|answer| answer.status == 503);
    match edit.ask(stand.server.port) {
        Ok(answer) if matches!(answer.status, 404 | 503) => Ok(unready),
        other => Err(Error::Broken(format!("a full disk was answered with {other:?}"))),
    }
}

fn create(stand: &Stand, token: &str, key: &str) -> io::Result<u16> {
    let stores = Request::get("/api/v1/stores", token).ask(stand.server.port)?;
    let profile = json!({"source_code": "walk_in", "name": "空き容量"});
    let body = Some(json!({"store_id": stores.json["items"][0]["id"], "profile": profile}));
    let (token, idempotency_key) = (Some(token), Some(key));
    let request = Request { token, idempotency_key, body, ..Request::bare("POST", "/api/v1/leads") };
    request.ask(stand.server.port).map(|answer| answer.status)
}
