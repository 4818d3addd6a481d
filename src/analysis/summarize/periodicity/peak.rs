//! The highest peak of a spectrum in the band, and the period that it stands for.

use std::ops::RangeInclusive;

use super::{HIGH_HZ, LOW_HZ};
use crate::signal::spectrum::Spectrum;

/// A peak in the band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak {
    pub period_s: f64,
    /// Density of the highest peak over the mean of the band.
    pub strength: f64,
}

/// Indices of the spectrum inside the band.
pub(super) fn bins(spectrum: &Spectrum) -> RangeInclusive<usize> {
    let first = (LOW_HZ / spectrum.step_hz).ceil() as usize;
    let last = (HIGH_HZ / spectrum.step_hz).floor() as usize;
    first..=last.min(spectrum.density.len().saturating_sub(2))
}

/// Mean density in the band.
pub(super) fn mean_in_band(spectrum: &Spectrum) -> f64 {
    let bins = bins(spectrum);
    let n = bins.clone().count() as f64;
    bins.map(|k| spectrum.density[k]).sum::<f64>() / n
}

/// The highest local maximum of the band; `None` when the density only rises or falls.
///
/// A train of very steady movements is as strong at half and a third of its period: where the spectrum also peaks at a
/// multiple of the strongest period, at half the height or more, the longest such period is the one that is meant.
pub(super) fn find(spectrum: &Spectrum) -> Option<Peak> {
    let density = &spectrum.density;
    let is_peak = |k: usize| density[k] > density[k - 1] && density[k] >= density[k + 1];
    let peaks = bins(spectrum).filter(|&k| is_peak(k));
    let highest = peaks.max_by(|&a, &b| density[a].total_cmp(&density[b]))?;
    let strength = density[highest] / mean_in_band(spectrum);
    let first = *bins(spectrum).start();
    let fundamental = (2..=highest / first)
        .rev()
        .filter_map(|multiple| {
            let near = (highest as f64 / multiple as f64).round() as usize;
            let around = (near - 1).max(first)..=near + 1;
            around
                .filter(|&k| is_peak(k) && density[k] >= 0.5 * density[highest])
                .max_by(|&a, &b| density[a].total_cmp(&density[b]))
        })
        .next();
    Some(Peak {
        period_s: 1.0 / refined_hz(spectrum, fundamental.unwrap_or(highest)),
        strength,
    })
}

/// The frequency of a peak between the points of the grid: the top of the parabola through the logarithms of three
/// points, which is exact for a peak of Gaussian shape.
fn refined_hz(spectrum: &Spectrum, at: usize) -> f64 {
    let ln = |k: usize| spectrum.density[k].max(f64::MIN_POSITIVE).ln();
    let (before, top, after) = (ln(at - 1), ln(at), ln(at + 1));
    let bend = before - 2.0 * top + after;
    let shift = if bend < 0.0 {
        (0.5 * (before - after) / bend).clamp(-0.5, 0.5)
    } else {
        0.0
    };
    (at as f64 + shift) * spectrum.step_hz
}
