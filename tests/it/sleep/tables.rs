//! Tables that differ in the names of their columns, and tables that would be read wrongly without a complaint.

use legtrace::ingest::sleep::{MaskError, MaskOptions, SleepState, WallClock};
use legtrace::model::clock::RecordingClock;
use legtrace::model::night::Stage;
use legtrace::model::recording::StampKind;

use super::{civil, export, instant};

pub const WHOOP: &str = "Cycle start time,Cycle end time,Cycle timezone,Sleep onset,Wake onset,Sleep performance %,Light sleep duration (min),Nap\n\
2024-03-05 23:10:00,,UTC+02:00,2024-03-05 23:10:00,2024-03-06 06:50:00,90,300,false\n\
2024-03-04 23:40:00,2024-03-05 23:10:00,UTCZ,2024-03-05 14:00:00,2024-03-05 14:50:00,20,50,true\n\
2024-03-04 23:40:00,2024-03-05 23:10:00,UTCZ,2024-03-04 23:40:00,2024-03-05 07:20:00,80,280,false\n";

pub const RANGES: &str = "activity_id,during,type\n\
7,\"['2024-03-04T22:10:00.000Z','2024-03-04T22:20:00.000Z')\",latency\n\
7,\"['2024-03-04T22:20:00.000Z','2024-03-04T23:00:00.000Z')\",light\n\
7,\"['2024-03-04T23:00:00.000Z','2024-03-04T23:40:00.000Z')\",sws\n\
7,\"['2024-03-04T23:40:00.000Z','2024-03-05T00:10:00.000Z')\",rem\n";

#[test]
fn whoops_clocks_are_those_of_the_zone_beside_them_and_naps_are_no_nights() {
    let found = export("sleeps.csv", WHOOP).expect("an export");
    assert_eq!(found.format, "sleep_whoop");
    assert_eq!((found.stamps, found.nights.len()), (StampKind::Utc, 2));
    let night = found.nights[0];
    assert_eq!(night.start_ns, instant("2024-03-05T21:10:00Z"));
    assert_eq!(night.end_ns, instant("2024-03-06T04:50:00Z"));
    assert_eq!(night.clock, WallClock::Offset(120));
    // Greenwich is a place to sleep, too.
    assert_eq!(found.nights[1].start_ns, instant("2024-03-04T23:40:00Z"));
    assert_eq!(found.nights[1].clock, WallClock::Offset(0));
    assert_eq!(found.warnings, ["1 nap was left out: it is no night"]);
}

#[test]
fn a_range_in_one_cell_is_read_with_its_stage() {
    let found = export("sleep_events.csv", RANGES).expect("an export");
    assert_eq!((found.nights.len(), found.intervals.len()), (0, 4));
    let states: Vec<SleepState> = found.intervals.iter().map(|piece| piece.state).collect();
    assert_eq!(
        states,
        [Stage::Wake, Stage::Light, Stage::N3, Stage::Rem].map(SleepState::Stage)
    );
    assert_eq!(found.intervals[1].start_ns, instant("2024-03-04T22:20:00Z"));
    assert_eq!(found.intervals[1].end_ns, instant("2024-03-04T23:00:00Z"));
    let nights = export(
        "sleeps.csv",
        "score,during,timezone_offset,state,is_nap\n\
         70,\"['2024-03-04T22:10:00.000Z','2024-03-05T05:20:00.000Z')\",+0200,complete,False\n\
         20,\"['2024-03-05T12:10:00.000Z','2024-03-05T12:40:00.000Z')\",+0200,complete,True\n",
    )
    .expect("nights");
    assert_eq!(nights.nights.len(), 1);
    assert_eq!(nights.nights[0].clock, WallClock::Offset(120));
}

