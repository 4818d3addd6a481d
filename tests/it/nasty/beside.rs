//! What stands beside the acceleration in a table and is taken for it, or takes rows of it away.

use legtrace::ingest::options::ReadOptions;

use crate::made::{g, lines, read_made, read_made_with, refusal, xyz};

/// A quaternion that turns slowly, with six decimals.
fn quaternion(n: usize) -> String {
    let (a, b) = (0.3 + n as f64 * 0.002, n as f64 * 0.005);
    let [w, x, y, z] = [
        a.cos(),
        a.sin() * b.cos(),
        a.sin() * b.sin() * 0.6,
        a.sin() * b.sin() * 0.8,
    ];
    format!("{w:.6},{x:.6},{y:.6},{z:.6}")
}

#[test]
fn a_quaternion_is_no_acceleration() {
    let time = |n: usize| format!("{:.2}", 0.02 * n as f64);
    let alone = lines(600, |n| format!("{},{},1", time(n), quaternion(n)));
    let error = refusal("a.csv", alone);
    assert_eq!(error.code(), "not_acceleration");
    assert!(error.to_string().contains("columns 2 to 5"), "{error}");
    // two decimals, as many loggers print them
    let short = lines(600, |n| {
        let parts = quaternion(n)
            .split(',')
            .map(str::to_owned)
            .collect::<Vec<_>>();
        let [w, x, y, z] = [0, 1, 2, 3].map(|k: usize| parts[k].parse::<f64>().unwrap());
        format!("{},{w:.2},{x:.2},{y:.2},{z:.2},1", time(n))
    });
    assert_eq!(refusal("a.csv", short).code(), "not_acceleration");
    // a quiet sensor and a column of next to nothing are as long
    let quiet = lines(600, |n| {
        format!(
            "{},0.600{},0.00{},0.799{},0",
            time(n),
            n % 3,
            n % 2,
            8 + n % 2
        )
    });
    let outcome = read_made("a.csv", quiet).unwrap();
    assert_eq!(outcome.samples.x.len(), 600);
    // before an acceleration it is passed over
    let both = lines(600, |n| format!("{},{},{}", time(n), quaternion(n), xyz(n)));
    let outcome = read_made("a.csv", both).unwrap();
    assert!((f64::from(outcome.samples.x[9]) - g(9)[0]).abs() < 1e-3);
}

#[test]
fn three_columns_are_not_taken_across_two_sensors() {
    // a walk: the acceleration never rests; turning makes the rest
    let step = |n: usize, phase: f64| {
        let swing = (n as f64 * 0.4 + phase).sin();
        let [x, y, z] = [3.0 * swing, 9.0 + 4.0 * swing, 2.0 - swing];
        format!(
            "{x:.3},{y:.3},{z:.3},{:.3},{:.3},{:.3}",
            0.1 * swing,
            9.7 + 0.05 * phase,
            swing
        )
    };
    let rows = lines(900, |n| {
        format!("{:.2},{},{}", 0.02 * n as f64, step(n, 0.0), step(n, 1.0))
    });
    let error = refusal("a.csv", rows);
    assert_eq!(error.code(), "needs_columns");
    let said = error.to_string();
    assert!(
        said.contains("2, 3, 4") && said.contains("8, 9, 10"),
        "{said}"
    );
}

#[test]
fn a_stranger_before_the_three_axes_does_not_hide_them() {
    for [before, first, second] in [["1", "24.5", "3.7"], ["61.5", "24.5", "3.7"]] {
        let rows = lines(900, |n| {
            let wander = |value: &str| value.parse::<f64>().unwrap() + 0.01 * (n % 7) as f64;
            let (before, first) = (wander(before), wander(first));
            format!(
                "{:.2},{before:.2},{},{first:.2},{:.2}",
                0.02 * n as f64,
                xyz(n),
                wander(second)
            )
        });
        let outcome = read_made("a.csv", rows).unwrap();
        assert!(
            (f64::from(outcome.samples.x[9]) - g(9)[0]).abs() < 1e-3,
            "{before}"
        );
    }
}

