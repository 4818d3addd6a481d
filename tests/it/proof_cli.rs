//! `legtrace evaluate` and `legtrace bench` as a person meets them.

use std::fs;
use std::process::Output;

use serde_json::Value;

use crate::made::Folder;
use crate::program::{legtrace, show};

/// A name in a folder, as an argument.
fn path_in(scratch: &Folder, name: &str) -> String {
    let path = scratch.at(name);
    show(&path).to_owned()
}

/// A list of movements of two seconds that begin at these seconds.
fn list_in(scratch: &Folder, name: &str, onsets: &[f64]) -> String {
    let mut text = "leg,start_s,end_s\n".to_owned();
    for onset in onsets {
        text.push_str(&format!("L,{onset},{}\n", onset + 2.0));
    }
    scratch.file(name, text);
    path_in(scratch, name)
}

fn json(output: &Output) -> Value {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

/// Six movements, 20 s apart: a series.
const SERIES: [f64; 6] = [100.0, 120.0, 140.0, 160.0, 180.0, 200.0];

#[test]
fn several_nights_are_held_against_their_references() {
    let scratch = Folder::new();
    let truth_a = list_in(&scratch, "truth-a.csv", &SERIES);
    let truth_b = list_in(&scratch, "truth-b.csv", &SERIES);
    let found_a = list_in(&scratch, "found-a.csv", &SERIES.map(|onset| onset + 0.5));
    // The last one is missed, and one is found where none is.
    let found_b = list_in(
        &scratch,
        "found-b.csv",
        &[100.0, 120.0, 140.0, 160.0, 180.0, 2000.0],
    );
    let out = path_in(&scratch, "out");
    let args = [
        "evaluate",
        "--truth",
        &truth_a,
        &truth_b,
        "--detected",
        &found_a,
        &found_b,
        "--hours",
        "1",
        "--json",
        "-o",
        &out,
    ];
    let told = json(&legtrace(&args));
    let side = &told["visible"];
    assert_eq!(told["n_nights"], 2);
    assert_eq!(
        (&side["lm"]["hits"], &side["lm"]["false_alarms"]),
        (&11.into(), &1.into())
    );
    assert_eq!(side["plm"]["misses"], 1);
    assert_eq!(side["plm"]["precision"], 1.0);
    let recall = side["lm"]["night_median"]["recall"].as_f64();
    assert!((recall.expect("a median") - 11.0 / 12.0).abs() < 1e-12);
    // Six an hour in both nights, of which six and five were found.
    let agreement = &side["index_agreement"];
    assert_eq!(agreement["bias_per_h"], -0.5);
    assert_eq!(agreement["mae_per_h"], 0.5);
    let reach = 1.96 * 0.5_f64.sqrt();
    let lower = agreement["lower_limit_per_h"].as_f64().expect("a limit");
    assert!((lower + 0.5 + reach).abs() < 1e-12, "{lower}");
    assert_eq!(told["nights"][1]["visible"]["plm"]["misses"], 1);
    assert_eq!(told["nights"][0]["visible"]["onset_error_s"], 0.5);
    for name in [
        "agreement.csv",
        "agreement_limits.csv",
        "agreement.svg",
        "agreement.png",
    ] {
        assert!(fs::metadata(scratch.at("out").join(name)).is_ok(), "{name}");
    }
    let table = fs::read_to_string(scratch.at("out/agreement.csv")).expect("a table");
    assert_eq!(table.lines().count(), 3, "{table}");
    let again = legtrace(&args);
    assert_eq!(again.status.code(), Some(2), "results were overwritten");
}

#[test]
fn as_many_nights_are_asked_for_on_both_sides() {
    let scratch = Folder::new();
    let one = list_in(&scratch, "one.csv", &SERIES);
    let output = legtrace(&["evaluate", "--truth", &one, &one, "--detected", &one]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("--truth holds 2 nights and --detected 1"),
        "{told}"
    );
}

#[test]
fn clocks_that_disagree_are_found_by_the_pattern_of_movements() {
    let scratch = Folder::new();
    // Intervals of 17 to 47 s that repeat nowhere: squares modulo 61.
    let mut at = 0.0;
    let onsets: Vec<f64> = (0..60_u32)
        .map(|k| {
            at += f64::from(17 + k * k % 61 / 2);
            at
        })
        .collect();
    let laboratory = list_in(&scratch, "laboratory.csv", &onsets);
    let late: Vec<f64> = onsets.iter().map(|onset| onset + 731.25).collect();
    let ours = list_in(&scratch, "ours.csv", &late);
    let args = [
        "evaluate",
        "--truth",
        &laboratory,
        "--detected",
        &ours,
        "--json",
    ];
    // 12 minutes late, a chance overlap here and there is all that is left.
    let apart = json(&legtrace(&args))["visible"]["lm"]["hits"].as_u64();
    assert!(apart.expect("a count") < 40);
    let mut with = args.to_vec();
    with.extend(["--offset", "find"]);
    let told = json(&legtrace(&with));
    let offset = told["offset_s"].as_f64().expect("an offset");
    assert!((offset + 731.25).abs() < 0.05, "{offset}");
    assert_eq!(told["visible"]["lm"]["hits"], 60);
}

#[test]
fn a_benchmark_of_nothing_is_refused_before_any_night_is_run() {
    let scratch = Folder::new();
    let output = legtrace(&["bench", "--nights", "0"]);
    assert_eq!(output.status.code(), Some(2));
    fs::create_dir_all(scratch.at("out")).expect("a folder");
    fs::write(scratch.at("out/benchmark.csv"), "mine").expect("a file");
    let output = legtrace(&["bench", "-o", &path_in(&scratch, "out")]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("benchmark.csv") && told.contains("--force"),
        "{told}"
    );
}
