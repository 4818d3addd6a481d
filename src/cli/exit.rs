//! Exit codes and the way an error reaches the screen.

use std::error::Error as _;
use std::process::ExitCode;

use super::say::to_stderr;
use crate::error::Error;

/// The table that `--help` prints.
pub const EXIT_CODES: &str = "\
Exit codes:
   0  good
   2  a flag or its value cannot be
   3  some of several files failed; the rest is written
  65  the data cannot be read as an accelerometer export
  66  no such file or folder, or nothing in it
  74  reading or writing failed
  75  something else holds what is needed; try again";

/// Prints an error with its causes and gives its exit code.
pub fn report(error: &Error) -> ExitCode {
    to_stderr(&format!("legtrace: {error}"));
    let mut cause = error.source();
    while let Some(inner) = cause {
        to_stderr(&format!("  because: {inner}"));
        cause = inner.source();
    }
    ExitCode::from(error.kind().exit_code())
}
