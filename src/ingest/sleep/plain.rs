//! Plain tables: `start,end,stage`, `start,duration,stage`, `time,stage`, or `start,end` alone, with names in English or German.
//!
//! Also the tables of apps and watches that differ in names only: WHOOP's `sleeps.csv` (wall clocks beside `UTC-05:00`), Sleep
//! Cycle, AutoSleep, Sleepmeter, and the nights and stages of Google's takeouts of Fitbit
//! (`sleep_stage_type,start_utc_offset,sleep_stage_start,…`). A zone of three letters names no one zone and may be that of
//! the export's day: such clocks are read as the wearer's. Naps are no nights.

mod columns;
mod length;
mod names;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::table::{Row, Rows};
use super::{Head, Source, digits, stamp, states, until_next};
use crate::ingest::written::clock;
use crate::model::recording::StampKind;

use columns::{Columns, Till};

use names::are_names_of_sleep;

pub use columns::is_stage_cell;
pub use names::{folded, is_end_name, is_stage_name};

const NS_PER_MIN: i64 = 60 * 1_000_000_000;
const NS_PER_DAY: i64 = 24 * 60 * NS_PER_MIN;
/// Rows that are looked at to tell what the columns hold.
const LOOKED_AT: usize = 8;

/// Whether the header names a start, and an end or a length, and the rows below hold them.
pub fn recognises(head: &Head) -> bool {
    !head.is_json() && layout(head).is_some()
}

/// The header of a table of sleep below which nothing stands.
pub fn lonely_header(head: &Head) -> Option<String> {
    let mut lines = head.text.lines().filter(|line| !line.trim().is_empty());
    let (header, None) = (lines.next()?, lines.next()) else {
        return None;
    };
    let delimiter = char::from(head.delimiter());
    let names: Vec<String> = header.split(delimiter).map(folded).collect();
    are_names_of_sleep(&names).then(|| {
        header
            .trim_start_matches('\u{FEFF}')
            .chars()
            .take(60)
            .collect()
    })
}

/// The columns by the first rows.
fn layout(head: &Head) -> Option<Columns> {
    let mut bytes = head.text.as_bytes();
    let mut rows = Rows::new(&mut bytes, head.delimiter());
    let header = rows.next().ok()??;
    let mut first = Vec::new();
    while first.len() < LOOKED_AT
        && let Ok(Some(row)) = rows.next()
    {
        first.push(row);
    }
    Columns::of(&header, &first)
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let columns = layout(source.head);
    let mut rows = Rows::new(&mut *source.reader, source.head.delimiter());
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let Some(columns) = columns else {
        return Err(SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns start and end",
        });
    };
    let is_whoop = header
        .cells
        .iter()
        .any(|cell| folded(cell) == "cycletimezone");
    let format = match (columns.stage, columns.zone) {
        _ if is_whoop => "sleep_whoop",
        (None, Some(_)) => "sleep_start_end_zone",
        _ => "sleep_plain",
    };
    let ends = match columns.end {
        Till::Length(..) | Till::Next => Ends::Length,
        Till::At(_) | Till::TimeOfDay(_) => Ends::Clock,
    };
    if let Till::Length(at, None) = columns.end {
        return Err(SleepErrorKind::UnclearTimes {
            what: format!(
                "nothing says what the column \"{}\" counts: its name does not, and its lengths do not lead from one start to the next",
                header.cell(at)
            ),
            instead: "Name it duration_s or duration_min",
        });
    }
    let mut builder = Builder::new(format, ends);
    builder.utc = columns.utc;
    builder.one_voice = true;
    let unnamed = if is_whoop { "WHOOP" } else { "table" };
    let mut elapsed = None;
    let mut n_events = 0_u64;
    let mut order = Order::default();
    while let Some(row) = rows.next()? {
        // The night that is not over, and the day without one.
        if let Till::At(end) = columns.end
            && (row.cell(end.column()).is_empty() || row.cell(columns.start.column()).is_empty())
        {
            continue;
        }
        if columns.stage.is_none() && columns.is_nap(&row) {
            builder.leave_out_nap();
            continue;
        }
        let Some((from, to)) = times(&row, &columns, &mut elapsed) else {
            let start = columns.start.column();
            let odd = match columns.end {
                Till::At(end) if is_readable(&row, columns.start, elapsed) => end.column(),
                Till::At(end) if stamp::is_damaged(row.cell(end.column())) => end.column(),
                _ => start,
            };
            builder.bad(row.line, row.cell(odd))?;
            continue;
        };
        let Some((list, state, name)) = state_of(columns.stage.map(|at| row.cell(at))) else {
            if columns.events {
                n_events += 1;
                continue;
            }
            return Err(SleepErrorKind::Damaged {
                line: row.line,
                seen: row.cell(columns.stage.unwrap_or(0)).to_owned(),
                expected: states::EXPECTED,
            });
        };
        order.look(row.line, (from, to, state));
        let (from, to) = match (columns.utc, to) {
            (false, _) => (from, to),
            (true, End::At(to)) => (from.in_utc(), End::At(to.in_utc())),
            (true, after) => (from.in_utc(), after),
        };
        let zone = columns.zone.map_or("", |at| row.cell(at));
        let (from, to, clock) = in_zone(&mut builder, (from, to), zone);
        let word = builder.export.word(&name);
        let voice = match columns.voice.map(|at| row.cell(at)) {
            None | Some("") => unnamed,
            Some(voice) => voice,
        };
        let source = builder.export.source(voice);
        builder.push(Written {
            list,
            line: row.line,
            start: from,
            end: to,
            state,
            word,
            source,
            clock,
        })?;
    }
    order.settle(elapsed == Some(true))?;
    let mut export = builder.finish(source.options.date_order)?;
    if columns.end == Till::Next {
        until_next::close(&mut export);
    }
    digits::settle(&mut export)?;
    if n_events > 0 {
        export.warn(format!(
            "{n_events} rows name no stage of sleep and were left out"
        ));
    }
    // Zero beside each stamp is no clock, unless a column of its own says so.
    if columns.zone.is_none() {
        export.forget_utc();
    }
    if elapsed == Some(true) {
        export.stamps = StampKind::Elapsed;
    }
    Ok(export)
}

