//! Fitbit: the table of nights that its site exports. Minutes a stage and no times of stages: whole nights only.

use super::builder::Builder;
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport};
use super::table::Rows;
use super::{Head, Source};

/// Whether the head is that of such a table; the site puts a line `Sleep` above it, between tables of other subjects.
pub fn recognises(head: &Head) -> bool {
    head.text.contains("Start Time")
        && head.text.contains("End Time")
        && head.text.contains("Minutes Asleep")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let mut builder = Builder::new("sleep_fitbit_csv", Ends::Clock);
    let who = builder.export.source("Fitbit");
    let word = builder.export.word("night");
    let mut columns: Option<(usize, usize)> = None;
    while let Some(row) = rows.next()? {
        if let (Some(start), Some(end)) = (row.find(&["Start Time"]), row.find(&["End Time"])) {
            columns = Some((start, end));
            continue;
        }
        // A line with one cell names the next subject of the export.
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled <= 1 {
            columns = None;
        }
        let Some((start, end)) = columns else {
            continue;
        };
        let ends = (row.cell(start), row.cell(end));
        builder.push_night(row.line, ends, (word, who))?;
    }
    builder.finish(source.options.date_order)
}
