//! The plainest lines there are: a clock, if any, then three axes. Nearly every night consists of nothing else.
//!
//! Reading a cell takes a few steps, waiting for where the cell before ends takes longer. So each number is taken to look
//! like the one above it, which a processor guesses ahead; only the sign is looked at first, as that of noise cannot be
//! guessed. A line that is not plain ends the run, and is read the careful way.

use crate::ingest::number::{self, digits};
use crate::ingest::rows::Rows;
use crate::ingest::time::stamp::StampParser;

/// So much of a line is looked at; longer ones are not plain.
const WINDOW: usize = 128;

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
        Self {
            delimiter,
            mark,
            between,
            order,
            shapes: [Shape::new(mark, 6); 3],
        }
    }

    /// Reads plain lines from `at` on, as many as follow each other, the first of them with this number. Gives where they
    /// end.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        at: usize,
        first_line: u64,
        clock: Option<&StampParser>,
        rows: &mut Rows,
    ) -> usize {
        let (before, mut at) = (rows.axes.len(), at);
        let [a, b, c] = self.order;
        while let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WINDOW>) {
            let lead = match clock {
                Some(clock) => self.clock_and_number(window, clock),
                None => self.number::<0>(0, window, 0).map(|number| (0, number)),
            };
            let Some((stamp, (x, end))) = lead else {
                break;
            };
            let Some((y, end)) = self.number::<1>(1, window, end) else {
                break;
            };
            let Some((z, end)) = self.number::<1>(2, window, end) else {
                break;
            };
            let next = match window.get(end) {
                Some(b'\n') => at + end + 1,
                Some(b'\r') if window.get(end + 1) == Some(&b'\n') => at + end + 2,
                Some(byte) if *byte == self.delimiter => {
                    // what else is written in the line
                    memchr::memchr(b'\n', &bytes[at + end..])
                        .map_or(bytes.len(), |n| at + end + n + 1)
                }
                _ => break,
            };
            let numbers = [x, y, z];
            rows.stamp.push(stamp);
            rows.axes.push([numbers[a], numbers[b], numbers[c]]);
            at = next;
        }
        let n = (rows.axes.len() - before) as u64;
        rows.line.extend(first_line..first_line + n);
        at
    }

    /// The clock and the first number, and where that ends.
    #[inline(always)]
    fn clock_and_number(
        &mut self,
        line: &[u8; WINDOW],
        clock: &StampParser,
    ) -> Option<(i64, (f32, usize))> {
        let (stamp, mut end) = clock.parse_in(line, self.delimiter)?;
        for _ in 0..self.between {
            let cell = line.get(end + 1..)?;
            let length = memchr::memchr3(self.delimiter, b'"', b'\n', cell)?;
            if line[end] != self.delimiter || cell[length] != self.delimiter {
                return None;
            }
            end += 1 + length;
        }
        Some((stamp, self.number::<1>(0, line, end)?))
    }

    /// The number at `at`, behind a delimiter there (`BEHIND` is 1) or without (0), and where it ends: what stands there
    /// is the caller's to look at.
    #[inline(always)]
    fn number<const BEHIND: usize>(
        &mut self,
        which: usize,
        line: &[u8; WINDOW],
        at: usize,
    ) -> Option<(f32, usize)> {
        let cell: &[u8; 16] = line.get(at..)?.first_chunk()?;
        if BEHIND == 1 && cell[0] != self.delimiter {
            return None;
        }
        let shape = &mut self.shapes[which];
        let negative = cell[BEHIND] == b'-';
        let first = BEHIND + usize::from(negative);
        let word = u64::from_le_bytes(*cell[first..].first_chunk()?);
        match shape.read(word) {
            Some(size) => Some((
                f64::from_bits(size.to_bits() | u64::from(negative) << 63) as f32,
                at + first + shape.length,
            )),
            None => other_number(shape, self.mark, line, at + BEHIND),
        }
    }
}