/// The times of a row with what its zone's cell says of them: an IANA name is a zone, an offset makes wall clocks instants,
/// three letters are remembered as they are.
fn in_zone(builder: &mut Builder, (from, to): (Stamp, End), text: &str) -> (Stamp, End, WallClock) {
    if text.is_empty() {
        return (from, to, WallClock::Unknown);
    }
    if let Some(minutes) = stamp::offset(text) {
        let instant = |at: Stamp| match at {
            Stamp::Civil { ns } => Stamp::Instant {
                ns: ns.saturating_sub(i64::from(minutes) * NS_PER_MIN),
                offset_min: Some(minutes),
            },
            other => other,
        };
        let to = match to {
            End::At(at) => End::At(instant(at)),
            after => after,
        };
        let from = instant(from);
        let clock = match from {
            Stamp::Instant { .. } => WallClock::Offset(minutes),
            _ => WallClock::Unknown,
        };
        return (from, to, clock);
    }
    let clock = if text.contains('/') {
        builder.export.zone(text)
    } else {
        WallClock::Unknown
    };
    let words = &mut builder.export.zone_words;
    if clock == WallClock::Unknown && !words.iter().any(|word| word == text) && words.len() < 100 {
        words.push(text.to_owned());
    }
    (from, to, clock)
}

/// Start and end of a row. The first row settles whether times are stamps or seconds since the start.
fn times(row: &Row, columns: &Columns, elapsed: &mut Option<bool>) -> Option<(Stamp, End)> {
    let first = row.cell(columns.start.column());
    let is_elapsed = *elapsed.get_or_insert_with(|| {
        columns.start.stamp(row).is_none() && stamp::seconds(first).is_some()
    });
    let read = |when: columns::When| {
        if is_elapsed {
            stamp::seconds(row.cell(when.column())).map(|ns| Stamp::Civil { ns })
        } else {
            when.stamp(row)
        }
    };
    let from = read(columns.start)?;
    let to = match columns.end {
        Till::At(end) => End::At(read(end)?),
        Till::Length(at, unit) => End::After(unit?.read(row.cell(at))?),
        Till::Next => End::After(0),
        Till::TimeOfDay(at) => {
            let since_midnight = match from {
                Stamp::Civil { ns } | Stamp::Instant { ns, .. } => ns.rem_euclid(NS_PER_DAY),
                Stamp::Slashed { time_ns, .. } => time_ns,
            };
            let until = clock::time_of_day(row.cell(at))?
                .duration_since(jiff::civil::Time::midnight())
                .as_nanos();
            let until = i64::try_from(until).ok()?;
            End::After((until - since_midnight).rem_euclid(NS_PER_DAY))
        }
    };
    Some((from, to))
}

fn is_readable(row: &Row, when: columns::When, elapsed: Option<bool>) -> bool {
    match elapsed {
        Some(true) => stamp::seconds(row.cell(when.column())).is_some(),
        _ => when.stamp(row).is_some(),
    }
}

/// What a stage cell says; without a stage column a row is a night.
fn state_of(cell: Option<&str>) -> Option<(List, SleepState, String)> {
    let Some(cell) = cell else {
        return Some((List::Nights, SleepState::InBed, "night".to_owned()));
    };
    let state = match digits::number(cell) {
        // What a number is tells the whole table.
        Some(_) => SleepState::Unknown,
        None => states::by_word(cell)?,
    };
    Some((List::Intervals, state, cell.to_owned()))
}

/// Whether the rows follow each other as times do: a table that repeats the night beside each of its stages, or whose numbers
/// count something else than seconds since a start, would be read without a complaint.
#[derive(Debug, Default)]
struct Order {
    last: Option<(Stamp, End, SleepState)>,
    n: u64,
    same_time: u64,
    other_stage: u64,
    earlier: u64,
    first_odd: u64,
}

impl Order {
    fn look(&mut self, line: u64, next: (Stamp, End, SleepState)) {
        self.n += 1;
        if let Some(last) = self.last.replace(next) {
            let is_same = (last.0, last.1) == (next.0, next.1);
            let is_earlier = match (last.0, next.0) {
                (Stamp::Civil { ns: last }, Stamp::Civil { ns: next }) => next < last,
                _ => false,
            };
            if self.same_time == 0 && is_same {
                self.first_odd = line;
            }
            self.same_time += u64::from(is_same);
            self.other_stage += u64::from(is_same && last.2 != next.2);
            self.earlier += u64::from(is_earlier);
        }
    }

    fn settle(&self, is_elapsed: bool) -> Result<(), SleepErrorKind> {
        if self.other_stage > 0 && self.same_time * 10 > self.n {
            return Err(SleepErrorKind::Damaged {
                line: self.first_odd,
                seen: "the start and end of the line above".to_owned(),
                expected: "a start and an end of its own for each stage",
            });
        }
        if is_elapsed && self.earlier * 10 > self.n {
            return Err(SleepErrorKind::Damaged {
                line: 2,
                seen: "numbers that go up and down".to_owned(),
                expected: "dates with times of day, or seconds since the start of the recording, in order",
            });
        }
        Ok(())
    }
}
