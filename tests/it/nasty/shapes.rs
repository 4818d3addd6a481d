//! How tables are written: marks, preambles, delimiters, names, empty cells, containers.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use legtrace::ingest::ReadOptions;
use legtrace::model::units::SampleRate;

use crate::made::{
    Folder, g, lines, read, read_made, read_made_with, refusal, xyz, xyz_times, zipped,
};

/// Rows as Axivity's converters write them: six decimals, multiples of 1/64.
fn axivity(n: usize) -> String {
    let [x, y, z] = g(n).map(|v| ((v * 256.0).round() + (n % 3) as f64 - 1.0) / 256.0);
    format!("{x:.6},{y:.6},{z:.6}")
}

#[test]
fn case_01_a_mark_before_a_bare_number() {
    let rows = lines(500, |n| {
        format!("{:.4},{}", 1_551_178_506.0 + n as f64 * 0.01, axivity(n))
    });
    let outcome = read_made("a.csv", format!("\u{feff}{rows}")).unwrap();
    assert_eq!(outcome.info.format, "axivity");
    assert_eq!(outcome.survey.rows.parsed, 500);
    assert_eq!(outcome.start().unwrap(), "2019-02-26T10:55:06");
}

#[test]
fn case_02_commas_after_each_line_of_a_preamble() {
    let header = "------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.3 Firmware v2.5.0 date format M/d/yyyy at 40 Hz  Filter Normal -----------,,\n\
        Serial Number: NEO1B00000001,,\nStart Time 11:27:00,,\nStart Date 6/14/2018,,\nEpoch Period (hh:mm:ss) 00:00:00,,\n\
        Download Time 15:16:42,,\nDownload Date 6/14/2018,,\nCurrent Memory Address: 0,,\nCurrent Battery Voltage: 4.21     Mode = 12,,\n\
        --------------------------------------------------,,\nAccelerometer X,Accelerometer Y,Accelerometer Z\n";
    let outcome = read_made("a.csv", format!("{header}{}", lines(400, xyz))).unwrap();
    assert_eq!(outcome.info.format, "actigraph_raw");
    assert_eq!(outcome.info.serial.as_deref(), Some("NEO1B00000001"));
    assert_eq!(outcome.start().unwrap(), "2018-06-14T11:27:00");
    assert!((outcome.rate() - 40.0).abs() < 1e-6);
}

#[test]
fn case_03_no_header_and_no_time() {
    assert_eq!(refusal("a.csv", lines(500, axivity)).code(), "needs_rate");
    let with_setting = lines(500, |n| format!("20,{},1", xyz(n)));
    assert_eq!(refusal("b.csv", &with_setting).code(), "needs_rate");
    let options = ReadOptions {
        rate: SampleRate::from_hz(50.0),
        ..ReadOptions::default()
    };
    let outcome = read_made_with("b.csv", &with_setting, &options).unwrap();
    assert_eq!(outcome.survey.unit.name(), "g");
    assert!((outcome.duration() - 9.98).abs() < 1e-6);
}

