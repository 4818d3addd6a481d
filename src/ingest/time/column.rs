//! What a column of numbers or clocks counts, judged by its values: their size, their steps, how even they are.

mod digits;
mod numbers;
mod steps;

use self::numbers::{judge_numbers, numbers_of};
use super::civil::CivilFormat;
use super::civil_guess::{Guess, guess};
use super::clock::{Clock, says_utc, since_first};
use super::format::{DateOrder, TimeFormat};
use super::shape::shape_of;
use super::stamp::StampParser;
use crate::ingest::table::heading::Heading;
use crate::ingest::table::sketch::Sketch;

/// Of the steps, so many must not go backward for a column to be a clock; a named column is given more leave.
const FORWARD: f64 = 0.95;
const FORWARD_NAMED: f64 = 0.45;

/// What became of a column.
#[derive(Debug, Clone)]
pub(in crate::ingest) enum Verdict {
    Clock(Box<Clock>),
    /// Counts rows: 0, 1, 2, …
    Counter,
    /// Dates without a time of day.
    Date(CivilFormat),
    /// Day and month cannot be told apart by these rows: the first such cell.
    DayMonthUnclear(String),
    /// As good since one year as since another: the first cell, and both.
    ZeroUnclear(String, Box<[TimeFormat; 2]>),
    /// Rounded by a spreadsheet: an example.
    Damaged(String),
    /// A clock that shows no seconds, or steps of a second and more: an example.
    NoClock,
}

/// Judges a column. `format` is what a device's format or the user says it is, `order` how dates are written.
pub(in crate::ingest) fn judge(
    sketch: &Sketch,
    column: usize,
    format: Option<&TimeFormat>,
    order: Option<DateOrder>,
) -> Verdict {
    let cells: Vec<&[u8]> = sketch.column(column).collect();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled < 2 {
        return Verdict::NoClock;
    }
    match format {
        Some(TimeFormat::Counter) => return Verdict::Counter,
        Some(format) => {
            let because = "by format".to_owned();
            return stamped(sketch, column, format.clone(), because)
                .map_or(Verdict::NoClock, Verdict::Clock);
        }
        None => {}
    }
    if let Some(verdict) = digits::judge_digits(sketch, column, &cells) {
        return verdict;
    }
    // the rows from the end of the head follow after a hole that is ours: they say nothing of steps
    let first = match sketch.last_rows_from {
        0 => cells.len(),
        n => n.min(cells.len()),
    };
    match numbers_of(&cells, first, sketch.dialect.decimal.byte(), filled / 10) {
        Some((numbers, of_first)) => judge_numbers(sketch, column, &numbers[..of_first], &numbers),
        None => judge_clocks(sketch, column, &cells, order),
    }
}

fn judge_clocks(
    sketch: &Sketch,
    column: usize,
    cells: &[&[u8]],
    order: Option<DateOrder>,
) -> Verdict {
    // a day above twelve anywhere settles the order for all
    let mut settled = order;
    let mut unclear = None;
    let mut clear = None;
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        match guess(cell, settled) {
            Some(Guess::Clear(format)) => {
                settled = settled.or(format.order());
                clear = Some(format);
                if settled.is_some() || unclear.is_none() {
                    break;
                }
            }
            Some(Guess::DayMonthUnclear) => {
                unclear.get_or_insert(*cell);
            }
            Some(Guess::MinutesAndSeconds) => {
                return Verdict::Damaged(String::from_utf8_lossy(cell).into_owned());
            }
            None => {}
        }
    }
    if let (None, Some(cell)) = (&clear, unclear) {
        return Verdict::DayMonthUnclear(String::from_utf8_lossy(cell).into_owned());
    }
    let Some(format) = clear else {
        // rows win over a header that names an order they do not have
        return if order.is_some() {
            judge_clocks(sketch, column, cells, None)
        } else {
            Verdict::NoClock
        };
    };
    if format.has_date() && !format.has_clock() {
        return Verdict::Date(format);
    }
    let read = |format: &CivilFormat| {
        let because = format!("clock written as {}", format.pattern());
        stamped(sketch, column, TimeFormat::Civil(format.clone()), because)
    };
    let decimal = read(&format);
    let backward =
        |clock: &Option<Box<Clock>>| clock.as_ref().map_or(1.0, |clock| clock.shape.backward);
    if backward(&decimal) > 0.0 {
        // .5 after .45 goes on where the digits are an unpadded number of milliseconds; at 200 Hz only one step in 200 tells
        let unpadded = read(&format.with_unpadded_milliseconds());
        if backward(&unpadded) < 0.1 * backward(&decimal) {
            return unpadded.map_or(Verdict::NoClock, Verdict::Clock);
        }
    }
    decimal.map_or(Verdict::NoClock, Verdict::Clock)
}

