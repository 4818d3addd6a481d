//! Stages file: `start_s,end_s,stage`, in order and not overlapping.

use std::io::Read;
use std::path::Path;

use super::error::ListError;
use super::source;
use super::table::Table;
use crate::ingest::sleep::SleepState;
use crate::ingest::sleep::states::{EXPECTED, StageCells, TOLD};
use crate::model::night::StageInterval;

const HEADER: &str = "the columns start_s,end_s,stage";

/// Stages in order, in the words and numbers of sleep exports. Neighbours may touch and holes may lie between; a stretch
/// that was not scored, or of which is only known that it was in bed, is a hole. A row that overlaps the one before or
/// begins before it is an error.
///
/// ```
/// use legtrace::ingest::lists::read_stages;
/// use legtrace::model::night::Stage;
/// let stages = read_stages("start_s,end_s,stage\n0,240,N2\n240,330,wake\n".as_bytes(), "stages.csv").unwrap();
/// assert_eq!(stages[1].stage, Stage::Wake);
/// ```
pub fn read_stages(from: impl Read, file: &str) -> Result<Vec<StageInterval>, ListError> {
    let mut table = Table::new(from, file)?;
    let start = table.need(
        &["start_s", "start", "onset_s", "start_ms", "onset_ms"],
        HEADER,
    )?;
    let end = table.need(&["end_s", "end", "end_ms"], HEADER)?;
    let stage = table.need(&["stage"], HEADER)?;
    let (mut stages, mut row) = (Vec::new(), Vec::new());
    let (mut reached, mut cells) = (None, StageCells::default());
    while table.next(&mut row)? {
        let (from, to) = (table.seconds(&row, &start)?, table.seconds(&row, &end)?);
        if to <= from {
            let found = table.cell(&row, &end);
            return Err(table.wrong(found, &end, "an end after the start"));
        }
        if let Some((line, until)) = reached.filter(|&(_, until)| from < until) {
            let found = format!("a stage from {} s", table.cell(&row, &start));
            let expected = format!(
                "one that does not begin before line {line} ends ({} s); sort the rows and remove overlaps",
                decimal(until)
            );
            return Err(table.misfit(found, expected));
        }
        reached = Some((table.number(), to));
        let name = table.cell(&row, &stage);
        let state = match name {
            // A cell that is missing is no word for "not scored".
            "" => None,
            name => cells.state(name, table.number()),
        };
        let state = state.ok_or_else(|| table.wrong(name, &stage, EXPECTED))?;
        if let SleepState::Stage(stage) = state {
            stages.push(StageInterval {
                start: from,
                end: to,
                stage,
            });
        }
    }
    match cells.settle() {
        Ok(()) => Ok(stages),
        Err((line, number)) => Err(table.wrong_above(line, number, &stage, TOLD)),
    }
}

fn decimal(span: jiff::SignedDuration) -> f64 {
    span.as_millis() as f64 / 1000.0
}

/// Stages from a file, or from standard input (`-`).
pub fn open_stages(path: &Path) -> Result<Vec<StageInterval>, ListError> {
    let (stream, name) = source::open(path)?;
    read_stages(stream, &name)
}
