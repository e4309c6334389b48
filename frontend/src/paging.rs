//! Keyset pages, one appended to the other.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::Page;
use noren_api::page::{DEFAULT_LIMIT, MAX_LIMIT};

use crate::api::ApiError;
use crate::ui::more::Tail;

/// More rows than these are not fetched again at once.
const AGAIN: u64 = 1_000;

/// Which page is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    pub after: Option<String>,
    pub limit: Option<u64>,
}

type Fetch<T> = Rc<dyn Fn(Ask) -> LocalBoxFuture<'static, Result<Page<T>, ApiError>>>;

/// The first page, and how often it has been fetched.
#[derive(Clone, Debug)]
pub struct First<T> {
    turn: u32,
    page: Arc<Page<T>>,
}

impl<T> PartialEq for First<T> {
    fn eq(&self, other: &Self) -> bool {
        self.turn == other.turn
    }
}

/// What was appended to the first page of that turn, and which page may still come. Pure.
struct More<T> {
    turn: u32,
    pages: Vec<Arc<Page<T>>>,
    asked: u32,
}

impl<T> More<T> {
    fn new() -> Self {
        Self { turn: 0, pages: Vec::new(), asked: 0 }
    }

    /// Another page is asked for, so that all those still on their way come too late. Its number.
    fn ask(&mut self) -> u32 {
        self.asked = self.asked.wrapping_add(1);
        self.asked
    }

    fn awaits(&self, asked: u32) -> bool {
        self.asked == asked
    }

    fn append(&mut self, turn: u32, page: Page<T>) {
        if self.turn != turn {
            self.turn = turn;
            self.pages.clear();
        }
        self.pages.push(Arc::new(page));
    }
}

/// Whether the next page is on its way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Appending {
    #[default]
    No,
    Running,
    Failed(ApiError),
}

/// A list that grows by pages. The fetch may read signals: when they change, it begins again.
pub struct Pager<T: Send + Sync + 'static> {
    pub first: LocalResource<Result<First<T>, ApiError>>,
    pub appending: RwSignal<Appending>,
    more: RwSignal<More<T>>,
    fetch: StoredValue<Fetch<T>, LocalStorage>,
    wanted: StoredValue<u64>,
}

impl<T: Send + Sync + 'static> Clone for Pager<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Pager<T> {}

impl<T: Clone + Send + Sync + 'static> Pager<T> {
    pub fn new(fetch: impl Fn(Ask) -> LocalBoxFuture<'static, Result<Page<T>, ApiError>> + 'static) -> Self {
        let fetch: Fetch<T> = Rc::new(fetch);
        // Not a stored value: an answer may come after its page is gone.
        let turns = Rc::new(Cell::new(0_u32));
        let wanted = StoredValue::new(DEFAULT_LIMIT);
        let (more, appending) = (RwSignal::new(More::new()), RwSignal::new(Appending::No));
        let first = LocalResource::new({
            let fetch = Rc::clone(&fetch);
            move || {
                let wanted = wanted.try_update_value(|wanted| std::mem::replace(wanted, DEFAULT_LIMIT));
                let answer = gathered(Rc::clone(&fetch), wanted.unwrap_or(DEFAULT_LIMIT));
                let turns = Rc::clone(&turns);
                async move {
                    let page = answer.await;
                    // Whatever was to follow the page before does not follow this one.
                    more.try_update_untracked(More::ask);
                    appending.try_set(Appending::No);
                    let page = page?;
                    turns.set(turns.get() + 1);
                    Ok(First { turn: turns.get(), page: Arc::new(page) })
                }
            }
        });
        Self { first, appending, more, fetch: StoredValue::new_local(fetch), wanted }
    }

    /// Everything fetched so far.
    pub fn rows(self, first: &First<T>) -> Vec<T> {
        let mut rows = first.page.items.clone();
        self.more.with(|more| {
            if more.turn == first.turn {
                rows.extend(more.pages.iter().flat_map(|page| page.items.iter().cloned()));
            }
        });
        rows
    }

    /// Whether there is another page.
    pub fn has_next(self, first: &First<T>) -> bool {
        self.cursor(first).is_some()
    }

    fn cursor(self, first: &First<T>) -> Option<String> {
        self.more.with(|more| match more.pages.last() {
            Some(last) if more.turn == first.turn => last.next.clone(),
            _ => first.page.next.clone(),
        })
    }

    /// Fetches the next page, unless that is under way.
    pub fn append(self, first: &First<T>) {
        if self.appending.with_untracked(|state| *state == Appending::Running) {
            return;
        }
        let Some(after) = untrack(|| self.cursor(first)) else { return };
        let (turn, ask) = (first.turn, Ask { after: Some(after), limit: Some(DEFAULT_LIMIT * 2) });
        let answer = untrack(|| self.fetch.with_value(|fetch| fetch(ask)));
        let Some(asked) = self.more.try_update_untracked(More::ask) else { return };
        self.appending.set(Appending::Running);
        spawn_local(async move {
            let answer = answer.await;
            if self.more.try_with_untracked(|more| more.awaits(asked)) != Some(true) {
                return;
            }
            match answer {
                Ok(page) => {
                    self.more.update(|more| more.append(turn, page));
                    self.appending.set(Appending::No);
                }
                Err(error) => self.appending.set(Appending::Failed(error)),
            }
        });
    }

    /// What stands at the foot of such a list.
    pub fn tail(self, first: Signal<First<T>>) -> Tail {
        let state = self.appending;
        Tail {
            more: Memo::new(move |_| first.with(|first| self.has_next(first))).into(),
            running: Signal::derive(move || state.with(|state| *state == Appending::Running)),
            failed: Signal::derive(move || state.with(|state| matches!(state, Appending::Failed(_)))),
            append: Callback::new(move |()| first.with_untracked(|first| self.append(first))),
        }
    }

    /// Fetches again, as much as is shown, within bounds.
    pub fn refetch(self) {
        // The page may be gone by the time that a write is answered.
        let Some(shown) = self.shown() else { return };
        self.wanted.set_value(shown.min(AGAIN));
        self.more.try_update_untracked(More::ask);
        self.appending.set(Appending::No);
        self.first.refetch();
    }

    /// Fetches again because others changed something. Whoever has scrolled very far stays where they are.
    pub fn follow(self) {
        if self.shown().is_some_and(|shown| shown <= AGAIN) {
            self.refetch();
        }
    }

    /// How many rows there are at most; nothing once the page is gone.
    fn shown(self) -> Option<u64> {
        let first = self.first.try_get_untracked()?;
        let first = first.and_then(Result::ok).map_or(0, |first| first.page.items.len());
        let count = |more: &More<T>| more.pages.iter().map(|page| page.items.len()).sum::<usize>();
        let shown = self.more.try_with_untracked(count)? + first;
        Some(u64::try_from(shown).unwrap_or(AGAIN).max(DEFAULT_LIMIT))
    }
}