#[test]
fn a_device_and_a_sensor_are_chosen_together() {
    let rows = lines(1_600, |n| {
        let (device, sensor) = (
            ["9DBD3CB0", "77AA0102"][n / 2 % 2],
            ["accelerometer", "gyroscope"][n % 2],
        );
        let values = match n % 2 {
            0 => xyz(n / 4),
            _ => "20.5,-3.25,7".to_owned(),
        };
        format!("{},{device},{sensor},{values}", 10 * (n / 4) * 2)
    });
    let text = format!("time,address,sensor,x,y,z\n{rows}");
    assert_eq!(refusal("a.csv", &text).code(), "needs_device");
    let options = ReadOptions {
        device: Some("77AA0102".to_owned()),
        ..ReadOptions::default()
    };
    let outcome = read_made_with("a.csv", text, &options).unwrap();
    assert_eq!(outcome.samples.x.len(), 400);
    for n in [0, 7, 399] {
        assert!(
            (f64::from(outcome.samples.x[n]) - g(n)[0]).abs() < 1e-3,
            "{n}"
        );
    }
}

#[test]
fn rows_that_lack_an_axis_are_told() {
    let rows = lines(2_000, |n| {
        let [x, y, z] = g(n).map(|v| format!("{v:.3}"));
        let y = if n % 20 == 7 { String::new() } else { y };
        format!("{},{x},{y},{z}", 20 * n)
    });
    let outcome = read_made("a.csv", format!("time_ms,x,y,z\n{rows}")).unwrap();
    assert_eq!(outcome.samples.x.len(), 1_900);
    let warned = |words: &str| outcome.survey.warnings.iter().any(|w| w.contains(words));
    assert!(warned("100 rows"), "{:?}", outcome.survey.warnings);
}

#[test]
fn a_flag_of_each_value_is_no_axis() {
    let rows = lines(600, |n| {
        let [x, y, z] = g(n);
        format!("{},{x:.3},1,{y:.3},1,{z:.3},1", 20 * n)
    });
    let header =
        "Time,estAccelX,estAccelX:valid,estAccelY,estAccelY:valid,estAccelZ,estAccelZ:valid";
    let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
    assert!((f64::from(outcome.samples.y[9]) - g(9)[1]).abs() < 1e-3);
}

#[test]
fn two_accelerometers_with_units_are_asked_for() {
    let rows = lines(600, |n| format!("{},{},{}", 20 * n, xyz(n), xyz(n + 1)));
    let header = "t[ms],bma_x[g],bma_y[g],bma_z[g],bmi_a_x[g],bmi_a_y[g],bmi_a_z[g]";
    let error = refusal("a.csv", format!("{header}\n{rows}"));
    assert_eq!(error.code(), "needs_columns");
    // what belongs to the one is no other
    for beside in ["Offset", "Filtered"] {
        let rows = lines(600, |n| {
            let other = if beside == "Offset" {
                "0.01,0.02,-0.01".to_owned()
            } else {
                xyz(n)
            };
            format!("{},{},{other}", 20 * n, xyz(n))
        });
        let header = format!(
            "t[ms],Acc X (g),Acc Y (g),Acc Z (g),{beside} X (g),{beside} Y (g),{beside} Z (g)"
        );
        let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
        assert_eq!(outcome.samples.x.len(), 600, "{beside}");
    }
}

#[test]
fn a_first_column_in_even_steps_is_the_time_whatever_its_name() {
    let rows = lines(600, |n| {
        format!("{:.3},{}", 390_884.272 + 0.04 * n as f64, xyz(n))
    });
    let outcome = read_made("a.csv", format!("GPST,Ax,Ay,Az\n{rows}")).unwrap();
    assert_eq!(outcome.rate(), 25.0);
    // numbers of rows or packets, every second of which is there, are no milliseconds
    for name in ["row", "packet", "GPST"] {
        let rows = lines(600, |n| format!("{},{}", 2 * n, xyz(n)));
        let error = refusal("a.csv", format!("{name},x,y,z\n{rows}"));
        assert_eq!(error.code(), "needs_rate", "{name}");
    }
    let uneven = lines(600, |n| format!("{:.3},{}", (n * n % 97) as f64, xyz(n)));
    assert_eq!(
        refusal("a.csv", format!("GPST,Ax,Ay,Az\n{uneven}")).code(),
        "needs_rate"
    );
}

