//! The rules by which an export becomes the sleep of a recording.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use legtrace::ingest::sleep::{MaskError, MaskOptions, SleepExport, SleepMask};
use legtrace::model::clock::RecordingClock;
use legtrace::model::recording::StampKind;

use super::fixtures::APPLE_XML;
use super::{civil, export, instant};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone of the bundled database")
}

fn hours(h: f64) -> SignedDuration {
    SignedDuration::from_millis((h * 3.6e6) as i64)
}

/// A table of stages with an offset in every stamp.
fn staged(rows: &[(&str, &str, &str)]) -> SleepExport {
    let mut text = "start,end,stage\n".to_owned();
    for (from, to, stage) in rows {
        text.push_str(&format!("{from},{to},{stage}\n"));
    }
    export("stages.csv", &text).expect("a table of stages")
}

fn lay(
    export: &SleepExport,
    clock: &RecordingClock,
    length_h: f64,
) -> Result<SleepMask, MaskError> {
    export.mask(clock, hours(length_h), &MaskOptions::default())
}

/// Minutes since the first sample and stage of each interval.
fn minutes(mask: &SleepMask) -> Vec<(f64, f64, &'static str)> {
    mask.stages
        .iter()
        .map(|piece| {
            (
                piece.start.as_secs_f64() / 60.0,
                piece.end.as_secs_f64() / 60.0,
                piece.stage.name(),
            )
        })
        .collect()
}

#[test]
fn instants_lie_over_instants() {
    let export = staged(&[
        (
            "2024-03-04T23:00:00+01:00",
            "2024-03-05T00:00:00+01:00",
            "N2",
        ),
        (
            "2024-03-05T00:00:00+01:00",
            "2024-03-05T02:00:00+01:00",
            "R",
        ),
    ]);
    let clock = RecordingClock::new(instant("2024-03-04T22:30:00Z"), StampKind::Utc, None);
    let mask = lay(&export, &clock, 2.0).unwrap();
    assert_eq!(minutes(&mask), [(0.0, 30.0, "N2"), (30.0, 120.0, "R")]);
    assert_eq!(mask.period, Some((hours(0.0), hours(2.0))));
    assert!((mask.share - 1.0).abs() < 1e-12);
}

#[test]
fn wall_clocks_need_the_zone_of_a_recording_in_utc() {
    let export = staged(&[("2024-03-04 23:00:00", "2024-03-05 05:00:00", "N2")]);
    let start = instant("2024-03-04T22:00:00Z");
    let without = RecordingClock::new(start, StampKind::Utc, None);
    assert_eq!(
        lay(&export, &without, 6.0).unwrap_err().code(),
        "needs_zone"
    );
    let with = RecordingClock::new(start, StampKind::Utc, Some(zone("Europe/Berlin")));
    assert_eq!(
        minutes(&lay(&export, &with, 6.0).unwrap()),
        [(0.0, 360.0, "N2")]
    );
    let told = MaskOptions {
        zone: Some(zone("Europe/London")),
        source: None,
        ..MaskOptions::default()
    };
    let mask = export.mask(&without, hours(6.0), &told).unwrap();
    assert_eq!(minutes(&mask), [(60.0, 360.0, "N2")]);
}

#[test]
fn instants_meet_a_wall_clock_by_what_stands_beside_them() {
    let export = staged(&[(
        "2024-03-04T23:00:00+01:00",
        "2024-03-05T05:00:00+01:00",
        "N2",
    )]);
    let clock = RecordingClock::new(civil("2024-03-04T22:30:00"), StampKind::LocalCivil, None);
    assert_eq!(
        minutes(&lay(&export, &clock, 6.5).unwrap()),
        [(30.0, 390.0, "N2")]
    );
    let bare = staged(&[("1709589600", "1709611200", "N2")]);
    assert_eq!(lay(&bare, &clock, 6.5).unwrap_err().code(), "needs_zone");
}

