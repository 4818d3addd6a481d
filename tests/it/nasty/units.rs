//! Units and gravity: names that lie, gravity that is gone, counts of all kinds, heads that mislead.

use std::f64::consts::TAU;

use crate::made::{Folder, g, lines, read, read_made, read_made_with, refusal, xyz, xyz_times};
use legtrace::ingest::ReadOptions;
use legtrace::model::units::AccelUnit;

#[test]
fn case_19_a_header_that_gravity_contradicts() {
    let rows = lines(500, |n| format!("{},{}", n * 20, xyz(n)));
    let header = "time_ms,X_ACCELERATION_METERS_PER_SECOND_SQUARED,Y_ACCELERATION_METERS_PER_SECOND_SQUARED,Z_ACCELERATION_METERS_PER_SECOND_SQUARED\n";
    let error = refusal("a.csv", format!("{header}{rows}"));
    assert_eq!(error.code(), "contradiction_unit");
    assert!(error.to_string().contains("--unit"), "{error}");
}

/// Movement without gravity: small, and swinging about nothing.
fn linear(n: usize) -> [f64; 3] {
    let noise = g(n);
    [
        0.02 * (n as f64 * TAU / 37.0).sin() + (noise[0] - 0.6),
        noise[1] + 0.8,
        noise[2] - 0.02,
    ]
}

#[test]
fn case_20_gravity_that_is_gone_and_comes_back() {
    let ns = |n: usize| 1_663_326_947_268_860_700i64 + n as i64 * 10_000_000;
    let table = |v: &dyn Fn(usize) -> [f64; 3]| {
        let rows = lines(1_000, |n| {
            let [x, y, z] = v(n);
            format!("{},{:.2},{z:.6},{y:.6},{x:.6}", ns(n), n as f64 * 0.01)
        });
        format!("time,seconds_elapsed,z,y,x\n{rows}")
    };
    let accelerometer = table(&|n| linear(n).map(|v| v * 9.81));
    let alone = read_made("Accelerometer.csv", &accelerometer).unwrap();
    assert_eq!(
        (alone.survey.gravity.name(), alone.survey.unit.name()),
        ("removed", "m/s2")
    );
    // with Gravity.csv beside it the sum is taken; iOS writes gravity against the axes
    let folder = Folder::new();
    folder.file("Accelerometer.csv", &accelerometer);
    folder.file("Gravity.csv", table(&|_| [-0.6 * 9.81, 0.8 * 9.81, 0.0]));
    folder.file("Gyroscope.csv", table(&|n| linear(n)));
    folder.file(
        "Metadata.csv",
        "version,device name,platform\n3,iPhone 12 mini,ios\n",
    );
    let joined = read(folder.path()).unwrap();
    assert_eq!(
        (joined.survey.gravity.name(), joined.survey.unit.name()),
        ("included", "m/s2")
    );
    assert!((joined.survey.quiet_magnitude.unwrap() / 9.81 - 1.0).abs() < 0.02);
    assert_eq!(joined.samples.len(), 1_000);
    // also where people gave the columns names of their own
    let folder = Folder::new();
    let called = |text: String, sensor: &str| {
        let names = ["z", "y", "x"].map(|axis| format!("{sensor} {} (m/s²)", axis.to_uppercase()));
        text.replacen("z,y,x", &names.join(","), 1)
    };
    folder.file("Accelerometer.csv", called(accelerometer, "ACCELEROMETER"));
    let gravity = table(&|_| [-0.6 * 9.81, 0.8 * 9.81, 0.0]);
    folder.file("Gravity.csv", called(gravity, "GRAVITY"));
    let renamed = read(folder.path()).unwrap();
    assert_eq!(renamed.survey.gravity.name(), "included");
    assert_eq!(renamed.samples, joined.samples);
    // a table without a word for the unit cannot be read without gravity
    let rows = lines(1_000, |n| {
        let [x, y, z] = linear(n);
        format!("{},{x:.6},{y:.6},{z:.6}", n * 10)
    });
    assert_eq!(
        refusal("a.csv", format!("time_ms,x,y,z\n{rows}")).code(),
        "needs_unit"
    );
    let named = read_made(
        "a.csv",
        format!("time_ms,x (m/s^2),y (m/s^2),z (m/s^2)\n{rows}"),
    )
    .unwrap();
    assert_eq!(named.survey.gravity.name(), "removed");
}

