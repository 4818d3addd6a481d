//! Plain tables: `start,end,stage`, `start,duration,stage`, or `start,end` alone, with names in English or German.
//!
//! Also the tables of apps that differ in names only: `Start,End,Time Zone,…`, `In bed at,Until,…`, and the stages in Google's
//! takeout (`sleep_stage_type,start_utc_offset,sleep_stage_start,…`). A zone of three letters names no one zone and may be
//! that of the export's day: such clocks are read as the wearer's.

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::table::{Row, Rows};
use super::{Head, Source, stamp, states};
use crate::model::recording::StampKind;

const START: [&str; 14] = [
    "start",
    "start time",
    "start_time",
    "starttime",
    "start_s",
    "begin",
    "from",
    "onset",
    "von",
    "beginn",
    "in bed at",
    "sleep_stage_start",
    "startdate",
    "start date",
];
const END: [&str; 13] = [
    "end",
    "end time",
    "end_time",
    "endtime",
    "end_s",
    "stop",
    "to",
    "until",
    "bis",
    "ende",
    "sleep_stage_end",
    "enddate",
    "end date",
];
const LENGTH: [&str; 4] = ["duration_s", "duration (s)", "seconds", "length_s"];
const STAGE: [&str; 9] = [
    "stage",
    "sleep stage",
    "sleep_stage",
    "sleep_stage_type",
    "state",
    "level",
    "value",
    "stadium",
    "phase",
];
const ZONE: [&str; 4] = ["time zone", "timezone", "tz", "zeitzone"];

/// Whether the header names a start, and an end or a length.
pub fn recognises(head: &Head) -> bool {
    let delimiter = char::from(head.delimiter());
    let cells: Vec<String> = head
        .line(0)
        .split(delimiter)
        .map(|cell| cell.trim().trim_matches('"').to_owned())
        .collect();
    let row = Row { line: 1, cells };
    let start = row.find(&START);
    let end = row.find(&END).or(row.find(&LENGTH));
    let first = head
        .line(1)
        .split(delimiter)
        .nth(start.unwrap_or(usize::MAX));
    let is_time = first.is_some_and(|cell| {
        let cell = cell.trim().trim_matches('"');
        stamp::parse(cell).is_some() || stamp::seconds(cell).is_some() || stamp::is_damaged(cell)
    });
    start.is_some() && end.is_some() && is_time
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let (Some(start), Some(end)) = (
        header.find(&START),
        header.find(&END).or(header.find(&LENGTH)),
    ) else {
        return Err(SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns start and end",
        });
    };
    let ends = if header.find(&END).is_some() {
        Ends::Clock
    } else {
        Ends::Length
    };
    let (stage, zone) = (header.find(&STAGE), header.find(&ZONE));
    let format = match (stage, zone) {
        (None, Some(_)) => "sleep_start_end_zone",
        _ => "sleep_plain",
    };
    let mut builder = Builder::new(format, ends);
    let who = builder.export.source("table");
    let mut elapsed = None;
    while let Some(row) = rows.next()? {
        let times = times(&row, start, end, ends, &mut elapsed);
        let Some((from, to)) = times else {
            let odd = if stamp::is_damaged(row.cell(end)) {
                end
            } else {
                start
            };
            builder.bad(row.line, row.cell(odd))?;
            continue;
        };
        let Some((list, state, name)) = state_of(stage.map(|at| row.cell(at))) else {
            return Err(SleepErrorKind::Damaged {
                line: row.line,
                seen: row.cell(stage.unwrap_or(0)).to_owned(),
                expected: "a stage: W, N1, N2, N3, R, light, deep, rem, awake, asleep or in bed",
            });
        };
        let clock = match zone.map(|at| row.cell(at)).filter(|text| !text.is_empty()) {
            None => WallClock::Unknown,
            Some(text) => named_zone(&mut builder, text),
        };
        let word = builder.export.word(&name);
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
    let mut export = builder.finish(source.options.date_order)?;
    if elapsed == Some(true) {
        export.stamps = StampKind::Elapsed;
    }
    Ok(export)
}

/// An IANA name is a zone; three letters are remembered as they are.
fn named_zone(builder: &mut Builder, text: &str) -> WallClock {
    let clock = if text.contains('/') {
        builder.export.zone(text)
    } else {
        WallClock::Unknown
    };
    let word = text.to_owned();
    if clock == WallClock::Unknown
        && !builder.export.zone_words.contains(&word)
        && builder.export.zone_words.len() < 100
    {
        builder.export.zone_words.push(word);
    }
    clock
}

/// Start and end of a row. The first row settles whether times are stamps or seconds since the start.
fn times(
    row: &Row,
    start: usize,
    end: usize,
    ends: Ends,
    elapsed: &mut Option<bool>,
) -> Option<(Stamp, End)> {
    let is_elapsed = *elapsed.get_or_insert_with(|| {
        stamp::parse(row.cell(start)).is_none() && stamp::seconds(row.cell(start)).is_some()
    });
    let read = |at: usize| {
        if is_elapsed {
            stamp::seconds(row.cell(at)).map(|ns| Stamp::Civil { ns })
        } else {
            stamp::parse(row.cell(at))
        }
    };
    let from = read(start)?;
    let to = match ends {
        Ends::Clock => End::At(read(end)?),
        Ends::Length => End::After(stamp::seconds(row.cell(end)).filter(|ns| *ns >= 0)?),
    };
    Some((from, to))
}

/// What a stage cell says; without a stage column a row is a night.
fn state_of(cell: Option<&str>) -> Option<(List, SleepState, String)> {
    let Some(cell) = cell else {
        return Some((List::Nights, SleepState::InBed, "night".to_owned()));
    };
    let state = match cell.parse::<i64>() {
        // Digits of a table are taken where they can be told; a 4 cannot.
        Ok(digit) => states::by_digit(digit, false)?,
        Err(_) => states::by_word(cell)?,
    };
    Some((List::Intervals, state, cell.to_owned()))
}
