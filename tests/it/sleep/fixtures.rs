//! A fixture of each source's shape, written by hand, and what must be read from it.

use legtrace::ingest::sleep::{Ends, SleepState, WallClock, sniff};
use legtrace::model::night::Stage;
use legtrace::model::recording::StampKind;

use super::{civil, count_of, export, instant, laboratory, records, tables};

pub const APPLE_XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
<!ATTLIST Record
  type CDATA #REQUIRED
>
<!-- Note: Any <Record type="HKCategoryTypeIdentifierSleepAnalysis" here is a comment. -->
]>
<HealthData locale="de_DE">
 <ExportDate value="2024-06-01 10:00:00 +0200"/>
 <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" startDate="2024-01-10 23:00:00 +0200" endDate="2024-01-10 23:00:00 +0200" value="60"/>
 <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Tom &amp; Jerry&#8217;s Watch" device="&lt;&lt;HKDevice: 0x1&gt;, name:Watch&gt;" startDate="2024-01-11 00:00:00 +0200" endDate="2024-01-11 00:30:00 +0200" value="HKCategoryValueSleepAnalysisAsleepCore">
  <MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>
 </Record>
 <Record value="HKCategoryValueSleepAnalysisAsleepDeep" endDate="2024-01-11 01:00:00 +0200" startDate="2024-01-11 00:30:00 +0200" sourceName="Tom &amp; Jerry&#8217;s Watch" type="HKCategoryTypeIdentifierSleepAnalysis"/>
 <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="iPhone" startDate="2024-01-10 23:50:00 +0200" endDate="2024-01-11 07:50:00 +0200" value="HKCategoryValueSleepAnalysisInBed"/>
</HealthData>
"#;

const APPLE_CSV: &str = "sourceName,sourceVersion,device,type,unit,creationDate,startDate,endDate,value\n\
\"Connect\",\"31\",\"<<HKDevice: 0x2>, name:iPhone, manufacturer:Apple>\",\"SleepAnalysis\",,2021-01-24 16:31:06 +0100,2021-01-24 09:09:00 +0100,2021-01-24 09:37:00 +0100,HKCategoryValueSleepAnalysisAsleep\n\
\"Connect\",\"31\",,\"SleepAnalysis\",,2021-01-24 16:31:06 +0100,2021-01-24 01:15:00 +0100,2021-01-24 09:37:00 +0100,HKCategoryValueSleepAnalysisInBed\n";

const QS_ACCESS: &str = "In bed start,In bed Finish,Minutes in bed,Minutes asleep,Time to fall sleep,Number of sleep periods,Sleep 1 start,Sleep 1 finish\n\
21-Jan-2018 23:29,22-Jan-2018 06:30,420.8,0.0,0.0,0\n\
23-Jan-2021 23:15,24-Jan-2021 07:37,502,480,4,2,23-Jan-2021 23:19,24-Jan-2021 02:06,24-Jan-2021 02:07,24-Jan-2021 07:30\n";

const FITBIT_JSON: &str = r#"[{"logId":1,"dateOfSleep":"2023-11-30","startTime":"2023-11-29T23:48:00.000","endTime":"2023-11-30T00:50:00.000",
"type":"stages","levels":{"summary":{"deep":{"count":1,"minutes":20}},"data":[
{"dateTime":"2023-11-29T23:48:00.000","level":"wake","seconds":300},
{"dateTime":"2023-11-29T23:53:00.000","level":"light","seconds":1920},
{"dateTime":"2023-11-30T00:25:00.000","level":"deep","seconds":1500}],
"shortData":[{"dateTime":"2023-11-30T00:00:30.000","level":"wake","seconds":90}]},"mainSleep":true},
{"logId":2,"dateOfSleep":"2023-11-30","startTime":"2023-11-30T14:00:00.000","endTime":"2023-11-30T15:00:00.000","type":"classic",
"levels":{"data":[{"dateTime":"2023-11-30T14:00:00.000","level":"asleep","seconds":3000},{"dateTime":"2023-11-30T14:50:00.000","level":"restless","seconds":600}]}}]"#;

