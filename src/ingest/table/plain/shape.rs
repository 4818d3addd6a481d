//! How a number looked last, and the next one read as if it looked the same.

use super::WINDOW;
use crate::ingest::number::{self, digits};

/// Which byte of a number of known shape is the decimal mark.
pub(super) const MARK_AT: usize = 1;

/// A number that does not look like the one above it.
#[inline(never)]
pub(super) fn other_number(
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
pub(super) struct Shape {
    /// All of it, without a sign.
    pub length: usize,
    /// 10 to the number of decimals, below one. What is multiplied with it is what a division gives once it is rounded to
    /// `f32`: below 10^7 no quotient lies so near to where rounding turns.
    pub factor: f64,
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
    pub(super) fn new(mark: u8, decimals: usize) -> Self {
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
            signs: byte(|at| if at == MARK_AT { 0 } else { b'0' }) | u64::from(mark) << 8,
            above: byte(|at| if at == MARK_AT { 0x7F } else { 0x76 }) & seen,
            highest: 0x8080_8080_8080_8080 & seen,
        }
    }

    /// How many figures it has.
    pub(super) fn n_figures(&self) -> usize {
        self.length - 1
    }

    /// The number, if the word begins with such a one.
    #[inline(always)]
    pub(super) fn read(&self, word: u64) -> Option<f64> {
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
