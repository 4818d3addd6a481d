//! Why a diary could not be read at all. A single cell never is a reason: it becomes a remark.

use std::{error, fmt, io};

use super::column::names_that_say_something;
use super::remark::shown;

/// Why a diary could not be read.
#[derive(Debug)]
pub enum DiaryError {
    /// The file could not be opened or read.
    Io(io::Error),
    /// A folder, not a file.
    IsFolder,
    /// More bytes than any diary has.
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// A spreadsheet's own file, or a document.
    NotText {
        /// What it is.
        what: &'static str,
    },
    /// Nothing but comments and blank lines.
    Empty,
    /// No header with a date column in the first lines.
    NoDateColumn {
        /// The first filled line.
        line: u64,
        /// Its cells.
        seen: String,
    },
    /// No column besides the date that is known by name.
    NoKnownColumn {
        /// The header's line.
        line: u64,
        /// Its cells.
        seen: String,
    },
    /// No cell tells day from month.
    AmbiguousDateOrder {
        /// Line of the first cell that could be either.
        line: u64,
        /// Its column, from 1.
        column: usize,
        /// The column's header.
        header: String,
        /// The cell.
        seen: String,
    },
    /// One cell can only be day first, another only month first.
    ContradictoryDateOrder {
        /// Line and cell that are day first.
        day_first: (u64, String),
        /// Line and cell that are month first.
        month_first: (u64, String),
    },
}

impl DiaryError {
    /// A stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::IsFolder => "is_folder",
            Self::TooLarge { .. } => "too_large",
            Self::NotText { .. } => "not_text",
            Self::Empty => "empty",
            Self::NoDateColumn { .. } => "no_date_column",
            Self::NoKnownColumn { .. } => "no_known_column",
            Self::AmbiguousDateOrder { .. } => "needs_date_order",
            Self::ContradictoryDateOrder { .. } => "date_order_contradicts",
        }
    }

    /// Whether the disk failed, not the content.
    pub fn is_io(&self) -> bool {
        matches!(self, Self::Io(_))
    }
}

impl fmt::Display for DiaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(_) => f.write_str("the diary could not be read"),
            Self::IsFolder => f.write_str(
                "this is a folder: name the diary itself, a CSV file; `legtrace diary template` writes one to fill in",
            ),
            Self::TooLarge { bytes } => write!(
                f,
                "{bytes} bytes are too many for a diary: is this a recording? A diary is a CSV table with one row a night"
            ),
            Self::NotText { what } => write!(
                f,
                "this is {what}, not a CSV table: open it and save it as CSV (UTF-8)"
            ),
            Self::Empty => f.write_str(
                "the diary holds no rows: `legtrace diary template` writes one to fill in",
            ),
            Self::NoDateColumn { line, seen } => write!(
                f,
                "no date column: line {line} says \"{}\". Name one column \"date\" (the evening of the night) or \"morning\"; \
                 `legtrace diary template` writes a diary to fill in",
                shown(seen)
            ),
            Self::NoKnownColumn { line, seen } => write!(
                f,
                "no column besides the date is known: line {line} says \"{}\". Names that are looked for are {}, and their German \
                 ones; `legtrace diary template` writes a diary to fill in. If all columns are factors of your own, add a column \
                 \"severity\", even an empty one",
                shown(seen),
                names_that_say_something().join(", ")
            ),
            Self::AmbiguousDateOrder {
                line,
                column,
                header,
                seen,
            } => write!(
                f,
                "cannot tell the date order: line {line}, column {column} ({header}) says \"{}\", and no date in the file has a \
                 number above 12 as its day. Add --date-order dmy or --date-order mdy, or write dates as 2024-03-04",
                shown(seen)
            ),
            Self::ContradictoryDateOrder {
                day_first,
                month_first,
            } => write!(
                f,
                "the dates contradict each other: line {} says \"{}\" (the day first), line {} says \"{}\" (the month first). \
                 Write all dates as 2024-03-04",
                day_first.0,
                shown(&day_first.1),
                month_first.0,
                shown(&month_first.1)
            ),
        }
    }
}

impl error::Error for DiaryError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(source) => Some(source),
            _ => None,
        }
    }
}

impl From<io::Error> for DiaryError {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}
