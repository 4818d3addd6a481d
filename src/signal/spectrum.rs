//! Power by frequency (Welch 1967, "The use of fast Fourier transform for the estimation of power spectra").

use realfft::RealFftPlanner;
use std::f64::consts::PI;

/// One-sided power density on a grid of frequencies.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Distance between two values of `density`, in Hz; the first lies at 0 Hz.
    pub step_hz: f64,
    /// Power per hertz, in squared units of the signal; its sum times `step_hz` is the variance.
    pub density: Vec<f64>,
}

impl Spectrum {
    /// Power from `low_hz` to `high_hz`, both included.
    pub fn power(&self, low_hz: f64, high_hz: f64) -> f64 {
        self.density
            .iter()
            .enumerate()
            .filter(|(k, _)| (low_hz..=high_hz).contains(&(*k as f64 * self.step_hz)))
            .map(|(_, &density)| density * self.step_hz)
            .sum()
    }

    /// Frequency and density of the strongest value from `low_hz` to `high_hz`; `None` when the grid has none there.
    pub fn peak(&self, low_hz: f64, high_hz: f64) -> Option<(f64, f64)> {
        self.density
            .iter()
            .enumerate()
            .map(|(k, &density)| (k as f64 * self.step_hz, density))
            .filter(|(hz, _)| (low_hz..=high_hz).contains(hz))
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// The spectrum of `signal`, the mean over Hann-windowed stretches of `segment` samples that overlap by half, each
/// without its own mean. A signal shorter than a stretch is one stretch, filled up with zeros. `None` when empty.
pub fn welch(signal: &[f32], segment: usize, rate_hz: f64) -> Option<Spectrum> {
    if signal.is_empty() || segment < 2 {
        return None;
    }
    let fft = RealFftPlanner::<f64>::new().plan_fft_forward(segment);
    let (mut time, mut out) = (fft.make_input_vec(), fft.make_output_vec());
    let mut density = vec![0.0; out.len()];
    let starts: Vec<usize> = if signal.len() < segment {
        vec![0]
    } else {
        (0..=signal.len() - segment).step_by(segment / 2).collect()
    };
    // All stretches are of one length: the window and its weight are made once.
    let n = segment.min(signal.len());
    let window: Vec<f64> = (0..n)
        .map(|i| 0.5 - 0.5 * (2.0 * PI * (i as f64 + 0.5) / n as f64).cos())
        .collect();
    let weight: f64 = window.iter().map(|hann| hann * hann).sum();
    for &start in &starts {
        let stretch = &signal[start..start + n];
        let mean = stretch.iter().map(|&v| f64::from(v)).sum::<f64>() / n as f64;
        time.fill(0.0);
        for ((slot, &value), hann) in time.iter_mut().zip(stretch).zip(&window) {
            *slot = hann * (f64::from(value) - mean);
        }
        fft.process(&mut time, &mut out).ok()?;
        for (k, (total, bin)) in density.iter_mut().zip(&out).enumerate() {
            let ends = k == 0 || (segment.is_multiple_of(2) && k == segment / 2);
            let sides = if ends { 1.0 } else { 2.0 };
            *total += sides * bin.norm_sqr() / (weight * rate_hz);
        }
    }
    density
        .iter_mut()
        .for_each(|value| *value /= starts.len() as f64);
    Some(Spectrum {
        step_hz: rate_hz / segment as f64,
        density,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    fn sine(hz: f64, rate_hz: f64, n: usize) -> Vec<f32> {
        (0..n)
            .map(|i| (2.0 * PI * hz * i as f64 / rate_hz).sin() as f32)
            .collect()
    }

    #[test]
    fn one_stretch_is_the_plain_fourier_sum() {
        let mut noise = Noise::new(7);
        for _ in 0..10 {
            let n = noise.between(4, 90);
            let signal = noise.samples(n);
            let spectrum = welch(&signal, n, 10.0).unwrap();
            let mean = signal.iter().map(|&v| f64::from(v)).sum::<f64>() / n as f64;
            let hann = |i: usize| 0.5 - 0.5 * (2.0 * PI * (i as f64 + 0.5) / n as f64).cos();
            let weight: f64 = (0..n).map(|i| hann(i).powi(2)).sum();
            for (k, &density) in spectrum.density.iter().enumerate() {
                let (mut re, mut im) = (0.0, 0.0);
                for (i, &value) in signal.iter().enumerate() {
                    let angle = 2.0 * PI * (k * i) as f64 / n as f64;
                    let weighted = hann(i) * (f64::from(value) - mean);
                    re += weighted * angle.cos();
                    im += weighted * angle.sin();
                }
                let both = if k == 0 || 2 * k == n { 1.0 } else { 2.0 };
                let expected = both * (re * re + im * im) / (weight * 10.0);
                assert!((density - expected).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn the_power_of_a_sine_is_half_its_square() {
        let spectrum = welch(&sine(3.0, 50.0, 5000), 500, 50.0).unwrap();
        assert!((spectrum.power(0.0, 25.0) - 0.5).abs() < 1e-3);
        assert!((spectrum.peak(0.5, 25.0).unwrap().0 - 3.0).abs() < spectrum.step_hz);
        assert!(spectrum.power(10.0, 25.0) < 1e-6);
    }

    #[test]
    fn a_short_signal_is_one_stretch() {
        let spectrum = welch(&sine(3.0, 50.0, 200), 512, 50.0).unwrap();
        assert!((spectrum.peak(0.5, 25.0).unwrap().0 - 3.0).abs() < 0.2);
        assert!(welch(&[], 512, 50.0).is_none());
    }
}