const FITBIT_CSV: &str = "Sleep\n\
Start Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings,Time in Bed,Minutes REM Sleep,Minutes Light Sleep,Minutes Deep Sleep\n\
2019-04-22 9:54PM,2019-04-23 5:25AM,410,41,27,451,94,251,65\n\
2019-04-17 12:07AM,2019-04-17 8:10AM,459,24,3,483,N/A,N/A,N/A\n\n\
Food Log 20190422\n\"Meal\",\"Food\"\n";

const OURA_CSV: &str = "average_breath,bedtime_end,bedtime_start,heart_rate,sleep_phase_5_min,type\n\
12.1,2024-01-14T00:22:02-05:00,2024-01-14T00:00:02-05:00,\"{'interval': 300.0, 'items': [None, 54.0]}\",44213,long_sleep\n";

const OURA_JSON: &str = r#"{"data":[{"id":"x","bedtime_start":"2024-01-14T00:00:02-05:00","bedtime_end":"2024-01-14T00:22:02-05:00",
"heart_rate":{"items":[null,54]},"sleep_phase_5_min":"44213"},{"id":"y","bedtime_start":"2024-01-15T00:00:00-05:00","bedtime_end":"2024-01-15T06:00:00-05:00","sleep_phase_5_min":null}]}"#;

const GARMIN_EXPORT: &str = r#"[{"sleepStartTimestampGMT":"2020-01-01T23:12:00.0","sleepEndTimestampGMT":"2020-01-02T06:40:00.0","deepSleepSeconds":5400,
"sleepWindowConfirmationType":"ENHANCED_CONFIRMED_FINAL"},{"calendarDate":"2020-01-03","deepSleepSeconds":0}]"#;

const GARMIN_API: &str = r#"{"dailySleepDTO":{"id":1577920320000,"sleepStartTimestampGMT":1577920320000,"sleepEndTimestampGMT":1577947200000,
"sleepStartTimestampLocal":1577923920000},"sleepMovement":[{"startGMT":"2020-01-01T22:12:00.0","endGMT":"2020-01-01T22:13:00.0","activityLevel":5.1}],
"sleepLevels":[{"startGMT":"2020-01-01T23:12:00.0","endGMT":"2020-01-02T01:00:00.0","activityLevel":1.0},
{"startGMT":"2020-01-02T01:00:00.0","endGMT":"2020-01-02T02:00:00.0","activityLevel":0.0}]}"#;

const WITHINGS_SUMMARY: &str = "von,bis,\"leicht (s)\",\"tief (s)\",\"rem (s)\",\"wach (s)\",Aufwachen\n\
2020-10-11T02:04:00+02:00,2020-10-11T09:59:00+02:00,15780,5340,4920,2460,1\n";

const WITHINGS_RAW: &str = "start,duration,value\n\
2019-12-29T00:26:00+01:00,\"[120,840,60]\",\"[0,1,3]\"\n2019-12-29T00:10:00+01:00,[60],[0]\n";

const SAMSUNG: &str = "\u{FEFF}com.samsung.health.sleep_stage,6307003,7\n\
create_sh_ver,start_time,sleep_id,custom,stage,time_offset,deviceuuid,end_time\n\
1,2025-02-21 18:38:00.000,a,,40002,UTC-0500,ZY,2025-02-21 18:52:00.000,\n\
1,2025-02-21 18:52:00.000,a,,40001,UTC-0500,ZY,2025-02-21 18:52:30.000,\n";

const SAMSUNG_NIGHTS: &str = "com.samsung.shealth.sleep,6307003,7\n\
com.samsung.health.sleep.start_time,com.samsung.health.sleep.time_offset,com.samsung.health.sleep.end_time\n\
2025-02-21 23:38:00.000,UTC+0100,2025-02-22 05:52:00.000,\n";

