//! People who write while faults are made. Whatever they got an answer for they note; what was not answered they send again
//! with the same key, as an app does.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::dealer::Dealer;
use crate::error::Error;
use crate::http::{Answer, Request};

/// How long nobody answers before something is sent again.
const PAUSE: Duration = Duration::from_millis(20);
/// Who writes at the same time.
pub const WRITERS: usize = 8;
/// How long one write may take with all that happens meanwhile.
const PATIENCE: Duration = Duration::from_secs(60);

/// What people wrote until it was over.
pub fn at_once<T>(
    writers: &Writers<'_>,
    every: Duration,
    meanwhile: impl FnOnce() -> Result<T, Error>,
) -> Result<(T, Vec<Written>), Error> {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let over = &over;
        let write = |number| scope.spawn(move || writers.write(number, every, over));
        let people: Vec<_> = (0..WRITERS).map(write).collect();
        let happened = meanwhile();
        over.store(true, Ordering::Relaxed);
        let mut written = Vec::new();
        for person in people {
            match person.join() {
                Ok(done) => written.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok((happened?, written))
    })
}

/// A lead as its writer knows that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub key: String,
    pub id: String,
    pub version: i64,
    pub note: Option<String>,
}

/// Those who write to one dealer.
pub struct Writers<'a> {
    dealer: &'a Dealer,
    store: String,
    token: Mutex<String>,
    /// Answers that promised something.
    pub acknowledged: AtomicU64,
    /// Sendings that nobody answered, or that were put off.
    pub repeated: AtomicU64,
    /// How long the slowest sending took until it was answered or given up, in milliseconds.
    pub slowest: AtomicU64,
}

impl<'a> Writers<'a> {
    pub fn new(dealer: &'a Dealer) -> Result<Self, Error> {
        let token = dealer.sign_in()?;
        let stores = Request::get("/api/v1/stores", &token).send(dealer.port)?;
        let store = stores["items"][0]["id"].as_str().unwrap_or_default().to_owned();
        let [acknowledged, repeated, slowest] = [0; 3].map(AtomicU64::new);
        Ok(Self { dealer, store, token: Mutex::new(token), acknowledged, repeated, slowest })
    }

    /// Writes a lead every second time and changes it the other, so many a second, until all is over. What stands at the end was answered.
    pub fn write(&self, number: usize, every: Duration, over: &AtomicBool) -> Result<Vec<Written>, Error> {
        let mut written = Vec::new();
        let mut next = Instant::now();
        while !over.load(Ordering::Relaxed) {
            let mut lead = self.create(&format!("prove-{number}-{}", written.len()), self.dealer.port)?;
            next = wait_for(next + every);
            if !over.load(Ordering::Relaxed) {
                self.edit(&mut lead)?;
                next = wait_for(next + every);
            }
            written.push(lead);
        }
        Ok(written)
    }

    /// One lead for one key, by whatever way leads to that port.
    pub fn create(&self, key: &str, port: u16) -> Result<Written, Error> {
        let profile = json!({"source_code": "walk_in", "name": format!("書き手 {key}")});
        let body = json!({"store_id": self.store, "profile": profile, "inquiry": "在庫はありますか。"});
        let (idempotency_key, body) = (Some(key), Some(body));
        let answer = self.insist(port, &Request { idempotency_key, body, ..Request::bare("POST", "/api/v1/leads") })?;
        if answer.status != 201 {
            return Err(refused("POST /api/v1/leads", &answer));
        }
        let id = answer.json["id"].as_str().unwrap_or_default().to_owned();
        Ok(Written { key: key.to_owned(), id, version: 1, note: None })
    }

    /// Changes a lead once, though nobody may have said that it was done.
    fn edit(&self, lead: &mut Written) -> Result<(), Error> {
        let (path, note) = (format!("/api/v1/leads/{}", lead.id), format!("{} の追記", lead.key));
        let (if_match, body) = (Some(lead.version), Some(json!({"profile": {"note": note}})));
        let answer = self.insist(self.dealer.port, &Request { if_match, body, ..Request::bare("PATCH", &path) })?;
        // A version that is no longer there: an earlier sending was done and its answer lost.
        let current = if answer.status == 412 { &answer.json["current"] } else { &answer.json };
        if !matches!(answer.status, 200 | 412)
            || current["profile"]["note"] != *note
            || current["version"] != lead.version + 1
        {
            return Err(refused(&format!("PATCH {path}"), &answer));
        }
        (lead.version, lead.note) = (lead.version + 1, Some(note));
        Ok(())
    }

    /// The lead as the server has it now.
    pub fn read(&self, id: &str) -> Result<Value, Error> {
        let path = format!("/api/v1/leads/{id}");
        let answer = self.insist(self.dealer.port, &Request::bare("GET", &path))?;
        if answer.status == 200 { Ok(answer.json) } else { Err(refused(&path, &answer)) }
    }

    /// Sends until somebody answers for good.
    fn insist(&self, port: u16, request: &Request<'_>) -> Result<Answer, Error> {
        let begin = Instant::now();
        loop {
            let token = self.token();
            let body = request.body.clone();
            let asked = Instant::now();
            let answer = Request { token: Some(&token), body, ..*request }.ask(port);
            let took = asked.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
            self.slowest.fetch_max(took, Ordering::Relaxed);
            match answer {
                Ok(answer) if answer.status == 401 => self.sign_in_again(),
                // Put off, as a server does that has lost its database, or is too busy; it says until when.
                Ok(answer) if matches!(answer.status, 429 | 503) && answer.says_when => {}
                Ok(answer) => {
                    self.acknowledged.fetch_add(u64::from(answer.is_success()), Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(_nobody_knows) => {}
            }
            self.repeated.fetch_add(1, Ordering::Relaxed);
            if begin.elapsed() > PATIENCE {
                let request = format!("{} {}", request.method, request.path);
                return Err(Error::Unanswered { request, why: format!("no answer in {} s", PATIENCE.as_secs()) });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Every lead that somebody was told of is there as they were told, and there is no other but those of before.
    pub fn compare(&self, there: u64, written: &[Written]) -> Result<(), Error> {
        if there != written.len() as u64 {
            return Err(Error::Broken(format!("{} leads were acknowledged, {there} are there", written.len())));
        }
        for lead in written {
            let now = self.read(&lead.id)?;
            if now["version"] != lead.version || now["profile"]["note"].as_str() != lead.note.as_deref() {
                return Err(Error::Broken(format!("acknowledged was {lead:?}, there is {now}")));
            }
        }
        Ok(())
    }

    fn token(&self) -> String {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The old one stays where nobody answers.
    fn sign_in_again(&self) {
        if let Ok(token) = self.dealer.sign_in() {
            *self.token.lock().unwrap_or_else(PoisonError::into_inner) = token;
        }
    }
}

fn refused(request: &str, answer: &Answer) -> Error {
    Error::Unanswered { request: request.to_owned(), why: format!("{} {}", answer.status, answer.json) }
}

fn wait_for(next: Instant) -> Instant {
    thread::sleep(next.saturating_duration_since(Instant::now()));
    next.max(Instant::now())
}
