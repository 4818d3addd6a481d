//! 56 movement lists with the answer for every movement, made and confirmed outside this project. They are not part of
//! it: `LEGTRACE_SHARED` names their folder, else `../shared` is looked for; without them the test says that it was
//! skipped (under `CI=true` it fails), and `boundaries.rs` stands alone.

use std::path::PathBuf;

use jiff::SignedDuration;
use legtrace::analysis::score::rules::{
    AtGaps, ScoringRules, ShortInterval, ShortStart, aasm, alt1, coleman, wasm2006, wasm2016,
};
use legtrace::analysis::score::score;
use legtrace::model::body::Leg;
use legtrace::model::movement::LegMovement;
use legtrace::model::scored::{CandidateMovement, ScoredList};
use legtrace::model::span::{Span, SpanKind};
use serde_json::Value;

use crate::skipped::skip;

/// The lists are written in seconds with two decimals.
fn hundredths(value: &Value) -> i64 {
    let seconds = value.as_f64().expect("a number of seconds");
    let hundredths = (seconds * 100.0).round();
    assert!((seconds * 100.0 - hundredths).abs() < 1e-4, "{seconds}");
    hundredths as i64
}

pub fn span_of(value: &Value) -> SignedDuration {
    SignedDuration::from_millis(hundredths(value) * 10)
}

pub fn cases() -> Option<Vec<Value>> {
    let shared = match std::env::var_os("LEGTRACE_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
    };
    let file = shared.join("golden/scoring.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        let missing = format!("{} (LEGTRACE_SHARED)", file.display());
        skip("scoring against the golden lists", &missing);
        return None;
    };
    let mut parsed: Value = serde_json::from_str(&text).expect("golden/scoring.json is JSON");
    let cases = parsed["cases"].take();
    let cases = cases.as_array().expect("a list of cases").clone();
    assert_eq!(cases.len(), 56);
    Some(cases)
}

pub fn events(case: &Value) -> Vec<LegMovement> {
    let rows = case["events"].as_array().expect("events");
    rows.iter()
        .map(|row| {
            let leg = match row["leg"].as_str() {
                Some("L") => Leg::Left,
                Some("R") => Leg::Right,
                other => panic!("leg {other:?}"),
            };
            let (start, end) = (hundredths(&row["start_s"]), hundredths(&row["end_s"]));
            super::movement(leg, start * 10, end * 10)
        })
        .collect()
}

fn gaps(case: &Value) -> Vec<Span> {
    let rows = case["gaps"].as_array().map_or(&[][..], Vec::as_slice);
    rows.iter()
        .map(|row| {
            Span::new(
                SpanKind::Gap,
                span_of(&row["start_s"]),
                span_of(&row["end_s"]),
            )
        })
        .collect()
}

/// One movement as a line of text, so that a difference can be read.
fn line(movement: &CandidateMovement, block: &str) -> String {
    let ms = |span: SignedDuration| (span.as_millis() / 10).to_string();
    let or_null = |value: Option<String>| value.unwrap_or_else(|| "null".into());
    let rest = match block {
        "wasm2016" => format!(
            "candidate {} imi {}",
            movement.candidate,
            or_null(movement.interval.map(ms))
        ),
        _ => format!("skipped {}", movement.skipped),
    };
    format!(
        "{}-{} {} components {} plm {} series {} {rest}",
        ms(movement.onset),
        ms(movement.end),
        movement.side.letter(),
        movement.components,
        movement.plm,
        or_null(movement.series.map(|n| n.to_string())),
    )
}

fn golden_line(row: &Value, block: &str) -> String {
    let or_null = |value: &Value| match value {
        Value::Null => "null".to_owned(),
        value => hundredths(value).to_string(),
    };
    let rest = match block {
        "wasm2016" => format!(
            "candidate {} imi {}",
            row["candidate"],
            or_null(&row["imi_s"])
        ),
        _ => format!("skipped {}", row["skipped"]),
    };
    format!(
        "{}-{} {} components {} plm {} series {} {rest}",
        hundredths(&row["start_s"]),
        hundredths(&row["end_s"]),
        row["side"].as_str().expect("a side"),
        row["components"],
        row["plm"],
        row["series"],
    )
}

fn check_counts(case: &str, scored: &ScoredList, golden: &Value) {
    let counts = [
        ("n_lm", scored.n_lm()),
        ("n_clm", scored.n_clm()),
        ("n_plm", scored.n_plm()),
        ("n_series", scored.series.len()),
    ];
    for (name, ours) in counts {
        assert_eq!(golden[name].as_u64(), Some(ours as u64), "{case} {name}");
    }
}

#[test]
fn every_movement_of_the_golden_lists_is_scored_alike() {
    let Some(cases) = cases() else { return };
    let mut n_movements = 0;
    for case in &cases {
        let id = case["id"].as_str().expect("an id");
        for rules in [wasm2016(), aasm()] {
            let block = rules.name;
            // The movement blocks ignore gaps; `wasm2016_gap` below does not.
            let scored = score(&events(case), &rules, &[]);
            let golden = &case[block];
            let rows = golden["movements"].as_array().expect("movements");
            let ours: Vec<_> = scored.movements.iter().map(|m| line(m, block)).collect();
            let theirs: Vec<_> = rows.iter().map(|row| golden_line(row, block)).collect();
            assert_eq!(ours, theirs, "{id} {block}");
            check_counts(id, &scored, golden);
            n_movements += rows.len();
        }
    }
    assert!(n_movements > 2000, "only {n_movements} movements compared");
}

#[test]
fn all_eight_readings_count_as_many_periodic_movements() {
    let Some(cases) = cases() else { return };
    let ignoring = |rules: ScoringRules| ScoringRules {
        gaps: AtGaps::Ignore,
        ..rules
    };
    let readings = [
        ("wasm2016", ignoring(wasm2016())),
        (
            "wasm2016_strict",
            ScoringRules {
                short_start: ShortStart::Forbid,
                ..ignoring(wasm2016())
            },
        ),
        ("wasm2016_gap", wasm2016()),
        ("aasm_skip", ignoring(aasm())),
        (
            "aasm_break",
            ScoringRules {
                short_interval: ShortInterval::EndsSeries,
                ..ignoring(aasm())
            },
        ),
        ("alt1", ignoring(alt1())),
        ("wasm2006", ignoring(wasm2006())),
        ("coleman", ignoring(coleman())),
    ];
    for case in &cases {
        let golden = case["n_plm_by_rules"].as_object().expect("readings");
        assert_eq!(golden.len(), readings.len(), "{}", case["id"]);
        for (name, rules) in &readings {
            let ours = score(&events(case), rules, &gaps(case)).n_plm();
            assert_eq!(
                golden[*name].as_u64(),
                Some(ours as u64),
                "{} {name}",
                case["id"]
            );
        }
    }
}
