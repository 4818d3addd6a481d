//! Seconds in decimal digits to whole milliseconds.

use jiff::SignedDuration;

/// Beyond 3,000 years a number of seconds is something else.
const FARTHEST_S: i64 = 100_000_000_000;

/// What a cell of seconds should hold.
pub(super) const EXPECTED: &str = "a number of seconds like 12.345";

/// What a cell of milliseconds should hold.
pub(super) const EXPECTED_MILLISECONDS: &str = "a number of milliseconds like 12345";

/// The span that a number of milliseconds stands for, rounded to a whole one (a half away from zero).
pub(super) fn milliseconds(text: &str, decimal: Option<char>) -> Option<SignedDuration> {
    let thousandths = seconds(text, decimal)?.as_millis();
    let half = 500 * thousandths.signum();
    let whole = i64::try_from((thousandths + half) / 1000).ok()?;
    Some(SignedDuration::from_millis(whole))
}

/// The span that a number of seconds stands for, rounded to the nearest millisecond (a half away from zero), from its
/// digits. `decimal` is the decimal mark beside the point. `None` for what is no finite number or out of range.
///
/// By way of f64 `1.0005` would be 1.000 s and `0.0015` 2 ms: a binary fraction lies to either side of the half.
pub(super) fn seconds(text: &str, decimal: Option<char>) -> Option<SignedDuration> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let millis = match digits.find(['e', 'E']) {
        Some(_) => by_float(digits)?,
        None => by_digits(digits, decimal)?,
    };
    (millis <= FARTHEST_S * 1000)
        .then(|| SignedDuration::from_millis(if negative { -millis } else { millis }))
}

fn by_digits(digits: &str, decimal: Option<char>) -> Option<i64> {
    let is_mark = |c: char| c == '.' || Some(c) == decimal;
    let (whole, fraction) = match digits.find(is_mark) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut millis = whole.checked_mul(1000)?;
    for (byte, worth) in fraction.bytes().zip([100, 10, 1]) {
        millis = millis.checked_add(i64::from(byte - b'0') * worth)?;
    }
    let rounds_up = fraction.as_bytes().get(3).is_some_and(|&byte| byte >= b'5');
    millis.checked_add(i64::from(rounds_up))
}

/// With an exponent, as programs write very small and very large numbers.
fn by_float(digits: &str) -> Option<i64> {
    let first = digits.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    let seconds: f64 = digits.parse().ok()?;
    let millis = (seconds * 1000.0).round();
    (millis.is_finite() && millis <= FARTHEST_S as f64 * 1000.0).then_some(millis as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> Option<i128> {
        seconds(text, None).map(|span| span.as_millis())
    }

    #[test]
    fn seconds_are_rounded_from_their_digits() {
        let cases = [
            ("10", 10_000),
            ("10.", 10_000),
            (".5", 500),
            ("10.0000004", 10_000),
            ("9.9999996", 10_000),
            ("1.0005", 1_001),
            ("1.00049999", 1_000),
            ("0.0015", 2),
            ("-0.0015", -2),
            ("-0", 0),
            ("+7.25", 7_250),
            ("1e2", 100_000),
            ("1.5E-1", 150),
            ("28800.120000000003", 28_800_120),
            ("100000000000", 100_000_000_000_000),
        ];
        for (text, expected) in cases {
            assert_eq!(ms(text), Some(expected), "{text}");
        }
        assert_eq!(
            seconds("10,5", Some(',')),
            Some(SignedDuration::from_millis(10_500))
        );
    }

    #[test]
    fn milliseconds_are_rounded_to_whole_ones() {
        let cases = [
            ("12345", 12_345),
            ("0.5", 1),
            ("-0.5", -1),
            ("0.499", 0),
            ("1e3", 1_000),
        ];
        for (text, expected) in cases {
            let read = milliseconds(text, None).map(|span| span.as_millis());
            assert_eq!(read, Some(expected), "{text}");
        }
        assert_eq!(milliseconds("a", None), None);
    }

    #[test]
    fn what_is_no_number_of_seconds_is_none() {
        let bad = [
            "",
            ".",
            "-",
            "+",
            "--1",
            "+-1",
            "1.2.3",
            "1,5",
            "NaN",
            "inf",
            "-inf",
            "1e",
            "e5",
            "1e999",
            "0x10",
            "12:30",
            "1 000",
            "1_000",
            "100000000000.001",
            "99999999999999999999",
            "١",
            "e",
            "-e3",
            "1e-",
        ];
        for text in bad {
            assert_eq!(ms(text), None, "{text}");
        }
    }
}
