//! Rows as the file has them, before any cleaning: stamp, axes, line.

use super::error::ReadResult;

/// A run of rows in file order.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// The spacing clock in nanoseconds of its own kind; the number of the row where there is no clock.
    pub stamp: Vec<i64>,
    /// A second, civil or UTC clock that only anchors; empty where there is none.
    pub wall: Vec<i64>,
    /// Three axes in the file's unit.
    pub axes: Vec<[f32; 3]>,
    /// Line of each row, from 1.
    pub line: Vec<u64>,
    /// How many lines they were read from, where there are lines.
    pub lines: u64,
    /// Where the number of the row is its clock: the lines that are no rows of the sensor, in order.
    pub no_rows: Vec<u64>,
    /// Rows without a sample: comments, repeated headers, other sensors, empty cells.
    pub skipped: u64,
    /// Of those, rows with a word that says so, as NaN.
    pub missing: u64,
    /// Rows that stand for a packet that was lost; they were taken out.
    pub lost: u64,
    /// Rows with cells that are no numbers.
    pub unparsable: u64,
    /// The first of those, for messages.
    pub first_unparsable: Option<(u64, String)>,
}

impl Rows {
    /// Empties the run and keeps its buffers.
    pub(super) fn clear(&mut self) {
        self.stamp.clear();
        self.wall.clear();
        self.axes.clear();
        self.line.clear();
        self.lines = 0;
        self.no_rows.clear();
        self.skipped = 0;
        self.missing = 0;
        self.lost = 0;
        self.unparsable = 0;
        self.first_unparsable = None;
    }

    /// Stamps each row with its number among all rows of the sensor, those without a sample too, where so many came before
    /// these lines. Gives how many there were with these. Lines are numbered from 1 here.
    pub(super) fn number_from(&mut self, before: i64) -> i64 {
        let mut no_rows = self.no_rows.iter().peekable();
        let mut passed = 0;
        self.stamp.clear();
        self.stamp.extend(self.line.iter().map(|line| {
            while no_rows.next_if(|other| *other < line).is_some() {
                passed += 1;
            }
            before + *line as i64 - 1 - passed
        }));
        before + self.lines as i64 - self.no_rows.len() as i64
    }

    /// Counts their lines from so many lines further up.
    pub(super) fn further_down(&mut self, lines: u64) {
        for line in &mut self.line {
            *line += lines;
        }
        if let Some((line, _)) = &mut self.first_unparsable {
            *line += lines;
        }
    }

    /// Rows with a sample.
    pub(super) fn len(&self) -> usize {
        self.axes.len()
    }
}

/// Something that yields rows in file order.
pub(super) trait RowSource: Send {
    /// Fills `rows` anew; `false` when there are none left.
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool>;
}