#[test]
fn a_zone_of_the_night_goes_before_the_offset_of_the_day_of_export() {
    // Exported in June (+0200), slept in January: 22:00Z was 23:00 in Berlin, not 00:00.
    let export = export("export.xml", APPLE_XML).unwrap();
    let clock = RecordingClock::new(civil("2024-01-10T23:00:00"), StampKind::LocalCivil, None);
    let mask = lay(&export, &clock, 1.0).unwrap();
    assert_eq!(minutes(&mask), [(0.0, 30.0, "light"), (30.0, 60.0, "N3")]);
}

#[test]
fn without_wall_clock_only_seconds_fit() {
    let absolute = staged(&[("2024-03-04T23:00:00Z", "2024-03-05T05:00:00Z", "N2")]);
    let elapsed = RecordingClock::new(-600_000_000_000, StampKind::Elapsed, None);
    assert_eq!(
        lay(&absolute, &elapsed, 6.0).unwrap_err().code(),
        "needs_start"
    );
    // The labels count from the zero of the recording's clock, which is 10 min after its first sample.
    let labels = export("labels.txt", "0 0\n600 2\n1200 5\n").unwrap();
    assert_eq!(
        minutes(&lay(&labels, &elapsed, 0.5).unwrap()),
        [(10.0, 20.0, "W"), (20.0, 30.0, "N2")]
    );
}

#[test]
fn seconds_since_the_start_count_from_there_in_a_later_part_too() {
    // 40 min of epochs of 30 s: half an hour awake, then ten minutes of N2.
    let epochs: String = (0..80)
        .map(|n| format!("{} {}\n", n * 30, if n < 60 { "W" } else { "N2" }))
        .collect();
    let labels = export("labels.txt", &epochs).unwrap();
    let began = civil("2024-03-04T22:30:00");
    let later = RecordingClock::new(civil("2024-03-04T22:50:00"), StampKind::LocalCivil, None);
    let part = MaskOptions {
        began_ns: Some(began),
        ..MaskOptions::default()
    };
    let mask = labels
        .mask(&later, SignedDuration::from_mins(20), &part)
        .unwrap();
    assert_eq!(minutes(&mask), [(0.0, 10.0, "W"), (10.0, 20.0, "N2")]);
    // Without it the part is the recording, whose first twenty minutes were awake.
    let whole = labels
        .mask(
            &later,
            SignedDuration::from_mins(20),
            &MaskOptions::default(),
        )
        .unwrap();
    assert_eq!(minutes(&whole), [(0.0, 20.0, "W")]);
}

#[test]
fn time_in_bed_is_no_sleep() {
    let export = staged(&[
        ("2024-03-04T22:00:00Z", "2024-03-05T06:00:00Z", "in bed"),
        ("2024-03-04T23:00:00Z", "2024-03-05T05:00:00Z", "asleep"),
    ]);
    let clock = RecordingClock::new(instant("2024-03-04T21:00:00Z"), StampKind::Utc, None);
    let mask = lay(&export, &clock, 10.0).unwrap();
    assert_eq!(minutes(&mask), [(120.0, 480.0, "asleep")]);
    assert_eq!(mask.period, Some((hours(1.0), hours(9.0))));
}

#[test]
fn nights_without_stages_give_the_period_alone() {
    let export = export(
        "n.csv",
        "Start,End,Time Zone\n2023-06-27 11:39 PM,2023-06-28 6:07 AM,CDT\n",
    )
    .unwrap();
    let clock = RecordingClock::new(civil("2023-06-27T23:00:00"), StampKind::LocalCivil, None);
    let mask = lay(&export, &clock, 8.0).unwrap();
    assert!(mask.stages.is_empty());
    assert_eq!(mask.period, Some((hours(0.65), hours(427.0 / 60.0))));
    assert!(
        mask.warnings
            .iter()
            .any(|warning| warning.contains("no times of stages")),
        "{:?}",
        mask.warnings
    );
}

/// A phone that in one year knew the time in bed and in the next stages.
const TWO_YEARS: &str = r#"<HealthData>
<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="W" startDate="2022-01-01 23:00:00 +0000" endDate="2022-01-02 07:00:00 +0000" value="HKCategoryValueSleepAnalysisInBed"/>
<Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="W" startDate="2023-01-01 23:00:00 +0000" endDate="2023-01-02 07:00:00 +0000" value="HKCategoryValueSleepAnalysisAsleepCore"/>
</HealthData>"#;

