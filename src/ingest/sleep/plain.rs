//! Plain tables: `start,end,stage`, `start,duration,stage`, or `start,end` alone, with names in English or German.
//!
//! Also the tables of apps and watches that differ in names only: WHOOP's `sleeps.csv` (wall clocks beside `UTC-05:00`), Sleep
//! Cycle, AutoSleep, Sleepmeter, and the nights and stages of Google's takeouts of Fitbit
//! (`sleep_stage_type,start_utc_offset,sleep_stage_start,…`). A zone of three letters names no one zone and may be that of
//! the export's day: such clocks are read as the wearer's. Naps are no nights.

mod columns;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::table::{Row, Rows};
use super::{Head, Source, stamp, states};
use crate::ingest::written::clock;
use crate::model::recording::StampKind;

use columns::{Columns, Till};

pub use columns::folded;

const NS_PER_MIN: i64 = 60 * 1_000_000_000;
const NS_PER_DAY: i64 = 24 * 60 * NS_PER_MIN;
/// Rows that are looked at to tell what the columns hold.
const LOOKED_AT: usize = 8;

/// Whether the header names a start, and an end or a length, and the rows below hold them.
pub fn recognises(head: &Head) -> bool {
    !head.is_json() && layout(head).is_some()
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
        Till::Length(_) => Ends::Length,
        Till::At(_) | Till::TimeOfDay(_) => Ends::Clock,
    };
    let mut builder = Builder::new(format, ends);
    let who = builder
        .export
        .source(if is_whoop { "WHOOP" } else { "table" });
    let mut elapsed = None;
    let mut order = Order::default();
    let mut cells = states::StageCells::default();
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
        let (list, state, name) = match columns.stage.map(|at| row.cell(at)) {
            // Without a stage column a row is a night.
            None => (List::Nights, SleepState::InBed, "night"),
            Some(cell) => match cells.state(cell, row.line) {
                Some(state) => (List::Intervals, state, cell),
                None => return Err(no_stage(row.line, cell, states::EXPECTED)),
            },
        };
        order.look(row.line, (from, to, state));
        let zone = columns.zone.map_or("", |at| row.cell(at));
        let (from, to, clock) = in_zone(&mut builder, (from, to), zone);
        let word = builder.export.word(name);
        builder.push(Written {
            list,
            line: row.line,
            start: from,
            end: to,
            state,
            word,
            source: who,
            clock,
        })?;
    }
    order.settle(elapsed == Some(true))?;
    cells
        .settle()
        .map_err(|(line, cell)| no_stage(line, cell, states::TOLD))?;
    let mut export = builder.finish(source.options.date_order)?;
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
        Till::Length(at) => End::After(stamp::seconds(row.cell(at)).filter(|ns| *ns >= 0)?),
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

fn no_stage(line: u64, seen: &str, expected: &'static str) -> SleepErrorKind {
    SleepErrorKind::Damaged {
        line,
        seen: seen.to_owned(),
        expected,
    }
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
