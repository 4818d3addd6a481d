//! One time cell into whole nanoseconds, fast: numbers by one multiplication, clocks by comparing the part that
//! changes once a minute with the row before.

use super::civil::{CivilFormat, Fraction, fraction_ns};
use super::format::{Tick, TimeFormat};
use crate::ingest::number::{self, Number, digits};
use crate::ingest::table::cells::plain_end;

/// Reads the cells of one time column.
#[derive(Debug, Clone)]
pub(in crate::ingest) enum StampParser {
    /// A count of ticks.
    Ticks(TickParser),
    /// A clock.
    Civil(CivilParser),
}

impl StampParser {
    /// A parser for a column of this format; `None` for a table without time. `mark` is the decimal mark.
    pub(in crate::ingest) fn new(format: &TimeFormat, mark: u8) -> Option<Self> {
        let ticks = |tick, zero_ns| Some(Self::Ticks(TickParser::new(tick, zero_ns, mark)));
        match format {
            TimeFormat::Epoch(tick)
            | TimeFormat::Elapsed(tick)
            | TimeFormat::SincePreviousRow(tick) => ticks(*tick, 0),
            TimeFormat::Since(zero, tick) => ticks(*tick, zero.ns()),
            TimeFormat::Counter => ticks(Tick::NANOSECOND, 0),
            TimeFormat::Civil(format) => Some(Self::Civil(CivilParser::new(format.clone()))),
            TimeFormat::Absent => None,
        }
    }

    /// The cell in nanoseconds: UTC where an epoch or an offset says so, else by the device's own zero or wall clock.
    #[inline]
    pub(in crate::ingest) fn parse(&mut self, cell: &[u8]) -> Option<i64> {
        match self {
            Self::Ticks(ticks) => ticks.parse(cell),
            Self::Civil(civil) => civil.parse(cell),
        }
    }
}

impl StampParser {
    /// The cell that begins at `at` in lines of text, and where it ends; what follows it is the caller's to look at.
    #[inline]
    pub(in crate::ingest) fn parse_at(
        &mut self,
        text: &[u8],
        at: usize,
        delimiter: u8,
    ) -> Option<(i64, usize)> {
        match self {
            Self::Ticks(ticks) => {
                let (number, end) = number::scan(text, at, ticks.mark)?;
                Some((ticks.stamp(number)?, end))
            }
            Self::Civil(civil) => {
                if let Some(minute) = &civil.minute
                    && let Some(found) = minute.seconds_at(text, at, delimiter)
                {
                    return Some(found);
                }
                let end = plain_end(text, at, delimiter);
                Some((civil.parse(&text[at..end])?, end))
            }
        }
    }

    /// The same at the beginning of a line of which so much is seen, for the commonest kinds of cell: a count of ticks, a
    /// clock in the minute of the row before.
    #[inline(always)]
    pub(in crate::ingest) fn parse_in(
        &self,
        line: &[u8; 128],
        delimiter: u8,
    ) -> Option<(i64, usize)> {
        match self {
            Self::Ticks(ticks) => {
                let (number, end) = number::scan(line, 0, ticks.mark)?;
                Some((ticks.stamp(number)?, end))
            }
            Self::Civil(civil) => {
                let minute = civil.minute.as_ref()?;
                match minute.milliseconds_in(line, delimiter) {
                    Some(found) => Some(found),
                    None => minute.seconds_at(line, 0, delimiter),
                }
            }
        }
    }

    /// Whether cells are read by nothing that an earlier cell decides any more: from here on a copy reads the same.
    pub(in crate::ingest) fn is_settled(&self) -> bool {
        match self {
            Self::Ticks(_) => true,
            Self::Civil(civil) => civil.with_offset.is_some(),
        }
    }
}

/// Counts of a tick from a zero.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct TickParser {
    tick: Tick,
    /// Beyond an `i64` for MATLAB's day numbers.
    zero_ns: i128,
    mark: u8,
    /// Nanoseconds a unit of the mantissa, by the number of decimals; 0 where that is not whole.
    whole: [u64; 10],
}

