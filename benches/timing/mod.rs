//! Medians of wall time: enough for ratios within one run, and no dependency that every test build would pay for.

use std::time::Instant;

/// Median seconds of `n` runs, after one that warms the caches.
pub fn median_s(n: usize, mut run: impl FnMut()) -> f64 {
    run();
    let mut times: Vec<f64> = (0..n)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[n / 2]
}
