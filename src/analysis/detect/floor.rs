//! The noise floor under the envelope: what the sensor, breathing and the heart leave when nothing moves.
//!
//! The 25th percentile over a minute to either side, then the median of what lies below four times that; never across a
//! change of posture, where breathing couples in otherwise (our own: docs/DETECTOR.md, "Sources of constants").

use super::FLOOR_STEP_S;
use crate::model::span::{Span, SpanKind};
use crate::model::trace::NightTrace;
use crate::signal::short_runs;
use crate::signal::sliding::{Ordered, of_ordered};

/// Half the stretch that a floor is taken from, in seconds.
const HALF_STRETCH_S: usize = 60;
/// What lies above this multiple of the lower quartile is movement.
const MOVEMENT_RATIO: f32 = 4.0;

/// Floor in the unit of the trace, one value every [`FLOOR_STEP_S`] seconds; `NaN` where a whole stretch is empty.
pub(super) fn noise_floor(
    trace: &NightTrace,
    SecondMedians(seconds): &SecondMedians,
    posture_changes: &[Span],
) -> Vec<f32> {
    let step = FLOOR_STEP_S as usize;
    let mut borders: Vec<usize> = trace
        .spans
        .iter()
        .filter(|span| span.kind == SpanKind::Gap)
        .chain(posture_changes)
        .map(|span| (span.start.as_secs_f64() as usize).min(seconds.len()))
        .collect();
    borders.push(0);
    borders.push(seconds.len());
    borders.sort_unstable();
    let mut stretch = Ordered::over(seconds);
    (0..seconds.len().div_ceil(step))
        .map(|k| {
            let at = (k * step + step / 2).min(seconds.len() - 1);
            let next = borders.partition_point(|&border| border <= at);
            let from = borders[next - 1].max(at.saturating_sub(HALF_STRETCH_S));
            let to = borders[next].min(at + HALF_STRETCH_S);
            stretch.slide(from, to);
            of_stretch(stretch.values())
        })
        .collect()
}

/// The median envelope of every second of a trace: all that the floor needs of it.
#[derive(Debug, Clone)]
pub struct SecondMedians(Vec<f32>);

impl SecondMedians {
    /// Of a trace in g.
    pub fn of(trace: &NightTrace) -> Self {
        let n = trace.duration_s().ceil() as usize;
        let rate = trace.rate.hz();
        let index = |second: usize| ((second as f64 * rate) as usize).min(trace.envelope.len());
        let seconds = (0..n).map(|second| index(second)..index(second + 1));
        let middles = short_runs::middles(&trace.envelope, seconds);
        Self(middles.iter().map(|of| of.median).collect())
    }
}

fn of_stretch(ascending: &[f32]) -> f32 {
    let limit = MOVEMENT_RATIO * of_ordered(ascending, 0.25);
    let rest = ascending.partition_point(|&value| value <= limit);
    of_ordered(&ascending[..rest], 0.5)
}