/// A number that does not look like the one above it.
#[inline(never)]
fn other_number(
    shape: &mut Shape,
    mark: u8,
    line: &[u8; WINDOW],
    at: usize,
) -> Option<(f32, usize)> {
    let at = at + usize::from(*line.get(at)? == b' ');
    let (number, end) = number::scan(line, at, mark)?;
    let decimals = usize::try_from(-number.exponent).unwrap_or(0);
    if (1..=6).contains(&decimals) {
        *shape = Shape::new(mark, decimals);
    }
    let value = number.to_f64() as f32;
    value.is_finite().then_some((value, end))
}

/// One digit, the mark and so many decimals, as a word holds them.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// All of it, without a sign.
    length: usize,
    /// 10 to the number of decimals, below one. What is multiplied with it is what a division gives once it is rounded to
    /// `f32`: below 10^7 no quotient lies so near to where rounding turns.
    factor: f64,
    /// Bits behind the digits.
    behind: u32,
    /// What is left of it is the digits' values, and zero for the mark.
    signs: u64,
    /// Added to a byte that is not as it should be it sets the byte's highest bit, …
    above: u64,
    /// … which is one of these.
    highest: u64,
}

impl Shape {
    fn new(mark: u8, decimals: usize) -> Self {
        let byte = |of: fn(usize) -> u8| {
            let bytes: [u8; 8] = std::array::from_fn(of);
            u64::from_le_bytes(bytes)
        };
        let decimals = decimals.min(6);
        let seen = u64::MAX >> (48 - 8 * decimals);
        Self {
            length: decimals + 2,
            factor: 1.0 / 10f64.powi(decimals as i32),
            behind: 56 - 8 * decimals as u32,
            signs: byte(|at| if at == 1 { 0 } else { b'0' }) | u64::from(mark) << 8,
            above: byte(|at| if at == 1 { 0x7F } else { 0x76 }) & seen,
            highest: 0x8080_8080_8080_8080 & seen,
        }
    }

    /// The number, if the word begins with such a one.
    #[inline(always)]
    fn read(&self, word: u64) -> Option<f64> {
        let digits = word ^ self.signs;
        let others = (digits.wrapping_add(self.above) | digits) & self.highest;
        if others != 0 {
            return None;
        }
        let mantissa = digits::eight((digits >> 16 << 8 | digits & 0xFF) << (self.behind & 63));
        Some(mantissa as i64 as f64 * self.factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn a_shape_reads_what_the_standard_library_reads_and_nothing_else() {
        let mut noise = Noise::new(17);
        for decimals in 1..=6usize {
            let shape = Shape::new(b'.', decimals);
            for _ in 0..2_000 {
                let n = noise.between(0, 10usize.pow(decimals as u32 + 1) - 1);
                let digits = format!("{n:0width$}", width = decimals + 1);
                let mut text = format!("{}.{},x,y,z", &digits[..1], &digits[1..]).into_bytes();
                let word = |text: &[u8]| u64::from_le_bytes(*text.first_chunk().unwrap());
                let number = std::str::from_utf8(&text[..decimals + 2]).unwrap();
                let found = shape.read(word(&text)).map(|value| value as f32);
                assert_eq!(found, number.parse().ok(), "{digits}");
                // any other byte in its place
                let place = noise.between(0, decimals + 1);
                let byte = noise.between(0, 255) as u8;
                let fits = match place {
                    1 => byte == b'.',
                    _ => byte.is_ascii_digit(),
                };
                text[place] = byte;
                assert_eq!(shape.read(word(&text)).is_some(), fits, "{text:?}");
            }
        }
    }

    #[test]
    fn every_number_a_shape_can_hold_is_the_quotient() {
        for decimals in 1..=6 {
            let (shape, divisor) = (Shape::new(b'.', decimals), 10f64.powi(decimals as i32));
            for mantissa in 0..10i32.pow(decimals as u32 + 1) {
                let mantissa = f64::from(mantissa);
                let (product, quotient) = (mantissa * shape.factor, mantissa / divisor);
                assert_eq!(product as f32, quotient as f32, "{mantissa} {decimals}");
            }
        }
    }
}
