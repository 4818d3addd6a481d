//! Time: how clocks are written, zones, gaps, backward steps, changes of the civil time, counters that wrap.

use jiff::tz::TimeZone;
use legtrace::ingest::ReadOptions;
use legtrace::model::recording::StampKind;

use crate::made::{Folder, clock, lines, read, read_made, read_made_with, refusal, xyz, xyz_times};

fn in_zone(name: &str) -> ReadOptions {
    ReadOptions {
        zone: Some(TimeZone::get(name).unwrap()),
        ..ReadOptions::default()
    }
}

#[test]
fn case_06_colons_and_dots_in_clocks() {
    for (header, first, second) in [
        (
            "timestamp",
            "2020-02-12 09:03:37:481",
            "2020-02-12 09:03:37:501",
        ),
        (
            "timestamp",
            "2022-08-05T15.26.13.153",
            "2022-08-05T15.26.13.173",
        ),
        ("time", "2022-10-02 18:09:00:359", "2022-10-02 18:09:00:379"),
    ] {
        // from the second row on the clock goes on by itself; only its writing matters here
        let marks: Vec<char> = first.chars().filter(|c| !c.is_ascii_digit()).collect();
        let rewrite = |ms: i64| {
            let mut marks = marks.iter();
            let base = if first.starts_with("2020") {
                "2020-02-12T09:03:37.481"
            } else if first.contains("T15") {
                "2022-08-05T15:26:13.153"
            } else {
                "2022-10-02T18:09:00.359"
            };
            clock(base, ms)
                .chars()
                .map(|c| {
                    if c.is_ascii_digit() {
                        c
                    } else {
                        *marks.next().unwrap()
                    }
                })
                .collect::<String>()
        };
        assert_eq!((rewrite(0).as_str(), rewrite(20).as_str()), (first, second));
        let rows = lines(400, |n| format!("{},{}", rewrite(n as i64 * 20), xyz(n)));
        let outcome = read_made("a.csv", format!("{header},x,y,z\n{rows}")).unwrap();
        assert!(
            (outcome.rate() - 50.0).abs() < 0.01,
            "{first}: {}",
            outcome.rate()
        );
        assert_eq!(outcome.info.stamps, StampKind::LocalCivil);
    }
}

#[test]
fn case_07_zones_where_they_stand() {
    let meta = |header: &str, local: &str| {
        let rows = lines(200, |n| {
            let ms = 1_547_832_339_908i64 + n as i64 * 80;
            format!(
                "{ms},{},{:.3},{}",
                clock(local, n as i64 * 80).replace(' ', "T"),
                n as f64 * 0.08,
                xyz(n)
            )
        });
        read_made(
            "a_MetaWear_2019-01-18T18.25.39.382_C42732BE255C_Accelerometer_12.500Hz_1.4.4.csv",
            format!("{header}\n{rows}"),
        )
        .unwrap()
    };
    let berlin = meta(
        "epoch (ms),time (01:00),elapsed (s),x-axis (g),y-axis (g),z-axis (g)",
        "2019-01-18T18:25:39.908",
    );
    assert_eq!(berlin.start().unwrap(), "2019-01-18T18:25:39.908+01:00");
    assert_eq!(berlin.info.serial.as_deref(), Some("C42732BE255C"));
    let lima = meta(
        "epoc (ms),timestamp (-0500),elapsed (s),x-axis (g),y-axis (g),z-axis (g)",
        "2019-01-18T12:25:39.908",
    );
    assert_eq!(lima.start().unwrap(), "2019-01-18T12:25:39.908-05:00");

    let folder = Folder::new();
    let rows = lines(300, |n| {
        format!(
            "{},{:.2},{}",
            1_700_810_755_062_863_000i64 + n as i64 * 10_000_000,
            n as f64 * 0.01,
            xyz_times(n, 9.81)
        )
    });
    folder.file(
        "TotalAcceleration.csv",
        format!("time,seconds_elapsed,z,y,x\n{rows}"),
    );
    folder.file("Metadata.csv", "version,device name,recording epoch time,recording time,recording timezone,platform\n3,SM-N986B,1700810754632,2023-11-24_07-25-54,Africa/Nairobi,android\n");
    let nairobi = read(folder.path()).unwrap();
    assert_eq!(nairobi.start().unwrap(), "2023-11-24T10:25:55.062863+03:00");
    assert_eq!(nairobi.info.device.as_deref(), Some("SM-N986B"));

    let nowhere = read_made(
        "a.csv",
        format!(
            "time,x,y,z\n{}",
            lines(300, |n| format!(
                "{},{}",
                clock("2024-05-07T23:10:00", n as i64 * 20),
                xyz(n)
            ))
        ),
    )
    .unwrap();
    assert_eq!(nowhere.info.stamps, StampKind::LocalCivil);
    assert_eq!(nowhere.start().unwrap(), "2024-05-07T23:10:00");
}

