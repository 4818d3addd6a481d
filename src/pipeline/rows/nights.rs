//! `nights`: a night's figures in one row.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

use super::hours::count;
use crate::analysis::prepare::Calibration;
use crate::analysis::quality::rate_label;
use crate::model::body::{Leg, Placement};
use crate::model::clock::RecordingClock;
use crate::model::night::{Night, WindowSource};
use crate::model::quality::{QualityFlag, grade};
use crate::model::recording::SourceInfo;
use crate::model::summary::{NightRhythm, NightSummary, PlmByChance, RuleSummary};
use crate::output::rows::{LocalTime, MOVEMENT_EVENTS, NightRow, PLM_INDEX, hours, seconds};
use crate::pipeline::legs::Clocks;
use crate::pipeline::sensors::Sensors;
use crate::pipeline::sleep::Laid;

/// What a night's row is made of.
pub struct NightParts<'a> {
    /// Identifier.
    pub id: &'a str,
    /// File names without folders.
    pub files: Vec<String>,
    /// What is known of the (first) recording.
    pub info: &'a SourceInfo,
    /// What its sensors could see.
    pub sensors: &'a Sensors,
    /// Where it was worn.
    pub placement: Placement,
    /// The legs with a sensor, where known.
    pub legs: &'a [Leg],
    /// The clock of the night.
    pub clock: &'a RecordingClock,
    /// From the first sample to the last.
    pub recorded: SignedDuration,
    /// The window.
    pub night: &'a Night,
    /// The figures.
    pub summary: &'a NightSummary,
    /// Figures by the rule set of the columns without a suffix.
    pub main: &'a RuleSummary,
    /// Figures by AASM.
    pub aasm: &'a RuleSummary,
    /// The index at 0.7, 1 and 1.4 times the threshold.
    pub band: Option<[f64; 3]>,
    /// The PLM that chance makes of the candidates.
    pub by_chance: Option<PlmByChance>,
    /// The periodicity index by WASM 2016, whatever rules the other columns are by.
    pub periodicity_index_wasm: Option<f64>,
    /// The doubts.
    pub flags: &'a [QualityFlag],
    /// Whether the index is a lower bound.
    pub at_least: bool,
    /// Movements by class in the window: all, long, gross, posture, rhythmic, knock.
    pub classes: [usize; 6],
    /// Gaps in the window.
    pub n_gaps: usize,
    /// Calibration of each leg.
    pub calibrations: &'a [(Option<Leg>, &'a Calibration)],
    /// Name of the detector and its preset.
    pub detector: String,
    /// SHA-256 of the settings.
    pub settings_sha256: String,
    /// The sleep export, where one was laid over the night.
    pub sleep: Option<&'a Laid>,
    /// Sentences that belong under the figures.
    pub notes: &'a [String],
    /// Its rhythm.
    pub rhythm: &'a NightRhythm,
    /// What became of the clocks of two legs.
    pub clocks: &'a Clocks,
}

