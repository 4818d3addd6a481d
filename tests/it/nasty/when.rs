//! When the first sample came and how fast they came, where a file says it in more than one place or lacks some.

use legtrace::ingest::options::ReadOptions;

use crate::made::{lines, read_made, read_made_with, xyz};

/// A time of day `ms` after midnight.
fn clock(ms: usize) -> String {
    let (s, ms) = (ms / 1000, ms % 1000);
    format!(
        "{:02}:{:02}:{:02}.{ms:03}",
        s / 3600 % 24,
        s / 60 % 60,
        s % 60
    )
}

#[test]
fn the_rows_say_the_time_of_day_and_the_lines_above_the_day() {
    for (said, first_ms, start) in [
        // the program was started seven minutes before the sensor
        (
            "2019-06-20 17:45:50.950",
            64_381_542,
            "2019-06-20T17:53:01.542",
        ),
        ("2014-04-27 23:58:00", 300_000, "2014-04-28T00:05:00"),
        ("2014-04-27 00:01:00", 86_390_000, "2014-04-26T23:59:50"),
    ] {
        let rows = lines(900, |n| format!("{},{}", clock(first_ms + 20 * n), xyz(n)));
        let text = format!("StartTime: {said}\nTime,ax,ay,az\n{rows}");
        let outcome = read_made("a.csv", text).unwrap();
        assert_eq!(outcome.start().as_deref(), Some(start), "{said}");
    }
    // newest first: the first row is no beginning
    let rows = lines(900, |n| {
        format!("{},{}", clock(64_381_542 - 20 * n), xyz(n))
    });
    let text = format!("StartTime: 2019-06-20 17:45:50\nTime,ax,ay,az\n{rows}");
    let start = read_made("a.csv", text).unwrap().start();
    assert_eq!(start.as_deref(), Some("2019-06-20T17:45:50"));
    // a stop-watch begins at nought
    let rows = lines(900, |n| format!("{},{}", clock(20 * n), xyz(n)));
    let text = format!("StartTime: 2019-06-20 17:45:50\nTime,ax,ay,az\n{rows}");
    let start = read_made("a.csv", text).unwrap().start();
    assert_eq!(start.as_deref(), Some("2019-06-20T17:45:50"));
    // a clock that only says how far apart changes nothing
    let rows = lines(900, |n| format!("{:.2},{}", 0.02 * n as f64, xyz(n)));
    let text = format!("StartTime: 2019-06-20 17:45:50\nTime,ax,ay,az\n{rows}");
    let start = read_made("a.csv", text).unwrap().start();
    assert_eq!(start.as_deref(), Some("2019-06-20T17:45:50"));
}

#[test]
fn a_clock_may_stand_before_its_date() {
    for (date, start) in [
        ("2014-04-27", Some("2014-04-27T11:47:22")),
        ("27/04/2014", Some("2014-04-27T11:47:22")),
        ("04/27/2014", Some("2014-04-27T11:47:22")),
        ("07/04/2014", None),
    ] {
        let rows = lines(900, |n| {
            format!("{} {date},{}", clock(42_442_000 + 20 * n), xyz(n))
        });
        match read_made("a.csv", format!("time,ax,ay,az\n{rows}")) {
            Ok(outcome) => assert_eq!(outcome.start().as_deref(), start, "{date}"),
            Err(error) => assert_eq!((error.code(), start), ("needs_date_order", None)),
        }
    }
}

#[test]
fn steps_are_those_of_the_device_that_was_chosen() {
    // two devices at 50 Hz, whole seconds
    let rows = lines(12_000, |n| {
        let device = ["AA", "BB"][n % 2];
        format!("{},{device},{}", 1_520_233_292 + n / 100, xyz(n))
    });
    let options = ReadOptions {
        device: Some("AA".to_owned()),
        ..ReadOptions::default()
    };
    let text = format!("time,device,ax,ay,az\n{rows}");
    let outcome = read_made_with("a.csv", text, &options).unwrap();
    assert_eq!(outcome.samples.x.len(), 6_000);
    assert!((outcome.rate() - 50.0).abs() < 0.5, "{}", outcome.rate());
    assert!((outcome.duration() - 120.0).abs() < 1.1);
}

#[test]
fn samples_that_are_missing_do_not_slow_the_clock() {
    // 100 Hz: a second missing every ten, and one sample in two hundred
    let is_lost = |n: usize| n % 1000 < 100 || n % 200 == 107;
    let rows = lines(12_000, |n| match is_lost(n) {
        true => String::new(),
        false => format!("{:.3},{}", 0.01 * n as f64, xyz(n)),
    });
    let text = format!("time_s,ax,ay,az\n{}", rows.replace("\n\n", "\n"));
    let outcome = read_made("a.csv", text).unwrap();
    assert!((outcome.rate() - 100.0).abs() < 0.2, "{}", outcome.rate());
    // packets of sixteen each 31.25 ms, within which the device counts 1.2 ms
    let rows = lines(12_000, |n| {
        let us = n / 16 * 31_250 + n % 16 * 1_200;
        format!("{:.6},{}", us as f64 * 1e-6, xyz(n))
    });
    let outcome = read_made("a.csv", format!("time_s,ax,ay,az\n{rows}")).unwrap();
    assert!((outcome.rate() - 512.0).abs() < 1.0, "{}", outcome.rate());
    // packets of ten, all of one stamp and then none for a tenth of a second: that is the rate
    let rows = lines(12_000, |n| {
        format!("{:.3},{}", 0.1 * (n / 10) as f64, xyz(n))
    });
    let outcome = read_made("a.csv", format!("time_s,ax,ay,az\n{rows}")).unwrap();
    assert!((outcome.rate() - 100.0).abs() < 1.0, "{}", outcome.rate());
}

