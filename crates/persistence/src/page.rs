//! Keyset pages, before they become cursors.

use uuid::Uuid;

/// Where a page begins: after the row with this sort value and id. What EXTREME masters has a text for its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position<I = Uuid> {
    pub sort: String,
    pub id: I,
}

/// Which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest<I = Uuid> {
    pub after: Option<Position<I>>,
    pub limit: u64,
}

/// One page, and where the next one begins if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, I = Uuid> {
    pub items: Vec<T>,
    pub next: Option<Position<I>>,
}

impl<T, I> Page<T, I> {
    /// Cuts `limit + 1` fetched rows to a page.
    pub(crate) fn cut(mut items: Vec<T>, limit: u64, position: impl Fn(&T) -> Position<I>) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(position);
        Self { items, next }
    }
}
