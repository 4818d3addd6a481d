//! Which clock a cell shows, by its own form: groups of digits, marks between them, months by name.

use super::civil::{CivilFormat, Fraction, Group, month_named};
use super::format::DateOrder;

/// What a cell that looks like a clock turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Guess {
    /// A clock whose groups are clear.
    Clear(CivilFormat),
    /// Digits only, day and month in either order, year last; or a year of two digits, first or last.
    DayMonthUnclear,
    /// `43:48.4`: minutes and seconds, as a spreadsheet shows a clock it has cut.
    MinutesAndSeconds,
}

/// What a cell holds by its own form; day and month by `order` where the form leaves them open.
pub(in crate::ingest) fn guess(cell: &[u8], order: Option<DateOrder>) -> Option<Guess> {
    let runs = digit_runs(cell.trim_ascii());
    let first = runs.first()?;
    let named_month = month_name(cell);
    if let (Some([a, b, _]), None) = (date_behind(&runs), named_month) {
        let mut groups = vec![Group::Hour, Group::Minute, Group::Second];
        match is_year(a) {
            true => groups.extend([Group::Year, Group::Month, Group::Day]),
            false => {
                let day_month = day_month(order, a.value, b.value)?;
                if day_month.is_empty() {
                    return Some(Guess::DayMonthUnclear);
                }
                groups.extend(day_month);
                groups.push(Group::Year);
            }
        }
        return clear(groups, cell);
    }
    let lengths: Vec<usize> = runs.iter().map(|run| run.digits).collect();
    let mut groups: Vec<Group>;
    let clock_from;
    match (lengths.as_slice(), named_month) {
        ([14 | 16 | 17 | 20, ..], None) => {
            groups = vec![Group::StampDigits];
            clock_from = runs.len();
        }
        ([8, ..], None)
            if plausible_date_digits(first.value)
                && matches!(first.after, b' ' | b'T' | b'_' | b'-' | 0) =>
        {
            groups = vec![Group::DateDigits];
            clock_from = 1;
        }
        ([4, ..], _)
            if matches!(first.after, b'-' | b'/' | b'.' | b' ')
                && runs.len() + usize::from(named_month.is_some()) >= 3 =>
        {
            groups = if named_month.is_some() {
                vec![Group::Year, Group::Day]
            } else {
                vec![Group::Year, Group::Month, Group::Day]
            };
            clock_from = groups.len();
        }
        // C writes the year last
        ([1 | 2, 1 | 2, ..], Some(_)) if runs[1].after == b':' && is_year(runs.last()?) => {
            groups = vec![
                Group::Day,
                Group::Hour,
                Group::Minute,
                Group::Second,
                Group::Year,
            ];
            clock_from = runs.len();
        }
        ([1 | 2, 4, ..], Some(_)) => {
            groups = vec![Group::Day, Group::Year];
            clock_from = 2;
        }
        ([1 | 2, 1 | 2, 4, ..], None) if matches!(first.after, b'/' | b'.' | b'-') => {
            groups = day_month(order, runs[0].value, runs[1].value)?;
            if groups.is_empty() {
                return Some(Guess::DayMonthUnclear);
            }
            groups.push(Group::Year);
            clock_from = 3;
        }
        ([1 | 2, 1 | 2, 2, ..], None)
            if matches!(first.after, b'/' | b'.' | b'-') && runs.len() >= 5 =>
        {
            let year_first = || vec![Group::Year, Group::Month, Group::Day];
            let may_be_first = runs[0].digits == 2
                && (1..=12).contains(&runs[1].value)
                && (1..=31).contains(&runs[2].value);
            groups = match day_month(order, runs[0].value, runs[1].value) {
                _ if order == Some(DateOrder::Ymd) => year_first(),
                // 24-10-11 is in October, of 2011 or of 2024
                Some(_) if order.is_none() && may_be_first => return Some(Guess::DayMonthUnclear),
                Some(groups) if groups.is_empty() => return Some(Guess::DayMonthUnclear),
                Some(mut groups) => {
                    groups.push(Group::Year);
                    groups
                }
                None if may_be_first => year_first(),
                None => return None,
            };
            clock_from = 3;
        }
        ([1 | 2, ..], None) if first.after == b':' => {
            if runs.len() < 3 && !has_meridiem(cell) || runs.len() == 3 && runs[1].after == b'.' {
                return Some(Guess::MinutesAndSeconds);
            }
            groups = Vec::new();
            clock_from = 0;
        }
        _ => return None,
    }
    let clock = &runs[clock_from.min(runs.len())..];
    match clock {
        [] => {}
        [digits, ..] if digits.digits == 6 => groups.push(Group::ClockDigits),
        [_, _] => groups.extend([Group::Hour, Group::Minute]),
        [_, _, _, ..] => groups.extend([Group::Hour, Group::Minute, Group::Second]),
        [_] => return None,
    }
    clear(groups, cell)
}

