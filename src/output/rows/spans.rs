//! `spans`: what the stretches of a night are.

use jiff::Timestamp;

use super::row;
use super::time::LocalTime;
use crate::model::body::Leg;
use crate::model::span::SpanKind;

row! {
    /// A stretch of a recording: a gap, idle time, time in bed, a change of posture, …
    #[derive(Debug, Clone, PartialEq)]
    SpanRow in "spans" {
        /// Identifier of the night, as in `nights`.
        night: String = "text",
        /// Leg of the sensor: `L` or `R`; empty when it is not known, for `in_bed` and for stages.
        leg: Option<Leg> = "L or R",
        /// What it is: `in_bed`, `still` (worn, long without motion), `idle` (the device repeated its last value),
        /// `off_leg`, `gap` (no samples for more than 2 s), `blind` (samples, but nothing may begin or end here),
        /// `posture_change`, and by a sleep export `stage_W`, `stage_asleep`, `stage_N1`, `stage_N2`, `stage_light`,
        /// `stage_N3`, `stage_R`.
        kind: SpanKind = "text",
        /// Its start as an instant; empty without a zone.
        start_utc: Option<Timestamp> = "RFC 3339",
        /// Its start on the wall clock, with the offset where a zone is known; empty without a clock.
        start_local: Option<LocalTime> = "RFC 3339",
        /// Its start since the first sample of the night.
        start_s: f64 = "s" 3,
        /// Its end since the first sample of the night; the end does not belong to the stretch.
        end_s: f64 = "s" 3,
        /// From start to end.
        duration_s: f64 = "s" 3,
    }
}
