//! Files that are broken, that repeat themselves, or that are something else.

use crate::made::{clock, g, lines, read_made, read_made_with, refusal, xyz, xyz_times};
use legtrace::ingest::ReadOptions;

#[test]
fn case_10_what_a_spreadsheet_does() {
    let cut = lines(400, |n| {
        format!(
            "{:02}:{:02}.{},{}",
            43 + n / 3_000,
            n / 50 % 60,
            n / 5 % 10,
            xyz(n)
        )
    });
    assert_eq!(
        refusal("a.csv", format!("Timestamp,x,y,z\n{cut}")).code(),
        "damaged_by_spreadsheet"
    );
    for time in ["1.59287E+12", "1.56352E+18"] {
        let rows = lines(400, |n| format!("{time},{}", xyz(n)));
        assert_eq!(
            refusal("a.csv", format!("time,x,y,z\n{rows}")).code(),
            "damaged_by_spreadsheet",
            "{time}"
        );
    }
    // the values: 7.404E-3 with its mark lost
    let rows = lines(400, |n| {
        let v = g(n).map(|v| {
            format!("{:.2E}", v * 1e7)
                .replace('.', ",")
                .replace("E", "E+0")
        });
        format!(
            "{};{};{};{}",
            format!("{:.2}", n as f64 * 0.01).replace('.', ","),
            v[0],
            v[1],
            v[2]
        )
    });
    let header = "Time (s);Linear Acceleration x (m/s^2);Linear Acceleration y (m/s^2);Linear Acceleration z (m/s^2)\n";
    assert_eq!(
        refusal("Raw Data.csv", format!("{header}{rows}")).code(),
        "damaged_by_spreadsheet"
    );
    // three significant digits
    let rows = lines(2_000, |n| {
        format!("{:.2E},{}", 100.0 + n as f64 * 0.01, xyz_times(n, 9.81)).replace("E2", "E+02")
    });
    let header = "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n";
    assert_eq!(
        refusal("Raw Data.csv", format!("{header}{rows}")).code(),
        "damaged_by_spreadsheet"
    );
    // another time column survives
    let rows = lines(400, |n| {
        format!("1.66333E+18,{:.2},{}", n as f64 * 0.01, xyz_times(n, 9.81))
    });
    let outcome = read_made(
        "TotalAcceleration.csv",
        format!("time,seconds_elapsed,z,y,x\n{rows}"),
    )
    .unwrap();
    assert!((outcome.rate() - 100.0).abs() < 0.1);
}

#[test]
fn case_10_a_collapse_far_behind_the_head() {
    // good for 30,000 rows, whole seconds from there on
    let rows = lines(160_000, |n| {
        let s = n as f64 * 0.01;
        let shown = if n < 100_000 {
            format!("{s:.2}")
        } else {
            format!("{:.0}", s.floor())
        };
        format!("{shown},{}", xyz_times(n, 9.81))
    });
    assert_eq!(
        refusal("a.csv", format!("seconds_elapsed,x,y,z\n{rows}")).code(),
        "damaged_by_spreadsheet"
    );
}

#[test]
fn case_14_rows_at_any_event() {
    // the accelerometer speaks every 20 ms, other sensors in between: its values are held
    let rows = lines(3_000, |n| {
        let v = g(n / 3);
        format!(
            "{:.6},{:.4},{:.4},{:.4},0.0,0.0,0.{},0.1,0.2,0.3,",
            n as f64 * 0.0066,
            v[0],
            v[1],
            v[2],
            n % 10
        )
    });
    let outcome = read_made(
        "a.csv",
        format!("\ntime,gFx,gFy,gFz,ax,ay,az,wx,wy,wz,\n{rows}"),
    )
    .unwrap();
    assert_eq!(outcome.info.format, "physics_toolbox");
    assert_eq!(outcome.survey.rows.parsed, 3_000);
    assert!(
        (900..=1_010).contains(&outcome.samples.len()),
        "{}",
        outcome.samples.len()
    );
}

#[test]
fn case_14_packets_with_equal_stamps() {
    // eight samples of 10 ms arrive at once
    let rows = lines(4_000, |n| {
        format!(
            "{:.7},{}",
            1_746_916_793.5 + (n / 8 * 8) as f64 * 0.01,
            xyz_times(n, 9.81)
        )
    });
    let outcome = read_made("a.csv", format!("timestamp,x,y,z\n{rows}")).unwrap();
    assert_eq!(outcome.samples.len(), 4_000);
    assert!((outcome.rate() - 100.0).abs() < 1.0, "{}", outcome.rate());
    let longest = outcome.steps().into_iter().fold(0.0, f64::max);
    assert!(longest < 0.03, "{longest}");
    // whole seconds over blocks
    let rows = lines(6_000, |n| {
        format!(
            "{},{}",
            &clock("2020-02-12T09:03:38", n as i64 * 20)[..19],
            xyz(n)
        )
    });
    let outcome = read_made("a.csv", format!("time,x,y,z\n{rows}")).unwrap();
    assert!((outcome.rate() - 50.0).abs() < 0.2, "{}", outcome.rate());
    assert!(outcome.steps().iter().all(|s| (s - 0.02).abs() < 0.005));
}

