//! `GET /events`: what changes, told to the screens that are open. One reader of the event table per process, many streams.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, get};
use futures_util::stream;
use noren_domain::event::{Change, Event, Subject};
use noren_persistence::events::{self, Wait};
use rand::RngExt;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use uuid::Uuid;

use crate::Error;
use crate::app::App;
use crate::auth::{Allowed, Caller};
use crate::lasting::lasting;
use crate::permissions::{ReadForm, ReadFormSubmission, ReadHold, ReadLead, StreamEvents};

/// Where the stream is; the one answer of the API that is no JSON.
pub const PATH: &str = "/api/v1/events";
/// Streams of one session or key.
const STREAMS: usize = 4;
/// Events that are kept at hand; who is further behind is answered from the table.
const RECENT: usize = 1024;
const BATCH: u64 = 500;
/// How long a screen waits before it connects again, when all of them are asked to at once.
const RETRY_MS: std::ops::Range<u64> = 500..4_000;

/// What all streams of this process share.
pub struct Live {
    recent: Mutex<VecDeque<Arc<Event>>>,
    tide: watch::Sender<Tide>,
    /// The streams of each session or key, the oldest first.
    streams: Mutex<HashMap<Uuid, VecDeque<Arc<Notify>>>>,
}

/// How far the reader has come.
#[derive(Clone, Copy, Default)]
struct Tide {
    last: i64,
    reading: bool,
    closing: bool,
}

/// Waits for changes, whoever made them and in which process.
pub struct Rising(watch::Receiver<Tide>);

impl Rising {
    /// Until something has changed since it was asked last.
    pub async fn next(&mut self) {
        // Without a reader nothing changes any more.
        if self.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Live {
    #[must_use]
    pub fn new() -> Self {
        Self { recent: Mutex::default(), tide: watch::Sender::default(), streams: Mutex::default() }
    }

    /// What waits for changes from now on.
    #[must_use]
    pub fn rising(&self) -> Rising {
        Rising(self.tide.subscribe())
    }

    /// Ends all streams, and has their screens connect again elsewhere.
    pub fn close(&self) {
        self.tide.send_modify(|tide| tide.closing = true);
    }

    /// Whether the event table was read when it was last looked at.
    pub fn is_reading(&self) -> bool {
        self.tide.borrow().reading
    }

    /// Counts a stream in. One too many ends the oldest, whose screen may be gone: that is seen only when writing to it.
    fn enter(&self, caller: Uuid) -> Arc<Notify> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let own = streams.entry(caller).or_default();
        let replaced = Arc::new(Notify::new());
        own.push_back(Arc::clone(&replaced));
        if own.len() > STREAMS
            && let Some(oldest) = own.pop_front()
        {
            oldest.notify_one();
        }
        replaced
    }

    fn leave(&self, caller: Uuid, stream: &Arc<Notify>) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = streams.get_mut(&caller) {
            own.retain(|other| !Arc::ptr_eq(other, stream));
            if own.is_empty() {
                streams.remove(&caller);
            }
        }
    }

    fn take_in(&self, events: Vec<Event>) {
        let Some(last) = events.last().map(|event| event.id) else { return };
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.extend(events.into_iter().map(Arc::new));
        let spare = recent.len().saturating_sub(RECENT);
        recent.drain(..spare);
        drop(recent);
        self.tide.send_modify(|tide| tide.last = last);
    }

    /// The events at hand after one; `None` when they do not reach back that far.
    fn at_hand(&self, last: i64) -> Option<Vec<Arc<Event>>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let reaches = recent.front().is_some_and(|first| first.id <= last + 1);
        reaches.then(|| recent.iter().filter(|event| event.id > last).cloned().collect())
    }
}

/// Reads the event table as it grows, until the server stops.
pub async fn watch(app: Data<App>) {
    let mut wait = Wait::begin(&app.db).await;
    let mut last = None;
    loop {
        let read = read_on(&app, last).await;
        app.live.tide.send_if_modified(|tide| {
            tide.reading = read.is_ok();
            false
        });
        match read {
            Ok(read) => last = Some(read),
            Err(error) => tracing::error!(error = %error, "events.not_read"),
        }
        wait.next().await;
    }
}

/// Takes in what came after `last`; the first time, only finds out where the table ends.
async fn read_on(app: &App, last: Option<i64>) -> Result<i64, Error> {
    let Some(mut last) = last else {
        let last = events::head(&app.db).await?;
        app.live.tide.send_modify(|tide| tide.last = last);
        return Ok(last);
    };
    loop {
        let read = events::after(&app.db, last, BATCH).await?;
        let Some(newest) = read.last().map(|event| event.id) else { return Ok(last) };
        last = newest;
        app.live.take_in(read);
    }
}

