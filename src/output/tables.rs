//! Tables: rows to CSV and Parquet, and study tables read back.
//!
//! Writers take any [`std::io::Write`]; the caller sees to temporary names and renaming. The same rows give the same
//! bytes on every machine: no threads, shortest decimal numbers, `\n` ends a line.

mod formula;
mod frame;
mod read;
#[cfg(test)]
mod round_trip;
mod write;

pub use read::{ReadTableError, read_csv, read_traces};
pub use write::{
    WriteTableError, write_csv, write_parquet, write_traces_csv, write_traces_parquet,
};
