//! Live: what others change appears by itself. One stream for the whole app, from signing in to signing out.

mod news;
mod sse;

use futures_util::future::{Either, select};
use futures_util::pin_mut;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::auth::Me;
use noren_domain::{LeadId, Timestamp};

use self::news::Gathered;
pub use self::news::News;
use self::sse::{Reader, Said};
use crate::api::{Api, Listening};
use crate::bell::Bell;
use crate::json;
use crate::session::Session;
use crate::ui::clock;
use crate::ui::effect::{effect, on_change};

/// The server gives a sign of life every 15 seconds; after this silence the connection is broken.
const SILENCE_MS: i64 = 40_000;
/// How long opening the stream may take.
const OPENING_MS: u32 = 20_000;
/// How long the pages wait for the stream before they begin to read.
const GREETING_MS: u32 = 1_000;
/// The waits between attempts grow from the first to the last.
const FIRST_WAIT_MS: u32 = 1_000;
const LAST_WAIT_MS: u32 = 30_000;

/// The stream of changes. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Live {
    session: RwSignal<Session>,
    news: RwSignal<News>,
    /// Since when nothing comes; `None` while the stream stands.
    down: RwSignal<Option<Timestamp>>,
    /// What this page wrote lately, and when it was answered.
    wrote: StoredValue<Vec<(LeadId, i64)>>,
    /// Whether pages began to read before the stream stood.
    late: StoredValue<bool>,
    bells: StoredValue<Bells, LocalStorage>,
}

#[derive(Clone, Default)]
struct Bells {
    /// Something is different: the network, the page's visibility, who is signed in.
    wake: Bell,
    /// The stream stands.
    open: Bell,
}

/// How a stream ended.
enum End {
    Broken,
    /// The server stops, and says when to come again.
    Stopped(u32),
    /// This session has newer streams.
    Replaced,
    /// The session is over, or so it seems.
    Over,
}

/// The [`Live`] of the app.
pub fn use_live() -> Live {
    expect_context()
}

impl Live {
    /// Begins to listen for as long as somebody is signed in.
    pub fn start(api: Api, session: RwSignal<Session>) -> Self {
        let bells = Bells::default();
        for event in ["online", "offline", "focus", "visibilitychange"] {
            let wake = bells.wake.clone();
            let _ = window_event_listener_untyped(event, move |_| wake.ring());
        }
        let wake = bells.wake.clone();
        effect(move || {
            session.track();
            wake.ring();
        });
        let live = Self {
            session,
            news: RwSignal::default(),
            down: RwSignal::new(Some(clock::now())),
            wrote: StoredValue::default(),
            late: StoredValue::default(),
            bells: StoredValue::new_local(bells.clone()),
        };
        spawn_local(live.run(api, bells));
        live
    }

    /// Does something whenever there is news, for as long as the page is there.
    pub fn on_news(self, act: impl Fn(&News) + 'static) {
        on_change(move || self.news.track(), move || act(&self.news.get_untracked()));
    }

    /// Since when nothing has come.
    pub fn down_since(self) -> Option<Timestamp> {
        self.down.get()
    }

    /// Notes that this page wrote a lead and asks again by itself.
    pub fn wrote(self, id: LeadId) {
        let now = now();
        self.wrote.update_value(|wrote| {
            wrote.retain(|(other, _)| *other != id);
            wrote.push((id, now));
        });
    }

    /// Waits a moment until the stream stands, so that nothing happens between what a page reads and what it hears.
    pub async fn greeted(self) {
        let open = self.bells.with_value(|bells| bells.open.clone());
        let stands = move || self.down.with_untracked(Option::is_none);
        if within(GREETING_MS, open.until(stands)).await.is_none() {
            self.late.set_value(true);
        }
    }

