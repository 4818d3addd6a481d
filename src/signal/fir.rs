//! Linear-phase FIR filters by the Kaiser window.
//!
//! Oppenheim & Schafer, *Discrete-Time Signal Processing*, 3rd ed., section 7.6: window shape from the attenuation
//! (eq. 7.75), length from attenuation and transition width (eq. 7.76).
//!
//! All filters have an odd number of taps and are symmetric: applied centred they have no delay. A low-pass has a gain
//! of exactly one at 0 Hz (to rounding in `f32`), a high- or band-pass of zero, so gravity leaves no trace in it.

use std::f64::consts::PI;

/// What a filter must do to the frequencies around its edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// From full pass to full stop, in Hz; the edge (half amplitude, -6 dB) lies in the middle.
    pub transition_hz: f64,
    /// How far the stop band lies below the pass band, in dB.
    pub attenuation_db: f64,
}

/// Shape parameter of the Kaiser window for that attenuation (Oppenheim & Schafer eq. 7.75).
pub fn kaiser_beta(attenuation_db: f64) -> f64 {
    if attenuation_db > 50.0 {
        0.1102 * (attenuation_db - 8.7)
    } else if attenuation_db >= 21.0 {
        0.5842 * (attenuation_db - 21.0).powf(0.4) + 0.07886 * (attenuation_db - 21.0)
    } else {
        0.0
    }
}

/// Number of taps, odd, that reaches the slope at that rate (Oppenheim & Schafer eq. 7.76).
///
/// # Panics
/// When the transition is not above 0 Hz.
pub fn n_taps(slope: Slope, rate_hz: f64) -> usize {
    assert!(
        slope.transition_hz > 0.0,
        "a transition of {} Hz has no width",
        slope.transition_hz
    );
    let width = 2.0 * PI * slope.transition_hz / rate_hz;
    let order = ((slope.attenuation_db - 8.0) / (2.285 * width)).max(1.0);
    2 * (order / 2.0).ceil() as usize + 1
}

/// Modified Bessel function of the first kind, order 0, by its power series; converges to the last bit for x below 50.
pub(crate) fn bessel_i0(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= quarter / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}

/// The Kaiser window at `x` from -1 to 1; zero outside.
pub(crate) fn kaiser(x: f64, beta: f64) -> f64 {
    if x.abs() > 1.0 {
        0.0
    } else {
        bessel_i0(beta * (1.0 - x * x).sqrt()) / bessel_i0(beta)
    }
}

/// `sin(pi x) / (pi x)`.
pub(crate) fn sinc(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else {
        (PI * x).sin() / (PI * x)
    }
}

fn low_pass_f64(cutoff_hz: f64, taps: usize, beta: f64, rate_hz: f64) -> Vec<f64> {
    let half = (taps / 2) as f64;
    let mut kernel: Vec<f64> = (0..taps)
        .map(|i| {
            let at = i as f64 - half;
            sinc(2.0 * cutoff_hz / rate_hz * at) * kaiser(at / half.max(1.0), beta)
        })
        .collect();
    let gain: f64 = kernel.iter().sum();
    kernel.iter_mut().for_each(|tap| *tap /= gain);
    kernel
}

fn to_f32(kernel: Vec<f64>) -> Vec<f32> {
    kernel.into_iter().map(|tap| tap as f32).collect()
}

/// Passes what lies below `cutoff_hz`; gain one at 0 Hz.
pub fn low_pass(cutoff_hz: f64, slope: Slope, rate_hz: f64) -> Vec<f32> {
    let taps = n_taps(slope, rate_hz);
    to_f32(low_pass_f64(
        cutoff_hz,
        taps,
        kaiser_beta(slope.attenuation_db),
        rate_hz,
    ))
}

/// Passes what lies above `cutoff_hz`: what a low-pass of the same slope leaves over; gain zero at 0 Hz.
pub fn high_pass(cutoff_hz: f64, slope: Slope, rate_hz: f64) -> Vec<f32> {
    let taps = n_taps(slope, rate_hz);
    let beta = kaiser_beta(slope.attenuation_db);
    let mut kernel = low_pass_f64(cutoff_hz, taps, beta, rate_hz);
    kernel.iter_mut().for_each(|tap| *tap = -*tap);
    kernel[taps / 2] += 1.0;
    to_f32(kernel)
}