const SLEEP_AS_ANDROID: &str = "Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo,\"22:04\",\"22:09\",\"Event\",\"Event\"\n\
\"1461881015070\",\"Europe/London\",\"28. 04. 2016 23:03\",\"29. 04. 2016 6:03\",\"\",\"7.000\",\"0.0\",\"\",\"10002\",\"-1\",\"-1.0\",\"-1\",\"-2.0\",\"0\",\"\",\"0.1\",\"0.2\",\"LIGHT_START-1461881015070\",\"LIGHT_END-1461884615070\"\n\
,,,,,,,,,,,,,,,\"0.01\",\"0.02\"\n\
Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo,\"1:23\",\"Event\",\"Event\",\"Event\",\"Event\",\"Event\"\n\
\"1461967415070\",\"Europe/London\",\"x\",\"y\",\"\",\"6.500\",\"0.0\",\"a \"\"quoted\"\", comment\",\"10002\",\"-1\",\"-1.0\",\"-1\",\"-2.0\",\"0\",\"\",\"0.1\",\"DHA-1461967415070-1.5E-36\",\"DEEP_START-1461967415070\",\"REM_START-1461969215070\",\"REM_END-1461971015070\",\"DEEP_END-1461971015070\"\n";

const ZEPP: &str = "date,deep_sleep_time,shallow_sleep_time,wake_time,start,stop\n\
2022-09-14,77.0,421.0,2,2022-09-13 21:27:00+0000,2022-09-14 05:47:00+0000\n\
2022-09-15,80.0,400.0,2,2022-09-14 00:00:00+0000,2022-09-14 00:00:00+0000\n";

const LABELS: &str = "0 -1\n30 0\n60 1\n90 2\n120 3\n150 5\n";

const PLAIN: &str = "start;end;stage\n2024-03-04 23:10:00;2024-03-04 23:40:00;awake\n2024-03-04 23:40:00;2024-03-05 00:40:00;N2\n";

const PLAIN_ELAPSED: &str = "start_s,duration_s,stage\n0,30,W\n30,30,N1\n60,30,R\n";

const START_END_ZONE: &str = "Start,End,Time Zone,Duration,Restful Minutes\n\
2023-06-27 11:39 PM,2023-06-28 6:07 AM,CDT,388,216\n2023-01-25 12:12 AM,2023-01-25 9:00 AM,CDT,528,505\n";

const TAKEOUT: &str = "sleep_id,sleep_stage_id,sleep_stage_type,start_utc_offset,sleep_stage_start,end_utc_offset,sleep_stage_end,data_source\n\
1,2,AWAKE,+01:00,2024-11-30T23:00:30Z,+01:00,2024-11-30T23:10:00Z,DERIVED\n1,3,LIGHT,+01:00,2024-11-30T23:10:00Z,+01:00,2024-11-30T23:40:00Z,DERIVED\n";

/// Every fixture with the name it would have.
pub const ALL: [(&str, &str); 40] = [
    ("export.xml", APPLE_XML),
    ("SleepAnalysis.csv", APPLE_CSV),
    ("qs.csv", QS_ACCESS),
    ("sleep-2023-11-30.json", FITBIT_JSON),
    ("fitbit.csv", FITBIT_CSV),
    ("oura.csv", OURA_CSV),
    ("oura.json", OURA_JSON),
    ("2020_sleepData.json", GARMIN_EXPORT),
    ("garmin.json", GARMIN_API),
    ("sleep.csv", WITHINGS_SUMMARY),
    ("raw_tracker_sleep-state.csv", WITHINGS_RAW),
    ("com.samsung.health.sleep_stage.1.csv", SAMSUNG),
    ("com.samsung.shealth.sleep.1.csv", SAMSUNG_NIGHTS),
    ("sleep-export.csv", SLEEP_AS_ANDROID),
    ("SLEEP_1.csv", ZEPP),
    ("1_labeled_sleep.txt", LABELS),
    ("stages.csv", PLAIN),
    ("epochs.csv", PLAIN_ELAPSED),
    ("nights.csv", START_END_ZONE),
    ("UserSleepStages.csv", TAKEOUT),
    ("sleeps.csv", tables::WHOOP),
    ("sleep_events.csv", tables::RANGES),
    ("HealthAutoExport.json", records::AUTO_EXPORT),
    ("segment.json", records::GOOGLE_POINTS),
    ("SLEEP.json", records::GOOGLE_SESSION),
    ("sleep_data.json", records::HEALTH_CONNECT),
    ("sleep.json", records::WHOOP_JSON),
    ("sleep_result_1.json", records::POLAR),
    ("nights.json", records::POLAR_NIGHTS),
    ("hlth_center_fitness_data.csv", records::MI_FITNESS),
    ("sleep_nights.json", records::EIGHT_SLEEP),
    ("zeodata.csv", tables::ZEO),
    ("n1.txt", laboratory::REMLOGIC),
    ("Sleep profile.txt", laboratory::DOMINO),
    ("night.annot", laboratory::LUNA),
    ("night.tsv", laboratory::SNOOZ),
    ("alice.csv", laboratory::ALICE),
    ("epochs.csv", laboratory::EPOCHS),
    ("epochs.txt", laboratory::BARE),
    ("annotations.csv", laboratory::MNE),
];

