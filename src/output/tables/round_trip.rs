//! What is written is read back as it was, and a table that is not ours is refused with its line.

use std::error::Error;
use std::io;

use expect_test::expect;
use polars::prelude::{DataType, ParquetReader, SerReader};
use proptest::prelude::*;

use super::*;
use crate::model::body::{Leg, Placement};
use crate::model::movement::MovementClass;
use crate::model::quality::Grade;
use crate::model::span::SpanKind;
use crate::output::rows::{FileRow, MovementRow, NightRow, PLM_INDEX, Row, SpanRow, Trace, settle};

fn movement() -> MovementRow {
    MovementRow {
        night: "2024-05-01".into(),
        leg: Some(Leg::Left),
        class: MovementClass::LegMovement,
        onset_utc: "2024-05-01T22:30:00.25Z".parse().ok(),
        onset_local: "2024-05-02T00:30:00.25+02:00".parse().ok(),
        onset_s: 12.5,
        end_s: 15.625,
        duration_s: 3.125,
        peak_mg: Some(184.04),
        area_mg_s: Some(210.0),
        floor_mg: Some(3.1),
        net_tilt_deg: Some(-0.04),
        held_tilt_deg: None,
        fast_share: Some(0.25),
        bursts: Some(2),
        in_bed: true,
        stage: None,
        candidate: true,
        plm: false,
        plm_aasm: true,
        series: None,
        series_aasm: Some(1),
        imi_s: Some(8.3),
        combined_id: Some(4),
        why: "IMI 8.3 s".into(),
        why_aasm: "series of 4".into(),
    }
}