#[test]
fn apps_name_the_ends_of_a_night_in_many_ways() {
    let ends = ("2024-03-04T23:10:00", "2024-03-05T06:50:00");
    for (name, text) in [
        (
            "AutoSleep.csv",
            "ISO8601,fromDate,toDate,bedtime,waketime,inBed,asleep\n\
             2024-03-05T20:59:59+01:00,\"Monday, Mar 4, 2024\",\"Tuesday, Mar 5, 2024\",2024-03-04 23:10:00,2024-03-05 06:50:00,07:40:00,07:10:00\n",
        ),
        (
            "sleep.csv",
            "sleep_time,wake_time,minutes_asleep\n2024-03-04 23:10,2024-03-05 06:50,430\n",
        ),
        (
            "formatted.csv",
            "StartDate,StartTime,EndDate,EndTime,SleepQuality\n2024-03-04,11:10 PM,2024-03-05,6:50 AM,66%\n",
        ),
        (
            "nights.csv",
            "Start Date, Start Time, End Time\n2024-03-04,23:10,06:50\n",
        ),
        (
            "sleepdata.csv",
            "Start;End;Sleep quality;Time in bed\r2024-03-04 23:10:00;2024-03-05 06:50:00;79%;7:40\r",
        ),
    ] {
        let found = export(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found.stamps, StampKind::LocalCivil, "{name}");
        let [night] = &found.nights[..] else {
            panic!("{name}: {} nights", found.nights.len());
        };
        assert_eq!(
            (night.start_ns, night.end_ns),
            (civil(ends.0), civil(ends.1)),
            "{name}"
        );
    }
    let meter = "wake,sleep,bedtime,holes,type\n\
        2024-03-05 06:50+0100,2024-03-04 23:20+0100,2024-03-04 23:10+0100,,NIGHT_SLEEP\n\
        2024-03-05 14:50+0100,2024-03-05 14:20+0100,2024-03-05 14:10+0100,,NAP\n";
    let found = export("sleep_history.csv", meter).expect("an export");
    assert_eq!(found.nights.len(), 1);
    assert_eq!(found.nights[0].start_ns, instant("2024-03-04T22:10:00Z"));
}

#[test]
fn a_takeout_knows_the_wearers_clock_from_the_column_beside_its_utc() {
    let text = "sleep_id,sleep_type,start_utc_offset,sleep_start,end_utc_offset,sleep_end\n\
        1,STAGES,+02:00,2024-06-04 21:10:00+0000,+02:00,2024-06-05 04:50:00+0000\n";
    let found = export("UserSleeps_2024-06-01.csv", text).expect("an export");
    assert_eq!(found.nights[0].start_ns, instant("2024-06-04T21:10:00Z"));
    assert_eq!(found.nights[0].clock, WallClock::Offset(120));
}

#[test]
fn utc_beside_a_stamp_is_no_clock_to_wake_by() {
    let zepp = "date,deepSleepTime,shallowSleepTime,wakeTime,start,stop\n\
        2024-06-05,80,300,0,2024-06-04 21:10:00+0000,2024-06-05 04:50:00+0000\n";
    let table = "start,end\n2024-06-04T21:10:00Z,2024-06-05T04:50:00Z\n";
    for (name, text) in [("SLEEP_1.csv", zepp), ("nights.csv", table)] {
        let found = export(name, text).expect("an export");
        assert_eq!(found.nights[0].clock, WallClock::Unknown, "{name}");
        // The recording's clock may be two hours from that: the night would be laid two hours off.
        let clock = RecordingClock::new(civil("2024-06-04T22:00:00"), StampKind::LocalCivil, None);
        let error = found
            .mask(
                &clock,
                jiff::SignedDuration::from_hours(9),
                &MaskOptions::default(),
            )
            .expect_err("a zone is needed");
        assert!(matches!(error, MaskError::NeedsZone { .. }), "{error}");
    }
    let withings = "von,bis,\"leicht (s)\",\"tief (s)\",\"rem (s)\"\n\
        2024-01-04T23:10:00+00:00,2024-01-05T06:50:00+00:00,1,2,3\n";
    let found = export("sleep.csv", withings).expect("an export");
    assert_eq!(found.nights[0].clock, WallClock::Offset(0));
}

#[test]
fn what_would_be_read_wrongly_is_refused() {
    let code = |text: &str| {
        export("a.csv", text)
            .map(|found| (found.nights.len(), found.intervals.len()))
            .map_err(|error| (error.code(), error.to_string()))
    };
    // The night stands beside each of its minutes.
    let minutes = "dt,stage,startTime,endTime\n\
        2024-03-04 23:10:00,wake,2024-03-04T23:10:00.000,2024-03-05T06:50:00.000\n\
        2024-03-04 23:11:00,wake,2024-03-04T23:10:00.000,2024-03-05T06:50:00.000\n\
        2024-03-04 23:12:00,deep,2024-03-04T23:10:00.000,2024-03-05T06:50:00.000\n";
    let (word, told) = code(minutes).expect_err("one time for all stages");
    assert_eq!(word, "damaged");
    assert!(told.contains("line 3"), "{told}");
    // Minutes of the day are no seconds since a start.
    let of_day = "Start,End,Quality\n65,576,0.4\n1397,1439,0.7\n245,451,0.8\n30,420,0.6\n";
    assert_eq!(code(of_day).map_err(|(word, _)| word), Err("damaged"));
    let backward = "start,end\n2024-03-05 06:50:00,2024-03-04 23:10:00\n";
    assert_eq!(code(backward).map_err(|(word, _)| word), Err("damaged"));
    // A forgotten alarm is no night of three days.
    let mut long = "start,end\n2024-03-01 23:10:00,2024-03-04 06:50:00\n".to_owned();
    for day in 5..9 {
        long += &format!("2024-03-0{day} 00:10:00,2024-03-0{day} 06:50:00\n");
    }
    assert_eq!(code(&long).map_err(|(word, _)| word), Ok((4, 0)));
}

