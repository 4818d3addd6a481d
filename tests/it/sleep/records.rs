//! JSON of programs whose records are told by their keys.

use legtrace::ingest::sleep::{SleepExport, SleepState, WallClock};
use legtrace::model::night::Stage;
use legtrace::model::recording::StampKind;

use super::{civil, export, instant};

pub const AUTO_EXPORT: &str = r#"{"data":{"metrics":[{"name":"heart_rate","units":"bpm","data":[{"date":"2024-03-04 23:00:00 +0100","Avg":55}]},
{"name":"sleep_analysis","units":"hr","data":[
{"startDate":"2024-03-04 11:10:00 PM +0100","endDate":"2024-03-04 11:40:00 PM +0100","qty":0.5,"value":"Core","source":"Watch"},
{"startDate":"2024-03-04 11:40:00 PM +0100","endDate":"2024-03-05 12:20:00 AM +0100","qty":0.7,"value":"Deep","source":"Watch"},
{"startDate":"2024-03-05 12:20:00 AM +0100","endDate":"2024-03-05 12:30:00 AM +0100","qty":0.2,"value":"Awake","source":"Watch"},
{"startDate":"2024-03-04 11:00:00 PM +0100","endDate":"2024-03-05 6:50:00 AM +0100","qty":7.8,"value":"In Bed","source":"Phone"}]}]}}"#;

pub const GOOGLE_POINTS: &str = r#"{"Data Source":"derived:com.google.sleep.segment:com.google.android.gms:merged","Data Points":[
{"fitValue":[{"value":{"intVal":4}}],"endTimeNanos":1709593200000000000,"dataTypeName":"com.google.sleep.segment","startTimeNanos":1709590200000000000},
{"fitValue":[{"value":{"intVal":5}}],"endTimeNanos":1709595000000000000,"dataTypeName":"com.google.sleep.segment","startTimeNanos":1709593200000000000},
{"fitValue":[{"value":{"intVal":1}}],"endTimeNanos":1709595600000000000,"dataTypeName":"com.google.sleep.segment","startTimeNanos":1709595000000000000}]}"#;

pub const GOOGLE_SESSION: &str = r#"{"fitnessActivity":"sleep","startTime":"2024-03-04T22:10:00Z","endTime":"2024-03-05T05:50:00Z","duration":"27600s","segment":[
{"fitnessActivity":"sleep","startTime":"2024-03-04T22:10:00Z","endTime":"2024-03-05T01:00:00Z"},
{"fitnessActivity":"sleep.awake","startTime":"2024-03-05T01:00:00Z","endTime":"2024-03-05T01:10:00Z"},
{"fitnessActivity":"sleep.rem","startTime":"2024-03-05T01:10:00Z","endTime":"2024-03-05T05:50:00Z"}]}"#;

pub const HEALTH_CONNECT: &str = r#"[{"_id":"a","app":"x.y","data":{"notes":null,"stages":[
{"endTime":"2024-03-04T22:30:00Z","stage":1,"startTime":"2024-03-04T22:10:00Z"},
{"endTime":"2024-03-04T23:30:00Z","stage":4,"startTime":"2024-03-04T22:30:00Z"},
{"endTime":"2024-03-05T00:30:00Z","stage":6,"startTime":"2024-03-04T23:30:00Z"}]},"end":"2024-03-05T00:30:00Z","start":"2024-03-04T22:10:00Z"}]"#;

pub const WHOOP_JSON: &str = r#"{"records":[
{"id":"a","start":"2024-03-04T22:10:00.000Z","end":"2024-03-05T05:50:00.000Z","timezone_offset":"+01:00","nap":false,"score":{"stage_summary":{"total_in_bed_time_milli":27600000}}},
{"id":"b","start":"2024-03-05T13:10:00.000Z","end":"2024-03-05T13:40:00.000Z","timezone_offset":"+01:00","nap":true}],"next_token":null}"#;

