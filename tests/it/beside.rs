//! What lies beside a recording: sleep exports and the diary, from the file to the figures.

use std::path::{Path, PathBuf};

use legtrace::analysis::detect::Preset;
use legtrace::error::Error;
use legtrace::ingest::diary::{DateMeaning, DateOrder};
use legtrace::model::body::Leg;
use legtrace::model::night::WindowSource;
use legtrace::pipeline::analyze::Request;
use legtrace::pipeline::diary::DiaryFile;
use legtrace::pipeline::filled::NightOutcome;
use legtrace::pipeline::night::{self, LegFiles};
use legtrace::pipeline::settings::Settings;

use super::made::{Folder, clock, g};

/// Forty minutes at 25 Hz on a local clock, with a movement of two seconds every 20 s but in the first ten minutes.
fn recording(folder: &Folder, name: &str, start: &str) -> PathBuf {
    const HZ: usize = 25;
    let mut csv = String::from("timestamp,x (g),y (g),z (g)\n");
    for n in 0..40 * 60 * HZ {
        // a good sensor: a noise of 1 mg leaves the thresholds to the settings
        let rest = [0.6, -0.8, 0.02];
        let noisy = g(n);
        let [x, y, z] = [0, 1, 2].map(|axis| rest[axis] + (noisy[axis] - rest[axis]) / 4.0);
        let (second, at) = (n / HZ, n as f64 / HZ as f64);
        let moves = second >= 600 && second % 20 < 2;
        let swing = if moves {
            0.25 * (at * std::f64::consts::TAU * 2.5).sin()
        } else {
            0.0
        };
        let stamp = clock(start, (n * 1000 / HZ) as i64);
        csv.push_str(&format!(
            "{stamp},{:.4},{y:.4},{:.4}\n",
            x + swing,
            z + swing
        ));
    }
    folder.file(name, csv)
}

fn request() -> Request {
    let mut request = Request::default();
    request.read.leg = Some(Leg::Left);
    request
}

fn analyzed(file: &Path, request: &Request) -> Result<NightOutcome, Error> {
    let settings = Settings::check(request)?;
    let legs = [LegFiles {
        leg: request.read.leg,
        pieces: vec![(file, "night.csv")],
    }];
    let mut nights = night::analyze(&legs, &settings, &std::env::temp_dir())?;
    assert_eq!(nights.len(), 1);
    Ok(nights.remove(0))
}

const STAGES: &str = "start,end,stage\n\
2024-05-07 23:00:00,2024-05-07 23:10:00,W\n\
2024-05-07 23:10:00,2024-05-07 23:30:00,N2\n\
2024-05-07 23:30:00,2024-05-07 23:40:00,R\n\
2024-05-08 23:00:00,2024-05-08 23:20:00,light\n\
2024-05-08 23:20:00,2024-05-08 23:40:00,N3\n";

#[test]
fn stages_of_an_export_become_denominators() {
    let folder = Folder::new();
    let file = recording(&folder, "night.csv", "2024-05-07 23:00:00");
    let mut request = request();
    request.sleep = vec![folder.file("stages.csv", STAGES)];
    let night = analyzed(&file, &request).expect("a night");
    let row = &night.row;
    assert_eq!(row.window_source, Some(WindowSource::SleepExport));
    // The ends of the recording are blind for seconds at most.
    let near = |hours: Option<f64>, minutes: f64| {
        let hours = hours.expect("a denominator");
        assert!(
            (hours * 60.0 - minutes).abs() < 0.2,
            "{hours} h, {minutes} min"
        );
    };
    near(row.sleep_h, 30.0);
    near(row.wake_h, 10.0);
    near(row.sleep_period_h, 30.0);
    assert!(
        row.sleep_from
            .as_deref()
            .is_some_and(|from| from.starts_with("stages.csv"))
    );
    assert!(row.sleep_share.is_some_and(|share| share > 0.999));
    // What was counted in a stage is what the movements say of it.
    let stages: Vec<&str> = night.stages.iter().map(|row| row.stage.as_str()).collect();
    assert_eq!(stages, ["W", "N2", "R"]);
    for stage in &night.stages {
        let own = night.movements.iter().filter(|m| m.plm && m.in_bed);
        let n = own
            .filter(|m| m.stage.as_deref() == Some(&stage.stage))
            .count();
        assert_eq!(stage.n_plm as usize, n, "{}", stage.stage);
    }
    let asleep: u32 = night.stages[1..].iter().map(|row| row.n_plm).sum();
    assert!(asleep > 60, "{asleep} of some 90 movements");
    assert_eq!(row.n_plms, Some(asleep));
    let rate = row.plms_per_h.expect("an index of sleep");
    assert!((rate * row.sleep_h.unwrap() - f64::from(asleep)).abs() < 1e-6);
    let drawn = night
        .spans
        .iter()
        .filter(|row| row.kind.name().starts_with("stage_"));
    assert_eq!(drawn.count(), 3);
    assert_eq!(night.in_force["sleep"]["format"], "sleep_plain");
}

