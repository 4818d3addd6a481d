//! Sleep exports: a hand-written fixture of each source's shape, the rules of the mask, and the real files where they are.

mod fixtures;
mod folders;
#[cfg(feature = "health-connect")]
mod health_connect;
mod laboratory;
mod masks;
mod real;
mod records;
mod tables;
mod wrapped;

use legtrace::ingest::sleep::{SleepError, SleepExport, SleepOptions, read, sniff};
use proptest::prelude::*;

/// Reads an export that is written in the test.
fn export(name: &str, text: &str) -> Result<SleepExport, SleepError> {
    read(name, text.as_bytes(), &SleepOptions::default())
}

/// How many intervals of an export are called by that word of its own.
fn count_of(export: &SleepExport, word: &str) -> usize {
    let words = export
        .intervals
        .iter()
        .map(|interval| export.words[usize::from(interval.word)].as_str());
    words.filter(|own| *own == word).count()
}

/// An instant in nanoseconds.
fn instant(text: &str) -> i64 {
    let stamp: jiff::Timestamp = text.parse().expect("a stamp in the test");
    i64::try_from(stamp.as_nanosecond()).expect("a year that nanoseconds reach")
}

/// A wall clock in nanoseconds, as if it were UTC.
fn civil(text: &str) -> i64 {
    instant(&format!("{text}Z"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), which in 0..fixtures::ALL.len(), cut in 0.0..1.0_f64) {
        let (name, text) = fixtures::ALL[which];
        let _ = sniff(name, &bytes);
        let _ = read(name, &bytes, &SleepOptions::default());
        // A fixture with strange bytes somewhere in it reaches its own reader.
        let at = (text.len() as f64 * cut) as usize;
        let spoilt = [&text.as_bytes()[..at], &bytes, &text.as_bytes()[at..]].concat();
        let _ = read(name, &spoilt, &SleepOptions::default());
        let _ = read(name, &text.as_bytes()[..at], &SleepOptions::default());
    }
}
