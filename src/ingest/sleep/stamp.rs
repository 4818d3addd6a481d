//! Stamps of sleep exports: ISO with and without offset, 12-hour clocks, month names, epochs.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::ingest::written::date::{self, DateShape};
use crate::ingest::written::{clock, number};

/// A stamp as one cell gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// An instant, with the offset from UTC in minutes that was written beside it.
    Instant {
        /// Nanoseconds since 1970-01-01T00:00:00Z.
        ns: i64,
        /// Offset of the clock that was read, where one is written.
        offset_min: Option<i16>,
    },
    /// A wall clock without a zone, in nanoseconds as if it were UTC.
    Civil {
        /// Nanoseconds.
        ns: i64,
    },
    /// A wall clock whose day and month could be either way round.
    Slashed {
        /// The date.
        date: DateShape,
        /// The time of day in nanoseconds since midnight.
        time_ns: i64,
    },
}

impl Stamp {
    /// The instant, where a wall clock is known to be UTC's.
    pub fn in_utc(self) -> Self {
        match self {
            Self::Civil { ns } => Self::Instant {
                ns,
                offset_min: None,
            },
            other => other,
        }
    }

    /// So many nanoseconds later.
    pub fn later(self, by_ns: i64) -> Self {
        match self {
            Self::Instant { ns, offset_min } => Self::Instant {
                ns: ns.saturating_add(by_ns),
                offset_min,
            },
            Self::Civil { ns } => Self::Civil {
                ns: ns.saturating_add(by_ns),
            },
            Self::Slashed { date, time_ns } => Self::Slashed {
                date,
                time_ns: time_ns.saturating_add(by_ns),
            },
        }
    }
}

const NS_PER_S: i64 = 1_000_000_000;
const NS_PER_MIN: i64 = 60 * NS_PER_S;

/// Reads a stamp; `None` when the cell is none.
pub fn parse(cell: &str) -> Option<Stamp> {
    let cell = cell.trim();
    iso(cell)
        .or_else(|| epoch(cell))
        .or_else(|| written(cell))
        .or_else(|| written_with_offset(cell))
}

/// Whether a number has lost its digits in a spreadsheet: `1.56352E+18`.
pub fn is_damaged(cell: &str) -> bool {
    let cell = cell.trim();
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let exponent: Option<i32> = exponent.parse().ok();
    mantissa
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && digits > 0
        && exponent.is_some_and(|exponent| (9..=19).contains(&exponent))
        && i32::try_from(digits).is_ok_and(|digits| exponent.is_some_and(|e| e + 1 > digits))
}

/// A wall clock as nanoseconds, as if it were UTC; `None` outside the years that nanoseconds reach.
pub fn civil_ns(at: DateTime) -> Option<i64> {
    let stamp = TimeZone::UTC.to_timestamp(at).ok()?;
    i64::try_from(stamp.as_nanosecond()).ok()
}

/// `2018-01-21 23:29:36 +0100`, `2024-01-14T03:26:02-05:00`, `2025-02-21 18:38:00.000`, `…Z`: cut by position, since
/// an export holds a million of them.
fn iso(cell: &str) -> Option<Stamp> {
    let bytes = cell.as_bytes();
    let two = |at: usize| -> Option<i8> {
        let (a, b) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        (a.is_ascii_digit() && b.is_ascii_digit()).then(|| ((a - b'0') * 10 + (b - b'0')) as i8)
    };
    let year = i16::from(two(0)?) * 100 + i16::from(two(2)?);
    let separators =
        *bytes.get(4)? == b'-' && *bytes.get(7)? == b'-' && matches!(*bytes.get(10)?, b' ' | b'T');
    if !separators || *bytes.get(13)? != b':' {
        return None;
    }
    let date = Date::new(year, two(5)?, two(8)?).ok()?;
    let (hour, minute) = (two(11)?, two(14)?);
    let mut at = 16;
    let mut second = 0;
    let mut nanos: i32 = 0;
    if bytes.get(at) == Some(&b':') {
        second = two(at + 1)?;
        at += 3;
        if matches!(bytes.get(at), Some(b'.' | b',')) {
            at += 1;
            let mut scale = 100_000_000;
            while let Some(digit) = bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
                nanos += i32::from(digit - b'0') * scale;
                scale /= 10;
                at += 1;
            }
        }
    }
    let ns = civil_ns(date.to_datetime(jiff::civil::Time::new(hour, minute, second, nanos).ok()?))?;
    let rest = cell.get(at..)?.trim();
    if rest.is_empty() {
        return Some(Stamp::Civil { ns });
    }
    at_offset(ns, rest)
}

/// The instant of a wall clock with its offset. `Z` says that it is UTC, not what the wearer's clock showed.
fn at_offset(ns: i64, text: &str) -> Option<Stamp> {
    let offset_min = offset(text)?;
    let is_utc = matches!(text, "Z" | "z" | "UTC" | "GMT");
    Some(Stamp::Instant {
        ns: ns.checked_sub(i64::from(offset_min) * NS_PER_MIN)?,
        offset_min: (!is_utc).then_some(offset_min),
    })
}

/// `Z`, `+0100`, `-05:00`, `UTC-0500`, `UTCZ`, `GMT+1` in minutes.
pub fn offset(text: &str) -> Option<i16> {
    let text = text.trim();
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let text = text
        .strip_prefix("UTC")
        .or(text.strip_prefix("GMT"))
        .unwrap_or(text);
    // WHOOP's word for Greenwich.
    if text == "Z" {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(pair), _) => pair,
        (None, 1 | 2) => (digits, "0"),
        (None, 4) => digits.split_at_checked(2)?,
        _ => return None,
    };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(hours) || !plain(minutes) {
        return None;
    }
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 18 && minutes < 60).then(|| sign * (hours * 60 + minutes))
}