/// Stream changes
///
/// Server-sent events: `ready` with the place to go on from, then one per change that the caller may see, `reset` when changes
/// were missed for good and everything is to be read anew, `replaced` when the session has opened four others since, `ended`
/// when the caller may listen no longer. `Last-Event-ID` goes on where another stream ended.
#[utoipa::path(tag = "events", params(("Last-Event-ID" = Option<i64>, Header, minimum = 0, description = "The id of the last event that was taken in")),
    responses((status = 200, body = noren_api::events::Event, content_type = "text/event-stream")))]
#[get("/events")]
pub async fn stream_events(
    who: Allowed<StreamEvents>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let head = events::head(&app.db).await?;
    let given = request.headers().get("last-event-id");
    let given = given.map(|id| id.to_str().ok().and_then(|id| id.parse::<i64>().ok()).filter(|id| *id >= 0));
    let last = given.map_or(Ok(head), |id| id.ok_or(Error::Malformed("Last-Event-ID is the id of an event.")))?;
    let mut listener = Listener::new(app, &who, last);
    // An id from the future is one of a database that was restored since.
    let first = if last > head { listener.reset(head) } else { said("ready", last, "{}") };
    let chunks = stream::unfold(Some((listener, Some(first))), Listener::step);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        // A compressor would hold events back until it has enough of them, and so would a proxy.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(chunks))
}

/// One stream.
struct Listener {
    app: Data<App>,
    caller: Caller,
    /// The last event that this stream has passed by, seen or not.
    last: i64,
    tide: watch::Receiver<Tide>,
    beat: Instant,
    /// Told when the session has opened too many others since.
    replaced: Arc<Notify>,
}

impl Listener {
    fn new(app: Data<App>, caller: &Caller, last: i64) -> Self {
        metrics::gauge!("noren_event_streams").increment(1);
        let tide = app.live.tide.subscribe();
        let (beat, replaced) = (Instant::now() + pause(&app), app.live.enter(caller.quota_key()));
        Self { app, caller: caller.clone(), last, tide, beat, replaced }
    }

    /// The next piece of the stream; the state that is left is `None` once it ends.
    async fn step(
        state: Option<(Self, Option<String>)>,
    ) -> Option<(Result<Bytes, Error>, Option<(Self, Option<String>)>)> {
        let (mut listener, greeting) = state?;
        if let Some(greeting) = greeting {
            return Some((Ok(Bytes::from(greeting)), Some((listener, None))));
        }
        match lasting(listener.next()).await {
            Ok(text) => Some((Ok(Bytes::from(text)), Some((listener, None)))),
            Err(farewell) => Some((Ok(Bytes::from(farewell)), None)),
        }
    }

    /// What there is to say next, or the last words.
    async fn next(&mut self) -> Result<String, String> {
        loop {
            let Tide { last, closing, reading: _ } = *self.tide.borrow_and_update();
            if closing {
                return Err(format!("retry: {}\n\n", rand::rng().random_range(RETRY_MS)));
            }
            if last > self.last {
                let text = self.catch_up(last).await;
                if !text.is_empty() {
                    return Ok(text);
                }
                continue;
            }
            tokio::select! {
                changed = self.tide.changed() => if changed.is_err() { return Err(String::new()) },
                () = self.replaced.notified() => return Err(said("replaced", self.last, "{}")),
                () = tokio::time::sleep_until(self.beat) => return self.beat().await,
            }
        }
    }

    /// The events up to the tide, or those of one reading of the table.
    async fn catch_up(&mut self, tide: i64) -> String {
        let events = match self.app.live.at_hand(self.last) {
            Some(events) => events,
            None => match events::after(&self.app.db, self.last, BATCH).await {
                Ok(events) => events.into_iter().map(Arc::new).collect(),
                Err(error) => {
                    tracing::error!(error = %error, "events.not_read");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    return String::new();
                }
            },
        };
        match events.first() {
            Some(first) if first.id == self.last + 1 => {}
            // The table does not reach back so far any more.
            _ => return self.reset(tide),
        }
        let newest = events.last().map_or(self.last, |event| event.id);
        match self.turn(&events).await {
            Ok(()) => self.last = newest,
            // Nothing more is told; the next beat says why.
            Err(Error::SessionEnded) => {
                self.last = newest;
                return String::new();
            }
            Err(error) => {
                tracing::error!(error = %error, "events.session_not_read");
                tokio::time::sleep(Duration::from_secs(1)).await;
                return String::new();
            }
        }
        let seen = events.iter().filter(|event| hears(&self.caller, &event.change));
        seen.map(|event| said("change", event.id, &wire(event, &self.caller))).collect()
    }