impl TickParser {
    fn new(tick: Tick, zero_ns: i128, mark: u8) -> Self {
        let mut whole = [0; 10];
        let mut divisor = tick.denominator;
        for factor in &mut whole {
            if tick.numerator_ns.is_multiple_of(divisor) {
                *factor = tick.numerator_ns / divisor;
            }
            divisor *= 10;
        }
        Self {
            tick,
            zero_ns,
            mark,
            whole,
        }
    }

    #[inline]
    fn parse(&self, cell: &[u8]) -> Option<i64> {
        let (number, end) = number::scan(cell, 0, self.mark)?;
        if end != cell.len() {
            return None;
        }
        self.stamp(number)
    }

    /// Nanoseconds of a number already read.
    #[inline]
    pub(in crate::ingest) fn stamp(&self, number: Number) -> Option<i64> {
        let factor = match number.exponent {
            e @ -9..=0 => self.whole[-e as usize],
            _ => 0,
        };
        let quick = i64::try_from(number.mantissa)
            .ok()
            .zip(i64::try_from(factor).ok())
            .filter(|(_, factor)| *factor > 0 && self.zero_ns == 0)
            .and_then(|(mantissa, factor)| mantissa.checked_mul(factor));
        if let Some(ns) = quick {
            return in_range(if number.negative { -ns } else { ns });
        }
        let ns = number.scaled(self.tick.numerator_ns, self.tick.denominator)?;
        in_range(i64::try_from(ns.checked_add(self.zero_ns)?).ok()?)
    }
}

/// A stamp within 146 years of 1970, so that the time between any two is a number of nanoseconds.
#[inline]
fn in_range(ns: i64) -> Option<i64> {
    (ns.unsigned_abs() < 1 << 62).then_some(ns)
}

/// A clock, with the minute of the row before.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct CivilParser {
    format: CivilFormat,
    minute: Option<Minute>,
    /// The cell before and its reading, for dates without a time of day.
    same: Option<(Vec<u8>, i64)>,
    /// Whether cells carry an offset: found by the first, held against all.
    with_offset: Option<bool>,
}

#[derive(Debug, Clone)]
struct Minute {
    /// The cell up to the seconds.
    prefix: Vec<u8>,
    /// The same as words, the last two overlapping, where it has 8 to 24 bytes.
    words: Option<[u64; 3]>,
    /// The cell after the fraction.
    suffix: Vec<u8>,
    ns: i64,
    fraction: Fraction,
}

impl CivilParser {
    pub(in crate::ingest) fn new(format: CivilFormat) -> Self {
        Self {
            format,
            minute: None,
            same: None,
            with_offset: None,
        }
    }

    #[inline]
    fn parse(&mut self, cell: &[u8]) -> Option<i64> {
        if let Some(minute) = &self.minute
            && let Some(ns) = minute.seconds(cell)
        {
            return Some(ns);
        }
        if let Some((before, ns)) = &self.same
            && before == cell
        {
            return Some(*ns);
        }
        self.parse_whole(cell)
    }

    #[cold]
    fn parse_whole(&mut self, cell: &[u8]) -> Option<i64> {
        let civil = self.format.parse(cell)?;
        if *self.with_offset.get_or_insert(civil.offset_s.is_some()) != civil.offset_s.is_some() {
            return None;
        }
        let offset_ns = i64::from(civil.offset_s.unwrap_or(0)) * 1_000_000_000;
        let ns = in_range(civil.ns.checked_sub(offset_ns)?)?;
        if let Some(at) = civil.seconds_at
            && let Some((seconds, end)) = seconds_and_fraction(cell, at, self.format.fraction)
        {
            self.minute = Some(Minute {
                words: words(&cell[..at]),
                prefix: cell[..at].to_vec(),
                suffix: cell[end..].to_vec(),
                ns: ns - seconds,
                fraction: self.format.fraction,
            });
        } else {
            self.same = Some((cell.to_vec(), ns));
        }
        Some(ns)
    }
}