/// These groups, if the cell holds them.
fn clear(groups: Vec<Group>, cell: &[u8]) -> Option<Guess> {
    let format = CivilFormat {
        groups,
        fraction: Fraction::Decimal,
    };
    format.parse(cell)?;
    Some(Guess::Clear(format))
}

/// The three runs of a date behind a clock to the second, which may have a fraction.
fn date_behind(runs: &[Run]) -> Option<&[Run; 3]> {
    let behind = match runs {
        [hour, minute, second, rest @ ..] if hour.after == b':' && minute.after == b':' => {
            rest.get(usize::from(matches!(second.after, b'.' | b','))..)?
        }
        _ => return None,
    };
    let date: &[Run; 3] = behind.try_into().ok()?;
    let parted = |run: &Run| matches!(run.after, b'/' | b'.' | b'-');
    let [a, b, c] = date;
    (parted(a) && parted(b) && (is_year(a) || is_year(c))).then_some(date)
}

/// `[day, month]` or `[month, day]`; empty when both fit and nobody says.
fn day_month(order: Option<DateOrder>, first: u32, second: u32) -> Option<Vec<Group>> {
    match order {
        Some(DateOrder::Dmy) => Some(vec![Group::Day, Group::Month]),
        Some(DateOrder::Mdy) => Some(vec![Group::Month, Group::Day]),
        _ if first > 12 && second > 12 => None,
        _ if first > 12 => Some(vec![Group::Day, Group::Month]),
        _ if second > 12 => Some(vec![Group::Month, Group::Day]),
        _ => Some(Vec::new()),
    }
}

struct Run {
    digits: usize,
    value: u32,
    after: u8,
}

fn digit_runs(cell: &[u8]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut i = 0;
    while i < cell.len() && runs.len() < 12 {
        if !cell[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        let mut value = 0u32;
        while i < cell.len() && cell[i].is_ascii_digit() {
            value = value
                .saturating_mul(10)
                .saturating_add(u32::from(cell[i] - b'0'));
            i += 1;
        }
        runs.push(Run {
            digits: i - start,
            value,
            after: cell.get(i).copied().unwrap_or(0),
        });
    }
    runs
}

fn is_year(run: &Run) -> bool {
    run.digits == 4 && (1990..2100).contains(&run.value)
}

fn plausible_date_digits(value: u32) -> bool {
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

fn has_meridiem(cell: &[u8]) -> bool {
    let tail = cell.trim_ascii();
    tail.len() > 2 && {
        let tail = &tail[tail.len() - 2..];
        tail.eq_ignore_ascii_case(b"am") || tail.eq_ignore_ascii_case(b"pm")
    }
}

fn month_name(cell: &[u8]) -> Option<u32> {
    cell.split(|b| !b.is_ascii_alphabetic())
        .filter(|word| word.len() >= 3)
        .find_map(month_named)
}