#[test]
fn what_a_slow_link_hands_over_at_the_end_was_made_before() {
    // 190 rows a second are made; 172 a second get through, ten at a time, and the rest as the recording ends
    let rows = lines(7_600, |n| {
        let received_ms = (n / 10 * 58).min(40_000 + n / 100);
        format!("{:.3},{}", received_ms as f64 * 1e-3, xyz(n))
    });
    let outcome = read_made("a.csv", format!("time_s,ax,ay,az\n{rows}")).unwrap();
    assert!((outcome.rate() - 189.6).abs() < 1.0, "{}", outcome.rate());
    assert!((outcome.duration() - 40.08).abs() < 0.1);
    let warnings = outcome.survey.warnings.join("\n");
    assert!(warnings.contains("kept back"), "{warnings}");
}

#[test]
fn two_sensors_that_take_turns_are_each_at_half_the_rows() {
    // a row each 5 ms: the accelerometer's, then the magnetometer's
    let rows = lines(8_000, |n| {
        format!(
            "{:.3},{},{}",
            0.005 * n as f64,
            xyz(n / 2),
            n.div_ceil(2) * 7919 % 401
        )
    });
    let outcome = read_made("a.csv", format!("time_s,ax,ay,az,mx\n{rows}")).unwrap();
    assert!((outcome.rate() - 100.0).abs() < 0.1, "{}", outcome.rate());
    assert_eq!(outcome.samples.x.len(), 4_000);
}

#[test]
fn a_column_may_say_the_time_since_the_row_before() {
    let step_ms = |n: usize| [20, 19, 21, 24, 16][n * 7 % 5];
    for name in ["dt_ms", "dt", "t", "Timestamp (ms)"] {
        let rows = lines(3_000, |n| format!("{},{}", step_ms(n), xyz(n)));
        let outcome = read_made("a.csv", format!("{name},ax,ay,az\n{rows}")).unwrap();
        assert!(
            (outcome.rate() - 50.0).abs() < 0.1,
            "{name}: {}",
            outcome.rate()
        );
        assert!((outcome.duration() - 60.0).abs() < 0.1, "{name}");
    }
    // beside a clock it says nothing new
    let rows = lines(3_000, |n| {
        format!("{:.3},{},{}", 0.02 * n as f64, step_ms(n) + 10, xyz(n))
    });
    let outcome = read_made("a.csv", format!("time_s,dt_ms,ax,ay,az\n{rows}")).unwrap();
    assert!((outcome.rate() - 50.0).abs() < 0.1, "{}", outcome.rate());
}

#[test]
fn rows_that_hold_no_sample_take_their_time_all_the_same() {
    let header = "------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.3 Firmware v2.5.0 date format M/d/yyyy at 100 Hz  \
                  Filter Normal -----------\nSerial Number: TAS1H30182785\nStart Time 18:40:00\nStart Date 9/17/2019\nEpoch Period \
                  (hh:mm:ss) 00:00:00\nDownload Time 19:20:05\nDownload Date 9/17/2019\nCurrent Memory Address: 0\nCurrent Battery \
                  Voltage: 4.19     Mode = 12\n--------------------------------------------------\nAccelerometer X,Accelerometer \
                  Y,Accelerometer Z\n";
    // 40 000 rows at 100 Hz, of which 6 s at the beginning, 100 s in the middle and single ones hold nothing
    let is_lost = |n: usize| n < 600 || (10_000..20_000).contains(&n) || n % 997 == 5;
    for lost in ["0,0,0", "0.000,0.000,0.000", "NaN,NaN,NaN", ",,"] {
        for end in ["\n", "\r\n"] {
            let rows = lines(40_000, |n| match is_lost(n) {
                true => lost.to_owned(),
                false => xyz(n),
            });
            let text = format!("{header}{rows}").replace('\n', end);
            let outcome = read_made("a.csv", text).unwrap();
            let what = format!("{lost:?}, {end:?}");
            assert_eq!(
                outcome.start().as_deref(),
                Some("2019-09-17T18:40:06"),
                "{what}"
            );
            assert!(
                (outcome.duration() - 393.99).abs() < 0.02,
                "{what}: {}",
                outcome.duration()
            );
            assert!(
                (outcome.rate() - 100.0).abs() < 0.2,
                "{what}: {}",
                outcome.rate()
            );
            let gaps = &outcome.survey.gaps;
            assert_eq!(gaps.len(), 1, "{what}");
            assert!((gaps[0].length.as_secs_f64() - 100.0).abs() < 0.1, "{what}");
            let n = (0..40_000).filter(|n| !is_lost(*n)).count();
            assert_eq!(outcome.samples.x.len(), n, "{what}");
        }
    }
}

#[test]
fn batches_that_are_stamped_as_they_arrive_lose_no_row() {
    // 65 Hz in steps of 0.01 g, a thousand rows at once every 15 or 16 s, of the first two
    let rows = lines(20_002, |n| {
        let batch = n.saturating_sub(2).div_ceil(1000);
        let s = (15_026.0 + 15.385 * batch as f64) as usize;
        let v = [-0.98, 0.13, -0.2].map(|v| v + 0.01 * (n * 7919 % 5) as f64);
        format!("{},{:.2},{:.2},{:.2}", clock(1000 * s), v[0], v[1], v[2])
    });
    let outcome = read_made("a.csv", format!("Time,Accel_x,Accel_y,Accel_z\n{rows}")).unwrap();
    assert_eq!(outcome.samples.x.len(), 20_002);
    assert!((outcome.rate() - 65.0).abs() < 0.65, "{}", outcome.rate());
    assert!((outcome.duration() - 307.7).abs() < 16.0);
    assert!(outcome.survey.gaps.is_empty());
}
