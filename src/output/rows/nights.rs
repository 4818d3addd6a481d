//! `nights`: one row a night, with every index, its denominator and what stands against it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::row;
use super::time::LocalTime;
use crate::model::body::Placement;
use crate::model::night::WindowSource;
use crate::model::quality::Grade;

/// What the index is called for a sensor on a leg.
pub const PLM_INDEX: &str = "PLM index";
/// What it is called for a sensor known to be elsewhere.
pub const MOVEMENT_EVENTS: &str = "movement events, not a PLM index";

row! {
    /// A night and its figures.
    #[derive(Debug, Clone, PartialEq, Default)]
    NightRow in "nights" {
        /// Identifier of the night: the other tables refer to it.
        night: String = "text",
        /// Whose night it is, where folders or `--people` say so; empty where nobody does.
        person: Option<String> = "text",
        /// Date of the evening on which the night began, on the wall clock: a night that begins after midnight and
        /// before noon belongs to the day before. Empty without a clock.
        date: Option<Date> = "date",
        /// Names of the files it was made of, with the folders below the one that was named, separated by `;`.
        files: String = "text",
        /// Legs with a sensor: `L`, `R`, `L+R`; empty when nobody said. Of two that only `--as legs` made a pair the first file is taken for the left.
        legs: Option<String> = "text",
        /// Where the sensor was worn: `ankle`, `foot`, `shin`, `thigh`, `waist`, `trunk`, `wrist`, `arm`, `not stated`.
        placement: Placement = "text",
        /// Device, as the header words it.
        device: Option<String> = "text",
        /// Format of the export.
        format: Option<String> = "text",
        /// First sample as an instant; empty without a zone.
        start_utc: Option<Timestamp> = "RFC 3339",
        /// First sample on the wall clock; empty without a clock.
        start_local: Option<LocalTime> = "RFC 3339",
        /// The zone in which local times are given; empty when none is known.
        zone: Option<String> = "text",
        /// From the first sample to the last.
        recorded_h: f64 = "h" 3,

        /// Start of the analysed window as an instant.
        lights_out_utc: Option<Timestamp> = "RFC 3339",
        /// Start of the analysed window on the wall clock.
        lights_out_local: Option<LocalTime> = "RFC 3339",
        /// Start of the analysed window since the first sample.
        lights_out_s: f64 = "s" 3,
        /// End of the analysed window as an instant.
        lights_on_utc: Option<Timestamp> = "RFC 3339",
        /// End of the analysed window on the wall clock.
        lights_on_local: Option<LocalTime> = "RFC 3339",
        /// End of the analysed window since the first sample.
        lights_on_s: f64 = "s" 3,
        /// Who said when the night began and ended: `flags`, `diary`, `sleep export`, `estimate`, `whole recording`; where
        /// the two ends have two sources, the one that is less sure, later in this list.
        window_source: Option<WindowSource> = "text",
        /// Who said when it began.
        lights_out_source: Option<WindowSource> = "text",
        /// Who said when it ended.
        lights_on_source: Option<WindowSource> = "text",
        /// From lights out to lights on.
        in_bed_h: f64 = "h" 3,
        /// Hours in bed in which a movement could have been seen: the denominator of the indices.
        analysed_h: f64 = "h" 3,
        /// The denominator of `plm_per_h` and its like in words: `hour in bed`, or `hour recorded` when nobody knows
        /// when the night was. The indices an hour of sleep and of the sleep period have columns of their own.
        per: String = "text",
        /// Hours in bed without samples.
        gap_h: f64 = "h" 3,
        /// Stretches in bed without samples for more than 2 s.
        n_gaps: Option<u32> = "count",
        /// Hours in bed with samples in which nothing may begin or end: short holes, ends of segments.
        blind_h: f64 = "h" 3,
        /// Hours in bed in which the device repeated its last value: they count as time, and small movements may be
        /// missing.
        idle_h: f64 = "h" 3,
        /// Hours in bed in which the sensor was not on the leg.
        off_leg_h: f64 = "h" 3,
        /// Hours in bed worn and still for long.
        still_h: f64 = "h" 3,
        /// Hours analysed in sleep; empty when no stages are known.
        sleep_h: Option<f64> = "h" 3,
        /// Hours analysed from the first sleep to the last; empty when no stages are known.
        sleep_period_h: Option<f64> = "h" 3,
        /// Hours analysed awake; empty when no stages are known.
        wake_h: Option<f64> = "h" 3,
        /// Sleep export that the stages (or the time in bed) are from, and its source: `export.zip: Watch`.
        sleep_from: Option<String> = "text",
        /// Share of the recording that the sleep export covers, 0 to 1.
        sleep_share: Option<f64> = "ratio" 3,

        /// Quality grade: the worst of the caps of its doubts.
        grade: Option<Grade> = "A to D",
        /// Stable words for the doubts, separated by `;`: `short_night`, `idle_sleep`, `low_rate`, …
        flags: Option<String> = "text",
        /// The doubts as sentences with their figures.
        reasons: Option<String> = "text",
        /// What the index is: `PLM index`, or `movement events, not a PLM index` when the sensor was not on a leg.
        label: String = "text",
        /// Whether the index is a lower bound: movements may be missing.
        at_least: bool = "true/false",
        /// What else belongs under the figures, in sentences.
        notes: Option<String> = "text",

        /// Rule set of the columns without a suffix.
        rules: String = "text",
        /// Leg movements (LM) in the window, both legs joined.
        n_lm: Option<u32> = "count",
        /// Candidate leg movements (CLM): 0.5 to 10 s, bilateral up to 15 s.
        n_clm: Option<u32> = "count",
        /// Periodic leg movements (PLM): candidates in series of at least four, 10 to 90 s apart.
        n_plm: Option<u32> = "count",
        /// Series of periodic leg movements.
        n_series: Option<u32> = "count",
        /// PLM an hour analysed, by the rules in `rules`.
        plm_per_h: Option<f64> = "1/h" 2,
        /// Lower end of its 95 % interval, block bootstrap by hour; empty below four hours and without PLM.
        plm_per_h_low: Option<f64> = "1/h" 2,
        /// Upper end of its 95 % interval.
        plm_per_h_high: Option<f64> = "1/h" 2,
        /// The index with the detection threshold at 0.7 times its value.
        plm_per_h_at_0_7x: Option<f64> = "1/h" 2,
        /// The index with the detection threshold at 1.4 times its value.
        plm_per_h_at_1_4x: Option<f64> = "1/h" 2,
        /// PLM an hour that the same candidates make when each begins anywhere within its three minutes: what chance makes of
        /// so many movements. Empty without PLM.
        plm_per_h_by_chance: Option<f64> = "1/h" 2,
        /// Probability of as many PLM by such chance: small when the movements make series, above 0.05 when they may be
        /// scattered. It decides no single movement.
        plm_p_by_chance: Option<f64> = "0 to 1" 2,
        /// PLM of the left leg alone, scored alone, an hour.
        plm_per_h_left: Option<f64> = "1/h" 2,
        /// PLM of the right leg alone, scored alone, an hour.
        plm_per_h_right: Option<f64> = "1/h" 2,
        /// The index over the first half of the window.
        plm_per_h_first_half: Option<f64> = "1/h" 2,
        /// The index over the second half of the window.
        plm_per_h_second_half: Option<f64> = "1/h" 2,
        /// PLM with their onset in sleep; empty when no stages are known.
        n_plms: Option<u32> = "count",
        /// PLM with their onset in wake; empty when no stages are known.
        n_plmw: Option<u32> = "count",
        /// PLM in sleep an hour of sleep (PLMS index); empty when no stages are known.
        plms_per_h: Option<f64> = "1/h" 2,
        /// PLM in wake an hour of wake (PLMW index); empty when no stages are known.
        plmw_per_h: Option<f64> = "1/h" 2,
        /// PLM from the first sleep to the last, an hour of that; empty when no stages are known.
        plm_per_h_sleep_period: Option<f64> = "1/h" 2,

        /// Leg movements by AASM, legs joined within 5 s.
        n_lm_aasm: Option<u32> = "count",
        /// Periodic leg movements by AASM: 5 to 90 s apart.
        n_plm_aasm: Option<u32> = "count",
        /// Series by AASM.
        n_series_aasm: Option<u32> = "count",
        /// PLM an hour analysed (AASM).
        plm_per_h_aasm: Option<f64> = "1/h" 2,
        /// Lower end of its 95 % interval.
        plm_per_h_aasm_low: Option<f64> = "1/h" 2,
        /// Upper end of its 95 % interval.
        plm_per_h_aasm_high: Option<f64> = "1/h" 2,
        /// PLM in sleep (AASM scores sleep alone); empty when no stages are known.
        n_plms_aasm: Option<u32> = "count",
        /// PLM in sleep an hour of sleep (AASM); empty when no stages are known.
        plms_per_h_aasm: Option<f64> = "1/h" 2,

        /// Leg movements an hour analysed.
        lm_per_h: Option<f64> = "1/h" 2,
        /// Candidates an hour analysed.
        clm_per_h: Option<f64> = "1/h" 2,
        /// Leg movements that are no candidates, an hour analysed.
        non_clm_per_h: Option<f64> = "1/h" 2,
        /// Candidates less than 10 s after the one before, an hour analysed.
        short_imi_clm_per_h: Option<f64> = "1/h" 2,
        /// Candidates outside a series and not after a short interval, an hour analysed.
        isolated_clm_per_h: Option<f64> = "1/h" 2,
        /// Periodicity index by WASM 2016, whatever `rules` says: PLM / CLM, 0 to 1; empty when there is no candidate.
        periodicity_index_wasm: Option<f64> = "ratio" 4,
        /// Periodicity index by Ferri 2006: intervals over 10 and up to 90 s in runs of at least three, by all intervals
        /// measured, 0 to 1; empty when none was measured.
        periodicity_index_ferri: Option<f64> = "ratio" 4,

        /// Strongest period of the onsets of the candidates between 8 and 90 s, by their spectrum; empty with fewer than
        /// eight. It decides no single movement.
        rhythm_period_s: Option<f64> = "s" 2,
        /// Its power, 1 being the mean of the band.
        rhythm_strength: Option<f64> = "ratio" 2,
        /// Probability of such a strength when the movements are scattered within three minutes of where they are: small
        /// when there is a rhythm.
        rhythm_p_scattered: Option<f64> = "0 to 1" 3,
        /// Probability of such a strength when the intervals are shuffled: small when like intervals follow one another.
        /// A rhythm that never changes is as strong when shuffled.
        rhythm_p_shuffled: Option<f64> = "0 to 1" 3,
        /// Strongest period of the movement envelope, second by second, over what its movements give by chance.
        envelope_period_s: Option<f64> = "s" 2,
        /// Its power, 1 being the mean of the band.
        envelope_strength: Option<f64> = "ratio" 2,
        /// Probability of such a strength when each movement, whole as it is, begins anywhere within its three minutes.
        envelope_p_scattered: Option<f64> = "0 to 1" 3,

        /// Inter-movement intervals (IMI) measured.
        n_imi: Option<u32> = "count",
        /// Intervals below 10 s.
        n_imi_below_10: Option<u32> = "count",
        /// Intervals of 10 to 90 s, both included.
        n_imi_10_90: Option<u32> = "count",
        /// Intervals above 90 s.
        n_imi_above_90: Option<u32> = "count",
        /// Geometric mean of the intervals of 10 to 90 s; empty when there is none.
        imi_geometric_mean_s: Option<f64> = "s" 3,
        /// Sample standard deviation of their natural logarithms; empty below two.
        imi_ln_sd: Option<f64> = "ln s" 4,
        /// Mean duration of the candidates.
        clm_duration_mean_s: Option<f64> = "s" 3,
        /// Sample standard deviation of the durations of the candidates.
        clm_duration_sd_s: Option<f64> = "s" 3,
        /// Mean duration of the PLM.
        plm_duration_mean_s: Option<f64> = "s" 3,
        /// Sample standard deviation of the durations of the PLM.
        plm_duration_sd_s: Option<f64> = "s" 3,
        /// Mean number of movements in a series.
        series_mean_n: Option<f64> = "count" 2,
        /// Movements in the longest series.
        series_longest_n: Option<u32> = "count",
        /// Length of the longest series, first onset to last end.
        series_longest_s: Option<f64> = "s" 3,

        /// Movements of every class in the window, each leg by itself.
        n_movements: Option<u32> = "count",
        /// Of them longer than 10 s.
        n_long: Option<u32> = "count",
        /// Of them of the whole body.
        n_gross: Option<u32> = "count",
        /// Of them changes of posture.
        n_posture: Option<u32> = "count",
        /// Of them in rhythmic trains.
        n_rhythmic: Option<u32> = "count",
        /// Of them blows to bed or sensor.
        n_knock: Option<u32> = "count",

        /// Sampling rate that was measured: median over 10 s windows outside gaps; of several legs or pieces the lowest.
        effective_hz: Option<f64> = "Hz" 3,
        /// Half the spread (10th to 90th percentile) of the time between samples, of several sensors the largest.
        jitter_ms: Option<f64> = "ms" 2,
        /// What the rate allows: `full`, `limited` (8 to 15 Hz), `unreliable` (4.5 to 8 Hz).
        rate_label: Option<String> = "text",
        /// Smallest step of the sensor's values, of several sensors the coarsest.
        resolution_mg: Option<f64> = "mg" 3,
        /// Whether gravity is in the data: `included`, or `removed` where a leg lacks it.
        gravity: Option<String> = "text",
        /// Calibration to gravity: `fitted`, or `skipped:` and why; with two legs each by its letter. It corrects posture
        /// and no movement.
        calibration: Option<String> = "text",
        /// Error of |v| at rest before calibration, of two legs the larger; empty when it could not be measured.
        calibration_error_before_mg: Option<f64> = "mg" 1,
        /// The same after; empty when a leg was not calibrated.
        calibration_error_after_mg: Option<f64> = "mg" 1,
        /// What became of the clocks of two legs: `agree`, `set` (the second by the first), `not compared` (too few
        /// movements were felt by both), `kept` (by flag); empty for one leg.
        clocks: Option<String> = "text",
        /// What the second leg's clock lacks at the start of the common time: with `set`, what was added to it.
        clock_offset_s: Option<f64> = "s" 3,
        /// How much more time passes by the first leg's clock, in parts per million.
        clock_drift_ppm: Option<f64> = "ppm" 1,
        /// Root mean square of what offset and drift leave of the movements that both legs felt.
        clock_residual_s: Option<f64> = "s" 3,
        /// Movements by which the clocks were compared.
        n_clock_movements: Option<u32> = "count",
        /// Share of the common time between the first and the last of them, 0 to 1.
        clock_span: Option<f64> = "ratio" 3,
        /// Median noise floor of the envelope, of two legs the higher.
        floor_mg: Option<f64> = "mg" 2,
        /// Median threshold in force for an onset, of two legs the higher.
        on_threshold_mg: Option<f64> = "mg" 2,
        /// Median threshold in force for an end, of two legs the higher.
        off_threshold_mg: Option<f64> = "mg" 2,
        /// Preset of the detector.
        detector: Option<String> = "text",
        /// Version of the program.
        version: String = "text",
        /// SHA-256 of the settings, as in the manifest.
        settings_sha256: Option<String> = "hex",
    }
}

impl NightRow {
    /// Who said when the night began, and who when it ended. Where a table names neither, it is that of both.
    pub fn window_sources(&self) -> Option<(WindowSource, WindowSource)> {
        let out = self.lights_out_source.or(self.window_source)?;
        Some((out, self.lights_on_source.or(self.window_source)?))
    }

    /// Whether the index may be called a PLM index.
    pub fn is_plm_index(&self) -> bool {
        self.label == PLM_INDEX
    }
}