/// The row: one literal, so that the compiler misses a cell before anybody else does. What is more than a look at the parts
/// has a function of its own.
pub fn night_row(parts: &NightParts) -> NightRow {
    let NightParts {
        clock,
        night,
        main,
        aasm,
        sensors,
        ..
    } = parts;
    let time = &parts.summary.time;
    let local = |at| LocalTime::at(clock, at);
    let stages = main.stages.as_ref();
    let rhythm = parts.rhythm.events.peak;
    let swell = parts.rhythm.envelope.as_ref().and_then(|one| one.peak);
    let clocks = parts.clocks.fit();
    let (error_before_mg, error_after_mg) = calibration_errors_mg(parts.calibrations);
    let [n_movements, n_long, n_gross, n_posture, n_rhythmic, n_knock] =
        parts.classes.map(|n| Some(count(n)));
    NightRow {
        night: parts.id.to_owned(),
        person: None,
        date: evening(clock, night.lights_out),
        files: parts.files.join(";"),
        legs: joined(parts.legs.iter().map(|leg| leg.letter().to_string()), "+"),
        placement: parts.placement,
        device: parts.info.device.clone(),
        format: Some(parts.info.format.clone()),
        start_utc: clock.instant(SignedDuration::ZERO),
        start_local: local(SignedDuration::ZERO),
        zone: clock
            .zone()
            .and_then(|zone| zone.iana_name().map(str::to_owned)),
        recorded_h: hours(parts.recorded),

        lights_out_utc: clock.instant(night.lights_out),
        lights_out_local: local(night.lights_out),
        lights_out_s: seconds(night.lights_out),
        lights_on_utc: clock.instant(night.lights_on),
        lights_on_local: local(night.lights_on),
        lights_on_s: seconds(night.lights_on),
        window_source: Some(night.source()),
        lights_out_source: Some(night.lights_out_by),
        lights_on_source: Some(night.lights_on_by),
        in_bed_h: hours(time.in_bed),
        analysed_h: hours(time.analysed),
        per: denominator(night).to_owned(),
        gap_h: hours(time.gap),
        n_gaps: Some(count(parts.n_gaps)),
        blind_h: hours(time.blind),
        idle_h: hours(time.idle),
        off_leg_h: hours(time.off_leg),
        still_h: hours(time.still),
        sleep_h: time.asleep.map(hours),
        wake_h: time.awake.map(hours),
        sleep_period_h: time.sleep_period.map(hours),
        sleep_from: parts
            .sleep
            .map(|laid| format!("{}: {}", laid.file, laid.mask.source)),
        sleep_share: parts.sleep.map(|laid| laid.mask.share),

        grade: Some(grade(parts.flags)),
        flags: joined(parts.flags.iter().map(|flag| flag.code.to_owned()), ";"),
        reasons: joined(parts.flags.iter().map(|flag| flag.sentence.clone()), " "),
        label: label(parts.placement).to_owned(),
        at_least: parts.at_least,
        notes: joined(parts.notes.iter().cloned(), " "),

        rules: main.rules.to_owned(),
        n_lm: Some(count(main.lm.n)),
        n_clm: Some(count(main.clm.n)),
        n_plm: Some(count(main.plm.n)),
        n_series: Some(count(main.series.n)),
        plm_per_h: main.plm.per_h(),
        plm_per_h_low: main.plm_interval.map(|interval| interval.low),
        plm_per_h_high: main.plm_interval.map(|interval| interval.high),
        plm_per_h_at_0_7x: parts.band.map(|band| band[0]),
        plm_per_h_at_1_4x: parts.band.map(|band| band[2]),
        plm_per_h_by_chance: parts.by_chance.map(|chance| chance.per_h),
        plm_p_by_chance: parts.by_chance.map(|chance| chance.p),
        plm_per_h_left: alone_per_h(parts, Leg::Left),
        plm_per_h_right: alone_per_h(parts, Leg::Right),
        plm_per_h_first_half: main.halves[0].per_h(),
        plm_per_h_second_half: main.halves[1].per_h(),
        n_plms: stages.map(|stages| count(stages.plms.n)),
        n_plmw: stages.map(|stages| count(stages.plmw.n)),
        plms_per_h: stages.and_then(|stages| stages.plms.per_h()),
        plm_per_h_sleep_period: stages.and_then(|stages| stages.sleep_period.per_h()),
        plmw_per_h: stages.and_then(|stages| stages.plmw.per_h()),

        n_lm_aasm: Some(count(aasm.lm.n)),
        n_plm_aasm: Some(count(aasm.plm.n)),
        n_series_aasm: Some(count(aasm.series.n)),
        plm_per_h_aasm: aasm.plm.per_h(),
        plm_per_h_aasm_low: aasm.plm_interval.map(|interval| interval.low),
        plm_per_h_aasm_high: aasm.plm_interval.map(|interval| interval.high),

        n_plms_aasm: aasm.stages.as_ref().map(|stages| count(stages.plms.n)),
        plms_per_h_aasm: aasm.stages.as_ref().and_then(|stages| stages.plms.per_h()),

        lm_per_h: main.lm.per_h(),
        clm_per_h: main.clm.per_h(),
        non_clm_per_h: main.non_clm.per_h(),
        short_imi_clm_per_h: main.short_interval_clm.per_h(),
        isolated_clm_per_h: main.isolated_clm.per_h(),
        periodicity_index_wasm: parts.periodicity_index_wasm,
        periodicity_index_ferri: main.pi_ferri2006.value(),

        rhythm_period_s: rhythm.map(|peak| peak.period_s),
        rhythm_strength: rhythm.map(|peak| peak.strength),
        rhythm_p_scattered: rhythm.map(|peak| peak.p_scattered),
        rhythm_p_shuffled: rhythm.and_then(|peak| peak.p_shuffled),
        envelope_period_s: swell.map(|peak| peak.period_s),
        envelope_strength: swell.map(|peak| peak.strength),
        envelope_p_scattered: swell.map(|peak| peak.p_scattered),

        n_imi: Some(count(main.intervals.n)),
        n_imi_below_10: Some(count(main.intervals.n_below_10)),
        n_imi_10_90: Some(count(main.intervals.n_10_to_90)),
        n_imi_above_90: Some(count(main.intervals.n_above_90)),
        imi_geometric_mean_s: main
            .intervals
            .periodic
            .map(|periodic| periodic.geometric_mean_s()),
        imi_ln_sd: main.intervals.periodic.and_then(|periodic| periodic.ln_sd),
        plm_duration_mean_s: main.plm_durations.map(|spread| spread.mean),
        plm_duration_sd_s: main.plm_durations.and_then(|spread| spread.sd),
        clm_duration_mean_s: main.clm_durations.map(|spread| spread.mean),
        clm_duration_sd_s: main.clm_durations.and_then(|spread| spread.sd),
        series_mean_n: main.series.movements.map(|spread| spread.mean),
        series_longest_n: main.series.movements.map(|spread| spread.max as u32),
        series_longest_s: main.series.length_s.map(|spread| spread.max),

        n_movements,
        n_long,
        n_gross,
        n_posture,
        n_rhythmic,
        n_knock,

        effective_hz: Some(sensors.rate.hz()),
        jitter_ms: Some(sensors.jitter_s * 1000.0),
        rate_label: Some(rate_label(sensors.rate).to_owned()),
        resolution_mg: sensors.resolution_mg,
        gravity: Some(sensors.gravity.name().to_owned()),
        calibration: calibration_in_words(parts.calibrations),
        calibration_error_before_mg: error_before_mg,
        calibration_error_after_mg: error_after_mg,
        clocks: parts.clocks.name().map(str::to_owned),
        clock_offset_s: clocks.map(|fit| fit.offset_s),
        clock_drift_ppm: clocks.map(|fit| fit.drift_ppm),
        clock_residual_s: clocks.map(|fit| fit.residual_s),
        n_clock_movements: clocks.map(|fit| count(fit.n)),
        clock_span: clocks.map(|fit| fit.span),
        floor_mg: sensors.floor_mg,
        on_threshold_mg: sensors.on_mg,
        off_threshold_mg: sensors.off_mg,
        detector: Some(parts.detector.clone()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        settings_sha256: Some(parts.settings_sha256.clone()),
    }
}

/// What an index counts against, in words.
fn denominator(night: &Night) -> &'static str {
    match (night.lights_out_by, night.lights_on_by) {
        (WindowSource::Recording, WindowSource::Recording) => "hour recorded",
        _ => "hour in bed",
    }
}

