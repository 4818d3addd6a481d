//! `spans`: the stretches of a night.

use crate::model::body::Leg;
use crate::model::clock::RecordingClock;
use crate::model::span::Span;
use crate::output::rows::{LocalTime, SpanRow, seconds};

/// Rows for the stretches of one leg, or of the night itself (`leg` is `None`).
pub fn span_rows(
    night_id: &str,
    clock: &RecordingClock,
    leg: Option<Leg>,
    spans: &[Span],
) -> Vec<SpanRow> {
    spans
        .iter()
        .map(|span| SpanRow {
            night: night_id.to_owned(),
            leg,
            kind: span.kind,
            start_utc: clock.instant(span.start),
            start_local: LocalTime::at(clock, span.start),
            start_s: seconds(span.start),
            end_s: seconds(span.end),
            duration_s: seconds(span.length()),
        })
        .collect()
}
