//! Stamps that stand more than once: copies of a row, whole seconds, packets by radio, rows at any event.

use super::claim::{RowsAre, TimeClaim};
use super::column::Clock;
use super::plan::Repeats;
use crate::ingest::table::sketch::Sketch;
use crate::model::recording::Decision;

/// What to do with repeated stamps, by how often they stand and what stands in their rows.
pub(super) fn repeats_of(
    sketch: &Sketch,
    clock: &Clock,
    claim: &TimeClaim,
    decisions: &mut Vec<Decision>,
) -> Repeats {
    match claim.rows {
        RowsAre::AnyEvent => return Repeats::HeldValues,
        RowsAre::Polled => return Repeats::SensorStamps,
        RowsAre::Samples => {}
    }
    let shape = clock.shape;
    let mut equal = 0u32;
    let mut copies = 0u32;
    let rows = sketch.n_rows().min(sketch.last_rows_from.max(2));
    for n in 1..rows {
        let (before, row) = (sketch.row(n - 1), sketch.row(n));
        if before.get(clock.column).map(|c| c.bytes) == row.get(clock.column).map(|c| c.bytes) {
            equal += 1;
            copies += u32::from(
                before.len() == row.len()
                    && before.iter().zip(row).all(|(a, b)| a.bytes == b.bytes),
            );
        }
    }
    let mostly_copies = copies * 10 > equal * 9;
    let coarse = shape.equal >= 0.4 && !mostly_copies;
    let bursts = shape.step_ns < 0.35 * shape.mean_ns && shape.unevenness < 5.0;
    if !(coarse || bursts) {
        return Repeats::Spread;
    }
    let Some(period_ns) = regression_period(&clock.ns) else {
        return Repeats::Spread;
    };
    let step_ns = if coarse { shape.step_ns as i64 } else { 0 };
    let what = if coarse {
        format!(
            "stamps know only steps of {:.3} s, held for several rows",
            shape.step_ns * 1e-9
        )
    } else {
        "rows come in packets, stamped on receipt".to_owned()
    };
    decisions.push(Decision::new(
        "spacing",
        format!("even, {:.2} Hz", 1e9 / period_ns),
        what,
    ));
    Repeats::Even { period_ns, step_ns }
}

/// The period that a straight line through the stamps has, up to the first gap.
fn regression_period(ns: &[i64]) -> Option<f64> {
    let end = ns
        .windows(2)
        .position(|pair| pair[1] - pair[0] > 3_000_000_000 || pair[1] < pair[0])
        .map_or(ns.len(), |n| n + 1);
    let ns = &ns[..end];
    let n = ns.len() as f64;
    if ns.len() < 8 {
        return None;
    }
    let mean_at = (n - 1.0) / 2.0;
    let values: Vec<f64> = ns.iter().map(|v| (v - ns[0]) as f64).collect();
    let mean = values.iter().sum::<f64>() / n;
    let (mut cross, mut square) = (0.0, 0.0);
    for (i, value) in values.iter().enumerate() {
        let d = i as f64 - mean_at;
        cross += d * (value - mean);
        square += d * d;
    }
    let period = cross / square;
    (period.is_finite() && period > 0.0).then_some(period)
}