#[test]
fn a_night_without_stages_is_found_where_another_night_has_them() {
    let export = export("export.xml", TWO_YEARS).unwrap();
    let at = |start| RecordingClock::new(instant(start), StampKind::Utc, None);
    let mask = lay(&export, &at("2022-01-01T23:00:00Z"), 8.0).unwrap();
    assert!(mask.stages.is_empty());
    assert_eq!(mask.period, Some((hours(0.0), hours(8.0))));
    let mask = lay(&export, &at("2023-01-01T23:00:00Z"), 8.0).unwrap();
    assert_eq!(minutes(&mask), [(0.0, 480.0, "light")]);
    // The night in bed is the nearest.
    let error = lay(&export, &at("2022-01-03T23:00:00Z"), 8.0).unwrap_err();
    assert!(error.to_string().contains("40 h away"), "{error}");
}

#[test]
fn the_stages_of_a_nap_do_not_hide_the_night_behind_it() {
    let export = staged(&[
        ("2024-03-04T22:00:00Z", "2024-03-04T22:30:00Z", "N2"),
        ("2024-03-04T23:00:00Z", "2024-03-05T06:00:00Z", "in bed"),
    ]);
    let clock = RecordingClock::new(instant("2024-03-04T22:00:00Z"), StampKind::Utc, None);
    let mask = lay(&export, &clock, 8.0).unwrap();
    assert!(mask.stages.is_empty());
    assert_eq!(mask.period, Some((hours(1.0), hours(8.0))));
}

/// Two watches: one with four stages over a part of the night, one with plain sleep over all of it.
fn two_sources() -> SleepExport {
    let row = |source: &str, from: &str, to: &str, value: &str| {
        format!(
            "\"{source}\",\"SleepAnalysis\",2024-03-05 {from}:00 +0000,2024-03-05 {to}:00 +0000,HKCategoryValueSleepAnalysis{value}\n"
        )
    };
    let text = [
        "sourceName,type,startDate,endDate,value\n".to_owned(),
        row("Phone", "00:00", "08:00", "Asleep"),
        row("Watch", "01:00", "03:00", "AsleepCore"),
        row("Watch", "03:00", "04:00", "AsleepDeep"),
        row("Watch", "04:00", "06:00", "AsleepREM"),
        row("Watch", "06:00", "06:10", "Awake"),
    ]
    .concat();
    export("SleepAnalysis.csv", &text).unwrap()
}

#[test]
fn the_source_with_the_most_stages_is_taken_and_the_others_named() {
    let export = two_sources();
    let clock = RecordingClock::new(instant("2024-03-05T00:00:00Z"), StampKind::Utc, None);
    let mask = lay(&export, &clock, 8.0).unwrap();
    assert_eq!(mask.source, "Watch");
    assert_eq!(mask.stages.len(), 4);
    assert!(
        mask.warnings
            .iter()
            .any(|warning| warning.contains("Phone")),
        "{:?}",
        mask.warnings
    );
    let asked = MaskOptions {
        zone: None,
        source: Some("phone".to_owned()),
        ..MaskOptions::default()
    };
    let mask = export.mask(&clock, hours(8.0), &asked).unwrap();
    assert_eq!((mask.source.as_str(), mask.stages.len()), ("Phone", 1));
    let wrong = MaskOptions {
        zone: None,
        source: Some("ring".to_owned()),
        ..MaskOptions::default()
    };
    assert_eq!(
        export.mask(&clock, hours(8.0), &wrong).unwrap_err().code(),
        "no_such_source"
    );
}

#[test]
fn less_than_half_is_refused() {
    let clock = RecordingClock::new(instant("2024-03-04T22:00:00Z"), StampKind::Utc, None);
    let half = staged(&[("2024-03-04T22:00:00Z", "2024-03-05T02:00:00Z", "N2")]);
    assert!(lay(&half, &clock, 8.0).is_ok());
    let less = staged(&[("2024-03-04T22:00:00Z", "2024-03-05T01:59:00Z", "N2")]);
    let error = lay(&less, &clock, 8.0).unwrap_err();
    assert_eq!(error.code(), "little_overlap");
    assert!(
        error.to_string().contains("covers 50 %") || error.to_string().contains("less than half"),
        "{error}"
    );
}

