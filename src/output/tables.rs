//! Tables: rows to CSV (csv) and Parquet (polars), and study tables read back (csv).
//!
//! Writers take any [`std::io::Write`]; the caller sees to temporary names and renaming. The same rows give the same
//! bytes on every machine: no threads, shortest decimal numbers, `\n` ends a line.

mod error;
mod formula;
mod frame;
mod read;
#[cfg(test)]
mod round_trip;
mod to_csv;
mod to_parquet;

pub use error::WriteTableError;
pub use read::{ReadTableError, read_csv, read_traces};
pub use to_csv::{write_csv, write_traces_csv};
pub use to_parquet::{write_parquet, write_traces_parquet};
