//! Health Connect's database, made by the test in Android's own table shapes.

use legtrace::ingest::sleep::{MaskOptions, SleepExport, SleepOptions, open};
use legtrace::model::clock::RecordingClock;
use legtrace::model::recording::StampKind;
use rusqlite::Connection;

use super::instant;
use crate::made::Folder;

const TABLES: &str = "
CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY AUTOINCREMENT, package_name TEXT NOT NULL UNIQUE, app_name TEXT);
CREATE TABLE sleep_session_record_table (row_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB UNIQUE NOT NULL,
  last_modified_time INTEGER, app_info_id INTEGER, start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER,
  end_zone_offset INTEGER, local_date INTEGER, notes TEXT, title TEXT);
CREATE TABLE sleep_stages_table (parent_key INTEGER NOT NULL, stage_start_time INTEGER NOT NULL, stage_end_time INTEGER NOT NULL,
  stage_type INTEGER NOT NULL);
CREATE TABLE steps_record_table (row_id INTEGER PRIMARY KEY, count INTEGER);
INSERT INTO application_info_table VALUES (1, 'com.example.ring', 'Ring'), (2, 'com.example.watch', NULL);";

/// 2024-05-07 23:00 in Berlin, in milliseconds.
fn bedtime_ms() -> i64 {
    instant("2024-05-07T21:00:00Z") / 1_000_000
}

/// A database of one night by two apps, as a file of this folder.
fn database(folder: &Folder, name: &str, also: &str) -> std::path::PathBuf {
    let path = folder.path().join(name);
    let made = Connection::open(&path).expect("a database");
    made.execute_batch(TABLES).expect("its tables");
    let start = bedtime_ms();
    let minute = |m: i64| start + m * 60_000;
    made.execute_batch(&format!(
        "INSERT INTO sleep_session_record_table (uuid, app_info_id, start_time, start_zone_offset, end_time, end_zone_offset)
           VALUES (x'01', 1, {}, 7200, {}, 7200), (x'02', 2, {}, 7200, {}, 7200);
         INSERT INTO sleep_stages_table VALUES
           (1, {}, {}, 7), (1, {}, {}, 4), (1, {}, {}, 5), (1, {}, {}, 3), (1, {}, {}, 6), (2, {}, {}, 2);{also}",
        minute(0), minute(480), minute(5), minute(470),
        minute(0), minute(20), minute(20), minute(120), minute(120), minute(200), minute(200), minute(205),
        minute(205), minute(480), minute(5), minute(470),
    ))
    .expect("its rows");
    path
}

fn opened(path: &std::path::Path) -> SleepExport {
    open(path, &SleepOptions::default()).expect("a sleep export")
}

/// Minutes and stages over a recording of eight hours from 23:00 in Berlin.
fn stages(export: &SleepExport) -> Vec<(i64, i64, &'static str)> {
    let clock = RecordingClock::new(bedtime_ms() * 1_000_000, StampKind::Utc, None);
    let mask = export
        .mask(
            &clock,
            jiff::SignedDuration::from_hours(8),
            &MaskOptions::default(),
        )
        .expect("a fit");
    assert_eq!(mask.source, "Ring");
    let minutes = |at: jiff::SignedDuration| at.as_mins();
    mask.stages
        .iter()
        .map(|piece| (minutes(piece.start), minutes(piece.end), piece.stage.name()))
        .collect()
}

const NIGHT: [(i64, i64, &str); 5] = [
    (0, 20, "W"),
    (20, 120, "light"),
    (120, 200, "N3"),
    (200, 205, "W"),
    (205, 480, "R"),
];

#[test]
fn sessions_and_stages_are_read() {
    let folder = Folder::new();
    let export = opened(&database(&folder, "health_connect_export.db", ""));
    assert_eq!(export.format, "sleep_health_connect");
    assert_eq!(export.nights.len(), 2);
    // An app without a name goes by its package.
    assert_eq!(export.sources, ["Ring", "com.example.watch"]);
    assert_eq!(stages(&export), NIGHT);
}

#[test]
fn a_database_in_an_archive_or_with_a_log_beside_it_is_read() {
    use std::io::Write as _;
    let folder = Folder::new();
    let path = database(&folder, "log.db", "PRAGMA journal_mode = WAL;");
    assert_eq!(stages(&opened(&path)), NIGHT);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(
            "health_connect_export.db",
            zip::write::SimpleFileOptions::default(),
        )
        .expect("a member");
    archive
        .write_all(&std::fs::read(&path).expect("the database"))
        .expect("its bytes");
    let bytes = archive.finish().expect("an archive").into_inner();
    let zipped = folder.file("Health Connect.zip", bytes);
    assert_eq!(stages(&opened(&zipped)), NIGHT);
}

#[test]
fn rows_without_times_are_left_out_and_told() {
    let folder = Folder::new();
    let also = "INSERT INTO sleep_session_record_table (uuid, app_info_id, start_time, end_time) VALUES (x'03', 1, NULL, 5);
         INSERT INTO sleep_stages_table VALUES (1, 9000, 1000, 4);";
    let export = opened(&database(&folder, "odd.db", also));
    assert!(
        export
            .warnings
            .iter()
            .any(|warning| warning.starts_with("2 rows")),
        "{:?}",
        export.warnings
    );
    assert_eq!(stages(&export), NIGHT);
}

#[test]
fn a_torn_database_and_another_one_are_refused() {
    let folder = Folder::new();
    let whole = std::fs::read(database(&folder, "whole.db", "")).expect("its bytes");
    let code = |name: &str, bytes: &[u8]| {
        let path = folder.file(name, bytes);
        open(&path, &SleepOptions::default())
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!(code("torn.db", &whole[..whole.len() / 2]), Err("damaged"));
    let mut spoilt = whole.clone();
    spoilt[100..2_000].fill(0x5a);
    assert_eq!(code("spoilt.db", &spoilt), Err("damaged"));
    let other = folder.path().join("other.db");
    Connection::open(&other)
        .and_then(|db| db.execute_batch("CREATE TABLE moods (mood TEXT)"))
        .expect("another database");
    let other = std::fs::read(other).expect("its bytes");
    assert_eq!(code("moods.db", &other), Err("not_a_sleep_export"));
}
