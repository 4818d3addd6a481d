//! Loggers of one's own: rates that change, counters that begin anew, ticks without a name, several sensors in one table.

use legtrace::ingest::ReadOptions;

use crate::made::{clock, g, lines, read_made, read_made_with, refusal, xyz};

/// Seconds at which samples were taken: so many seconds at each rate.
fn at_rates(parts: &[(f64, f64)]) -> Vec<f64> {
    let (mut times, mut from) = (Vec::new(), 0.0);
    for (hz, seconds) in parts {
        let n = (hz * seconds).round() as usize;
        times.extend((0..n).map(|n| from + n as f64 / hz));
        from += seconds;
    }
    times
}

#[test]
fn a_logger_that_slows_down_says_so() {
    let times = at_rates(&[(26.0, 600.0), (20.0, 1_200.0)]);
    let rows = lines(times.len(), |n| format!("{:.0},{}", times[n] * 1e3, xyz(n)));
    let outcome = read_made("a.csv", format!("millis,ax,ay,az\n{rows}")).unwrap();
    let warnings = &outcome.survey.warnings;
    assert!(
        warnings.iter().any(|w| w.contains("20.0 to 26.0 Hz")
            && w.contains("22.0")
            && w.ends_with("in the mean.")),
        "{warnings:?}"
    );
}

#[test]
fn whole_seconds_follow_a_rate_that_changes() {
    for (first, then) in [(20.0, 26.0), (26.0, 20.0), (50.0, 100.0), (100.0, 50.0)] {
        let times = at_rates(&[(first, 300.0), (then, 600.0)]);
        let rows = lines(times.len(), |n| {
            let ms = times[n].floor() as i64 * 1_000;
            format!("{},{}", clock("2024-03-09 23:10:05.000", ms), xyz(n))
        });
        let outcome = read_made("a.csv", format!("time,x,y,z\n{rows}")).unwrap();
        assert!(
            (outcome.duration() - 900.0).abs() < 1.5,
            "{first} to {then} Hz: {} s",
            outcome.duration()
        );
        assert!(outcome.survey.gaps.is_empty());
        let from = outcome.samples.stamp_ns[0];
        let off = |n: usize| (outcome.samples.stamp_ns[n] - from) as f64 * 1e-9 - times[n];
        let worst = (0..times.len()).map(|n| off(n).abs()).fold(0.0, f64::max);
        // a second of the stamps for the first row, and another while the rate changes
        assert!(worst < 2.0, "{first} to {then} Hz: {worst} s off");
    }
}

#[test]
fn a_row_or_two_a_second_are_not_taken_for_thousandths() {
    // seconds with decimals, milliseconds of a loop that waits for half a second, microseconds of one that waits for a second
    for (header, step) in [
        ("time", 1.0004),
        ("time", 0.5005),
        ("time", 500.0),
        ("t", 1_000_137.0),
    ] {
        let rows = lines(400, |n| {
            let at = 0.254_8 + n as f64 * step;
            match step < 2.0 {
                true => format!("{at:.6},{}", xyz(n)),
                false => format!("{at:.0},{}", xyz(n)),
            }
        });
        let error = refusal("a.csv", format!("{header},ax,ay,az\n{rows}"));
        assert_eq!(error.code(), "too_slow", "{step}: {error}");
    }
    let rows = lines(400, |n| {
        format!("{:.9},{},1.0", 0.25 + n as f64 * 1.000_4, xyz(n))
    });
    let error = refusal("a.csv", format!("time,gFx,gFy,gFz,TgF\n{rows}"));
    assert_eq!(error.code(), "too_slow", "{error}");
    // what phones reach stays what it is
    for (step, hz) in [(2.0, 500.0), (2_398_081.0, 417.0), (2_500.0, 400.0)] {
        let rows = lines(4_000, |n| {
            format!("{:.0},{}", 17.0 + n as f64 * step, xyz(n))
        });
        let outcome = read_made("a.csv", format!("time,ax,ay,az\n{rows}")).unwrap();
        assert!(
            (outcome.rate() / hz - 1.0).abs() < 0.01,
            "{step}: {}",
            outcome.rate()
        );
    }
}

#[test]
fn a_counter_that_begins_anew_is_no_one_recording() {
    let counter = |from: usize, seconds: usize| -> String {
        lines(seconds * 50, |n| format!("{},{}", from + n * 20, xyz(n)))
    };
    // the second part is longer than the first, so most of its rows lie after all of the first
    let text = format!(
        "millis,ax,ay,az\n{}{}",
        counter(1_203, 60),
        counter(903, 400)
    );
    let error = refusal("a.csv", text);
    assert_eq!(error.code(), "contradiction");
    assert!(error.to_string().contains("begins anew"), "{error}");
    assert!(error.to_string().contains("line 3002"), "{error}");
    // three seconds of a trial before the night are passed over
    let text = format!(
        "millis,ax,ay,az\n{}{}",
        counter(1_203, 3),
        counter(903, 400)
    );
    assert!(read_made("a.csv", text).is_ok());
}

