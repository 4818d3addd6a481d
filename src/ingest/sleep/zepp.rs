//! Zepp (Mi Fit, Amazfit): `SLEEP_….csv`, a row a night with minutes a stage and no times of stages: whole nights only.
//! Start and stop are UTC. Fillers (`stop` = `start`) are no nights.

use super::builder::Builder;
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport};
use super::table::Rows;
use super::{Head, Source};

/// Whether the head is that of such a table, in either spelling of its columns.
pub fn recognises(head: &Head) -> bool {
    let header = head.line(0).replace(['_', '"'], "").to_lowercase();
    header.contains("deepsleeptime") && header.contains("shallowsleeptime")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let (Some(start), Some(stop)) = (header.find(&["start"]), header.find(&["stop"])) else {
        return Err(SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns start and stop",
        });
    };
    let mut builder = Builder::new("sleep_zepp", Ends::Clock);
    let who = builder.export.source("Zepp");
    let word = builder.export.word("night");
    let mut fillers = 0_u64;
    while let Some(row) = rows.next()? {
        if row.cell(start) == row.cell(stop) {
            fillers += 1;
            continue;
        }
        let ends = (row.cell(start), row.cell(stop));
        builder.push_night(row.line, ends, (word, who))?;
    }
    if fillers > 0 {
        builder.export.warn(format!(
            "{fillers} rows without length are fillers and were left out"
        ));
    }
    let mut export = builder.finish(source.options.date_order)?;
    export.forget_utc();
    Ok(export)
}
