//! What a column of numbers counts: an epoch by its size, days by size and step, else time since a start by its step.

use super::{FORWARD, Verdict, leave, stamped, steps};
use crate::ingest::number::{self, Number};
use crate::ingest::table::heading::Heading;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::time::shape::{Shape, median, shape_of};
use crate::ingest::time::unset::is_year_of_recordings;
use crate::ingest::time::zero::Zero;

/// Rates that an accelerometer's export can have; a tick that gives another one is the wrong tick.
const RATES_HZ: std::ops::RangeInclusive<f64> = 0.4..=4000.0;
/// Too slow for leg movements, and a thousandth of what only machines are watched with: phones and wearables write 400 to
/// 512 Hz at the most.
const SLOW_HZ: std::ops::Range<f64> = 0.52..4.5;
/// A row or two a second hardly ever fall into one second so often; rows of a fast sensor fall into one millisecond. What
/// stands still for most rows is no clock of either.
const TWICE: std::ops::Range<f64> = 0.1..0.4;
/// Steps of a day count at rates from 3 to 4000 Hz, in days.
const DAY_STEPS: std::ops::RangeInclusive<f64> = 2.5e-9..=4e-6;

/// The numbers of a column, and how many stand in its `first` cells; `None` where more than `others` cells hold something
/// else: a column of clocks is known for none long before its end.
pub(super) fn numbers_of(
    cells: &[&[u8]],
    first: usize,
    mark: u8,
    mut others: usize,
) -> Option<(Vec<Number>, usize)> {
    let (mut numbers, mut of_first) = (Vec::new(), 0);
    for (at, cell) in cells.iter().enumerate() {
        match number::parse(cell, mark) {
            Some(number) => numbers.push(number),
            None if cell.is_empty() => {}
            None => others = others.checked_sub(1)?,
        }
        if at < first {
            of_first = numbers.len();
        }
    }
    Some((numbers, of_first))
}

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
    // figures of another sensor are written so too, and rise and fall
    let may_be_time = heading.is_some_and(Heading::is_time)
        || values.windows(2).all(|pair| pair[0] <= pair[1]) && values.iter().all(|v| *v >= 0.0);
    if may_be_time && rounded * 2 > all.len() && shape.is_none_or(|shape| shape.equal > 0.3) {
        let example = sketch
            .column(column)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default();
        return Verdict::Damaged(String::from_utf8_lossy(example).into_owned());
    }
    if let Some(tick) = steps::tick_of(heading, &values) {
        let because = format!(
            "values around {}, which do not rise: {} since the row before",
            short(median(values.iter().copied())),
            tick.name()
        );
        let format = TimeFormat::SincePreviousRow(tick);
        return stamped(sketch, column, format, because).map_or(Verdict::NoClock, Verdict::Clock);
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
            let says = |words: &[&str]| heading.is_some_and(|heading| heading.says(words));
            if says(&["gps", "gnss"]) && !says(&["unix", "epoch", "posix"]) {
                return of_satellites(sketch, column, tick, middle);
            }
            return clock(
                TimeFormat::Epoch(tick),
                format!("values around {middle:.3e}: {} since 1970", tick.name()),
            );
        }
    }
    let counts_rows = numbers.iter().all(|n| n.is_whole())
        && step == 1.0
        && shape.unevenness == 0.0
        && shape.equal == 0.0
        && shape.mean_ns < 1.02;
    if let Some((zero, tick)) = by_size(middle, &shape).filter(|_| !counts_rows) {
        if zero == Zero::Apple && shape.equal > 0.5 && numbers.iter().all(|n| n.is_whole()) {
            // chips of clocks count whole seconds from 2000, each for many rows
            let formats = [Zero::Year2000, zero].map(|zero| TimeFormat::Since(zero, tick));
            return zero_unclear(sketch, column, formats);
        }
        return clock(
            TimeFormat::Since(zero, tick),
            format!("values around {middle:.3e}: {}", since_words(zero, tick)),
        );
    }
    if DAY_STEPS.contains(&step) {
        let days = match middle {
            0.0..400.0 => Some(TimeFormat::Elapsed(Tick::DAY)),
            _ => day_number(middle, heading).map(|zero| TimeFormat::Since(zero, Tick::DAY)),
        };
        if let Some(format) = days {
            let what = match format {
                TimeFormat::Since(zero, tick) => since_words(zero, tick),
                _ => format!("days since the start ({:.0} Hz)", 1.0 / (step * 86_400.0)),
            };
            return clock(
                format,
                format!("values around {middle:.2} rising by {step:.2e}: {what}"),
            );
        }
    }
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
        SLOW_HZ.contains(&hz) && shape.backward <= 1.0 - FORWARD && !TWICE.contains(&shape.equal)
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

