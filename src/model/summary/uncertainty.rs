//! How sure an index is.

use super::Rate;

/// An interval for an index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How often such an interval should hold the truth: 0.95.
    pub level: f64,
}

/// The PLM index at other detection thresholds: what it owes to the choice of the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThresholdBand {
    /// At 0.7 times the threshold.
    pub at_0_7: Rate,
    /// At the threshold in force.
    pub at_1_0: Rate,
    /// At 1.4 times the threshold.
    pub at_1_4: Rate,
}

/// PLM that chance makes of a night's candidates, when each begins anywhere near where it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlmByChance {
    /// How many an hour, of the time that the index is over.
    pub per_h: f64,
    /// Probability of as many as the night has, 0 to 1.
    pub p: f64,
}