pub const POLAR: &str = r#"[{"night":"2024-03-05","evaluation":{"sleepSpan":"PT2H"},"sleepResult":{"hypnogram":{
"sleepStart":"2024-03-04T23:10:00.000+01:00","sleepEnd":"2024-03-05T01:10:00.000+01:00","sleepStateChanges":[
{"offsetFromStart":"PT0S","state":"WAKE"},{"offsetFromStart":"PT10M","state":"NONREM2"},{"offsetFromStart":"PT1H","state":"NONREM3"},
{"offsetFromStart":"PT1H30M","state":"REM"},{"offsetFromStart":"PT2H0M30S","state":"WAKE"}]}}}]"#;

pub const POLAR_NIGHTS: &str = r#"{"nights":[{"date":"2024-03-05","sleep_start_time":"2024-03-04T23:10:20+01:00","sleep_end_time":"2024-03-05T01:10:20+01:00",
"hypnogram":{"00:10":4,"00:40":1,"23:10":0,"23:20":2}}]}"#;

pub const MI_FITNESS: &str = "Uid,Sid,Key,Time,Value,UpdateTime\n\
1,d,steps,1709590200,\"{\"\"steps\"\":3}\",1709590200\n\
1,d,sleep,1709590200,\"{\"\"bedtime\"\":1709590200,\"\"wake_up_time\"\":1709597400,\"\"sleep_deep_duration\"\":30,\"\"sleep_light_duration\"\":80,\
\"\"items\"\":[{\"\"start_time\"\":1709590200,\"\"end_time\"\":1709595000,\"\"state\"\":3},{\"\"start_time\"\":1709595000,\"\"end_time\"\":1709596800,\"\"state\"\":2},\
{\"\"start_time\"\":1709596800,\"\"end_time\"\":1709597400,\"\"state\"\":5}]}\",1709597400\n";

/// The stages of an export with their starts in order.
fn stages(found: &SleepExport) -> Vec<(i64, SleepState)> {
    let mut pieces: Vec<(i64, SleepState)> = found
        .intervals
        .iter()
        .map(|piece| (piece.start_ns, piece.state))
        .collect();
    pieces.sort_by_key(|(start, _)| *start);
    pieces
}

fn expect(pairs: &[(&str, Stage)]) -> Vec<(i64, SleepState)> {
    pairs
        .iter()
        .map(|(at, stage)| (instant(at), SleepState::Stage(*stage)))
        .collect()
}

#[test]
fn health_auto_exports_stages_are_read_on_a_twelve_hour_clock() {
    let found = export("HealthAutoExport.json", AUTO_EXPORT).expect("an export");
    assert_eq!(found.format, "sleep_apple_auto_export");
    assert_eq!(found.sources, ["Watch", "Phone"]);
    assert_eq!(found.intervals.len(), 4);
    let deep = found.intervals[1];
    assert_eq!(deep.start_ns, instant("2024-03-04T22:40:00Z"));
    assert_eq!(deep.end_ns, instant("2024-03-04T23:20:00Z"));
    assert_eq!(deep.state, SleepState::Stage(Stage::N3));
    assert_eq!(deep.clock, WallClock::Offset(60));
    assert_eq!(found.intervals[3].state, SleepState::InBed);
}

#[test]
fn health_auto_exports_nights_are_in_bed_where_that_holds_the_sleep() {
    let night = |bed: &str| {
        let text = format!(
            r#"{{"data":{{"metrics":[{{"name":"sleep_analysis","data":[{{"date":"2024-03-05 00:00:00 +0100","sleepStart":"2024-03-04 23:10:00 +0100",
            "sleepEnd":"2024-03-05 06:50:00 +0100",{bed}"core":4,"deep":1,"source":"Watch"}}]}}]}}}}"#
        );
        let found = export("a.json", &text).expect("an export");
        assert_eq!(found.nights.len(), 1);
        (found.nights[0].start_ns, found.nights[0].end_ns)
    };
    let bed = r#""inBedStart":"2024-03-04 22:50:00 +0100","inBedEnd":"2024-03-05 07:00:00 +0100","#;
    let slept = (
        instant("2024-03-04T22:10:00Z"),
        instant("2024-03-05T05:50:00Z"),
    );
    assert_eq!(
        night(bed),
        (
            instant("2024-03-04T21:50:00Z"),
            instant("2024-03-05T06:00:00Z")
        )
    );
    assert_eq!(night(""), slept);
    let other =
        r#""inBedStart":"2024-03-04 23:50:00 +0100","inBedEnd":"2024-03-05 02:00:00 +0100","#;
    assert_eq!(night(other), slept);
}

