//! Whole seconds in one column and the rest of the second in the next, as robots and C stamp (`secs,nsecs`, `tv_sec,tv_usec`).

use super::clock::{Clock, Together};
use super::format::{Tick, TimeFormat};
use crate::ingest::table::sketch::Sketch;

/// Of the steps, so many must fit.
const FITTING: f64 = 0.95;
/// Fewer rows say nothing.
const LEAST: usize = 20;
/// Epochs of seconds in this century.
const EPOCHS: std::ops::Range<f64> = 1e9..4.2e9;

/// What the column behind that of whole epoch seconds counts, where it is the rest of the second.
pub(in crate::ingest) fn tick_beside(sketch: &Sketch, seconds: usize) -> Option<Tick> {
    let whole: Option<Vec<f64>> = first_rows(sketch, seconds).collect();
    let whole = whole?;
    let is_epoch = |v: &f64| v.fract() == 0.0 && EPOCHS.contains(v);
    match whole.iter().all(is_epoch) {
        true => tick_of_rest(sketch, &whole, seconds + 1),
        false => None,
    }
}

/// What a column counts where it is the rest of these whole seconds, row by row: it falls when they rise, and only then.
pub(super) fn tick_of_rest(sketch: &Sketch, seconds: &[f64], column: usize) -> Option<Tick> {
    let rest: Option<Vec<f64>> = first_rows(sketch, column).collect();
    let rest = rest.filter(|rest| rest.len() >= LEAST && rest.len() == seconds.len())?;
    let most = rest.iter().copied().fold(0.0, f64::max);
    if rest.iter().any(|v| *v < 0.0) {
        return None;
    }
    let (mut fitting, mut turns) = (0, 0);
    for (whole, rest) in seconds.windows(2).zip(rest.windows(2)) {
        let (seconds, rest) = (whole[1] - whole[0], rest[1] - rest[0]);
        turns += usize::from(seconds == 1.0 && rest < 0.0);
        fitting += usize::from(match seconds {
            0.0 => rest >= 0.0,
            1.0 => rest < 0.0,
            more => more > 1.0,
        });
    }
    if turns == 0 || (fitting as f64) < FITTING * (rest.len() - 1) as f64 {
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

/// The numbers of the first rows; those from the end of the head follow after a hole.
pub(super) fn first_rows<'a>(
    sketch: &'a Sketch,
    column: usize,
) -> impl Iterator<Item = Option<f64>> + 'a {
    let rows = match sketch.last_rows_from {
        0 => sketch.n_rows(),
        n => n,
    };
    sketch.numbers(column).take(rows)
}

/// Both columns as one clock; `None` where the second is not the rest of the first.
pub(super) fn whole(sketch: &Sketch, seconds: &Clock) -> Option<Clock> {
    if seconds.format != TimeFormat::Epoch(Tick::SECOND) {
        return None;
    }
    let tick = tick_beside(sketch, seconds.column)?;
    let rest = seconds.column + 1;
    let together = Together {
        column: seconds.column,
        format: seconds.format.clone(),
        joined: Vec::new(),
        added: Some((rest, TimeFormat::Elapsed(tick))),
        because: format!(
            "whole seconds, with the rest of each in {} in column {}",
            tick.name(),
            rest + 1
        ),
    };
    together.clock(sketch)
}
