//! A text whose lines are written anew one by one, as they are read.

use std::io::{self, Read};

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
    /// Rows that wait to be handed out, from `at` on.
    ready: Vec<u8>,
    at: usize,
    /// Within a line that is too long to be one.
    passes: bool,
    ended: bool,
}

impl<R: Read, M: MakesRows> ByLine<R, M> {
    /// A text with such lines, `first` before them.
    pub(super) fn new(inner: R, makes: M, first: Vec<u8>) -> Self {
        Self {
            inner,
            makes,
            begun: Vec::new(),
            ready: first,
            at: 0,
            passes: false,
            ended: false,
        }
    }

    /// Reads on and makes rows of the lines that are whole.
    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.at = 0;
        let old = self.begun.len();
        self.begun.resize(old + LONGEST, 0);
        let n = match self.inner.read(&mut self.begun[old..]) {
            Ok(n) => n,
            Err(error) => {
                self.begun.truncate(old);
                return Err(error);
            }
        };
        self.begun.truncate(old + n);
        self.ended = n == 0;
        let begun = std::mem::take(&mut self.begun);
        let mut from = 0;
        for end in memchr::memchr_iter(b'\n', &begun) {
            self.row(&begun[from..end]);
            self.ready.push(b'\n');
            from = end + 1;
        }
        let rest = &begun[from..];
        if !rest.is_empty() && (self.ended || rest.len() > LONGEST) {
            self.row(rest);
            self.passes = !self.ended;
        } else {
            self.begun = rest.to_vec();
        }
        Ok(())
    }

    fn row(&mut self, line: &[u8]) {
        let short = !self.passes && line.len() <= LONGEST;
        self.passes = false;
        if !(short && self.makes.row(line, &mut self.ready)) {
            let blank = |byte: &u8| if *byte == b'\t' { b' ' } else { *byte };
            self.ready.extend(line.iter().map(blank));
        }
    }
}

impl<R: Read, M: MakesRows> Read for ByLine<R, M> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let ready = &self.ready[self.at..];
        let n = ready.len().min(into.len());
        into[..n].copy_from_slice(&ready[..n]);
        self.at += n;
        Ok(n)
    }
}