/// What must be read from a fixture.
struct Expected {
    format: &'static str,
    stamps: StampKind,
    nights: usize,
    /// Intervals by the export's own words.
    words: &'static [(&'static str, usize)],
    /// Start and end of the first night, or of the first interval where no nights are listed.
    first: (i64, i64),
}

fn expected() -> [Expected; 20] {
    let of = |format, stamps, nights, words, first| Expected {
        format,
        stamps,
        nights,
        words,
        first,
    };
    use StampKind::{Elapsed, LocalCivil, Utc};
    let utc = |from, to| (instant(from), instant(to));
    let local = |from, to| (civil(from), civil(to));
    [
        of(
            "sleep_apple_xml",
            Utc,
            0,
            &[("AsleepCore", 1), ("AsleepDeep", 1), ("InBed", 1)],
            utc("2024-01-10T22:00:00Z", "2024-01-10T22:30:00Z"),
        ),
        of(
            "sleep_apple_csv",
            Utc,
            0,
            &[("Asleep", 1), ("InBed", 1)],
            utc("2021-01-24T08:09:00Z", "2021-01-24T08:37:00Z"),
        ),
        of(
            "sleep_qs_access",
            LocalCivil,
            2,
            &[("Asleep", 2)],
            local("2018-01-21T23:29:00", "2018-01-22T06:30:00"),
        ),
        of(
            "sleep_fitbit_json",
            LocalCivil,
            2,
            &[
                ("wake", 1),
                ("light", 1),
                ("deep", 1),
                ("asleep", 1),
                ("restless", 1),
            ],
            local("2023-11-29T23:48:00", "2023-11-30T00:50:00"),
        ),
        of(
            "sleep_fitbit_csv",
            LocalCivil,
            2,
            &[],
            local("2019-04-22T21:54:00", "2019-04-23T05:25:00"),
        ),
        of(
            "sleep_oura",
            Utc,
            1,
            &[("awake", 2), ("light", 1), ("deep", 1), ("rem", 1)],
            utc("2024-01-14T05:00:02Z", "2024-01-14T05:22:02Z"),
        ),
        of(
            "sleep_oura",
            Utc,
            2,
            &[("awake", 2), ("light", 1), ("deep", 1), ("rem", 1)],
            utc("2024-01-14T05:00:02Z", "2024-01-14T05:22:02Z"),
        ),
        of(
            "sleep_garmin",
            Utc,
            1,
            &[],
            utc("2020-01-01T23:12:00Z", "2020-01-02T06:40:00Z"),
        ),
        of(
            "sleep_garmin",
            Utc,
            1,
            &[("light", 1), ("deep", 1)],
            utc("2020-01-01T23:12:00Z", "2020-01-02T06:40:00Z"),
        ),
        of(
            "sleep_withings_summary",
            Utc,
            1,
            &[],
            utc("2020-10-11T00:04:00Z", "2020-10-11T07:59:00Z"),
        ),
        of(
            "sleep_withings_raw",
            Utc,
            0,
            &[("awake", 2), ("light", 1), ("rem", 1)],
            utc("2019-12-28T23:26:00Z", "2019-12-28T23:28:00Z"),
        ),
        of(
            "sleep_samsung",
            Utc,
            0,
            &[("light", 1), ("awake", 1)],
            utc("2025-02-21T18:38:00Z", "2025-02-21T18:52:00Z"),
        ),
        of(
            "sleep_samsung",
            Utc,
            1,
            &[],
            utc("2025-02-21T23:38:00Z", "2025-02-22T05:52:00Z"),
        ),
        of(
            "sleep_as_android",
            Utc,
            2,
            &[("LIGHT", 1), ("DEEP", 1), ("REM", 1)],
            utc("2016-04-28T22:03:35.070Z", "2016-04-29T05:03:35.070Z"),
        ),
        of(
            "sleep_zepp",
            Utc,
            1,
            &[],
            utc("2022-09-13T21:27:00Z", "2022-09-14T05:47:00Z"),
        ),
        of(
            "sleep_accel_labels",
            Elapsed,
            0,
            &[("-1", 1), ("0", 1), ("1", 1), ("2", 1), ("3", 1), ("5", 1)],
            (0, 30_000_000_000),
        ),
        of(
            "sleep_plain",
            LocalCivil,
            0,
            &[("awake", 1), ("N2", 1)],
            local("2024-03-04T23:10:00", "2024-03-04T23:40:00"),
        ),
        of(
            "sleep_plain",
            Elapsed,
            0,
            &[("W", 1), ("N1", 1), ("R", 1)],
            (0, 30_000_000_000),
        ),
        of(
            "sleep_start_end_zone",
            LocalCivil,
            2,
            &[],
            local("2023-06-27T23:39:00", "2023-06-28T06:07:00"),
        ),
        of(
            "sleep_plain",
            Utc,
            0,
            &[("AWAKE", 1), ("LIGHT", 1)],
            utc("2024-11-30T23:00:30Z", "2024-11-30T23:10:00Z"),
        ),
    ]
}

