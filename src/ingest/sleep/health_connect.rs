//! Health Connect (Android): `health_connect_export.db`, an SQLite database, mostly inside `Health Connect.zip`.
//!
//! `sleep_session_record_table` has a row a session with its app, `sleep_stages_table` the stages of each, in
//! milliseconds since 1970 (Android's `SleepSessionRecordHelper` and `SleepStageRecordHelper`). Stages are numbered as in
//! `SleepSessionRecord`: 1 awake, 2 sleeping, 3 out of bed, 4 light, 5 deep, 6 REM, 7 awake in bed, 0 unknown.

use std::io::Read as _;

use rusqlite::{Connection, MAIN_DB, Row};

use super::error::SleepErrorKind;
use super::export::{Ends, MOST_INTERVALS, SleepExport, SleepInterval, SleepState, WallClock};
use super::{Head, Source, states};
use crate::model::recording::StampKind;

/// What an SQLite database begins with.
pub const MAGIC: &str = "SQLite format 3";
/// A decade of pulse, steps and sleep takes less; the database is held in memory, since it may lie in an archive.
const MOST_BYTES: u64 = 1 << 30;
/// Bytes of the header that say whether a log lies beside the database (SQLite file format, 1.3.3).
const LOG_BYTES: [usize; 2] = [18, 19];
const NS_PER_MS: i64 = 1_000_000;

/// Whether the head is that of an SQLite database.
pub fn recognises(head: &Head) -> bool {
    head.text.starts_with(MAGIC)
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut bytes = Vec::new();
    source.reader.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(SleepErrorKind::TooLarge {
            what: "a database of more than 1 GiB",
        });
    }
    // In memory there is no log beside it; a database that asks for one would not open.
    for at in LOG_BYTES {
        if let Some(byte) = bytes.get_mut(at) {
            *byte = 1;
        }
    }
    let mut database = Connection::open_in_memory().map_err(broken)?;
    database
        .deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)
        .map_err(broken)?;
    drop(bytes);
    if !has_table(&database, "sleep_session_record_table")? {
        return Err(SleepErrorKind::NotASleepExport {
            seen: "an SQLite database without the table sleep_session_record_table".to_owned(),
        });
    }
    let mut export = SleepExport::new("sleep_health_connect", StampKind::Utc, Ends::Clock);
    let mut odd = 0_u64;
    sessions(&database, &mut export, &mut odd)?;
    if has_table(&database, "sleep_stages_table")? {
        stages(&database, &mut export, &mut odd)?;
    }
    if odd > 0 {
        export.warn(format!(
            "{odd} rows without times, or that end before they start, were left out"
        ));
    }
    Ok(export)
}

fn has_table(database: &Connection, name: &str) -> Result<bool, SleepErrorKind> {
    let known = "SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?1";
    let n: i64 = database
        .query_row(known, [name], |row| row.get(0))
        .map_err(broken)?;
    Ok(n > 0)
}

/// Columns and table of the session's app, where the database names it.
fn app_of(database: &Connection) -> Result<[&'static str; 2], SleepErrorKind> {
    Ok(match has_table(database, "application_info_table")? {
        true => [
            "a.app_name, a.package_name",
            "LEFT JOIN application_info_table a ON a.row_id = s.app_info_id",
        ],
        false => ["NULL, NULL", ""],
    })
}

fn sessions(
    database: &Connection,
    export: &mut SleepExport,
    odd: &mut u64,
) -> Result<(), SleepErrorKind> {
    let [app_columns, app_table] = app_of(database)?;
    let query = format!(
        "SELECT s.start_time, s.end_time, s.start_zone_offset, {app_columns} FROM sleep_session_record_table s {app_table}"
    );
    let word = export.word("session");
    each(database, &query, |row| {
        let source = export.source(&app(row, 3));
        let known = interval(row, SleepState::InBed, word, source);
        match known {
            Some(night) if export.nights.len() < MOST_INTERVALS => export.nights.push(night),
            Some(_) => return Err(too_many()),
            None => *odd += 1,
        }
        Ok(())
    })
}

fn stages(
    database: &Connection,
    export: &mut SleepExport,
    odd: &mut u64,
) -> Result<(), SleepErrorKind> {
    let [app_columns, app_table] = app_of(database)?;
    let query = format!(
        "SELECT t.stage_start_time, t.stage_end_time, s.start_zone_offset, {app_columns}, t.stage_type \
         FROM sleep_stages_table t JOIN sleep_session_record_table s ON s.row_id = t.parent_key {app_table} \
         ORDER BY t.stage_start_time"
    );
    each(database, &query, |row| {
        let source = export.source(&app(row, 3));
        let (state, word) = states::by_google_number(row.get(5).unwrap_or(0));
        let word = export.word(word);
        match interval(row, state, word, source) {
            Some(piece) if export.intervals.len() < MOST_INTERVALS => export.intervals.push(piece),
            Some(_) => return Err(too_many()),
            None => *odd += 1,
        }
        Ok(())
    })
}

fn each(
    database: &Connection,
    query: &str,
    mut with: impl FnMut(&Row) -> Result<(), SleepErrorKind>,
) -> Result<(), SleepErrorKind> {
    let mut statement = database.prepare(query).map_err(broken)?;
    let mut rows = statement.query([]).map_err(broken)?;
    while let Some(row) = rows.next().map_err(broken)? {
        with(row)?;
    }
    Ok(())
}

/// The name of the app in columns `at` and `at + 1`, else its package.
fn app(row: &Row, at: usize) -> String {
    let text = |at: usize| row.get::<_, Option<String>>(at).ok().flatten();
    text(at)
        .filter(|name| !name.is_empty())
        .or_else(|| text(at + 1))
        .unwrap_or_else(|| "Health Connect".to_owned())
}

/// The interval in the first two columns, with the offset in the third.
fn interval(row: &Row, state: SleepState, word: u16, source: u16) -> Option<SleepInterval> {
    let number = |at: usize| row.get::<_, Option<i64>>(at).ok().flatten();
    let start_ns = number(0)?.checked_mul(NS_PER_MS)?;
    let end_ns = number(1)?.checked_mul(NS_PER_MS)?;
    let offset = number(2).and_then(|seconds| i16::try_from(seconds / 60).ok());
    (start_ns <= end_ns).then_some(SleepInterval {
        start_ns,
        end_ns,
        state,
        word,
        source,
        clock: offset.map_or(WallClock::Unknown, WallClock::Offset),
    })
}

fn too_many() -> SleepErrorKind {
    SleepErrorKind::TooLarge {
        what: "more than 4,000,000 sleep stages",
    }
}

fn broken(error: rusqlite::Error) -> SleepErrorKind {
    SleepErrorKind::BrokenDatabase {
        why: error.to_string(),
    }
}
