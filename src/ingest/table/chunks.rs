//! A stream of text cut into chunks of whole lines.

use std::io::Read;

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
    /// Where in them the next chunk begins.
    at: usize,
}

impl Chunks {
    /// Cuts `head` and what follows it in `stream`.
    pub(in crate::ingest) fn new(head: Vec<u8>, stream: Option<Stream>) -> Self {
        Self {
            stream,
            kept: head,
            at: 0,
        }
    }

    /// Whether more than the head is to be read, and the head has been handed out.
    pub(in crate::ingest) fn is_past_head(&self) -> bool {
        self.stream.is_some() && self.kept.len() - self.at < CHUNK
    }

    /// The next whole lines; `false` at the end.
    ///
    /// # Errors
    ///
    /// Their lines are counted from the end of the chunk before: who reads lines counts them.
    pub(in crate::ingest) fn next(&mut self, bytes: &mut Vec<u8>) -> ReadResult<bool> {
        bytes.clear();
        match self.cut() {
            Some(end) => {
                bytes.extend_from_slice(&self.kept[self.at..end]);
                self.at = end;
            }
            None => self.read_on(bytes)?,
        }
        refuse_zeros(bytes)?;
        Ok(!bytes.is_empty())
    }

    /// Where to cut what is kept; `None` when more must be read first.
    fn cut(&self) -> Option<usize> {
        let kept = &self.kept[self.at..];
        if kept.len() < CHUNK && self.stream.is_some() {
            return None;
        }
        // a line longer than a chunk is cut after its end, wherever that is
        memchr::memrchr(b'\n', &kept[..kept.len().min(CHUNK)])
            .or_else(|| memchr::memchr(b'\n', kept))
            .map(|at| self.at + at + 1)
    }

    /// Fills `bytes` with what is kept and what follows in the stream, up to the last line end; keeps what lies behind.
    fn read_on(&mut self, bytes: &mut Vec<u8>) -> ReadResult<()> {
        bytes.extend_from_slice(&self.kept[self.at..]);
        if self.at > 0 {
            // the head is through, and its memory goes
            self.kept = Vec::new();
            self.at = 0;
        }
        self.kept.clear();
        let mut open_line = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        while let Some(stream) = &mut self.stream
            && bytes.len() - open_line <= LONGEST_LINE
        {
            let searched = bytes.len();
            bytes.reserve(CHUNK);
            let read = stream
                .by_ref()
                .take(CHUNK as u64)
                .read_to_end(bytes)
                .map_err(|error| stream_error(error).at_line(1))?;
            if let Some(at) = memchr::memrchr(b'\n', &bytes[searched..]) {
                open_line = searched + at + 1;
            }
            if read < CHUNK {
                self.stream = None;
            } else if open_line > searched {
                self.kept.extend_from_slice(&bytes[open_line..]);
                bytes.truncate(open_line);
                return Ok(());
            }
        }
        if bytes.len() - open_line > LONGEST_LINE {
            if open_line > 0 {
                // the lines before it first
                self.kept.extend_from_slice(&bytes[open_line..]);
                bytes.truncate(open_line);
                return Ok(());
            }
            refuse_zeros(bytes)?;
            return Err(ReadError::new(
                Refusal::NotARecording,
                format!("A line is longer than {LONGEST_LINE} bytes, so this is no table of samples (one row a sample)."),
            )
            .at_line(1));
        }
        Ok(())
    }
}

/// How many lines a chunk has.
pub(in crate::ingest) fn n_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// The refusal of zero bytes, with the line of the first.
fn refuse_zeros(bytes: &[u8]) -> ReadResult<()> {
    let Some(at) = memchr::memchr(0, bytes) else {
        return Ok(());
    };
    Err(ReadError::new(
        Refusal::Damaged,
        "Zero bytes stand in the text: the file was damaged in transfer or while the device wrote it. Copy or export it again.",
    )
    .at_line(1 + n_lines(&bytes[..at])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    fn all(head: &[u8], rest: Vec<u8>) -> ReadResult<Vec<u8>> {
        let mut chunks = Chunks::new(head.to_vec(), Some(Box::new(io::Cursor::new(rest))));
        let mut chunk = Vec::new();
        let mut out: Vec<u8> = Vec::new();
        while chunks
            .next(&mut chunk)
            .map_err(|error| error.further_down(n_lines(&out)))?
        {
            out.extend_from_slice(&chunk);
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
