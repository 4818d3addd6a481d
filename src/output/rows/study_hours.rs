//! `study_hours`: the hours since lights out, all nights of a study together.

use super::{Row, row};
use crate::model::study::StudySummary;

// Four decimals, since what is printed has one: a figure rounded to two and then to one is not the figure rounded.
row! {
    /// An hour since lights out over all nights.
    #[derive(Debug, Clone, PartialEq)]
    StudyHourRow in "study_hours" {
        /// Number of the hour since lights out, from 1.
        hour: u32 = "count",
        /// Nights of which any of it was analysed.
        n_nights: u32 = "count",
        /// Hours of it analysed in all nights together: the denominator of this row.
        observed_h: f64 = "h" 4,
        /// Periodic leg movements (PLM) with their onset in it, all nights together.
        n_plm: u32 = "count",
        /// PLM an hour analysed; empty when too little of it was analysed.
        plm_per_h: Option<f64> = "1/h" 4,
    }
}

impl StudyHourRow {
    /// The hours of a summary, settled.
    pub fn of(summary: &StudySummary) -> Vec<Self> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let row = |hour: &crate::model::study::StudyHour| {
            let mut row = Self {
                hour: hour.hour,
                n_nights: count(hour.n_nights),
                observed_h: hour.observed_h,
                n_plm: count(hour.n_plm),
                plm_per_h: hour.plm_per_h,
            };
            row.settle();
            row
        };
        summary.hours.iter().map(row).collect()
    }
}
