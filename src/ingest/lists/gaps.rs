//! Gaps file: `start_s,end_s`, stretches without a recording.

use std::io::Read;
use std::path::Path;

use super::error::ListError;
use super::table::{self, Table};
use crate::model::span::{Span, SpanKind};

const HEADER: &str = "the columns start_s,end_s";

/// Gaps in order of the file. They may overlap and come in any order; a gap may have no length.
///
/// ```
/// use legtrace::ingest::lists::read_gaps;
/// let gaps = read_gaps("start_s,end_s\n60,70.5\n".as_bytes(), "gaps.csv").unwrap();
/// assert_eq!(gaps[0].length().as_millis(), 10_500);
/// let error = read_gaps("start_s,end_s\n60,seventy\n".as_bytes(), "gaps.csv").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "gaps.csv, line 2, column end_s: found \"seventy\", expected a number of seconds like 12.345"
/// );
/// ```
pub fn read_gaps(from: impl Read, file: &str) -> Result<Vec<Span>, ListError> {
    let mut table = Table::new(from, file)?;
    let start = table.need(&["start_s", "start"], HEADER)?;
    let end = table.need(&["end_s", "end"], HEADER)?;
    let (mut gaps, mut row) = (Vec::new(), Vec::new());
    while table.next(&mut row)? {
        let (from, to) = (table.seconds(&row, &start)?, table.seconds(&row, &end)?);
        if to < from {
            let found = table.cell(&row, &end);
            return Err(table.wrong(found, &end, "an end that is not before the start"));
        }
        gaps.push(Span::new(SpanKind::Gap, from, to));
    }
    Ok(gaps)
}

/// Gaps from a file.
pub fn open_gaps(path: &Path) -> Result<Vec<Span>, ListError> {
    read_gaps(table::open(path)?, &table::name_of(path))
}
