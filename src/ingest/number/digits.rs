//! A run of decimal digits, eight bytes at a time.
//!
//! Eight characters are one word; the first byte that is no digit is found by one addition, and the digits before it
//! become a number by three multiplications, pairs first (D. Lemire, "Quickly parsing eight digits", 2022).

const ZEROS: u64 = 0x3030_3030_3030_3030;
/// Added to a byte of ten or more it sets the byte's highest bit; to a digit it does not.
const ABOVE_NINE: u64 = 0x7676_7676_7676_7676;
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// 10^0 to 10^8.
pub(in crate::ingest) const POWERS: [u64; 9] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
];

/// Eight bytes that begin with digits.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Run {
    /// The first in the lowest byte; a digit is its own value.
    digits: u64,
    /// The highest bit of each byte that is no digit; exact up to the first of them.
    others: u64,
}

impl Run {
    #[inline(always)]
    pub(in crate::ingest) fn of(bytes: [u8; 8]) -> Self {
        let digits = u64::from_le_bytes(bytes) ^ ZEROS;
        // a carry out of a byte above 0x89 reaches later bytes only
        let others = (digits.wrapping_add(ABOVE_NINE) | digits) & HIGHEST;
        Self { digits, others }
    }

    /// How many digits come first.
    #[inline(always)]
    pub(in crate::ingest) fn len(self) -> usize {
        self.others.trailing_zeros() as usize / 8
    }

    /// The number that they write, 0 for none.
    #[inline(always)]
    pub(in crate::ingest) fn value(self) -> u64 {
        // in two steps: for no digit at all the shift is a whole word
        let behind = 8 * (8 - self.len() as u32);
        eight((self.digits << (behind / 2)) << (behind / 2))
    }
}

/// The number that eight digits write, each its own value, the first in the lowest byte.
#[inline(always)]
pub(in crate::ingest) fn eight(digits: u64) -> u64 {
    // pairs, fours, all: each lane times its weight lands beside its neighbour
    let pairs = (digits.wrapping_mul(10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF;
    fours.wrapping_mul(10_000 << 32 | 1) >> 32
}

/// A number of one digit, the mark and one to six decimals, as one word holds it.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Fixed {
    /// All its digits as a whole number.
    pub mantissa: u64,
    /// How many of them are decimals: 1 to 6.
    pub decimals: usize,
}

impl Fixed {
    /// The number at `first` (0 or 1) of a window; `None` for any other, and where a digit or an exponent follows.
    #[inline(always)]
    pub(in crate::ingest) fn of(window: &[u8; 16], first: usize, mark: u8) -> Option<Self> {
        let word = u64::from_le_bytes(*window.get(first..)?.first_chunk()?);
        let digits = word ^ ZEROS;
        let whole = digits & 0xFF;
        let run = digits >> 16;
        // beyond the sixth decimal a mark that is no digit stands in any case
        let others = (run.wrapping_add(ABOVE_NINE) | run) & HIGHEST | 0x0080_0000_0000_0000;
        let decimals = others.trailing_zeros() as usize / 8;
        let next = *window.get(first + 2 + decimals)?;
        let plain = (word >> 8) as u8 == mark
            && whole < 10
            && decimals > 0
            && next.wrapping_sub(b'0') >= 10
            && next | 0x20 != b'e';
        let mantissa = eight((run << 8 | whole) << (56 - 8 * decimals as u32));
        plain.then_some(Self { mantissa, decimals })
    }
}

/// Reads the digits from `at` on behind those of `mantissa`; gives the new mantissa (wrapping beyond 19 digits) and
/// the index after the last digit.
#[inline]
pub(in crate::ingest) fn read(bytes: &[u8], at: usize, mut mantissa: u64) -> (u64, usize) {
    let mut i = at;
    while let Some(eight) = bytes.get(i..).and_then(<[u8]>::first_chunk::<8>) {
        let run = Run::of(*eight);
        let n = run.len();
        mantissa = mantissa.wrapping_mul(POWERS[n]).wrapping_add(run.value());
        i += n;
        if n < 8 {
            return (mantissa, i);
        }
    }
    while let Some(digit) = bytes.get(i).map(|byte| byte.wrapping_sub(b'0'))
        && digit < 10
    {
        mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
        i += 1;
    }
    (mantissa, i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_what_the_standard_library_reads() {
        // every length up to nineteen, before every kind of end, in the middle of a text and at its end
        for length in 0..=19usize {
            let digits: String = (0..length)
                .map(|k| char::from(b'0' + ((k * 7 + length) % 10) as u8))
                .collect();
            let value = digits.parse::<u64>().unwrap_or(0);
            for end in ["", ",", ".5", "/", ":", "\u{ff}x", "\n12345678", "e5,9,9,9"] {
                for before in ["", "x-"] {
                    let text = format!("{before}{digits}{end}");
                    assert_eq!(
                        read(text.as_bytes(), before.len(), 0),
                        (value, before.len() + length),
                        "{text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_byte_that_is_no_digit_ends_a_run() {
        for byte in (0..=255u8).filter(|byte| !byte.is_ascii_digit()) {
            for n in 0..8 {
                let mut text = *b"123456789012";
                text[n] = byte;
                let value = text[..n]
                    .iter()
                    .fold(0, |v, d| v * 10 + u64::from(d - b'0'));
                assert_eq!(read(&text, 0, 0), (value, n));
            }
        }
    }

    #[test]
    fn a_fraction_goes_on_where_the_whole_ended() {
        assert_eq!(read(b"4800,1", 0, 1_581_498_217), (15_814_982_174_800, 4));
    }
}
