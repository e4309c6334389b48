//! Keyset pages, before they become cursors.

/// Where a page begins: after the row with this sort value and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub sort: String,
    pub id: uuid::Uuid,
}

/// Which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    pub after: Option<Position>,
    pub limit: u64,
}

/// One page, and where the next one begins if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<Position>,
}

impl<T> Page<T> {
    /// Cuts `limit + 1` fetched rows to a page.
    pub(crate) fn cut(mut items: Vec<T>, limit: u64, position: impl Fn(&T) -> Position) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(position);
        Self { items, next }
    }
}