#[test]
fn case_21_counts_of_all_kinds() {
    let whole = |factor: f64| {
        lines(1_000, move |n| {
            let [x, y, z] = g(n).map(|v| (v * factor).round());
            format!("{},{x},{y},{z}", n * 20)
        })
    };
    for per_g in [64.0, 256.0, 2048.0, 4096.0, 8192.0, 16384.0] {
        let outcome = read_made("a.csv", format!("time_ms,x,y,z\n{}", whole(per_g))).unwrap();
        assert_eq!(outcome.survey.unit, AccelUnit::Counts { per_g });
    }
    assert_eq!(
        read_made("a.csv", format!("time_ms,x,y,z\n{}", whole(1000.0)))
            .unwrap()
            .survey
            .unit,
        AccelUnit::MilliG
    );
    // eight bits around 127, and a spreadsheet's day number
    let rows = lines(2_000, |n| {
        let [x, y, z] = g(n).map(|v| (v * 63.0 + 127.0).round());
        format!(
            "{:.10},{x},{y},{z}",
            43_265.570_590_856_5 + n as f64 * 0.05 / 86_400.0
        )
    });
    let outcome = read_made("a.csv", rows).unwrap();
    assert_eq!(outcome.info.format, "activpal");
    assert_eq!(outcome.survey.unit, AccelUnit::Counts { per_g: 63.0 });
    assert!(
        outcome
            .start()
            .unwrap()
            .starts_with("2018-06-14T13:41:39.05")
    );
    // Empatica E4
    let rows = lines(640, |n| {
        let [x, y, z] = g(n).map(|v| (v * 64.0).round());
        format!("{x},{y},{z}")
    });
    let head = "1560279825.000000, 1560279825.000000, 1560279825.000000\n32.000000, 32.000000, 32.000000\n";
    let outcome = read_made("ACC.csv", format!("{head}{rows}")).unwrap();
    assert_eq!(
        (
            outcome.survey.rows.parsed,
            outcome.start().unwrap().as_str()
        ),
        (640, "2019-06-11T19:03:45Z")
    );
}

#[test]
fn case_22_heads_that_mislead() {
    // zeros at the start, as a converter pads them; junk of a sensor that wakes; frozen values of idle sleep
    let rows = lines(6_000, |n| match n {
        0..200 => format!("{},0,0,0", n * 20),
        200..400 => format!("{},0.05,-0.01,0.04{}", n * 20, n % 10),
        3_000..4_500 => format!("{},{}", n * 20, xyz(3_000)),
        _ => format!("{},{}", n * 20, xyz(n)),
    });
    let outcome = read_made("a.csv", format!("time_ms,x,y,z\n{rows}")).unwrap();
    assert_eq!(
        (outcome.survey.unit.name(), outcome.survey.gravity.name()),
        ("g", "included")
    );
    assert!(outcome.survey.gaps.is_empty());
    assert!(
        outcome.survey.warnings.iter().any(|w| w.contains("idle")),
        "{:?}",
        outcome.survey.warnings
    );
    // a filter that settles: the name says that gravity is out, the first seconds show it
    let rows = lines(6_000, |n| {
        let [x, y, z] = if n < 300 {
            g(n).map(|v| v * 10.2)
        } else {
            linear(n).map(|v| v * 2.0)
        };
        format!("{},{x:.4},{y:.4},{z:.4},0", 1_000_000 + n * 16_667)
    });
    let outcome = read_made(
        "logfile_D4-22-CD-00-00-01.csv",
        format!("SampleTimeFine,FreeAcc_X,FreeAcc_Y,FreeAcc_Z,Status\n{rows}"),
    )
    .unwrap();
    assert_eq!(
        (outcome.survey.gravity.name(), outcome.survey.unit.name()),
        ("removed", "m/s2")
    );
}

#[test]
fn uncalibrated_sensors_are_read_with_a_word() {
    let outcome = read_made(
        "a.csv",
        format!(
            "time_ms,x (g),y (g),z (g)\n{}",
            lines(500, |n| format!("{},{}", n * 20, xyz_times(n, 0.8)))
        ),
    )
    .unwrap();
    assert_eq!(outcome.survey.unit.name(), "g");
    assert!(
        outcome
            .survey
            .warnings
            .iter()
            .any(|w| w.contains("calibration")),
        "{:?}",
        outcome.survey.warnings
    );
}

/// A walk at 50 Hz: the arm swings, the step bounces, nothing is ever at rest. In g, gravity times `gravity`.
fn walk(n: usize, gravity: f64) -> [f64; 3] {
    let t = n as f64 * 0.02;
    let (swing, bounce) = ((5.7 * t).sin(), (11.4 * t).cos());
    [
        gravity * 0.2 * swing + 0.35 * swing,
        gravity * 0.25 * (5.7 * t).cos() + 0.3 * bounce,
        gravity * 0.95 + 0.45 * bounce + 0.02 * ((n * 7_919 % 101) as f64 / 50.0 - 1.0),
    ]
}

fn walked(header: &str, scale: f64, gravity: f64) -> String {
    let rows = lines(3_000, |n| {
        let [x, y, z] = walk(n, gravity).map(|g| g * scale);
        format!("{},{x:.5},{y:.5},{z:.5}", n * 20)
    });
    format!("{header}\n{rows}")
}

