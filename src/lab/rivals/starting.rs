//! The starting detector as a rival: as first written (what `published` says here), and with its thresholds tuned.

use crate::analysis::detect::DetectParams;

/// Thresholds of the starting detector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Start {
    /// Least threshold in mg.
    pub on_mg: f32,
    /// The threshold as a multiple of the noise floor.
    pub on_floors: f32,
}

impl Start {
    /// As first written (docs/DETECTOR.md, "Sources of constants").
    pub const PUBLISHED: Self = Self {
        on_mg: 20.0,
        on_floors: 5.0,
    };

    /// The best of [`grid`](Self::grid) on the tuning nights (`legtrace bench --tune`).
    pub const TUNED: Self = Self {
        on_mg: 56.0,
        on_floors: 3.5,
    };

    /// What was tried: eight least thresholds, each with four multiples of the floor. The lower threshold keeps its
    /// published share of the upper one.
    pub fn grid() -> Vec<Self> {
        [10.0, 15.0, 20.0, 28.0, 40.0, 56.0, 80.0, 112.0]
            .into_iter()
            .flat_map(|on_mg| [3.5, 5.0, 7.0, 10.0].map(|on_floors| Self { on_mg, on_floors }))
            .collect()
    }

    /// All settings with these thresholds; the lower threshold is 8 mg for 20, and 2.5 floors for 5 (same place).
    pub fn params(self) -> DetectParams {
        DetectParams {
            on_mg: self.on_mg,
            off_mg: self.on_mg * 8.0 / 20.0,
            on_floors: self.on_floors,
            off_floors: (self.on_floors * 2.5 / 5.0).max(1.0),
            // as first set (docs/DETECTOR.md, "Sources of constants")
            on_steps: 1.5,
            ..DetectParams::default()
        }
    }
}