#[test]
fn words_may_stand_between_the_time_and_the_axes() {
    let rows = lines(900, |n| {
        let swing = (n as f64 * 0.4).sin();
        format!(
            "{:.2},walking,{},{:.3},{swing:.3},{:.3},4,5.5",
            0.02 * n as f64,
            xyz(n),
            0.3 * swing,
            -swing
        )
    });
    let outcome = read_made("a.csv", rows).unwrap();
    assert!((f64::from(outcome.samples.x[9]) - g(9)[0]).abs() < 1e-3);
}

#[test]
fn a_number_for_each_row_is_no_device() {
    let rows = lines(600, |n| format!("ACC{n:04},{},{}", 20 * n, xyz(n)));
    let outcome = read_made("a.csv", format!("sensor_id,time_ms,x,y,z\n{rows}")).unwrap();
    assert_eq!(outcome.samples.x.len(), 600);
    let options = ReadOptions {
        device: Some("N5".to_owned()),
        ..ReadOptions::default()
    };
    let text = format!("sensor_id,time_ms,x,y,z\n{rows}");
    let error = read_made_with("a.csv", text, &options).err().unwrap();
    assert_eq!(error.code(), "bad_option");
}

#[test]
fn a_take_of_motion_capture_and_three_rows_are_no_recording() {
    let take = "Format Version,1.23,Take Name,Take 2024-06-23,Capture Frame Rate,120\n\n,Type,Marker,Marker,Marker\n";
    let rows = lines(300, |n| format!("{n},{:.4},{}", n as f64 / 120.0, xyz(n)));
    let text = format!("{take}Frame,Time (Seconds),X,Y,Z\n{rows}");
    assert_eq!(refusal("take.csv", text).code(), "not_acceleration");
    let three = lines(3, |n| format!("{},{}", 20 * n, xyz(n)));
    let error = refusal("a.csv", format!("time_ms,x,y,z\n{three}"));
    assert_eq!(error.code(), "no_samples");
    assert!(error.to_string().contains("3 samples"), "{error}");
}

#[test]
fn an_angular_velocity_is_no_acceleration() {
    let rows = lines(600, |n| format!("{:.2},{}", 0.02 * n as f64, xyz(n)));
    for name in ["ang_vel.csv", "angular_velocity.csv"] {
        let error = refusal(name, format!("Timestamp,X,Y,Z\n{rows}"));
        assert_eq!(error.code(), "not_acceleration", "{name}");
    }
}

#[test]
fn names_with_blanks_do_not_part_a_table_of_records() {
    let rows = lines(1_200, |n| {
        let [x, y, z] = crate::made::g(n);
        format!(
            "{{\"time\":{},\"sensor\":\"accelerometer\",\"value\":{{\"x\":\"{x:.3}\",\"y\":\"{y:.3}\",\"z\":\"{z:.3}\"}},\"unit\":\"g\"}}",
            1_520_233_292_000u64 + 20 * n as u64
        )
    });
    let outcome = read_made("a.txt", rows).unwrap();
    assert_eq!(outcome.samples.x.len(), 1_200);
}

#[test]
fn a_local_time_is_a_time() {
    let header = "time (local),time (UTC),x,y,z";
    let rows = lines(600, |n| {
        let ms = 20 * n;
        let at = |hour: usize| format!("2024-05-14 {hour}:40:{:02}.{:03}", ms / 1000, ms % 1000);
        format!("{},{},{}", at(22), at(20), xyz(n))
    });
    let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
    let start = outcome.start();
    assert_eq!(start.as_deref(), Some("2024-05-14T22:40:00+02:00"));
}

#[test]
fn sensor_records_names_are_not_its_own() {
    let second = |n: usize| format!("19-10-2018 10:29:{:02}", n / 50);
    for (scale, unit) in [(1.0, "g"), (9.81, "m/s2")] {
        let rows = lines(600, |n| {
            let [x, y, z] = crate::made::g(n).map(|v| v * scale);
            format!("{},{},{x:.3},{y:.3},{z:.3}", second(n), 20 * n)
        });
        let text = format!("Timestamp,Milliseconds,X,Y,Z\n{rows}");
        let outcome = read_made("a.csv", text).unwrap();
        assert_eq!(outcome.survey.unit.name(), unit);
    }
}
