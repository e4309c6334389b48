//! Pages that are mixed up: sent again, in another order, or with states that are older than what came before them.

use serde::Serialize;

use crate::problem::Problem;
use crate::random::Random;
use crate::store::{Reading, Record, Tombstone};
use crate::stream::Stream;

/// How a page is mixed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mix {
    /// The page before comes again.
    pub again: bool,
    /// The seed of its order.
    pub shuffled: Option<u64>,
    /// Older states come after newer ones.
    pub stale: bool,
}

/// A page as it is sent.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    pub items: Vec<Record>,
    pub tombstones: Vec<Tombstone>,
    pub next: String,
    pub more: bool,
}

impl Mix {
    /// How many records may be read for a page of `limit`, so that what is mixed in still fits.
    pub fn room(self, limit: usize) -> usize {
        let parts = 1 + usize::from(self.shuffled.is_some()) + usize::from(self.stale);
        (limit / parts).max(1)
    }

    /// Mixes a page up.
    pub fn apply(self, reading: &Reading, stream: Stream, limit: usize, page: &mut Page) -> Result<(), Problem> {
        if let Some(seed) = self.shuffled {
            self.shuffle(reading, stream, limit, page, seed)?;
        }
        if self.stale {
            add_earlier_states(reading, stream, limit, page)?;
        }
        Ok(())
    }

    /// Records that a reader has seen long ago come once more, and all in any order.
    fn shuffle(
        self,
        reading: &Reading,
        stream: Stream,
        limit: usize,
        page: &mut Page,
        seed: u64,
    ) -> Result<(), Problem> {
        let room = self.room(limit).min(limit.saturating_sub(page.items.len() + page.tombstones.len()));
        let earlier = reading.changes(stream, None, room.max(1))?.items;
        let is_new = |record: &Record| !page.items.iter().any(|item| same(stream, item, record));
        let earlier: Vec<Record> = earlier.into_iter().filter(is_new).take(room).collect();
        page.items.extend(earlier);
        Random::new(seed).shuffle(&mut page.items);
        Ok(())
    }
}

fn same(stream: Stream, left: &Record, right: &Record) -> bool {
    left.get(stream.key_member()) == right.get(stream.key_member())
}

fn add_earlier_states(reading: &Reading, stream: Stream, limit: usize, page: &mut Page) -> Result<(), Problem> {
    let keys: Vec<String> = page
        .items
        .iter()
        .filter_map(|item| item.get(stream.key_member()).and_then(|key| key.as_str()).map(str::to_owned))
        .collect();
    for key in keys {
        if page.items.len() + page.tombstones.len() >= limit {
            break;
        }
        page.items.extend(reading.earlier(stream, &key)?);
    }
    Ok(())
}
