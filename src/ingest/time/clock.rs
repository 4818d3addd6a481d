//! A clock of a table: in which columns it stands, what their cells hold, and what it said in the rows looked at.

use super::format::TimeFormat;
use super::shape::{Shape, shape_of};
use super::stamp::StampParser;
use crate::ingest::table::heading::Heading;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::stamp_column::StampColumn;

/// A column that can serve as a clock.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Clock {
    pub column: usize,
    pub format: TimeFormat,
    /// Stamps of the rows looked at, in nanoseconds.
    pub ns: Vec<i64>,
    pub shape: Shape,
    /// The evidence, as a phrase.
    pub because: String,
    /// Whether cells carry an offset from UTC, and which the first has.
    pub offset_s: Option<i32>,
    /// Whether the name says that a date and time without an offset is UTC.
    pub says_utc: bool,
    /// Columns whose cells go on where this one's end.
    pub joined: Vec<usize>,
    /// The column with the time of day, where this one holds the date alone, or with the rest of the second.
    pub added: Option<(usize, TimeFormat)>,
    /// The tick was chosen by the rate that it makes, not by a word or by the size of the values.
    pub guessed: bool,
}

impl Clock {
    /// How its stamps are read from rows; `None` where there is nothing to read.
    pub(in crate::ingest) fn columns(&self, mark: u8) -> Option<StampColumn> {
        columns(
            self.column,
            &self.format,
            &self.joined,
            self.added.as_ref(),
            mark,
        )
    }

    /// Whether it counts or shows UTC.
    pub(in crate::ingest) fn is_utc(&self) -> bool {
        match &self.format {
            TimeFormat::Epoch(_) => true,
            TimeFormat::Civil(format) => {
                self.offset_s.is_some() || format.has_date() && self.says_utc
            }
            TimeFormat::Since(zero, _) => zero.is_utc() || self.says_utc,
            _ => false,
        }
    }

    /// Whether it says when, not only how far apart.
    pub(in crate::ingest) fn is_absolute(&self) -> bool {
        match &self.format {
            TimeFormat::Civil(format) => format.has_date(),
            TimeFormat::Epoch(_) | TimeFormat::Since(..) => true,
            _ => false,
        }
    }
}

/// Whether the name of a column says that its clock shows UTC.
pub(super) fn says_utc(sketch: &Sketch, column: usize) -> bool {
    sketch.headings.get(column).is_some_and(Heading::says_utc)
}

/// Stamps since the first of them; what lies centuries apart is as far as a number can say.
pub(super) fn since_first(ns: &[i64]) -> Vec<f64> {
    let first = ns.first().copied().unwrap_or(0);
    ns.iter().map(|v| v.saturating_sub(first) as f64).collect()
}

/// Columns that hold a clock together.
#[derive(Debug)]
pub(super) struct Together {
    pub column: usize,
    pub format: TimeFormat,
    /// Columns whose cells go on where the first one's end.
    pub joined: Vec<usize>,
    /// The time of day, where the first holds the date alone, or the rest of the second.
    pub added: Option<(usize, TimeFormat)>,
    /// The evidence, as a phrase.
    pub because: String,
}

impl Together {
    /// As one clock; `None` where no rows are read so.
    pub(super) fn clock(self, sketch: &Sketch) -> Option<Clock> {
        let mark = sketch.dialect.decimal.byte();
        let added = self.added.as_ref();
        let mut columns = columns(self.column, &self.format, &self.joined, added, mark)?;
        let rows = sketch.last_rows_from.max(2).min(sketch.n_rows());
        let ns: Vec<i64> = (0..rows)
            .filter_map(|row| columns.read(sketch.row(row)).ok())
            .collect();
        Some(Clock {
            column: self.column,
            format: self.format,
            shape: shape_of(&since_first(&ns))?,
            ns,
            because: self.because,
            offset_s: None,
            says_utc: columns.columns().any(|column| says_utc(sketch, column)),
            joined: self.joined,
            added: self.added,
            guessed: false,
        })
    }
}

fn columns(
    column: usize,
    format: &TimeFormat,
    joined: &[usize],
    added: Option<&(usize, TimeFormat)>,
    mark: u8,
) -> Option<StampColumn> {
    let added = match added {
        Some((column, format)) => Some((*column, StampParser::new(format, mark)?)),
        None => None,
    };
    let first = StampColumn::new(column, StampParser::new(format, mark)?);
    Some(first.joined_with(joined).plus(added))
}
