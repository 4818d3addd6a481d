//! What apps and scripts make of a sensor's table: other names, empty clocks, signs at the ends of lines.

use legtrace::ingest::ReadOptions;
use legtrace::model::units::{AccelUnit, GravityState};

use crate::made::{clock, g, lines, read_made, refusal, xyz, xyz_times};

#[test]
fn witmotion_without_the_chips_clock_goes_by_the_other() {
    let rows = lines(400, |n| {
        let at = clock("2026-10-02T07:48:45", n as i64 * 20).replace(' ', "T");
        format!(
            "{at}\tHC-06(00:..)\tnull\t{}\t0.000\t0.000\t0.000",
            xyz(n).replace(',', "\t")
        )
    });
    let header =
        "time\tDeviceName\tChipTime()\tAccX(g)\tAccY(g)\tAccZ(g)\tAsX(°/s)\tAsY(°/s)\tAsZ(°/s)\n";
    let outcome = read_made("wit.txt", format!("{header}{rows}")).unwrap();
    assert_eq!(outcome.info.format, "witmotion");
    assert_eq!(outcome.start().as_deref(), Some("2026-10-02T07:48:45"));
    assert!((outcome.rate() - 50.0).abs() < 0.1);
}

/// WitMotion's table where its program speaks Chinese.
fn chinese(header: &str) -> String {
    let rows = lines(400, |n| {
        let at = clock("2026-10-02T07:48:45", n as i64 * 20);
        format!("{at},WTLL(aa),{},0.000,0.000,0.000", xyz(n))
    });
    format!("{header}\n{rows}")
}

const CHINESE: &str =
    "时间,设备名称,加速度X(g),加速度Y(g),加速度Z(g),角速度X(°/s),角速度Y(°/s),角速度Z(°/s)";

#[test]
fn witmotion_in_chinese_is_read_in_utf_8_and_in_gbk() {
    let text = chinese(CHINESE);
    let gbk: Vec<u8> = text
        .chars()
        .flat_map(|c| match c {
            '时' => vec![0xCA, 0xB1],
            '间' => vec![0xBC, 0xE4],
            '设' => vec![0xC9, 0xE8],
            '备' => vec![0xB1, 0xB8],
            '名' => vec![0xC3, 0xFB],
            '称' => vec![0xB3, 0xC6],
            '加' => vec![0xBC, 0xD3],
            '速' => vec![0xCB, 0xD9],
            '度' => vec![0xB6, 0xC8],
            '角' => vec![0xBD, 0xC7],
            '°' => vec![0xA1, 0xE3],
            ascii => vec![u8::try_from(ascii).unwrap()],
        })
        .collect();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [text.clone().into_bytes(), marked, gbk] {
        let outcome = read_made("wit.csv", bytes).unwrap();
        assert_eq!(outcome.info.format, "witmotion");
        assert_eq!(outcome.survey.unit, AccelUnit::G);
        assert_eq!(outcome.survey.rows.parsed, 400);
    }
}

#[test]
fn names_of_unknown_words_are_asked_about() {
    let text = chinese("时间,设备名称,ускX(g),ускY(g),ускZ(g),gyroX(°/s),gyroY(°/s),gyroZ(°/s)");
    for unknown in ["уск", "qux"] {
        let header = text
            .replace("ускX", &format!("{unknown}1"))
            .replace("ускY", &format!("{unknown}2"))
            .replace("ускZ", &format!("{unknown}3"))
            .replace("gyro", "ang");
        let header = header.replacen(
            "angX(°/s),angY(°/s),angZ(°/s)",
            "p1(°/s),p2(°/s),p3(°/s)",
            1,
        );
        let error = refusal("a.csv", header);
        assert_eq!(error.code(), "needs_columns", "{error}");
    }
}

