//! Text that is made anew a piece at a time, handed out as it is asked for.

use std::io::{self, Read};

/// Makes text of what it reads.
pub(in crate::ingest) trait Refill {
    /// Reads on and appends what comes of it to `ready`, which is empty; false at the end.
    fn refill(&mut self, ready: &mut Vec<u8>) -> io::Result<bool>;
}

/// The text that comes of it.
pub(in crate::ingest) struct Refilled<T> {
    pub(super) source: T,
    /// What waits to be handed out, from `at` on.
    ready: Vec<u8>,
    at: usize,
    goes_on: bool,
}

impl<T: Refill> Refilled<T> {
    /// The text of a source, with `ready` before it.
    pub(super) fn new(source: T, ready: Vec<u8>) -> Self {
        Self {
            source,
            ready,
            at: 0,
            goes_on: true,
        }
    }
}

impl<T: Refill> Read for Refilled<T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && self.goes_on {
            self.ready.clear();
            self.at = 0;
            self.goes_on = self.source.refill(&mut self.ready)?;
        }
        let ready = &self.ready[self.at..];
        let n = ready.len().min(into.len());
        into[..n].copy_from_slice(&ready[..n]);
        self.at += n;
        Ok(n)
    }
}

/// Reads once, at most `size` bytes, onto the end of `bytes`; how many came.
pub(super) fn read_onto(
    inner: &mut impl Read,
    bytes: &mut Vec<u8>,
    size: usize,
) -> io::Result<usize> {
    let old = bytes.len();
    bytes.resize(old + size, 0);
    let read = inner.read(&mut bytes[old..]);
    bytes.truncate(old + *read.as_ref().unwrap_or(&0));
    read
}