/// A table with dates of digits, `per_day` rows a day from a first day on.
fn dated(pattern: &str, first: &str, n: usize, step_ms: i64) -> String {
    let start: jiff::civil::DateTime = first.parse().unwrap();
    let rows = lines(n, |n| {
        let at = start
            .checked_add(jiff::SignedDuration::from_millis(n as i64 * step_ms))
            .unwrap();
        format!(
            "{}.{:03},{}",
            at.strftime(pattern),
            at.subsec_nanosecond() / 1_000_000,
            xyz(n)
        )
    });
    format!("Timestamp,x,y,z\n{rows}")
}

#[test]
fn case_08_day_and_month() {
    let error = refusal(
        "a.csv",
        dated("%d/%m/%Y %H:%M:%S", "2024-04-03T10:00:00", 500, 20),
    );
    assert_eq!(error.code(), "needs_date_order");
    assert!(error.to_string().contains("--date-order"), "{error}");
    // a night crosses midnight, which settles it both ways
    let dmy = read_made(
        "a.csv",
        dated("%d/%m/%Y %H:%M:%S", "2024-04-03T23:59:55", 500, 20),
    )
    .unwrap();
    assert_eq!(dmy.start().unwrap(), "2024-04-03T23:59:55");
    let mdy = read_made(
        "a.csv",
        dated("%m/%d/%Y %H:%M:%S", "2024-04-03T23:59:55", 500, 20),
    )
    .unwrap();
    assert_eq!(mdy.start().unwrap(), "2024-04-03T23:59:55");
    // far behind the head of the file too
    let late = read_made(
        "a.csv",
        dated("%d/%m/%Y %H:%M:%S", "2024-04-03T22:00:00", 150_000, 80),
    )
    .unwrap();
    assert_eq!(late.start().unwrap(), "2024-04-03T22:00:00");
    assert!(late.survey.gaps.is_empty());
    // a day above twelve
    let clear = read_made(
        "a.csv",
        dated("%d/%m/%Y %H:%M:%S", "2024-04-23T10:00:00", 500, 20),
    )
    .unwrap();
    assert_eq!(clear.start().unwrap(), "2024-04-23T10:00:00");
    // the flag
    let options = ReadOptions {
        date_order: Some("mdy".parse().unwrap()),
        ..ReadOptions::default()
    };
    let flagged = read_made_with(
        "a.csv",
        dated("%d/%m/%Y %H:%M:%S", "2024-04-03T10:00:00", 500, 20),
        &options,
    )
    .unwrap();
    assert_eq!(flagged.start().unwrap(), "2024-03-04T10:00:00");
    // a header that names one order above rows of another: the rows win
    let header = "------------ Data File Created By ActiGraph Link ActiLife v6.11.9 date format dd/MM/yyyy at 50 Hz  Filter Normal -----------\n\
        Serial Number: TAS1D00000001\nStart Time 15:00:00\nStart Date 09-12-2017\nEpoch Period (hh:mm:ss) 00:00:00\nDownload Time 15:29:44\n\
        Download Date 09-19-2017\nCurrent Memory Address: 0\nCurrent Battery Voltage: 3.85     Mode = 12\n--------------------------------------------------\n\
        Timestamp,Accelerometer X,Accelerometer Y,Accelerometer Z\n";
    let rows = lines(500, |n| {
        format!("{},{}", clock("2017-09-12T15:00:00", n as i64 * 20), xyz(n))
    });
    assert_eq!(
        read_made("a.csv", format!("{header}{rows}"))
            .unwrap()
            .start()
            .unwrap(),
        "2017-09-12T15:00:00"
    );
}

