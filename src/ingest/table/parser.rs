//! Lines into rows: the loop that every byte of a night goes through.
//!
//! A plain cell is read where it stands. Whatever is not plain (quotes, words, empty cells) goes through the careful
//! way, once for that line.

use super::cells::{self, Cell, split};
use super::dialect::{Delimiter, Dialect};
use super::lost;
use super::plain::PlainLines;
use super::stamp_column::{NoStamp, StampColumn};
use super::unsigned::Unsigned;
use crate::ingest::number;
use crate::ingest::rows::Rows;
use crate::ingest::text::excerpt;

/// What is taken from a line.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct RowParser {
    pub dialect: Dialect,
    pub axes: [usize; 3],
    /// Three columns to be added to the axes: gravity beside user acceleration.
    pub plus: Option<[usize; 3]>,
    /// The count that means zero.
    pub zero: f32,
    /// Numbers that lost their sign.
    pub unsigned: Option<Unsigned>,
    pub stamp: Option<StampColumn>,
    pub wall: Option<StampColumn>,
    /// Rows of one device, or one sensor, only: columns and their texts.
    pub only: Vec<(usize, Vec<u8>)>,
    /// The header, to know it when it comes again.
    pub header: Vec<u8>,
    /// Three times a number below this is a packet that was lost.
    pub lost_below: Option<f32>,
    plan: Vec<Role>,
    /// Where the columns are a clock, or none, and three axes in a row.
    plain: Option<PlainLines>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Pass,
    Stamp,
    Axis(usize),
    Slow,
}

enum Fate {
    Sample,
    NoSample,
    /// A word says that there is no value.
    Missing,
    Unparsable,
}

impl From<NoStamp> for Fate {
    fn from(reason: NoStamp) -> Self {
        match reason {
            NoStamp::Missing => Self::NoSample,
            NoStamp::Unparsable => Self::Unparsable,
        }
    }
}

impl RowParser {
    /// Settles which column is read how. To be called once, after the public fields are set.
    pub(in crate::ingest) fn new(
        dialect: Dialect,
        axes: [usize; 3],
        stamp: Option<StampColumn>,
        wall: Option<StampColumn>,
    ) -> Self {
        Self {
            dialect,
            axes,
            plus: None,
            zero: 0.0,
            unsigned: None,
            stamp,
            wall,
            only: Vec::new(),
            header: Vec::new(),
            lost_below: None,
            plan: Vec::new(),
            plain: None,
        }
    }

    /// Whether rows have no clock: then their stamps are 0 here, and whoever knows the rows before numbers them.
    pub(in crate::ingest) fn counts_rows(&self) -> bool {
        self.stamp.is_none()
    }

    /// Whether a copy reads what follows as this one does: no clock waits for its first cell.
    pub(in crate::ingest) fn is_settled(&self) -> bool {
        [&self.stamp, &self.wall]
            .into_iter()
            .flatten()
            .all(StampColumn::is_settled)
    }

    /// Reads whole lines into rows; they are numbered from 1.
    pub(in crate::ingest) fn read(&mut self, bytes: &[u8], rows: &mut Rows) {
        if self.plan.is_empty() {
            self.plan = self.roles();
            self.plain = self.plain_lines();
        }
        let first = rows.len();
        let mut line_number = 1;
        let mut at = 0;
        let mut cells = Vec::new();
        while at < bytes.len() {
            if let Some(plain) = &mut self.plain {
                let before = rows.len();
                let clock = self.stamp.as_ref().map(|stamp| &stamp.parser);
                at = plain.read(bytes, at, line_number, clock, rows);
                line_number += (rows.len() - before) as u64;
                if at == bytes.len() {
                    break;
                }
            }
            if let Some(next) = self.fast(bytes, at, line_number, rows) {
                at = next;
                line_number += 1;
                continue;
            }
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            let mut line = &bytes[at..end];
            if let [head @ .., b'\r'] = line {
                line = head;
            }
            split(line, self.dialect.delimiter, &mut cells);
            match self.careful(line, &cells, line_number, rows) {
                Fate::Sample => {}
                Fate::Missing => {
                    rows.skipped += 1;
                    rows.missing += 1;
                }
                Fate::NoSample => {
                    rows.skipped += u64::from(!line.trim_ascii().is_empty());
                    if self.counts_rows() {
                        rows.no_rows.push(line_number);
                    }
                }
                Fate::Unparsable => {
                    rows.unparsable += 1;
                    rows.first_unparsable
                        .get_or_insert_with(|| (line_number, excerpt(line)));
                }
            }
            cells.clear();
            line_number += 1;
            at = end + 1;
        }
        rows.lines += line_number - 1;
        if let Some(below) = self.lost_below {
            lost::take_out(rows, first, below);
        }
    }