#[test]
fn a_clock_in_another_zone_is_asked_about() {
    let export = staged(&[("2024-03-05T03:00:00Z", "2024-03-05T11:00:00Z", "N2")]);
    // 22:00 in New York is 03:00Z; taken for UTC, the recording would begin five hours before.
    let clock = RecordingClock::new(instant("2024-03-04T22:00:00Z"), StampKind::Utc, None);
    let error = lay(&export, &clock, 8.0).unwrap_err();
    assert_eq!(error.code(), "zone_in_doubt");
    let MaskError::LittleOverlap { share, moved, .. } = &error else {
        panic!("{error:?}");
    };
    assert!((share - 0.375).abs() < 1e-9);
    assert_eq!(*moved, Some((-300, 1.0)));
    assert!(
        error
            .to_string()
            .contains("Moved by -5 h it would cover 100 %"),
        "{error}"
    );
}

#[test]
fn an_export_of_other_nights_says_how_far_they_are() {
    let export = staged(&[("2024-03-01T22:00:00Z", "2024-03-02T06:00:00Z", "N2")]);
    let clock = RecordingClock::new(instant("2024-03-04T22:00:00Z"), StampKind::Utc, None);
    let error = lay(&export, &clock, 8.0).unwrap_err();
    assert_eq!(error.code(), "little_overlap");
    assert!(error.to_string().contains("64 h away"), "{error}");
}

#[test]
fn in_a_recording_of_a_day_a_whole_night_is_enough() {
    let clock = RecordingClock::new(instant("2024-03-04T12:00:00Z"), StampKind::Utc, None);
    let night = staged(&[("2024-03-04T23:00:00Z", "2024-03-05T05:30:00Z", "N2")]);
    let mask = lay(&night, &clock, 24.0).unwrap();
    assert_eq!(minutes(&mask), [(660.0, 1050.0, "N2")]);
    // The same night sticking out of a long recording is no whole night.
    let late = RecordingClock::new(instant("2024-03-04T14:00:00Z"), StampKind::Utc, None);
    assert!(lay(&night, &late, 13.0).is_err());
}

#[test]
fn a_length_stays_a_length_when_the_clocks_change() {
    // In the night to 31 March 2024 Berlin's clocks went from 02:00 to 03:00. Fitbit: 01:30, 2 h long: until 04:30.
    let json = r#"[{"dateOfSleep":"2024-03-31","startTime":"2024-03-31T00:00:00.000","endTime":"2024-03-31T07:00:00.000","levels":{"data":[
        {"dateTime":"2024-03-31T01:30:00.000","level":"light","seconds":7200},
        {"dateTime":"2024-03-31T04:30:00.000","level":"deep","seconds":7200}]}}]"#;
    let export = export("sleep.json", json).unwrap();
    let clock = RecordingClock::new(
        instant("2024-03-31T00:30:00Z"),
        StampKind::Utc,
        Some(zone("Europe/Berlin")),
    );
    let mask = lay(&export, &clock, 4.0).unwrap();
    assert_eq!(
        minutes(&mask),
        [(0.0, 120.0, "light"), (120.0, 240.0, "N3")]
    );
    assert!(
        mask.warnings
            .iter()
            .any(|warning| warning.contains("clocks changed")),
        "{:?}",
        mask.warnings
    );
}

#[test]
fn of_two_nights_in_a_day_the_longer_is_the_period() {
    let export = staged(&[
        ("2024-03-04T14:00:00Z", "2024-03-04T15:00:00Z", "in bed"),
        ("2024-03-04T23:00:00Z", "2024-03-05T06:00:00Z", "in bed"),
        ("2024-03-04T14:00:00Z", "2024-03-04T15:00:00Z", "asleep"),
        ("2024-03-04T23:00:00Z", "2024-03-05T06:00:00Z", "asleep"),
    ]);
    let clock = RecordingClock::new(instant("2024-03-04T12:00:00Z"), StampKind::Utc, None);
    let mask = lay(&export, &clock, 24.0).unwrap();
    assert_eq!(mask.period, Some((hours(11.0), hours(18.0))));
    assert_eq!(mask.stages.len(), 2);
}
