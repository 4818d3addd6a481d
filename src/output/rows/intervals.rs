//! `intervals`: the distribution of inter-movement intervals (IMI).

use super::row;

row! {
    /// A bin of the distribution of intervals.
    #[derive(Debug, Clone, PartialEq)]
    IntervalRow in "intervals" {
        /// Identifier of the night, as in `nights`; empty for all nights behind the figures together.
        night: Option<String> = "text",
        /// Shortest interval of the bin: belongs to it.
        low_s: f64 = "s" 3,
        /// Longest interval of the bin: does not belong to it.
        high_s: f64 = "s" 3,
        /// Intervals measured by the rules that the night's `rules` names that fall into it.
        n: u32 = "count",
    }
}
