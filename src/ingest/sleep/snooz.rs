//! Snooz's accessory files: group, name, `start_sec`, `duration_sec`, channels, between tabs. The rows of the group `stage` are
//! numbers for stages; the others are events.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::stage_list::{Others, StageList, Zero};
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source, stamp};

/// Whether the header is that of such a file.
pub fn recognises(head: &Head) -> bool {
    head.line(0)
        .to_lowercase()
        .starts_with("group\tname\tstart_sec\tduration")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b'\t');
    rows.next()?;
    let mut list = StageList::new("sleep_snooz", "scoring", Others::Damage);
    while let Some(row) = rows.next()? {
        if row.cell(0) != "stage" {
            continue;
        }
        let length = stamp::seconds(row.cell(3)).filter(|ns| *ns > 0);
        match (stamp::seconds(row.cell(2)), length) {
            (Some(ns), Some(length)) => {
                list.push(row.line, Stamp::Civil { ns }, Some(length), row.cell(1))?;
            }
            _ => list.builder.bad(row.line, row.cell(2))?,
        }
    }
    list.finish(source.options.date_order, Zero::Start)
}