    fn plain_lines(&self) -> Option<PlainLines> {
        let Delimiter::Byte(delimiter) = self.dialect.delimiter else {
            return None;
        };
        let mark = self.dialect.decimal.byte();
        match self.plan[..] {
            _ if self.zero != 0.0 || self.unsigned.is_some() => None,
            [Role::Axis(a), Role::Axis(b), Role::Axis(c)] if self.stamp.is_none() => {
                Some(PlainLines::new(delimiter, mark, 0, [a, b, c]))
            }
            [
                Role::Stamp,
                ref between @ ..,
                Role::Axis(a),
                Role::Axis(b),
                Role::Axis(c),
            ] if between.iter().all(|role| *role == Role::Pass) => {
                Some(PlainLines::new(delimiter, mark, between.len(), [a, b, c]))
            }
            _ => None,
        }
    }

    fn roles(&self) -> Vec<Role> {
        let mut needed: Vec<usize> = self.axes.to_vec();
        needed.extend(self.plus.into_iter().flatten());
        for clock in [&self.stamp, &self.wall].into_iter().flatten() {
            needed.extend(clock.columns());
        }
        needed.extend(self.only.iter().map(|(column, _)| *column));
        let last = needed.iter().copied().max().unwrap_or(0);
        let plain = self.plus.is_none()
            && self.wall.is_none()
            && self.only.is_empty()
            && self.stamp.as_ref().is_none_or(StampColumn::is_one_cell)
            && matches!(self.dialect.delimiter, Delimiter::Byte(_));
        (0..=last)
            .map(|column| {
                if !plain {
                    Role::Slow
                } else if let Some(axis) = self.axes.iter().position(|c| *c == column) {
                    Role::Axis(axis)
                } else if self
                    .stamp
                    .as_ref()
                    .is_some_and(|stamp| stamp.column == column)
                {
                    Role::Stamp
                } else {
                    Role::Pass
                }
            })
            .collect()
    }

