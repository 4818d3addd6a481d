//! A monitor like the RestEaZe band: 25 Hz, root mean square over the axes, 100 mg to begin, 50 mg to go on.

use super::thresholds::{FixedThresholds, MonitorError};
use crate::analysis::detect::{Detection, MovementDetector};
use crate::analysis::prepare::{Bands, EnvelopeShape};
use crate::model::body::Leg;
use crate::model::trace::NightTrace;
use crate::signal::robust;

/// Length of the stretch whose median must lie above the lower threshold, and of the shortest movement, in seconds.
const MEDIAN_S: f64 = 0.5;
/// Step by which that stretch is moved along, in seconds.
const MOVED_S: f64 = 0.1;

/// A RestEaZe-like monitor (the program published with the band: pakmar1/Resteaze-PLM, `findIndices`, `cutLowMedian`).
///
/// The signal is the root mean square over the three axes without gravity, sample by sample at 25 Hz. A movement begins
/// above the upper threshold and ends before half a second below the lower one; it stands when it is longer than half a
/// second and the median of some half second in it lies above the lower threshold. The band takes gravity off in its
/// own processor by a way that is not published: here everything from 0.5 Hz on is movement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestEaze {
    thresholds: FixedThresholds,
}

impl RestEaze {
    /// As published.
    pub const PUBLISHED: FixedThresholds = FixedThresholds {
        on_mg: 100.0,
        off_mg: 50.0,
        patience_s: 0.5,
    };

    /// The best of [`grid`](Self::grid) on the tuning nights (`legtrace bench --tune`).
    pub const TUNED: FixedThresholds = FixedThresholds {
        on_mg: 40.0,
        off_mg: 5.0,
        patience_s: 0.5,
    };

    /// What was tried: eleven upper thresholds, each with an eighth, a quarter, a half (as published) and all of it as
    /// the lower.
    pub fn grid() -> Vec<FixedThresholds> {
        Self::PUBLISHED.grid(&[
            8.0, 10.0, 14.0, 20.0, 28.0, 40.0, 50.0, 70.0, 100.0, 140.0, 200.0,
        ])
    }

    /// Checks the thresholds.
    pub fn plan(thresholds: FixedThresholds) -> Result<Self, MonitorError> {
        Ok(Self {
            thresholds: thresholds.checked()?,
        })
    }

    /// Whether some half second of the stretch (all of a shorter one) has its median above the lower threshold.
    fn is_dense(norms: &[f32], rate_hz: f64, off: f32) -> bool {
        let length = ((MEDIAN_S * rate_hz).round() as usize).clamp(1, norms.len());
        let step = ((MOVED_S * rate_hz).round() as usize).max(1);
        let mut scratch = Vec::with_capacity(length);
        norms.windows(length).step_by(step).any(|window| {
            scratch.clear();
            scratch.extend_from_slice(window);
            robust::median(&mut scratch).is_some_and(|median| median > off)
        })
    }
}

/// From the root mean square over three axes to the vector's norm.
fn as_norms(thresholds: FixedThresholds) -> FixedThresholds {
    let axes = 3f32.sqrt();
    FixedThresholds {
        on_mg: thresholds.on_mg * axes,
        off_mg: thresholds.off_mg * axes,
        ..thresholds
    }
}

impl MovementDetector for RestEaze {
    fn name(&self) -> &'static str {
        "resteaze"
    }

    fn bands(&self) -> Bands {
        Bands {
            movement_low_hz: 0.5,
            movement_high_hz: 10.0,
            slope_hz: 0.5,
            envelope: EnvelopeShape::RootMean { window_s: 0.0 },
            ..Bands::default()
        }
    }

    fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection {
        let thresholds = as_norms(self.thresholds);
        let rate = trace.rate.hz();
        let mut stretches = thresholds.stretches(trace);
        stretches.retain(|&(from, to)| {
            (to - from) as f64 > MEDIAN_S * rate
                && Self::is_dense(&trace.envelope[from..to], rate, thresholds.off_mg / 1000.0)
        });
        thresholds.detection(trace, leg, stretches)
    }
}

#[cfg(test)]
mod tests {
    use super::super::thresholds::tests::found;
    use super::*;

    fn shaken(seconds: f64, mg: f64) -> usize {
        let monitor = RestEaze::plan(RestEaze::PUBLISHED).unwrap();
        found(&monitor, 30.0, |t| {
            if (10.0..10.0 + seconds).contains(&t) {
                mg
            } else {
                0.0
            }
        })
        .len()
    }

    #[test]
    fn the_norm_is_measured_against_the_root_of_three_times_the_threshold() {
        // 100 mg over three axes are 173 mg along one.
        assert_eq!(shaken(2.0, 150.0), 0);
        assert_eq!(shaken(2.0, 230.0), 1);
    }

    #[test]
    fn half_a_second_is_too_short() {
        assert_eq!(shaken(0.3, 400.0), 0);
        assert_eq!(shaken(1.0, 400.0), 1);
    }

    #[test]
    fn a_stretch_of_lone_spikes_is_not_dense() {
        let spikes: Vec<f32> = (0..50)
            .map(|k| if k % 10 == 0 { 1.0 } else { 0.01 })
            .collect();
        assert!(!RestEaze::is_dense(&spikes, 25.0, 0.05));
        assert!(RestEaze::is_dense(&[0.1; 5], 25.0, 0.05));
    }
}
