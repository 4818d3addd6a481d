//! Real exports against the index of right answers (`real/index.toml`, written from the files by hand).
//!
//! The files are not ours to pass on (`samples`): without them there is nothing to check, and the test says so.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil::DateTime};
use legtrace::ingest::{ReadError, ReadOptions, open};
use legtrace::model::recording::{RawBlock, SourceInfo, StampKind, Survey};
use legtrace::model::units::AccelUnit;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::made::Folder;
use crate::samples;

const INDEX: &str = include_str!("real/index.toml");

fn sha256(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a readable sample");
    Sha256::digest(&bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// What reading a file to its end gave.
struct Outcome {
    info: SourceInfo,
    survey: Survey,
}

fn read(path: &Path) -> Result<Outcome, ReadError> {
    let mut reader = open(path, &ReadOptions::default())?;
    let info = reader.info().clone();
    let mut block = RawBlock::default();
    while reader.next_block(&mut block)? {}
    Ok(Outcome {
        info,
        survey: reader.finish()?,
    })
}

fn number(entry: &Table, key: &str) -> Option<f64> {
    match entry.get(key)? {
        Value::Integer(n) => Some(*n as f64),
        Value::Float(n) => Some(*n),
        other => panic!("{key} is no number: {other}"),
    }
}

fn text<'a>(entry: &'a Table, key: &str) -> Option<&'a str> {
    entry.get(key).map(|value| value.as_str().expect("a text"))
}

fn listed(entry: &Table, key: &str, wanted: &str) -> bool {
    entry
        .get(key)
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|item| item.as_str() == Some(wanted)))
}

/// What is wrong, as phrases; nothing when all is right.
fn disagreements(entry: &Table, outcome: &Result<Outcome, ReadError>) -> Vec<String> {
    match (outcome, text(entry, "refused")) {
        (Err(error), expected) => {
            let accepted = listed(entry, "accept", error.code());
            let mut wrong = Vec::new();
            if expected != Some(error.code()) && !accepted {
                wrong.push(format!(
                    "refused as {} instead of {expected:?}: {error}",
                    error.code()
                ));
            }
            let format = text(entry, "format").expect("every entry has a format");
            let found = error.format().unwrap_or("none");
            if found != format && !listed(entry, "format_also", found) && !accepted {
                wrong.push(format!("refused as a {found} instead of a {format}"));
            }
            wrong
        }
        (Ok(outcome), Some(refused)) => {
            vec![format!(
                "read as {} ({}) instead of refused as {refused}",
                outcome.info.format,
                outcome.survey.unit.name()
            )]
        }
        (Ok(outcome), None) => differences(entry, outcome),
    }
}

fn differences(entry: &Table, outcome: &Outcome) -> Vec<String> {
    let Outcome { info, survey } = outcome;
    let mut wrong = Vec::new();
    let mut check = |right: bool, what: String| {
        if !right {
            wrong.push(what);
        }
    };
    let format = text(entry, "format").expect("every entry has a format");
    check(
        info.format == format || listed(entry, "format_also", &info.format),
        format!("format {} instead of {format}", info.format),
    );
    let unit = text(entry, "unit").expect("every recording has a unit");
    check(
        survey.unit.name() == unit,
        format!("unit {} instead of {unit}", survey.unit.name()),
    );
    if let (AccelUnit::Counts { per_g }, Some(expected)) =
        (survey.unit, number(entry, "counts_per_g"))
    {
        check(
            per_g == expected,
            format!("{per_g} counts a g instead of {expected}"),
        );
    }
    let gravity = text(entry, "gravity").expect("every recording has a state of gravity");
    check(
        survey.gravity.name() == gravity,
        format!("gravity {} instead of {gravity}", survey.gravity.name()),
    );
    let rate = survey.rate.hz();
    let near = |expected: Option<f64>, tolerance: f64| {
        expected.is_some_and(|e| (rate / e - 1.0).abs() <= tolerance)
    };
    let tolerance = number(entry, "rate_tol").unwrap_or(0.01);
    check(
        near(number(entry, "rate_hz"), tolerance),
        format!("rate {rate:.3} instead of {:?}", number(entry, "rate_hz")),
    );
    if let Some(samples) = number(entry, "samples") {
        check(
            survey.rows.parsed as f64 == samples,
            format!("{} samples instead of {samples}", survey.rows.parsed),
        );
    }
    if let Some(duration) = number(entry, "duration_s") {
        let seen = survey.duration().as_secs_f64();
        let tolerance = number(entry, "duration_tol_s").unwrap_or((0.002 * duration).max(0.05));
        check(
            (seen - duration).abs() <= tolerance,
            format!("duration {seen:.3} instead of {duration}"),
        );
    }
    let kind = text(entry, "time_kind").unwrap_or("none");
    let seen_kind = info.stamps.name();
    check(
        seen_kind == kind,
        format!("time {seen_kind} instead of {kind}"),
    );
    let zone = text(entry, "zone").map(zone_of);
    check(
        info.zone == zone,
        format!("zone {:?} instead of {zone:?}", info.zone),
    );
    check_start(entry, outcome, &mut check);
    check_gaps(entry, survey, &mut check);
    wrong
}