/// Seconds, milli-, micro- or nanoseconds since 1970, by their size, from 2001 to 2039.
fn epoch(cell: &str) -> Option<Stamp> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let tick_ns = match number {
        1_000_000_000..2_200_000_000 => NS_PER_S,
        1_000_000_000_000..2_200_000_000_000 => 1_000_000,
        1_000_000_000_000_000..2_200_000_000_000_000 => 1000,
        1_000_000_000_000_000_000..2_200_000_000_000_000_000 => 1,
        _ => return None,
    };
    let part: f64 = format!("0.{fraction}0").parse().ok()?;
    Some(Stamp::Instant {
        ns: number
            .checked_mul(tick_ns)?
            .checked_add((part * tick_ns as f64) as i64)?,
        offset_min: None,
    })
}

/// `21-Jan-2018 23:29`, `2019-04-22 9:54PM`, `30. 11. 2020 12:14`, `06/27/2023 11:39 PM`.
fn written(cell: &str) -> Option<Stamp> {
    let found = clock::parse(cell)?;
    let time_ns = found
        .time
        .duration_since(jiff::civil::Time::midnight())
        .as_nanos();
    let time_ns = i64::try_from(time_ns).ok()?;
    match found.date? {
        DateShape::Certain(date) => Some(Stamp::Civil {
            ns: civil_ns(date.to_datetime(found.time))?,
        }),
        date => Some(Stamp::Slashed { date, time_ns }),
    }
}

/// `2018-01-21 11:29:36 PM +0100`: phones with a 12-hour clock.
fn written_with_offset(cell: &str) -> Option<Stamp> {
    let (at, zone) = cell.rsplit_once(char::is_whitespace)?;
    match written(at)? {
        Stamp::Civil { ns } => at_offset(ns, zone),
        _ => None,
    }
}

/// A date alone.
pub fn date(cell: &str) -> Option<DateShape> {
    date::parse(cell)
}

/// A number of seconds since the recording's zero.
pub fn seconds(cell: &str) -> Option<i64> {
    let value = number::plain(cell, Some(number::DecimalMark::Point)).ok()?;
    // Ten years: beyond that it is no time since a start.
    (value.abs() < 3.2e8).then_some((value * 1e9).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(cell: &str) -> Option<(i64, Option<i16>)> {
        match parse(cell)? {
            Stamp::Instant { ns, offset_min } => Some((ns / NS_PER_S, offset_min)),
            _ => None,
        }
    }

    #[test]
    fn an_offset_of_thousands_of_hours_is_none() {
        assert_eq!(offset("+8101:00"), None);
        assert_eq!(offset("+18:59"), Some(1139));
    }

    #[test]
    fn stamps_with_an_offset_are_instants() {
        // 2018-01-21T22:29:36Z = 1516573776 (date -d).
        for cell in [
            "2018-01-21 23:29:36 +0100",
            "2018-01-21T23:29:36+01:00",
            "2018-01-21 23:29:36+01",
            "2018-01-21T23:29:36.000+0100",
            "2018-01-21 11:29:36 PM +0100",
            "2018-01-21 11:29:36\u{202F}PM +0100",
        ] {
            assert_eq!(instant(cell), Some((1_516_573_776, Some(60))), "{cell}");
        }
        assert_eq!(instant("2018-01-21T22:29:36Z"), Some((1_516_573_776, None)));
        for cell in [
            "1516573776",
            "1516573776000",
            "1516573776000000",
            "1516573776000000000",
            "1516573776.5",
        ] {
            assert_eq!(instant(cell), Some((1_516_573_776, None)), "{cell}");
        }
    }

    #[test]
    fn stamps_without_one_are_wall_clocks() {
        let ns = 1_516_573_776 * NS_PER_S;
        for cell in [
            "2018-01-21 22:29:36",
            "2018-01-21T22:29:36.000",
            "21-Jan-2018 22:29:36",
            "2018-01-21 10:29:36 PM",
            "21. 01. 2018 22:29:36",
            "2018-01-21 10:29:36PM",
        ] {
            assert_eq!(parse(cell), Some(Stamp::Civil { ns }), "{cell}");
        }
        assert!(matches!(
            parse("01/02/2018 22:29"),
            Some(Stamp::Slashed { .. })
        ));
    }

    #[test]
    fn what_is_no_stamp_is_none() {
        for cell in [
            "",
            "x",
            "12",
            "2018-13-01 10:00",
            "2018-01-21 25:00",
            "2018-01-21 23:29:36 +99:00",
            "2018-01-21 23:29:36 CET",
            "99999999999",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }

    #[test]
    fn offsets_have_many_spellings() {
        for (text, minutes) in [
            ("UTC-0500", -300),
            ("UTC+0530", 330),
            ("+01:00", 60),
            ("Z", 0),
            ("UTCZ", 0),
            ("GMT+1", 60),
            ("-09:30", -570),
        ] {
            assert_eq!(offset(text), Some(minutes), "{text}");
        }
        assert_eq!(offset("CDT"), None);
        assert_eq!(offset("+1:é"), None);
    }

    #[test]
    fn digits_that_a_spreadsheet_dropped_are_seen() {
        assert!(is_damaged("1.56352E+18"));
        assert!(is_damaged("1,5E+12"));
        assert!(!is_damaged("1.595933810034E12"));
        assert!(!is_damaged("1E5"));
    }
}