#[test]
fn every_source_is_told_and_read() {
    // Those behind the twenty have tests of their own.
    for ((name, text), expected) in ALL.into_iter().zip(expected()) {
        let format = expected.format;
        assert!(
            sniff(name, text.as_bytes()).is_some(),
            "{name} is not recognised"
        );
        let found = export(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found.format, format, "{name}");
        assert_eq!(found.stamps, expected.stamps, "{name}");
        assert_eq!(found.nights.len(), expected.nights, "{name}");
        for (word, count) in expected.words {
            assert_eq!(count_of(&found, word), *count, "{name}: {word}");
        }
        let total: usize = expected.words.iter().map(|(_, count)| count).sum();
        assert_eq!(found.intervals.len(), total, "{name}");
        let first = found
            .nights
            .first()
            .or(found.intervals.first())
            .expect("something");
        assert_eq!((first.start_ns, first.end_ns), expected.first, "{name}");
    }
}

#[test]
fn apple_zone_belongs_to_the_record_it_stands_in() {
    let found = export("export.xml", APPLE_XML).expect("an export");
    assert_eq!(found.zones.len(), 1);
    assert_eq!(found.intervals[0].clock, WallClock::Zone(0));
    assert_eq!(found.intervals[1].clock, WallClock::Offset(120));
    assert_eq!(found.sources, ["Tom & Jerry’s Watch", "iPhone"]);
    assert_eq!(found.intervals[2].state, SleepState::InBed);
}

#[test]
fn fitbit_short_wakes_are_kept_apart() {
    let found = export("sleep.json", FITBIT_JSON).expect("an export");
    assert_eq!(found.short_wakes.len(), 1);
    assert_eq!(found.ends, Ends::Length);
    let restless = found
        .intervals
        .iter()
        .find(|interval| found.words[usize::from(interval.word)] == "restless");
    assert_eq!(
        restless.map(|interval| interval.state),
        Some(SleepState::Stage(Stage::Asleep))
    );
}

#[test]
fn an_oura_digit_at_the_end_stands_for_the_rest() {
    let found = export("oura.csv", OURA_CSV).expect("an export");
    let last = found.intervals.last().expect("a digit");
    assert_eq!((last.end_ns - last.start_ns) / 1_000_000_000, 120);
    assert_eq!(last.clock, WallClock::Offset(-300));
}

