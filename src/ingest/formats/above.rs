//! What the lines above a table state in words: the rate, and when the recording began.
//!
//! `# Config: data_rate = 2000.0 Hz`, `interval_ms: 16`, `# Recording started at: 2026-02-26 14:26:08.417`,
//! `Start Time,2024-05-14 22:40:00`.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::ingest::options::StartTime;
use crate::ingest::table::heading::UnitWord;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::unit_word::unit_word;
use crate::ingest::text::to_text;
use crate::ingest::time::civil_guess::{Guess, guess};
use crate::model::units::SampleRate;

/// Lines that are looked at.
const LINES: usize = 200;

/// The rate that the lines state; none where two of them differ.
pub(super) fn rate(sketch: &Sketch) -> Option<(SampleRate, String)> {
    let mut found: Option<f64> = None;
    for line in sketch.preamble.iter().take(LINES) {
        let line = to_text(line).to_lowercase();
        for part in line.split([',', ';', '|']) {
            let Some(hz) = stated_hz(part).or_else(|| stated_interval(part)) else {
                continue;
            };
            if found.is_some_and(|before| !is_same(before, hz)) {
                return None;
            }
            found = Some(hz);
        }
    }
    let rate = SampleRate::from_hz(found?)?;
    Some((
        rate,
        format!("the lines above the table say {} Hz", rate.hz()),
    ))
}

/// Whether two rates are one, stated as a rate and as a time between samples.
fn is_same(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() < 1e-9
}

/// The number before `Hz` in a phrase that speaks of a rate.
fn stated_hz(phrase: &str) -> Option<f64> {
    let before = phrase
        .split("hz")
        .next()
        .filter(|head| head.len() < phrase.len())?;
    let speaks = ["rate", "frequency", "sampling"];
    // what a device could do is not what it did
    if !speaks.iter().any(|word| before.contains(word)) || before.contains("max") {
        return None;
    }
    let number = before
        .trim_end()
        .rsplit(|c: char| !(c.is_ascii_digit() || c == '.'))
        .next()?;
    number
        .parse()
        .ok()
        .filter(|hz| (1.0..=4_000.0).contains(hz))
}

/// One over the number behind words that speak of the time between samples, and name its unit: `interval_ms: 16`,
/// `sampling period (s) = 0.02`.
fn stated_interval(phrase: &str) -> Option<f64> {
    let (name, value) = phrase.split_once([':', '=', '\t'])?;
    let words = name
        .trim_start_matches(['#', ' '])
        .split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let of_samples = matches!(words.first(), Some(&("interval" | "period")))
        || words.iter().any(|word| word.starts_with("sampl"));
    if !(of_samples && has(&["interval", "period"])) || has(&["max", "min"]) {
        return None;
    }
    let value = value.trim();
    let digits = value.trim_end_matches(|c: char| c.is_alphabetic() || c == 'µ' || c == ' ');
    let tick = |word: &str| match unit_word(word) {
        Some(UnitWord::Time(tick)) => Some(tick),
        _ => None,
    };
    let tick = match value[digits.len()..].trim() {
        "" => words.iter().find_map(|word| tick(word)),
        unit => tick(unit),
    };
    let ticks: f64 = digits.parse().ok()?;
    Some(1.0 / tick?.seconds() / ticks).filter(|hz| (1.0..=4_000.0).contains(hz))
}

/// When the recording began, as the lines say; none where two of them differ.
pub(super) fn start(sketch: &Sketch) -> Option<(StartTime, String)> {
    let mut found: Option<StartTime> = None;
    for line in sketch.preamble.iter().take(LINES) {
        let line = to_text(line);
        let Some(start) = stated_start(&line) else {
            continue;
        };
        if found.is_some_and(|before| before != start) {
            return None;
        }
        found = Some(start);
    }
    Some((found?, "the lines above the table say".to_owned()))
}

/// A start in seconds or milliseconds since 1970.
fn instant(number: f64) -> Option<StartTime> {
    let ns = match number {
        1.1e9..2.2e9 => number * 1e9,
        1.1e12..2.2e12 => number * 1e6,
        _ => return None,
    };
    Timestamp::from_nanosecond(ns as i128)
        .ok()
        .map(StartTime::Instant)
}

fn speaks_of_beginning(word: &str) -> bool {
    matches!(
        word,
        "start" | "started" | "begin" | "began" | "beginning" | "starttime"
    )
}

