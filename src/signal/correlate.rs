//! Correlation of signals with each other, by way of the Fourier transform, and with themselves.

use fearless_simd::{Level, dispatch};
use realfft::RealFftPlanner;

/// For every lag from `-max_lag` to `max_lag`, in this order, the sum over `i` of `a[i] * b[i + lag]`. What lies beyond
/// the ends counts as zero; nothing is normalised and no mean is taken out.
///
/// Cost is that of transforms of the summed lengths; a direct sum is faster for a handful of lags only.
pub fn cross_correlation(a: &[f32], b: &[f32], max_lag: usize) -> Vec<f64> {
    let lags = 2 * max_lag + 1;
    if a.is_empty() || b.is_empty() {
        return vec![0.0; lags];
    }
    // Long enough that no product wraps round onto a lag that is asked for.
    let reach = max_lag.min(a.len().max(b.len()));
    let length = (a.len().max(b.len()) + reach + 1).next_power_of_two();
    let mut planner = RealFftPlanner::<f64>::new();
    let (forward, inverse) = (
        planner.plan_fft_forward(length),
        planner.plan_fft_inverse(length),
    );
    let transformed = |signal: &[f32]| {
        let mut time = forward.make_input_vec();
        for (slot, &value) in time.iter_mut().zip(signal) {
            *slot = f64::from(value);
        }
        let mut out = forward.make_output_vec();
        forward.process(&mut time, &mut out).map(|()| out)
    };
    let (Ok(of_a), Ok(mut of_b)) = (transformed(a), transformed(b)) else {
        return vec![0.0; lags];
    };
    for (b, a) in of_b.iter_mut().zip(&of_a) {
        *b *= a.conj();
    }
    // Both ends of a product of two real spectra are real, up to the sign of a zero.
    of_b[0].im = 0.0;
    of_b[length / 2].im = 0.0;
    let mut time = inverse.make_output_vec();
    if inverse.process(&mut of_b, &mut time).is_err() {
        return vec![0.0; lags];
    }
    (0..lags)
        .map(|k| {
            let lag = k as isize - max_lag as isize;
            if lag.unsigned_abs() > reach {
                return 0.0;
            }
            time[lag.rem_euclid(length as isize) as usize] / length as f64
        })
        .collect()
}

/// Autocorrelation of a signal without its mean at the lags 0 to `max_lag`, 1 at lag 0; sums, not means, so that it falls
/// off linearly for a constant rhythm. `None` for a signal that never changes.
pub fn autocorrelation(signal: &[f32], max_lag: usize) -> Option<Vec<f64>> {
    let mean = signal.iter().map(|&v| f64::from(v)).sum::<f64>() / signal.len() as f64;
    let without: Vec<f32> = signal
        .iter()
        .map(|&v| (f64::from(v) - mean) as f32)
        .collect();
    // the lags that are asked for are few: summed one by one they take less time than three transforms and their tables
    let sums: Vec<f64> = (0..=max_lag)
        .map(|lag| dispatch!(Level::new(), _ => product(without.get(lag..).unwrap_or_default(), &without)))
        .collect();
    let power = *sums.first()?;
    let size: f64 = signal.iter().map(|&v| f64::from(v).powi(2)).sum();
    // Below the rounding of f32 there is no signal left.
    if !power.is_finite() || power <= size * 1e-12 {
        return None;
    }
    Some(sums.iter().map(|sum| sum / power).collect())
}

/// The sum of the products of two signals, as far as both go; in lanes, so that no sum waits for the one before.
#[inline(always)]
fn product(a: &[f32], b: &[f32]) -> f64 {
    let n = a.len().min(b.len());
    let ((a, rest_a), (b, rest_b)) = (a[..n].as_chunks::<16>(), b[..n].as_chunks::<16>());
    let mut sums = [0.0; 16];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..16 {
            sums[lane] += f64::from(a[lane]) * f64::from(b[lane]);
        }
    }
    for ((sum, &a), &b) in sums.iter_mut().zip(rest_a).zip(rest_b) {
        *sum += f64::from(a) * f64::from(b);
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    fn plain(a: &[f32], b: &[f32], max_lag: usize) -> Vec<f64> {
        let max_lag = max_lag as isize;
        (-max_lag..=max_lag)
            .map(|lag| {
                (0..a.len() as isize)
                    .filter(|i| (0..b.len() as isize).contains(&(i + lag)))
                    .map(|i| f64::from(a[i as usize]) * f64::from(b[(i + lag) as usize]))
                    .sum()
            })
            .collect()
    }

    #[test]
    fn it_is_the_plain_sum() {
        let mut noise = Noise::new(2);
        for _ in 0..40 {
            let (n, m, lag) = (
                noise.between(1, 70),
                noise.between(1, 70),
                noise.between(0, 90),
            );
            let (a, b) = (noise.samples(n), noise.samples(m));
            for (fast, slow) in cross_correlation(&a, &b, lag)
                .iter()
                .zip(plain(&a, &b, lag))
            {
                assert!((fast - slow).abs() < 1e-10, "{n} {m} {lag}: {fast} {slow}");
            }
        }
        assert_eq!(cross_correlation(&[], &[1.0], 2), vec![0.0; 5]);
    }

    #[test]
    fn with_itself_it_is_the_plain_sum_too() {
        let mut noise = Noise::new(4);
        for _ in 0..40 {
            let (n, lag) = (noise.between(2, 200), noise.between(0, 90));
            let signal = noise.samples(n);
            let mean = signal.iter().map(|&v| f64::from(v)).sum::<f64>() / n as f64;
            let without: Vec<f32> = signal
                .iter()
                .map(|&v| (f64::from(v) - mean) as f32)
                .collect();
            let slow = plain(&without, &without, lag);
            let fast = autocorrelation(&signal, lag).unwrap();
            assert_eq!(fast.len(), lag + 1);
            for (fast, slow) in fast.iter().zip(&slow[lag..]) {
                assert!((fast - slow / slow_power(&without)).abs() < 1e-10);
            }
        }
    }

    fn slow_power(signal: &[f32]) -> f64 {
        signal.iter().map(|&v| f64::from(v).powi(2)).sum()
    }

    #[test]
    fn a_rhythm_comes_back_at_its_period() {
        let train: Vec<f32> = (0..1000)
            .map(|i| if i % 25 == 0 { 1.0 } else { 0.0 })
            .collect();
        let r = autocorrelation(&train, 60).unwrap();
        assert_eq!(r[0], 1.0);
        let best = (5..40).max_by(|&a, &b| r[a].total_cmp(&r[b])).unwrap();
        assert_eq!(best, 25);
    }

    #[test]
    fn what_never_changes_has_none() {
        assert_eq!(autocorrelation(&[3.0; 50], 10), None);
        assert_eq!(autocorrelation(&[], 10), None);
    }
}
