//! `benchmark`, `benchmark_nights`, `benchmark_speed`: detectors on nights with a known truth.

use super::row;

row! {
    /// A detector on a set of nights.
    #[derive(Debug, Clone, PartialEq, Default)]
    BenchmarkRow in "benchmark" {
        /// Name of the detector.
        method: String = "text",
        /// Name of the set of nights.
        set: String = "text",
        /// What is matched: `lm` or `plm`.
        events: String = "text",
        /// Against which truth: `visible` or `all`.
        truth: String = "text",
        /// Nights.
        n_nights: u32 = "count",
        /// True events.
        n_true: u32 = "count",
        /// Events found.
        n_found: u32 = "count",
        /// True events that were found.
        n_hits: u32 = "count",
        /// Share of true events that were found.
        sensitivity: Option<f64> = "0 to 1" 4,
        /// Lower end of its 95 % interval, bootstrap over nights.
        sensitivity_low: Option<f64> = "0 to 1" 4,
        /// Upper end of its 95 % interval.
        sensitivity_high: Option<f64> = "0 to 1" 4,
        /// Share of found events that are true.
        precision: Option<f64> = "0 to 1" 4,
        /// Lower end of its 95 % interval, bootstrap over nights.
        precision_low: Option<f64> = "0 to 1" 4,
        /// Upper end of its 95 % interval.
        precision_high: Option<f64> = "0 to 1" 4,
        /// Harmonic mean of the two, over all events.
        f1: Option<f64> = "0 to 1" 4,
        /// Lower end of its 95 % interval, bootstrap over nights.
        f1_low: Option<f64> = "0 to 1" 4,
        /// Upper end of its 95 % interval.
        f1_high: Option<f64> = "0 to 1" 4,
        /// Median of the nights' own sensitivity, over nights with at least one true event.
        sensitivity_night_median: Option<f64> = "0 to 1" 4,
        /// Lower end of its 95 % interval.
        sensitivity_night_median_low: Option<f64> = "0 to 1" 4,
        /// Upper end of its 95 % interval.
        sensitivity_night_median_high: Option<f64> = "0 to 1" 4,
        /// Median of the nights' own precision, over nights with at least one true event.
        precision_night_median: Option<f64> = "0 to 1" 4,
        /// Lower end of its 95 % interval.
        precision_night_median_low: Option<f64> = "0 to 1" 4,
        /// Upper end of its 95 % interval.
        precision_night_median_high: Option<f64> = "0 to 1" 4,
        /// Median of the nights' own F1, over nights with at least one true event.
        f1_night_median: Option<f64> = "0 to 1" 4,
        /// Lower end of its 95 % interval.
        f1_night_median_low: Option<f64> = "0 to 1" 4,
        /// Upper end of its 95 % interval.
        f1_night_median_high: Option<f64> = "0 to 1" 4,
        /// F1 of the table's first detector less this one's, the mean over nights with at least one true event.
        f1_gain: Option<f64> = "-1 to 1" 4,
        /// Lower end of its 95 % interval: above 0, the first detector is ahead.
        f1_gain_low: Option<f64> = "-1 to 1" 4,
        /// Upper end of its 95 % interval.
        f1_gain_high: Option<f64> = "-1 to 1" 4,
        /// Events found too many, as a share of the true ones, all nights together; of `plm`.
        count_bias: Option<f64> = "ratio" 4,
        /// Lower end of its 95 % interval.
        count_bias_low: Option<f64> = "ratio" 4,
        /// Upper end of its 95 % interval.
        count_bias_high: Option<f64> = "ratio" 4,
        /// Mean difference of the PLM index from the truth's.
        index_bias_per_h: Option<f64> = "1/h" 3,
        /// Lower end of its 95 % interval.
        index_bias_low_per_h: Option<f64> = "1/h" 3,
        /// Upper end of its 95 % interval.
        index_bias_high_per_h: Option<f64> = "1/h" 3,
        /// Lower limit of agreement of the index.
        index_lower_per_h: Option<f64> = "1/h" 3,
        /// Upper limit of agreement of the index.
        index_upper_per_h: Option<f64> = "1/h" 3,
        /// Mean absolute error of the index.
        index_mae_per_h: Option<f64> = "1/h" 3,
        /// Lower end of its 95 % interval.
        index_mae_low_per_h: Option<f64> = "1/h" 3,
        /// Upper end of its 95 % interval.
        index_mae_high_per_h: Option<f64> = "1/h" 3,
        /// Intraclass correlation ICC(2,1) of the index.
        index_icc: Option<f64> = "-1 to 1" 4,
        /// Lower end of its 95 % interval.
        index_icc_low: Option<f64> = "-1 to 1" 4,
        /// Upper end of its 95 % interval.
        index_icc_high: Option<f64> = "-1 to 1" 4,
        /// Nights without a true PLM; of `plm`.
        n_nights_without: Option<u32> = "count",
        /// PLM found in those nights.
        false_per_h: Option<f64> = "1/h" 3,
        /// Lower end of its 95 % interval.
        false_low_per_h: Option<f64> = "1/h" 3,
        /// Upper end of its 95 % interval.
        false_high_per_h: Option<f64> = "1/h" 3,
        /// Onset found less the true onset, median of the nights' medians; of `lm`. Above 0 is late.
        onset_error_s: Option<f64> = "s" 3,
        /// Distance of both onsets, median of the nights' medians; of `lm`.
        onset_distance_s: Option<f64> = "s" 3,
    }
}