#[test]
fn case_04_three_layouts_of_one_app() {
    let ns = |n: usize| 1_663_326_947_268_860_700i64 + n as i64 * 10_000_000;
    let v = |n: usize| g(n).map(|v| v * 9.81);
    let full = |n: usize| format!("{},{:.2}", ns(n), n as f64 * 0.01);
    let by_layout = [
        (
            "time,seconds_elapsed,z,y,x\n",
            lines(300, |n| {
                format!("{},{:.5},{:.5},{:.5}", full(n), v(n)[2], v(n)[1], v(n)[0])
            }),
        ),
        (
            "time,seconds_elapsed,y,z,x\n",
            lines(300, |n| {
                format!("{},{:.5},{:.5},{:.5}", full(n), v(n)[1], v(n)[2], v(n)[0])
            }),
        ),
        (
            "time,z,y,x\n",
            lines(300, |n| {
                format!("{},{:.5},{:.5},{:.5}", ns(n), v(n)[2], v(n)[1], v(n)[0])
            }),
        ),
    ];
    let outcomes: Vec<_> = by_layout
        .iter()
        .map(|(header, rows)| {
            read_made("TotalAcceleration.csv", format!("{header}{rows}")).unwrap()
        })
        .collect();
    for outcome in &outcomes {
        assert_eq!(outcome.info.format, "sensor_logger");
        assert_eq!(outcome.samples, outcomes[0].samples);
    }
    assert!((f64::from(outcomes[0].samples.x[0]) - v(0)[0]).abs() < 1e-4);
    // The same app's JSON holds one sensor after another, strings all of it (awesome-sensor-logger, README).
    let json = concat!(
        "[\n  {\n    \"sensor\": \"Accelerometer\",\n    \"time\": \"1698501144401773000\",\n",
        "    \"seconds_elapsed\": \"0.25\",\n    \"z\": \"-0.5\",\n    \"y\": \"0.25\",\n    \"x\": \"1\"\n  }\n]\n"
    );
    let refused = read_made("recording.json", json).err().unwrap();
    assert_eq!(refused.code(), "not_a_recording");
    assert!(refused.message().contains("Zipped CSV"), "{refused}");
}

#[test]
fn case_05_a_gyroscope_with_the_accelerometers_header() {
    let rows = lines(300, |n| {
        format!(
            "{},{:.2},{}",
            1_663_326_947_268_860_700i64 + n as i64 * 10_000_000,
            n as f64 * 0.01,
            xyz(n)
        )
    });
    let content = format!("time,seconds_elapsed,z,y,x\n{rows}");
    assert_eq!(
        refusal("Gyroscope.csv", &content).code(),
        "not_acceleration"
    );
    assert_eq!(refusal("Gravity.csv", &content).code(), "not_acceleration");
}

#[test]
fn case_11_delimiters_and_cells_too_many() {
    let trailing = format!(
        "time,x,y,z,\n{}",
        lines(300, |n| format!("{},{},", n * 20, xyz(n)))
    );
    assert_eq!(
        read_made("a.csv", trailing).unwrap().survey.rows.parsed,
        300
    );
    let on_data_only = format!(
        "time,x,y,z\n{}",
        lines(300, |n| format!("{},{},", n * 20, xyz(n)))
    );
    assert_eq!(
        read_made("b.csv", on_data_only).unwrap().survey.rows.parsed,
        300
    );
    let unnamed = format!(
        "time,x,y,z\n{}",
        lines(300, |n| format!("{},{},7,8", n * 20, xyz(n)))
    );
    let outcome = read_made("c.csv", unnamed).unwrap();
    assert!((outcome.survey.quiet_magnitude.unwrap() - 1.0).abs() < 0.02);
}

#[test]
fn case_12_lines_of_units_separators_blanks_and_commas_above() {
    let rows = |factor: f64| {
        lines(300, |n| {
            format!("{};{}", n * 20, xyz_times(n, factor).replace(',', ";"))
        })
    };
    for above in ["\"sep=;\"\n", "sep=;\n", "\n", ";;;\n"] {
        let content = format!(
            "{above}time;x;y;z\nms;m/(s^2);m/(s^2);m/(s^2)\n{}",
            rows(9.81)
        );
        let outcome = read_made("a.csv", content).unwrap();
        assert_eq!(outcome.survey.unit.name(), "m/s2", "{above:?}");
        assert_eq!(outcome.survey.rows.parsed, 300);
        let decision = outcome
            .survey
            .decisions
            .iter()
            .find(|d| d.what == "unit")
            .unwrap();
        assert!(decision.because.contains("header"), "{decision:?}");
    }
}

