//! A clock whose hour, minute and second stand in columns of their own, as loggers with a clock chip write it; before them
//! perhaps a date or its parts, behind them perhaps the rest of the second.

use super::civil::{CivilFormat, Fraction, Group};
use super::clock::{Clock, Together};
use super::column::{Verdict, judge};
use super::format::{DateOrder, TimeFormat};
use super::fraction::{first_rows, tick_of_rest};
use crate::ingest::table::heading::Heading;
use crate::ingest::table::sketch::Sketch;

/// Of the steps, so many must go forward by the minute and the second at once.
const FORWARD: f64 = 0.95;
/// Years that a recording can be of.
const YEARS: std::ops::Range<f64> = 1990.0..2100.0;

const HOUR: [&str; 8] = ["h", "hh", "hr", "hour", "hours", "stunde", "heure", "hora"];
const MINUTE: [&str; 7] = ["m", "mm", "mi", "min", "mins", "minute", "minutes"];
const SECOND: [&str; 7] = ["s", "ss", "sec", "secs", "second", "seconds", "sekunde"];
const YEAR: [&str; 5] = ["y", "yy", "yyyy", "yr", "year"];
const MONTH: [&str; 5] = ["m", "mm", "mo", "mon", "month"];
const DAY: [&str; 3] = ["d", "dd", "day"];

/// The clock and all columns that it stands in.
pub(super) fn clock(sketch: &Sketch, order: Option<DateOrder>) -> Option<(Clock, Vec<usize>)> {
    let mut columns = 0..sketch.columns.saturating_sub(2);
    let (hour, seconds) = columns.find_map(|hour| Some((hour, clock_from(sketch, hour)?)))?;
    let date = date_before(sketch, hour, order);
    let (first, mut groups) = date.unwrap_or((hour, Vec::new()));
    groups.extend([Group::Hour, Group::Minute, Group::Second]);
    let added =
        tick_of_rest(sketch, &seconds, hour + 3).map(|tick| (hour + 3, TimeFormat::Elapsed(tick)));
    let columns: Vec<usize> = (first..hour + 3 + added.iter().count()).collect();
    let together = Together {
        column: first,
        format: TimeFormat::Civil(CivilFormat {
            groups,
            fraction: Fraction::Decimal,
        }),
        joined: (first + 1..hour + 3).collect(),
        because: format!(
            "its parts stand in columns {} to {}",
            first + 1,
            columns.last()? + 1
        ),
        added,
    };
    Some((together.clock(sketch)?, columns))
}

fn is_named(sketch: &Sketch, column: usize, names: &[&str]) -> bool {
    let says = |heading: &Heading| names.contains(&heading.lower().trim()) || heading.says(names);
    sketch.headings.get(column).is_some_and(says)
}

/// The seconds since midnight of the first rows, where hour, minute and second stand from this column on: by their ranges, and
/// by the names or a minute that ends.
fn clock_from(sketch: &Sketch, hour: usize) -> Option<Vec<f64>> {
    let seconds = seconds_of_day(sketch, hour)?;
    let named = [(0, &HOUR[..]), (1, &MINUTE), (2, &SECOND)]
        .into_iter()
        .all(|(k, names)| is_named(sketch, hour + k, names));
    // 59 is followed by 0 as the minute goes on by one: the step between is one of the steps before
    let second: Vec<f64> = first_rows(sketch, hour + 2).flatten().collect();
    let step = |pair: &[f64]| (pair[1] - pair[0]).rem_euclid(86_400.0);
    let minute_ends = second
        .windows(2)
        .zip(seconds.windows(2))
        .any(|(second, whole)| second[1] < second[0] && step(whole) <= 1.0);
    let forward = seconds
        .windows(2)
        .filter(|pair| step(pair) < 43_200.0)
        .count();
    let moves = second.windows(2).any(|pair| pair[0] != pair[1]);
    let enough = forward as f64 >= FORWARD * seconds.len().saturating_sub(1) as f64;
    ((named || minute_ends) && moves && enough).then_some(seconds)
}

/// The seconds since midnight of the first rows, where three columns from here are always hour, minute and second.
fn seconds_of_day(sketch: &Sketch, hour: usize) -> Option<Vec<f64>> {
    let rows = first_rows(sketch, hour)
        .zip(first_rows(sketch, hour + 1))
        .zip(first_rows(sketch, hour + 2));
    rows.map(|((hour, minute), second)| {
        let (hour, minute, second) = (hour?, minute?, second?);
        let fits = hour.fract() == 0.0
            && minute.fract() == 0.0
            && (0.0..24.0).contains(&hour)
            && (0.0..60.0).contains(&minute)
            && (0.0..61.0).contains(&second);
        fits.then_some(hour * 3600.0 + minute * 60.0 + second)
    })
    .collect()
}

/// The column where the date before the hour begins, and what its digits are.
fn date_before(
    sketch: &Sketch,
    hour: usize,
    order: Option<DateOrder>,
) -> Option<(usize, Vec<Group>)> {
    let whole = hour.checked_sub(1)?;
    if let Verdict::Date(format) = judge(sketch, whole, None, order) {
        return Some((whole, format.groups));
    }
    let first = hour.checked_sub(3)?;
    let by_name = |column: usize| {
        [
            (Group::Year, &YEAR[..]),
            (Group::Month, &MONTH),
            (Group::Day, &DAY),
        ]
        .into_iter()
        .find(|(_, names)| is_named(sketch, column, names))
        .map(|(group, _)| group)
    };
    let named: Option<Vec<Group>> = (first..hour).map(by_name).collect();
    let groups = match named {
        Some(groups) => groups,
        None if sketch.headings.is_empty() => vec![Group::Year, Group::Month, Group::Day],
        None => return None,
    };
    let fits = |(column, group): (usize, &Group)| {
        let range = match group {
            Group::Year if named_year(sketch, column) => 0.0..YEARS.end,
            Group::Year => YEARS,
            Group::Month => 1.0..13.0,
            _ => 1.0..32.0,
        };
        first_rows(sketch, column)
            .all(|value| value.is_some_and(|v| v.fract() == 0.0 && range.contains(&v)))
    };
    let all = [Group::Year, Group::Month, Group::Day]
        .iter()
        .all(|group| groups.contains(group));
    (all && (first..hour).zip(&groups).all(fits)).then_some((first, groups))
}

/// A year under its name may have two digits.
fn named_year(sketch: &Sketch, column: usize) -> bool {
    is_named(sketch, column, &YEAR)
}
