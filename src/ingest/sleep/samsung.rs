//! Samsung Health: `com.samsung.health.sleep_stage.<stamp>.csv` with stages, `com.samsung.shealth.sleep.<stamp>.csv` with
//! nights. A line with type and version stands above the header, rows have one cell more than the header, stamps are UTC
//! and `time_offset` gives the wearer's clock.

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::table::{Row, Rows};
use super::{Head, Source, stamp};
use crate::model::night::Stage;

/// Whether the head is that of a table of stages.
pub fn recognises_stages(head: &Head) -> bool {
    let first = head.line(0);
    first.starts_with("com.samsung.") && first.contains("sleep_stage")
}

/// Whether the head is that of a table of nights.
pub fn recognises_nights(head: &Head) -> bool {
    let first = head.line(0);
    ["com.samsung.shealth.sleep,", "com.samsung.health.sleep,"]
        .iter()
        .any(|kind| first.starts_with(kind))
}

/// Reads either.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b',');
    rows.next()?;
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    // Newer versions put the type before each name: `com.samsung.health.sleep.start_time`.
    let column = |name: &str| {
        header
            .cells
            .iter()
            .position(|cell| cell == name || cell.ends_with(&format!(".{name}")))
    };
    let needed = |name: &str| {
        column(name).ok_or_else(|| SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns start_time and end_time",
        })
    };
    let (start, end) = (needed("start_time")?, needed("end_time")?);
    let (stage, offset, device) = (column("stage"), column("time_offset"), column("deviceuuid"));
    let mut builder = Builder::new("sleep_samsung", Ends::Clock);
    while let Some(row) = rows.next()? {
        let clock = offset
            .and_then(|at| stamp::offset(row.cell(at)))
            .map_or(WallClock::Unknown, WallClock::Offset);
        let (Some(from), Some(to)) = (utc(&row, start), utc(&row, end)) else {
            builder.bad(row.line, row.cell(start))?;
            continue;
        };
        let (list, name, state) = match stage.map(|at| row.cell(at)) {
            None => (List::Nights, "night", SleepState::InBed),
            Some("40001") => (List::Intervals, "awake", SleepState::Stage(Stage::Wake)),
            Some("40002") => (List::Intervals, "light", SleepState::Stage(Stage::Light)),
            Some("40003") => (List::Intervals, "deep", SleepState::Stage(Stage::N3)),
            Some("40004") => (List::Intervals, "rem", SleepState::Stage(Stage::Rem)),
            Some(_) => (List::Intervals, "unknown", SleepState::Unknown),
        };
        let word = builder.export.word(name);
        let who = builder.export.source(match device.map(|at| row.cell(at)) {
            None | Some("") => "Samsung Health",
            Some(device) => device,
        });
        builder.push(Written {
            list,
            line: row.line,
            start: from,
            end: End::At(to),
            state,
            word,
            source: who,
            clock,
        })?;
    }
    builder.finish(source.options.date_order)
}

/// A stamp without an offset is UTC here; exports of the phone's own clock have been described too, which is why a small
/// overlap with the recording asks about the zone.
fn utc(row: &Row, at: usize) -> Option<Stamp> {
    match stamp::parse(row.cell(at))? {
        Stamp::Civil { ns } => Some(Stamp::Instant {
            ns,
            offset_min: None,
        }),
        stamp @ Stamp::Instant { .. } => Some(stamp),
        Stamp::Slashed { .. } => None,
    }
}