    async fn run(self, api: Api, bells: Bells) {
        let (mut last, mut gathered, mut wait) = (None, Gathered::default(), FIRST_WAIT_MS);
        loop {
            let Some(me) = self.me() else {
                (last, gathered) = (None, Gathered::default());
                bells.wake.heard().await;
                continue;
            };
            let end = match within(OPENING_MS, api.listen(last)).await {
                Some(Ok(stream)) => self.follow(&stream, &me, &bells, &mut last, &mut gathered).await,
                _ => End::Broken,
            };
            if self.down.with_untracked(Option::is_none) {
                self.down.set(Some(clock::now()));
                wait = FIRST_WAIT_MS;
            }
            match end {
                End::Broken => {
                    within(jittered(wait), bells.wake.heard()).await;
                    wait = (wait * 2).min(LAST_WAIT_MS);
                }
                End::Stopped(wait) => within(wait, bells.wake.heard()).await.unwrap_or_default(),
                End::Replaced => {
                    bells.wake.heard().await;
                    while document().hidden() {
                        bells.wake.heard().await;
                    }
                }
                End::Over => {
                    let _ = api.renew().await;
                }
            }
        }
    }

    fn me(self) -> Option<Me> {
        self.session.with_untracked(|session| match session {
            Session::In(me) => Some(me.clone()),
            _ => None,
        })
    }

    /// Listens until the stream ends.
    async fn follow(
        self,
        stream: &Listening,
        me: &Me,
        bells: &Bells,
        last: &mut Option<i64>,
        gathered: &mut Gathered,
    ) -> End {
        let (mut reader, mut heard) = (Reader::default(), now());
        let mut next = Box::pin(stream.next());
        loop {
            let until = gathered
                .due()
                .filter(|_| !document().hidden())
                .map_or(heard + SILENCE_MS, |due| due.min(heard + SILENCE_MS));
            let patience = TimeoutFuture::new(u32::try_from(until - now()).unwrap_or(0));
            let wake = bells.wake.heard();
            pin_mut!(wake);
            match select(next.as_mut(), select(patience, wake)).await {
                Either::Left((None, _)) => return End::Broken,
                Either::Left((Some(bytes), _)) => {
                    next = Box::pin(stream.next());
                    heard = now();
                    for said in reader.take_in(&bytes) {
                        if let Some(end) = self.understand(said, me, gathered, last, bells) {
                            self.tell(gathered, me);
                            return end;
                        }
                    }
                }
                Either::Right(_) => {
                    let gone = self.me().is_none_or(|now| now.id != me.id);
                    if gone || !window().navigator().on_line() || now() - heard >= SILENCE_MS {
                        return End::Broken;
                    }
                }
            }
            self.tell(gathered, me);
        }
    }

    fn understand(
        self,
        said: Said,
        me: &Me,
        gathered: &mut Gathered,
        last: &mut Option<i64>,
        bells: &Bells,
    ) -> Option<End> {
        let (id, name, data) = match said {
            Said::Event { id, name, data } => (id, name, data),
            Said::Retry(wait) => return Some(End::Stopped(wait)),
        };
        *last = id.or(*last);
        match name.as_str() {
            "ready" if self.late.get_value() => {
                self.late.set_value(false);
                gathered.everything();
            }
            "change" => match json::read(&data) {
                Ok(event) => gathered.take_in(event, me.id, now()),
                // A kind of change that this version does not know may still concern what it shows.
                Err(_) => gathered.everything(),
            },
            "reset" => gathered.everything(),
            "replaced" => return Some(End::Replaced),
            "ended" => return Some(End::Over),
            _ => {}
        }
        if self.down.with_untracked(Option::is_some) {
            self.down.set(None);
            bells.open.ring();
        }
        None
    }

    fn tell(self, gathered: &mut Gathered, me: &Me) {
        // Nobody looks; coming back rings the bell.
        if document().hidden() {
            return;
        }
        let now = now();
        if gathered.due().is_some_and(|due| due <= now)
            && let Some(news) = self.wrote.with_value(|wrote| gathered.tell(me.id, wrote, now))
        {
            self.news.set(news);
        }
    }
}

/// What comes of it in time.
pub async fn within<T>(patience: u32, work: impl Future<Output = T>) -> Option<T> {
    let patience = TimeoutFuture::new(patience);
    pin_mut!(work);
    match select(work, patience).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(_) => None,
    }
}

fn now() -> i64 {
    clock::by_device().timestamp_millis()
}

/// Between half of it and all of it, so that not every tablet of the shop comes back at the same moment.
pub fn jittered(wait: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than the wait")]
    let less = (f64::from(wait) / 2.0 * js_sys::Math::random()) as u32;
    wait - less
}
