//! `hours`: the course of a night, hour by hour.

use jiff::Timestamp;

use super::row;
use super::time::LocalTime;

row! {
    /// An hour since the start of rest.
    #[derive(Debug, Clone, PartialEq)]
    HourRow in "hours" {
        /// Identifier of the night, as in `nights`.
        night: String = "text",
        /// Number of the hour since the start of rest, from 1.
        hour: u32 = "count",
        /// Its start as an instant; empty without a zone.
        start_utc: Option<Timestamp> = "RFC 3339",
        /// Its start on the wall clock; empty without a clock.
        start_local: Option<LocalTime> = "RFC 3339",
        /// Its start since the first sample of the night.
        start_s: f64 = "s" 3,
        /// Its end since the first sample; the last hour may be short.
        end_s: f64 = "s" 3,
        /// Minutes of it in which a movement could have been seen: gaps, blind and off-leg time taken out. The
        /// denominator of the indices of this row.
        analysed_min: f64 = "min" 2,
        /// Leg movements (LM) with their onset in it, both legs joined; this and what follows by the rules that the night's
        /// `rules` names.
        n_lm: u32 = "count",
        /// Candidate leg movements (CLM) with their onset in it.
        n_clm: u32 = "count",
        /// Periodic leg movements (PLM) with their onset in it.
        n_plm: u32 = "count",
        /// PLM an hour analysed; empty when too little of the hour was analysed.
        plm_per_h: Option<f64> = "1/h" 2,
        /// Periodic leg movements with their onset in it (AASM).
        n_plm_aasm: u32 = "count",
        /// PLM an hour analysed (AASM); empty when too little of the hour was analysed.
        plm_per_h_aasm: Option<f64> = "1/h" 2,
        /// Strongest period of the onsets of this hour (a last piece of less than half an hour is told with the hour
        /// before); empty with fewer than eight candidates.
        rhythm_period_s: Option<f64> = "s" 2,
        /// Its power, 1 being the mean of the band of 8 to 90 s.
        rhythm_strength: Option<f64> = "ratio" 2,
        /// Probability of such a strength when the movements are scattered within three minutes of where they are.
        rhythm_p: Option<f64> = "0 to 1" 3,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::output::rows) fn hour() -> HourRow {
        HourRow {
            night: "1".into(),
            hour: 1,
            start_utc: None,
            start_local: None,
            start_s: 0.0,
            end_s: 3600.0,
            analysed_min: 60.0,
            n_lm: 3,
            n_clm: 2,
            n_plm: 0,
            plm_per_h: Some(0.0),
            n_plm_aasm: 0,
            plm_per_h_aasm: Some(0.0),
            rhythm_period_s: None,
            rhythm_strength: None,
            rhythm_p: None,
        }
    }
}
