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

/// What was appended to the first page of that turn.
struct More<T> {
    turn: u32,
    pages: Vec<Arc<Page<T>>>,
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
        let first = LocalResource::new({
            let fetch = Rc::clone(&fetch);
            move || {
                let answer = fetch(Ask { after: None, limit: Some(wanted.get_value()) });
                wanted.set_value(DEFAULT_LIMIT);
                let turns = Rc::clone(&turns);
                async move {
                    let page = answer.await?;
                    turns.set(turns.get() + 1);
                    Ok(First { turn: turns.get(), page: Arc::new(page) })
                }
            }
        });
        let more = RwSignal::new(More { turn: 0, pages: Vec::new() });
        Self { first, appending: RwSignal::new(Appending::No), more, fetch: StoredValue::new_local(fetch), wanted }
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
        self.appending.set(Appending::Running);
        spawn_local(async move {
            match answer.await {
                Ok(page) => {
                    self.more.update(|more| {
                        if more.turn != turn {
                            *more = More { turn, pages: Vec::new() };
                        }
                        more.pages.push(Arc::new(page));
                    });
                    self.appending.set(Appending::No);
                }
                Err(error) => self.appending.set(Appending::Failed(error)),
            }
        });
    }

    /// Fetches again, as much as is shown but no more than one page can hold.
    pub fn refetch(self) {
        let count = |more: &More<T>| more.pages.iter().map(|page| page.items.len()).sum::<usize>();
        // The page may be gone by the time that a write is answered.
        let Some(shown) = self.more.try_with_untracked(count) else { return };
        let shown = u64::try_from(shown).unwrap_or(MAX_LIMIT) + DEFAULT_LIMIT;
        self.wanted.set_value(shown.min(MAX_LIMIT));
        self.appending.set(Appending::No);
        self.first.refetch();
    }
}