#[test]
fn case_21_a_unit_is_found_though_the_sensor_never_rests() {
    for (scale, unit) in [(1.0, "g"), (9.81, "m/s2"), (1_000.0, "mg")] {
        let outcome = read_made("a.csv", walked("Time (ms),a_x,a_y,a_z", scale, 1.0)).unwrap();
        assert_eq!(outcome.survey.unit.name(), unit);
        assert_eq!(outcome.survey.gravity.name(), "included");
        assert!(
            outcome
                .survey
                .warnings
                .iter()
                .any(|w| w.contains("movement alone")),
            "{:?}",
            outcome.survey.warnings
        );
    }
    // without gravity and without a name nothing hangs on the earth, though 2.5 makes the median one
    for scale in [1.0, 2.5, 9.81] {
        let error = refusal("a.csv", walked("Time (ms),a_x,a_y,a_z", scale, 0.0));
        assert_eq!(error.code(), "needs_unit", "{error}");
    }
}

#[test]
fn case_20_a_name_that_takes_gravity_out_is_held_against_movement() {
    let linear = walked(
        "Time (ms),Linear Acceleration x (m/s^2),Linear Acceleration y (m/s^2),Linear Acceleration z (m/s^2)",
        9.81,
        0.0,
    );
    let outcome = read_made("a.csv", linear).unwrap();
    assert_eq!(outcome.survey.gravity.name(), "removed");
    let lying = walked(
        "Time (ms),Linear Acceleration x (m/s^2),Linear Acceleration y (m/s^2),Linear Acceleration z (m/s^2)",
        9.81,
        1.0,
    );
    assert_eq!(refusal("a.csv", lying).code(), "contradiction_unit");
}

#[test]
fn case_21_a_device_settles_the_scale_of_a_wrist_that_swings() {
    // centripetal pull makes the mean of a swinging wrist longer than 1 g
    let rows = lines(900, |n| {
        let [x, y, z] = walk(n, 1.15).map(|g| (g * 8_192.0).round());
        format!("{},{x},{y},{z}", 85 + n * 80)
    });
    let outcome = read_made("accellog.0.csv", format!("Time (ms),X,Y,Z\n{rows}")).unwrap();
    assert_eq!(outcome.info.format, "bangle_js");
    assert_eq!(outcome.survey.unit.name(), "counts");
    assert!((outcome.survey.unit.g_per_unit() * 8_192.0 - 1.0).abs() < 1e-9);
    assert!(!outcome.survey.warnings.is_empty());
}

#[test]
fn counts_around_the_middle_of_a_converter_are_asked_about() {
    // an ADXL335 at a converter of 10 bits: zero at 512, 102 to one g; lying one way, then another
    let rows = lines(6_000, |n| {
        let v = if n < 3_000 {
            [10, 20, 99]
        } else {
            [98, -12, 22]
        };
        let [x, y, z] = v.map(|v: i32| 512 + v + (n % 3) as i32);
        format!("{},{x},{y},{z}", n * 20)
    });
    let text = format!("time_ms,accX,accY,accZ\n{rows}");
    let error = refusal("a.csv", text.clone());
    assert_eq!(error.code(), "needs_unit");
    assert!(error.to_string().contains("--zero-count 512"), "{error}");
    let options = ReadOptions {
        counts_per_g: Some(102.0),
        zero_count: Some(512.0),
        ..ReadOptions::default()
    };
    let outcome = read_made_with("a.csv", text, &options).unwrap();
    assert_eq!(outcome.samples.len(), 6_000);
}

#[test]
fn counts_that_lost_their_sign_get_it_back() {
    for (per_g, bits) in [(16_384.0, 16), (64.0, 8)] {
        let row = |n: usize, unsigned: bool| {
            // the limb is turned every ten seconds, past nought in one axis
            let turned = if (n / 500).is_multiple_of(2) {
                1.0
            } else {
                -1.0
            };
            let [x, y, z] = g(n);
            let [x, y, z] = [x, y, z * turned].map(|g| match unsigned {
                true => ((g * per_g).round() as i64).rem_euclid(1 << bits),
                false => (g * per_g).round() as i64,
            });
            format!("{},{x},{y},{z}", 20 * n)
        };
        let read = |unsigned| {
            let rows = lines(6_000, |n| row(n, unsigned));
            read_made("a.csv", format!("ms,ax,ay,az\n{rows}")).unwrap()
        };
        let (signed, unsigned) = (read(false), read(true));
        let axes = |outcome: &crate::made::Outcome| {
            let samples = &outcome.samples;
            [samples.x.clone(), samples.y.clone(), samples.z.clone()]
        };
        assert_eq!(axes(&unsigned), axes(&signed), "{bits} bits");
        assert_eq!(unsigned.survey.unit, signed.survey.unit, "{bits} bits");
        let said = |outcome: &crate::made::Outcome| {
            let mut decisions = outcome.info.decisions.iter();
            decisions.any(|decision| decision.because.contains("printed without it"))
        };
        assert_eq!(
            (said(&unsigned), said(&signed)),
            (true, false),
            "{bits} bits"
        );
    }
}
