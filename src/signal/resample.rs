//! From one uniform rate to any other, by a windowed sinc that is its own anti-alias filter.
//!
//! What lies above the lower rate's half must go before the rate is lowered: linear interpolation from 100 to 50 Hz
//! folds 44 Hz into 6. Kernel: Kaiser-windowed sinc (Smith & Gossett 1984, "A flexible sampling-rate conversion
//! method"), half amplitude at half the lower rate. What is wanted of the result says how steep it must be: up to
//! `pass_hz` it passes, and what folds to below `pass_hz` is stopped. Its values are tabulated and interpolated linearly,
//! each set with a sum of exactly one.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x8};

use super::fir::{Slope, kaiser, kaiser_beta, n_taps, sinc};
use super::lanes::{Eight, Lanes};

/// 60 dB: 1 g of vibration above the band leaves 1 mg in it.
const ATTENUATION_DB: f64 = 60.0;
/// Table rows for one sample of the lower rate; linear interpolation then errs by pi^2 / (24 x 256^2) = -104 dB.
const PHASES: f64 = 256.0;
/// Weights this small are the sine's rounding where a zero is meant.
const ZERO: f32 = 1e-9;

/// A planned change of rate.
#[derive(Debug, Clone)]
pub struct Resampler {
    ratio: f64,
    reach: usize,
    phases: usize,
    /// `phases` rows of `reach` pairs of weights, each with what they gain to the next row, in every lane.
    table: Vec<[Eight; 2]>,
}

impl Resampler {
    /// Plans from one rate to another; of the result only what lies below `pass_hz` is wanted. The wider the gap between
    /// that and half the lower rate, the shorter the kernel.
    ///
    /// # Panics
    /// When a rate is not a finite number above zero, or `pass_hz` does not lie below half of both.
    pub fn plan(from_hz: f64, to_hz: f64, pass_hz: f64) -> Self {
        for hz in [from_hz, to_hz] {
            assert!(hz.is_finite() && hz > 0.0, "{hz} Hz is no rate");
        }
        let lower = from_hz.min(to_hz);
        assert!(
            pass_hz < lower / 2.0,
            "{pass_hz} Hz does not lie below half of {lower} Hz"
        );
        let slope = Slope {
            transition_hz: lower - 2.0 * pass_hz,
            attenuation_db: ATTENUATION_DB,
        };
        let half = n_taps(slope, from_hz) as f64 / 2.0;
        // Even, so that the weights of a rate that is halved have a middle of their own.
        let reach = (half.ceil() as usize).next_multiple_of(2);
        let beta = kaiser_beta(ATTENUATION_DB);
        let phases = (PHASES * lower / from_hz).ceil().max(16.0) as usize;
        let rows: Vec<Vec<f32>> = (0..=phases)
            .map(|phase| {
                let fraction = phase as f64 / phases as f64;
                let row: Vec<f64> = (0..2 * reach)
                    .map(|k| k as f64 + 1.0 - reach as f64 - fraction)
                    .map(|at| sinc(lower / from_hz * at) * kaiser(at / half, beta))
                    .collect();
                let sum: f64 = row.iter().sum();
                row.iter().map(|weight| (weight / sum) as f32).collect()
            })
            .collect();
        let of_two = |a: f32, b: f32| Eight::of(Lanes([a; 4]), Lanes([b; 4]));
        let mut table = Vec::with_capacity(phases * reach);
        for (row, next) in rows.iter().zip(&rows[1..]) {
            let pairs = row.as_chunks().0.iter().zip(next.as_chunks().0);
            table.extend(pairs.map(|(&[a, b], &[c, d]): (&[f32; 2], &[f32; 2])| {
                [of_two(a, b), of_two(c - a, d - b)]
            }));
        }
        Self {
            ratio: from_hz / to_hz,
            reach,
            phases,
            table,
        }
    }

    /// How many input samples on either side a result is made of.
    pub fn reach(&self) -> usize {
        self.reach
    }

    /// The weights of every result, when the rate is halved: all lie on every second input then, their middle on it.
    pub fn halving(&self) -> Option<SymmetricWeights> {
        let row: Vec<f32> = self.table[..self.reach]
            .iter()
            .flat_map(|[weights, _]| weights.both().map(|Lanes([weight, ..])| weight))
            .collect();
        (self.ratio == 2.0).then(|| SymmetricWeights::of(&row[..2 * self.reach - 1]))
    }

    /// Where result `index` lies, counted in input samples.
    pub fn position(&self, index: u64) -> f64 {
        // Signed integers are quicker turned into floats.
        index as i64 as f64 * self.ratio
    }