#[test]
fn case_08_a_wrong_order_by_flag_shows_at_midnight() {
    let options = ReadOptions {
        date_order: Some("mdy".parse().unwrap()),
        ..ReadOptions::default()
    };
    let error = read_made_with(
        "a.csv",
        dated("%d/%m/%Y %H:%M:%S", "2024-04-03T23:59:55", 500, 20),
        &options,
    )
    .err()
    .unwrap();
    assert_eq!(error.code(), "needs_date_order");
}

#[test]
fn case_09_decimal_commas_and_exponents() {
    let comma = |text: String| text.replace(',', ";").replace('.', ",");
    let rows = lines(300, |n| comma(format!("{:.2},{}", n as f64 * 0.02, xyz(n))));
    let outcome = read_made("a.csv", format!("time;x;y;z\n{rows}")).unwrap();
    assert!((outcome.rate() - 50.0).abs() < 0.01);
    assert!((f64::from(outcome.samples.y[0]) + 0.8).abs() < 0.01);
    let exponent = |v: f64| format!("{v:.9E}").replace("E", "E");
    let rows = lines(300, |n| {
        let v = crate::made::g(n).map(|v| exponent(v * 9.81));
        format!("{},{},{},{}", exponent(n as f64 * 0.01), v[0], v[1], v[2])
    });
    let header = "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n";
    let outcome = read_made("Raw Data.csv", format!("{header}{rows}")).unwrap();
    assert_eq!(
        (outcome.info.format.as_str(), outcome.survey.gravity.name()),
        ("phyphox", "included")
    );
    let rows = lines(300, |n| {
        format!("1.{:012}E12,{}", 595_933_810_034u64 + n as u64 * 20, xyz(n))
    });
    let outcome = read_made("a.csv", format!("timestamp,x,y,z\n{rows}")).unwrap();
    assert_eq!(outcome.start().unwrap(), "2020-07-28T10:56:50.034Z");
}

#[test]
fn case_15_time_that_steps_back() {
    let row = |n: usize| format!("{},{}", n * 20, xyz(n));
    // a block pasted twice
    let twice = format!(
        "time,x,y,z\n{}{}",
        lines(400, row),
        lines(300, |n| row(n + 300))
    );
    let outcome = read_made("a.csv", twice).unwrap();
    assert_eq!(outcome.samples.len(), 600);
    assert_eq!(
        outcome.survey.rows.duplicate + outcome.survey.rows.backward,
        100
    );
    // copies shuffled against each other
    let shuffled = format!(
        "time,x,y,z\n{}",
        lines(1_200, |n| row(n / 4 * 2 + [0, 1, 0, 1][n % 4]))
    );
    let outcome = read_made("a.csv", shuffled).unwrap();
    assert_eq!(
        (outcome.samples.len(), outcome.survey.rows.duplicate),
        (600, 600)
    );
    // from late to early
    let descending = format!("time,x,y,z\n{}", lines(600, |n| row(599 - n)));
    let ascending = format!("time,x,y,z\n{}", lines(600, row));
    assert_eq!(
        read_made("a.csv", descending).unwrap().samples,
        read_made("a.csv", ascending).unwrap().samples
    );
    // one stray stamp far ahead costs one row, not the rest
    let stray = format!(
        "time,x,y,z\n{}",
        lines(600, |n| format!(
            "{},{}",
            if n == 300 { 9_000_000 } else { n * 20 },
            xyz(n)
        ))
    );
    let outcome = read_made("a.csv", stray).unwrap();
    assert_eq!(
        (outcome.samples.len(), outcome.survey.rows.backward),
        (599, 1)
    );
    assert!(outcome.survey.gaps.is_empty());
    // no order at all
    let none = format!("time,x,y,z\n{}", lines(4_000, |n| row(n * 1_237 % 4_001)));
    assert!(matches!(
        read_made("a.csv", none).err().unwrap().code(),
        "contradiction" | "needs_rate"
    ));
}

