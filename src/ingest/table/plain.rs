//! The plainest lines there are: a clock, if any, then three axes. Nearly every night consists of nothing else.
//!
//! Reading a cell takes a few steps, waiting for where the cell before ends takes longer. So each number is taken to look
//! like the one above it, which a processor guesses ahead; only the sign is looked at first, as that of noise cannot be
//! guessed. Once some lines in a row looked alike, the three numbers of the next are read at once. A line that is not plain
//! ends the run, and is read the careful way.

mod shape;
mod three;

use fearless_simd::{Level, Simd, dispatch};

use crate::ingest::rows::Rows;
use crate::ingest::time::stamp::StampParser;
use shape::{Shape, other_number};
use three::Three;

/// So much of a line is looked at; longer ones are not plain.
const WINDOW: usize = 128;
/// So many lines are read before their rows are put away.
const BATCH: usize = 32;
/// After so many lines that looked like the one above, three numbers are read at once: where shapes change every other
/// line, that would be one more thing to be wrong about.
const ALIKE: u32 = 8;

/// How plain lines of a table look.
#[derive(Debug, Clone)]
pub(super) struct PlainLines {
    delimiter: u8,
    /// The decimal mark.
    mark: u8,
    /// How many cells between the clock and the axes mean nothing.
    between: usize,
    /// Which of the three numbers each axis is.
    order: [usize; 3],
    /// How each number looked last.
    shapes: [Shape; 3],
    three: Three,
    /// How many lines in a row looked like the one above.
    alike: u32,
}

/// Samples on their way from lines to rows.
struct Batch {
    stamps: [i64; BATCH],
    /// As the numbers stand in a line.
    numbers: [[f32; 3]; BATCH],
    n: usize,
}

impl PlainLines {
    /// Lines whose first cell is a clock and of whose others three in a row are these axes, or of nothing but such a three.
    pub(super) fn new(delimiter: u8, mark: u8, between: usize, axes: [usize; 3]) -> Self {
        let mut order = [0; 3];
        for (number, axis) in axes.into_iter().enumerate() {
            if let Some(place) = order.get_mut(axis) {
                *place = number;
            }
        }
        let shapes = [Shape::new(mark, 6); 3];
        Self {
            delimiter,
            mark,
            between,
            order,
            three: Three::of(&shapes, mark),
            shapes,
            alike: 0,
        }
    }

