//! Hypnograms without a header: a time in seconds and a stage a line, as the labels of PhysioNet's sleep-accel
//! (`46343_labeled_sleep.txt`: `30 2`). Times count from the zero of the recording's own clock; a stage lasts until the
//! next line, the last one as long as the one before.

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source, stamp, states};
use crate::model::recording::StampKind;

/// Whether the head is that of such a list: at least three lines of a rising number and a stage of small numbers, and
/// evenly spaced.
pub fn recognises(head: &Head) -> bool {
    let pairs: Vec<Option<(i64, i64)>> = (0..8)
        .map(|at| head.line(at))
        .filter(|line| !line.trim().is_empty())
        .map(pair)
        .collect();
    let Some(pairs) = pairs.into_iter().collect::<Option<Vec<(i64, i64)>>>() else {
        return false;
    };
    let step = |a: &(i64, i64), b: &(i64, i64)| b.0 - a.0;
    let even = pairs
        .windows(3)
        .all(|three| step(&three[0], &three[1]) == step(&three[1], &three[2]));
    let long = pairs
        .first()
        .zip(pairs.get(1))
        .is_some_and(|(a, b)| (1_000_000_000..=600_000_000_000).contains(&step(a, b)));
    pairs.len() >= 3 && even && long
}

fn pair(line: &str) -> Option<(i64, i64)> {
    let mut words = line
        .split([' ', '\t', ',', ';'])
        .filter(|word| !word.is_empty());
    let at = stamp::seconds(words.next()?)?;
    let stage: f64 = words.next()?.trim().parse().ok()?;
    let fits = words.next().is_none() && stage.fract() == 0.0 && (-1.0..=9.0).contains(&stage);
    fits.then_some((at, stage as i64))
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let mut lines: Vec<(u64, i64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let text = row.cells.join(" ");
        let Some((at, stage)) = pair(&text) else {
            return Err(SleepErrorKind::Damaged {
                line: row.line,
                seen: text,
                expected: "seconds and a stage from -1 to 5",
            });
        };
        if lines.len() >= super::export::MOST_INTERVALS {
            return Err(SleepErrorKind::TooLarge {
                what: "4 million lines",
            });
        }
        lines.push((row.line, at, stage));
    }
    let mut cells = states::StageCells::default();
    let mut builder = Builder::new("sleep_accel_labels", Ends::Length);
    let who = builder.export.source("labels");
    for (index, (line, at, stage)) in lines.iter().enumerate() {
        let length = match (
            lines.get(index + 1),
            index.checked_sub(1).and_then(|before| lines.get(before)),
        ) {
            (Some((_, next, _)), _) => next - at,
            (None, Some((_, before, _))) => at - before,
            (None, None) => 30_000_000_000,
        };
        let Some(state) = cells.number(*stage, *line) else {
            return Err(no_stage(*line, &stage.to_string(), states::EXPECTED));
        };
        let word = builder.export.word(word_of(state));
        builder.push(Written {
            list: List::Intervals,
            line: *line,
            start: Stamp::Civil { ns: *at },
            end: End::After(length),
            state,
            word,
            source: who,
            clock: WallClock::Unknown,
        })?;
    }
    cells
        .settle()
        .map_err(|(line, stage)| no_stage(line, stage, states::TOLD))?;
    let mut export = builder.finish(source.options.date_order)?;
    export.stamps = StampKind::Elapsed;
    Ok(export)
}

fn no_stage(line: u64, seen: &str, expected: &'static str) -> SleepErrorKind {
    SleepErrorKind::Damaged {
        line,
        seen: seen.to_owned(),
        expected,
    }
}

/// The word of a state for a list that has digits.
fn word_of(state: SleepState) -> &'static str {
    match state {
        SleepState::InBed => "in bed",
        SleepState::Unknown => "unknown",
        SleepState::Stage(stage) => stage.name(),
    }
}
