//! Records of JSON in the wrappings that apps, accounts and scripts put around them.

use legtrace::ingest::sleep::{SleepOptions, open};

use super::export;
use crate::made::Folder;

const FITBIT: &str = r#"{"dateOfSleep":"2019-11-03","startTime":"2019-11-02T23:43:30.000","endTime":"2019-11-03T08:00:30.000",
"levels":{"data":[{"dateTime":"2019-11-02T23:43:30.000","level":"light","seconds":360}]}}"#;

const OURA: &str = r#"{"bedtime_start":"2024-01-14T00:00:02-05:00","bedtime_end":"2024-01-14T00:22:02-05:00","hypnogram_5min":"44213"}"#;

const GARMIN: &str = r#"{"dailySleepDTO":{"sleepStartTimestampGMT":1577920320000,"sleepEndTimestampGMT":1577947200000,"deepSleepSeconds":60},
"sleepLevels":[{"startGMT":"2020-01-01T23:12:00.0","endGMT":"2020-01-02T01:00:00.0","activityLevel":1.0}]}"#;

#[test]
fn a_record_is_known_wherever_it_stands() {
    for (record, format, intervals) in [
        (FITBIT, "sleep_fitbit_json", 1),
        (OURA, "sleep_oura", 5),
        (GARMIN, "sleep_garmin", 1),
    ] {
        for text in [
            record.to_owned(),
            format!("[{record}]"),
            format!(r#"{{"sleep":[{record}],"summary":{{"totalMinutes":1}}}}"#),
            format!(r#"{{"data":[{record}],"next_token":null}}"#),
            format!(r#"[{{"sleep":[],"summary":{{}}}},{{"sleep":[{record}]}}]"#),
            format!(r#"{{"2019-11-02":null,"2019-11-03":{record}}}"#),
            format!(r#"{{"activity":[{{"steps":1.5,"on":true}}],"sleep":[{record}]}}"#),
        ] {
            let found = export("x.json", &text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(found.format, format, "{text}");
            assert_eq!(
                (found.nights.len(), found.intervals.len()),
                (1, intervals),
                "{text}"
            );
        }
    }
}

#[test]
fn records_may_stand_behind_a_megabyte_of_others() {
    let day = r#"{"day":"2024-01-13","steps":8000},"#.repeat(30_000);
    let text = format!(r#"{{"activity":[{day}{{}}],"sleep":[{OURA}]}}"#);
    assert_eq!(
        export("all.json", &text).expect("an export").nights.len(),
        1
    );
    let folder = Folder::new();
    folder.file("account/all.json", &text);
    folder.file("account/other.json", "{}");
    let found = open(folder.path(), &SleepOptions::default()).expect("an export");
    assert_eq!((found.format, found.nights.len()), ("sleep_oura", 1));
    let none = format!(r#"{{"activity":[{day}{{}}]}}"#);
    let error = export("all.json", &none).expect_err("no night");
    assert_eq!(error.code(), "not_a_sleep_export");
}
