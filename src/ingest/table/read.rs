//! A table as a source of rows.

use super::chunks::{Chunk, Chunks};
use super::parser::RowParser;
use crate::ingest::error::ReadResult;
use crate::ingest::rows::{RowSource, Rows};

/// Chunk by chunk through the parser.
pub(in crate::ingest) struct TableRows {
    chunks: Chunks,
    parser: RowParser,
    chunk: Chunk,
}

impl TableRows {
    pub(in crate::ingest) fn new(chunks: Chunks, parser: RowParser) -> Self {
        Self {
            chunks,
            parser,
            chunk: Chunk::default(),
        }
    }
}

impl RowSource for TableRows {
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        rows.clear();
        if !self.chunks.next(&mut self.chunk)? {
            return Ok(false);
        }
        self.parser.read(&self.chunk, rows);
        Ok(true)
    }
}
