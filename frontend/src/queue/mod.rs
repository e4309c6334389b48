//! Leads that were saved without a network. They wait on this device until the server has them, each under the key of its
//! form, so that it becomes one lead however often it is sent. Only their author sends and sees them.

mod entry;

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_domain::StaffId;

pub use self::entry::{Entry, State};
use self::entry::{Verdict, judged};
use crate::api::{Api, hold};
use crate::bell::Bell;
use crate::device;
use crate::live::{jittered, use_live, within};
use crate::session::Session;
use crate::ui::clock;
use crate::ui::effect::effect;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang_untracked};

/// How long one tab waits for another one that is sending.
const PATIENCE_MS: u32 = 20_000;
/// The waits between attempts grow from the first to the last.
const FIRST_WAIT_MS: u32 = 2_000;
const LAST_WAIT_MS: u32 = 60_000;

/// What waits on this device. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Queue {
    api: Api,
    session: RwSignal<Session>,
    toasts: Toasts,
    entries: RwSignal<Vec<Entry>>,
    /// The key of the request that is on its way.
    sending: RwSignal<Option<String>>,
    wake: StoredValue<Bell, LocalStorage>,
}

/// The [`Queue`] of the app.
pub fn use_queue() -> Queue {
    expect_context()
}

/// What a person left waiting here, the oldest first.
pub fn of(staff: StaffId) -> Vec<Entry> {
    let prefix = prefix(staff);
    let kept = device::kept_under(&prefix);
    kept.iter().filter_map(|(key, text)| Entry::read(key.strip_prefix(&prefix)?, text)).collect()
}

/// What waits under a request's key.
pub fn find(staff: StaffId, request: &str) -> Option<Entry> {
    of(staff).into_iter().find(|entry| entry.request == request)
}

/// Notes what is typed into something that waits. From then on it is not sent before somebody saves it.
pub fn rewrite(staff: StaffId, request: &str, draft: &str) {
    if let Some(entry) = find(staff, request).filter(|entry| entry.draft != draft) {
        keep(staff, &Entry { state: State::Open, draft: draft.to_owned(), ..entry });
    }
}

/// How the keys begin of what a person left waiting.
pub fn prefix(staff: StaffId) -> String {
    format!("{}{staff}.", device::QUEUES)
}

fn key(staff: StaffId, entry: &Entry) -> String {
    format!("{}{}", prefix(staff), entry.name())
}

fn keep(staff: StaffId, entry: &Entry) -> bool {
    let (key, text) = (key(staff, entry), entry.written());
    device::keep(&key, &text);
    device::kept(&key).is_some_and(|kept| kept == text)
}

fn now() -> i64 {
    clock::by_device().timestamp_millis()
}

impl Queue {
    /// Begins to send what waits, for as long as its author is signed in.
    pub fn start(api: Api, session: RwSignal<Session>) -> Self {
        let bell = Bell::default();
        let (toasts, live) = (use_toasts(), use_live());
        let (entries, sending) = (RwSignal::default(), RwSignal::new(None));
        let queue = Self { api, session, toasts, entries, sending, wake: StoredValue::new_local(bell.clone()) };
        for event in ["online", "visibilitychange", "storage"] {
            let _ = window_event_listener_untyped(event, move |_| queue.look());
        }
        effect(move || {
            session.track();
            queue.look();
        });
        effect(move || {
            if live.down_since().is_none() {
                queue.look();
            }
        });
        spawn_local(queue.run(bell));
        queue
    }

    pub fn entries(self) -> Signal<Vec<Entry>> {
        self.entries.into()
    }

    pub fn is_sending(self, request: &str) -> bool {
        self.sending.with(|sending| sending.as_deref() == Some(request))
    }

    /// Keeps a lead until there is a network. Whether it could be kept.
    pub fn put(self, request: String, body: String, draft: String) -> bool {
        let Some(me) = self.me() else { return false };
        let at = find(me, &request).map_or_else(now, |entry| entry.at);
        let kept = keep(me, &Entry { at, request, state: State::Waiting, body, draft });
        self.look();
        kept
    }

    /// Something is no longer to be sent: the server has it, or nobody wants it.
    pub fn sent(self, request: &str) {
        if let Some(me) = self.me() {
            of(me).iter().filter(|entry| entry.request == request).for_each(|entry| device::forget(&key(me, entry)));
        }
        self.look();
    }

    /// Sends something old after all, at the end of the queue.
    pub fn send_again(self, request: &str) {
        let Some((me, entry)) = self.me().and_then(|me| Some((me, find(me, request)?))) else { return };
        if keep(me, &Entry { at: now(), state: State::Waiting, ..entry.clone() }) {
            device::forget(&key(me, &entry));
        }
        self.look();
    }

    fn me(self) -> Option<StaffId> {
        self.session.with_untracked(|session| match session {
            // What waits is of other customers, and none of it is sent while one looks.
            Session::In(me) if me.customer_view.is_none() => Some(me.id),
            _ => None,
        })
    }

    /// Reads anew what waits, and tries to send it.
    fn look(self) {
        self.refresh();
        self.wake.with_value(Bell::ring);
    }

    fn refresh(self) {
        let entries = self.me().map(of).unwrap_or_default();
        if self.entries.with_untracked(|shown| *shown != entries) {
            self.entries.set(entries);
        }
    }

    async fn run(self, bell: Bell) {
        let mut wait = FIRST_WAIT_MS;
        loop {
            if self.send_all().await {
                within(jittered(wait), bell.heard()).await;
                wait = (wait * 2).min(LAST_WAIT_MS);
            } else {
                wait = FIRST_WAIT_MS;
                bell.heard().await;
            }
        }
    }

    /// Sends what can be sent, one after the other. Whether something is to be tried again.
    async fn send_all(self) -> bool {
        let Some(me) = self.me() else { return false };
        let ready = move || of(me).into_iter().find(|entry| entry.is_ready(now()));
        if ready().is_none() {
            return false;
        }
        // Whoever had to wait finds what another tab has left.
        let _alone = hold("noren.queue", PATIENCE_MS).await;
        let (mut made, mut later) = (0, false);
        while let Some(entry) = ready().filter(|_| self.me() == Some(me) && !later) {
            self.sending.set(Some(entry.request.clone()));
            match self.api.create_lead(entry.body.clone(), entry.request.clone()).await.map_err(|error| judged(&error))
            {
                Ok(_) => {
                    device::forget(&key(me, &entry));
                    made += 1;
                }
                Err(Verdict::Later) => later = true,
                // Meanwhile somebody may have changed or discarded it.
                Err(Verdict::Refused(state)) if find(me, &entry.request).as_ref() == Some(&entry) => {
                    later = !keep(me, &Entry { state, ..entry });
                }
                Err(Verdict::Refused(_)) => {}
            }
            self.sending.set(None);
            self.refresh();
        }
        if made > 0 {
            self.toasts.say(words::queue::made(lang_untracked(), made));
        }
        later
    }
}