/// The other leg: at rest another way round.
fn other(n: usize) -> String {
    let [x, y, z] = g(n + 100_000);
    format!("{:.4},{:.4},{:.4}", y, z, -x)
}

/// Rows of two legs in turn, the leg's name before the axes where there is one.
fn in_turn(names: Option<[&str; 2]>, other: impl Fn(usize) -> String) -> String {
    lines(1_200, |n| {
        let (at, leg) = (n / 2 * 20, n % 2);
        let name = names.map_or(String::new(), |names| format!("{},", names[leg]));
        let v = if leg == 0 { xyz(n) } else { other(n) };
        format!("{:.3},{name}{v}", at as f64 * 1e-3)
    })
}

#[test]
fn rows_of_two_sensors_in_turn_are_not_mixed() {
    let rows = in_turn(None, other);
    let error = refusal("a.csv", format!("time,x,y,z\n{rows}"));
    assert_eq!(error.code(), "needs_device");
    assert!(error.to_string().contains("2 sensors in turn"), "{error}");
    // a column tells them apart, whatever its name
    for (name, values) in [
        ("foo", ["0", "1"]),
        ("sensor", ["a", "b"]),
        ("leg", ["left", "right"]),
    ] {
        let text = format!("time,{name},x,y,z\n{}", in_turn(Some(values), other));
        let error = refusal("a.csv", &text);
        assert_eq!(error.code(), "needs_device", "{name}");
        assert!(error.to_string().contains("--device"), "{error}");
        let options = ReadOptions {
            device: Some(values[1].to_owned()),
            ..ReadOptions::default()
        };
        let outcome = read_made_with("a.csv", &text, &options).unwrap();
        assert_eq!(outcome.samples.len(), 600);
        assert!((outcome.rate() - 50.0).abs() < 0.1);
    }
    // two legs that lie alike are told apart by the names of the column or of the legs
    for (name, values) in [("id", ["1", "2"]), ("where", ["L", "R"])] {
        let text = format!("time,{name},x,y,z\n{}", in_turn(Some(values), xyz));
        assert_eq!(refusal("a.csv", &text).code(), "needs_device", "{name}");
    }
}

#[test]
fn what_changes_seldom_or_says_nothing_of_the_sensor_is_no_device() {
    for values in [["0", "1"], ["walk", "rest"]] {
        let rows = lines(1_200, |n| {
            format!("{},{},{}", n * 20, values[n / 300 % 2], xyz(n))
        });
        assert!(read_made("a.csv", format!("time,label,x,y,z\n{rows}")).is_ok());
    }
    // a bit that changes all the time, beside one sensor
    let rows = lines(1_200, |n| format!("{},{},{}", n * 20, n % 2, xyz(n)));
    assert!(read_made("a.csv", format!("time,toggle,x,y,z\n{rows}")).is_ok());
}

#[test]
fn two_sensors_side_by_side_are_asked_for() {
    for header in ["time,ax1,ay1,az1,ax2,ay2,az2", "time,x,y,z,x,y,z"] {
        let rows = lines(600, |n| format!("{},{},{}", n * 20, xyz(n), other(n)));
        let error = refusal("a.csv", format!("{header}\n{rows}"));
        assert_eq!(error.code(), "needs_columns");
        assert!(
            error.to_string().contains("2 accelerometers were found"),
            "{error}"
        );
    }
    let rows = lines(600, |n| format!("{},{}", n * 20, xyz(n)));
    assert!(read_made("a.csv", format!("time,ax1,ay1,az1\n{rows}")).is_ok());
}

#[test]
fn milliseconds_without_leading_zeros_at_any_rate() {
    for hz in [20i64, 50, 100, 200] {
        for mark in [':', '.'] {
            let rows = lines(4_000, |n| {
                let ms = 7 + n as i64 * 1_000 / hz;
                let (minute, second) = (3 + ms / 60_000, ms / 1_000 % 60);
                format!(
                    "2023-1-5 9:{minute}:{second}{mark}{}\t{}",
                    ms % 1_000,
                    xyz(n).replace(',', "\t")
                )
            });
            let outcome =
                read_made("a.txt", format!("Chiptime\tax(g)\tay(g)\taz(g)\n{rows}")).unwrap();
            assert_eq!(outcome.survey.rows.backward, 0, "{hz} Hz {mark}");
            assert!((outcome.rate() / hz as f64 - 1.0).abs() < 0.001);
            assert_eq!(outcome.start().as_deref(), Some("2023-01-05T09:03:00.007"));
        }
    }
}

