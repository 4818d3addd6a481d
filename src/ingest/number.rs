//! Decimal numbers out of bytes: exact digits first, floats and whole ticks from them.
//!
//! Times need all their digits (nanosecond epochs have nineteen, an `f64` holds sixteen), so a cell is read as a
//! whole mantissa and a power of ten. Values become `f32` by one division of exact numbers.

pub(super) mod digits;

/// A decimal number as written: `mantissa × 10^exponent`, with its sign apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub negative: bool,
    /// The first nineteen significant digits.
    pub mantissa: u64,
    pub exponent: i32,
    /// Digits written before any exponent, leading zeros too.
    pub digits: u32,
    /// Whether an exponent was written.
    pub scientific: bool,
}

/// Powers of ten that an `f64` holds exactly.
const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

impl Number {
    /// The nearest `f64`, or within two units in the last place where more than 19 digits or large exponents are written.
    #[inline]
    pub(super) fn to_f64(self) -> f64 {
        let mantissa = self.mantissa as f64;
        let size = match self.exponent {
            0 => mantissa,
            e @ 1..=22 => mantissa * EXACT[e as usize],
            e @ -22..=-1 => mantissa / EXACT[-e as usize],
            e if e < -330 || self.mantissa == 0 => 0.0,
            e => mantissa * 10f64.powi(e.min(400)),
        };
        if self.negative { -size } else { size }
    }

    /// The number times `numerator / denominator`, rounded to the nearest whole; `None` beyond `i128`.
    pub(super) fn scaled(self, numerator: u64, denominator: u64) -> Option<i128> {
        let mut value = i128::from(self.mantissa).checked_mul(i128::from(numerator))?;
        let mut divisor = i128::from(denominator);
        if self.exponent >= 0 {
            if value != 0 {
                value = value.checked_mul(10i128.checked_pow(self.exponent.unsigned_abs())?)?;
            }
        } else if let Some(power) = 10i128.checked_pow(self.exponent.unsigned_abs()) {
            divisor = divisor.checked_mul(power)?;
        } else {
            return Some(0);
        }
        let rounded = value.checked_add(divisor / 2)? / divisor;
        Some(if self.negative { -rounded } else { rounded })
    }

    /// Whether the number is whole as written.
    pub(super) fn is_whole(self) -> bool {
        self.exponent >= 0 && !self.scientific
    }
}

/// Reads a number that begins at `at`; returns it and the index after it. `mark` is the decimal mark.
#[inline]
pub(super) fn scan(bytes: &[u8], at: usize, mark: u8) -> Option<(Number, usize)> {
    let sign = bytes.get(at).copied().unwrap_or(0);
    let negative = sign == b'-';
    let first = at + usize::from(negative | (sign == b'+'));
    let (mut mantissa, mut i) = digits::read(bytes, first, 0);
    let mut digits = i - first;
    let mut exponent = 0i32;
    if bytes.get(i) == Some(&mark) {
        let fraction = i + 1;
        (mantissa, i) = digits::read(bytes, fraction, mantissa);
        digits += i - fraction;
        exponent = -i32::try_from(i - fraction).ok()?;
    }
    if digits == 0 {
        return None;
    }
    if digits > 19 {
        (mantissa, exponent) = long_digits(bytes, first, i, mark)?;
    }
    let mut scientific = false;
    if let Some(b'e' | b'E') = bytes.get(i)
        && let Some((power, after)) = scan_exponent(bytes, i + 1)
    {
        exponent = exponent.checked_add(power)?;
        scientific = true;
        i = after;
    }
    let number = Number {
        negative,
        mantissa,
        exponent,
        digits: u32::try_from(digits).ok()?,
        scientific,
    };
    Some((number, i))
}

/// [`scan`] for what exports write a million times, one digit, the mark and up to six decimals: its value at once, and
/// the index after it. Everything else is left to [`scan`].
#[inline(always)]
pub(super) fn scan_value(bytes: &[u8], at: usize, mark: u8) -> Option<(f64, usize)> {
    if let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk::<16>) {
        // the sign moves where is read and is set at the end, both without a branch: that of noise is no more to be
        // foreseen than a coin
        let negative = window[0] == b'-';
        let first = usize::from(negative | (window[0] == b'+'));
        if let Some(fixed) = digits::Fixed::of(window, first, mark) {
            let size = fixed.mantissa as i64 as f64 / EXACT[fixed.decimals & 7];
            let value = f64::from_bits(size.to_bits() | u64::from(negative) << 63);
            return Some((value, at + first + 2 + fixed.decimals));
        }
    }
    scan(bytes, at, mark).map(|(number, end)| (number.to_f64(), end))
}

