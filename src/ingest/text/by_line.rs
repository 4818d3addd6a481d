//! A text whose lines are written anew one by one, as they are read.

use std::io::{self, Read};

use super::refill::{Refill, Refilled, read_onto};

/// A longer line passes as it is.
pub(super) const LONGEST: usize = 64 * 1024;

/// What becomes of a line.
pub(in crate::ingest) trait MakesRows {
    /// Appends the row of a line without its end; false, with nothing appended, for a line that is none.
    fn row(&self, line: &[u8], into: &mut Vec<u8>) -> bool;
}

/// The text with its rows made, cells apart by tabs. A line stays a line: what is none passes in one cell.
pub(in crate::ingest) struct ByLine<R, M> {
    inner: R,
    makes: M,
    /// What was read and not yet made into rows: less than a line.
    begun: Vec<u8>,
    /// Within a line that is too long to be one.
    passes: bool,
}

impl<R: Read, M: MakesRows> ByLine<R, M> {
    /// A text with such lines, `first` before them.
    pub(super) fn read(inner: R, makes: M, first: Vec<u8>) -> Refilled<Self> {
        let lines = Self {
            inner,
            makes,
            begun: Vec::new(),
            passes: false,
        };
        Refilled::new(lines, first)
    }

    fn row(&mut self, line: &[u8], ready: &mut Vec<u8>) {
        let short = !self.passes && line.len() <= LONGEST;
        self.passes = false;
        if !(short && self.makes.row(line, ready)) {
            let blank = |byte: &u8| if *byte == b'\t' { b' ' } else { *byte };
            ready.extend(line.iter().map(blank));
        }
    }
}

impl<R: Read, M: MakesRows> Refill for ByLine<R, M> {
    fn refill(&mut self, ready: &mut Vec<u8>) -> io::Result<bool> {
        let n = read_onto(&mut self.inner, &mut self.begun, LONGEST)?;
        let begun = std::mem::take(&mut self.begun);
        let mut from = 0;
        for end in memchr::memchr_iter(b'\n', &begun) {
            self.row(&begun[from..end], ready);
            ready.push(b'\n');
            from = end + 1;
        }
        let rest = &begun[from..];
        if !rest.is_empty() && (n == 0 || rest.len() > LONGEST) {
            self.row(rest, ready);
            self.passes = n > 0;
        } else {
            self.begun = rest.to_vec();
        }
        Ok(n > 0)
    }
}
