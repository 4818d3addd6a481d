//! The program as a person meets it: exit codes, messages, and what is left on the disk.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::made::Folder;
use crate::program::{legtrace, show, text};

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code, not a signal")
}

/// What every refusal must be: the code, one paragraph, no panic, nothing written.
fn refused(scratch: &Folder, input: &Path, expected: i32) -> String {
    let out = scratch.at("out");
    let output = legtrace(&["analyze", show(input), "--out", show(&out)]);
    let message = text(&output.stderr);
    assert_eq!(code(&output), expected, "{message}");
    assert!(message.starts_with("legtrace: "), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    assert!(
        message.trim_end().lines().count() <= 4,
        "more than a paragraph: {message}"
    );
    assert!(message.len() > 40, "says too little: {message}");
    assert!(!out.exists(), "something was written");
    message
}

/// A minute of a still sensor at 50 Hz with a ripple of 2 mg, in g.
fn still_minute() -> String {
    let mut csv = String::from("time,x,y,z\n");
    for n in 0..3000 {
        let t = f64::from(n) / 50.0;
        let ripple = 0.002 * (t * 1.7).sin();
        csv.push_str(&format!(
            "{t:.3},{:.4},{:.4},{:.4}\n",
            ripple,
            0.02,
            1.0 + ripple
        ));
    }
    csv
}

#[test]
fn an_empty_file_is_refused() {
    let scratch = Folder::new();
    let file = scratch.file("empty.csv", "");
    let message = refused(&scratch, &file, 65);
    assert!(message.contains("empty.csv"), "{message}");
}

#[test]
fn a_header_alone_is_refused() {
    let scratch = Folder::new();
    let file = scratch.file("header.csv", "time,x,y,z\n");
    refused(&scratch, &file, 65);
}

#[test]
fn binary_is_refused() {
    let scratch = Folder::new();
    let bytes: Vec<u8> = (0..20_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let file = scratch.file("noise.csv", bytes);
    refused(&scratch, &file, 65);
}

#[test]
fn a_truncated_gzip_is_refused() {
    let scratch = Folder::new();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, still_minute().as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    let file = scratch.file("night.csv.gz", &whole[..whole.len() / 2]);
    refused(&scratch, &file, 65);
}

#[test]
fn one_sample_is_refused() {
    let scratch = Folder::new();
    let file = scratch.file("one.csv", "time,x,y,z\n0.00,0.0,0.0,1.0\n");
    refused(&scratch, &file, 65);
}

#[test]
fn letters_in_numbers_are_refused() {
    let scratch = Folder::new();
    let csv: String = still_minute()
        .lines()
        .enumerate()
        .map(|(n, line)| {
            if n % 3 == 1 {
                format!("{line}abc\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let file = scratch.file("letters.csv", csv);
    refused(&scratch, &file, 65);
}

#[test]
fn nothing_but_nan_is_refused() {
    let scratch = Folder::new();
    let csv: String = std::iter::once("time,x,y,z\n".to_owned())
        .chain((0..1000).map(|n| format!("{:.2},NaN,NaN,NaN\n", f64::from(n) / 50.0)))
        .collect();
    let file = scratch.file("nan.csv", csv);
    refused(&scratch, &file, 65);
}

#[test]
fn a_table_of_words_is_refused() {
    let scratch = Folder::new();
    let file = scratch.file(
        "notes.txt",
        "dear diary,\nthe legs again; all night\nno sleep\n",
    );
    refused(&scratch, &file, 65);
}

#[test]
fn a_missing_file_and_an_empty_folder_are_no_input() {
    let scratch = Folder::new();
    let message = refused(&scratch, &scratch.at("nowhere.csv"), 66);
    assert!(message.contains("nowhere.csv"), "{message}");
    let folder = scratch.at("folder");
    fs::create_dir(&folder).unwrap();
    refused(&scratch, &folder, 66);
}

#[test]
fn every_command_tells_a_missing_file_alike() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let list = scratch.file("list.csv", "leg,start_s,end_s\nL,1,2\n");
    let (file, list) = (show(&file), show(&list));
    let missing = scratch.at("nosuch.csv");
    let missing = show(&missing);
    for args in [
        &["analyze", missing][..],
        &["analyze", file, "--diary", missing],
        &["analyze", file, "--sleep", missing],
        &["analyze", file, "--people", missing],
        &["analyze", file, "--profile", missing],
        &["inspect", missing],
        &["score", missing],
        &["score", list, "--gaps", missing],
        &["score", list, "--stages", missing],
        &["evaluate", "--truth", list, "--detected", missing],
        &["diary", "check", missing],
        &["report", missing],
        &["plot", "trend", missing],
        &["associate", missing, "--diary", list],
    ] {
        let output = legtrace(args);
        let message = text(&output.stderr);
        assert_eq!(code(&output), 66, "{args:?}: {message}");
        assert!(
            message.contains("nosuch.csv: No such file or directory")
                && message.contains("Check the spelling and the folder."),
            "{args:?}: {message}"
        );
    }
    // Beside one that is there it is told alike, and the rest is read.
    let output = legtrace(&["inspect", file, missing]);
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("Check the spelling"));
    assert!(text(&output.stdout).contains("left.csv"));
}

#[test]
fn an_unknown_flag_is_a_usage_error() {
    let output = legtrace(&["analyze", "--rate-of-fire", "3"]);
    assert_eq!(code(&output), 2);
    let output = legtrace(&[]);
    assert_eq!(code(&output), 2);
}

#[test]
fn verbose_prints_what_the_manifest_holds() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let diary = scratch.file("diary.csv", "date;severity\n2024-05-07;6,5\n");
    let out = scratch.at("out");
    let args = [
        "analyze",
        show(&file),
        "--diary",
        show(&diary),
        "--out",
        show(&out),
        "--no-charts",
        "--force",
    ];
    let plain = legtrace(&args);
    assert_eq!(code(&plain), 0, "{}", text(&plain.stderr));
    assert_eq!(text(&plain.stderr), "");
    let output = legtrace(&[&args[..], &["-v", "--json"]].concat());
    let told = text(&output.stderr);
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let decisions = manifest["inputs"][0]["decisions"].as_array().unwrap();
    assert!(decisions.len() > 3, "{decisions:?}");
    for decision in decisions {
        for part in ["what", "value", "because"] {
            let part = decision[part].as_str().unwrap();
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    assert!(
        told.contains("diary.csv") && told.contains("decimal"),
        "{told}"
    );
    serde_json::from_slice::<Value>(&output.stdout).expect("nothing but JSON");
    // Where nothing would come of it, it is not offered.
    assert_eq!(code(&legtrace(&["score", "-v", "list.csv"])), 2);
    assert_eq!(code(&legtrace(&["analyze", "-v", "-q", show(&file)])), 2);
}

#[test]
fn inspect_tells_machines_why_it_refuses() {
    let scratch = Folder::new();
    let file = scratch.file("empty.csv", "");
    let output = legtrace(&["inspect", "--json", show(&file)]);
    assert_eq!(code(&output), 65);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON on standard output");
    assert!(json["refused"].is_string(), "{json}");
    assert!(
        json["message"]
            .as_str()
            .is_some_and(|m| m.contains("empty.csv")),
        "{json}"
    );
}

#[test]
fn inspect_reads_a_plain_table_and_says_why() {
    let scratch = Folder::new();
    let file = scratch.file("plain.csv", still_minute());
    let output = legtrace(&["inspect", "--json", show(&file)]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON on standard output");
    assert_eq!(json["unit"], "g");
    assert_eq!(json["gravity"], "included");
    assert_eq!(json["samples"], 3000);
    assert_eq!(json["start"], Value::Null);
    assert!(
        (json["rate_hz"].as_f64().unwrap() - 50.0).abs() < 0.01,
        "{json}"
    );
    assert!(json["gaps"].as_array().unwrap().is_empty());
    for decision in json["decisions"].as_array().unwrap() {
        assert!(decision["because"].is_string(), "{decision}");
    }
}

#[test]
fn results_are_not_overwritten_unless_asked() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let out = scratch.at("out");
    let args = ["analyze", show(&file), "--out", show(&out), "--no-charts"];
    let first = legtrace(&args);
    assert_eq!(code(&first), 0, "{}", text(&first.stderr));
    fs::write(out.join("nights.csv"), "mine").unwrap();
    let second = legtrace(&args);
    assert_eq!(code(&second), 2);
    assert!(text(&second.stderr).contains("--force"));
    assert_eq!(fs::read_to_string(out.join("nights.csv")).unwrap(), "mine");
    let third = legtrace(&[&args[..], &["--force"]].concat());
    assert_eq!(code(&third), 0, "{}", text(&third.stderr));
    assert_ne!(fs::read_to_string(out.join("nights.csv")).unwrap(), "mine");
}

#[test]
fn one_file_is_no_two_legs() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let out = scratch.at("out");
    let asked = |how: &str| {
        let args = ["analyze", show(&file), "--out", show(&out), "--as", how];
        legtrace(&[&args[..], &["--no-charts", "--force"]].concat())
    };
    let output = asked("legs");
    assert_eq!(code(&output), 2, "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--as legs wants exactly two files"));
    assert!(!out.exists());
    // The choice stands in the manifest, for it can change every figure.
    for (how, named) in [("nights", "nights"), ("pieces", "pieces")] {
        assert_eq!(code(&asked(how)), 0);
        let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["settings"]["as"], named);
    }
}

#[test]
fn a_bad_file_stops_nothing() {
    let scratch = Folder::new();
    scratch.file("good.csv", still_minute());
    scratch.file("bad.csv", "");
    let out = scratch.at("out");
    let output = legtrace(&["analyze", show(scratch.path()), "--out", show(&out)]);
    assert_eq!(code(&output), 3, "{}", text(&output.stderr));
    let files = fs::read_to_string(out.join("files.csv")).unwrap();
    assert!(
        files.contains("bad.csv") && files.contains("good.csv"),
        "{files}"
    );
    assert!(
        fs::read_to_string(out.join("nights.csv"))
            .unwrap()
            .lines()
            .count()
            == 2
    );
    let hidden = fs::read_dir(&out).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with('.')
    });
    assert_eq!(hidden.count(), 0, "half-written results are left");
}