/// A column whose name speaks of time is a clock even in disorder: the rows will say so.
fn leave(heading: Option<&Heading>) -> f64 {
    if heading.is_some_and(Heading::is_time) {
        FORWARD_NAMED
    } else {
        FORWARD
    }
}

/// Reads the column by a format; `None` when too few cells fit or they go backward too often.
fn stamped(
    sketch: &Sketch,
    column: usize,
    format: TimeFormat,
    because: String,
) -> Option<Box<Clock>> {
    let mark = sketch.dialect.decimal.byte();
    let mut parser = StampParser::new(&format, mark)?;
    let mut ns = Vec::new();
    let mut filled = 0usize;
    for (n, cell) in sketch.column(column).enumerate() {
        if n == sketch.last_rows_from && n > 0 {
            // the rows from the end of the head follow after a hole that is ours, not the recording's
            break;
        }
        if cell.is_empty() {
            continue;
        }
        filled += 1;
        ns.extend(parser.parse(cell));
    }
    if ns.len() * 10 < filled * 9 || ns.len() < 2 {
        return None;
    }
    if matches!(format, TimeFormat::SincePreviousRow(_)) {
        let mut since_start = 0i64;
        for step in &mut ns {
            since_start = since_start.saturating_add(*step);
            *step = since_start;
        }
    }
    let values = since_first(&ns);
    let shape = shape_of(&values)?;
    let leave = leave(sketch.headings.get(column));
    let descending = shape.backward > FORWARD;
    if shape.backward > 1.0 - leave && !descending {
        return None;
    }
    let offset_s = match &format {
        TimeFormat::Civil(format) => offset_in(sketch, column, format),
        _ => None,
    };
    let says_utc = says_utc(sketch, column);
    let because = match (&format, offset_s) {
        (TimeFormat::Civil(_), None) if says_utc => format!("{because}, and its name says UTC"),
        _ => because,
    };
    Some(Box::new(Clock {
        column,
        format,
        ns,
        shape,
        because,
        offset_s,
        says_utc,
        joined: Vec::new(),
        added: None,
        guessed: false,
    }))
}