#[test]
fn case_16_gaps_are_kept() {
    let rows = lines(3_000, |n| {
        format!("{},{}", n as i64 * 20 + n as i64 / 500 * 60_000, xyz(n))
    });
    let outcome = read_made("a.csv", format!("time,x,y,z\n{rows}")).unwrap();
    assert_eq!(outcome.survey.gaps.len(), 5);
    assert_eq!(outcome.survey.gaps[0].length.as_millis(), 60_020);
    assert!((outcome.rate() - 50.0).abs() < 0.01);
    // a pause that only meta/time.csv knows
    let folder = Folder::new();
    let rows = lines(1_000, |n| {
        format!("{:.9E},{}", n as f64 * 0.01, xyz_times(n, 9.81))
    });
    folder.file("Raw Data.csv", format!("\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n{rows}"));
    folder.file("meta/time.csv", "\"event\",\"experiment time\",\"system time\",\"system time text\"\n\
        \"START\",0.0E0,1.710695079426E9,\"2024-03-17 19:04:39.426 UTC+02:00\"\n\"PAUSE\",5.0E0,1.710695084426E9,\"2024-03-17 19:04:44.426 UTC+02:00\"\n\
        \"START\",5.0E0,1.710695984426E9,\"2024-03-17 19:19:44.426 UTC+02:00\"\n\"PAUSE\",1.0E1,1.710695989426E9,\"2024-03-17 19:19:49.426 UTC+02:00\"\n");
    let outcome = read(folder.path()).unwrap();
    assert_eq!(outcome.start().unwrap(), "2024-03-17T19:04:39.426+02:00");
    assert_eq!(outcome.survey.gaps.len(), 1);
    assert!((outcome.survey.gaps[0].length.as_secs_f64() - 900.01).abs() < 0.02);
}

/// Rows of a local clock over a night; `shown` says what the clock shows after so many milliseconds.
fn night(hours: i64, shown: impl Fn(i64) -> String) -> String {
    let step = 200;
    let rows = lines((hours * 3_600_000 / step) as usize, |n| {
        format!("{},{}", shown(n as i64 * step), xyz(n))
    });
    format!("timestamp,x,y,z\n{rows}")
}

