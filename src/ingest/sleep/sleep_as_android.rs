//! Sleep as Android: `sleep-export.csv`, alone or in a zip.
//!
//! The header comes again before every night, with that night's columns. `Id` is the start in epoch milliseconds and
//! `Hours` the length in hundredths of an hour (so the end is known to 18 s); `From` and `To` are text in the phone's
//! language and are not used. Stages are events, `LIGHT_START-1606734191337` and its `LIGHT_END-…`; REM may lie inside deep
//! sleep and ends it for its time.

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState};
use super::stamp::Stamp;
use super::table::{Row, Rows};
use super::{Head, Source};
use crate::model::night::Stage;

const NS_PER_MS: i64 = 1_000_000;
const NS_PER_HOUR: f64 = 3.6e12;

/// Whether the head is that of such a table.
pub fn recognises(head: &Head) -> bool {
    head.line(0).replace('"', "").starts_with("Id,Tz,From,To,")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b',');
    let mut builder = Builder::new("sleep_as_android", Ends::Length);
    let mut hours = 5;
    while let Some(row) = rows.next()? {
        if row.cell(0) == "Id" {
            hours = row.find(&["Hours"]).unwrap_or(5);
            continue;
        }
        // A line without an Id holds the loudness of the night above it.
        if row.cell(0).is_empty() {
            continue;
        }
        night(&mut builder, &row, hours)?;
    }
    builder.finish(source.options.date_order)
}

fn night(builder: &mut Builder, row: &Row, hours: usize) -> Result<(), SleepErrorKind> {
    let start = row.cell(0).parse().ok().and_then(instant);
    let length = row.cell(hours).replace(',', ".").parse::<f64>().ok();
    let (Some(start), Some(length)) = (start, length.filter(|hours| (0.0..1000.0).contains(hours)))
    else {
        return builder.bad(row.line, row.cell(0));
    };
    let clock = builder.export.zone(row.cell(1));
    let who = builder.export.source("Sleep as Android");
    let word = builder.export.word("night");
    let night = Written {
        list: List::Nights,
        line: row.line,
        start,
        end: End::After((length * NS_PER_HOUR) as i64),
        state: SleepState::InBed,
        word,
        source: who,
        clock,
    };
    builder.push(night)?;
    let mut open: Vec<(&str, SleepState, Stamp)> = Vec::new();
    for cell in &row.cells {
        let Some((name, at, begins)) = event(cell) else {
            continue;
        };
        let Some((state, at)) = stage(name).zip(instant(at)) else {
            continue;
        };
        if begins {
            open.push((name, state, at));
        } else if let Some(index) = open.iter().rposition(|(opened, ..)| *opened == name) {
            let (name, state, from) = open.remove(index);
            let word = builder.export.word(name);
            builder.push(Written {
                list: List::Intervals,
                start: from,
                end: End::At(at),
                state,
                word,
                ..night
            })?;
        }
    }
    if !open.is_empty() {
        builder.export.warn(format!(
            "line {}: {} stages begin and never end; they were left out",
            row.line,
            open.len()
        ));
    }
    Ok(())
}

/// `LIGHT_START-1606734191337` is (`LIGHT`, its milliseconds, begins).
fn event(cell: &str) -> Option<(&str, i64, bool)> {
    let (name, at) = cell.split_once('-')?;
    let (name, begins) = match (name.strip_suffix("_START"), name.strip_suffix("_END")) {
        (Some(name), _) => (name, true),
        (None, Some(name)) => (name, false),
        (None, None) => return None,
    };
    let at = at.split('-').next()?.parse().ok()?;
    Some((name, at, begins))
}

fn stage(name: &str) -> Option<SleepState> {
    Some(SleepState::Stage(match name {
        "LIGHT" => Stage::Light,
        "DEEP" => Stage::N3,
        "REM" => Stage::Rem,
        "AWAKE" => Stage::Wake,
        _ => return None,
    }))
}

fn instant(ms: i64) -> Option<Stamp> {
    Some(Stamp::Instant {
        ns: ms.checked_mul(NS_PER_MS)?,
        offset_min: None,
    })
}