#[test]
fn case_13_empty_cells_and_words_for_nothing() {
    let rows = lines(600, |n| match n % 3 {
        0 => format!("{},{},,4 / 16", n * 15, xyz_times(n, 9.81)),
        1 => format!("{},,,,2.8973085410293096,NaN", n * 15),
        _ => format!("{},NaN,--,,1.2,", n * 15),
    });
    let outcome = read_made(
        "a.csv",
        format!("relative_time,AccX,AccY,AccZ,Linear,Cell\n{rows}"),
    )
    .unwrap();
    assert_eq!(outcome.survey.rows.parsed, 200);
    assert_eq!(outcome.survey.rows.skipped, 400);
    assert_eq!(outcome.survey.rows.unparsable, 0);
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn case_25_containers_and_encodings() {
    let table = format!(
        "time,x,y,z\n{}",
        lines(300, |n| format!("{},{}", n * 20, xyz(n)))
    );
    let plain = read_made("a.csv", &table).unwrap();
    let packed = [
        ("a.csv.gz", gzipped(table.as_bytes())),
        ("a.csv", gzipped(table.as_bytes())),
        (
            "a.csv",
            zipped(&[
                ("night/a.csv", table.as_bytes()),
                ("__MACOSX/night/._a.csv", b"\0\x05\x16\x07"),
            ]),
        ),
        (
            "a.zip",
            zipped(&[
                ("a.csv", table.as_bytes()),
                ("readme.txt", b"How it was worn.\n"),
            ]),
        ),
    ];
    for (name, bytes) in packed {
        assert_eq!(
            read_made(name, bytes).unwrap().samples,
            plain.samples,
            "{name}"
        );
    }
    let workbook = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
    ]);
    assert_eq!(refusal("a.csv", workbook).code(), "binary");
    let cut = &table[..table.len() - 12];
    let outcome = read_made("a.csv", cut).unwrap();
    assert_eq!(outcome.survey.rows.parsed, 299);
    let mut zeros = table.clone().into_bytes();
    zeros[3_000] = 0;
    let error = refusal("a.csv", zeros);
    assert_eq!(error.code(), "damaged");
    assert!(error.line().is_some());
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(table.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(read_made("a.csv", wide).unwrap().samples, plain.samples);
    // Latin-1: the superscript two is one byte that is no UTF-8
    let mut latin = b"Time since start in ms;ACCELEROMETER X (m/s\xB2);ACCELEROMETER Y (m/s\xB2);ACCELEROMETER Z (m/s\xB2)\n".to_vec();
    latin.extend(
        lines(300, |n| {
            format!("{};{}", n * 20, xyz_times(n, 9.81).replace(',', ";"))
        })
        .bytes(),
    );
    assert_eq!(
        read_made("a.csv", latin).unwrap().survey.unit.name(),
        "m/s2"
    );
    // GBK: the degree sign is two bytes that are no UTF-8
    let mut gbk = b"Chiptime\tax(g)\tay(g)\taz(g)\twx(deg/s)\tT(\xA1\xE3)\n".to_vec();
    gbk.extend(
        lines(300, |n| {
            format!(
                "2023-1-5 10:2:{}.{:03}\t{}\t0.1\t25.3",
                n / 50,
                n % 50 * 20,
                xyz(n).replace(',', "\t")
            )
        })
        .bytes(),
    );
    let outcome = read_made("a.txt", gbk).unwrap();
    assert_eq!(
        (outcome.info.format.as_str(), outcome.survey.unit.name()),
        ("witmotion", "g")
    );
}

#[test]
fn case_27_blocks_stay_small_whatever_the_length() {
    let table = format!(
        "time,x,y,z\n{}",
        lines(200_000, |n| format!("{},{}", n * 20, xyz(n)))
    );
    let outcome = read_made("a.csv", &table).unwrap();
    assert_eq!(outcome.survey.rows.parsed, 200_000);
    assert!(outcome.largest_block < 32_768, "{}", outcome.largest_block);
}