#[test]
fn case_14_two_devices_in_one_file() {
    let rows = lines(2_000, |n| {
        let device = if n % 2 == 0 {
            "C3:16:82:EF:1B:48"
        } else {
            "F3:89:79:49:6C:B3"
        };
        format!(
            "{device},{:.4},{}",
            1_746_916_793.5 + (n / 2) as f64 * 0.02,
            xyz_times(n, 9.81)
        )
    });
    let content = format!("address,timestamp,AccX,AccY,AccZ\n{rows}");
    let error = refusal("a.csv", &content);
    assert_eq!(error.code(), "needs_device");
    assert!(error.to_string().contains("--device"), "{error}");
    let options = ReadOptions {
        device: Some("F3:89".to_owned()),
        ..ReadOptions::default()
    };
    let outcome = read_made_with("a.csv", &content, &options).unwrap();
    assert_eq!(outcome.samples.len(), 1_000);
    assert_eq!(outcome.info.serial.as_deref(), Some("F3:89:79:49:6C:B3"));
}

#[test]
fn case_23_too_slow_and_slow() {
    let slow = |step: usize| {
        format!(
            "time_ms,x,y,z\n{}",
            lines(400, |n| format!("{},{}", n * step, xyz(n)))
        )
    };
    let error = refusal("a.csv", slow(500));
    assert_eq!(error.code(), "too_slow");
    assert!(error.to_string().contains("2.00 Hz"), "{error}");
    // a row a minute, by the clock
    let minutes = lines(400, |n| {
        format!("2024-05-14 {:02}:{:02},{}", 16 + n / 60, n % 60, xyz(n))
    });
    let error = refusal("a.csv", format!("time,x,y,z\n{minutes}"));
    assert_eq!(error.code(), "too_slow", "{error}");
    assert!(error.to_string().contains("a row every 60 s"), "{error}");
    let outcome = read_made("a.csv", slow(200)).unwrap();
    assert!(
        outcome
            .survey
            .warnings
            .iter()
            .any(|w| w.contains("unreliable")),
        "{:?}",
        outcome.survey.warnings
    );
    let outcome = read_made("a.csv", slow(80)).unwrap();
    assert!(
        outcome
            .survey
            .warnings
            .iter()
            .any(|w| w.contains("limited")),
        "{:?}",
        outcome.survey.warnings
    );
}

#[test]
fn case_24_figures_by_epoch() {
    let header = "------------ Data File Created By ActiGraph wGT3XBT ActiLife v6.13.3 Firmware v1.8.0 date format M/d/yyyy Filter Normal -----------\n\
        Serial Number: MOS2D00000001\nStart Time 21:35:00\nStart Date 8/15/2016\nEpoch Period (hh:mm:ss) 00:00:05\nDownload Time 18:59:15\n\
        Download Date 8/24/2016\nCurrent Memory Address: 0\nCurrent Battery Voltage: 4.03     Mode = 61\n--------------------------------------------------\n";
    let counts = lines(300, |n| {
        format!("{},{},{},0,0,0,5,0,0", n % 300, n % 90, n % 170)
    });
    assert_eq!(
        refusal("a.csv", format!("{header}{counts}")).code(),
        "aggregated"
    );
    let enmo = format!(
        "acceleration (mg) - 2014-12-08 10:00:00 - 2014-12-15 09:59:55 - sampleRate = 5 seconds,imputed\n{}",
        lines(300, |n| format!("{}.2,0", n % 40))
    );
    assert_eq!(refusal("a.csv", enmo).code(), "aggregated");
    let named = format!(
        "timestamp,ENMO,anglez\n{}",
        lines(300, |n| format!(
            "{},{}.2,0.5",
            clock("2014-12-08T10:00:00", n as i64 * 5_000),
            n % 40
        ))
    );
    assert_eq!(refusal("a.csv", named).code(), "aggregated");
    // one row a second, though called x, y, z
    let slow = format!(
        "timestamp,x,y,z\n{}",
        lines(300, |n| format!(
            "{},{}",
            clock("2014-12-08T10:00:00", n as i64 * 1_000),
            xyz(n)
        ))
    );
    assert!(matches!(
        refusal("a.csv", slow).code(),
        "aggregated" | "too_slow"
    ));
}

