//! A monitor like the PAM-RL: 0.3 to 20 Hz, begins at 200 mg, ends after 1 s below 100 mg.

use super::thresholds::{FixedThresholds, MonitorError};
use crate::analysis::detect::{Detection, MovementDetector};
use crate::analysis::prepare::{Bands, EnvelopeShape};
use crate::model::body::Leg;
use crate::model::trace::NightTrace;

/// A PAM-RL-like monitor (Sforza, Johannes & Claudio 2005, Sleep Med 6:407: 40 Hz, 0.3–20 Hz, thresholds and end rule).
///
/// The device compares every sample; so does this, by the largest norm from one value of the envelope to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PamRl {
    thresholds: FixedThresholds,
}

impl PamRl {
    /// As published.
    pub const PUBLISHED: FixedThresholds = FixedThresholds {
        on_mg: 200.0,
        off_mg: 100.0,
        patience_s: 1.0,
    };

    /// The best of [`grid`](Self::grid) on the tuning nights (`legtrace bench --tune`).
    pub const TUNED: FixedThresholds = FixedThresholds {
        on_mg: 100.0,
        off_mg: 12.5,
        patience_s: 1.0,
    };

    /// What was tried: eleven upper thresholds, each with an eighth, a quarter, a half (as published) and all of it as
    /// the lower.
    pub fn grid() -> Vec<FixedThresholds> {
        Self::PUBLISHED.grid(&[
            15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 140.0, 200.0, 280.0,
        ])
    }

    /// Checks the thresholds.
    pub fn plan(thresholds: FixedThresholds) -> Result<Self, MonitorError> {
        Ok(Self {
            thresholds: thresholds.checked()?,
        })
    }
}

impl MovementDetector for PamRl {
    fn name(&self) -> &'static str {
        "pam_rl"
    }

    fn bands(&self) -> Bands {
        Bands {
            movement_low_hz: 0.3,
            movement_high_hz: 20.0,
            slope_hz: 0.3,
            envelope: EnvelopeShape::Peak,
            ..Bands::default()
        }
    }

    fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection {
        self.thresholds.detect(trace, leg)
    }
}

#[cfg(test)]
mod tests {
    use super::super::thresholds::tests::found;
    use super::*;

    #[test]
    fn it_begins_at_200_mg_and_ends_after_a_second_below_100() {
        let monitor = PamRl::plan(PamRl::PUBLISHED).unwrap();
        let two_seconds = |t: f64| (10.0..12.0).contains(&t);
        // A sine of 5 Hz reaches its height in every half period.
        assert!(found(&monitor, 30.0, |t| if two_seconds(t) { 180.0 } else { 0.0 }).is_empty());
        let events = found(&monitor, 30.0, |t| if two_seconds(t) { 230.0 } else { 0.0 });
        assert_eq!(events.len(), 1);
        assert!((events[0].0 - 10.0).abs() < 0.15 && (events[0].1 - 12.0).abs() < 0.15);
        // 0.8 s of silence are bridged, 1.3 s are not.
        let paused = |pause: f64| {
            found(&monitor, 30.0, |t| {
                let on = (10.0..11.0).contains(&t) || (11.0 + pause..12.0 + pause).contains(&t);
                if on { 230.0 } else { 0.0 }
            })
            .len()
        };
        assert_eq!((paused(0.8), paused(1.3)), (1, 2));
    }
}
