//! The spectrum of a sparse series in the band alone: what a thousand nights by chance are held against.
//!
//! A train of onsets is zero nearly everywhere, and only some sixty frequencies count. Summing the rows of a table, one for
//! each second that is not zero, gives what [`welch`](crate::signal::spectrum::welch) gives in a twentieth of the time. Its
//! mean need not be taken out: a Hann window keeps a constant below the second frequency.

use std::f64::consts::PI;

use fearless_simd::{Level, dispatch};

use super::STRETCH_S;
use crate::signal::spectrum::Spectrum;

/// First and last frequency of the table: the band and one more on either side, for peaks at its ends.
const FIRST: usize = 5;
const LAST: usize = 65;
const WIDTH: usize = LAST - FIRST + 1;

/// A complex number for each frequency.
type Row = [[f32; 2]; WIDTH];
const NONE: Row = [[0.0; 2]; WIDTH];

/// Windowed waves of a stretch, and the sums that are being made.
pub(super) struct BandTransform {
    waves: Vec<Row>,
    sums: Vec<Row>,
}

impl BandTransform {
    pub(super) fn new() -> Self {
        let n = STRETCH_S as f64;
        let circle: Vec<(f64, f64)> = (0..STRETCH_S)
            .map(|k| (2.0 * PI * k as f64 / n).sin_cos())
            .collect();
        let wave = |second: usize| {
            let hann = 0.5 - 0.5 * (2.0 * PI * (second as f64 + 0.5) / n).cos();
            std::array::from_fn(|at| {
                let (sin, cos) = circle[(second * (FIRST + at)) % STRETCH_S];
                [(hann * cos) as f32, (-hann * sin) as f32]
            })
        };
        Self {
            waves: (0..STRETCH_S).map(wave).collect(),
            sums: Vec::new(),
        }
    }

    /// The spectrum of a series of `length` seconds, at least one stretch long, that is zero but for `points`; zero outside
    /// the band, and of no scale.
    pub(super) fn spectrum(
        &mut self,
        points: impl IntoIterator<Item = (usize, f32)>,
        length: usize,
    ) -> Spectrum {
        let hop = STRETCH_S / 2;
        let stretches = length.saturating_sub(STRETCH_S) / hop + 1;
        self.sums.clear();
        self.sums.resize(stretches, NONE);
        let points = points.into_iter();
        dispatch!(Level::new(), _ => self.add(points, stretches - 1));
        let mut density = vec![0.0; LAST + 2];
        for row in &self.sums {
            for (total, [re, im]) in density[FIRST..=LAST].iter_mut().zip(row) {
                *total += f64::from(re * re + im * im);
            }
        }
        Spectrum {
            step_hz: 1.0 / STRETCH_S as f64,
            density,
        }
    }

    /// Adds each point to the sums of the stretches that it lies in.
    #[inline(always)]
    fn add(&mut self, points: impl Iterator<Item = (usize, f32)>, last_stretch: usize) {
        let hop = STRETCH_S / 2;
        for (second, value) in points {
            let last = second / hop;
            for stretch in last.saturating_sub(1)..=last.min(last_stretch) {
                let within = second - stretch * hop;
                if within >= STRETCH_S {
                    continue;
                }
                let waves = self.waves[within].as_flattened();
                let sums = self.sums[stretch].as_flattened_mut();
                for (sum, wave) in sums.iter_mut().zip(waves) {
                    *sum += value * wave;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::summarize::periodicity::{HIGH_HZ, LOW_HZ, peak};
    use crate::signal::noise::Noise;
    use crate::signal::spectrum::welch;

    #[test]
    fn it_is_welchs_spectrum_in_the_band() {
        let mut noise = Noise::new(41);
        let mut transform = BandTransform::new();
        for _ in 0..20 {
            let length = noise.between(STRETCH_S, 9_000);
            let mut series = vec![0.0_f32; length];
            for _ in 0..noise.between(3, 300) {
                series[noise.between(0, length - 1)] += 1.0 + noise.unit() as f32;
            }
            let slow = welch(&series, STRETCH_S, 1.0).unwrap();
            let points = series
                .iter()
                .copied()
                .enumerate()
                .filter(|(_, value)| *value != 0.0);
            let fast = transform.spectrum(points, length);
            let (slow_mean, fast_mean) = (peak::mean_in_band(&slow), peak::mean_in_band(&fast));
            for k in FIRST..=LAST {
                let (slow, fast) = (slow.density[k] / slow_mean, fast.density[k] / fast_mean);
                assert!(
                    (slow - fast).abs() < 1e-3 * (1.0 + slow),
                    "{k}: {slow} {fast}"
                );
            }
        }
    }

    #[test]
    fn the_table_holds_the_band_and_its_neighbours() {
        let n = STRETCH_S as f64;
        assert_eq!(FIRST, (LOW_HZ * n).ceil() as usize - 1);
        assert_eq!(LAST, (HIGH_HZ * n).floor() as usize + 1);
    }
}
