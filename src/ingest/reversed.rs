//! Rows from late to early, turned round: the one case in which a whole recording is held in memory.

use super::error::{ReadError, ReadResult, Refusal};
use super::rows::{RowSource, Rows};

/// So many rows at most: a week at 50 Hz, 1 GB in memory.
const MOST_ROWS: usize = 31_000_000;
/// Rows handed on at once.
const RUN: usize = 8_192;

/// Reads all, then hands on from the end.
pub(super) struct ReversedRows {
    source: Box<dyn RowSource>,
    all: Rows,
    left: usize,
    started: bool,
}

impl ReversedRows {
    pub(super) fn new(source: Box<dyn RowSource>) -> Self {
        Self {
            source,
            all: Rows::default(),
            left: 0,
            started: false,
        }
    }

    fn read_all(&mut self) -> ReadResult<()> {
        let mut rows = Rows::default();
        while self.source.next_rows(&mut rows)? {
            self.all.stamp.extend_from_slice(&rows.stamp);
            self.all.wall.extend_from_slice(&rows.wall);
            self.all.axes.extend_from_slice(&rows.axes);
            self.all.line.extend_from_slice(&rows.line);
            self.all.skipped += rows.skipped;
            self.all.missing += rows.missing;
            self.all.lost += rows.lost;
            self.all.unparsable += rows.unparsable;
            if self.all.first_unparsable.is_none() {
                self.all.first_unparsable = rows.first_unparsable.take();
            }
            if self.all.len() > MOST_ROWS {
                return Err(ReadError::new(
                    Refusal::NotARecording,
                    format!(
                        "The rows go from late to early, and there are more than {MOST_ROWS}: too many to turn round. Sort the file by time."
                    ),
                ));
            }
        }
        self.left = self.all.len();
        self.started = true;
        Ok(())
    }
}

impl RowSource for ReversedRows {
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        rows.clear();
        if !self.started {
            self.read_all()?;
            rows.skipped = self.all.skipped;
            rows.missing = self.all.missing;
            rows.lost = self.all.lost;
            rows.unparsable = self.all.unparsable;
            rows.first_unparsable = self.all.first_unparsable.take();
        } else if self.left == 0 {
            return Ok(false);
        }
        let from = self.left.saturating_sub(RUN);
        let run = from..self.left;
        rows.stamp.extend(self.all.stamp[run.clone()].iter().rev());
        if !self.all.wall.is_empty() {
            rows.wall.extend(self.all.wall[run.clone()].iter().rev());
        }
        rows.axes.extend(self.all.axes[run.clone()].iter().rev());
        rows.line.extend(self.all.line[run].iter().rev());
        self.left = from;
        Ok(true)
    }
}
