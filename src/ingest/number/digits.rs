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
        let digits = (self.digits << (behind / 2)) << (behind / 2);
        let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
        let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
        (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xFFFF_FFFF
    }

    /// Whether the first byte that is no digit begins an exponent.
    #[inline(always)]
    pub(in crate::ingest) fn ends_in_e(self) -> bool {
        let behind = self.digits >> (self.others.trailing_zeros() & 0x38);
        (behind as u8 ^ b'0') | 0x20 == b'e'
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
                let run = Run::of(*text.first_chunk().unwrap());
                assert_eq!(run.ends_in_e(), matches!(byte, b'e' | b'E'));
            }
        }
    }

    #[test]
    fn a_fraction_goes_on_where_the_whole_ended() {
        assert_eq!(read(b"4800,1", 0, 1_581_498_217), (15_814_982_174_800, 4));
    }
}
