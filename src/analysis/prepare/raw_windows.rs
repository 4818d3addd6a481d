//! Mean and spread of raw samples in windows of ten seconds.

use crate::model::trace::{RawWindow, WINDOW_S};

const WINDOW_NS: i64 = WINDOW_S as i64 * 1_000_000_000;

/// Sums about the window's first sample, so that gravity costs no precision.
#[derive(Debug, Default)]
pub(super) struct RawWindows {
    index: usize,
    /// Where the open window ends, in nanoseconds: a comparison a sample is cheaper than a division.
    until_ns: i64,
    n: u32,
    origin: [f32; 3],
    sum: [f64; 3],
    squares: [f64; 3],
    done: Vec<RawWindow>,
}

impl RawWindows {
    /// Takes a sample; `ns` counts from the first one and never goes backward.
    pub(super) fn push(&mut self, ns: i64, v: [f32; 3]) {
        if ns >= self.until_ns {
            self.close();
            self.index = (ns / WINDOW_NS) as usize;
            self.until_ns = (ns / WINDOW_NS + 1) * WINDOW_NS;
        }
        if self.n == 0 {
            self.origin = v;
        }
        self.n += 1;
        for (axis, (value, origin)) in v.into_iter().zip(self.origin).enumerate() {
            let value = f64::from(value - origin);
            self.sum[axis] += value;
            self.squares[axis] += value * value;
        }
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
            window.mean[axis] = (f64::from(self.origin[axis]) + mean) as f32;
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
        for &(ns, v) in &rows {
            windows.push(ns, v);
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
