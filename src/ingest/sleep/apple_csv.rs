//! Tables made of an Apple Health export by converters: `SleepAnalysis.csv` with the attributes of the records as
//! columns.

use super::apple_xml::{short_word, value_state};
use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, WallClock};
use super::table::Rows;
use super::{Head, Source, stamp};

/// Whether the head is that of such a table. Tables of other records have the same header: the first row tells.
pub fn recognises(head: &Head) -> bool {
    let header = head.line(0).to_lowercase();
    header.contains("startdate")
        && header.contains("enddate")
        && header.contains("value")
        && head.text.contains("SleepAnalysis")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let column = |name: &str| {
        header.find(&[name]).ok_or_else(|| SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns startDate, endDate and value",
        })
    };
    let (start, end, value) = (column("startDate")?, column("endDate")?, column("value")?);
    let name = header.find(&["sourceName", "source"]);
    let kind = header.find(&["type"]);
    let mut builder = Builder::new("sleep_apple_csv", Ends::Clock);
    while let Some(row) = rows.next()? {
        if kind.is_some_and(|kind| !row.cell(kind).contains("SleepAnalysis")) {
            continue;
        }
        let (from, to) = (stamp::parse(row.cell(start)), stamp::parse(row.cell(end)));
        let (Some(from), Some(to), Some(state)) = (from, to, value_state(row.cell(value))) else {
            builder.bad(row.line, row.cell(start))?;
            continue;
        };
        let word = builder.export.word(short_word(row.cell(value)));
        let who = builder
            .export
            .source(name.map_or("", |name| row.cell(name)));
        builder.push(Written {
            list: List::Intervals,
            line: row.line,
            start: from,
            end: End::At(to),
            state,
            word,
            source: who,
            clock: WallClock::Unknown,
        })?;
    }
    builder.finish(source.options.date_order)
}