/// The whole cell as a number; blanks around it are allowed.
pub(super) fn parse(cell: &[u8], mark: u8) -> Option<Number> {
    let cell = cell.trim_ascii();
    let (number, end) = scan(cell, 0, mark)?;
    (end == cell.len()).then_some(number)
}

#[inline(always)]
fn digit_at(bytes: &[u8], at: usize) -> Option<u64> {
    let digit = bytes.get(at)?.wrapping_sub(b'0');
    (digit < 10).then_some(u64::from(digit))
}

/// The first nineteen significant digits of a longer number and the exponent that goes with them.
fn long_digits(bytes: &[u8], first: usize, end: usize, mark: u8) -> Option<(u64, i32)> {
    let mut mantissa = 0u64;
    let mut kept = 0;
    let mut exponent = 0i32;
    let mut after_mark = false;
    for &byte in bytes.get(first..end)? {
        if byte == mark {
            after_mark = true;
            continue;
        }
        let digit = u64::from(byte.wrapping_sub(b'0'));
        if kept < 19 {
            mantissa = mantissa * 10 + digit;
            kept += usize::from(mantissa > 0);
            exponent -= i32::from(after_mark);
        } else {
            exponent = exponent.checked_add(i32::from(!after_mark))?;
        }
    }
    Some((mantissa, exponent))
}

fn scan_exponent(bytes: &[u8], at: usize) -> Option<(i32, usize)> {
    let mut i = at;
    let negative = bytes.get(i) == Some(&b'-');
    if let Some(b'-' | b'+') = bytes.get(i) {
        i += 1;
    }
    let first = i;
    let mut power = 0i32;
    while let Some(digit) = digit_at(bytes, i) {
        power = power
            .saturating_mul(10)
            .saturating_add(digit as i32)
            .min(100_000);
        i += 1;
    }
    (i > first).then_some((if negative { -power } else { power }, i))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        parse(text.as_bytes(), b'.').unwrap().to_f64()
    }

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for text in [
            "0",
            "-0.093750",
            "1",
            "3.674579167E-2",
            "+2.5",
            "1e3",
            ".5",
            "-.25",
            "7.",
            "0.1",
            "1595933810034",
            "1.595933810034E12",
            "9.999999",
            "123456.789",
            "0.000000057872",
        ] {
            let expected: f64 = text.trim_start_matches('+').parse().unwrap();
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn nineteen_digits_of_an_epoch_survive() {
        let number = parse(b"1663326947268860700", b'.').unwrap();
        assert_eq!(number.scaled(1, 1), Some(1_663_326_947_268_860_700));
    }

    #[test]
    fn more_digits_than_a_word_holds_keep_their_size() {
        let long = "0.98262023925781250000000000000001";
        assert!((value(long) - 0.982_620_239_257_812_5).abs() < 1e-15);
        let huge = "123456789012345678901234567890";
        assert!((value(huge) / 1.234_567_890_123_456_8e29 - 1.0).abs() < 1e-15);
    }

    #[test]
    fn ticks_round_to_the_nearest_nanosecond() {
        let days = parse(b"0.000000057872", b'.').unwrap();
        assert_eq!(days.scaled(86_400_000_000_000, 1), Some(5_000_141));
        let seconds = parse(b"-1.5", b'.').unwrap();
        assert_eq!(seconds.scaled(1_000_000_000, 1), Some(-1_500_000_000));
    }

    #[test]
    fn a_value_at_once_is_that_of_the_number() {
        for text in [
            "0",
            "-0",
            "+7",
            "-0.093750",
            "0.953125,",
            "1.5e-3",
            "-12E2;",
            "123456789012345678",
            "1234567890123456789.5",
            "0.000000000000000000001",
            "-",
            "",
            ".5",
            "5.",
            "x",
            "--1",
            "0.1234567890123456789",
        ] {
            let bytes = text.as_bytes();
            let whole = scan(bytes, 0, b'.').map(|(number, end)| (number.to_f64().to_bits(), end));
            let value = scan_value(bytes, 0, b'.').map(|(value, end)| (value.to_bits(), end));
            assert_eq!(value, whole, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "-", ".", "e5", "1.2.3", "0x10", "12a", "1,5", "nan", "--1",
        ] {
            assert_eq!(parse(text.as_bytes(), b'.'), None, "{text}");
        }
        assert_eq!(parse(b"0,5", b',').unwrap().to_f64(), 0.5);
    }

    #[test]
    fn absurd_exponents_do_not_hang() {
        assert_eq!(value("1e-99999999999"), 0.0);
        assert!(value("1e99999999999").is_infinite());
        assert_eq!(parse(b"1e40", b'.').unwrap().scaled(1, 1), None);
    }
}