/// The date and time after words that speak of the beginning, or before such a word alone.
fn stated_start(line: &str) -> Option<StartTime> {
    let behind = line.rsplit_once(['\t', ',', ';']);
    let (words, rest) = match behind {
        Some((date, word)) if speaks_of_beginning(&word.trim().to_lowercase()) => {
            (word.to_lowercase(), date)
        }
        _ => {
            let at = line.find([':', '=', ',', ';', '\t'])?;
            (line[..at].to_lowercase(), &line[at + 1..])
        }
    };
    let mut each = words.split(|c: char| !c.is_alphabetic());
    if !each.any(speaks_of_beginning) {
        return None;
    }
    let cell = rest.trim_matches(|c: char| c.is_whitespace() || ",;\"'".contains(c));
    if let Some(start) = cell.parse().ok().and_then(instant) {
        return Some(start);
    }
    let Guess::Clear(format) = guess(cell.as_bytes(), None)? else {
        return None;
    };
    if !(format.has_date() && format.has_clock()) {
        return None;
    }
    let read = format.parse(cell.as_bytes())?;
    let shown = Timestamp::from_nanosecond(i128::from(read.ns)).ok()?;
    Some(match read.offset_s {
        Some(offset) => {
            let ahead = SignedDuration::from_secs(i64::from(offset));
            StartTime::Instant(shown.checked_sub(ahead).ok()?)
        }
        None if words.contains("utc") || words.contains("gmt") => StartTime::Instant(shown),
        None => StartTime::Local(shown.to_zoned(TimeZone::UTC).datetime()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_the_number_before_hz_where_a_rate_is_spoken_of() {
        for (phrase, hz) in [
            ("# config: data_rate = 2000.0 hz", Some(2_000.0)),
            (" sampling frequency: 25 hz", Some(25.0)),
            ("# max device sample rate: 200 hz", None),
            ("sample rate (hz)", None),
            (" filter = 488 hz", None),
            ("rate 99999 hz", None),
        ] {
            assert_eq!(stated_hz(phrase), hz, "{phrase}");
        }
    }

    #[test]
    fn an_interval_says_the_rate_where_its_unit_is_named() {
        for (phrase, hz) in [
            ("# interval_ms: 16", Some(62.5)),
            ("# sampling period (s) = 0.02", Some(50.0)),
            ("sample interval: 10 ms", Some(100.0)),
            ("sampling interval\t500 us", Some(2_000.0)),
            ("# connection interval: 30 ms", None),
            ("epoch period (hh:mm:ss) 00:00:01", None),
            ("interval: 16", None),
            ("interval_ms: 0", None),
        ] {
            let said = stated_interval(phrase);
            let same = said.zip(hz).map(|(said, hz)| is_same(said, hz));
            assert!(same.unwrap_or(said == hz), "{phrase}: {said:?}");
        }
    }

    #[test]
    fn a_start_is_a_date_and_a_time_after_words_of_beginning() {
        let said = |line| {
            stated_start(line).map(|start| match start {
                StartTime::Instant(instant) => instant.to_string(),
                StartTime::Local(local) => local.to_string(),
            })
        };
        for (line, start) in [
            (
                "# Recording started at: 2026-02-26 14:26:08.417",
                Some("2026-02-26T14:26:08.417"),
            ),
            (
                "Start Time,2024-05-14 22:40:00,,",
                Some("2024-05-14T22:40:00"),
            ),
            (
                "start = 2024-05-14T22:40:00+02:00",
                Some("2024-05-14T20:40:00Z"),
            ),
            ("# epoch_start_s=1609460646", Some("2021-01-01T00:24:06Z")),
            ("start_ms,1609460646500", Some("2021-01-01T00:24:06.5Z")),
            ("# Start: 20260301235930", Some("2026-03-01T23:59:30")),
            ("2020-01-19 14:57:02\tStart", Some("2020-01-19T14:57:02")),
            ("2020-01-19 14:57:14\tEnd", None),
            ("# Download started by: 12", None),
            ("# Exported: 2024-05-14 22:40:00", None),
            ("Start Time: 03/04/2024 22:40:00", None),
            ("Start Date: 2024-05-14", None),
        ] {
            assert_eq!(said(line).as_deref(), start, "{line}");
        }
    }
}
