//! Mean and spread of raw samples in windows of ten seconds.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x8, f64x4};

use crate::model::trace::{RawWindow, WINDOW_S};
use crate::signal::lanes::{Eight, Lanes};

const WINDOW_NS: i64 = WINDOW_S as i64 * 1_000_000_000;

/// Sums about the window's first sample, so that gravity costs no precision.
#[derive(Debug, Default)]
pub(super) struct RawWindows {
    index: usize,
    /// Where the open window ends, in nanoseconds.
    until_ns: i64,
    n: u32,
    origin: Lanes,
    /// An axis a lane, as in [`Lanes`].
    sum: [f64; 4],
    squares: [f64; 4],
    done: Vec<RawWindow>,
}

impl RawWindows {
    /// Takes samples; `ns` counts from the first one and never goes backward.
    pub(super) fn take(&mut self, ns: &[i64], samples: &[Lanes]) {
        let mut from = 0;
        while let Some(&first) = ns.get(from) {
            if first >= self.until_ns {
                self.close();
                self.index = (first / WINDOW_NS) as usize;
                self.until_ns = (first / WINDOW_NS + 1) * WINDOW_NS;
            }
            let to = from + ns[from..].partition_point(|&ns| ns < self.until_ns);
            if self.n == 0 {
                self.origin = samples[from];
            }
            self.n += (to - from) as u32;
            self.add(&samples[from..to]);
            from = to;
        }
    }

    fn add(&mut self, samples: &[Lanes]) {
        dispatch!(Level::new(), simd => self.add_on(simd, samples));
    }

    #[inline(always)]
    fn add_on<S: Simd>(&mut self, simd: S, samples: &[Lanes]) {
        let origin = f32x8::simd_from(simd, Eight::of(self.origin, self.origin).0);
        let mut sum = f64x4::simd_from(simd, self.sum);
        let mut squares = f64x4::simd_from(simd, self.squares);
        let (pairs, last) = samples.as_chunks::<2>();
        for &[a, b] in pairs {
            let (a, b) = (f32x8::simd_from(simd, Eight::of(a, b).0) - origin).widen();
            sum = sum + a + b;
            squares = squares + a * a + b * b;
        }
        if let &[last] = last {
            let last = f32x8::simd_from(simd, Eight::of(last, self.origin).0);
            let (last, _) = (last - origin).widen();
            sum += last;
            squares += last * last;
        }
        (self.sum, self.squares) = (sum.into(), squares.into());
    }

    fn close(&mut self) {
        if self.n == 0 {
            return;
        }
        let n = f64::from(self.n);
        let mut window = RawWindow {
            n: self.n,
            ..RawWindow::default()
        };
        for axis in 0..3 {
            let mean = self.sum[axis] / n;
            window.mean[axis] = (f64::from(self.origin.0[axis]) + mean) as f32;
            window.deviation[axis] = (self.squares[axis] / n - mean * mean).max(0.0).sqrt() as f32;
        }
        self.done.resize(self.index, RawWindow::default());
        self.done.push(window);
        let done = std::mem::take(&mut self.done);
        *self = Self {
            done,
            ..Self::default()
        };
    }

    pub(super) fn finish(mut self) -> Vec<RawWindow> {
        self.close();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn windows_hold_the_plain_mean_and_deviation() {
        let mut noise = Noise::new(12);
        let rows: Vec<(i64, [f32; 3])> = (0..3000)
            .map(|k| {
                (
                    k * 20_000_000,
                    [0.0, 0.1, 0.2].map(|c| 1000.0 + c + noise.sample()),
                )
            })
            .filter(|row| !(10_000_000_000..30_000_000_000).contains(&row.0))
            .collect();
        let mut windows = RawWindows::default();
        for part in rows.chunks(333) {
            let ns: Vec<i64> = part.iter().map(|row| row.0).collect();
            let samples: Vec<Lanes> = part.iter().map(|row| Lanes::of_axes(row.1)).collect();
            windows.take(&ns, &samples);
        }
        let windows = windows.finish();
        assert_eq!(windows.len(), 6);
        assert_eq!(windows[1].n + windows[2].n, 0);
        for (k, window) in windows.iter().enumerate().filter(|(_, w)| w.n > 0) {
            let x: Vec<f64> = rows
                .iter()
                .filter(|row| row.0 / WINDOW_NS == k as i64)
                .map(|row| f64::from(row.1[1]))
                .collect();
            let mean = x.iter().sum::<f64>() / x.len() as f64;
            let variance = x.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / x.len() as f64;
            assert_eq!(window.n as usize, x.len());
            assert!((f64::from(window.mean[1]) - mean).abs() < 1e-4);
            assert!((f64::from(window.deviation[1]) - variance.sqrt()).abs() < 1e-6);
        }
    }
}