row! {
    /// A detector on one night, against what the sensor could see.
    #[derive(Debug, Clone, PartialEq, Default)]
    BenchmarkNightRow in "benchmark_nights" {
        /// Name of the set of nights.
        set: String = "text",
        /// Seed of the night.
        seed: u64 = "count",
        /// PLM an hour that an EMG of both legs would show, as asked of the simulator.
        asked_per_h: f64 = "1/h" 1,
        /// Age of the sleeper in years.
        age_years: f64 = "years" 1,
        /// Where the sensor sits.
        placement: String = "text",
        /// Rate of the samples.
        rate_hz: f64 = "Hz" 2,
        /// Step of the sensor's values.
        resolution_mg: f64 = "mg" 2,
        /// Name of the detector.
        method: String = "text",
        /// True leg movements.
        n_lm_true: u32 = "count",
        /// Leg movements found.
        n_lm_found: u32 = "count",
        /// True leg movements that were found.
        n_lm_hits: u32 = "count",
        /// True PLM.
        n_plm_true: u32 = "count",
        /// PLM found.
        n_plm_found: u32 = "count",
        /// True PLM that were found.
        n_plm_hits: u32 = "count",
        /// True PLM index of the leg.
        true_per_h: Option<f64> = "1/h" 3,
        /// PLM index found.
        found_per_h: Option<f64> = "1/h" 3,
        /// Onset found less the true onset, median over leg movements.
        onset_error_s: Option<f64> = "s" 3,
    }
}

row! {
    /// How fast a detector is, on one core; differs from machine to machine.
    #[derive(Debug, Clone, PartialEq, Default)]
    BenchmarkSpeedRow in "benchmark_speed" {
        /// Name of the detector.
        method: String = "text",
        /// Length of the night.
        recorded_h: f64 = "h" 2,
        /// Rate of its samples.
        rate_hz: f64 = "Hz" 2,
        /// From samples to trace.
        prepare_s: f64 = "s" 4,
        /// From trace to movements.
        detect_s: f64 = "s" 4,
        /// Such nights an hour, both together.
        nights_per_h: f64 = "1/h" 0,
        /// What the trace of the night takes in memory, in MB.
        trace_mb: f64 = "MB" 2,
        /// Peak memory of the program while this detector worked on the night, in MB; empty where the system does not tell.
        peak_mb: Option<f64> = "MB" 1,
    }
}
