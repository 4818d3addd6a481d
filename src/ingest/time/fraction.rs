//! Whole seconds in one column and the rest of the second in the next, as robots and C stamp (`secs,nsecs`, `tv_sec,tv_usec`).

use super::column::{Clock, joined};
use super::format::{Tick, TimeFormat};
use crate::ingest::table::sketch::Sketch;

/// Of the steps, so many must fit.
const FITTING: f64 = 0.95;
/// Fewer rows say nothing.
const LEAST: usize = 20;
/// Epochs of seconds in this century.
const EPOCHS: std::ops::Range<f64> = 1e9..4.2e9;

/// What the column behind that of whole epoch seconds counts, where it is the rest of the second: it falls when they rise,
/// and only then.
pub(in crate::ingest) fn tick_beside(sketch: &Sketch, seconds: usize) -> Option<Tick> {
    let first_rows = match sketch.last_rows_from {
        0 => sketch.n_rows(),
        n => n,
    };
    let rows: Option<Vec<[f64; 2]>> = sketch
        .numbers(seconds)
        .zip(sketch.numbers(seconds + 1))
        .take(first_rows)
        .map(|(whole, rest)| Some([whole?, rest?]))
        .collect();
    let rows = rows.filter(|rows| rows.len() >= LEAST)?;
    let is_whole = |v: &[f64; 2]| v.iter().all(|n| n.fract() == 0.0) && EPOCHS.contains(&v[0]);
    let most = rows.iter().map(|v| v[1]).fold(0.0, f64::max);
    if !rows.iter().all(is_whole) || rows.iter().any(|v| v[1] < 0.0) {
        return None;
    }
    let (mut fitting, mut turns) = (0, 0);
    for pair in rows.windows(2) {
        let (seconds, rest) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
        turns += usize::from(seconds == 1.0 && rest < 0.0);
        fitting += usize::from(match seconds {
            0.0 => rest >= 0.0,
            1.0 => rest < 0.0,
            more => more > 1.0,
        });
    }
    if turns == 0 || (fitting as f64) < FITTING * (rows.len() - 1) as f64 {
        return None;
    }
    // the last sample of some second lies late in it
    [
        (1e3, Tick::MILLISECOND),
        (1e6, Tick::MICROSECOND),
        (1e9, Tick::NANOSECOND),
    ]
    .into_iter()
    .find(|(per_second, _)| most < *per_second)
    .filter(|(per_second, _)| most >= 0.5 * per_second)
    .map(|(_, tick)| tick)
}

/// Both columns as one clock; `None` where the second is not the rest of the first.
pub(super) fn whole(sketch: &Sketch, seconds: &Clock) -> Option<Clock> {
    if seconds.format != TimeFormat::Epoch(Tick::SECOND) {
        return None;
    }
    let tick = tick_beside(sketch, seconds.column)?;
    let because = format!(
        "whole seconds, with the rest of each in {} in column {}",
        tick.name(),
        seconds.column + 2
    );
    let rest = (seconds.column + 1, TimeFormat::Elapsed(tick));
    joined(
        sketch,
        (seconds.column, seconds.format.clone()),
        rest,
        because,
    )
}