    /// The result that lies `fraction` (0 to 1) of a sample behind vector `reach - 1` of `2 * reach`.
    ///
    /// # Panics
    /// When there are more or fewer vectors.
    pub fn result(&self, fraction: f64, vectors: &[Lanes]) -> Lanes {
        dispatch!(Level::new(), simd => self.result_on(simd, fraction, vectors))
    }

    /// The same for who makes many of them, and has looked for the widest registers before.
    #[inline(always)]
    pub(crate) fn result_on<S: Simd>(&self, simd: S, fraction: f64, vectors: &[Lanes]) -> Lanes {
        assert_eq!(vectors.len(), 2 * self.reach, "a weight a vector");
        let at = fraction * self.phases as f64;
        let row = (at as i32 as usize).min(self.phases - 1);
        let share = f32x8::splat(simd, (at - row as i32 as f64) as f32);
        let pairs = &self.table[row * self.reach..(row + 1) * self.reach];
        let (vectors, _) = vectors.as_chunks::<2>();
        let mut sum = f32x8::splat(simd, 0.0);
        for (&[a, b], [weights, gains]) in vectors.iter().zip(pairs) {
            let weights = f32x8::simd_from(simd, weights.0);
            let gains = f32x8::simd_from(simd, gains.0);
            sum += f32x8::simd_from(simd, Eight::of(a, b).0) * (weights + gains * share);
        }
        let [even, odd] = Eight(sum.into()).both();
        even + odd
    }

    /// Resamples a whole slice. Result `k` lies at input position `k * from / to`, as far as there is input; scale is
    /// kept, there is no delay, and beyond its ends the signal is taken to keep its first and its last value.
    pub fn resample(&self, signal: &[f32]) -> Vec<f32> {
        let Some(last) = signal.len().checked_sub(1) else {
            return Vec::new();
        };
        let mut window = vec![Lanes::default(); 2 * self.reach];
        (0u64..)
            .map(|k| self.position(k))
            .take_while(|&position| position <= last as f64)
            .map(|position| {
                let base = position.floor();
                for (k, slot) in window.iter_mut().enumerate() {
                    let at = (base as usize + k + 1).saturating_sub(self.reach);
                    slot.0[0] = signal[at.min(last)];
                }
                self.result(position - base, &window).0[0]
            })
            .collect()
    }
}

/// A symmetric set of weights.
#[derive(Debug, Clone)]
pub struct SymmetricWeights {
    middle: f32,
    /// Weights at the distances 1, 2, ... on either side.
    sides: Vec<f32>,
    /// All but the last, two beside each other, each in every lane of its sample.
    pairs: Vec<Eight>,
    last: f32,
}

impl SymmetricWeights {
    /// From an odd number of weights, which are the same from either end, rounding apart.
    ///
    /// # Panics
    /// When their number is even.
    pub fn of(weights: &[f32]) -> Self {
        assert!(weights.len() % 2 == 1, "symmetric weights have a middle");
        let reach = weights.len() / 2;
        let sides: Vec<f32> = (1..=reach)
            .map(|k| 0.5 * (weights[reach - k] + weights[reach + k]))
            .collect();
        let ascending = sides.iter().rev().chain([&weights[reach]]);
        let all: Vec<f32> = ascending.chain(&sides).copied().collect();
        let (pairs, last) = all.as_chunks::<2>();
        let pair = |&[a, b]: &[f32; 2]| Eight::of(Lanes([a; 4]), Lanes([b; 4]));
        Self {
            middle: weights[reach],
            pairs: pairs.iter().map(pair).collect(),
            last: last.first().copied().unwrap_or(0.0),
            sides,
        }
    }

    /// How many vectors on either side of the middle are reached.
    pub fn reach(&self) -> usize {
        self.sides.len()
    }

    /// The weighted sum of `2 * reach + 1` vectors about the one in the middle.
    ///
    /// # Panics
    /// When there are more or fewer.
    pub fn sum(&self, vectors: &[Lanes]) -> Lanes {
        let reach = self.reach();
        assert_eq!(vectors.len(), 2 * reach + 1, "a weight a vector");
        dispatch!(Level::new(), simd => self.sum_on(simd, vectors))
    }