#[test]
fn an_orientation_beside_numbered_axes_is_no_acceleration() {
    let rows = lines(600, |n| {
        format!(
            "{n},{:.3},{},0.001,0.002,0.003,-0.004,-0.002,-0.084,0.976",
            n as f64 * 0.02,
            xyz(n)
        )
    });
    let header = "Index,Time,accl0,accl1,accl2,rot0,rot1,rot2,x,y,z,w";
    let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
    let quiet = outcome.survey.quiet_magnitude.unwrap();
    assert!((quiet - 1.0).abs() < 0.01, "{quiet}");
    let alone = lines(600, |n| format!("{},0.1,0.2,0.3,0.9", n * 20));
    assert_eq!(
        refusal("a.csv", format!("time,x,y,z,w\n{alone}")).code(),
        "not_acceleration"
    );
}

#[test]
fn what_a_terminal_received_has_its_stamps_before_each_line() {
    for (open, close) in [("", " -> "), ("[", "] ")] {
        for delimiter in [",", "\t", " "] {
            let rows = lines(4_000, |n| {
                let at = clock("2024-10-25T22:47:13.020", n as i64 * 20);
                let [x, y, z] = g(n);
                let cells = [x, y, -z].map(|v| format!("{v:.3}")).join(delimiter);
                format!("{open}{at}{close}{cells}")
            });
            let outcome = read_made("log.txt", rows).unwrap();
            let seen = format!("{open}{close:?}{delimiter:?}");
            assert_eq!(outcome.samples.len(), 4_000, "{seen}");
            assert!((outcome.rate() - 50.0).abs() < 0.01, "{seen}");
            assert!(
                outcome
                    .start()
                    .unwrap()
                    .starts_with("2024-10-25T22:47:13.02"),
                "{seen}"
            );
            let below = outcome.samples.z.iter().filter(|z| **z < 0.0).count();
            assert_eq!(
                below,
                (0..4_000).filter(|n| g(*n)[2] > 0.0).count(),
                "{seen}"
            );
        }
    }
}

#[test]
fn rows_of_one_millisecond_are_no_rows_of_one_second() {
    // 900 a second, stamped in whole milliseconds: some stand twice, some are left out
    let rows = lines(28_000, |n| {
        format!(
            "Acceleration,{},{}",
            94_128 + n * 10 / 9 + usize::from(n * 7919 % 7 < 2),
            xyz(n)
        )
    });
    let text = format!("Attribute,Time stamp,x,y,z\n{rows}");
    let outcome = read_made("Acceleration.csv", text).unwrap();
    assert!((outcome.rate() - 900.0).abs() < 9.0, "{}", outcome.rate());
}

#[test]
fn a_number_behind_the_letter_of_an_axis_is_the_sensors() {
    let row = |n: usize| {
        format!(
            "{},{}",
            clock("2023-12-13T18:19:35.800", 20 * n as i64),
            xyz(n)
        )
    };
    let one = lines(900, row);
    let outcome = read_made("a.csv", format!("Time,AccX1,AccY1,AccZ1\n{one}")).unwrap();
    assert!((outcome.rate() - 50.0).abs() < 0.1);
    let two = lines(900, |n| format!("{},{}", row(n), xyz(n + 7)));
    let error = refusal(
        "a.csv",
        format!("Time,AccX1,AccY1,AccZ1,AccX2,AccY2,AccZ2\n{two}"),
    );
    assert_eq!(error.code(), "needs_columns", "{error}");
    assert!(error.to_string().contains("2 accelerometers"), "{error}");
}

#[test]
fn a_logger_that_changes_the_order_of_its_axes_is_known_by_its_clock() {
    // the app takes gravity out of this file: m/s2 in which nothing rests at 9.81
    let value = |n: usize, k: usize| 0.2 * ((n * (3 + k)) as f64 * 0.37).sin();
    let row = |n: usize| {
        let ns = 1_611_836_674_819_256_000u64 + 20_000_000 * n as u64;
        format!(
            "{ns},{:.6},{:.6},{:.6}",
            value(n, 0),
            value(n, 1),
            value(n, 2)
        )
    };
    for order in ["y,z,x", "y,x,z", "x,z,y", "z,x,y"] {
        let text = format!("time,{order}\n{}", lines(900, row));
        let outcome = read_made("Accelerometer.csv", text.clone()).unwrap();
        assert_eq!(outcome.info.format, "sensor_logger", "{order}");
        assert_eq!(outcome.info.gravity.name(), "removed", "{order}");
        // under a name of its own nobody knows
        assert_eq!(refusal("left.csv", text).code(), "needs_unit", "{order}");
    }
}