#[test]
fn google_fits_points_and_sessions_have_stages() {
    let found = export("segment.json", GOOGLE_POINTS).expect("an export");
    assert_eq!(
        stages(&found),
        expect(&[
            ("2024-03-04T22:10:00Z", Stage::Light),
            ("2024-03-04T23:00:00Z", Stage::N3),
            ("2024-03-04T23:30:00Z", Stage::Wake),
        ])
    );
    let found = export("2024-03-04T23_10_00+01_00_SLEEP.json", GOOGLE_SESSION).expect("a session");
    assert_eq!(found.nights.len(), 1);
    assert_eq!(
        stages(&found),
        expect(&[
            ("2024-03-04T22:10:00Z", Stage::Asleep),
            ("2024-03-05T01:00:00Z", Stage::Wake),
            ("2024-03-05T01:10:00Z", Stage::Rem),
        ])
    );
    assert_eq!(found.nights[0].clock, WallClock::Unknown);
    let walk = GOOGLE_SESSION.replace("\"sleep", "\"walking");
    assert_eq!(
        export("WALKING.json", &walk)
            .map_err(|error| error.code())
            .err(),
        Some("not_a_sleep_export")
    );
}

#[test]
fn health_connects_numbers_are_those_of_its_own_source() {
    let found = export("sleep.json", HEALTH_CONNECT).expect("an export");
    assert_eq!(
        stages(&found),
        expect(&[
            ("2024-03-04T22:10:00Z", Stage::Wake),
            ("2024-03-04T22:30:00Z", Stage::Light),
            ("2024-03-04T23:30:00Z", Stage::Rem),
        ])
    );
}

#[test]
fn whoops_answers_are_nights_without_naps() {
    let found = export("sleep.json", WHOOP_JSON).expect("an export");
    assert_eq!(found.nights.len(), 1);
    assert_eq!(found.nights[0].start_ns, instant("2024-03-04T22:10:00Z"));
    assert_eq!(found.nights[0].clock, WallClock::Offset(60));
}

#[test]
fn polars_changes_last_until_the_next_and_no_longer_than_the_night() {
    let account = export("sleep_result_1.json", POLAR).expect("an export");
    assert_eq!(account.stamps, StampKind::Utc);
    assert_eq!(
        stages(&account),
        expect(&[
            ("2024-03-04T22:10:00Z", Stage::Wake),
            ("2024-03-04T22:20:00Z", Stage::Light),
            ("2024-03-04T23:10:00Z", Stage::N3),
            ("2024-03-04T23:40:00Z", Stage::Rem),
        ])
    );
    let end = account.intervals.iter().map(|piece| piece.end_ns).max();
    assert_eq!(end, Some(instant("2024-03-05T00:10:00Z")));
    assert_eq!(account.intervals[0].clock, WallClock::Offset(60));
    // The interface names the minutes of a clock that passes midnight.
    let nights = export("nights.json", POLAR_NIGHTS).expect("an export");
    assert_eq!(
        stages(&nights),
        expect(&[
            ("2024-03-04T22:10:20Z", Stage::Wake),
            ("2024-03-04T22:20:00Z", Stage::Light),
            ("2024-03-04T23:10:00Z", Stage::N3),
            ("2024-03-04T23:40:00Z", Stage::Rem),
        ])
    );
}

