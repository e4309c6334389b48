//! How the cards lie: how many beside one another and how high, so that only those near the screen are drawn. Pure.

/// What a person looks at the stock as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Grid,
    Rows,
}

impl Look {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Rows => "rows",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Grid => Self::Rows,
            Self::Rows => Self::Grid,
        }
    }
}

/// The narrowest card, and the space between two; `list.css` says the same of what is below the picture.
const NARROWEST: u32 = 300;
const GAP: u32 = 16;
const BELOW: u32 = 210;
const ROW: u32 = 112;
const ROW_GAP: u32 = 8;
/// How many lines beyond each edge are drawn.
const SPARE: usize = 2;

/// All lengths are in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tiles {
    pub columns: usize,
    pub height: u32,
    pub gap: u32,
}

impl Tiles {
    pub fn of(look: Look, width: u32) -> Self {
        match look {
            Look::Rows => Self { columns: 1, height: ROW, gap: ROW_GAP },
            Look::Grid => {
                let columns = ((width + GAP) / (NARROWEST + GAP)).max(1);
                let card = (width.saturating_sub((columns - 1) * GAP) / columns).max(1);
                // The frame of a picture is 16 to 8.4.
                Self { columns: columns as usize, height: card * 84 / 160 + BELOW, gap: GAP }
            }
        }
    }

    fn pitch(self) -> usize {
        (self.height + self.gap) as usize
    }

    fn lines(self, count: usize) -> usize {
        count.div_ceil(self.columns)
    }

    /// How high all of them are.
    pub fn whole(self, count: usize) -> usize {
        (self.lines(count) * self.pitch()).saturating_sub(self.gap as usize)
    }

    /// Which are drawn while `above` of the grid lies above a view of this height: the first, and one past the last.
    pub fn drawn(self, above: usize, view: usize, count: usize) -> (usize, usize) {
        let first = (above / self.pitch()).saturating_sub(SPARE).min(self.lines(count));
        let last = (above + view) / self.pitch() + 1 + SPARE;
        (first * self.columns, (last * self.columns).min(count))
    }

    /// Where the line of a card begins.
    pub fn top(self, at: usize) -> usize {
        at / self.columns * self.pitch()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_cards_lie_beside_one_another_as_there_is_room_for() {
        for (width, columns) in [(366, 1), (615, 1), (616, 2), (691, 2), (1044, 3), (1500, 4), (0, 1)] {
            assert_eq!(Tiles::of(Look::Grid, width).columns, columns, "{width}");
        }
        assert_eq!(Tiles::of(Look::Grid, 1044).height, 337 * 84 / 160 + BELOW);
        assert_eq!(Tiles::of(Look::Rows, 1044).columns, 1);
    }

    #[test]
    fn only_what_is_near_the_view_is_drawn_and_nothing_in_it_is_missing() {
        let tiles = Tiles { columns: 3, height: 384, gap: 16 };
        assert_eq!(tiles.drawn(0, 800, 10_000), (0, 15));
        let (from, to) = tiles.drawn(40_000, 800, 10_000);
        assert_eq!((from, to), (98 * 3, 105 * 3));
        assert!(tiles.top(from) <= 40_000 && tiles.top(to) >= 40_800);
        assert_eq!(tiles.drawn(0, 800, 2), (0, 2));
        assert_eq!(tiles.drawn(99_999, 800, 2).1, 2);
        assert_eq!((tiles.whole(0), tiles.whole(3), tiles.whole(4)), (0, 384, 784));
    }
}