#[test]
fn case_28_blanks_beside_delimiters() {
    let rows = lines(300, |n| {
        format!("{}, {}", 4_295 + n * 20, xyz(n).replace(',', ", "))
    });
    assert_eq!(read_made("a.csv", &rows).unwrap().survey.rows.parsed, 300);
    let named = format!(
        "Time,Accel-X (g), Accel-Y (g), Accel-Z (g)\n{}",
        lines(300, |n| format!(
            "2020-02-12 09:03:{:02}.{:03},{}",
            n / 50,
            n % 50 * 20,
            axivity(n)
        ))
    );
    let outcome = read_made("b.csv", named).unwrap();
    assert_eq!(
        (outcome.info.format.as_str(), outcome.survey.unit.name()),
        ("axivity", "g")
    );
    let blanks = format!(
        "start\n{}",
        lines(300, |n| format!(
            "{} {} 25.28 58.32",
            602 + n * 20,
            xyz(n).replace(',', " ")
        ))
    );
    assert_eq!(read_made("c.TXT", blanks).unwrap().survey.rows.parsed, 300);
}

#[test]
fn case_29_headers_that_come_again() {
    let part = |from: usize| lines(200, |n| format!("{},{}", (from + n) * 20, xyz(from + n)));
    let content = format!("time,x,y,z\n{}time,x,y,z\n{}", part(0), part(200));
    let outcome = read_made("a.csv", content).unwrap();
    assert_eq!(outcome.survey.rows.parsed, 400);
    assert_eq!(outcome.survey.rows.skipped, 1);
    assert_eq!(outcome.survey.rows.unparsable, 0);
}

#[test]
fn pieces_of_a_folder_are_read_in_order_of_time() {
    let folder = Folder::new();
    let piece = |from: i64| {
        let rows = lines(640, |n| {
            format!(
                "{},{}",
                1_764_754_394_388_530 + from * 1_000_000 + n as i64 * 15_625,
                xyz(n)
            )
        });
        format!("unix_timestamp,x,y,z\n{rows}")
    };
    folder.file("z_first.csv", piece(0));
    folder.file("a_last.csv", piece(600));
    folder.file("m_middle.csv", piece(70));
    let outcome = read(folder.path()).unwrap();
    assert_eq!(outcome.survey.rows.parsed, 1_920);
    assert_eq!(outcome.survey.gaps.len(), 2);
    folder.file("overlap.csv", piece(605));
    assert_eq!(read(folder.path()).err().unwrap().code(), "overlap");
}

#[test]
fn case_04_an_apps_columns_renamed() {
    let rows = lines(1_000, |n| {
        let [x, y, z] = [0.2, -0.4, 0.9].map(|g| g * 9.81 + (n % 3) as f64 * 0.01);
        let at = 1_729_260_574_556_450_300u64 + n as u64 * 10_000_000;
        format!("{at},{},{z},{y},{x}", n as f64 * 0.01)
    });
    let text =
        format!("Timestamp,seconds_elapsed,AccelerationZ,AccelerationY,AccelerationX\n{rows}");
    let outcome = read_made("TotalAcceleration.csv", &text).unwrap();
    assert_eq!(outcome.info.format, "sensor_logger");
    assert_eq!(outcome.survey.unit.name(), "m/s2");
    // under another name the numbers alone decide
    let outcome = read_made("walk.csv", &text).unwrap();
    assert_eq!(
        (outcome.info.format.as_str(), outcome.survey.unit.name()),
        ("generic_table", "m/s2")
    );
}

#[test]
fn case_03_a_second_clock_is_no_axis() {
    // time in two units, the header cut off
    let rows = lines(2_000, |n| {
        let at = 1_620_421_562_007_834_600u64 + n as u64 * 10_000_000;
        format!("{at},{:.6},{}", 0.03 + n as f64 * 0.01, xyz(n))
    });
    let outcome = read_made("Accelerometer.csv", rows).unwrap();
    assert!((outcome.survey.quiet_magnitude.unwrap() - 1.0).abs() < 0.05);
    assert!((outcome.rate() - 100.0).abs() < 0.1);
}