#[test]
fn mi_fitness_numbers_are_settled_by_the_minutes_beside_them() {
    let kinds = |text: &str| -> Vec<SleepState> {
        let found = export("1_MiFitness_hlth_center_fitness_data.csv", text).expect("an export");
        assert_eq!(found.nights.len(), 1);
        assert_eq!(found.nights[0].start_ns, instant("2024-03-04T22:10:00Z"));
        stages(&found).into_iter().map(|(_, state)| state).collect()
    };
    let [light, deep, asleep, wake] =
        [Stage::Light, Stage::N3, Stage::Asleep, Stage::Wake].map(SleepState::Stage);
    assert_eq!(kinds(MI_FITNESS), [light, deep, wake]);
    let swapped = MI_FITNESS
        .replace("deep_duration\"\":30", "deep_duration\"\":80")
        .replace("light_duration\"\":80", "light_duration\"\":30");
    assert_eq!(kinds(&swapped), [deep, light, wake]);
    let untold = MI_FITNESS.replace("sleep_deep_duration", "other");
    assert_eq!(kinds(&untold), [asleep, asleep, wake]);
}

#[test]
fn fitbits_first_interface_gave_a_minute_each_and_answers_may_stand_a_line_each() {
    let night = |day: &str| {
        format!(
            r#"{{"sleep":[{{"dateOfSleep":"{day}","startTime":"{day}T01:10:00.000","duration":300000,
            "minuteData":[{{"dateTime":"01:10:00","value":"3"}},{{"dateTime":"01:11:00","value":"1"}},{{"dateTime":"01:12:00","value":"1"}},
            {{"dateTime":"01:13:00","value":"2"}},{{"dateTime":"01:14:00","value":"1"}}]}}]}}"#
        )
        .replace('\n', " ")
    };
    let text = format!("{}\n{}\n", night("2016-03-04"), night("2016-03-05"));
    let found = export("sleep.json", &text).expect("an export");
    assert_eq!((found.nights.len(), found.intervals.len()), (2, 8));
    assert_eq!(found.nights[1].end_ns, civil("2016-03-05T01:15:00"));
    let asleep = found.intervals[1];
    assert_eq!(asleep.start_ns, civil("2016-03-04T01:11:00"));
    assert_eq!(asleep.end_ns, civil("2016-03-04T01:13:00"));
    assert_eq!(asleep.state, SleepState::Stage(Stage::Asleep));
}

#[test]
fn a_database_without_its_reader_says_what_to_build() {
    let error = export("health_connect_export.db", "SQLite format 3\0").expect_err("no tables");
    if !cfg!(feature = "health-connect") {
        let told = error.to_string();
        assert!(
            told.contains("--features health-connect") && told.contains("Health Connect"),
            "{told}"
        );
    }
}

pub const EIGHT_SLEEP: &str = r#"{"sessions":[{"ts":1709593200,"stages":[{"stage":"awake","duration":600},{"stage":"light","duration":1800},
{"stage":"out","duration":120},{"stage":"rem","duration":900}],"timeseries":{"tnt":[["2024-03-04T23:20:00Z",1]]}}]}"#;

#[test]
fn eight_sleeps_stages_follow_one_another() {
    // 1709593200 = 2024-03-04T23:00:00Z (date -d).
    let interface = EIGHT_SLEEP.replace("1709593200", "\"2024-03-04T23:00:00.000Z\"");
    for text in [EIGHT_SLEEP, &interface] {
        let found = export("sleep_nights.json", text).expect("an export");
        assert_eq!(found.format, "sleep_eight_sleep");
        let starts: Vec<i64> = found.intervals.iter().map(|piece| piece.start_ns).collect();
        assert_eq!(
            starts,
            ["23:00:00", "23:10:00", "23:40:00", "23:42:00"]
                .map(|time| instant(&format!("2024-03-04T{time}Z")))
        );
        assert_eq!(found.intervals[2].state, SleepState::Stage(Stage::Wake));
    }
}