#[test]
fn a_garmin_window_in_which_nothing_was_measured_is_no_night() {
    let text = r#"[{"sleepStartTimestampGMT":"2019-08-04T20:28:00.0","sleepEndTimestampGMT":"2019-08-05T04:30:00.0",
        "sleepWindowConfirmationType":"ENHANCED_CONFIRMED_FINAL","deepSleepSeconds":600,"lightSleepSeconds":19440},
        {"sleepStartTimestampGMT":"2019-08-03T20:00:00.0","sleepEndTimestampGMT":"2019-08-04T04:00:00.0",
        "sleepWindowConfirmationType":"UNCONFIRMED"}]"#;
    let found = export("2019_sleepData.json", text).expect("an export");
    assert_eq!(found.nights.len(), 1);
    assert_eq!(found.nights[0].start_ns, instant("2019-08-04T20:28:00Z"));
    assert!(
        found.warnings[0].starts_with("1 nights were left out"),
        "{:?}",
        found.warnings
    );
    let unconfirmed = &format!(
        "[{}",
        &text[text
            .find("{\"sleepStartTimestampGMT\":\"2019-08-03")
            .expect("it")..]
    );
    let error = export("2019_sleepData.json", unconfirmed).expect_err("no night");
    assert_eq!(error.code(), "no_nights");
}

#[test]
fn oura_digits_that_a_spreadsheet_took_for_a_number_are_no_stages() {
    let text = "bedtime_end,bedtime_start,type,sleep_phase_5_min\n\
        2024-11-04T21:47:02-07:00,2024-11-04T20:41:02-07:00,nap,4.44444E+13\n\
        2024-11-05T06:47:02-07:00,2024-11-04T22:41:02-07:00,long_sleep,\n\
        2024-11-06T00:47:02-07:00,2024-11-05T23:41:02-07:00,long_sleep,44212\n";
    let found = export("oura.csv", text).expect("an export");
    assert_eq!((found.nights.len(), found.intervals.len()), (3, 5));
    let [warning] = &found.warnings[..] else {
        panic!("{:?}", found.warnings);
    };
    assert!(
        warning.contains("the stages of 1 nights")
            && warning.contains("line 2 says \"4.44444E+13\""),
        "{warning}"
    );
}

#[test]
fn a_garmin_answer_knows_the_wearers_offset() {
    let found = export("garmin.json", GARMIN_API).expect("an export");
    assert_eq!(found.nights[0].clock, WallClock::Offset(60));
}

#[test]
fn an_abbreviation_is_remembered_and_not_believed() {
    let found = export("nights.csv", START_END_ZONE).expect("an export");
    assert_eq!(found.zone_words, ["CDT"]);
    assert!(found.zones.is_empty());
    assert_eq!(found.nights[1].start_ns, civil("2023-01-25T00:12:00"));
}

#[test]
fn what_is_no_sleep_export_is_named() {
    let code = |name: &str, text: &str| {
        export(name, text)
            .map(|found| found.format)
            .map_err(|error| error.code())
    };
    assert_eq!(
        code("a.csv", "time,x,y,z\n0,1,2,3\n"),
        Err("not_a_sleep_export")
    );
    assert_eq!(
        code("raw_tracker_hr.csv", WITHINGS_RAW),
        Err("not_a_sleep_export")
    );
    let database = if cfg!(feature = "health-connect") {
        "damaged"
    } else {
        "needs_feature"
    };
    assert_eq!(code("x.db", "SQLite format 3\0"), Err(database));
    assert_eq!(
        code("empty.xml", "<HealthData locale=\"de\"></HealthData>"),
        Err("no_nights")
    );
    assert_eq!(
        code(
            "fit.csv",
            "Start time,End time,stage\n1.56352E+18,1.56353E+18,light\n"
        ),
        Err("damaged_by_spreadsheet")
    );
    assert_eq!(code("half.json", &FITBIT_JSON[..400]), Err("damaged"));
    assert_eq!(
        code(
            "order.csv",
            "start,end,stage\n03/04/2024 23:10,03/04/2024 23:50,N2\n"
        ),
        Err("needs_date_order")
    );
    assert_eq!(
        code(
            "order.csv",
            "start,end,stage\n03/14/2024 23:10,03/14/2024 23:50,N2\n"
        ),
        Ok("sleep_plain")
    );
    for list in ["0 0\n30 2\n60 2\n90 0\n", "0 1\n30 2\n60 4\n90 2\n"] {
        assert_eq!(code("list.txt", list), Err("unclear_numbers"), "{list}");
    }
}
