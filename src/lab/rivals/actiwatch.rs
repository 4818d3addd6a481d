//! A monitor like the Actiwatch as used for PLM: 3 to 11 Hz, 50 mg.

use super::thresholds::{FixedThresholds, MonitorError};
use crate::analysis::detect::{Detection, MovementDetector};
use crate::analysis::prepare::{Bands, EnvelopeShape};
use crate::model::body::Leg;
use crate::model::trace::NightTrace;

/// An Actiwatch-like monitor (Gschliesser 2009: 3 Hz high-pass; the manufacturer's band of 3–11 Hz and 50 mg).
///
/// The source gives no rule for the end of a movement; half a second below the threshold is taken, the shortest pause
/// between movements by the rules (WASM/IRLSSG 2016).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Actiwatch {
    thresholds: FixedThresholds,
}

impl Actiwatch {
    /// As published.
    pub const PUBLISHED: FixedThresholds = FixedThresholds {
        on_mg: 50.0,
        off_mg: 50.0,
        patience_s: 0.5,
    };

    /// The best of [`grid`](Self::grid) on the tuning nights (`legtrace bench --tune`).
    pub const TUNED: FixedThresholds = FixedThresholds {
        on_mg: 70.0,
        off_mg: 8.75,
        patience_s: 0.5,
    };

    /// What was tried: ten upper thresholds, each with an eighth, a quarter, a half and all of it (as published) as
    /// the lower.
    pub fn grid() -> Vec<FixedThresholds> {
        Self::PUBLISHED.grid(&[8.0, 10.0, 14.0, 20.0, 28.0, 40.0, 50.0, 70.0, 100.0, 140.0])
    }

    /// Checks the thresholds.
    pub fn plan(thresholds: FixedThresholds) -> Result<Self, MonitorError> {
        Ok(Self {
            thresholds: thresholds.checked()?,
        })
    }
}

impl MovementDetector for Actiwatch {
    fn name(&self) -> &'static str {
        "actiwatch"
    }

    /// The device's analog filter is gentle; a slope of 3 Hz around the edge comes near one of second order.
    fn bands(&self) -> Bands {
        Bands {
            movement_low_hz: 3.0,
            movement_high_hz: 11.0,
            slope_hz: 3.0,
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
    fn it_begins_and_ends_at_50_mg() {
        let monitor = Actiwatch::plan(Actiwatch::PUBLISHED).unwrap();
        let shaken = |mg: f64| {
            found(&monitor, 30.0, move |t| {
                if (10.0..12.0).contains(&t) { mg } else { 0.0 }
            })
        };
        assert!(shaken(42.0).is_empty());
        let events = shaken(70.0);
        assert_eq!(events.len(), 1);
        assert!((events[0].0 - 10.0).abs() < 0.15 && (events[0].1 - 12.0).abs() < 0.15);
    }
}
