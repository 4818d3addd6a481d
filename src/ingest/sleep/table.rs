//! Tables of sleep exports as streams: rows of cells with their line, and a bound on the length of a row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::error::SleepErrorKind;
use crate::ingest::encoding;

/// The longest row: a quotation mark without a partner must not take the memory with it.
const LONGEST_ROW: usize = 16 << 20;

/// A reader that fails when more than a row's worth of bytes was asked for since the budget was renewed.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        let left = self.left.get();
        if read > left {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row of more than 16 MiB: a quotation mark without a partner",
            ));
        }
        self.left.set(left - read);
        Ok(read)
    }
}

/// Rows of a delimited table.
pub struct Rows<'a> {
    reader: csv::Reader<Bounded<&'a mut dyn BufRead>>,
    left: Rc<Cell<usize>>,
    record: csv::ByteRecord,
    first: bool,
}

/// A row: its line and its trimmed cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Cells, without blanks around them.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell at an index; empty when the row is shorter.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// Where a header holds one of these names, whatever its case.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            self.cells
                .iter()
                .position(|cell| cell.eq_ignore_ascii_case(name))
        })
    }
}

impl<'a> Rows<'a> {
    /// The rows of a stream with that delimiter.
    pub fn new(reader: &'a mut dyn BufRead, delimiter: u8) -> Self {
        let left = Rc::new(Cell::new(LONGEST_ROW));
        let inner = Bounded {
            inner: reader,
            left: Rc::clone(&left),
        };
        Self {
            reader: csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(inner),
            left,
            record: csv::ByteRecord::new(),
            first: true,
        }
    }

    /// The next row that is not blank.
    pub fn next(&mut self) -> Result<Option<Row>, SleepErrorKind> {
        loop {
            self.left.set(LONGEST_ROW);
            let more = self
                .reader
                .read_byte_record(&mut self.record)
                .map_err(io_error)?;
            if !more {
                return Ok(None);
            }
            let line = self.record.position().map_or(0, csv::Position::line);
            let mut cells: Vec<String> = self
                .record
                .iter()
                .map(|cell| encoding::decode_cell(cell).trim().to_owned())
                .collect();
            if std::mem::take(&mut self.first)
                && let Some(cell) = cells.first_mut()
            {
                *cell = cell
                    .trim_start_matches('\u{FEFF}')
                    .trim_matches('"')
                    .to_owned();
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Ok(Some(Row { line, cells }));
            }
        }
    }
}

fn io_error(error: csv::Error) -> SleepErrorKind {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            SleepErrorKind::TooLarge {
                what: "a row of more than 16 MiB (a quotation mark without a partner)",
            }
        }
        csv::ErrorKind::Io(error) => SleepErrorKind::Io(error),
        _ => SleepErrorKind::Io(io::ErrorKind::InvalidData.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_quotation_takes_bounded_memory() {
        let mut endless =
            io::BufReader::new(io::Cursor::new(b"a,\"".to_vec()).chain(io::repeat(b'x')));
        let mut rows = Rows::new(&mut endless, b',');
        assert!(matches!(rows.next(), Err(SleepErrorKind::TooLarge { .. })));
    }

    #[test]
    fn blank_rows_and_a_byte_order_mark_are_passed_over() {
        let mut text: &[u8] = b"\xEF\xBB\xBFa,b\n\n,\n1,2\n";
        let mut rows = Rows::new(&mut text, b',');
        assert_eq!(rows.next().unwrap().unwrap().cells, ["a", "b"]);
        assert_eq!(rows.next().unwrap().unwrap().cells, ["1", "2"]);
        assert!(rows.next().unwrap().is_none());
    }
}
