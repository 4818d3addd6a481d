//! A stream of text cut into chunks of whole lines.

use std::io::{self, Read};

use crate::ingest::container::Stream;
use crate::ingest::container::head::stream_error;
use crate::ingest::error::{ReadError, ReadResult, Refusal};

/// A chunk: large enough to keep two cores busy, small enough for their caches.
const CHUNK: usize = 256 * 1024;
/// The longest line that can belong to a table.
const LONGEST_LINE: usize = 1 << 20;

/// Cuts a stream at line ends.
pub(in crate::ingest) struct Chunks {
    stream: Option<Stream>,
    /// Bytes read and not yet handed out: the beginning of a line.
    kept: Vec<u8>,
    /// Number of the first line of the next chunk.
    line: u64,
}

/// Whole lines.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Chunk {
    pub bytes: Vec<u8>,
    /// Number of its first line, from 1.
    pub first_line: u64,
}

impl Chunks {
    /// Cuts `head` and what follows it in `stream`; the first line has this number.
    pub(in crate::ingest) fn new(head: Vec<u8>, stream: Option<Stream>, first_line: u64) -> Self {
        Self {
            stream,
            kept: head,
            line: first_line,
        }
    }

    /// The next whole lines; `false` at the end.
    pub(in crate::ingest) fn next(&mut self, chunk: &mut Chunk) -> ReadResult<bool> {
        chunk.bytes.clear();
        chunk.first_line = self.line;
        loop {
            if let Some(end) = self.cut() {
                chunk.bytes.extend_from_slice(&self.kept[..end]);
                self.kept.drain(..end);
                break;
            }
            if self.kept.len() > LONGEST_LINE {
                self.refuse_zeros(&self.kept)?;
                return Err(ReadError::new(
                    Refusal::NotARecording,
                    format!("A line is longer than {LONGEST_LINE} bytes, so this is no table of samples (one row a sample)."),
                )
                .at_line(self.line));
            }
            if !self.fill()? {
                std::mem::swap(&mut chunk.bytes, &mut self.kept);
                break;
            }
        }
        self.refuse_zeros(&chunk.bytes)?;
        self.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u64;
        Ok(!chunk.bytes.is_empty())
    }

    /// The refusal of zero bytes, with the line of the first.
    fn refuse_zeros(&self, bytes: &[u8]) -> ReadResult<()> {
        let Some(at) = memchr::memchr(0, bytes) else {
            return Ok(());
        };
        let line = self.line + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64;
        Err(ReadError::new(
            Refusal::Damaged,
            "Zero bytes stand in the text: the file was damaged in transfer or while the device wrote it. Copy or export it again.",
        )
        .at_line(line))
    }

    /// Where to cut what is kept; `None` when more must be read first.
    fn cut(&self) -> Option<usize> {
        if self.kept.len() >= CHUNK || self.stream.is_none() {
            let window = &self.kept[..self.kept.len().min(CHUNK)];
            if let Some(at) = memchr::memrchr(b'\n', window) {
                return Some(at + 1);
            }
            // a long line: cut after it, wherever that is
            return memchr::memchr(b'\n', &self.kept).map(|at| at + 1);
        }
        None
    }

    /// Reads a little more; `false` at the end of the stream.
    fn fill(&mut self) -> ReadResult<bool> {
        let Some(stream) = &mut self.stream else {
            return Ok(false);
        };
        let from = self.kept.len();
        self.kept.resize(from + CHUNK, 0);
        let read = loop {
            match stream.read(&mut self.kept[from..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        match read {
            Ok(0) => {
                self.kept.truncate(from);
                self.stream = None;
                Ok(!self.kept.is_empty() && self.cut().is_some())
            }
            Ok(n) => {
                self.kept.truncate(from + n);
                Ok(true)
            }
            Err(error) => {
                self.kept.truncate(from);
                Err(stream_error(error).at_line(self.line))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(head: &[u8], rest: Vec<u8>) -> ReadResult<Vec<u8>> {
        let mut chunks = Chunks::new(head.to_vec(), Some(Box::new(io::Cursor::new(rest))), 1);
        let mut chunk = Chunk::default();
        let mut out = Vec::new();
        while chunks.next(&mut chunk)? {
            out.extend_from_slice(&chunk.bytes);
        }
        Ok(out)
    }

    #[test]
    fn chunks_joined_are_the_text() {
        let text: Vec<u8> = (0..60_000)
            .flat_map(|n| format!("{n},0.1,0.2\n").into_bytes())
            .collect();
        assert_eq!(all(&text[..1000], text[1000..].to_vec()).unwrap(), text);
        assert_eq!(all(b"", text.clone()).unwrap(), text);
        assert_eq!(all(b"no end", Vec::new()).unwrap(), b"no end");
        assert_eq!(all(b"", Vec::new()).unwrap(), b"");
    }

    #[test]
    fn an_endless_line_is_an_error_at_its_line() {
        let error = all(b"a\n", vec![b'7'; 3 << 20]).unwrap_err();
        assert_eq!((error.code(), error.line()), ("not_a_recording", Some(2)));
    }

    #[test]
    fn zeros_are_an_error_at_their_line() {
        let error = all(b"1,2\n3,4\n5\0,6\n", Vec::new()).unwrap_err();
        assert_eq!((error.code(), error.line()), ("damaged", Some(3)));
    }
}
