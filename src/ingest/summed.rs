//! Two tables with the same stamps, added: acceleration without gravity and gravity, each in a file of its own.

use super::error::ReadResult;
use super::rows::{RowSource, Rows};

/// Rows whose stamp stands in both; the others are counted as skipped.
pub(super) struct SummedRows {
    a: Side,
    b: Side,
}

struct Side {
    source: Box<dyn RowSource>,
    rows: Rows,
    at: usize,
    ended: bool,
}

impl Side {
    fn new(source: Box<dyn RowSource>) -> Self {
        Self {
            source,
            rows: Rows::default(),
            at: 0,
            ended: false,
        }
    }

    /// The stamp of the next row; `None` at the end.
    fn stamp(&mut self, counted: &mut Rows) -> ReadResult<Option<i64>> {
        while self.at == self.rows.len() && !self.ended {
            self.at = 0;
            self.ended = !self.source.next_rows(&mut self.rows)?;
            counted.skipped += self.rows.skipped;
            counted.missing += self.rows.missing;
            counted.lost += self.rows.lost;
            counted.unparsable += self.rows.unparsable;
            if counted.first_unparsable.is_none() {
                counted.first_unparsable = self.rows.first_unparsable.take();
            }
        }
        Ok(self.rows.stamp.get(self.at).copied())
    }
}

impl SummedRows {
    pub(super) fn new(a: Box<dyn RowSource>, b: Box<dyn RowSource>) -> Self {
        Self {
            a: Side::new(a),
            b: Side::new(b),
        }
    }
}

/// Rows handed on at once.
const RUN: usize = 4_096;

impl RowSource for SummedRows {
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        rows.clear();
        while rows.len() < RUN {
            let (Some(a), Some(b)) = (self.a.stamp(rows)?, self.b.stamp(rows)?) else {
                return Ok(rows.len() > 0 || rows.skipped > 0);
            };
            if a < b {
                self.a.at += 1;
                rows.skipped += 1;
            } else if b < a {
                self.b.at += 1;
                rows.skipped += 1;
            } else {
                let (x, y) = (self.a.rows.axes[self.a.at], self.b.rows.axes[self.b.at]);
                rows.stamp.push(a);
                rows.axes.push([x[0] + y[0], x[1] + y[1], x[2] + y[2]]);
                rows.line.push(self.a.rows.line[self.a.at]);
                self.a.at += 1;
                self.b.at += 1;
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given(Vec<Vec<(i64, f32)>>);

    impl RowSource for Given {
        fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
            rows.clear();
            if self.0.is_empty() {
                return Ok(false);
            }
            for (stamp, value) in self.0.remove(0) {
                rows.stamp.push(stamp);
                rows.axes.push([value; 3]);
                rows.line.push(1);
            }
            Ok(true)
        }
    }

    #[test]
    fn only_stamps_of_both_are_added() {
        let a = Given(vec![
            vec![(1, 0.5), (2, 0.5)],
            vec![],
            vec![(4, 0.5), (5, 0.5)],
        ]);
        let b = Given(vec![vec![(2, 1.0)], vec![(3, 1.0), (4, 2.0)]]);
        let mut summed = SummedRows::new(Box::new(a), Box::new(b));
        let mut rows = Rows::default();
        assert!(summed.next_rows(&mut rows).unwrap());
        assert_eq!(rows.stamp, [2, 4]);
        assert_eq!(rows.axes, [[1.5; 3], [2.5; 3]]);
        assert_eq!(rows.skipped, 2);
    }
}