#[test]
fn what_has_no_times_is_refused_with_the_file_that_has_them() {
    for (text, instead) in [
        (
            "Sleep Score 4 Weeks,Score,Quality,Duration,Bedtime,Wake Time\nFeb 28,86,Good,8h 10min,8:57 PM,5:22 AM\n",
            "sleepData.json",
        ),
        (
            "Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes\n\
             2024-03-04 23:40:00,2024-03-05 23:10:00,UTCZ,Any tea?,true,\n",
            "sleeps.csv",
        ),
        (
            "sleep_log_entry_id,timestamp,overall_score\n1,2024-03-05T06:50:00Z,80\n",
            "UserSleepStages",
        ),
    ] {
        let error = export("a.csv", text).expect_err("no times");
        assert_eq!(error.code(), "without_times", "{error}");
        assert!(error.to_string().contains(instead), "{error}");
    }
}

pub const ZEO: &str = "Sleep Date,ZQ,Awakenings,Start of Night,End of Night,Rise Time,Sleep Graph,Detailed Sleep Graph\n\
10/25/2011,80,1,10/25/2011 23:00,10/26/2011 02:00,10/26/2011 02:00,1 3,1 1 3 3 3 4 0 2\n";

#[test]
fn a_length_says_or_shows_what_it_counts() {
    let rows = |header: &str, lengths: [&str; 3]| {
        let starts = ["23:00:00", "23:10:00", "23:40:00"];
        let rows = starts.iter().zip(lengths).zip(["W", "N2", "R"]);
        let rows: String = rows
            .map(|((start, length), stage)| format!("2024-03-04 {start},{length},{stage}\n"))
            .collect();
        format!("start,{header},stage\n{rows}")
    };
    for (header, lengths) in [
        ("duration", ["600", "1800", "60"]),
        ("duration", ["10", "30", "1"]),
        ("duration", ["00:10:00", "00:30:00", "00:01:00"]),
        ("duration (min)", ["10", "30", "1"]),
        ("Duration [s]", ["600", "1800", "60"]),
        ("duration_ms", ["600000", "1800000", "60000"]),
    ] {
        let found = export("a.csv", &rows(header, lengths))
            .unwrap_or_else(|error| panic!("{header} {lengths:?}: {error}"));
        let ends: Vec<i64> = found.intervals.iter().map(|piece| piece.end_ns).collect();
        assert_eq!(
            ends,
            ["23:10:00", "23:40:00", "23:41:00"].map(|time| civil(&format!("2024-03-04T{time}"))),
            "{header} {lengths:?}"
        );
    }
    let error = export("a.csv", &rows("duration", ["7", "8", "9"])).expect_err("leads nowhere");
    assert_eq!(error.code(), "unclear_times");
    assert!(error.to_string().contains("duration_s"), "{error}");
}

#[test]
fn a_header_may_say_that_the_stamps_are_utcs() {
    for header in [
        "start_utc,end_utc",
        "start (UTC),end (UTC)",
        "Start time GMT,End time GMT",
    ] {
        let text = format!("{header},stage\n2024-03-04 21:10:00,2024-03-04 21:40:00,N2\n");
        let found = export("a.csv", &text).unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(found.stamps, StampKind::Utc, "{header}");
        assert_eq!(found.intervals[0].start_ns, instant("2024-03-04T21:10:00Z"));
    }
    // The wearer's clock beside them is what it is from UTC, and moves nothing.
    let beside =
        "start_utc,end_utc,utc_offset,stage\n2024-03-04 21:10:00,2024-03-04 21:40:00,+02:00,N2\n";
    let found = export("a.csv", beside).expect("UTC and a clock");
    let [piece] = found.intervals[..] else {
        panic!("{:?}", found.intervals);
    };
    assert_eq!(piece.start_ns, instant("2024-03-04T21:10:00Z"));
    assert_eq!(piece.clock, WallClock::Offset(120));
    let two = "start_utc,end,stage\n2024-03-04 21:10:00,2024-03-04 23:40:00,N2\n";
    assert!(export("a.csv", two).is_err(), "two clocks in a row");
}