/// The first rows, as many as are wanted, as one page. The first request is made before the first wait, so that what it
/// reads is followed.
fn gathered<T: 'static>(fetch: Fetch<T>, wanted: u64) -> LocalBoxFuture<'static, Result<Page<T>, ApiError>> {
    let first = fetch(Ask { after: None, limit: Some(wanted.min(MAX_LIMIT)) });
    Box::pin(async move {
        let mut all = first.await?;
        loop {
            let missing = wanted.saturating_sub(u64::try_from(all.items.len()).unwrap_or(wanted));
            let Some(after) = all.next.clone().filter(|_| missing > 0) else { return Ok(all) };
            let next = untrack(|| fetch(Ask { after: Some(after), limit: Some(missing.min(MAX_LIMIT)) })).await?;
            all.items.extend(next.items);
            all.next = next.next;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(item: u32) -> Page<u32> {
        Page { items: vec![item], next: None }
    }

    /// Takes the answers in the order in which they come.
    fn appended(more: &mut More<u32>, answers: &[(u32, u32, u32)]) -> Vec<u32> {
        for (asked, turn, item) in answers {
            if more.awaits(*asked) {
                more.append(*turn, page(*item));
            }
        }
        more.pages.iter().flat_map(|page| page.items.clone()).collect()
    }

    #[test]
    fn a_page_asked_for_twice_is_appended_once() {
        let mut more = More::new();
        let before = more.ask();
        let (_refetch, after) = (more.ask(), more.ask());
        assert_eq!(appended(&mut more, &[(before, 1, 7), (after, 1, 7)]), [7]);
    }

    #[test]
    fn a_page_of_the_list_before_does_not_take_the_place_of_newer_ones() {
        let mut more = More::new();
        let before = more.ask();
        let (_first_again, after) = (more.ask(), more.ask());
        assert_eq!(appended(&mut more, &[(after, 2, 8), (before, 1, 7)]), [8]);
    }

    #[test]
    fn pages_follow_one_another_within_a_turn_and_begin_anew_with_the_next() {
        let mut more = More::new();
        for (turn, item, all) in [(1, 1, vec![1]), (1, 2, vec![1, 2]), (2, 3, vec![3])] {
            let asked = more.ask();
            assert_eq!(appended(&mut more, &[(asked, turn, item)]), all);
        }
    }
}