/// A zone as an export writes it: by name, or by its offset.
fn zone_of(text: &str) -> TimeZone {
    if let Ok(zone) = TimeZone::get(text) {
        return zone;
    }
    let offset = text.trim_start_matches("GMT").trim();
    let (sign, digits) = offset.split_at(1);
    let mut parts = digits
        .split(':')
        .map(|part| part.parse::<i32>().expect("an offset"));
    let seconds = parts.next().unwrap_or(0) * 3600 + parts.next().unwrap_or(0) * 60;
    let seconds = if sign == "-" { -seconds } else { seconds };
    TimeZone::fixed(Offset::from_seconds(seconds).expect("an offset of a zone"))
}

fn check_start(entry: &Table, outcome: &Outcome, check: &mut impl FnMut(bool, String)) {
    let first = outcome
        .survey
        .first_stamp_ns
        .expect("a recording has a first sample");
    let seen = Timestamp::from_nanosecond(i128::from(first)).expect("a stamp in range");
    let Some(start) = text(entry, "start") else {
        check(
            outcome.info.stamps == StampKind::Elapsed,
            format!("start {seen} instead of none"),
        );
        return;
    };
    let expected = match start.parse::<Timestamp>() {
        Ok(instant) => instant,
        Err(_) => start
            .parse::<DateTime>()
            .expect("an instant or a local time")
            .to_zoned(TimeZone::UTC)
            .expect("in range")
            .timestamp(),
    };
    let off = (seen.as_nanosecond() - expected.as_nanosecond()) as f64 * 1e-9;
    let tolerance = number(entry, "start_tol_s").unwrap_or(0.01);
    check(
        off.abs() <= tolerance,
        format!("start {seen} instead of {start} (off by {off:.3} s)"),
    );
}

fn check_gaps(entry: &Table, survey: &Survey, check: &mut impl FnMut(bool, String)) {
    let list = |key: &str| -> Vec<(f64, f64)> {
        let gaps = entry
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        gaps.iter()
            .map(|gap| {
                let gap = gap.as_table().expect("a gap is a table");
                (
                    number(gap, "start_s").expect("start_s"),
                    number(gap, "length_s").expect("length_s"),
                )
            })
            .collect()
    };
    let close =
        |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() <= 0.05 && (a.1 - b.1).abs() <= 0.05;
    let on_limit = list("gaps_on_limit");
    let expected = list("gaps");
    let seen: Vec<(f64, f64)> = survey
        .gaps
        .iter()
        .map(|gap| (gap.start.as_secs_f64(), gap.length.as_secs_f64()))
        .filter(|gap| !on_limit.iter().any(|limit| close(gap, limit)))
        .collect();
    let same = seen.len() == expected.len() && seen.iter().zip(&expected).all(|(a, b)| close(a, b));
    check(same, format!("gaps {seen:?} instead of {expected:?}"));
}

