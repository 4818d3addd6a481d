//! What a column of numbers counts: an epoch by its size, days by size and step, else time since a start by its step.

use super::{FORWARD, Verdict, leave, stamped};
use crate::ingest::number::Number;
use crate::ingest::table::heading::Heading;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::time::shape::{median, shape_of};

/// Rates that an accelerometer's export can have; a tick that gives another one is the wrong tick.
const RATES_HZ: std::ops::RangeInclusive<f64> = 0.4..=4000.0;
/// Too slow for leg movements, and a thousandth of what only machines are watched with: phones and wearables write 400 to
/// 512 Hz at the most.
const SLOW_HZ: std::ops::Range<f64> = 0.52..4.5;
/// Steps of a day count at rates from 3 to 4000 Hz, in days.
const DAY_STEPS: std::ops::RangeInclusive<f64> = 2.5e-9..=4e-6;

/// Judges a column of numbers by those of the first rows; `all` holds those of the last rows of the head as well.
pub(super) fn judge_numbers(
    sketch: &Sketch,
    column: usize,
    numbers: &[Number],
    all: &[Number],
) -> Verdict {
    let heading = sketch.headings.get(column);
    let values: Vec<f64> = numbers.iter().map(|n| n.to_f64()).collect();
    let shape = shape_of(&values);
    let rounded = all.iter().filter(|n| n.scientific && n.digits <= 7).count();
    if rounded * 2 > all.len() && shape.is_none_or(|shape| shape.equal > 0.3) {
        let example = sketch
            .column(column)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default();
        return Verdict::Damaged(String::from_utf8_lossy(example).into_owned());
    }
    let Some(shape) = shape else {
        return Verdict::NoClock;
    };
    if shape.backward > 1.0 - leave(heading) && shape.backward < FORWARD {
        return Verdict::NoClock;
    }
    let middle = median(values.iter().map(|v| v.abs()));
    let words = heading.map(|h| h.text.clone()).unwrap_or_default();
    let step = shape.step_ns; // in units of the column here
    let rises = short(step);
    let named = |tick: Tick| RATES_HZ.contains(&(1.0 / (step * tick.seconds())));
    let clock = |format: TimeFormat, because: String| {
        stamped(sketch, column, format, because).map_or(Verdict::NoClock, Verdict::Clock)
    };
    for (range, tick, longest) in [
        (1e9..2.2e9, Tick::SECOND, 1.5),
        (1e12..2.2e12, Tick::MILLISECOND, 1.5e3),
        (1e15..2.2e15, Tick::MICROSECOND, 1.5e6),
        (1e18..2.2e18, Tick::NANOSECOND, 1.5e9),
    ] {
        if range.contains(&middle)
            && (step <= longest || shape.equal > 0.5 && step <= 60.0 * longest)
        {
            return clock(
                TimeFormat::Epoch(tick),
                format!("values around {middle:.3e}: {} since 1970", tick.name()),
            );
        }
    }
    if (3e17..1e18).contains(&middle) && (1e4..1.5e9).contains(&step) {
        return clock(
            TimeFormat::Since2000(Tick::NANOSECOND),
            format!("values around {middle:.3e}: ns since 2000"),
        );
    }
    if DAY_STEPS.contains(&step) {
        let day = 1.0 / (step * 86_400.0);
        if (3.6e4..6e4).contains(&middle) {
            return clock(
                TimeFormat::SpreadsheetDay,
                format!(
                    "values around {middle:.2} rising by {step:.2e}: a spreadsheet's day number"
                ),
            );
        }
        if (7e5..8e5).contains(&middle) {
            return clock(
                TimeFormat::MatlabDay,
                format!("values around {middle:.2} rising by {step:.2e}: MATLAB's day number"),
            );
        }
        if middle < 400.0 {
            return clock(
                TimeFormat::Elapsed(Tick::DAY),
                format!("values rise by {step:.2e}: days since the start ({day:.0} Hz)"),
            );
        }
    }
    let counts_rows = numbers.iter().all(|n| n.is_whole())
        && step == 1.0
        && shape.unevenness == 0.0
        && shape.equal == 0.0
        && shape.mean_ns < 1.02;
    if let Some(tick) = heading.and_then(Heading::tick).filter(|tick| named(*tick)) {
        return clock(
            TimeFormat::Elapsed(tick),
            format!(
                "{words:?} rises by {rises}: {} since the start",
                tick.name()
            ),
        );
    }
    if counts_rows {
        return Verdict::Counter;
    }
    if heading.is_none() && shape.equal > 0.9 {
        // a setting that was changed once or twice
        return Verdict::NoClock;
    }
    // seconds, milliseconds and so on lie a thousand apart, the rates of accelerometers less: one tick fits
    let usual = 4.5..=3200.0;
    let fitting: Vec<Tick> = [
        Tick::SECOND,
        Tick::MILLISECOND,
        Tick::MICROSECOND,
        Tick::NANOSECOND,
    ]
    .into_iter()
    .filter(|tick| usual.contains(&(1.0 / (shape.mean_ns.max(step) * tick.seconds()))))
    .collect();
    let loose = [Tick::SECOND, Tick::MILLISECOND]
        .into_iter()
        .find(|tick| named(*tick));
    // a thousandth of a rate that no wearable has is one that loggers have by mistake: a row or two a second
    let is_slow = |tick: &Tick| {
        let hz = 1.0 / (shape.mean_ns.max(step) * tick.seconds());
        SLOW_HZ.contains(&hz) && shape.backward <= 1.0 - FORWARD
    };
    let fitting = fitting
        .first()
        .map(|tick| tick.coarser().filter(is_slow).unwrap_or(*tick));
    match fitting.or(loose) {
        Some(tick) => {
            let mut verdict = clock(
                TimeFormat::Elapsed(tick),
                format!(
                    "values rise by {rises}: as {} since the start that is {:.1} Hz",
                    tick.name(),
                    1.0 / (step * tick.seconds())
                ),
            );
            if let Verdict::Clock(clock) = &mut verdict {
                clock.guessed = true;
            }
            verdict
        }
        None => Verdict::NoClock,
    }
}

/// A step to six digits, without the traces of binary fractions.
fn short(step: f64) -> f64 {
    format!("{step:.5e}").parse().unwrap_or(step)
}