    #[inline(always)]
    fn sum_on<S: Simd>(&self, simd: S, vectors: &[Lanes]) -> Lanes {
        let weighed = |vectors: &[Lanes; 2], weights: &Eight| {
            let &[a, b] = vectors;
            f32x8::simd_from(simd, Eight::of(a, b).0) * f32x8::simd_from(simd, weights.0)
        };
        let (vectors, last) = vectors.as_chunks::<2>();
        let ((vectors, rest), (pairs, rest_pairs)) = (vectors.as_chunks(), self.pairs.as_chunks());
        // four sums, lest each addition wait for the one before
        let none = f32x8::splat(simd, 0.0);
        let (mut a, mut b, mut c, mut d) = (none, none, none, none);
        for (vectors, pairs) in vectors.iter().zip(pairs) {
            let ([v, w, x, y], [p, q, r, s]): (&[_; 4], &[_; 4]) = (vectors, pairs);
            a += weighed(v, p);
            b += weighed(w, q);
            c += weighed(x, r);
            d += weighed(y, s);
        }
        for (vectors, pair) in rest.iter().zip(rest_pairs) {
            a += weighed(vectors, pair);
        }
        let [even, odd] = Eight(((a + b) + (c + d)).into()).both();
        let last = last
            .first()
            .map_or(Lanes::default(), |&last| last * self.last);
        (even + odd) + last
    }

    /// Weighted sums about every second vector, the first of them `reach` vectors from the front, as many as there is
    /// room for in `sums`.
    ///
    /// Where a rate is halved every second weight is zero; then those are left out.
    ///
    /// # Panics
    /// When the last sum reaches beyond the vectors.
    pub fn halve(&self, vectors: &[Lanes], sums: &mut [Lanes]) {
        let mut between = self.sides.iter().skip(1).step_by(2);
        let odd: Vec<f32> = self.sides.iter().step_by(2).copied().collect();
        if between.all(|weight| weight.abs() < ZERO) && self.reach() % 2 == 1 {
            match *odd {
                [a, b, c, d] => return halve_by([a, b, c, d], self.middle, vectors, sums),
                [a, b, c, d, e] => return halve_by([a, b, c, d, e], self.middle, vectors, sums),
                _ => {}
            }
        }
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum = self.sum(&vectors[2 * k..2 * (k + self.reach()) + 1]);
        }
    }
}

/// Every second weight is zero, `N` on either side are not: their number is known here, so that the loop over them is
/// none.
fn halve_by<const N: usize>(sides: [f32; N], middle: f32, vectors: &[Lanes], sums: &mut [Lanes]) {
    let sides = sides.map(|weight| Lanes([weight; 4]));
    let middle = Lanes([middle; 4]);
    for (sum, window) in sums.iter_mut().zip(vectors.windows(4 * N - 1).step_by(2)) {
        halve_one(&sides, &middle, window, sum);
    }
}

