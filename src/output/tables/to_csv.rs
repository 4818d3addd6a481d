//! Rows as CSV: a header, `,` between cells, quotes where needed, `.` in numbers; nothing for what is missing.

use std::io::{self, Write};

use csv::Writer;
use serde::{Serialize, Serializer};

use super::error::WriteTableError;
use super::formula::guard;
use crate::output::rows::{Cell, Column, Row, Trace, TraceRow};

/// Writes rows as CSV. Text that a spreadsheet would compute gets an apostrophe before it.
pub fn write_csv<R: Row>(rows: &[R], into: impl Write) -> Result<(), WriteTableError> {
    let write = || -> csv::Result<()> {
        let mut writer = begun(into, R::COLUMNS)?;
        for row in rows {
            let cells = (0..R::COLUMNS.len()).map(|index| Guarded(row.cell(index)));
            writer.serialize(cells.collect::<Vec<_>>())?;
        }
        Ok(writer.flush()?)
    };
    write().map_err(|error| failed(R::TABLE, error))
}

/// Writes traces, one below the other, as CSV in the columns of [`TraceRow`].
pub fn write_traces_csv(traces: &[Trace], into: impl Write) -> Result<(), WriteTableError> {
    let write = || -> csv::Result<()> {
        let mut writer = begun(into, TraceRow::COLUMNS)?;
        for trace in traces {
            let night = guard(&trace.night);
            let leg = trace.leg.map(|leg| leg.letter());
            let values = trace.max_mg.iter().zip(&trace.median_mg);
            for (second, (&max, &median)) in values.enumerate() {
                writer.serialize((&night, leg, second, data(max), data(median)))?;
            }
        }
        Ok(writer.flush()?)
    };
    write().map_err(|error| failed(TraceRow::TABLE, error))
}

/// A writer that has written the header.
fn begun<W: Write>(into: W, columns: &[Column]) -> csv::Result<Writer<W>> {
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(into);
    writer.write_record(columns.iter().map(|column| column.name))?;
    Ok(writer)
}

/// No value where there is no data, and no negative zero.
fn data(value: f32) -> Option<f32> {
    value.is_finite().then_some(value + 0.0)
}

fn failed(table: &'static str, error: csv::Error) -> WriteTableError {
    let told = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => WriteTableError::of_place(table, error),
        _ => WriteTableError::of_table(table, io::Error::other(told)),
    }
}

/// A cell that no spreadsheet computes.
struct Guarded(Cell);

impl Serialize for Guarded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Cell::Missing => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(&guard(text)),
            Cell::Bool(flag) => serializer.serialize_bool(*flag),
            Cell::Integer(number) => serializer.serialize_i64(*number),
            Cell::Number(number) => serializer.serialize_f64(*number),
        }
    }
}
