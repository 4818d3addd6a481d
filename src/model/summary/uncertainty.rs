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