#[test]
fn each_night_takes_its_part_of_one_export() {
    let folder = Folder::new();
    let mut request = request();
    request.sleep = vec![folder.file("stages.csv", STAGES)];
    let second = recording(&folder, "b.csv", "2024-05-08 23:00:00");
    let night = analyzed(&second, &request).expect("a night");
    let stages: Vec<&str> = night.stages.iter().map(|row| row.stage.as_str()).collect();
    assert_eq!(stages, ["light", "N3"]);
    // A night that the export does not hold is analysed without, and says so.
    let third = recording(&folder, "c.csv", "2024-05-20 23:00:00");
    let night = analyzed(&third, &request).expect("a night");
    assert!(night.stages.is_empty() && night.row.sleep_h.is_none());
    let why = night.without_sleep.expect("a reason");
    assert!(why.contains("h away"), "{why}");
    assert_eq!(night.row.notes.as_deref(), Some(why.as_str()));
}

#[test]
fn a_poor_fit_is_refused_and_the_zone_asked_about() {
    let folder = Folder::new();
    let mut request = request();
    request.sleep = vec![folder.file("stages.csv", STAGES)];
    // The recording's clock runs an hour behind the phone's.
    let file = recording(&folder, "night.csv", "2024-05-07 22:00:00");
    let error = analyzed(&file, &request).expect_err("no fit");
    assert_eq!(error.code(), "zone_in_doubt", "{error}");
    assert!(error.to_string().contains("--tz"), "{error}");
    // Twelve minutes of forty, and no shift of the clocks explains it.
    request.sleep = vec![folder.file(
        "short.csv",
        "start,end,stage\n2024-05-07 22:00:00,2024-05-07 22:12:00,N2\n",
    )];
    let error = analyzed(&file, &request).expect_err("no fit");
    assert_eq!(error.code(), "little_overlap", "{error}");
}

#[test]
fn the_diary_goes_before_the_sleep_export_and_flags_before_both() {
    let folder = Folder::new();
    let file = recording(&folder, "night.csv", "2024-05-07 23:00:00");
    let mut request = request();
    request.sleep = vec![folder.file("stages.csv", STAGES)];
    let diary = "date,lights out,lights on\n2024-05-07,23:05,23:35\n";
    request.diary = Some(folder.file("diary.csv", diary).into());
    let row = analyzed(&file, &request).expect("a night").row;
    assert_eq!(row.window_source, Some(WindowSource::Diary));
    assert_eq!((row.lights_out_s, row.lights_on_s), (300.0, 2100.0));
    // Stages still narrow the denominators: 20 min of N2 and 5 of R lie inside.
    assert!((row.sleep_h.expect("sleep") * 60.0 - 25.0).abs() < 0.2);
    request.lights_out = Some("23:15".to_owned());
    request.lights_on = Some("23:25".to_owned());
    let row = analyzed(&file, &request).expect("a night").row;
    assert_eq!(row.window_source, Some(WindowSource::Flags));
    assert_eq!((row.lights_out_s, row.lights_on_s), (900.0, 1500.0));
    assert!((row.sleep_h.expect("sleep") * 60.0 - 10.0).abs() < 0.01);
}

