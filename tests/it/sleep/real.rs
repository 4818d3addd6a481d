//! Real exports against the answers in `tests/it/real/index.toml`, which were counted from the files by other means.
//! The files are not ours to pass on (`samples`): without them there is nothing to hold, and the test says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use legtrace::ingest::sleep::{SleepExport, SleepOptions, open};
use legtrace::model::recording::StampKind;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::count_of;
use crate::samples;

#[derive(Deserialize)]
struct Index {
    file: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    sha256: String,
    bytes: u64,
    format: Option<String>,
    refused: Option<String>,
    n_nights: Option<usize>,
    n_intervals: Option<usize>,
    n_short: Option<usize>,
    n_zero_length: Option<usize>,
    stages: Option<BTreeMap<String, usize>>,
    stage_s: Option<BTreeMap<String, f64>>,
    sources: Option<usize>,
    time_kind: Option<String>,
    zone: Option<String>,
    first: Option<Ends>,
    last: Option<Ends>,
    end_tol_s: Option<f64>,
}

#[derive(Deserialize)]
struct Ends {
    start: String,
    end: String,
}

/// Nanoseconds of a stamp of the index, with or without offset.
fn ns(text: &str) -> i128 {
    match text.parse::<Timestamp>() {
        Ok(stamp) => stamp.as_nanosecond(),
        Err(_) => {
            let civil: jiff::civil::DateTime = text.parse().expect("a stamp in the index");
            TimeZone::UTC
                .to_timestamp(civil)
                .expect("a year in range")
                .as_nanosecond()
        }
    }
}

/// What is false about an export, a line each.
fn faults(found: &SleepExport, right: &Entry) -> Vec<String> {
    let mut faults = Vec::new();
    let mut same = |what: &str, found: String, right: Option<String>| {
        if let Some(right) = right
            && found != right
        {
            faults.push(format!("{what}: found {found}, right is {right}"));
        }
    };
    let text = |number: Option<usize>| number.map(|number| number.to_string());
    same("format", found.format.to_owned(), right.format.clone());
    let kind = match found.stamps {
        StampKind::Utc => "utc",
        StampKind::LocalCivil => "local",
        StampKind::Elapsed => "elapsed",
    };
    same("time_kind", kind.to_owned(), right.time_kind.clone());
    same(
        "n_intervals",
        found.intervals.len().to_string(),
        text(right.n_intervals),
    );
    same(
        "n_short",
        found.short_wakes.len().to_string(),
        text(right.n_short),
    );
    same(
        "sources",
        found.sources.len().to_string(),
        text(right.sources),
    );
    let lists_nights = !found.nights.is_empty();
    if lists_nights {
        same(
            "n_nights",
            found.nights.len().to_string(),
            text(right.n_nights),
        );
    }
    // Fillers without length are left out of the nights of Zepp and kept among those of Sleep as Android.
    if found.format != "sleep_zepp" {
        let listed = if right.n_intervals.is_some() {
            &found.intervals
        } else {
            &found.nights
        };
        let zero = listed.iter().filter(|i| i.start_ns == i.end_ns).count();
        same("n_zero_length", zero.to_string(), text(right.n_zero_length));
    }
    for (word, count) in right.stages.iter().flatten() {
        same(
            word,
            count_of(found, word).to_string(),
            Some(count.to_string()),
        );
    }
    if let Some(zone) = right.zone.as_deref().filter(|zone| zone.contains('/')) {
        let named: Vec<&str> = found.zones.iter().filter_map(TimeZone::iana_name).collect();
        same("zone", named.join(" "), Some(zone.to_owned()));
    }
    // Ends of nights where nights are listed, else of single spans.
    let listed = if lists_nights {
        &found.nights
    } else {
        &found.intervals
    };
    let tolerance = right.end_tol_s.unwrap_or(0.0) * 1e9;
    let first = listed
        .iter()
        .min_by_key(|interval| (interval.start_ns, interval.end_ns));
    let last = if lists_nights {
        listed.iter().max_by_key(|interval| interval.start_ns)
    } else {
        listed
            .iter()
            .max_by_key(|interval| (interval.end_ns, interval.start_ns))
    };
    for (what, found, right) in [("first", first, &right.first), ("last", last, &right.last)] {
        let (Some(found), Some(right)) = (found, right) else {
            continue;
        };
        let far = |found: i64, right: &str, tolerance: f64| {
            (i128::from(found) - ns(right)).abs() as f64 > tolerance
        };
        if far(found.start_ns, &right.start, 0.0) || far(found.end_ns, &right.end, tolerance) {
            faults.push(format!(
                "{what}: found {found:?}, right is {} to {}",
                right.start, right.end
            ));
        }
    }
    faults.extend(false_seconds(found, right));
    faults
}

/// Seconds a stage once short wakes lie over the spans and doubles count once.
fn false_seconds(found: &SleepExport, right: &Entry) -> Vec<String> {
    let Some(seconds) = &right.stage_s else {
        return Vec::new();
    };
    let mut by_second: BTreeMap<i64, u16> = BTreeMap::new();
    for interval in found.intervals.iter().chain(&found.short_wakes) {
        for second in interval.start_ns / 1_000_000_000..interval.end_ns / 1_000_000_000 {
            by_second.insert(second, interval.word);
        }
    }
    seconds
        .iter()
        .filter_map(|(word, right)| {
            let at = found.words.iter().position(|known| known == word)?;
            let sum = by_second
                .values()
                .filter(|other| usize::from(**other) == at)
                .count();
            (sum as f64 != *right).then(|| format!("{word}: found {sum} s, right is {right} s"))
        })
        .collect()
}

#[test]
fn real_exports_are_read_as_the_index_says() {
    let Some(folder) = samples::folder("every real sleep export") else {
        return;
    };
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/real/index.toml"))
            .expect("the index");
    let index: Index = toml::from_str(&text).expect("an index that parses");
    let wanted: Vec<&Entry> = index
        .file
        .iter()
        .filter(|entry| {
            entry.refused.as_deref() == Some("sleep_export")
                && entry
                    .format
                    .as_deref()
                    .is_some_and(|format| format.starts_with("sleep_"))
        })
        .collect();
    assert!(
        wanted.len() >= 10,
        "only {} sleep exports in the index",
        wanted.len()
    );
    let mut checked = 0;
    let mut wrong = Vec::new();
    // by size first: hashing is left to those that can match
    for file in samples::files_below(&folder) {
        let size = fs::metadata(&file).expect("a readable file").len();
        if !wanted.iter().any(|entry| entry.bytes == size) {
            continue;
        }
        let hash = Sha256::digest(fs::read(&file).expect("a readable file"));
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let Some(entry) = wanted.iter().find(|entry| entry.sha256 == hash) else {
            continue;
        };
        checked += 1;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match open(&file, &SleepOptions::default()) {
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(found) => wrong.extend(
                faults(&found, entry)
                    .iter()
                    .map(|fault| format!("{name}: {fault}")),
            ),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(
        checked,
        wanted.len(),
        "files of the index that are not among the samples"
    );
}
