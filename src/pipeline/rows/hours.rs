//! `hours`: the course of a night under both rule sets.

use jiff::SignedDuration;

use crate::model::clock::RecordingClock;
use crate::model::summary::{HourRhythm, RuleSummary};
use crate::output::rows::{HourRow, LocalTime, seconds};

/// A row for each hour since lights out.
pub fn hour_rows(
    night_id: &str,
    clock: &RecordingClock,
    wasm: &RuleSummary,
    aasm: &RuleSummary,
    rhythm: &[HourRhythm],
) -> Vec<HourRow> {
    let peak = |start: SignedDuration| {
        rhythm
            .iter()
            .find(|hour| hour.start == start)
            .and_then(|hour| hour.peak)
    };
    wasm.hours
        .iter()
        .zip(&aasm.hours)
        .zip(1..)
        .map(|((wasm, aasm), hour)| HourRow {
            night: night_id.to_owned(),
            hour,
            start_utc: clock.instant(wasm.start),
            start_local: LocalTime::at(clock, wasm.start),
            start_s: seconds(wasm.start),
            end_s: seconds(wasm.end),
            analysed_min: wasm.plm.over.as_secs_f64() / 60.0,
            n_lm: count(wasm.lm.n),
            n_clm: count(wasm.clm.n),
            n_plm: count(wasm.plm.n),
            plm_per_h: wasm.plm.per_h(),
            n_plm_aasm: count(aasm.plm.n),
            plm_per_h_aasm: aasm.plm.per_h(),
            rhythm_period_s: peak(wasm.start).map(|peak| peak.period_s),
            rhythm_strength: peak(wasm.start).map(|peak| peak.strength),
            rhythm_p: peak(wasm.start).map(|peak| peak.p_scattered),
        })
        .collect()
}

/// A count as tables hold it; there are fewer than four billion movements in a night.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