fn csv_of<R: Row>(rows: &[R]) -> String {
    let mut bytes = Vec::new();
    write_csv(rows, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_movement_as_it_is_written() {
    let mut rows = [movement()];
    settle(&mut rows);
    expect![[r#"
        night,leg,class,onset_utc,onset_local,onset_s,end_s,duration_s,peak_mg,area_mg_s,floor_mg,net_tilt_deg,held_tilt_deg,fast_share,bursts,in_bed,stage,candidate,plm,plm_aasm,series,series_aasm,imi_s,combined_id,why,why_aasm
        2024-05-01,L,lm,2024-05-01T22:30:00.250Z,2024-05-02T00:30:00.250+02:00,12.5,15.625,3.125,184.0,210.0,3.1,0.0,,0.25,2,true,,true,false,true,,1,8.3,4,IMI 8.3 s,series of 4
    "#]]
    .assert_eq(&csv_of(&rows));
}

#[test]
fn every_table_comes_back() {
    fn comes_back<R: Row + PartialEq + std::fmt::Debug>(mut rows: Vec<R>) {
        settle(&mut rows);
        let read: Vec<R> = read_csv(csv_of(&rows).as_bytes()).unwrap();
        assert_eq!(read, rows);
        assert_eq!(read_csv::<R>(csv_of::<R>(&[]).as_bytes()).unwrap(), []);
    }
    comes_back(vec![movement()]);
    comes_back(vec![NightRow {
        night: "1".into(),
        placement: Placement::Ankle,
        grade: Some(Grade::B),
        label: PLM_INDEX.into(),
        plm_per_h: Some(12.345),
        reasons: Some("Only 3.2 h, of 7 wanted; \"short\"\nsecond line".into()),
        ..NightRow::default()
    }]);
    comes_back(vec![SpanRow {
        night: "1".into(),
        leg: None,
        kind: SpanKind::InBed,
        start_utc: None,
        start_local: "2024-05-02T00:30:00".parse().ok(),
        start_s: 0.0,
        end_s: 1e7,
        duration_s: 1e7,
    }]);
    comes_back(vec![
        FileRow {
            file: "=cmd|' /C calc'!A0.csv".into(),
            n_samples: Some(1_260_000),
            ..FileRow::default()
        },
        FileRow {
            file: "'@\u{202e}émoji 🦵.csv".into(),
            sha256: Some(String::new()),
            ..FileRow::default()
        },
    ]);
}

#[test]
fn a_file_named_like_a_formula_is_text() {
    let row = FileRow {
        file: "=HYPERLINK(\"x\")".into(),
        outcome: "analysed".into(),
        ..FileRow::default()
    };
    let csv = csv_of(&[row]);
    assert!(csv.contains("\n\"'=HYPERLINK(\"\"x\"\")\","), "{csv}");
}

proptest! {
    #[test]
    fn any_text_and_any_number_come_back(
        text in "\\PC{0,12}|['=+@\\-\"\n\r\t,; a]{0,6}",
        number in proptest::num::f64::ANY,
        onset in -1e9..1e9_f64,
    ) {
        let mut rows = [MovementRow { why: text, peak_mg: Some(number), onset_s: onset, ..movement() }];
        settle(&mut rows);
        let read: Vec<MovementRow> = read_csv(csv_of(&rows).as_bytes()).unwrap();
        prop_assert_eq!(&read[..], &rows[..]);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_csv::<MovementRow>(&bytes[..]);
        let mut with_header = b"night,leg,second_s,max_mg\n".to_vec();
        with_header.extend(bytes);
        let _ = read_traces(&with_header[..]);
    }
}

#[test]
fn a_wrong_cell_is_named_with_its_line() {
    let csv = csv_of(&[movement(), movement()]).replacen("IMI 8.3 s,s", "\"two\nlines\",s", 1);
    let broken = csv.rsplit_once(",8.3,").unwrap();
    let broken = format!("{},eight,{}", broken.0, broken.1);
    let error = read_csv::<MovementRow>(broken.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 4 of the table movements cannot be understood"
    );
    assert_eq!(
        error.source().unwrap().to_string(),
        "column imi_s holds \"eight\", expected a number with a decimal point"
    );
}

#[test]
fn another_file_is_refused_by_its_first_line() {
    let error = read_csv::<NightRow>("time,x,y,z\n1,2,3,4\n".as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this is no table nights: its first line is \"time,x,y,z\"; give the nights.csv that analyze wrote"
    );
    assert!(read_csv::<NightRow>("".as_bytes()).is_err());
}

#[test]
fn a_table_of_another_version_is_read_as_far_as_it_goes() {
    let csv = "why,new_column,night,class,onset_s,end_s,duration_s,in_bed,candidate,plm,plm_aasm\n\
               ,7,1,knock,1.5,2,0.5,true,false,false,false\n";
    let rows: Vec<MovementRow> = read_csv(csv.as_bytes()).unwrap();
    assert_eq!(rows[0].class, MovementClass::Knock);
    assert_eq!(rows[0].end_s, 2.0);
    assert_eq!(rows[0].imi_s, None);
}

fn traces() -> Vec<Trace> {
    let max = (0..40_000).map(|s| (s % 977) as f32 * 0.25);
    let long = Trace::new("1", Some(Leg::Left), max.clone().collect(), max.collect()).unwrap();
    let holes = vec![1.5, f32::NAN, 2.25];
    let short = Trace::new("1", Some(Leg::Right), holes.clone(), holes).unwrap();
    vec![long, short]
}

#[test]
fn traces_come_back_with_their_holes() {
    let mut bytes = Vec::new();
    write_traces_csv(&traces(), &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count(), 1 + 40_000 + 3);
    assert!(text.ends_with("1,R,0,1.5,1.5\n1,R,1,,\n1,R,2,2.25,2.25\n"));
    let read = read_traces(text.as_bytes()).unwrap();
    let wanted = traces();
    assert_eq!(read[0], wanted[0]);
    assert!(read[1].max_mg[1].is_nan());
    assert_eq!(read[1].max_mg[2], wanted[1].max_mg[2]);

    let mut none = Vec::new();
    write_traces_csv(&[], &mut none).unwrap();
    assert_eq!(none, b"night,leg,second_s,max_mg,median_mg\n");
    let far = "night,leg,second_s,max_mg,median_mg\n1,L,4000000000,1,1\n";
    assert!(read_traces(far.as_bytes()).is_err());
}

#[test]
fn parquet_has_types_and_the_same_values() {
    let mut rows = vec![movement(); 3];
    rows[1].imi_s = None;
    rows[2].why = "=cmd".into();
    settle(&mut rows);
    let mut bytes = Vec::new();
    write_parquet(&rows, &mut bytes).unwrap();
    let mut again = Vec::new();
    write_parquet(&rows, &mut again).unwrap();
    assert_eq!(bytes, again, "the same rows, the same bytes");

    let frame = ParquetReader::new(io::Cursor::new(bytes)).finish().unwrap();
    assert_eq!(frame.shape(), (3, MovementRow::COLUMNS.len()));
    let column = |name: &str| frame.column(name).unwrap();
    assert_eq!(column("plm_aasm").dtype(), &DataType::Boolean);
    assert_eq!(column("series_aasm").dtype(), &DataType::Int64);
    assert_eq!(column("imi_s").dtype(), &DataType::Float64);
    assert_eq!(column("why").dtype(), &DataType::String);
    assert_eq!(column("imi_s").null_count(), 1);
    assert_eq!(column("imi_s").f64().unwrap().get(0), Some(8.3));
    assert_eq!(column("why").str().unwrap().get(2), Some("=cmd"));

    let mut trace = Vec::new();
    write_traces_parquet(&traces(), &mut trace).unwrap();
    let frame = ParquetReader::new(io::Cursor::new(trace)).finish().unwrap();
    assert_eq!(frame.height(), 40_003);
    assert_eq!(frame.column("max_mg").unwrap().null_count(), 1);
}

#[test]
fn a_full_disk_is_told_apart() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let csv = write_csv(&[movement()], Full).unwrap_err();
    assert_eq!(csv.io().unwrap().kind(), io::ErrorKind::StorageFull);
    let parquet = write_parquet(&[movement()], Full).unwrap_err();
    assert_eq!(parquet.io().unwrap().kind(), io::ErrorKind::StorageFull);
}
