//! Rows of the benchmark from its results: no figure is computed here.

use crate::lab::benchmark::{Entry, MethodStanding, NightResults, SetStanding, Standing};
use crate::lab::evaluate::{AgainstReference, EventScores, Figure};
use crate::model::summary::Interval;
use crate::output::rows::{BenchmarkNightRow, BenchmarkRow};

/// A value and the ends of its interval.
type Triple = (Option<f64>, Option<f64>, Option<f64>);

fn triple(figure: Option<Figure>) -> Triple {
    let (low, high) = ends(figure.and_then(|figure| figure.interval));
    (figure.map(|figure| figure.value), low, high)
}

fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (
        interval.map(|interval| interval.low),
        interval.map(|interval| interval.high),
    )
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A row for each set, detector, kind of event and reading of the truth.
pub(super) fn of_sets(standing: &Standing) -> Vec<BenchmarkRow> {
    let mut rows = Vec::new();
    for set in &standing.sets {
        for method in &set.methods {
            for (truth, side) in [
                ("visible", &method.evaluation.visible),
                ("all", &method.evaluation.all),
            ] {
                rows.push(movements(set, method, truth, side));
                rows.push(periodic(set, method, truth, side));
            }
        }
    }
    rows
}

fn movements(
    set: &SetStanding,
    method: &MethodStanding,
    truth: &str,
    side: &AgainstReference,
) -> BenchmarkRow {
    let gain = method.lm_gain.filter(|_| truth == "visible");
    BenchmarkRow {
        onset_error_s: side.onset_error_s.map(|figure| figure.value),
        onset_distance_s: side.onset_distance_s.map(|figure| figure.value),
        ..scored(set, method, ("lm", truth), &side.lm, gain)
    }
}

fn periodic(
    set: &SetStanding,
    method: &MethodStanding,
    truth: &str,
    side: &AgainstReference,
) -> BenchmarkRow {
    let gain = method.plm_gain.filter(|_| truth == "visible");
    let mut row = scored(set, method, ("plm", truth), &side.plm, gain);
    (row.count_bias, row.count_bias_low, row.count_bias_high) = triple(side.count_bias);
    if let Some(index) = &side.index {
        row.index_bias_per_h = Some(index.limits.bias);
        (row.index_bias_low_per_h, row.index_bias_high_per_h) = ends(index.bias_interval);
        row.index_lower_per_h = index.limits.lower;
        row.index_upper_per_h = index.limits.upper;
        row.index_mae_per_h = Some(index.mae);
        (row.index_mae_low_per_h, row.index_mae_high_per_h) = ends(index.mae_interval);
        row.index_icc = index.icc;
        (row.index_icc_low, row.index_icc_high) = ends(index.icc_interval);
    }
    row.n_nights_without = Some(count(side.false_plm.n_nights));
    (row.false_per_h, row.false_low_per_h, row.false_high_per_h) = triple(side.false_plm.per_h);
    row
}

/// What rows of both kinds of event have.
fn scored(
    set: &SetStanding,
    method: &MethodStanding,
    (events, truth): (&str, &str),
    scores: &EventScores,
    gain: Option<Figure>,
) -> BenchmarkRow {
    let (all, night) = (scores.all_events, scores.night_medians);
    let (sensitivity, sensitivity_low, sensitivity_high) = triple(all.recall);
    let (precision, precision_low, precision_high) = triple(all.precision);
    let (f1, f1_low, f1_high) = triple(all.f1);
    let (recall_night, recall_night_low, recall_night_high) = triple(night.recall);
    let (precision_night, precision_night_low, precision_night_high) = triple(night.precision);
    let (f1_night, f1_night_low, f1_night_high) = triple(night.f1);
    let (f1_gain, f1_gain_low, f1_gain_high) = triple(gain);
    BenchmarkRow {
        method: method.name.clone(),
        set: set.name.clone(),
        events: events.to_owned(),
        truth: truth.to_owned(),
        n_nights: count(scores.nights.len()),
        n_true: count(scores.pooled.n_reference()),
        n_found: count(scores.pooled.n_detected()),
        n_hits: count(scores.pooled.hits),
        sensitivity,
        sensitivity_low,
        sensitivity_high,
        precision,
        precision_low,
        precision_high,
        f1,
        f1_low,
        f1_high,
        sensitivity_night_median: recall_night,
        sensitivity_night_median_low: recall_night_low,
        sensitivity_night_median_high: recall_night_high,
        precision_night_median: precision_night,
        precision_night_median_low: precision_night_low,
        precision_night_median_high: precision_night_high,
        f1_night_median: f1_night,
        f1_night_median_low: f1_night_low,
        f1_night_median_high: f1_night_high,
        f1_gain,
        f1_gain_low,
        f1_gain_high,
        ..BenchmarkRow::default()
    }
}

/// A row for each night and detector.
pub(super) fn of_nights<'a>(
    entries: &[Entry],
    nights: impl Iterator<Item = &'a NightResults>,
) -> Vec<BenchmarkNightRow> {
    let mut rows = Vec::new();
    for results in nights {
        let spec = &results.night.spec;
        for (entry, result) in entries.iter().zip(&results.methods) {
            let side = &result.visible;
            rows.push(BenchmarkNightRow {
                set: results.night.set.clone(),
                seed: spec.seed,
                asked_per_h: spec.plm_per_h,
                age_years: spec.age_years,
                placement: spec.placement.name().to_owned(),
                rate_hz: spec.sensor.rate_hz,
                resolution_mg: spec.sensor.resolution_g * 1000.0,
                method: entry.name().to_owned(),
                n_lm_true: count(side.lm.n_reference()),
                n_lm_found: count(side.lm.n_detected()),
                n_lm_hits: count(side.lm.hits),
                n_plm_true: count(side.plm.n_reference()),
                n_plm_found: count(side.plm.n_detected()),
                n_plm_hits: count(side.plm.hits),
                true_per_h: side.index.0.per_h(),
                found_per_h: side.index.1.per_h(),
                onset_error_s: side.onset.map(|error| error.median_s),
            });
        }
    }
    rows
}
