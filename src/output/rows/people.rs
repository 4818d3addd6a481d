//! `people`: one row a person, where the recordings are of several.

use std::collections::BTreeSet;

use super::{NightRow, row};
use crate::model::quality::Grade;

row! {
    /// A person's nights together.
    #[derive(Debug, Clone, PartialEq, Default)]
    PersonRow in "people" {
        /// Whose nights, as in `nights`.
        person: String = "text",
        /// Nights that were analysed.
        n_nights: u32 = "count",
        /// Nights behind the figures: those of grade A to C and on a leg where there are any. Not each has every figure; `study`
        /// counts them.
        n_used: u32 = "count",
        /// Grade that half of the nights used have or exceed; empty when none is graded.
        grade: Option<Grade> = "A to D",
        /// Median over nights of `plm_per_h`, PLM an hour analysed; empty when no night has it.
        median_plm_per_h: Option<f64> = "1/h" 4,
        /// Lower end of its 95 % interval, bootstrap over nights; empty below six nights.
        median_low_per_h: Option<f64> = "1/h" 4,
        /// Upper end of its 95 % interval.
        median_high_per_h: Option<f64> = "1/h" 4,
        /// Mean over nights of `plm_per_h`: one restless night moves it, not the median.
        mean_plm_per_h: Option<f64> = "1/h" 4,
        /// The lowest night.
        lowest_plm_per_h: Option<f64> = "1/h" 4,
        /// The highest night.
        highest_plm_per_h: Option<f64> = "1/h" 4,
        /// Median over nights of `plm_per_h_aasm`.
        median_plm_per_h_aasm: Option<f64> = "1/h" 4,
        /// Median over nights of `periodicity_index_wasm`.
        median_periodicity_index_wasm: Option<f64> = "ratio" 4,
        /// Median over nights of `periodicity_index_ferri`.
        median_periodicity_index_ferri: Option<f64> = "ratio" 4,
        /// Median over nights of `analysed_h`.
        median_analysed_h: Option<f64> = "h" 4,
        /// How many more nights would halve the interval of the median, if they are like these; empty below six nights.
        more_nights: Option<u32> = "count",
        /// Which nights: `sound` (grade A to C), `doubtful only` (grade D, there is no better), `off the legs` (movement
        /// events, no PLM index).
        basis: String = "text",
        /// Whether one of them gives a lower bound only, so that the figures do, too.
        at_least: bool = "true/false",
    }
}

impl PersonRow {
    /// The people of the nights, where there are several that are named.
    pub fn several(nights: &[NightRow]) -> BTreeSet<&str> {
        let people: BTreeSet<&str> = nights
            .iter()
            .filter_map(|night| night.person.as_deref())
            .collect();
        match people.len() {
            0 | 1 => BTreeSet::new(),
            _ => people,
        }
    }
}