/// The date of the evening on which a night began: what begins between midnight and noon belongs to the day before.
pub fn evening(clock: &RecordingClock, lights_out: SignedDuration) -> Option<Date> {
    let local = clock.local(lights_out)?;
    if local.hour() < 12 {
        local.date().checked_sub(1.day()).ok()
    } else {
        Some(local.date())
    }
}

/// What the index is called for a sensor worn there.
fn label(placement: Placement) -> &'static str {
    if placement.is_off_the_legs() {
        MOVEMENT_EVENTS
    } else {
        PLM_INDEX
    }
}

/// PLM of one leg scored alone, an hour; `None` without a sensor on it.
fn alone_per_h(parts: &NightParts, leg: Leg) -> Option<f64> {
    let mut alone = parts.main.alone.iter();
    let found = alone.find(|alone| alone.leg == leg && parts.legs.contains(&leg))?;
    found.plm.per_h()
}

/// What became of the calibration; of two legs each by its letter.
fn calibration_in_words(calibrations: &[(Option<Leg>, &Calibration)]) -> Option<String> {
    let each = calibrations.iter().map(|(leg, one)| match leg {
        Some(leg) if calibrations.len() > 1 => format!("{} {}", leg.letter(), one.in_words()),
        _ => one.in_words(),
    });
    joined(each, "; ")
}

/// The larger of the legs' errors before calibration and after it, in mg.
fn calibration_errors_mg(
    calibrations: &[(Option<Leg>, &Calibration)],
) -> (Option<f64>, Option<f64>) {
    let errors = || calibrations.iter().map(|(_, one)| one.errors_g());
    (
        worst_mg(errors().map(|(before, _)| before)),
        worst_mg(errors().map(|(_, after)| after)),
    )
}

/// The parts with something between them; `None` when there is nothing in them.
fn joined(parts: impl Iterator<Item = String>, between: &str) -> Option<String> {
    let all = parts.collect::<Vec<_>>().join(between);
    (!all.is_empty()).then_some(all)
}

/// The larger of the legs' errors, in mg; `None` when one of them is not known.
fn worst_mg(errors_g: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let known = errors_g.collect::<Option<Vec<f64>>>()?;
    known.into_iter().reduce(f64::max).map(|g| g * 1000.0)
}
