//! The signed-in person's own 仮押さえ: how many there are, what they do about them here, and what becomes of them meanwhile.

pub mod said;
mod turn;

use chrono::TimeDelta;
use futures_util::future::join_all;
use futures_util::join;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use noren_api::holds::{Hold, HoldFilter, NewHold};
use noren_api::page::MAX_LIMIT;
use noren_domain::code::StockNumber;
use noren_domain::{StaffId, Timestamp};

pub use self::turn::is_unseen;
use self::turn::{Known, Turn, ended_since, learn};
use crate::api::{Api, ApiError, use_api};
use crate::device;
use crate::live::{Live, use_live};
use crate::routes::Page;
use crate::ui::clock;
use crate::ui::toast::{Toasts, use_toasts};
use crate::words::{self, lang_untracked};

/// How the keys begin under which this device keeps when a person has looked at what ended.
const LOOKED: &str = "noren.holds-looked.";
/// What ended longer ago is no news on a device where nobody has looked yet.
const NEWS: TimeDelta = TimeDelta::days(3);

/// The person's holds. `Copy`, in the context of the shell; it outlives the pages, because toasts do that offer the way back.
#[derive(Clone, Copy)]
pub struct MyHolds {
    api: Api,
    live: Live,
    toasts: Toasts,
    /// What this device keeps for the person under when they looked last.
    looked: StoredValue<String>,
    known: RwSignal<Vec<Known>>,
    unseen: RwSignal<u64>,
    /// Cars about which this screen asks something just now: the answer is said where it was asked.
    asking: StoredValue<Vec<StockNumber>>,
    /// How often it was looked; of two looks the later one counts.
    looks: StoredValue<u32>,
    /// Whether something is known by now.
    begun: StoredValue<bool>,
}

pub fn use_my_holds() -> MyHolds {
    expect_context()
}

impl MyHolds {
    pub fn new(me: Option<StaffId>) -> Self {
        let looked = StoredValue::new(me.map(|me| format!("{LOOKED}{me}")).unwrap_or_default());
        let (known, unseen) = (RwSignal::default(), RwSignal::new(0));
        let (asking, looks, begun) = (StoredValue::default(), StoredValue::new(0), StoredValue::new(false));
        Self { api: use_api(), live: use_live(), toasts: use_toasts(), looked, known, unseen, asking, looks, begun }
    }

    /// Looks now, and whenever something happens to one of them, for as long as the shell is there.
    pub fn follow(self) {
        let here = use_location().pathname;
        self.look(here);
        self.live.on_news(move |news| {
            if news.is_about_my_holds() {
                self.look(here);
            }
        });
    }

    /// How many are open.
    pub fn open(self) -> usize {
        self.known.with(|known| known.iter().filter(|known| known.is_open()).count())
    }

    /// How many have ended and were not looked at on this device.
    pub fn unseen(self) -> u64 {
        self.unseen.get()
    }

    /// When the person looked last at what ended.
    pub fn looked_at(self) -> Timestamp {
        let kept = self.looked.try_with_value(|key| device::kept(key)).flatten();
        let kept = kept.and_then(|at| at.parse().ok()).and_then(Timestamp::from_timestamp_millis);
        kept.unwrap_or_else(|| clock::now() - NEWS)
    }

    /// Notes that the person looks at them now.
    pub fn seen(self) {
        let now = clock::now().timestamp_millis().to_string();
        self.looked.try_with_value(|key| device::keep(key, &now));
        self.unseen.try_set(0);
    }

    /// Claims a car.
    pub async fn place(self, number: StockNumber, new: NewHold, key: String) -> Result<Hold, ApiError> {
        self.asked(number.clone(), self.api.place_hold(number, new, key)).await
    }

    pub async fn extend(self, hold: Hold, hours: u8) -> Result<Hold, ApiError> {
        self.asked(hold.stock_number, self.api.extend_hold(hold.id, hold.version, hours)).await
    }

    pub async fn release(self, hold: Hold) -> Result<Hold, ApiError> {
        self.asked(hold.stock_number, self.api.release_hold(hold.id, hold.version)).await
    }

    async fn asked(
        self,
        number: StockNumber,
        answer: impl Future<Output = Result<Hold, ApiError>>,
    ) -> Result<Hold, ApiError> {
        self.asking.try_update_value(|asking| asking.push(number.clone()));
        let answer = answer.await;
        self.asking.try_update_value(|asking| {
            if let Some(at) = asking.iter().position(|asked| *asked == number) {
                asking.swap_remove(at);
            }
        });
        if let Some(hold) = answer.as_ref().ok().filter(|hold| hold.is_own) {
            self.known.try_update(|known| learn(known, std::slice::from_ref(hold)));
        }
        answer
    }

    fn look(self, here: Memo<String>) {
        self.looks.try_update_value(|looks| *looks += 1);
        let look = self.looks.try_get_value();
        spawn_local(async move {
            self.live.greeted().await;
            let filter = |open| HoldFilter { open: Some(open), limit: Some(MAX_LIMIT), ..HoldFilter::default() };
            let (open, over) = join!(self.api.list_holds(filter(true)), self.api.list_holds(filter(false)));
            let (Ok(open), Ok(over)) = (open, over) else { return };
            let mut now = open.items;
            now.extend(self.gone(&now).await);
            if self.looks.try_get_value() == look {
                self.take_in(&now, &over.items, here);
            }
        });
    }

    /// Those that were open and are not any more, as they are now.
    async fn gone(self, open: &[Hold]) -> Vec<Hold> {
        let is_gone = |known: &&Known| known.is_open() && !open.iter().any(|hold| hold.id == known.id);
        let gone = self.known.try_with_untracked(|known| known.iter().filter(is_gone).map(|known| known.id).collect());
        let gone: Vec<_> = gone.unwrap_or_default();
        join_all(gone.into_iter().map(|id| self.api.get_hold(id))).await.into_iter().filter_map(Result::ok).collect()
    }

    fn take_in(self, now: &[Hold], over: &[Hold], here: Memo<String>) {
        let ended = ended_since(over, self.looked_at());
        self.unseen.try_set(ended as u64);
        let Some(turned) = self.known.try_update(|known| learn(known, now)) else { return };
        let is_first = self.begun.try_update_value(|begun| !std::mem::replace(begun, true)) == Some(true);
        let is_asked = |hold: &Hold| self.asking.with_value(|asking| asking.contains(&hold.stock_number));
        let turned: Vec<(Turn, Hold)> = turned.into_iter().filter(|(_, hold)| !is_asked(hold)).collect();
        let lang = lang_untracked();
        let (said, way) = match turned.as_slice() {
            [] if is_first && ended > 0 => (words::hold_news::meanwhile(lang, ended), Page::Holds.href()),
            [] => return,
            [(turn, hold)] => (turn.said(hold, clock::now(), lang), Page::vehicle(&hold.stock_number)),
            several => (words::hold_news::several(lang, several.len()), Page::Holds.href()),
        };
        // There it stands before their eyes.
        let is_here = here.try_get_untracked().is_some_and(|path| path == way || path == Page::Holds.href());
        if is_here {
            self.toasts.say(said);
        } else {
            self.toasts.say_with_way(said, way);
        }
    }
}
