//! A table as a source of rows.

use super::ahead::Ahead;
use super::chunks::Chunks;
use super::parser::RowParser;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::rows::{RowSource, Rows};

/// More empty lines in a row than this are no table: somebody packed nothing.
const EMPTY_BYTES: usize = 4 << 20;

/// Chunk by chunk through the parser: the head on this thread, what follows on several.
pub(in crate::ingest) struct TableRows {
    chunks: Chunks,
    parser: RowParser,
    chunk: Vec<u8>,
    /// Lines before those that were handed on next.
    lines: u64,
    /// Bytes since the last line that held anything.
    empty: usize,
    threads: Threads,
    /// Rows before those that are handed on next, for files without a clock.
    rows_before: i64,
    /// Whether there is more to cut.
    cutting: bool,
    /// What cutting met, told once the rows before are handed on.
    failed: Option<ReadError>,
}

enum Threads {
    NotYet,
    /// There are none to be had.
    Never,
    Running(Ahead),
}

impl TableRows {
    /// The table in these chunks, the first of whose lines has this number.
    pub(in crate::ingest) fn new(chunks: Chunks, parser: RowParser, first_line: u64) -> Self {
        Self {
            chunks,
            parser,
            chunk: Vec::new(),
            lines: first_line.saturating_sub(1),
            empty: 0,
            threads: Threads::NotYet,
            rows_before: 0,
            cutting: true,
            failed: None,
        }
    }

    /// Threads once the head is through and the parser has nothing left to settle.
    fn ahead(&mut self) -> Option<&mut Ahead> {
        if matches!(self.threads, Threads::NotYet)
            && self.chunks.is_past_head()
            && self.parser.is_settled()
        {
            self.threads = Ahead::start(&self.parser).map_or(Threads::Never, Threads::Running);
        }
        match &mut self.threads {
            Threads::Running(ahead) => Some(ahead),
            _ => None,
        }
    }

    fn next_here(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        rows.clear();
        if !self.chunks.next(&mut self.chunk)? {
            return Ok(false);
        }
        watch_empty(&mut self.empty, &self.chunk)?;
        self.parser.read(&self.chunk, rows);
        Ok(true)
    }

    /// Keeps the threads fed and takes the rows of the oldest chunk.
    fn next_ahead(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        let Threads::Running(ahead) = &mut self.threads else {
            return Ok(false);
        };
        while self.cutting && ahead.has_room() {
            let mut job = ahead.spare();
            let cut = self.chunks.next(&mut job.chunk).and_then(|more| {
                watch_empty(&mut self.empty, &job.chunk)?;
                Ok(more)
            });
            self.cutting = matches!(cut, Ok(true));
            match cut {
                Ok(true) => ahead.give(job),
                Ok(false) => {}
                Err(error) => self.failed = Some(error),
            }
        }
        if !ahead.is_busy() {
            rows.clear();
            return self.failed.take().map_or(Ok(false), Err);
        }
        let mut job = ahead.take();
        std::mem::swap(rows, &mut job.rows);
        ahead.put_back(job);
        Ok(true)
    }
}

/// Refuses empty lines without end.
fn watch_empty(empty: &mut usize, chunk: &[u8]) -> ReadResult<()> {
    if !chunk.iter().all(u8::is_ascii_whitespace) {
        *empty = 0;
        return Ok(());
    }
    *empty += chunk.len();
    if *empty > EMPTY_BYTES {
        return Err(ReadError::new(
            Refusal::Damaged,
            "Millions of empty lines follow each other, which no export writes. Copy or export it again.",
        )
        .at_line(1));
    }
    Ok(())
}

impl RowSource for TableRows {
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        let more = match self.ahead() {
            Some(_) => self.next_ahead(rows),
            None => self.next_here(rows),
        };
        let more = more.map_err(|error| error.further_down(self.lines))?;
        if self.parser.counts_rows() {
            self.rows_before = rows.number_from(self.rows_before);
        }
        rows.further_down(self.lines);
        self.lines += rows.lines;
        Ok(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::table::dialect::{DecimalMark, Delimiter, Dialect};
    use crate::ingest::table::stamp_column::StampColumn;
    use crate::ingest::time::stamp::StampParser;
    use std::io::Cursor;

    fn parser(clock: Option<&str>) -> RowParser {
        let dialect = Dialect {
            delimiter: Delimiter::Byte(b','),
            decimal: DecimalMark::Point,
        };
        let stamp = clock.map(|format| {
            StampColumn::new(0, StampParser::new(&format.parse().unwrap(), b'.').unwrap())
        });
        RowParser::new(dialect, [1, 2, 3], stamp, None)
    }

    /// Rows of a text whose head of so many bytes was read before.
    fn rows_of(text: &str, head: usize, clock: Option<&str>) -> (Rows, ReadResult<()>) {
        let rest: crate::ingest::container::Stream =
            Box::new(Cursor::new(text.as_bytes()[head..].to_vec()));
        let chunks = Chunks::new(text.as_bytes()[..head].to_vec(), Some(rest));
        let mut table = TableRows::new(chunks, parser(clock), 1);
        let (mut all, mut rows) = (Rows::default(), Rows::default());
        loop {
            match table.next_rows(&mut rows) {
                Ok(true) => {
                    all.stamp.extend(&rows.stamp);
                    all.axes.extend(&rows.axes);
                    all.line.extend(&rows.line);
                    all.skipped += rows.skipped;
                    all.unparsable += rows.unparsable;
                }
                Ok(false) => return (all, Ok(())),
                Err(error) => return (all, Err(error)),
            }
        }
    }

    fn long_text() -> String {
        (0..200_000)
            .map(|n| match n % 977 {
                13 => "a word,of,some,kind\n".to_owned(),
                14 => "\n".to_owned(),
                _ => format!("{n},0.{:03},-1.5,{}e-2\n", n % 1000, n % 7),
            })
            .collect()
    }

    #[test]
    fn rows_read_ahead_are_those_read_at_once() {
        let text = long_text();
        for clock in [Some("elapsed-ms"), None] {
            let (ahead, _) = rows_of(&text, 4_096, clock);
            // the whole text is the head: nothing is left for threads
            let (here, _) = rows_of(&text, text.len(), clock);
            assert_eq!(ahead.stamp, here.stamp);
            assert_eq!(ahead.axes, here.axes);
            assert_eq!(ahead.line, here.line);
            assert_eq!(
                (ahead.skipped, ahead.unparsable),
                (here.skipped, here.unparsable)
            );
            let empty = (0..200_000).filter(|n| n % 977 == 14).count();
            assert_eq!(ahead.len() + ahead.unparsable as usize, 200_000 - empty);
        }
    }

    #[test]
    fn an_error_comes_after_the_rows_before_it() {
        let mut text = long_text();
        text.push_str("1,2,3,4\n\0\n");
        let (rows, end) = rows_of(&text, 4_096, Some("elapsed-ms"));
        let error = end.unwrap_err();
        assert_eq!((error.code(), error.line()), ("damaged", Some(200_002)));
        assert!(rows.len() > 190_000);
    }
}