    /// The plain line, which begins at `at`: every needed cell a bare number or clock. Gives where the next line begins;
    /// `None` leaves everything to the careful way.
    #[inline]
    fn fast(
        &mut self,
        bytes: &[u8],
        at: usize,
        line_number: u64,
        rows: &mut Rows,
    ) -> Option<usize> {
        let Delimiter::Byte(delimiter) = self.dialect.delimiter else {
            return None;
        };
        let mark = self.dialect.decimal.byte();
        let mut axes = [0f32; 3];
        let mut stamp = 0;
        let mut at = at;
        for (column, role) in self.plan.iter().enumerate() {
            if column > 0 {
                // the cell before ended at its delimiter
                if bytes.get(at) != Some(&delimiter) {
                    return None;
                }
                at += 1;
            }
            match role {
                Role::Axis(axis) => {
                    while bytes.get(at) == Some(&b' ') {
                        at += 1;
                    }
                    let (value, end) = number::scan_value(bytes, at, mark)?;
                    if let Some(slot) = axes.get_mut(*axis) {
                        *slot = value as f32;
                    }
                    at = end;
                }
                Role::Stamp => {
                    let clock = self.stamp.as_mut()?;
                    (stamp, at) = clock.parser.parse_at(bytes, at, delimiter)?;
                }
                Role::Pass => {
                    let end = cells::plain_end(bytes, at, delimiter);
                    if bytes[at..end].contains(&b'"') {
                        return None;
                    }
                    at = end;
                }
                Role::Slow => return None,
            }
        }
        let next = match bytes.get(at) {
            None => at,
            Some(b'\n') => at + 1,
            Some(b'\r') if bytes.get(at + 1).is_none_or(|byte| *byte == b'\n') => at + 2,
            Some(byte) if *byte == delimiter => {
                memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1)
            }
            _ => return None,
        };
        if !axes.iter().all(|v| v.is_finite()) {
            return None;
        }
        self.push(stamp, None, axes, line_number, rows);
        Some(next)
    }

    fn push(
        &mut self,
        stamp: i64,
        wall: Option<i64>,
        mut axes: [f32; 3],
        line: u64,
        rows: &mut Rows,
    ) {
        if let Some(unsigned) = self.unsigned {
            axes = axes.map(|v| unsigned.signed(v));
        }
        if self.zero != 0.0 {
            axes.iter_mut().for_each(|v| *v -= self.zero);
        }
        rows.stamp.push(stamp);
        if let Some(wall) = wall {
            rows.wall.push(wall);
        }
        rows.axes.push(axes);
        rows.line.push(line);
    }

    fn careful(&mut self, line: &[u8], cells: &[Cell], line_number: u64, rows: &mut Rows) -> Fate {
        if line.trim_ascii().is_empty() || line.starts_with(b"#") || self.is_header(line) {
            return Fate::NoSample;
        }
        let is_other = |(column, text): &(usize, Vec<u8>)| {
            let cell = cells.get(*column);
            cell.is_none_or(|cell| cell.bytes != text.as_slice())
        };
        if self.only.iter().any(is_other) {
            return Fate::NoSample;
        }
        let mut axes = [0f32; 3];
        let columns = self
            .axes
            .iter()
            .zip(0..)
            .chain(self.plus.iter().flatten().zip(0..));
        let (mut missing, mut said) = (0, false);
        for (column, axis) in columns {
            let Some(cell) = cells.get(*column) else {
                return if cells
                    .iter()
                    .any(|cell| cell.is_number(self.dialect.decimal))
                {
                    Fate::Unparsable
                } else {
                    Fate::NoSample
                };
            };
            if cell.is_missing() {
                missing += 1;
                said |= !cell.bytes.is_empty();
                continue;
            }
            let Some(number) = number::parse(cell.bytes, self.dialect.decimal.byte()) else {
                return Fate::Unparsable;
            };
            let value: &mut f32 = &mut axes[axis % 3];
            *value += number.to_f64() as f32;
        }
        if missing > 0 {
            // a row of another sensor has none of the three; where rows are counted one that holds nothing is a sample's
            let own = self
                .axes
                .iter()
                .filter(|column| cells[**column].is_missing());
            let holds_nothing = || cells.iter().all(Cell::is_missing);
            let is_own = said || (1..3).contains(&own.count());
            return match is_own || self.counts_rows() && holds_nothing() {
                true => Fate::Missing,
                false => Fate::NoSample,
            };
        }
        if !axes.iter().all(|v| v.is_finite()) {
            return Fate::Unparsable;
        }
        let mut stamp = 0;
        if let Some(clock) = &mut self.stamp {
            match clock.read(cells) {
                Ok(ns) => stamp = ns,
                Err(reason) => return reason.into(),
            }
        }
        let mut wall = None;
        if let Some(clock) = &mut self.wall {
            match clock.read(cells) {
                Ok(ns) => wall = Some(ns),
                Err(reason) => return reason.into(),
            }
        }
        self.push(stamp, wall, axes, line_number, rows);
        Fate::Sample
    }

    fn is_header(&self, line: &[u8]) -> bool {
        !self.header.is_empty() && line.trim_ascii() == self.header.trim_ascii()
    }
}

#[cfg(test)]
mod tests;
