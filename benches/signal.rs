//! The longest filter of the core: block convolution by the Fourier transform against the plain sum.
//!
//! `cargo bench --bench signal`. Prints the time of both for the same samples in the same run, and their ratio.

mod timing;

use std::hint::black_box;

use legtrace::signal::fir::{self, Slope};
use legtrace::signal::overlap_save::filter_centred;

fn main() {
    let slope = Slope {
        transition_hz: 0.3,
        attenuation_db: 50.0,
    };
    let kernel = fir::band_pass(0.3, 10.0, slope, 50.0);
    for n in [1 << 12, 1 << 15, 1 << 18] {
        let samples: Vec<f32> = (0..n)
            .map(|i| (i as f32 * 0.37).sin() + (i as f32 * 0.011).cos())
            .collect();
        let blocks = timing::median_s(5, || drop(black_box(filter_centred(&samples, &kernel))));
        let sums = timing::median_s(5, || drop(black_box(plain(&samples, &kernel))));
        println!(
            "{n:>7} samples, {} taps   in blocks {:>7.1} million samples a second   as sums {:>6.1}   ratio {:.1}",
            kernel.len(),
            n as f64 / blocks / 1e6,
            n as f64 / sums / 1e6,
            sums / blocks
        );
    }
}

/// The convolution as it is defined, centred, with zeros outside.
fn plain(samples: &[f32], kernel: &[f32]) -> Vec<f32> {
    let half = kernel.len() / 2;
    (0..samples.len())
        .map(|at| {
            kernel
                .iter()
                .enumerate()
                .filter_map(|(k, weight)| {
                    let index = (at + half).checked_sub(k)?;
                    samples.get(index).map(|sample| weight * sample)
                })
                .sum()
        })
        .collect()
}