#[test]
fn matlab_mobile_with_the_sensor_before_the_stamp() {
    let table = |sensor: &str, factor: f64| {
        let rows = lines(500, |n| {
            let at = clock("2023-03-21T11:25:44", n as i64 * 20);
            format!("21-Mar-2023 {},{}", &at[11..], xyz_times(n, factor))
        });
        format!("{sensor}_Timestamp,X,Y,Z\n{rows}")
    };
    let outcome = read_made("walk.csv", table("Acceleration", 9.81)).unwrap();
    assert_eq!(outcome.info.format, "matlab_mobile");
    assert_eq!(outcome.survey.unit, AccelUnit::MetresPerSecondSquared);
    let error = refusal("walk.csv", table("AngularVelocity", 9.81));
    assert_eq!(error.code(), "not_acceleration");
}

/// A phone in the hand of a runner, in g: it swings at three steps a second and never rests.
fn running(n: usize) -> [f64; 3] {
    let phase = n as f64 * 0.02 * 3.0 * std::f64::consts::TAU;
    let [x, y, z] = g(n);
    [
        x + 2.2 * phase.sin(),
        y + 2.6 * (phase + 0.7).cos(),
        z + 1.1 * (2.0 * phase).sin(),
    ]
}

#[test]
fn a_unit_by_name_holds_for_a_runner_who_never_rests() {
    let rows = lines(3_000, |n| {
        let at = clock("2023-03-21T11:25:44", n as i64 * 20);
        let [x, y, z] = running(n).map(|v| v * 9.81);
        format!("21-Mar-2023 {},{x:.6},{y:.6},{z:.6}", &at[11..])
    });
    let outcome = read_made("run.csv", format!("Acceleration_Timestamp,X,Y,Z\n{rows}")).unwrap();
    assert_eq!(outcome.survey.unit, AccelUnit::MetresPerSecondSquared);
    let warned = |w: &String| w.contains("never rests");
    assert!(
        outcome.survey.warnings.iter().any(warned),
        "{:?}",
        outcome.survey.warnings
    );
}

#[test]
fn physics_toolbox_without_g_force_is_linear() {
    let table = |first: &str, last: &str| {
        let rows = lines(500, |n| {
            let at = n as f64 * 0.01;
            format!(
                "{at:.6},{},-0.3946,-0.1075,-0.2963,-16.7490,0.0930,-51.3240{last}",
                xyz_times(n, 0.8)
            )
        });
        format!("{first}time,ax,ay,az,wx,wy,wz,Bx,By,Bz{last}\n{rows}")
    };
    let outcome = read_made("multi.csv", table("\n", ",")).unwrap();
    assert_eq!(outcome.info.format, "physics_toolbox");
    assert_eq!(outcome.survey.unit, AccelUnit::MetresPerSecondSquared);
    assert_eq!(outcome.survey.gravity, GravityState::Removed);
    // without the app's marks the names could be anybody's
    for other in [table("", ","), table("\n", "")] {
        let read = read_made("multi.csv", other);
        assert!(read.is_err() || read.is_ok_and(|o| o.info.format == "generic_table"));
    }
}

#[test]
fn a_semicolon_that_ends_the_lines_of_a_comma_table() {
    let row = |n: usize| {
        format!(
            "1600,A,{},{}",
            252_207_666_810_782 + n as u64 * 50_000_000,
            xyz_times(n, 9.81)
        )
    };
    let options = ReadOptions::default();
    let ended = crate::made::read_made_with(
        "data_1600_accel_watch.txt",
        lines(40_000, |n| row(n) + ";"),
        &options,
    )
    .unwrap();
    let plain = read_made("data_1600_accel_watch.txt", lines(40_000, row)).unwrap();
    assert_eq!(ended.samples, plain.samples);
    assert_eq!(ended.survey.unit, AccelUnit::MetresPerSecondSquared);
    assert!(
        ended
            .info
            .decisions
            .iter()
            .any(|d| d.value.contains("semicolon"))
    );
}
