//! The head of a stream, by which everything is decided, and the rest that is only watched.

use std::io::{self, Cursor, Read};

use super::{Stream, magic};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::text::labelled::Labelled;
use crate::ingest::text::records::Records;
use crate::ingest::text::rows::ListRows;
use crate::ingest::text::terminal::Received;
use crate::ingest::text::wrapped::Wrapped;
use crate::ingest::text::{self, CarriageReturns, Encoding, LineEnds, Utf16, encoding_of};

/// So much is read before a word is said about the file: half an hour of 50 Hz rows.
pub(in crate::ingest) const HEAD: usize = 4 << 20;

/// So much is read to see what kind of text it is.
const PEEK: usize = 8 * 1024;

/// Text from the beginning of a stream, and the stream after it.
pub(in crate::ingest) struct Head {
    pub bytes: Vec<u8>,
    /// Whether the stream ended within it.
    pub complete: bool,
    pub rest: Stream,
    /// What had to be done to the bytes to make text of them, for the list of decisions.
    pub encoding: Option<&'static str>,
    /// Lines of names that were set before those of the stream.
    pub added_lines: u64,
    /// Whether the text is a table that was made here, its cells apart by tabs.
    pub made: bool,
}

impl Head {
    /// Reads at most `size` bytes of text from a stream. Binary files are refused by name here.
    pub(in crate::ingest) fn of(mut stream: Stream, size: usize) -> ReadResult<Self> {
        let (peek, _) = fill(&mut stream, PEEK)?;
        let encoding = encoding_of(&peek);
        if let Encoding::Bytes { .. } = encoding {
            refuse_binary(&peek)?;
        }
        let (stream, note): (Stream, _) = match encoding {
            Encoding::Bytes { mark } => {
                let returns = text::ends_lines_with_returns(&peek);
                let semicolons = text::ends_lines_with_semicolons(&peek);
                let whole = Received::new(after(peek.clone(), mark).chain(stream), &peek);
                let note = (mark > 0).then_some("UTF-8 with a byte-order mark");
                match whole {
                    Ok(received) => (
                        Box::new(received),
                        Some("a terminal's time stamps before each line"),
                    ),
                    Err(whole) if returns => (
                        Box::new(CarriageReturns(whole)),
                        Some("line ends of old Macs"),
                    ),
                    Err(whole) if semicolons => (
                        Box::new(LineEnds(whole)),
                        Some("a semicolon ends each line"),
                    ),
                    Err(whole) => (Box::new(whole), note),
                }
            }
            Encoding::Utf16 { little, mark } => (
                Box::new(Utf16::read(after(peek, mark).chain(stream), little)),
                Some("UTF-16"),
            ),
            Encoding::Utf32 => {
                return Err(ReadError::new(
                    Refusal::UnsupportedEncoding,
                    "The text is UTF-32, which is not read. Save it as UTF-8.",
                ));
            }
        };
        let (mut stream, made) = as_table(stream)?;
        let (bytes, complete) = fill(&mut stream, size)?;
        Ok(Self {
            bytes,
            complete,
            rest: stream,
            encoding: made.map_or(note, |(how, _)| Some(how)),
            added_lines: made.map_or(0, |(_, added)| added),
            made: made.is_some(),
        })
    }
}

/// How a text was made a table, and how many lines of names were set before.
type Made = (&'static str, u64);

/// The text as a plain table, its cells apart by tabs, where it names each of its values, is JSON, or has more in a cell than a
/// number; and how.
fn as_table(mut stream: Stream) -> ReadResult<(Stream, Option<Made>)> {
    let (peek, _) = fill(&mut stream, PEEK)?;
    let whole = match Labelled::read(after(peek.clone(), 0).chain(stream), &peek) {
        Ok(table) => return Ok((Box::new(table), Some(("a name before each value", 1)))),
        Err(whole) => whole,
    };
    let whole = match Wrapped::read(whole, &peek) {
        Ok((table, added)) => {
            let how = "more in a cell than its number";
            return Ok((Box::new(table), Some((how, added))));
        }
        Err(whole) => whole,
    };
    let whole = match Records::read(whole, &peek) {
        Ok(mut records) => {
            let mut lines = Vec::new();
            let peeked = records.by_ref().take(PEEK as u64).read_to_end(&mut lines);
            peeked.map_err(stream_error)?;
            let table = Labelled::read(after(lines.clone(), 0).chain(records), &lines);
            return Ok(match table {
                Ok(table) => (Box::new(table), Some(("the records of a JSON", 1))),
                Err(whole) => (Box::new(whole), None),
            });
        }
        Err(whole) => whole,
    };
    Ok(match ListRows::read(whole, &peek) {
        Ok((rows, added)) => (Box::new(rows), Some(("the lists of a JSON", added))),
        Err(whole) => (Box::new(whole), None),
    })
}

fn after(peek: Vec<u8>, mark: usize) -> Cursor<Vec<u8>> {
    let mut cursor = Cursor::new(peek);
    cursor.set_position(mark as u64);
    cursor
}

/// Reads until `size` bytes or the end; whether the end was reached.
fn fill(stream: &mut Stream, size: usize) -> ReadResult<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    stream
        .by_ref()
        .take(size as u64)
        .read_to_end(&mut bytes)
        .map_err(stream_error)?;
    let complete = bytes.len() < size;
    Ok((bytes, complete))
}

/// What an error of a stream means: an archive that does not unpack is damaged, all else is the operating system's.
pub(in crate::ingest) fn stream_error(error: io::Error) -> ReadError {
    let of_archive = matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Other
    ) && error.raw_os_error().is_none();
    if of_archive {
        return ReadError::new(
            Refusal::Damaged,
            format!(
                "The archive is damaged or was cut off in transfer ({error}). Copy or export it again."
            ),
        );
    }
    ReadError::io("it could not be read", error)
}

fn refuse_binary(peek: &[u8]) -> ReadResult<()> {
    if let Some(foreign) = magic::foreign(peek) {
        return Err(ReadError::new(
            Refusal::Binary,
            format!("This is {}. {}", foreign.name, foreign.advice),
        ));
    }
    if peek.starts_with(b"PK\x03\x04") {
        return Err(ReadError::new(
            Refusal::Binary,
            "This is a zip archive inside another archive or on standard input. Unpack it once and give the file or folder.",
        ));
    }
    if magic::looks_binary(peek) {
        return Err(ReadError::new(
            Refusal::Binary,
            "This is a binary file of an unknown kind. Export the samples as text (CSV) from the program that wrote it.",
        ));
    }
    Ok(())
}