#[test]
fn the_manifest_is_the_same_twice() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let run = |name: &str| {
        let out = scratch.at(name);
        let output = legtrace(&["analyze", show(&file), "--out", show(&out), "--no-charts"]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        fs::read(out.join("manifest.json")).unwrap()
    };
    let first = run("one");
    assert_eq!(first, run("two"));
    let manifest = String::from_utf8(first).unwrap();
    assert!(
        !manifest.contains(show(scratch.path())),
        "a folder's name is in the manifest"
    );
}

#[test]
fn a_list_is_scored_by_the_rules_alone() {
    let scratch = Folder::new();
    let mut csv = String::from("leg,start_s,end_s\n");
    for n in 0..5 {
        csv.push_str(&format!("L,{},{}\n", 100 + 20 * n, 102 + 20 * n));
    }
    let file = scratch.file("list.csv", csv);
    let output = legtrace(&["score", show(&file), "--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON on standard output");
    assert_eq!(json["rules"], "wasm2016");
    assert_eq!(json["n_plm"], 5);
    assert_eq!(json["n_series"], 1);
    assert_eq!(json["movements"][4]["imi_s"], 20.0);
    assert_eq!(json["movements"][0]["imi_s"], Value::Null);
    assert_eq!(json["movements"][0]["side"], "L");
}

#[test]
fn a_diary_template_is_written_once_and_read_as_it_stands() {
    let scratch = Folder::new();
    for lang in ["en", "de"] {
        let file = scratch.at(&format!("{lang}.csv"));
        let args = ["diary", "template", "--lang", lang, "-o", show(&file)];
        let output = legtrace(&args);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        assert_eq!(code(&legtrace(&args)), 2, "it was overwritten");
        let output = legtrace(&["diary", "check", show(&file), "--json"]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(json["remarks"].as_array().map(Vec::len), Some(1), "{json}");
        assert_eq!(json["remarks"][0]["code"], "no_rows", "{json}");
        assert_eq!(json["remarks"][0]["taken"], true, "{json}");
        let printed = legtrace(&["diary", "template", "--lang", lang]);
        let written = fs::read_to_string(&file).unwrap();
        assert_eq!(
            written.trim_start_matches('\u{feff}'),
            text(&printed.stdout)
        );
    }
}

#[test]
fn a_diary_check_names_line_and_column_and_what_to_type() {
    let scratch = Folder::new();
    let file = scratch.file(
        "tagebuch.csv",
        "Datum;Stärke;Vitamin D\n03.03.2024;6,5;75\n04.03.2024;11;\n",
    );
    let output = legtrace(&["diary", "check", show(&file)]);
    let message = text(&output.stdout);
    assert_eq!(code(&output), 65, "{message}");
    assert!(
        message.contains("line 2, column 3") && message.contains("line 3, column 2"),
        "{message}"
    );
    assert!(message.contains("nmol/L"), "{message}");
    let output = legtrace(&["diary", "check", show(&file), "--vitamin-d-unit", "nmol/L"]);
    let message = text(&output.stdout);
    assert!(!message.contains("line 2"), "{message}");

    let ambiguous = scratch.file("diary.csv", "date,severity\n03/04/2024,5\n");
    let output = legtrace(&["diary", "check", show(&ambiguous)]);
    assert_eq!(code(&output), 65);
    assert!(text(&output.stderr).contains("--date-order"));
    let args = ["diary", "check", show(&ambiguous), "--date-order", "mdy"];
    assert_eq!(code(&legtrace(&args)), 0);
    let output = legtrace(&["diary", "check", show(&scratch.at("none.csv"))]);
    assert_eq!(code(&output), 66);
    let args = ["diary", "check", show(&ambiguous), "--study", show(&file)];
    let output = legtrace(&args);
    assert_eq!(code(&output), 66, "{}", text(&output.stderr));
}

#[test]
fn a_table_of_anything_else_is_no_diary() {
    let scratch = Folder::new();
    let nights = scratch.file(
        "nights.csv",
        "night,date,files,notes,plm_per_h\nn1,2024-05-07,left.csv,late,12.5\n",
    );
    let output = legtrace(&["diary", "check", show(&nights)]);
    let message = text(&output.stderr);
    assert_eq!(code(&output), 65, "{message}");
    for part in [
        "nights.csv",
        "plm_per_h",
        "severity",
        "lights out",
        "medicine",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    let own = scratch.file("own.csv", "date,weather,severity\n2024-05-07,rain,\n");
    assert_eq!(code(&legtrace(&["diary", "check", show(&own)])), 0);
}

#[test]
fn from_a_demo_to_charts_answers_and_pages() {
    let scratch = Folder::new();
    let demo = scratch.at("demo");
    let args = ["demo", "--nights", "2", "--hours", "0.3", "-o", show(&demo)];
    let output = legtrace(&args);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let study = demo.join("study");
    let diary = demo.join("diary.csv");
    for name in ["report.pdf", "report.html", "diary.csv", "charts/trend.svg"] {
        assert!(demo.join(name).is_file(), "{name}");
        assert!(text(&output.stdout).contains("report.pdf"));
    }
    let left: Vec<String> = fs::read_dir(&demo)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(code(&legtrace(&args)), 2, "a demo was overwritten");

    // Nights of a third of an hour are doubtful; nothing else is odd.
    let output = legtrace(&["diary", "check", show(&diary), "--study", show(&study)]);
    let checked = text(&output.stdout);
    assert!(
        checked.contains("0 errors, 0 questions, 2 doubts, 0 notes"),
        "{checked}"
    );

    let first = [
        "report",
        show(&study),
        "--diary",
        show(&diary),
        "--language",
        "de",
    ];
    let output = legtrace(&first);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let pdf = fs::read(study.join("report.pdf")).expect("the PDF in the study's folder");
    assert!(pdf.starts_with(b"%PDF-"));
    let output = legtrace(&first);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("--force"));
    let output = legtrace(&[
        "report",
        show(&study),
        "-o",
        show(&scratch.at("report.doc")),
    ]);
    assert_eq!(code(&output), 2);
    let output = legtrace(&["report", show(&demo)]);
    assert_eq!(code(&output), 66);
    assert!(
        text(&output.stderr).contains("Did you mean"),
        "{}",
        text(&output.stderr)
    );

    let chart = scratch.at("trend.svg");
    let output = legtrace(&[
        "plot",
        "trend",
        show(&study),
        "-d",
        show(&diary),
        "-o",
        show(&chart),
    ]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert!(fs::read_to_string(&chart).unwrap().starts_with("<svg"));
    let output = legtrace(&["plot", "trand", show(&study)]);
    assert_eq!(code(&output), 2);
    assert!(
        text(&output.stderr).contains("'trend'"),
        "{}",
        text(&output.stderr)
    );
    let output = legtrace(&["plot", "--list"]);
    assert!(text(&output.stdout).contains("actogram"));

    let output = legtrace(&["associate", show(&study), "-d", show(&diary), "--json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON on standard output");
    assert_eq!(json["associations"][0]["told"], "too_few", "{json}");
    assert!(study.join("associations/associations.csv").is_file());
}

#[test]
fn how_the_diary_is_dated_is_said_once() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let diary = scratch.file("diary.csv", "date;severity\n2024-05-08;6,5\n");
    let (file, diary) = (show(&file), show(&diary));
    let study = scratch.at("study");
    let study = show(&study);
    let args = [
        "analyze",
        file,
        "--start",
        "2024-05-07 23:00:00",
        "--out",
        study,
    ];
    let said = [
        "--diary",
        diary,
        "--dates",
        "morning",
        "--diary-decimal",
        ",",
    ];
    let output = legtrace(&[&args[..], &said[..]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    // The row of the eighth is of the night that began on the seventh.
    let none = "no row is of a recorded night";
    let output = legtrace(&["associate", study, "-d", diary]);
    let told = text(&output.stderr);
    assert_eq!(code(&output), 0, "{told}");
    assert!(
        told.contains("--dates morning") && !told.contains(none),
        "{told}"
    );
    let output = legtrace(&["report", study, "-d", diary, "--dates", "evening"]);
    let told = text(&output.stderr);
    assert!(told.contains(none) && !told.contains("--dates"), "{told}");
    let output = legtrace(&["diary", "check", diary, "--study", study]);
    assert!(text(&output.stderr).contains("--dates morning"));
    // Without a diary there is nothing to say of one.
    let output = legtrace(&["analyze", file, "--dates", "morning"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn a_sleep_export_of_other_nights_is_refused() {
    let scratch = Folder::new();
    let file = scratch.file("left.csv", still_minute());
    let sleep = scratch.file(
        "stages.csv",
        "start,end,stage\n2024-03-01 23:00:00,2024-03-02 06:00:00,N2\n",
    );
    let out = scratch.at("out");
    let start = ["--start", "2024-05-07 23:00:00"];
    let args = [
        "analyze",
        show(&file),
        "--out",
        show(&out),
        "--sleep",
        show(&sleep),
    ];
    let output = legtrace(&[&args[..], &start].concat());
    let message = text(&output.stderr);
    assert_eq!(code(&output), 65, "{message}");
    assert!(
        message.contains("stages.csv") && message.contains("h away"),
        "{message}"
    );
    assert!(!out.exists(), "something was written");
}

#[test]
fn several_nights_are_told_together() {
    let scratch = Folder::new();
    let nights = scratch.at("nights");
    fs::create_dir(&nights).unwrap();
    for day in 1..=7 {
        let mut csv = String::from("timestamp,x (g),y (g),z (g)\n");
        for (n, line) in still_minute().lines().skip(1).enumerate() {
            let (_, axes) = line.split_once(',').unwrap();
            let (second, ms) = (n / 50, n % 50 * 20);
            csv.push_str(&format!(
                "2024-05-{day:02} 23:00:{second:02}.{ms:03},{axes}\n"
            ));
        }
        fs::write(nights.join(format!("night{day}.csv")), csv).unwrap();
    }
    let out = scratch.at("out");
    let output = legtrace(&["analyze", show(&nights), "--out", show(&out), "--no-charts"]);
    let said = text(&output.stdout);
    assert_eq!(code(&output), 0, "{said}{}", text(&output.stderr));
    assert!(said.contains("7 nights together"), "{said}");
    assert!(
        said.contains("About 21 more nights like these would halve the interval"),
        "{said}"
    );
    let study = fs::read_to_string(out.join("study.csv")).unwrap();
    assert!(
        study.lines().any(|line| line.starts_with(",plm_per_h,7,")),
        "{study}"
    );
}

#[test]
fn a_reader_of_the_pipe_that_has_gone_is_no_failure() {
    let scratch = Folder::new();
    let rows: String = (0..2_000)
        .map(|n| format!("{},0.{:03},0.1,0.98\n", n * 20, n % 7))
        .collect();
    let input = scratch.file("night.csv", format!("ms,x (g),y (g),z (g)\n{rows}"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_legtrace"))
        .args(["inspect", "--json", show(&input)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // gone before anything is written
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its end");
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}
