//! Random numbers whose sequence is part of the format: the same seed is the same night for good.
//!
//! The generator is xoshiro256++ (Blackman & Vigna 2021, ACM Trans. Math. Softw. 47:36), its state filled by SplitMix64
//! (Steele, Lea & Flood 2014, OOPSLA) as its authors advise. It stands here, forty lines, because a crate's sequence may
//! change with a version and every seed in the reports would then mean another night.

use super::elementary::{exp, ln};

/// A source of random numbers.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
    spare_normal: Option<f64>,
}

impl Random {
    /// The stream of `seed` for one `purpose`: streams of different purposes do not share numbers, so that one more gross
    /// movement changes nothing about the sensor's noise.
    pub fn stream(seed: u64, purpose: &str) -> Self {
        // FNV-1a (Fowler, Noll, Vo) turns the word into a number.
        let word = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| {
            (hash ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self::seeded(seed ^ word.rotate_left(32))
    }

    /// The stream of a plain number.
    pub fn seeded(seed: u64) -> Self {
        let mut z = seed;
        let mut next = || {
            z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut x = z;
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            x ^ (x >> 31)
        };
        Self {
            state: [next(), next(), next(), next()],
            spare_normal: None,
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Even between 0 (possible) and 1 (not).
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Even between two bounds.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Which of the weights is drawn; the weights need not add to one.
    pub fn pick<const N: usize>(&mut self, weights: [f64; N]) -> usize {
        let mut at = self.uniform() * weights.iter().sum::<f64>();
        for (n, weight) in weights.iter().enumerate() {
            if at < *weight {
                return n;
            }
            at -= weight;
        }
        N - 1
    }

    /// Normal with mean 0 and standard deviation 1 (polar method, Marsaglia & Bray 1964).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare_normal.take() {
            return spare;
        }
        loop {
            let x = self.between(-1.0, 1.0);
            let y = self.between(-1.0, 1.0);
            let square = x * x + y * y;
            if square > 1e-300 && square < 1.0 {
                let factor = (-2.0 * ln(square) / square).sqrt();
                self.spare_normal = Some(y * factor);
                return x * factor;
            }
        }
    }

    /// Normal with a mean and a standard deviation, kept within bounds.
    pub fn normal_within(&mut self, mean: f64, deviation: f64, low: f64, high: f64) -> f64 {
        (mean + deviation * self.normal()).clamp(low, high)
    }

    /// Log-normal by its median and the standard deviation of its logarithm.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }

    /// Exponential with this mean: the wait until a thing that happens at random.
    pub fn wait(&mut self, mean: f64) -> f64 {
        -mean * ln(1.0 - self.uniform())
    }

    /// A direction, even over the sphere.
    pub fn direction(&mut self) -> [f64; 3] {
        loop {
            let v = [
                self.between(-1.0, 1.0),
                self.between(-1.0, 1.0),
                self.between(-1.0, 1.0),
            ];
            let square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
            if square > 1e-6 && square <= 1.0 {
                let length = square.sqrt();
                return [v[0] / length, v[1] / length, v[2] / length];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First outputs of xoshiro256++ from the state 1, 2, 3, 4, as in the test vectors of the `rand_xoshiro` crate.
    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = Random::seeded(0);
        random.state = [1, 2, 3, 4];
        let first: Vec<u64> = (0..4).map(|_| random.bits()).collect();
        assert_eq!(
            first,
            [
                41_943_041,
                58_720_359,
                3_588_806_011_781_223,
                3_591_011_842_654_386
            ]
        );
    }

    #[test]
    fn a_normal_number_has_mean_zero_and_deviation_one() {
        let mut random = Random::stream(1, "test");
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        // Four standard errors: 4/sqrt(n) and 4*sqrt(2/n).
        assert!(mean.abs() < 0.013, "{mean}");
        assert!((variance - 1.0).abs() < 0.018, "{variance}");
    }

    #[test]
    fn purposes_do_not_share_numbers() {
        let mut noise = Random::stream(7, "noise");
        let mut series = Random::stream(7, "series");
        assert_ne!(noise.bits(), series.bits());
    }
}
