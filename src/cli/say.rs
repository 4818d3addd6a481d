//! What goes to the screen.
//!
//! `println!` ends the program with a stack trace when the reader of a pipe has gone (`| head`). Here that is no failure:
//! results are in their files, and what was left to say is for nobody.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write as _};

use crate::error::{Error, Kind};

/// Writes to standard output, as `print!` does: `say!("{}\n", path.display())?`.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::cli::say::to_stdout(format_args!($($text)*))
    };
}
pub(super) use say;

/// # Errors
///
/// What keeps standard output from being written, a full disk behind it for one; not that nobody reads it.
pub(super) fn to_stdout(text: Arguments) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    heard(out.write_fmt(text).and_then(|()| out.flush()))
}

fn heard(written: io::Result<()>) -> Result<(), Error> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::new(
            Kind::Io,
            "print",
            format!("Standard output could not be written: {error}."),
        )),
        _ => Ok(()),
    }
}

/// Writes a line to standard error; when that fails there is nobody left to tell.
pub(super) fn to_stderr(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_has_gone_is_no_failure_and_a_full_disk_is() {
        assert!(heard(Ok(())).is_ok());
        assert!(heard(Err(ErrorKind::BrokenPipe.into())).is_ok());
        let full = heard(Err(ErrorKind::StorageFull.into())).unwrap_err();
        assert_eq!(full.kind(), Kind::Io);
    }
}