/// A text of 8 to 24 bytes as three words that overlap.
fn words(text: &[u8]) -> Option<[u64; 3]> {
    let word = |at: usize| Some(u64::from_le_bytes(*text.get(at..)?.first_chunk()?));
    let last = text.len().checked_sub(8).filter(|last| *last <= 16)?;
    Some([word(0)?, word(last.min(8))?, word(last)?])
}

impl Minute {
    /// The cell that half of all clocks write, at the beginning of a line: this minute, two digits of seconds, a point,
    /// three decimals, the delimiter.
    #[inline(always)]
    fn milliseconds_in(&self, line: &[u8; 128], delimiter: u8) -> Option<(i64, usize)> {
        /// How far each byte is from not being a digit (a digit up to 5; the sign itself).
        const ABOVE: u64 = 0x007F_7676_767F_767A;
        const HIGHEST: u64 = 0x0080_8080_8080_8080;
        let word = |at: usize| Some(u64::from_le_bytes(*line.get(at..)?.first_chunk()?));
        let words = self.words?;
        let length = self.prefix.len();
        let last = length - 8;
        let differs =
            (word(0)? ^ words[0]) | (word(last.min(8))? ^ words[1]) | (word(last)? ^ words[2]);
        let signs = u64::from_le_bytes(*b"00.000\0\0") | u64::from(delimiter) << 48;
        let cell = (word(length)? ^ signs) & 0x00FF_FFFF_FFFF_FFFF;
        let others = (cell.wrapping_add(ABOVE) | cell) & HIGHEST;
        if differs | others != 0 || !self.suffix.is_empty() {
            return None;
        }
        let digit = |at: u32| (cell >> (8 * at)) & 0xFF;
        let ms = (digit(0) * 10 + digit(1)) * 1000 + digit(3) * 100 + digit(4) * 10 + digit(5);
        Some((self.ns + ms as i64 * 1_000_000, length + 6))
    }

    /// The plainest cell in lines of text: this minute, seconds, decimals after a point, and where it ends. `None` leaves
    /// it to the whole way.
    #[inline]
    fn seconds_at(&self, text: &[u8], at: usize, delimiter: u8) -> Option<(i64, usize)> {
        let from = at + self.prefix.len();
        if text.get(at..from)? != self.prefix {
            return None;
        }
        let tens = text.get(from)?.wrapping_sub(b'0');
        let ones = text.get(from + 1)?.wrapping_sub(b'0');
        if tens > 5 || ones > 9 {
            return None;
        }
        let mut ns = self.ns + i64::from(tens * 10 + ones) * 1_000_000_000;
        let mut end = from + 2;
        if text.get(end) == Some(&b'.') && delimiter != b'.' {
            let (decimals, after) = digits::read(text, end + 1, 0);
            // fewer than three may be a number of milliseconds
            let scale = match after - end - 1 {
                3 => 1_000_000,
                4 => 100_000,
                6 => 1_000,
                7 => 100,
                9 => 1,
                _ => return None,
            };
            ns += decimals as i64 * scale;
            end = after;
        }
        if !self.suffix.is_empty() {
            let after = end + self.suffix.len();
            if text.get(end..after)? != self.suffix {
                return None;
            }
            end = after;
        }
        // another kind of fraction or an offset may follow
        let ends = text
            .get(end)
            .is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
        ends.then_some((ns, end))
    }

    #[inline]
    fn seconds(&self, cell: &[u8]) -> Option<i64> {
        let at = self.prefix.len();
        if cell.len() < at + 2 || cell[..at] != self.prefix[..] {
            return None;
        }
        let (ns, end) = seconds_and_fraction(cell, at, self.fraction)?;
        (cell[end..] == self.suffix[..]).then_some(self.ns + ns)
    }
}

