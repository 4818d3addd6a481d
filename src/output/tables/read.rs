//! CSV tables read back into rows, cell by cell, so that a message can name line and column.
//!
//! A table written by another version may lack columns or have more: what a row can do without is left empty, what it
//! does not know is passed over. A table edited by hand is read as long as its cells hold what their columns say.

use std::fmt;
use std::io::Read;

use super::formula::unguard;
use crate::model::body::Leg;
use crate::output::rows::{Cell, CellError, Column, Kind, Row, Trace, TraceRow};

/// Why a table was not read.
#[derive(Debug)]
pub enum ReadTableError {
    /// It is no CSV, or the disk failed.
    Csv {
        /// Name of the table.
        table: &'static str,
        /// What the CSV reader met, with its place.
        source: csv::Error,
    },
    /// None of the columns of the table is in the header.
    OtherTable {
        /// Name of the table.
        table: &'static str,
        /// What the first line holds.
        header: String,
    },
    /// A cell holds what its column cannot.
    Cell {
        /// Name of the table.
        table: &'static str,
        /// Line in the file, from 1.
        line: u64,
        /// What and where.
        source: CellError,
    },
}

impl ReadTableError {
    /// Whether the disk failed, as against the table.
    pub fn is_io(&self) -> bool {
        matches!(self, Self::Csv { source, .. } if source.is_io_error())
    }
}

impl fmt::Display for ReadTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Csv { table, .. } => write!(f, "the table {table} could not be read as CSV"),
            Self::OtherTable { table, header } => write!(
                f,
                "this is no table {table}: its first line is {header:?}; give the {table}.csv that analyze wrote"
            ),
            Self::Cell { table, line, .. } => {
                write!(f, "line {line} of the table {table} cannot be understood")
            }
        }
    }
}

impl std::error::Error for ReadTableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Csv { source, .. } => Some(source),
            Self::Cell { source, .. } => Some(source),
            Self::OtherTable { .. } => None,
        }
    }
}

/// Rows from a CSV table.
pub fn read_csv<R: Row>(from: impl Read) -> Result<Vec<R>, ReadTableError> {
    let mut rows = Vec::new();
    each_row(from, |row: R| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

/// Traces from a CSV table in the columns of [`TraceRow`]: one for each night and leg, in the order in which they
/// begin. Seconds that no row speaks of are without data.
pub fn read_traces(from: impl Read) -> Result<Vec<Trace>, ReadTableError> {
    let mut traces: Vec<Trace> = Vec::new();
    each_row(from, |row: TraceRow| add_second(&mut traces, row))?;
    Ok(traces)
}

/// The longest trace that is believed, in seconds (60 days): a mistyped second must not ask for all the memory there is.
const LONGEST_S: u32 = 60 * 24 * 3600;

fn add_second(traces: &mut Vec<Trace>, row: TraceRow) -> Result<(), CellError> {
    if row.second_s >= LONGEST_S {
        return Err(CellError {
            column: "second_s",
            seen: Some(row.second_s.to_string()),
            expected: "a second within 60 days of the first",
        });
    }
    let is_of = |trace: &Trace| trace.night == row.night && trace.leg == row.leg;
    // Rows of one trace lie together, so the last trace is the one nearly always.
    let at = traces.iter().rposition(is_of).unwrap_or_else(|| {
        traces.push(empty_trace(row.night.clone(), row.leg));
        traces.len() - 1
    });
    let trace = &mut traces[at];
    let second = row.second_s as usize;
    if trace.len() <= second {
        trace.max_mg.resize(second + 1, f32::NAN);
        trace.median_mg.resize(second + 1, f32::NAN);
    }
    let data = |value: Option<f64>| value.map_or(f32::NAN, |value| value as f32);
    trace.max_mg[second] = data(row.max_mg);
    trace.median_mg[second] = data(row.median_mg);
    Ok(())
}

fn empty_trace(night: String, leg: Option<Leg>) -> Trace {
    Trace {
        night,
        leg,
        max_mg: Vec::new(),
        median_mg: Vec::new(),
    }
}

/// Reads a table and hands on each row.
fn each_row<R: Row>(
    from: impl Read,
    mut take: impl FnMut(R) -> Result<(), CellError>,
) -> Result<(), ReadTableError> {
    let failed = |source| ReadTableError::Csv {
        table: R::TABLE,
        source,
    };
    let mut reader = csv::ReaderBuilder::new().from_reader(from);
    let places = places::<R>(reader.headers().map_err(failed)?)?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(failed)? {
        let cells = R::COLUMNS.iter().zip(&places).map(|(column, place)| {
            let text = place.and_then(|place| record.get(place)).unwrap_or("");
            parse(column, text)
        });
        let row = cells.collect::<Result<_, _>>().and_then(R::from_cells);
        row.and_then(&mut take)
            .map_err(|source| ReadTableError::Cell {
                table: R::TABLE,
                line: record.position().map_or(0, csv::Position::line),
                source,
            })?;
    }
    Ok(())
}

/// Where each column stands in the file.
fn places<R: Row>(header: &csv::StringRecord) -> Result<Vec<Option<usize>>, ReadTableError> {
    let names: Vec<&str> = header
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').trim())
        .collect();
    let places: Vec<Option<usize>> = R::COLUMNS
        .iter()
        .map(|column| names.iter().position(|name| *name == column.name))
        .collect();
    if places.iter().all(Option::is_none) {
        let mut first = names.join(",");
        if let Some((cut, _)) = first.char_indices().nth(60) {
            first.truncate(cut);
        }
        return Err(ReadTableError::OtherTable {
            table: R::TABLE,
            header: first,
        });
    }
    Ok(places)
}

fn parse(column: &Column, text: &str) -> Result<Cell, CellError> {
    let text = match column.kind {
        Kind::Text => unguard(text),
        Kind::Bool | Kind::Integer | Kind::Number => text.trim(),
    };
    column.kind.parse(text).ok_or_else(|| CellError {
        column: column.name,
        seen: Some(text.to_owned()),
        expected: column.kind.expected(),
    })
}
