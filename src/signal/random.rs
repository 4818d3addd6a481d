//! Seeded random numbers for shuffle tests: the same seed gives the same numbers on every machine.

/// SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA): every seed is a good
/// one, which counts more here than a long period.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// Even in 0 (possible) to `bound` (not): Lemire 2019, "Fast random integer generation in an interval", ACM Trans
    /// Model Comput Simul 29:3, without bias. 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        loop {
            let product = u128::from(self.bits()) * u128::from(bound);
            // The low half falls below 2^64 mod bound for as many values as would be counted twice.
            if product as u64 >= bound.wrapping_neg() % bound {
                return (product >> 64) as u64;
            }
        }
    }

    /// Puts a slice into random order, every order as likely (Fisher & Yates; Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_that_of_the_authors() {
        // First outputs for seed 1234567, as in the reference implementation's widely used test vector.
        let mut random = Random::seeded(1_234_567);
        let first = [random.bits(), random.bits(), random.bits()];
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn every_order_of_three_is_as_likely() {
        let mut random = Random::seeded(3);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..6_000 {
            let mut items = [0, 1, 2];
            random.shuffle(&mut items);
            *seen.entry(items).or_insert(0) += 1;
        }
        // 1,000 each; the standard deviation of a binomial count is 29.
        assert_eq!(seen.len(), 6);
        assert!(
            seen.values().all(|&n: &i32| (n - 1_000).abs() < 150),
            "{seen:?}"
        );
    }

    #[test]
    fn bounds_hold_and_are_reached() {
        let mut random = Random::seeded(5);
        let drawn: Vec<u64> = (0..200).map(|_| random.below(3)).collect();
        assert!(drawn.iter().all(|&n| n < 3) && (0..3).all(|n| drawn.contains(&n)));
        assert_eq!(random.below(0), 0);
    }
}
