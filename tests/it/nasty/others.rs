//! Other sensors that look like an acceleration, accelerations that look like another, and clocks in two columns.

use crate::made::{g, lines, read_made, refusal, xyz, xyz_times};

/// A turning unit vector with six decimals.
fn direction(n: usize) -> String {
    let (a, b) = (n as f64 * 0.013, n as f64 * 0.007);
    let [x, y, z] = [a.cos() * b.cos(), a.sin() * b.cos(), b.sin()];
    format!("{x:.6};{y:.6};{z:.6};")
}

#[test]
fn a_direction_is_no_acceleration() {
    let rows = lines(600, |n| format!("{:.2};{}", n as f64 * 0.02, direction(n)));
    for (name, text) in [
        ("a.txt", rows.clone()),
        ("a.csv", format!("time;x;y;z;\n{rows}")),
    ] {
        let error = refusal(name, text);
        assert_eq!(error.code(), "not_acceleration");
        assert!(error.to_string().contains("a direction"), "{error}");
    }
    // a limb at rest is as long, to the noise of its sensor
    let rest = lines(600, |n| format!("{:.2},{}", n as f64 * 0.02, xyz(n)));
    assert!(read_made("a.txt", rest).is_ok());
}

#[test]
fn the_name_of_a_gyroscopes_file_holds_without_a_header() {
    let rows = lines(600, |n| format!("{:.2},{}", n as f64 * 0.02, xyz(n)));
    assert_eq!(refusal("Gyroscope.txt", &rows).code(), "not_acceleration");
    assert!(read_made("light_night.txt", &rows).is_ok());
    let both = lines(600, |n| {
        let [a, b, c] = g(n).map(|v| 3.0 * (v + (n as f64 * 0.05).sin()));
        format!("{:.2},{},{a:.4},{b:.4},{c:.4}", n as f64 * 0.02, xyz(n))
    });
    assert!(read_made("acc_gyro.txt", &both).is_ok());
}

#[test]
fn a_gyroscope_beside_it_is_what_the_files_name_means() {
    let rows = lines(600, |n| {
        format!("{},{},-0.13684,-0.15468,-0.08311", n * 20, xyz(n))
    });
    let text = format!("Timestamp,x,y,z,gyrox,gyroy,gyroz\n{rows}");
    let outcome = read_made("Postlab1(Gyro).csv", &text).unwrap();
    assert_eq!(outcome.survey.rows.parsed, 600);
    assert_eq!(
        refusal("Postlab1(Mag).csv", &text).code(),
        "not_acceleration"
    );
}

#[test]
fn a_length_by_chance_is_no_gravity_in_a_short_recording_either() {
    // four seconds of shaking: samples are as long as gravity, and their mean is nearly nothing
    let shaken = |n: usize| {
        let [x, y, z] = g(n);
        let (a, b) = (n as f64 * 1.9, n as f64 * 2.7);
        [
            a.sin() + 0.05 * x,
            0.8 * b.cos() + 0.05 * y,
            0.4 * (a + b).sin() + 0.05 * z,
        ]
    };
    let table = |v: &dyn Fn(usize) -> [f64; 3]| {
        let rows = lines(200, |n| {
            let [x, y, z] = v(n);
            format!("{:.3},{x:.4},{y:.4},{z:.4}", n as f64 * 0.02)
        });
        format!("time,accel1_x,accel1_y,accel1_z\n{rows}")
    };
    assert_eq!(refusal("bridge.csv", table(&shaken)).code(), "needs_unit");
    // on the earth the mean stays
    let held = |n: usize| {
        let [x, y, z] = shaken(n).map(|v| 0.4 * v);
        [x + 0.6, y - 0.8, z]
    };
    assert!(read_made("walk.csv", table(&held)).is_ok());
}

#[test]
fn seconds_and_the_rest_of_each_are_one_stamp() {
    for (per_second, digits) in [(1_000_000_000_u64, 1), (1_000_000, 1_000)] {
        let rows = lines(1_000, |n| {
            let ns = 224_999_905 + n as u64 * 9_000_000 + (n as u64 % 3) * 40;
            let (s, rest) = (
                1_696_324_304 + ns / 1_000_000_000,
                ns % 1_000_000_000 / digits,
            );
            assert!(rest < per_second);
            format!("{s},{rest},{}", xyz_times(n, 9.81))
        });
        for text in [rows.clone(), format!("secs,nsecs,x,y,z\n{rows}")] {
            let outcome = read_made("acc2.csv", text).unwrap();
            assert_eq!(outcome.survey.rows.parsed, 1_000);
            assert!(
                (outcome.rate() - 1e3 / 9.0).abs() < 0.1,
                "{}",
                outcome.rate()
            );
            let start = outcome.samples.stamp_ns[0];
            assert!((start - 1_696_324_304_224_999_905).abs() < 1_000, "{start}");
            assert!(outcome.survey.gaps.is_empty());
        }
    }
}

#[test]
fn the_word_that_is_proposed_chooses() {
    let rows = lines(300, |n| format!("{},{},{}", n * 20, xyz(n), xyz(n + 1)));
    let text = format!(
        "time,top accel x,top accel y,top accel z,bottom accel x,bottom accel y,bottom accel z\n{rows}"
    );
    let error = refusal("two.csv", &text);
    assert_eq!(error.code(), "needs_columns");
    assert!(error.to_string().contains("--columns top "), "{error}");
}

#[test]
fn two_accelerometers_without_names_are_asked_about() {
    let counts = |n: usize| g(n).map(|v| (v * 16_384.0).round());
    let rows = lines(300, |n| {
        let ([a, b, c], [d, e, f]) = (counts(n), counts(n + 7));
        let turn = (n as f64 * 0.3).sin() * 500.0;
        format!(
            "{a},{b},{c},{:.0},{:.0},{:.0},{d},{e},{f}",
            turn,
            turn * 0.5 + 7.0,
            turn * 0.2 - 3.0
        )
    });
    let error = refusal("two.csv", &rows);
    assert_eq!(error.code(), "needs_columns");
    assert!(error.to_string().contains("1, 2, 3 and 7, 8, 9"), "{error}");
}
