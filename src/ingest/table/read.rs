//! A table as a source of rows.

use super::chunks::{Chunk, Chunks};
use super::parser::RowParser;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::rows::{RowSource, Rows};

/// More empty lines in a row than this are no table: somebody packed nothing.
const EMPTY_BYTES: usize = 4 << 20;

/// Chunk by chunk through the parser.
pub(in crate::ingest) struct TableRows {
    chunks: Chunks,
    parser: RowParser,
    chunk: Chunk,
    /// Bytes since the last line that held anything.
    empty: usize,
}

impl TableRows {
    pub(in crate::ingest) fn new(chunks: Chunks, parser: RowParser) -> Self {
        Self {
            chunks,
            parser,
            chunk: Chunk::default(),
            empty: 0,
        }
    }
}

impl RowSource for TableRows {
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        rows.clear();
        if !self.chunks.next(&mut self.chunk)? {
            return Ok(false);
        }
        if self.chunk.bytes.iter().all(u8::is_ascii_whitespace) {
            self.empty += self.chunk.bytes.len();
            if self.empty > EMPTY_BYTES {
                return Err(ReadError::new(
                    Refusal::Damaged,
                    "Millions of empty lines follow each other, which no export writes. Copy or export it again.",
                )
                .at_line(self.chunk.first_line));
            }
            return Ok(true);
        }
        self.empty = 0;
        self.parser.read(&self.chunk, rows);
        Ok(true)
    }
}
