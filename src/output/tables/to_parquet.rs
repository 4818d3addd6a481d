//! Frames as Parquet, with types and Snappy compression, which every reader knows.

use std::io::{self, Write};

use polars::prelude::{DataFrame, ParquetCompression, ParquetWriter, PolarsResult};

use super::error::WriteTableError;
use super::frame::{of_no_trace, of_rows, of_trace};
use crate::output::rows::{Row, Trace, TraceRow};

/// How many seconds of a trace are held as a frame at once (nine hours): memory does not grow with the study, and a
/// night is one row group of the Parquet file.
const SECONDS_AT_ONCE: usize = 32_768;

/// Writes rows as Parquet; text as it is.
pub fn write_parquet<R: Row>(rows: &[R], into: impl Write) -> Result<(), WriteTableError> {
    watched(R::TABLE, into, |into| {
        parquet([of_rows(rows)].into_iter(), into)
    })
}

/// Writes traces, one below the other, as Parquet in the columns of [`TraceRow`].
pub fn write_traces_parquet(traces: &[Trace], into: impl Write) -> Result<(), WriteTableError> {
    watched(TraceRow::TABLE, into, |into| parquet(frames(traces), into))
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
    write(&mut into).map_err(|source| match into.error.take() {
        Some(error) => WriteTableError::of_place(table, error),
        None => WriteTableError::of_table(table, source),
    })
}

/// The traces piece by piece; at least one frame, so that an empty table has its columns.
fn frames(traces: &[Trace]) -> impl Iterator<Item = PolarsResult<DataFrame>> {
    let pieces = traces.iter().flat_map(move |trace| {
        (0..trace.len())
            .step_by(SECONDS_AT_ONCE)
            .map(move |start| (trace, start..trace.len().min(start + SECONDS_AT_ONCE)))
    });
    let mut pieces = pieces.peekable();
    let none = pieces.peek().is_none().then(of_no_trace);
    none.into_iter()
        .chain(pieces.map(move |(trace, seconds)| of_trace(trace, seconds)))
}

/// On one thread: tables are small, and a pool of threads costs more memory than they do.
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