/// Passes what lies from `low_hz` to `high_hz`: the difference of two low-passes; gain zero at 0 Hz.
///
/// An upper edge at or above half the rate is no edge: the filter is then a high-pass.
pub fn band_pass(low_hz: f64, high_hz: f64, slope: Slope, rate_hz: f64) -> Vec<f32> {
    if high_hz >= rate_hz / 2.0 {
        return high_pass(low_hz, slope, rate_hz);
    }
    let taps = n_taps(slope, rate_hz);
    let beta = kaiser_beta(slope.attenuation_db);
    let below = low_pass_f64(low_hz, taps, beta, rate_hz);
    let mut kernel = low_pass_f64(high_hz, taps, beta, rate_hz);
    for (tap, low) in kernel.iter_mut().zip(below) {
        *tap -= low;
    }
    to_f32(kernel)
}

/// Amplitude that a symmetric kernel leaves of a sine of `frequency_hz`; negative where it turns the sign.
pub fn response(kernel: &[f32], frequency_hz: f64, rate_hz: f64) -> f64 {
    let half = (kernel.len() / 2) as f64;
    kernel
        .iter()
        .enumerate()
        .map(|(i, &tap)| {
            f64::from(tap) * (2.0 * PI * frequency_hz / rate_hz * (i as f64 - half)).cos()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOPE: Slope = Slope {
        transition_hz: 0.3,
        attenuation_db: 50.0,
    };

    #[test]
    fn bessel_agrees_with_abramowitz_and_stegun() {
        // Table 9.8 holds exp(-x) I0(x): 0.4657596077 at 1, 0.1278333372 at 10.
        assert!((bessel_i0(1.0) * (-1.0f64).exp() - 0.465_759_607_7).abs() < 1e-9);
        assert!((bessel_i0(10.0) * (-10.0f64).exp() - 0.127_833_337_2).abs() < 1e-9);
    }

    #[test]
    fn a_filter_keeps_its_slope() {
        // Kaiser's formula is good to about 1 dB.
        let floor = 10f64.powf(-(SLOPE.attenuation_db - 1.0) / 20.0);
        for rate in [12.5, 25.0, 30.0, 50.0, 100.0] {
            let kernel = band_pass(0.3, 0.4 * rate, SLOPE, rate);
            assert_eq!(kernel.len() % 2, 1);
            for k in 0..=400 {
                let hz = rate / 2.0 * f64::from(k) / 400.0;
                let gain = response(&kernel, hz, rate);
                let high = 0.4 * rate;
                if !(0.15..high + 0.15).contains(&hz) {
                    assert!(gain.abs() < floor, "{rate} Hz: {gain} at {hz}");
                } else if (0.45..high - 0.15).contains(&hz) {
                    assert!(
                        (gain - 1.0).abs() < 2.0 * floor,
                        "{rate} Hz: {gain} at {hz}"
                    );
                }
            }
        }
    }

    #[test]
    fn gravity_leaves_no_trace_in_a_band() {
        // 500 taps, each rounded to f32: at most 500 x 6e-8 x the largest tap (0.4).
        let sum = |kernel: &[f32]| kernel.iter().map(|&tap| f64::from(tap)).sum::<f64>();
        for rate in [12.5, 50.0, 100.0] {
            assert!(sum(&band_pass(0.3, 10.0, SLOPE, rate)).abs() < 2e-6);
            assert!(sum(&high_pass(0.3, SLOPE, rate)).abs() < 2e-6);
            assert!((sum(&low_pass(0.3, SLOPE, rate)) - 1.0).abs() < 2e-6);
        }
    }

    #[test]
    fn half_the_amplitude_is_left_at_the_edge() {
        let kernel = low_pass(2.0, SLOPE, 50.0);
        assert!((response(&kernel, 2.0, 50.0) - 0.5).abs() < 5e-3);
    }

    #[test]
    fn an_edge_above_half_the_rate_is_no_edge() {
        assert_eq!(
            band_pass(0.3, 10.0, SLOPE, 12.5),
            high_pass(0.3, SLOPE, 12.5)
        );
    }

    #[test]
    fn kernels_are_symmetric() {
        let kernel = band_pass(0.3, 10.0, SLOPE, 50.0);
        let mirrored: Vec<f32> = kernel.iter().rev().copied().collect();
        for (a, b) in kernel.iter().zip(&mirrored) {
            assert!((a - b).abs() <= f32::EPSILON * 0.4);
        }
    }
}
