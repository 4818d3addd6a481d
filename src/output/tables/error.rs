//! Why a table was not written.

use std::error::Error;
use std::fmt;
use std::io;

/// Why a table was not written.
#[derive(Debug)]
pub struct WriteTableError {
    table: &'static str,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Place(io::Error),
    Table(Box<dyn Error + Send + Sync>),
}

impl WriteTableError {
    /// The place written to refused.
    pub(super) fn of_place(table: &'static str, error: io::Error) -> Self {
        Self {
            table,
            cause: Cause::Place(error),
        }
    }

    /// The writer refused.
    pub(super) fn of_table(table: &'static str, error: impl Error + Send + Sync + 'static) -> Self {
        Self {
            table,
            cause: Cause::Table(Box::new(error)),
        }
    }

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

impl Error for WriteTableError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Cause::Place(error) => Some(error),
            Cause::Table(error) => Some(&**error),
        }
    }
}
