//! A table with a header line: columns by name, rows one at a time.

use std::io::{BufReader, Read};

use jiff::SignedDuration;

use super::error::{ListError, Trouble};
use super::line::{Lines, cells};
use super::time;
use crate::ingest::number::{self, Number};
use crate::ingest::table::dialect::{Delimiter, declared_separator};

/// A table whose header has been read.
pub(super) struct Table<R> {
    file: String,
    lines: Lines<BufReader<R>>,
    delimiter: u8,
    header: Vec<String>,
    line: Vec<u8>,
}

/// A column that was found, and its name as the header has it.
#[derive(Debug, Clone)]
pub(super) struct Column {
    at: usize,
    name: String,
}

impl Column {
    /// Times are seconds unless the name says milliseconds: `start_ms`.
    fn is_milliseconds(&self) -> bool {
        self.name.to_ascii_lowercase().ends_with("_ms")
    }
}

impl<R: Read> Table<R> {
    /// Reads as far as the header: the first line that is neither empty nor a comment (`#`), nor a spreadsheet's `sep=;`.
    pub fn new(from: R, file: &str) -> Result<Self, ListError> {
        let mut table = Self {
            file: file.to_owned(),
            lines: Lines::new(BufReader::new(from)),
            delimiter: b',',
            header: Vec::new(),
            line: Vec::new(),
        };
        if !table.next_line()? {
            return Err(table.error(None, None, Trouble::Empty));
        }
        if let Some(what) = no_text(&table.line) {
            return Err(table.error(None, None, Trouble::NoText(what)));
        }
        let stated = match declared_separator(&table.line) {
            Some(Delimiter::Byte(byte)) => Some(byte),
            Some(Delimiter::Blanks) | None => None,
        };
        if stated.is_some() && !table.next_line()? {
            return Err(table.error(None, None, Trouble::Empty));
        }
        let used = || {
            let delimiters = [b'\t', b';', b','];
            delimiters
                .into_iter()
                .find(|byte| table.line.contains(byte))
        };
        table.delimiter = stated.or_else(used).unwrap_or(b',');
        let mut header = Vec::new();
        table.split(&mut header)?;
        table.header = header;
        Ok(table)
    }

    /// The column with one of these names, case and blanks apart; two that both fit are an error.
    pub fn find(&self, names: &[&str]) -> Result<Option<Column>, ListError> {
        let fits = |title: &String| names.iter().any(|name| title.eq_ignore_ascii_case(name));
        let mut fitting = (0..self.header.len()).filter(|&at| fits(&self.header[at]));
        let (first, second) = (fitting.next(), fitting.next());
        if let (Some(first), Some(second)) = (first, second) {
            let trouble = Trouble::TwoColumns {
                first: self.header[first].clone(),
                second: self.header[second].clone(),
            };
            return Err(self.error(Some(self.lines.number()), None, trouble));
        }
        Ok(first.map(|at| Column {
            at,
            name: self.header[at].clone(),
        }))
    }

    /// As [`find`](Self::find), and an error without it; `expected` describes the whole header.
    pub fn need(&self, names: &[&str], expected: &'static str) -> Result<Column, ListError> {
        self.find(names)?.ok_or_else(|| {
            let found = self.header.join(",").chars().take(120).collect();
            let trouble = Trouble::NoColumn { found, expected };
            self.error(Some(self.lines.number()), None, trouble)
        })
    }

    /// The error of a header with a column that a list of these has not.
    pub fn no_list_of(&self, what: &str, other: &Column, expected: &str) -> ListError {
        let found = format!("a column {}", other.name);
        let expected = format!("{expected}; a table with that column is none of {what}");
        self.misfit(found, expected)
    }

    /// The next row that is neither empty nor a comment; false at the end. A row with more cells than the header is an
    /// error: `5,10,7,10` under a start and an end is read as 5 to 10 s and may well say 5.10 to 7.10.
    pub fn next(&mut self, row: &mut Vec<String>) -> Result<bool, ListError> {
        if !self.next_line()? {
            return Ok(false);
        }
        self.split(row)?;
        let n = self.header.len();
        if row.iter().skip(n).any(|cell| !cell.is_empty()) {
            let found = String::from_utf8_lossy(&self.line);
            let advice = match self.delimiter {
                b',' => {
                    "a decimal comma needs semicolons between the cells (or write points), and a cell with a comma in it \
                         quotation marks"
                }
                _ => "a cell with the delimiter in it needs quotation marks",
            };
            return Err(self.misfit(
                found.trim().chars().take(120).collect(),
                format!("{n} cells as in the header; {advice}"),
            ));
        }
        Ok(true)
    }

