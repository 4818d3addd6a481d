//! Frames as CSV and Parquet.

use std::fmt;
use std::io::{self, Write};

use polars::prelude::{
    CsvWriter, DataFrame, ParquetCompression, ParquetWriter, PolarsError, PolarsResult, SerWriter,
};

use super::frame::{Texts, of_no_trace, of_rows, of_trace};
use crate::output::rows::{Row, Trace, TraceRow};

/// How many seconds of a trace are held as a frame at once (nine hours): memory does not grow with the study, and a
/// night is one row group of the Parquet file.
const SECONDS_AT_ONCE: usize = 32_768;

/// Why a table was not written.
#[derive(Debug)]
pub struct WriteTableError {
    table: &'static str,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Place(io::Error),
    Table(PolarsError),
}

impl WriteTableError {
    /// What the place written to said (disk full, no permission), when that was the reason.
    pub fn io(&self) -> Option<&io::Error> {
        match &self.cause {
            Cause::Place(error) => Some(error),
            Cause::Table(_) => None,
        }
    }
}

impl fmt::Display for WriteTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the table {} could not be written", self.table)
    }
}

impl std::error::Error for WriteTableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Place(error) => Some(error),
            Cause::Table(error) => Some(error),
        }
    }
}

/// Keeps the error of the place written to, which polars turns into text on the way.
struct Watched<W> {
    into: W,
    error: Option<io::Error>,
}

impl<W> Watched<W> {
    fn keep<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| {
            let kind = error.kind();
            self.error = Some(error);
            kind.into()
        })
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.into.write(bytes);
        self.keep(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.into.flush();
        self.keep(result)
    }
}

/// Runs a writer of polars on `into`.
fn watched<W: Write>(
    table: &'static str,
    into: W,
    write: impl FnOnce(&mut Watched<W>) -> PolarsResult<()>,
) -> Result<(), WriteTableError> {
    let mut into = Watched { into, error: None };
    write(&mut into).map_err(|source| WriteTableError {
        table,
        cause: match into.error.take() {
            Some(error) => Cause::Place(error),
            None => Cause::Table(source),
        },
    })
}

/// Writes rows as CSV: a header, `,` between cells, quotes where needed, `.` in numbers; empty cells for what is
/// missing. Text that a spreadsheet would compute gets an apostrophe before it.
pub fn write_csv<R: Row>(rows: &[R], into: impl Write) -> Result<(), WriteTableError> {
    watched(R::TABLE, into, |into| {
        csv(into, true).finish(&mut of_rows(rows, Texts::Guarded)?)
    })
}

/// Writes rows as Parquet with types and Snappy compression, which every reader knows; text as it is.
pub fn write_parquet<R: Row>(rows: &[R], into: impl Write) -> Result<(), WriteTableError> {
    watched(R::TABLE, into, |into| {
        parquet([of_rows(rows, Texts::AsIs)].into_iter(), into)
    })
}

/// Writes traces, one below the other, as CSV in the columns of [`TraceRow`].
pub fn write_traces_csv(traces: &[Trace], into: impl Write) -> Result<(), WriteTableError> {
    watched(TraceRow::TABLE, into, |into| {
        let mut frames = frames(traces, Texts::Guarded).enumerate();
        frames.try_for_each(|(at, frame)| csv(&mut *into, at == 0).finish(&mut frame?))
    })
}

/// Writes traces, one below the other, as Parquet in the columns of [`TraceRow`].
pub fn write_traces_parquet(traces: &[Trace], into: impl Write) -> Result<(), WriteTableError> {
    watched(TraceRow::TABLE, into, |into| {
        parquet(frames(traces, Texts::AsIs), into)
    })
}

/// The traces piece by piece; at least one frame, so that an empty table has its columns.
fn frames(traces: &[Trace], texts: Texts) -> impl Iterator<Item = PolarsResult<DataFrame>> {
    let pieces = traces.iter().flat_map(move |trace| {
        (0..trace.len())
            .step_by(SECONDS_AT_ONCE)
            .map(move |start| (trace, start..trace.len().min(start + SECONDS_AT_ONCE)))
    });
    let mut pieces = pieces.peekable();
    let none = pieces.peek().is_none().then(of_no_trace);
    none.into_iter()
        .chain(pieces.map(move |(trace, seconds)| of_trace(trace, seconds, texts)))
}

/// One thread: tables are small, and a pool of threads costs more memory than they do.
fn csv<W: Write>(into: W, header: bool) -> CsvWriter<W> {
    CsvWriter::new(into).include_header(header).n_threads(1)
}

fn parquet(
    frames: impl Iterator<Item = PolarsResult<DataFrame>>,
    into: impl Write,
) -> PolarsResult<()> {
    let mut frames = frames.peekable();
    let Some(Ok(first)) = frames.peek() else {
        return frames.next().map_or(Ok(()), |first| first.map(drop));
    };
    let mut writer = ParquetWriter::new(into)
        .with_compression(ParquetCompression::Snappy)
        .set_parallel(false)
        .batched(first.schema())?;
    frames.try_for_each(|frame| writer.write_batch(&frame?))?;
    writer.finish().map(drop)
}