#[test]
fn every_real_file_is_read_or_refused_as_the_index_says() {
    let Some(dir) = samples::folder("every real export") else {
        return;
    };
    let index: Table = INDEX.parse().expect("the index is TOML");
    let mut unseen: HashMap<&str, &Table> = index["file"]
        .as_array()
        .expect("a list of files")
        .iter()
        .map(|entry| entry.as_table().expect("a table a file"))
        .map(|entry| (text(entry, "sha256").expect("a hash"), entry))
        .collect();
    let only = std::env::var("LEGTRACE_ONLY").unwrap_or_default();
    let (mut checked, mut wrong) = (0, Vec::new());
    for path in samples::files_below(&dir)
        .iter()
        .filter(|path| path.to_string_lossy().contains(&only))
    {
        let Some(entry) = unseen.remove(sha256(path).as_str()) else {
            continue;
        };
        checked += 1;
        let found = disagreements(entry, &read(path));
        if !found.is_empty() {
            wrong.push(format!(
                "{}:\n    {}",
                path.strip_prefix(&dir).unwrap_or(path).display(),
                found.join("\n    ")
            ));
        }
    }
    eprintln!("{checked} real files checked, {} wrong", wrong.len());
    assert!(
        wrong.is_empty(),
        "{} of {checked} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        unseen.is_empty() || !only.is_empty(),
        "{} files of the index are not in {}, among them {:?}",
        unseen.len(),
        dir.display(),
        unseen.keys().next()
    );
}

/// The files of a group as a user would have them: in the layout that the index names, else with names that put them in
/// the wrong order.
fn gathered(group: &Table, files: &HashMap<String, PathBuf>) -> Option<Folder> {
    let list = |key: &str| -> Vec<&str> {
        let items = group
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        items.filter_map(Value::as_str).collect()
    };
    let (members, paths) = (list("members"), list("paths"));
    let folder = Folder::new();
    for (n, hash) in members.iter().enumerate() {
        let file = files.get(*hash)?;
        let packed = file.extension().is_some_and(|suffix| suffix == "gz");
        let name = match paths.get(n) {
            Some(path) => (*path).to_owned(),
            None => format!("piece-{}.csv", members.len() - n),
        };
        let suffix = if packed && !name.ends_with(".gz") {
            ".gz"
        } else {
            ""
        };
        folder.file(
            &(name + suffix),
            std::fs::read(file).expect("a readable sample"),
        );
    }
    Some(folder)
}

#[test]
fn files_that_belong_together_are_read_as_one_recording() {
    let Some(dir) = samples::folder("groups of real exports") else {
        return;
    };
    let index: Table = INDEX.parse().expect("the index is TOML");
    let files: HashMap<String, PathBuf> = samples::files_below(&dir)
        .into_iter()
        .map(|path| (sha256(&path), path))
        .collect();
    let mut wrong = Vec::new();
    let groups = index["group"].as_array().expect("a list of groups");
    for group in groups {
        let group = group.as_table().expect("a table a group");
        let Some(folder) = gathered(group, &files) else {
            wrong.push("a member of a group is not among the samples".to_owned());
            continue;
        };
        wrong.extend(disagreements(group, &read(folder.path())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(groups.len() >= 3, "only {} groups", groups.len());
}

#[test]
fn the_index_names_files_by_their_bytes_alone() {
    let index: Table = INDEX.parse().expect("the index is TOML");
    let entries = index["file"].as_array().expect("a list of files");
    assert!(entries.len() >= 80, "only {} files", entries.len());
    let mut seen = std::collections::BTreeSet::new();
    for entry in entries {
        let entry = entry.as_table().expect("a table a file");
        let hash = text(entry, "sha256").expect("a hash");
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(
            is_hash && seen.insert(hash),
            "{hash} is no hash or stands twice"
        );
        for key in ["path", "name", "file", "device", "serial", "owner"] {
            assert!(
                entry.get(key).is_none(),
                "{hash} has {key}: nobody's name belongs here"
            );
        }
    }
    // addresses of devices and of people
    let mac =
        |word: &str| word.split(':').count() == 6 && word.split(':').all(|part| part.len() == 2);
    for word in INDEX.split_whitespace() {
        assert!(
            !word.contains('@') && !mac(word.trim_matches('"')),
            "{word} is an address"
        );
    }
}