/// Two digits of seconds below 60 and a fraction; where they end.
#[inline]
fn seconds_and_fraction(cell: &[u8], at: usize, kind: Fraction) -> Option<(i64, usize)> {
    let tens = cell.get(at)?.wrapping_sub(b'0');
    let ones = cell.get(at + 1)?.wrapping_sub(b'0');
    if tens > 5 || ones > 9 {
        return None;
    }
    let seconds = i64::from(tens * 10 + ones) * 1_000_000_000;
    // milliseconds, the commonest fraction
    if let [b'.', a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9'] = cell[at + 2..] {
        let ms = i64::from(a - b'0') * 100 + i64::from(b - b'0') * 10 + i64::from(c - b'0');
        return Some((seconds + ms * 1_000_000, cell.len()));
    }
    match fraction_ns(cell, at + 2, kind) {
        Some((ns, end)) => Some((seconds + ns, end)),
        None => Some((seconds, at + 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parser(format: &str) -> StampParser {
        StampParser::new(&format.parse().unwrap(), b'.').unwrap()
    }

    #[test]
    fn the_same_instant_in_every_encoding() {
        // 2020-02-12 09:03:37.480, written by the vendor's converter in each of its encodings
        let expect = 1_581_498_217_480_000_000;
        for (format, cell, tolerance) in [
            ("epoch-s", "1581498217.4800", 0),
            ("epoch-ms", "1581498217480", 0),
            ("epoch-ms", "1.58149821748E12", 0),
            ("epoch-us", "1581498217480000", 0),
            ("epoch-ns", "1581498217480000000", 0),
            ("excel-day", "43873.377517129629", 5_000),
            ("matlab-day", "737833.377517129644", 10_000),
            ("julian-day", "2458891.877517129630", 5_000),
            ("modified-julian-day", "58891.377517129630", 5_000),
            ("since2001-s", "603191017.48", 0),
            ("gps-s", "1265533435.48", 0),
            ("gps-ms", "1265533435480", 0),
            ("filetime", "132259718174800000", 0),
            ("dotnet-ticks", "637170950174800000", 0),
            ("since1904-s", "3664343017.48", 0),
            ("%Y-%m-%d %H:%M:%S.%f", "2020-02-12 09:03:37.480", 0),
        ] {
            let ns = parser(format).parse(cell.as_bytes()).unwrap();
            assert!(
                (ns - expect).abs() <= tolerance,
                "{format}: {cell} gave {ns}"
            );
        }
    }

    #[test]
    fn a_remembered_minute_gives_what_reading_afresh_gives() {
        let mut warm = parser("%Y-%m-%d %H:%M:%S");
        for cell in [
            "2020-02-12 09:03:58.479",
            "2020-02-12 09:03:59.5",
            "2020-02-12 09:03:59",
            "2020-02-12 09:04:00.000",
            "2020-02-12 09:04:00.000001",
            "2020-02-12 09:04:60",
            "2020-02-12 09:04:0x",
            "2020-02-12 09:04:01.5Z",
            "2020-02-12 09:04:01.7",
        ] {
            let mut cold = parser("%Y-%m-%d %H:%M:%S");
            let fresh = if cell.ends_with('Z') {
                None
            } else {
                cold.parse(cell.as_bytes())
            };
            assert_eq!(warm.parse(cell.as_bytes()), fresh, "{cell}");
        }
    }

    #[test]
    fn stamps_centuries_away_are_none() {
        assert_eq!(parser("epoch-s").parse(b"9223372036"), None);
        assert_eq!(parser("elapsed-ns").parse(b"-9223372036854775807"), None);
        assert_eq!(
            parser("%Y-%m-%d %H:%M:%S").parse(b"2262-01-01 00:00:00"),
            None
        );
        assert!(
            parser("%Y-%m-%d %H:%M:%S")
                .parse(b"2099-01-01 00:00:00")
                .is_some()
        );
    }

    #[test]
    fn offsets_are_taken_off() {
        let mut parser = parser("%Y-%m-%dT%H:%M:%S");
        let a = parser.parse(b"2019-10-16T12:09:01.702+02:00").unwrap();
        let b = parser.parse(b"2019-10-16T12:09:01.742+02:00").unwrap();
        let c = parser.parse(b"2019-10-16T11:09:01.742+01:00").unwrap();
        assert_eq!((b - a, c), (40_000_000, b));
    }
}