    /// Line of the row that was read last.
    pub fn number(&self) -> u64 {
        self.lines.number()
    }

    fn next_line(&mut self) -> Result<bool, ListError> {
        loop {
            match self.lines.next(&mut self.line) {
                Ok(false) => return Ok(false),
                Ok(true) => {}
                Err(trouble) => {
                    let line = (!matches!(trouble, Trouble::Io(_))).then(|| self.lines.number());
                    return Err(self.error(line, None, trouble));
                }
            }
            if self.lines.number() == 1 {
                let mark = [0xEF, 0xBB, 0xBF];
                if self.line.starts_with(&mark) {
                    self.line.drain(..mark.len());
                }
            }
            let text = self.line.trim_ascii();
            // Spreadsheets write empty rows as a line of delimiters.
            let blank = text.iter().all(|byte| b",; \t".contains(byte));
            if !blank && text[0] != b'#' {
                return Ok(true);
            }
        }
    }

    fn split(&self, into: &mut Vec<String>) -> Result<(), ListError> {
        cells(&self.line, self.delimiter, into)
            .map_err(|trouble| self.error(Some(self.lines.number()), None, trouble))
    }

    /// The cell of a row; empty when the row is too short for it.
    pub fn cell<'a>(&self, row: &'a [String], column: &Column) -> &'a str {
        row.get(column.at).map_or("", String::as_str)
    }

    /// The cell as a time.
    pub fn seconds(&self, row: &[String], column: &Column) -> Result<SignedDuration, ListError> {
        let cell = self.cell(row, column);
        let decimal = (self.delimiter != b',').then_some(',');
        let (read, expected) = match column.is_milliseconds() {
            true => (
                time::milliseconds(cell, decimal),
                time::EXPECTED_MILLISECONDS,
            ),
            false => (time::seconds(cell, decimal), time::EXPECTED),
        };
        read.ok_or_else(|| self.wrong(cell, column, expected))
    }

    /// The cell as a number; `None` where it is empty.
    pub fn figure(&self, row: &[String], column: &Column) -> Result<Option<f64>, ListError> {
        let cell = self.cell(row, column);
        if cell.is_empty() {
            return Ok(None);
        }
        let mark = match self.delimiter {
            b',' => b'.',
            _ if cell.contains(',') => b',',
            _ => b'.',
        };
        let number = number::parse(cell.as_bytes(), mark).map(Number::to_f64);
        match number.filter(|number| number.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong(cell, column, "a number")),
        }
    }

    /// The error of a cell in the row that was read last.
    pub fn wrong(&self, found: &str, column: &Column, expected: impl Into<String>) -> ListError {
        self.wrong_above(self.number(), found, column, expected)
    }

    /// The error of a cell in a row that was read before.
    pub fn wrong_above(
        &self,
        line: u64,
        found: &str,
        column: &Column,
        expected: impl Into<String>,
    ) -> ListError {
        let trouble = Trouble::Cell {
            found: found.chars().take(60).collect(),
            expected: expected.into(),
        };
        self.error(Some(line), Some(&column.name), trouble)
    }

    /// The error of the row that was read last, which does not fit with what stands before it.
    pub fn misfit(&self, found: String, expected: String) -> ListError {
        self.error(
            Some(self.number()),
            None,
            Trouble::Misfit { found, expected },
        )
    }

    /// The error of numbers that cannot be times in the unit of their columns.
    pub fn unlikely(&self, line: Option<u64>, column: Option<&Column>, told: String) -> ListError {
        let column = column.map(|column| column.name.as_str());
        self.error(line, column, Trouble::Unlikely(told))
    }

    fn error(&self, line: Option<u64>, column: Option<&str>, trouble: Trouble) -> ListError {
        ListError {
            file: self.file.clone(),
            line,
            column: column.map(str::to_owned),
            trouble,
        }
    }
}

/// What the first line shows a file to be that is no text in an encoding read here.
fn no_text(line: &[u8]) -> Option<&'static str> {
    match line {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("is written in UTF-16"),
        [0x1F, 0x8B, ..] => Some("is compressed (gzip)"),
        [b'P', b'K', 3, 4, ..] => Some("is a zip archive or a spreadsheet file"),
        line if line.contains(&0) => Some("is binary"),
        _ => None,
    }
}
