//! `profile`: the course over the hours of the clock, all nights of a study together.

use super::row;

row! {
    /// A stretch of clock time over all nights.
    #[derive(Debug, Clone, PartialEq)]
    ProfileRow in "profile" {
        /// The time on the clock in the middle of it.
        clock: String = "HH:MM",
        /// The same in minutes after noon of the day on which the night begins: 720 is midnight.
        after_noon_min: u32 = "min",
        /// How long the stretch around it is.
        window_min: u32 = "min",
        /// Nights in which enough of it was analysed.
        n_nights: u32 = "count",
        /// Tenth percentile over these nights of PLM an hour analysed; empty when there are too few.
        p10_plm_per_h: Option<f64> = "1/h" 2,
        /// Lower quartile over these nights.
        p25_plm_per_h: Option<f64> = "1/h" 2,
        /// Median over these nights; empty below four of them, unless the study has no more.
        median_plm_per_h: Option<f64> = "1/h" 2,
        /// Upper quartile over these nights.
        p75_plm_per_h: Option<f64> = "1/h" 2,
        /// Ninetieth percentile over these nights.
        p90_plm_per_h: Option<f64> = "1/h" 2,
    }
}