/// One of them; a function of its own, lest the compiler take four at once and gather their axes one by one.
#[inline(never)]
fn halve_one<const N: usize>(
    sides: &[Lanes; N],
    middle: &Lanes,
    window: &[Lanes],
    sum: &mut Lanes,
) {
    let window = &window[..4 * N - 1];
    let at = 2 * N - 1;
    let mut total = window[at] * *middle;
    for k in 0..N {
        total += (window[at - 1 - 2 * k] + window[at + 1 + 2 * k]) * sides[k];
    }
    *sum = total;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;
    use std::f64::consts::PI;

    fn sine(hz: f64, rate_hz: f64, n: usize) -> Vec<f32> {
        (0..n)
            .map(|i| (2.0 * PI * hz * i as f64 / rate_hz).sin() as f32)
            .collect()
    }

    fn amplitude(signal: &[f32]) -> f64 {
        let middle = &signal[signal.len() / 4..signal.len() * 3 / 4];
        let power: f64 = middle.iter().map(|&v| f64::from(v).powi(2)).sum();
        (2.0 * power / middle.len() as f64).sqrt()
    }

    #[test]
    fn what_lies_in_the_band_passes_and_nothing_folds_into_it() {
        for (from, to) in [(100.0, 50.0), (98.04, 50.0), (64.0, 50.0), (3200.0, 50.0)] {
            let resampler = Resampler::plan(from, to, 0.4 * to);
            let n = (from * 20.0) as usize;
            for hz in [0.7, 3.0, 10.0, 20.0] {
                let result = resampler.resample(&sine(hz, from, n));
                let expected = sine(hz, to, result.len());
                let reach = (resampler.reach() as f64 / from * to) as usize + 2;
                for k in reach..result.len() - reach {
                    let error = (result[k] - expected[k]).abs();
                    assert!(error < 3e-3, "{from} -> {to}: {hz} Hz errs by {error}");
                }
            }
            for hz in [31.0, 44.0, 0.49 * from] {
                let left = amplitude(&resampler.resample(&sine(hz, from, n)));
                assert!(
                    hz > 0.5 * from || left < 2e-3,
                    "{from}: {hz} Hz leaves {left}"
                );
            }
        }
    }

    #[test]
    fn a_rate_may_rise() {
        let result = Resampler::plan(12.5, 50.0, 5.0).resample(&sine(2.0, 12.5, 500));
        let expected = sine(2.0, 50.0, result.len());
        for k in 100..result.len() - 100 {
            assert!((result[k] - expected[k]).abs() < 3e-3);
        }
    }

    #[test]
    fn a_constant_stays_what_it_is() {
        for (from, to) in [(104.0, 50.0), (7.3, 11.1), (50.0, 50.0)] {
            for value in Resampler::plan(from, to, 0.4 * from.min(to)).resample(&[0.981; 400]) {
                assert!((value - 0.981).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_result_is_the_plain_windowed_sum() {
        let mut noise = Noise::new(8);
        for _ in 0..20 {
            let (from, to) = (20.0 + 180.0 * noise.unit(), 20.0 + 40.0 * noise.unit());
            let count = noise.between(1, 400);
            let signal = noise.samples(count);
            let lower = from.min(to);
            let pass = (0.2 + 0.2 * noise.unit()) * lower;
            let resampler = Resampler::plan(from, to, pass);
            let slope = Slope {
                transition_hz: lower - 2.0 * pass,
                attenuation_db: ATTENUATION_DB,
            };
            let half = n_taps(slope, from) as f64 / 2.0;
            for (k, &found) in resampler.resample(&signal).iter().enumerate() {
                let at = k as f64 * from / to;
                let (mut sum, mut weights) = (0.0, 0.0);
                for i in -(resampler.reach() as i64) - 2..(count + resampler.reach() + 2) as i64 {
                    let x = i as f64 - at;
                    let weight =
                        sinc(lower / from * x) * kaiser(x / half, kaiser_beta(ATTENUATION_DB));
                    let value = signal[i.clamp(0, count as i64 - 1) as usize];
                    sum += weight * f64::from(value);
                    weights += weight;
                }
                // At its ends the window steps down from 1 / I0(beta) = 0.02; there a table row and its neighbour
                // differ by that much of a tap, itself at most 1 / (pi x 5).
                assert!((f64::from(found) - sum / weights).abs() < 1.3e-3);
            }
        }
    }

    #[test]
    fn symmetric_weights_give_the_plain_weighted_sum() {
        let mut noise = Noise::new(9);
        for reach in 0..40 {
            let side = noise.samples(reach + 1);
            let mut weights: Vec<f32> = side
                .iter()
                .chain(side[..reach].iter().rev())
                .copied()
                .collect();
            // Every second weight is zero, as in a filter that halves a rate.
            let halves = reach % 3 == 0 && reach % 2 == 1;
            for k in (0..=reach).filter(|k| halves && *k > 0 && k % 2 == 0) {
                weights[reach - k] = 0.0;
                weights[reach + k] = 0.0;
            }
            let symmetric = SymmetricWeights::of(&weights);
            let vectors: Vec<Lanes> = (0..2 * reach + 21)
                .map(|_| Lanes([0; 4].map(|_| noise.sample())))
                .collect();
            let plain = |from: usize, lane: usize| -> f64 {
                let window = vectors[from..].iter().zip(&weights);
                window
                    .map(|(v, &w)| f64::from(v.0[lane]) * f64::from(w))
                    .sum()
            };
            let mut halved = vec![Lanes::default(); 11];
            symmetric.halve(&vectors, &mut halved);
            for (k, halved) in halved.iter().enumerate() {
                let one = symmetric.sum(&vectors[2 * k..2 * (k + reach) + 1]);
                for lane in 0..4 {
                    // 80 products within 1, rounded to f32.
                    let expected = plain(2 * k, lane);
                    assert!((f64::from(one.0[lane]) - expected).abs() < 1e-5);
                    assert!((f64::from(halved.0[lane]) - expected).abs() < 1e-5);
                }
            }
        }
    }

    #[test]
    fn a_rate_is_halved_as_any_other_is_lowered() {
        let mut noise = Noise::new(10);
        for pass in [10.5, 12.0, 20.0] {
            let resampler = Resampler::plan(100.0, 50.0, pass);
            let reach = resampler.reach();
            let vectors: Vec<Lanes> = (0..300)
                .map(|_| Lanes([0; 4].map(|_| noise.sample())))
                .collect();
            let mut halved = vec![Lanes::default(); 100];
            let weights = resampler.halving().unwrap();
            weights.halve(&vectors[reach - 1 - weights.reach()..], &mut halved);
            for (k, halved) in halved.iter().enumerate() {
                let plain = resampler.result(0.0, &vectors[2 * k..2 * (k + reach)]);
                for lane in 0..4 {
                    assert!((halved.0[lane] - plain.0[lane]).abs() < 1e-6);
                }
            }
        }
        assert!(Resampler::plan(98.3, 50.0, 10.5).halving().is_none());
    }
}