#[test]
fn case_17_a_clock_that_follows_the_change_of_time() {
    // Berlin, 27 October 2024: 03:00 summer time becomes 02:00; the night from 22:00 to 06:00 has nine hours
    let back = night(9, |ms| {
        clock(
            "2024-10-26T22:00:00",
            if ms < 5 * 3_600_000 {
                ms
            } else {
                ms - 3_600_000
            },
        )
    });
    let outcome = read_made_with("a.csv", &back, &in_zone("Europe/Berlin")).unwrap();
    assert!(
        (outcome.duration() - 9.0 * 3600.0).abs() < 1.0,
        "{}",
        outcome.duration()
    );
    assert!(outcome.survey.gaps.is_empty());
    assert_eq!(outcome.survey.rows.backward, 0);
    assert_eq!(outcome.start().unwrap(), "2024-10-26T22:00:00+02:00");
    // and without a zone: an hour that comes back in a night of a change is no mistake either
    let local = read_made("a.csv", &back).unwrap();
    assert!((local.duration() - 9.0 * 3600.0).abs() < 1.0);
    assert!(
        local
            .survey
            .warnings
            .iter()
            .any(|w| w.contains("change of time")),
        "{:?}",
        local.survey.warnings
    );
    // 31 March 2024: 02:00 becomes 03:00; 22:00 to 06:00 has seven hours
    let forward = night(7, |ms| {
        clock(
            "2024-03-30T22:00:00",
            if ms < 4 * 3_600_000 {
                ms
            } else {
                ms + 3_600_000
            },
        )
    });
    let outcome = read_made_with("a.csv", &forward, &in_zone("Europe/Berlin")).unwrap();
    assert!(
        (outcome.duration() - 7.0 * 3600.0).abs() < 1.0,
        "{}",
        outcome.duration()
    );
    assert!(outcome.survey.gaps.is_empty());
}

#[test]
fn case_17_a_clock_that_does_not_know_of_it() {
    let fixed = night(9, |ms| clock("2024-10-26T22:00:00", ms));
    let outcome = read_made_with("a.csv", &fixed, &in_zone("Europe/Berlin")).unwrap();
    assert_eq!(outcome.start().unwrap(), "2024-10-26T22:00:00+02:00");
    assert!((outcome.duration() - 9.0 * 3600.0).abs() < 1.0);
    // an hour's pause on another day is a pause
    let pause = night(4, |ms| {
        clock(
            "2024-06-12T22:00:00",
            if ms < 2 * 3_600_000 {
                ms
            } else {
                ms + 3_600_000
            },
        )
    });
    let outcome = read_made_with("a.csv", &pause, &in_zone("Europe/Berlin")).unwrap();
    assert_eq!(outcome.survey.gaps.len(), 1);
}

#[test]
fn case_17_a_start_in_the_hour_that_comes_twice_is_asked_for() {
    let content = night(2, |ms| clock("2024-10-27T02:30:00", ms));
    let error = read_made_with("a.csv", &content, &in_zone("Europe/Berlin"))
        .err()
        .unwrap();
    assert_eq!(error.code(), "needs_start");
    assert!(
        error.to_string().contains("+02") && error.to_string().contains("+01"),
        "{error}"
    );
    let options = ReadOptions {
        start: Some("2024-10-27T02:30:00+01:00".parse().unwrap()),
        ..in_zone("Europe/Berlin")
    };
    let outcome = read_made_with("a.csv", &content, &options).unwrap();
    assert_eq!(outcome.start().unwrap(), "2024-10-27T02:30:00+01:00");
}

#[test]
fn case_18_ticks_and_counters_that_wrap() {
    let xsens = |rate: u32, tick_us: u64, from: u64, header: bool| {
        let step = 1_000_000 / (u64::from(rate) * tick_us);
        let meta = if header {
            format!(
                "DeviceTag: Xsens DOT,FirmwareVersion: 2.2.1,OutputRate: {rate},StartTime: 2024-03-09 13:04:44.984\n"
            )
        } else {
            String::new()
        };
        let rows = lines(2_000, |n| {
            format!(
                "{},{},0",
                (from + n as u64 * step) % (1 << 32),
                xyz_times(n, 9.81)
            )
        });
        read_made(
            "logfile_D4-22-CD-00-00-01.csv",
            format!("{meta}SampleTimeFine,Acc_X,Acc_Y,Acc_Z,Status\n{rows}"),
        )
        .unwrap()
    };
    // a tick of 100 us, though described as microseconds
    let hundred = xsens(60, 100, 19_254_427, true);
    assert!((hundred.rate() - 60.2).abs() < 0.1, "{}", hundred.rate());
    assert_eq!(hundred.start().unwrap(), "2024-03-09T13:04:44.984");
    let micro = xsens(60, 1, 1_000_000, true);
    assert!((micro.rate() - 60.0).abs() < 0.1, "{}", micro.rate());
    assert!((xsens(60, 1, 1_000_000, false).rate() - 60.0).abs() < 0.1);
    // over the end of 32 bits, in both ticks
    for tick in [1, 100] {
        let wrapped = xsens(60, tick, (1 << 32) - 50_000 / tick * 20, true);
        assert_eq!(wrapped.survey.rows.backward, 0);
        assert!(wrapped.survey.gaps.is_empty());
        assert_eq!(wrapped.samples.len(), 2_000);
    }
    // millis() of an Arduino after 49.7 days
    let rows = lines(2_000, |n| {
        format!(
            "{} {}",
            ((1u64 << 32) - 10_000 + n as u64 * 20) % (1 << 32),
            xyz(n).replace(',', " ")
        )
    });
    let outcome = read_made("log.txt", rows).unwrap();
    assert_eq!(
        (outcome.samples.len(), outcome.survey.rows.backward),
        (2_000, 0)
    );
    assert!((outcome.duration() - 39.98).abs() < 0.01);
}

