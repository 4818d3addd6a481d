//! Dates and times of day written as one number: 20200212, 090337.48, 20200212090337.

use super::{Verdict, stamped};
use crate::ingest::table::sketch::Sketch;
use crate::ingest::time::civil::{CivilFormat, Fraction, Group};
use crate::ingest::time::civil_guess::{Guess, guess};
use crate::ingest::time::format::TimeFormat;

/// Cells by which a column is told from one of numbers.
const LOOKED_AT: usize = 50;

/// The verdict on a column whose numbers are dates, times of day or both; `None` for any other.
pub(super) fn judge_digits(sketch: &Sketch, column: usize, cells: &[&[u8]]) -> Option<Verdict> {
    let mut first = cells.iter().filter(|cell| !cell.is_empty()).take(LOOKED_AT);
    let is_of = |cell: &&[u8], group: Group| {
        cell.iter().all(|b| b.is_ascii_digit() || b".,".contains(b))
            && matches!(guess(cell, None), Some(Guess::Clear(format)) if format.groups == [group])
    };
    let format = |group: Group| CivilFormat {
        groups: vec![group],
        fraction: Fraction::Decimal,
    };
    if first.clone().all(|cell| is_of(cell, Group::DateDigits)) {
        return Some(Verdict::Date(format(Group::DateDigits)));
    }
    let group = if first.all(|cell| is_of(cell, Group::StampDigits)) {
        Group::StampDigits
    } else if passes_a_minute(sketch, column) {
        Group::ClockDigits
    } else {
        return None;
    };
    let format = format(group);
    let because = format!("digits of a clock, {}", format.pattern());
    stamped(sketch, column, TimeFormat::Civil(format), because).map(Verdict::Clock)
}

/// Whether all are times of day and a minute ends among them: 59.98 seconds are followed by 100.00.
fn passes_a_minute(sketch: &Sketch, column: usize) -> bool {
    let (mut before, mut passes) = (None, false);
    for value in sketch.numbers(column).take(sketch.last_rows_from.max(2)) {
        let seconds = match value {
            Some(value) if (0.0..240_000.0).contains(&value) => seconds_of_day(value),
            _ => None,
        };
        let Some(seconds) = seconds else { return false };
        // a second's step at most, which the number shows as 40 more, or at midnight as a fall
        passes |= before.is_some_and(|(number, then): (f64, f64)| {
            let jump = value.unwrap_or(number) - number;
            let step = (seconds - then).rem_euclid(86_400.0);
            step <= 1.0 && !(0.0..40.0).contains(&jump)
        });
        before = value.map(|value| (value, seconds));
    }
    passes
}

/// Seconds since midnight of hhmmss; `None` where minutes or seconds are above 59.
fn seconds_of_day(value: f64) -> Option<f64> {
    let (hour, minute) = ((value / 1e4).floor(), (value / 100.0).floor() % 100.0);
    let second = value % 100.0;
    (minute < 60.0 && second < 60.0).then_some(hour * 3600.0 + minute * 60.0 + second)
}
