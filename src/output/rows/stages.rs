//! `stages`: what was counted in each sleep stage.

use super::row;

row! {
    /// A sleep stage of a night, by a sleep export.
    #[derive(Debug, Clone, PartialEq)]
    StageRow in "stages" {
        /// Identifier of the night, as in `nights`.
        night: String = "text",
        /// The stage: `W`, `asleep` (stage unknown), `N1`, `N2`, `light` (N1 or N2), `N3`, `R`. Consumer exports guess
        /// stages from movement and pulse; they are no EEG.
        stage: String = "text",
        /// Minutes of it between lights out and lights on.
        in_bed_min: f64 = "min" 2,
        /// Minutes of those in which a movement could have been seen: the denominator of the indices of this row.
        analysed_min: f64 = "min" 2,
        /// Candidate leg movements (CLM) with their onset in it, by the rule set of the night.
        n_clm: u32 = "count",
        /// CLM an hour of the stage.
        clm_per_h: Option<f64> = "1/h" 2,
        /// Periodic leg movements (PLM) with their onset in it, by the rule set of the night.
        n_plm: u32 = "count",
        /// PLM an hour of the stage.
        plm_per_h: Option<f64> = "1/h" 2,
        /// Periodic leg movements with their onset in it (AASM).
        n_plm_aasm: u32 = "count",
        /// PLM an hour of the stage (AASM).
        plm_per_h_aasm: Option<f64> = "1/h" 2,
    }
}