/// Epochs of 30 s by one scorer or several, one after another.
fn scored(by: &[(&str, &[&str])]) -> String {
    let clock = |half_minutes: usize| {
        let (minute, half) = (half_minutes / 2, half_minutes % 2);
        format!("2024-03-04 23:{minute:02}:{:02}", half * 30)
    };
    let mut text = "start,end,stage,scorer\n".to_owned();
    for (scorer, stages) in by {
        for (at, stage) in stages.iter().enumerate() {
            text += &format!("{},{},{stage},{scorer}\n", clock(at), clock(at + 1));
        }
    }
    text
}

#[test]
fn two_scorers_are_two_sources_and_unnamed_ones_a_contradiction() {
    let text = scored(&[
        ("A", &["W", "N1", "N2", "N2"]),
        ("B", &["W", "W", "W", "N2"]),
    ]);
    let found = export("a.csv", &text).expect("two sources");
    let clock = RecordingClock::new(civil("2024-03-04T23:00:00"), StampKind::LocalCivil, None);
    let asleep_s = |source: &str| {
        let options = MaskOptions {
            source: Some(source.to_owned()),
            ..MaskOptions::default()
        };
        let length = jiff::SignedDuration::from_secs(120);
        let mask = found.mask(&clock, length, &options).expect("a fit");
        let asleep = mask.stages.iter().filter(|piece| piece.stage.is_sleep());
        asleep
            .map(|piece| (piece.end - piece.start).as_secs())
            .sum::<i64>()
    };
    assert_eq!((asleep_s("A"), asleep_s("B")), (90, 30));
    let unnamed: String = text
        .lines()
        .map(|line| format!("{}\n", line.rsplit_once(',').expect("a column").0))
        .collect();
    let error = export("a.csv", &unnamed).expect_err("which of the two?");
    assert_eq!(error.code(), "contradiction");
    // The second row and the sixth are the first that disagree; the header is line 1.
    assert!(error.to_string().contains("lines 3 and 7"), "{error}");
    let without_ends: String = unnamed
        .replace("start,", "time,")
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>()[..] {
            [from, _, stage] => format!("{from},{stage}\n"),
            _ => String::new(),
        })
        .collect();
    let error = export("a.csv", &without_ends).expect_err("which of the two?");
    assert_eq!(error.code(), "contradiction", "{error}");
    // Twice the same is no contradiction.
    let same = scored(&[("", &["W", "N1", "N2"]), ("", &["W", "N1", "N2"])]);
    assert!(export("a.csv", &same).is_ok());
}

#[test]
fn zeos_graph_is_a_number_each_half_minute() {
    let found = export("zeodata.csv", ZEO).expect("an export");
    let pieces: Vec<(i64, SleepState)> = found
        .intervals
        .iter()
        .map(|piece| ((piece.end_ns - piece.start_ns) / 1_000_000_000, piece.state))
        .collect();
    let of = |seconds, stage| (seconds, SleepState::Stage(stage));
    assert_eq!(
        pieces,
        [
            of(60, Stage::Wake),
            of(90, Stage::Light),
            of(30, Stage::N3),
            of(30, Stage::Rem)
        ]
    );
    // The number before the last is no stage, and takes its half minute.
    assert_eq!(found.intervals[3].start_ns, civil("2011-10-25T23:03:30"));
}

#[test]
fn a_header_without_rows_and_a_vendor_without_a_layout_are_named() {
    for header in [
        "start,end,stage\n",
        "time;stage",
        "Start (UTC),End (UTC)\n\n",
    ] {
        let error = export("a.csv", header).expect_err("no rows");
        assert_eq!(error.code(), "no_nights", "{header}: {error}");
        assert!(error.to_string().contains("no rows"), "{error}");
    }
    let error = export("huawei_sleep.json", "[{\"date\":\"2024-10-26\"}]").expect_err("no layout");
    assert!(error.to_string().contains("Huawei Health"), "{error}");
}
