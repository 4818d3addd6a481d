//! QS Access (iOS): one row a night with the times in bed, then pairs of sleep periods; rows are as long as they need
//! to be. Wall clocks without a zone.

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::table::Rows;
use super::{Head, Source, stamp};
use crate::model::night::Stage;

/// Whether the head is that of such a table.
pub fn recognises(head: &Head) -> bool {
    let header = head.line(0).to_lowercase();
    header.contains("in bed start") && header.contains("in bed finish")
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
            expected: "columns In bed start and In bed Finish",
        })
    };
    let (start, end) = (column("In bed start")?, column("In bed Finish")?);
    // The periods need not be named in the header: they are the pairs behind its last known column.
    let first_period = header
        .cells
        .iter()
        .position(|cell| cell.to_lowercase().starts_with("sleep 1 start"))
        .unwrap_or(header.cells.len());
    let mut builder = Builder::new("sleep_qs_access", Ends::Clock);
    let in_bed = builder.export.word("InBed");
    let asleep = builder.export.word("Asleep");
    let who = builder.export.source("QS Access");
    while let Some(row) = rows.next()? {
        let pairs = std::iter::once((start, end)).chain(
            (first_period..row.cells.len())
                .step_by(2)
                .map(|at| (at, at + 1)),
        );
        for (index, (from, to)) in pairs.enumerate() {
            if row.cell(from).is_empty() && row.cell(to).is_empty() {
                continue;
            }
            let (Some(start), Some(end)) =
                (stamp::parse(row.cell(from)), stamp::parse(row.cell(to)))
            else {
                builder.bad(row.line, row.cell(from))?;
                continue;
            };
            let night = index == 0;
            builder.push(Written {
                list: if night { List::Nights } else { List::Intervals },
                line: row.line,
                start,
                end: End::At(end),
                state: if night {
                    SleepState::InBed
                } else {
                    SleepState::Stage(Stage::Asleep)
                },
                word: if night { in_bed } else { asleep },
                source: who,
                clock: WallClock::Unknown,
            })?;
        }
    }
    builder.finish(source.options.date_order)
}