#[test]
fn case_30_a_rate_that_changes_in_the_night() {
    // 64.02 Hz, then 63.998 Hz after an update: the file's rate is that of most of it, and the stamps are kept
    let mut at = 0.0f64;
    let mut rows = String::new();
    for n in 0..40_000 {
        rows.push_str(&format!(
            "{},{}\n",
            1_764_754_394_388_530 + at.round() as i64,
            xyz(n)
        ));
        at += 1e6 / if n < 15_000 { 64.02 } else { 63.998 };
    }
    let outcome = read_made("accelerometer.csv", format!("unix_timestamp,x,y,z\n{rows}")).unwrap();
    assert!(
        (outcome.rate() - 63.998).abs() < 0.005,
        "{}",
        outcome.rate()
    );
    let expected = 15_000.0 / 64.02 + 24_999.0 / 63.998;
    assert!((outcome.duration() - expected).abs() < 0.001);
}

#[test]
fn case_18_a_counter_is_held_against_the_date_beside_it() {
    // 20 Hz by the date; as milliseconds the node's counter would say 160 Hz
    let rows = lines(2_000, |n| {
        let date = clock("2024-05-14T22:40:00.000", n as i64 * 50);
        format!("{date},{},{}", 15_073 + n * 50 / 8, xyz(n))
    });
    let outcome = read_made("a.csv", format!("Date,NodeTimestamp,x,y,z\n{rows}")).unwrap();
    assert!((outcome.rate() - 20.0).abs() < 0.05, "{}", outcome.rate());
    assert_eq!(outcome.start().as_deref(), Some("2024-05-14T22:40:00"));
    // the same with an epoch for the date, before the counter or behind it: 2024-05-14T20:40:00Z
    // whole seconds, so that the counter would be asked for what lies between, were it one of milliseconds
    for (names, node_per_50_ms, seconds_first) in [
        ("unix_s,NodeTimestamp", 6.25, true),
        ("NodeTimestamp,unix_s", 6.25, false),
        ("unix_s,ticks", 500.0, true),
    ] {
        let rows = lines(2_000, |n| {
            let seconds = 1_715_719_200 + n / 20;
            let node = 15_073 + (n as f64 * node_per_50_ms) as u64;
            match seconds_first {
                true => format!("{seconds},{node},{}", xyz(n)),
                false => format!("{node},{seconds},{}", xyz(n)),
            }
        });
        let outcome = read_made("a.csv", format!("{names},x,y,z\n{rows}")).unwrap();
        assert!((outcome.rate() - 20.0).abs() < 0.05, "{}", outcome.rate());
        assert_eq!(outcome.start().as_deref(), Some("2024-05-14T20:40:00Z"));
        assert_eq!(outcome.info.stamps, StampKind::Utc);
    }
    // where no date stands beside them, two counters that disagree are asked for
    let rows = lines(2_000, |n| {
        format!("{},{},{}", 400 + n * 50, 15_073 + n * 50 / 8, xyz(n))
    });
    let error = refusal("a.csv", format!("timestamp,NodeTimestamp,x,y,z\n{rows}"));
    assert_eq!(error.code(), "needs_columns", "{error}");
    assert!(error.to_string().contains("--columns time="), "{error}");
}