    /// Reads plain lines from `at` on, as many as follow each other, the first of them with this number. Gives where they
    /// end.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        mut at: usize,
        first_line: u64,
        clock: Option<&StampParser>,
        rows: &mut Rows,
    ) -> usize {
        let before = rows.axes.len();
        let mut batch = Batch {
            stamps: [0; BATCH],
            numbers: [[0.0; 3]; BATCH],
            n: 0,
        };
        let [a, b, c] = self.order;
        loop {
            at = match clock {
                Some(clock) => dispatch!(Level::new(), simd => {
                    self.fill(simd, &mut batch, bytes, at, Lead::Clock(clock))
                }),
                None => {
                    dispatch!(Level::new(), simd => self.fill(simd, &mut batch, bytes, at, Lead::None))
                }
            };
            let numbers = &batch.numbers[..batch.n];
            rows.stamp.extend_from_slice(&batch.stamps[..batch.n]);
            match self.order {
                [0, 1, 2] => rows.axes.extend_from_slice(numbers),
                _ => rows
                    .axes
                    .extend(numbers.iter().map(|of| [of[a], of[b], of[c]])),
            }
            if batch.n < BATCH {
                break;
            }
        }
        let n = (rows.axes.len() - before) as u64;
        rows.line.extend(first_line..first_line + n);
        at
    }

    /// Reads plain lines until the batch is full; where they end.
    #[inline(always)]
    fn fill<S: Simd>(
        &mut self,
        simd: S,
        batch: &mut Batch,
        bytes: &[u8],
        mut at: usize,
        lead: Lead,
    ) -> usize {
        batch.n = 0;
        while batch.n < BATCH
            && let Some(line) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WINDOW>)
            && let Some((stamp, from)) = self.lead(line, &lead)
        {
            let behind = usize::from(matches!(lead, Lead::Clock(_)));
            let at_once = match self.alike >= ALIKE {
                true => self.three_at_once(simd, line, from, behind),
                false => None,
            };
            let found = match at_once {
                None => self.one_by_one(line, from, behind),
                found => found,
            };
            let Some((numbers, end)) = found else {
                break;
            };
            at = match line.get(end) {
                Some(b'\n') => at + end + 1,
                Some(b'\r') if line.get(end + 1) == Some(&b'\n') => at + end + 2,
                Some(byte) if *byte == self.delimiter => {
                    // what else is written in the line
                    memchr::memchr(b'\n', &bytes[at + end..])
                        .map_or(bytes.len(), |n| at + end + n + 1)
                }
                _ => break,
            };
            batch.stamps[batch.n] = stamp;
            batch.numbers[batch.n] = numbers;
            batch.n += 1;
        }
        at
    }

    /// The clock, and where it ends or what means nothing behind it.
    #[inline(always)]
    fn lead(&self, line: &[u8; WINDOW], lead: &Lead) -> Option<(i64, usize)> {
        let Lead::Clock(clock) = lead else {
            return Some((0, 0));
        };
        let (stamp, mut end) = clock.parse_in(line, self.delimiter)?;
        for _ in 0..self.between {
            let cell = line.get(end + 1..)?;
            let length = memchr::memchr3(self.delimiter, b'"', b'\n', cell)?;
            if line[end] != self.delimiter || cell[length] != self.delimiter {
                return None;
            }
            end += 1 + length;
        }
        Some((stamp, end))
    }

    /// Three numbers from `at` on that look like those above them, and where they end: what stands there is the caller's to
    /// look at. A delimiter stands before the first where `behind` is 1.
    #[inline(always)]
    fn three_at_once<S: Simd>(
        &self,
        simd: S,
        line: &[u8; WINDOW],
        at: usize,
        behind: usize,
    ) -> Option<([f32; 3], usize)> {
        let (x, minus_x, at) = self.word(line, at, behind, 0)?;
        let (y, minus_y, at) = self.word(line, at, 1, 1)?;
        let (z, minus_z, at) = self.word(line, at, 1, 2)?;
        let minus = [minus_x, minus_y, minus_z];
        let [x, y, z, _] = self.three.read(simd, [x, y, z], minus)?;
        Some(([x, y, z], at))
    }

    /// The word with which a number begins behind its sign, whether that is a minus, and where it ends.
    #[inline(always)]
    fn word(
        &self,
        line: &[u8; WINDOW],
        at: usize,
        behind: usize,
        which: usize,
    ) -> Option<(u64, bool, usize)> {
        let cell: &[u8; 16] = line.get(at..)?.first_chunk()?;
        if behind == 1 && cell[0] != self.delimiter {
            return None;
        }
        let minus = cell[behind] == b'-';
        let first = behind + usize::from(minus);
        let word = u64::from_le_bytes(*cell[first..].first_chunk()?);
        Some((word, minus, at + first + self.shapes[which].length))
    }

    /// The same, whatever the numbers look like.
    #[inline(always)]
    fn one_by_one(
        &mut self,
        line: &[u8; WINDOW],
        at: usize,
        behind: usize,
    ) -> Option<([f32; 3], usize)> {
        // a shape that changes in a line that is not plain ends the row, too
        let alike = std::mem::take(&mut self.alike);
        let (x, like_x, at) = self.number(line, at, behind, 0)?;
        let (y, like_y, at) = self.number(line, at, 1, 1)?;
        let (z, like_z, at) = self.number(line, at, 1, 2)?;
        self.alike = match like_x & like_y & like_z {
            true => alike.saturating_add(1),
            false => 0,
        };
        if self.alike == ALIKE {
            self.three = Three::of(&self.shapes, self.mark);
        }
        Some(([x, y, z], at))
    }

    /// A number, whether it looks like the one above it, and where it ends.
    #[inline(always)]
    fn number(
        &mut self,
        line: &[u8; WINDOW],
        at: usize,
        behind: usize,
        which: usize,
    ) -> Option<(f32, bool, usize)> {
        let (word, minus, end) = self.word(line, at, behind, which)?;
        let shape = &mut self.shapes[which];
        if let Some(size) = shape.read(word) {
            let number = f64::from_bits(size.to_bits() | u64::from(minus) << 63);
            return Some((number as f32, true, end));
        }
        let (number, end) = other_number(shape, self.mark, line, at + behind)?;
        Some((number, false, end))
    }
}

/// What stands before the numbers of a line.
enum Lead<'a> {
    Clock(&'a StampParser),
    None,
}