    /// Looks how the screen is turned, where there is something to tell: no word of others reaches one that was turned to a customer
    /// before it happened.
    async fn turn(&mut self, events: &[Arc<Event>]) -> Result<(), Error> {
        let turned = self.caller.viewer.customer_view.is_some();
        if turned || events.iter().any(|event| hears(&self.caller, &event.change)) {
            self.caller = self.caller.as_turned(&self.app).await?;
        }
        Ok(())
    }

    fn reset(&mut self, head: i64) -> String {
        self.last = head;
        said("reset", head, "{}")
    }

    /// A sign of life, if the caller may still listen; with it what they may see is as of now.
    async fn beat(&mut self) -> Result<String, String> {
        self.beat = Instant::now() + pause(&self.app);
        match self.caller.again(&self.app).await {
            Ok(caller) => self.caller = caller,
            Err(Error::SessionEnded | Error::SessionLocked | Error::AddressRefused) => {
                return Err(said("ended", self.last, "{}"));
            }
            Err(error) => tracing::warn!(error = %error, "events.caller_unknown"),
        }
        Ok(format!(": {}\n\n", self.last))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.app.live.leave(self.caller.quota_key(), &self.replaced);
        metrics::gauge!("noren_event_streams").decrement(1);
    }
}

fn pause(app: &App) -> Duration {
    Duration::from_secs(app.config.limits.heartbeat_seconds)
}

/// Whoever may read a thing is told that it changes; a screen that is turned to a customer hears of them alone.
fn hears(caller: &Caller, change: &Change) -> bool {
    if let Some(view) = caller.viewer.customer_view {
        return matches!(change.subject, Subject::Lead(id) if view.shows(id))
            && caller.viewer.sees_store(change.store_id);
    }
    let may = match change.subject {
        Subject::Lead(_) => caller.require::<ReadLead>(),
        Subject::Form(_) => caller.require::<ReadForm>(),
        Subject::FormSubmission(_) => caller.require::<ReadFormSubmission>(),
        Subject::Hold(_) => caller.require::<ReadHold>(),
    };
    // A car is one of a kind: whoever has it, at whichever store, everybody must know.
    let concerns_all = matches!(change.subject, Subject::Hold(_));
    may.is_ok() && (concerns_all || caller.viewer.sees_store(change.store_id))
}

fn said(name: &str, id: i64, data: &str) -> String {
    format!("id: {id}\nevent: {name}\ndata: {data}\n\n")
}

fn wire(event: &Event, caller: &Caller) -> String {
    let turned = caller.viewer.customer_view.is_some();
    let listener = caller.viewer.staff_id().filter(|_| !turned);
    let Event { id: _, at, change: Change { kind, store_id, subject, version, staff_id, mentions } } = event.clone();
    let mentions_me = listener.is_some_and(|listener| mentions.contains(&listener));
    let staff_id = staff_id.filter(|_| !turned);
    let event = noren_api::events::Event { kind, at, store_id, subject, version, staff_id, mentions_me };
    serde_json::to_string(&event).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use noren_domain::event::EventKind;
    use noren_domain::{LeadId, StoreId};

    use super::*;

    fn event(id: i64) -> Event {
        let (store_id, subject) = (StoreId(Uuid::nil()), Subject::Lead(LeadId(Uuid::nil())));
        let change = Change {
            kind: EventKind::LeadChanged,
            store_id,
            subject,
            version: id,
            staff_id: None,
            mentions: Vec::new(),
        };
        Event { id, at: noren_domain::Timestamp::UNIX_EPOCH, change }
    }

    #[test]
    fn who_is_too_far_behind_is_sent_to_the_table() {
        let live = Live::new();
        assert!(live.at_hand(0).is_none());
        live.take_in((1..=2_000).map(event).collect());
        assert!(live.at_hand(900).is_none());
        let first = 2_000 - i64::try_from(RECENT).unwrap();
        let ids = |last| live.at_hand(last).map(|events| events.iter().map(|event| event.id).collect::<Vec<_>>());
        assert_eq!(ids(first), Some((first + 1..=2_000).collect()));
        assert_eq!(ids(2_000), Some(Vec::new()));
    }
}