#[test]
fn clocks_that_were_never_set_say_nothing_of_when() {
    for first in [
        "1970-01-01T00:02:11.000",
        "2000-01-01T03:00:00.000",
        "2001-01-01T11:55:18.000",
        "2106-02-07T06:20:00.000",
    ] {
        let rows = lines(1_000, |n| {
            format!("{},{}", clock(first, n as i64 * 20), xyz(n))
        });
        let outcome = read_made("a.csv", format!("time,x,y,z\n{rows}")).unwrap();
        assert_eq!(outcome.info.stamps, StampKind::Elapsed, "{first}");
        assert_eq!((outcome.start(), outcome.samples.stamp_ns[0]), (None, 0));
        assert!((outcome.rate() - 50.0).abs() < 0.01, "{first}");
        assert!(
            outcome
                .survey
                .warnings
                .iter()
                .any(|w| w.contains("--start")),
            "{first}"
        );
    }
    // the user knows when it was
    let rows = lines(1_000, |n| {
        format!(
            "{},{}",
            clock("2001-01-01T11:55:18.000", n as i64 * 20),
            xyz(n)
        )
    });
    let options = ReadOptions {
        start: Some("2024-05-14T22:40:00+02:00".parse().unwrap()),
        ..ReadOptions::default()
    };
    let outcome = read_made_with("a.csv", format!("time,x,y,z\n{rows}"), &options).unwrap();
    assert_eq!(outcome.start().as_deref(), Some("2024-05-14T20:40:00Z"));
    assert!(
        !outcome
            .survey
            .warnings
            .iter()
            .any(|w| w.contains("--start"))
    );
}

#[test]
fn whole_seconds_give_the_rate_and_a_warning() {
    // a minute and eight seconds at 59.5 Hz, saved by a spreadsheet that rounds to the second
    for seconds in [8i64, 60] {
        let n = (seconds as f64 * 59.5) as usize;
        let rows = lines(n, |n| {
            let s = (1_540_931_771.96 + n as f64 / 59.5).round();
            format!("{s:.0},{}", xyz(n))
        });
        let outcome = read_made("a.csv", format!("timestamp,x,y,z\n{rows}")).unwrap();
        assert!(
            (outcome.rate() / 59.5 - 1.0).abs() < 0.01,
            "{}",
            outcome.rate()
        );
        let warning = &outcome.survey.warnings[0];
        assert!(warning.contains("steps of 1.000 s"), "{warning}");
    }
}

#[test]
fn case_14_rows_of_a_packet_that_overtake_each_other() {
    // 50 Hz in packets of three, the last two now and then the wrong way round by some milliseconds
    let rows = lines(6_000, |n| {
        let packet = n as i64 / 3 * 60;
        let late = match (n % 3, n / 3 % 4) {
            (1, 0) => 4,
            (2, 0) => 2,
            (k, _) => k as i64,
        };
        format!(
            "{},{}",
            clock("2022-12-17T13:13:08.000", packet + late),
            xyz(n)
        )
    });
    let outcome = read_made("a.csv", format!("Date,x,y,z\n{rows}")).unwrap();
    assert_eq!(outcome.survey.rows.backward, 0);
    assert_eq!(outcome.samples.len(), 6_000);
    assert!((outcome.rate() - 50.0).abs() < 0.2, "{}", outcome.rate());
    assert!(
        outcome
            .steps()
            .iter()
            .all(|step| (0.0..0.05).contains(step))
    );
}
