//! Chance that repeats itself: the same seed gives the same choices in every build and on every machine, which no
//! generator of `rand` promises across versions.

/// `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). Never for secrets.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for one thing of many, so that things can be made in any order.
    pub fn of(seed: u64, kind: &str, number: u64) -> Self {
        let mut state = Self(seed);
        for byte in kind.bytes() {
            state.0 = state.next() ^ u64::from(byte);
        }
        Self(state.next() ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or_default().saturating_add(1);
        low + i64::try_from(self.next() % span).unwrap_or_default()
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// One of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }

    /// One of a list that is not empty, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, list: &[(u64, T)]) -> T {
        let mut left = self.next() % list.iter().map(|(weight, _)| weight).sum::<u64>().max(1);
        for (weight, item) in list {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        list[0].1
    }

    /// That many digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(self.pick(b"0123456789"))).collect()
    }

    /// A place in a list of that length.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(len).unwrap_or(1).max(1)).unwrap_or_default()
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.index(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_of_the_seed_is_reproduced() {
        let mut random = Random::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn things_have_streams_of_their_own() {
        let first = |kind, number| Random::of(7, kind, number).next();
        assert_eq!(first("vehicle", 1), first("vehicle", 1));
        assert_ne!(first("vehicle", 1), first("vehicle", 2));
        assert_ne!(first("vehicle", 1), first("customer", 1));
    }

    #[test]
    fn bounds_and_weights_are_kept_and_nothing_is_lost_in_a_shuffle() {
        let mut random = Random::new(7);
        for _ in 0..1_000 {
            assert!((-3..=4).contains(&random.between(-3, 4)));
            assert_ne!(random.weighted(&[(1, 'a'), (0, 'b'), (2, 'c')]), 'b');
        }
        let mut list: Vec<u8> = (0..20).collect();
        random.shuffle(&mut list);
        assert_ne!(list, (0..20).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..20).collect::<Vec<_>>());
    }
}
