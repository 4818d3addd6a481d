//! `periodogram` and `autocorrelation`: the rhythm of a night.

use super::hours::count;
use crate::model::summary::{NightRhythm, Rhythm};
use crate::output::rows::{AutocorrelationRow, PeriodogramRow};

/// The two series and their names in tables.
fn series(rhythm: &NightRhythm) -> impl Iterator<Item = (&'static str, &Rhythm)> {
    let envelope = rhythm.envelope.as_ref();
    std::iter::once(("onsets", &rhythm.events)).chain(envelope.map(|one| ("envelope", one)))
}

/// A row for each period of each series.
pub fn periodogram_rows(night_id: &str, rhythm: &NightRhythm) -> Vec<PeriodogramRow> {
    let mut rows = Vec::new();
    for (name, one) in series(rhythm) {
        rows.extend(one.spectrum.iter().map(|point| PeriodogramRow {
            night: night_id.to_owned(),
            series: name.to_owned(),
            period_s: 1.0 / point.hz,
            power: point.power,
            limit: one.limit_scattered,
            limit_shuffled: one.limit_shuffled,
        }));
    }
    rows
}

/// A row for each lag of each series.
pub fn autocorrelation_rows(night_id: &str, rhythm: &NightRhythm) -> Vec<AutocorrelationRow> {
    let mut rows = Vec::new();
    for (name, one) in series(rhythm) {
        rows.extend(
            one.autocorrelation
                .iter()
                .enumerate()
                .map(|(lag, &r)| AutocorrelationRow {
                    night: night_id.to_owned(),
                    series: name.to_owned(),
                    lag_s: count(lag),
                    r,
                }),
        );
    }
    rows
}