/// What a column counts that a receiver of navigation satellites named: their own time, or, as telephones have it, the time
/// since 1970. Whichever gives a year that recordings can be from; where both do, nobody can tell.
fn of_satellites(sketch: &Sketch, column: usize, tick: Tick, middle: f64) -> Verdict {
    let unix_ns = (middle * tick.seconds() * 1e9) as i128;
    let format = match (
        is_year_of_recordings(unix_ns),
        is_year_of_recordings(unix_ns + Zero::Gps.ns()),
    ) {
        (true, true) => {
            let formats = [TimeFormat::Epoch(tick), TimeFormat::Since(Zero::Gps, tick)];
            return zero_unclear(sketch, column, formats);
        }
        (false, true) => TimeFormat::Since(Zero::Gps, tick),
        (_, false) => TimeFormat::Epoch(tick),
    };
    let because =
        format!("values around {middle:.3e}, the only zero that gives a year of recordings");
    stamped(sketch, column, format, because).map_or(Verdict::NoClock, Verdict::Clock)
}

fn zero_unclear(sketch: &Sketch, column: usize, formats: [TimeFormat; 2]) -> Verdict {
    let first = sketch.column(column).find(|cell| !cell.is_empty());
    let cell = String::from_utf8_lossy(first.unwrap_or_default()).into_owned();
    Verdict::ZeroUnclear(cell, Box::new(formats))
}

/// What zero and tick make of values of this size, stepping so, a rate and a year that recordings have.
fn by_size(middle: f64, shape: &Shape) -> Option<(Zero, Tick)> {
    let step = shape.mean_ns.max(shape.step_ns);
    let hundred = Tick::HUNDRED_NANOSECONDS;
    [
        // 2015 to 2029; a second after 2030 here is 2000 for clocks that were never set and count from 1970
        (4.7e8..9.1e8, Zero::Apple, Tick::SECOND, 2.5e-4..1.5),
        // 2006 to 2044
        (1.28e17..1.4e17, Zero::Windows, hundred, 2.5e3..2.5e6),
        (6.328e17..6.45e17, Zero::DotNet, hundred, 2.5e3..2.5e6),
        // 2009 to 2031
        (3e17..1e18, Zero::Year2000, Tick::NANOSECOND, 1e4..1.5e9),
    ]
    .into_iter()
    .find(|(range, _, _, steps)| range.contains(&middle) && steps.contains(&step))
    .map(|(_, zero, tick, _)| (zero, tick))
}

/// The zero of a day number; a modified Julian day is one by name alone, a spreadsheet's is as large.
fn day_number(middle: f64, heading: Option<&Heading>) -> Option<Zero> {
    let says = |words: &[&str]| heading.is_some_and(|heading| heading.says(words));
    match middle {
        _ if says(&["mjd"]) || says(&["modified"]) && says(&["julian"]) => {
            (5e4..7e4).contains(&middle).then_some(Zero::ModifiedJulian)
        }
        3.6e4..6e4 => Some(Zero::Spreadsheet),
        7e5..8e5 => Some(Zero::Matlab),
        // 2006 to 2037
        2.4537e6..2.4654e6 => Some(Zero::Julian),
        _ => None,
    }
}

fn since_words(zero: Zero, tick: Tick) -> String {
    let of = match zero {
        Zero::Year2000 => "since 2000",
        Zero::Apple => "since 2001, Apple's zero",
        Zero::Gps => "since 1980, the zero of navigation satellites",
        Zero::LabView => "since 1904",
        Zero::Windows => "since 1601, the zero of Windows",
        Zero::DotNet => "since year 1, the ticks of .NET",
        Zero::Spreadsheet => return "a spreadsheet's day number".to_owned(),
        Zero::Matlab => return "MATLAB's day number".to_owned(),
        Zero::Julian => return "Julian days".to_owned(),
        Zero::ModifiedJulian => return "modified Julian days".to_owned(),
    };
    format!("{} {of}", tick.name())
}

/// A step to six digits, without the traces of binary fractions.
fn short(step: f64) -> f64 {
    format!("{step:.5e}").parse().unwrap_or(step)
}
