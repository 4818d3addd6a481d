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