fn offset_in(sketch: &Sketch, column: usize, format: &CivilFormat) -> Option<i32> {
    sketch
        .column(column)
        .find_map(|cell| format.parse(cell))
        .and_then(|civil| civil.offset_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;

    fn verdict(header: &str, cells: &[String]) -> Verdict {
        let mut text = String::new();
        if !header.is_empty() {
            text.push_str(&format!("{header},x,y,z\n"));
        }
        for cell in cells {
            text.push_str(&format!("{cell},0.5,0.25,-0.75\n"));
        }
        let sketch = Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        judge(&sketch, 0, None, None)
    }

    fn format(header: &str, cell: impl Fn(usize) -> String) -> String {
        match verdict(header, &(0..50).map(cell).collect::<Vec<_>>()) {
            Verdict::Clock(clock) => clock.format.name(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn size_and_step_tell_what_a_number_counts() {
        assert_eq!(
            format("", |n| format!("{:.4}", 1_551_178_506.0 + n as f64 * 0.01)),
            "epoch-s"
        );
        assert_eq!(
            format("t", |n| format!("{}", 1_547_832_339_908u64 + 80 * n as u64)),
            "epoch-ms"
        );
        assert_eq!(
            format("t", |n| format!(
                "{}",
                1_764_754_394_388_530u64 + 15_625 * n as u64
            )),
            "epoch-us"
        );
        assert_eq!(
            format("t", |n| format!(
                "{}",
                1_663_326_947_268_860_700u64 + 10_000_000 * n as u64
            )),
            "epoch-ns"
        );
        assert_eq!(
            format("t", |n| format!(
                "{}",
                704_201_974_831_254_116u64 + 19_340_000 * n as u64
            )),
            "since2000-ns"
        );
        // iOS: timeIntervalSinceReferenceDate; C#: DateTime.Now.Ticks; Win32: GetSystemTimeAsFileTime
        assert_eq!(
            format("timestamp", |n| format!(
                "{:.4}",
                794_200_000.25 + n as f64 * 0.02
            )),
            "since2001-s"
        );
        assert_eq!(
            format("timestamp", |n| format!(
                "{}",
                637_170_950_174_800_000u64 + 200_000 * n as u64
            )),
            "dotnet-ticks"
        );
        assert_eq!(
            format("timestamp", |n| format!(
                "{}",
                132_259_718_174_800_000u64 + 200_000 * n as u64
            )),
            "filetime"
        );
        // whole seconds may as well be since 2000, as clock chips count
        let whole: Vec<String> = (0..500)
            .map(|n| format!("{}", 794_200_000 + n / 50))
            .collect();
        assert!(matches!(verdict("time", &whole), Verdict::ZeroUnclear(..)));
        // a count of rows that long goes on is one all the same
        let rows: Vec<String> = (0..500).map(|n| format!("{}", 794_200_000 + n)).collect();
        assert!(matches!(verdict("time", &rows), Verdict::Counter));
        // nine days of uptime in milliseconds are none of Apple's seconds
        assert_eq!(
            format("timestamp", |n| format!(
                "{}",
                794_200_000u64 + 20 * n as u64
            )),
            "elapsed-ms"
        );
        assert_eq!(
            format("JD", |n| format!(
                "{:.12}",
                2_458_891.877_517_129 + n as f64 * 5.79e-7
            )),
            "julian-day"
        );
        assert_eq!(
            format("time_mjd", |n| format!(
                "{:.12}",
                58_891.377_517_129 + n as f64 * 5.79e-7
            )),
            "modified-julian-day"
        );
        assert_eq!(
            format("", |n| format!(
                "{:.12}",
                43_873.377_517_129 + n as f64 * 5.79e-8
            )),
            "excel-day"
        );
        assert_eq!(
            format("", |n| format!(
                "{:.12}",
                737_833.377_517 + n as f64 * 5.79e-8
            )),
            "matlab-day"
        );
        assert_eq!(
            format("", |n| format!("{:.12}", n as f64 * 5.7872e-8)),
            "elapsed-days"
        );
        assert_eq!(
            format("", |n| format!("{:.4}", n as f64 * 0.005)),
            "elapsed-s"
        );
        assert_eq!(format("", |n| format!("{}", 528 + 200 * n)), "elapsed-ms");
        assert_eq!(
            format("internal_ts", |n| format!(
                "{}",
                18_659_800_524_547u64 + 29_968_000 * n as u64
            )),
            "elapsed-ns"
        );
        assert_eq!(format("t", |n| format!("{}", 10_000 * n)), "elapsed-us");
        assert_eq!(
            format("Time (ms)", |n| format!("{}", 85 + 80 * n)),
            "elapsed-ms"
        );
    }

    #[test]
    fn a_satellite_receiver_counts_from_1980_or_from_1970() {
        let seconds = |first: f64| {
            let cells: Vec<String> = (0..50)
                .map(|n| format!("{:.3}", first + 0.02 * n as f64))
                .collect();
            verdict("gps_time", &cells)
        };
        let name = |verdict: Verdict| match verdict {
            Verdict::Clock(clock) => clock.format.name(),
            other => format!("{other:?}"),
        };
        // 2016 of the one, 2026 of the other
        assert!(matches!(
            seconds(1_459_814_400.0),
            Verdict::ZeroUnclear(cell, _) if cell == "1459814400.000"
        ));
        // 2003 and 2013; 2033 and 2043
        assert_eq!(name(seconds(1_062_000_000.0)), "gps-s");
        assert_eq!(name(seconds(2_000_000_000.0)), "epoch-s");
    }

    #[test]
    fn a_count_of_rows_is_no_clock() {
        assert!(matches!(
            verdict("", &(0..50).map(|n| n.to_string()).collect::<Vec<_>>()),
            Verdict::Counter
        ));
        assert!(matches!(
            verdict("", &vec!["20".to_owned(); 50]),
            Verdict::NoClock
        ));
    }

    #[test]
    fn a_count_of_rows_stays_one_where_its_end_was_rounded() {
        // a table written by R: 99999, then 1e+05 a thousand times
        let text: String = (0..14_000)
            .map(|n| match n {
                0..13_000 => format!("{n},0.5,0.25,-0.75\n"),
                _ => "1e+05,0.5,0.25,-0.75\n".to_owned(),
            })
            .collect();
        let sketch = Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        assert!(matches!(judge(&sketch, 0, None, None), Verdict::Counter));
    }

    #[test]
    fn a_day_above_twelve_settles_all_dates() {
        let dates: Vec<String> = (0..50)
            .map(|n| format!("23/02/2020 15:18:{:02}.5", n))
            .collect();
        let Verdict::Clock(clock) = verdict("Date", &dates) else {
            panic!()
        };
        assert_eq!(clock.format.name(), "%d/%m/%Y %H:%M:%S");
        let dates: Vec<String> = (0..50)
            .map(|n| format!("03/04/2024 15:18:{:02}.5", n))
            .collect();
        assert!(matches!(
            verdict("Date", &dates),
            Verdict::DayMonthUnclear(_)
        ));
    }

    #[test]
    fn what_a_spreadsheet_rounded_is_damaged() {
        assert!(matches!(
            verdict("time", &vec!["1.59287E+12".to_owned(); 50]),
            Verdict::Damaged(_)
        ));
        let steps: Vec<String> = (0..50)
            .map(|n| format!("{:.2}E+02", 1.0 + f64::from(n / 5) * 0.01))
            .collect();
        assert!(matches!(verdict("time", &steps), Verdict::Damaged(_)));
        let cut: Vec<String> = (0..50).map(|n| format!("43:{n:02}.4")).collect();
        assert!(matches!(verdict("time", &cut), Verdict::Damaged(_)));
    }
}