#[test]
fn a_diary_dated_by_the_morning_is_read_as_it_is_said_to_be() {
    let folder = Folder::new();
    let file = recording(&folder, "night.csv", "2024-05-07 23:00:00");
    let mut request = request();
    // 05/08 could be the fifth of August as well.
    let text = "date;lights out;lights on;severity\n05/08/2024;23:05;23:35;2,5\n";
    let mut diary = DiaryFile::from(folder.file("diary.csv", text));
    request.diary = Some(diary.clone());
    let error = Settings::check(&request).expect_err("either order");
    assert_eq!(error.code(), "needs_date_order", "{error}");
    diary.options.date_order = Some(DateOrder::MonthFirst);
    request.diary = Some(diary.clone());
    let row = analyzed(&file, &request).expect("a night").row;
    assert_ne!(row.window_source, Some(WindowSource::Diary));
    diary.options.dates = Some(DateMeaning::Morning);
    request.diary = Some(diary);
    let row = analyzed(&file, &request).expect("a night").row;
    assert_eq!(row.window_source, Some(WindowSource::Diary));
    assert_eq!((row.lights_out_s, row.lights_on_s), (300.0, 2100.0));
    let settings = Settings::check(&request).expect("settings").to_json();
    let read = &settings["beside"]["diary"]["read"];
    assert_eq!(read["dates"], "morning");
    assert_eq!(read["date-order"], "mdy");
}

#[test]
fn one_end_that_is_typed_does_not_hide_that_the_other_is_not() {
    let folder = Folder::new();
    let file = recording(&folder, "night.csv", "2024-05-07 23:00:00");
    let mut request = request();
    request.lights_out = Some("2024-05-07 23:05".to_owned());
    let row = analyzed(&file, &request).expect("a night").row;
    assert_eq!(row.lights_out_source, Some(WindowSource::Flags));
    assert_ne!(row.lights_on_source, Some(WindowSource::Flags));
    assert_eq!(row.window_source, row.lights_on_source);
    let flags = row.flags.expect("doubts");
    assert!(
        flags.contains("estimated_window") || flags.contains("whole_recording"),
        "{flags}"
    );
    assert!(row.reasons.expect("sentences").contains("the night ended"));
    request.lights_on = Some("23:35".to_owned());
    let row = analyzed(&file, &request).expect("a night").row;
    assert_eq!(row.window_source, Some(WindowSource::Flags));
    assert!(!row.reasons.expect("sentences").contains("the night ended"));
}

#[test]
fn files_that_are_neither_are_refused_before_any_recording_is_read() {
    let folder = Folder::new();
    let mut request = request();
    request.sleep = vec![folder.file("words.csv", "dear diary,\nno sleep\n")];
    let error = Settings::check(&request).expect_err("no sleep export");
    assert_eq!(error.code(), "not_a_sleep_export", "{error}");
    request.sleep = vec![folder.path().join("nowhere.csv")];
    let error = Settings::check(&request).expect_err("no file");
    assert_eq!(error.kind().exit_code(), 66, "{error}");
    request.sleep = Vec::new();
    request.diary = Some(folder.file("odd.csv", "mood,colour\n1,red\n").into());
    let error = Settings::check(&request).expect_err("no diary");
    assert_eq!(error.code(), "no_date_column", "{error}");
}

#[test]
fn a_row_names_the_preset_that_was_in_force() {
    let folder = Folder::new();
    let file = recording(&folder, "night.csv", "2024-05-07 23:00:00");
    let mut request = request();
    request.whole = true;
    let plain = analyzed(&file, &request).expect("a night").row;
    assert_eq!(plain.detector.as_deref(), Some("default"));
    request.preset = Preset::Sensitive;
    let sensitive = analyzed(&file, &request).expect("a night").row;
    assert_eq!(sensitive.detector.as_deref(), Some("sensitive"));
    assert_ne!(plain.settings_sha256, sensitive.settings_sha256);
    assert!(sensitive.on_threshold_mg < plain.on_threshold_mg);
}
