//! Withings: `sleep.csv`, whose header is in the account's language and which has seconds a stage but no times; and
//! `raw_…_sleep-state.csv` with arrays of lengths and states in its cells (0 awake, 1 light, 2 deep, 3 REM).

use super::builder::Builder;
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState};
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source, stamp};
use crate::model::night::Stage;

/// Whether the head is that of the table of nights: two instants, then columns in seconds, in whatever language.
pub fn recognises_summary(head: &Head) -> bool {
    let in_seconds = head.line(0).matches("(s)").count() >= 3;
    let row = head.line(1);
    let mut cells = row
        .split(',')
        .map(|cell| stamp::parse(cell.trim_matches('"')));
    let mut is_instant = || matches!(cells.next(), Some(Some(Stamp::Instant { .. })));
    in_seconds && is_instant() && is_instant()
}

/// Whether the head is that of sleep states: heart rates and steps come in the same columns, so the file's name must
/// say `sleep`.
pub fn recognises_raw(head: &Head) -> bool {
    let header = head.line(0).replace('"', "").to_lowercase();
    header.trim() == "start,duration,value" && head.name.contains("sleep")
}

/// Reads the table of nights.
pub fn read_summary(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b',');
    let mut builder = Builder::new("sleep_withings_summary", Ends::Clock);
    let who = builder.export.source("Withings");
    let word = builder.export.word("night");
    rows.next()?;
    while let Some(row) = rows.next()? {
        builder.push_night(row.line, (row.cell(0), row.cell(1)), (word, who))?;
    }
    builder.finish(source.options.date_order)
}

/// Reads sleep states.
pub fn read_raw(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b',');
    let mut builder = Builder::new("sleep_withings_raw", Ends::Length);
    // A mat and a watch export a file each.
    let device = if source.head.name.contains("tracker") {
        "Withings tracker"
    } else {
        "Withings sleep monitor"
    };
    let who = builder.export.source(device);
    rows.next()?;
    while let Some(row) = rows.next()? {
        let lengths = numbers(row.cell(1));
        let states = numbers(row.cell(2));
        let (
            Some(Stamp::Instant {
                ns: mut at,
                offset_min,
            }),
            Some(lengths),
            Some(states),
        ) = (stamp::parse(row.cell(0)), lengths, states)
        else {
            builder.bad(row.line, row.cell(0))?;
            continue;
        };
        if lengths.len() != states.len() {
            builder.bad(row.line, row.cell(1))?;
            continue;
        }
        for (length_s, state) in lengths.into_iter().zip(states) {
            let (name, state) = match state {
                0 => ("awake", SleepState::Stage(Stage::Wake)),
                1 => ("light", SleepState::Stage(Stage::Light)),
                2 => ("deep", SleepState::Stage(Stage::N3)),
                3 => ("rem", SleepState::Stage(Stage::Rem)),
                _ => ("unknown", SleepState::Unknown),
            };
            let length = i64::from(length_s) * 1_000_000_000;
            let word = builder.export.word(name);
            let start = Stamp::Instant { ns: at, offset_min };
            builder.push_stage(row.line, (start, length), state, (word, who))?;
            at = at.saturating_add(length);
        }
    }
    builder.finish(source.options.date_order)
}

/// `[60,60]` as numbers; `None` when it is no list of whole numbers from 0.
fn numbers(cell: &str) -> Option<Vec<u32>> {
    let inside = cell.trim().strip_prefix('[')?.strip_suffix(']')?;
    inside
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().ok())
        .collect()
}
