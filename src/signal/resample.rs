//! From one uniform rate to any other, by a windowed sinc that is its own anti-alias filter.
//!
//! What lies above the lower rate's half must go before the rate is lowered: linear interpolation from 100 to 50 Hz
//! folds 44 Hz into 6. Kernel: Kaiser-windowed sinc (Smith & Gossett 1984, "A flexible sampling-rate conversion
//! method"), half amplitude at half the lower rate, so that up to 0.4 of the lower rate passes and nothing folds below
//! that. Its values are tabulated and interpolated linearly, each set with a sum of exactly one.

use super::fir::{Slope, kaiser, kaiser_beta, n_taps, sinc};

/// 60 dB: 1 g of vibration above the band leaves 1 mg in it.
const ATTENUATION_DB: f64 = 60.0;
/// Width of the transition as a share of the lower rate: from 0.4 to 0.6 of it.
const TRANSITION: f64 = 0.2;
/// Table rows for one sample of the lower rate; linear interpolation then errs by pi^2 / (24 x 256^2) = -104 dB.
const PHASES: f64 = 256.0;

/// A planned change of rate.
#[derive(Debug, Clone)]
pub struct Resampler {
    ratio: f64,
    reach: usize,
    phases: usize,
    /// `phases + 1` rows of `2 * reach` weights.
    table: Vec<f32>,
}

impl Resampler {
    /// Plans from one rate to another.
    ///
    /// # Panics
    /// When a rate is not a finite number above zero.
    pub fn plan(from_hz: f64, to_hz: f64) -> Self {
        for hz in [from_hz, to_hz] {
            assert!(hz.is_finite() && hz > 0.0, "{hz} Hz is no rate");
        }
        let lower = from_hz.min(to_hz);
        let slope = Slope {
            transition_hz: TRANSITION * lower,
            attenuation_db: ATTENUATION_DB,
        };
        let half = n_taps(slope, from_hz) as f64 / 2.0;
        let reach = half.ceil() as usize;
        let beta = kaiser_beta(ATTENUATION_DB);
        let phases = (PHASES * lower / from_hz).ceil().max(16.0) as usize;
        let mut table = Vec::with_capacity((phases + 1) * 2 * reach);
        for phase in 0..=phases {
            let fraction = phase as f64 / phases as f64;
            let row: Vec<f64> = (0..2 * reach)
                .map(|k| k as f64 + 1.0 - reach as f64 - fraction)
                .map(|at| sinc(lower / from_hz * at) * kaiser(at / half, beta))
                .collect();
            let sum: f64 = row.iter().sum();
            table.extend(row.iter().map(|weight| (weight / sum) as f32));
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

    /// Where result `index` lies, counted in input samples.
    pub fn position(&self, index: u64) -> f64 {
        index as f64 * self.ratio
    }

    /// The weights of a result that lies `fraction` (0 to 1) of a sample after input `i`: they belong to inputs
    /// `i + 1 - reach` to `i + reach`.
    ///
    /// # Panics
    /// When `weights` does not hold `2 * reach`.
    pub fn weights(&self, fraction: f64, weights: &mut [f32]) {
        let width = 2 * self.reach;
        assert_eq!(weights.len(), width, "a weight an input");
        let at = fraction.clamp(0.0, 1.0) * self.phases as f64;
        let row = (at as usize).min(self.phases - 1);
        let share = (at - row as f64) as f32;
        let rows = &self.table[row * width..(row + 2) * width];
        let (low, high) = rows.split_at(width);
        if share == 0.0 {
            weights.copy_from_slice(low);
            return;
        }
        for ((weight, &a), &b) in weights.iter_mut().zip(low).zip(high) {
            *weight = a + share * (b - a);
        }
    }

    /// Resamples a whole slice. Result `k` lies at input position `k * from / to`, as far as there is input; scale is
    /// kept, there is no delay, and beyond its ends the signal is taken to keep its first and its last value.
    pub fn resample(&self, signal: &[f32]) -> Vec<f32> {
        let Some(last) = signal.len().checked_sub(1) else {
            return Vec::new();
        };
        let mut weights = vec![0.0; 2 * self.reach];
        let mut window = vec![0.0; 2 * self.reach];
        (0u64..)
            .map(|k| self.position(k))
            .take_while(|&position| position <= last as f64)
            .map(|position| {
                let base = position.floor();
                self.weights(position - base, &mut weights);
                for (k, slot) in window.iter_mut().enumerate() {
                    let at = (base as usize + k + 1).saturating_sub(self.reach);
                    *slot = signal[at.min(last)];
                }
                dot(&window, &weights)
            })
            .collect()
    }
}

/// The sum of products, in eight lanes: fast without leave to reorder, and the same on every machine.
///
/// # Panics
/// When the slices differ in length.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len(), "a factor a factor");
    let mut lanes = [0.0f32; 8];
    let (blocks_a, rest_a) = a.as_chunks::<8>();
    let (blocks_b, rest_b) = b.as_chunks::<8>();
    for (x, y) in blocks_a.iter().zip(blocks_b) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    for (lane, (x, y)) in lanes.iter_mut().zip(rest_a.iter().zip(rest_b)) {
        *lane += x * y;
    }
    ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5]))
        + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]))
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
            let resampler = Resampler::plan(from, to);
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
        let result = Resampler::plan(12.5, 50.0).resample(&sine(2.0, 12.5, 500));
        let expected = sine(2.0, 50.0, result.len());
        for k in 100..result.len() - 100 {
            assert!((result[k] - expected[k]).abs() < 3e-3);
        }
    }

    #[test]
    fn a_constant_stays_what_it_is() {
        for (from, to) in [(104.0, 50.0), (7.3, 11.1), (50.0, 50.0)] {
            for value in Resampler::plan(from, to).resample(&[0.981; 400]) {
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
            let resampler = Resampler::plan(from, to);
            let lower = from.min(to);
            let slope = Slope {
                transition_hz: TRANSITION * lower,
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
    fn lanes_add_up_to_the_plain_sum() {
        let mut noise = Noise::new(9);
        for n in 0..70 {
            let (a, b) = (noise.samples(n), noise.samples(n));
            let plain: f64 = a
                .iter()
                .zip(&b)
                .map(|(&x, &y)| f64::from(x) * f64::from(y))
                .sum();
            assert!((f64::from(dot(&a, &b)) - plain).abs() < 1e-5);
        }
    }
}