#[test]
fn case_26_binary_files_by_name() {
    let mut fit = vec![14, 16, 100, 8, 0, 0, 0, 0];
    fit.extend(b".FIT\0\0");
    for (name, bytes, word) in [
        (
            "WIT00001.TXT",
            [&[0x55u8, 0x61][..], &[7, 200, 3, 0, 9]].concat(),
            "WitMotion",
        ),
        (
            "health_connect_export.db",
            b"SQLite format 3\0................".to_vec(),
            "SQLite",
        ),
        (
            "sensorlog.mat",
            b"MATLAB 5.0 MAT-file, Platform: MACI64\0\0".to_vec(),
            "MATLAB",
        ),
        ("12345.fit", fit, "FIT"),
        (
            "1-1-MED2_1714159778.avro",
            b"Obj\x01\x04\x14avro.codec".to_vec(),
            "Avro",
        ),
        ("ax3.cwa", b"MD\xFC\x03\x00\x00\x01\x02".to_vec(), "CWA"),
        (
            "noise.csv",
            (0u32..4_000).map(|n| (n * 37 % 251) as u8).collect(),
            "unknown",
        ),
    ] {
        let error = refusal(name, bytes);
        assert_eq!(error.code(), "binary", "{name}");
        assert!(error.to_string().contains(word), "{error}");
    }
    // a whole Avro record in one row with JSON in a cell
    let dump = format!(
        "schemaVersion,rawData\n\"v1\",\"{{'accelerometer': {{'x': [{}]}}}}\"\n",
        "1, 2, 3, ".repeat(200_000)
    );
    assert!(matches!(
        refusal("a.csv", dump).code(),
        "not_a_recording" | "not_acceleration"
    ));
}

#[test]
fn packets_that_were_lost_are_no_samples() {
    // 0,0,0 and -1,-1,-1 of a bus that was not answered, in counts of 16384 per g
    let row = |n: usize| match n % 97 {
        13 => "0,0,0".to_owned(),
        60 => "-1,-1,-1".to_owned(),
        _ => format!("{},{},12903", 1638 + n % 5, 9830 - n % 7),
    };
    let rows = lines(4_000, |n| format!("{},{}", n * 20, row(n)));
    let outcome = read_made("a.csv", format!("time_ms,x,y,z\n{rows}")).unwrap();
    let lost = (0..4_000).filter(|n| [13, 60].contains(&(n % 97))).count();
    assert_eq!(outcome.survey.rows.lost, lost as u64);
    assert_eq!(outcome.samples.len(), 4_000 - lost);
    let told = |outcome: &crate::made::Outcome| {
        outcome
            .survey
            .warnings
            .iter()
            .any(|w| w.contains("lost packets"))
    };
    assert!(told(&outcome));
    // the same rows are samples where gravity was taken out
    let rows = lines(4_000, |n| {
        let swing = |k: usize| ((n * k) as f64 * 0.013).sin() * 0.4;
        match n % 97 {
            13 => format!("{},0,0,0", n * 20),
            _ => format!("{},{:.3},{:.3},{:.3}", n * 20, swing(3), swing(5), swing(7)),
        }
    });
    let header = "time_ms,linear_acceleration_x (m/s2),linear_acceleration_y (m/s2),linear_acceleration_z (m/s2)";
    let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
    assert_eq!(outcome.samples.len(), 4_000);
    assert!(!told(&outcome));
}

#[test]
fn numbers_of_another_sensor_are_no_damaged_times() {
    // a gyroscope's cells in powers of ten, no clock anywhere
    let rows = lines(900, |n| {
        let turn = [-1.375e-4, -2.75e-4, 4.125e-4][n / 5 % 3];
        format!("{},{turn:E},{:E},{turn:E}", xyz(n), 2.0 * turn)
    });
    assert_eq!(refusal("a.csv", rows).code(), "needs_rate");
}

#[test]
fn what_is_written_below_the_rows_is_no_damage() {
    let rows = lines(900, |n| format!("{:.2},{}", 0.02 * n as f64, xyz(n)));
    let below = "property,value\nversion,1.1.9\n".repeat(40);
    let text = format!("time_s,ax,ay,az\n{rows}{below}");
    let outcome = read_made("a.csv", text).unwrap();
    assert_eq!(outcome.samples.x.len(), 900);
    assert!(!outcome.survey.warnings.is_empty());
    // between rows it is
    let text = format!("time_s,ax,ay,az\n{rows}{below}18.00,{}\n", xyz(900));
    assert_eq!(refusal("a.csv", text).code(), "damaged");
}
