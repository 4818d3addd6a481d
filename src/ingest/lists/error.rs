//! Why a list was not read: which file, which line, which column, what was found, what was expected.

use std::error::Error;
use std::fmt;
use std::io;

/// A list that was not read.
#[derive(Debug)]
pub struct ListError {
    /// Name of the file, without folders.
    pub file: String,
    /// Line, from 1; `None` when the whole file is meant.
    pub line: Option<u64>,
    /// Name of the column, when one cell is meant.
    pub column: Option<String>,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What is wrong with a list.
#[derive(Debug)]
pub enum Trouble {
    /// The operating system refused.
    Io(io::Error),
    /// Nothing in it.
    Empty,
    /// Not a text that this program reads.
    NoText(&'static str),
    /// A line longer than any row of a list.
    LongLine {
        /// The limit in bytes.
        limit: usize,
    },
    /// Quotes that do not close in their line.
    OpenQuote,
    /// The header lacks a column.
    NoColumn {
        /// What the header holds.
        found: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The header has two columns for one thing.
    TwoColumns {
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A cell is not what its column holds.
    Cell {
        /// What it holds.
        found: String,
        /// What would have been right.
        expected: String,
    },
    /// Numbers that cannot be times in the unit of their columns; a clause.
    Unlikely(String),
    /// A row does not fit with what stands before it.
    Misfit {
        /// What the row says.
        found: String,
        /// What would have been right.
        expected: String,
    },
}

impl ListError {
    /// Whether the operating system refused, rather than the file being wrong.
    pub fn is_io(&self) -> bool {
        matches!(self.trouble, Trouble::Io(_))
    }

    /// A stable word for machines.
    pub fn code(&self) -> &'static str {
        match self.trouble {
            Trouble::Io(_) => "io",
            Trouble::Empty => "empty",
            Trouble::NoText(_) | Trouble::LongLine { .. } => "not_a_list",
            Trouble::NoColumn { .. } | Trouble::TwoColumns { .. } => "needs_columns",
            Trouble::Unlikely(_) => "needs_unit",
            Trouble::OpenQuote | Trouble::Cell { .. } | Trouble::Misfit { .. } => "bad_row",
        }
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        f.write_str(": ")?;
        match &self.trouble {
            Trouble::Io(error) => write!(f, "cannot be read: {error}"),
            Trouble::Empty => f.write_str("is empty; expected a header line and rows"),
            Trouble::NoText(what) => write!(f, "{what}; save it as a CSV file in UTF-8"),
            Trouble::LongLine { limit } => {
                write!(
                    f,
                    "longer than {limit} bytes; this is no list with a row a line"
                )
            }
            Trouble::OpenQuote => f.write_str("a quotation mark that does not close in its line"),
            Trouble::NoColumn { found, expected } => {
                write!(f, "the header reads {found:?}, expected {expected}")
            }
            Trouble::TwoColumns { first, second } => {
                write!(
                    f,
                    "{first:?} and {second:?} name the same thing; remove one of them"
                )
            }
            Trouble::Unlikely(told) => f.write_str(told),
            Trouble::Cell { found, expected } | Trouble::Misfit { found, expected } => {
                write!(f, "found {found:?}, expected {expected}")
            }
        }
    }
}

impl Error for ListError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.trouble {
            Trouble::Io(error) => Some(error),
            _ => None,
        }
    }
}
