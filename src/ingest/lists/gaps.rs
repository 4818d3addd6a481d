//! Gaps file: `start_s,end_s`, stretches without a recording; or our own `spans.csv`, which says of each stretch what it is.

use std::io::Read;
use std::path::Path;

use super::error::ListError;
use super::source;
use super::table::Table;
use crate::model::span::{Span, SpanKind};

const HEADER: &str = "the columns start_s,end_s (gaps), or night,kind,start_s,end_s (spans.csv)";

/// A stretch of a night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSpan {
    /// The night, as the column `night` has it; `None` without such a column.
    pub night: Option<String>,
    /// What it is, and when.
    pub span: Span,
}

/// Stretches in order of the file. They may overlap and come in any order; one may have no length. Without a column `kind`
/// they are gaps; with one, stretches of every kind are given, and scoring restarts at gaps and off-leg time alone.
///
/// A table of movements or stages has starts and ends as well and is refused.
///
/// ```
/// use legtrace::ingest::lists::read_gaps;
/// let gaps = read_gaps("start_s,end_s\n60,70.5\n".as_bytes(), "gaps.csv").unwrap();
/// assert_eq!(gaps[0].span.length().as_millis(), 10_500);
/// let error = read_gaps("start_s,end_s\n60,seventy\n".as_bytes(), "gaps.csv").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "gaps.csv, line 2, column end_s: found \"seventy\", expected a number of seconds like 12.345"
/// );
/// ```
pub fn read_gaps(from: impl Read, file: &str) -> Result<Vec<ListedSpan>, ListError> {
    let mut table = Table::new(from, file)?;
    let start = table.need(&["start_s", "start", "start_ms"], HEADER)?;
    let end = table.need(&["end_s", "end", "end_ms"], HEADER)?;
    let (kind, night) = (table.find(&["kind"])?, table.find(&["night"])?);
    // spans.csv says whose sensor a stretch is of, and what it is.
    let others: &[&str] = match kind {
        Some(_) => &["class", "stage", "visible"],
        None => &["class", "stage", "visible", "leg", "side"],
    };
    if let Some(other) = table.find(others)? {
        return Err(table.no_list_of("gaps", &other, HEADER));
    }
    let (mut spans, mut row) = (Vec::new(), Vec::new());
    while table.next(&mut row)? {
        let (from, to) = (table.seconds(&row, &start)?, table.seconds(&row, &end)?);
        if to < from {
            let found = table.cell(&row, &end);
            return Err(table.wrong(found, &end, "an end that is not before the start"));
        }
        let kind = match &kind {
            None => SpanKind::Gap,
            Some(column) => {
                let name = table.cell(&row, column);
                SpanKind::from_name(name).ok_or_else(|| {
                    let known = SpanKind::ALL.map(SpanKind::name).join(", ");
                    table.wrong(name, column, format!("a kind of spans.csv: {known}"))
                })?
            }
        };
        spans.push(ListedSpan {
            night: night
                .as_ref()
                .map(|column| table.cell(&row, column).to_owned()),
            span: Span::new(kind, from, to),
        });
    }
    Ok(spans)
}

/// Stretches from a file, or from standard input (`-`).
pub fn open_gaps(path: &Path) -> Result<Vec<ListedSpan>, ListError> {
    let (stream, name) = source::open(path)?;
    read_gaps(stream, &name)
}
