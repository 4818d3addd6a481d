//! Where the cells of a clock stand in a row, and how they become one stamp.

use super::cells::{Cell, is_missing};
use crate::ingest::time::stamp::StampParser;

/// A column that holds a clock, or several that hold one together.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct StampColumn {
    pub column: usize,
    pub parser: StampParser,
    /// Columns whose cells go on where the first one's ends, as hour, minute and second stand apart.
    joined: Vec<usize>,
    /// What is added: the time of day, where the first holds the date alone, or the rest of the second.
    added: Option<(usize, StampParser)>,
    text: Vec<u8>,
}

/// Why a row has no stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum NoStamp {
    /// A word says so, or nothing stands there.
    Missing,
    Unparsable,
}

impl StampColumn {
    /// A clock in one column.
    pub(in crate::ingest) fn new(column: usize, parser: StampParser) -> Self {
        Self {
            column,
            parser,
            joined: Vec::new(),
            added: None,
            text: Vec::new(),
        }
    }

    /// The same with the cells of these columns behind the first one's, blanks between.
    #[must_use]
    pub(in crate::ingest) fn joined_with(mut self, columns: &[usize]) -> Self {
        self.joined = columns.to_vec();
        self
    }

    /// The same with what a further column holds added.
    #[must_use]
    pub(in crate::ingest) fn plus(mut self, added: Option<(usize, StampParser)>) -> Self {
        self.added = added;
        self
    }

    /// Whether one cell holds it all.
    pub(in crate::ingest) fn is_one_cell(&self) -> bool {
        self.joined.is_empty() && self.added.is_none()
    }

    /// All columns that it reads.
    pub(in crate::ingest) fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        let added = self.added.iter().map(|(column, _)| *column);
        std::iter::once(self.column)
            .chain(self.joined.iter().copied())
            .chain(added)
    }

    /// Whether cells are read by nothing that an earlier row decides any more.
    pub(super) fn is_settled(&self) -> bool {
        let added = self.added.as_ref().map(|(_, parser)| parser);
        [Some(&self.parser), added]
            .into_iter()
            .flatten()
            .all(StampParser::is_settled)
    }

    /// The stamp of a row, in nanoseconds.
    pub(in crate::ingest) fn read(&mut self, cells: &[Cell]) -> Result<i64, NoStamp> {
        let stamp = match self.joined.as_slice() {
            [] => parsed(&mut self.parser, cell(cells, self.column)?)?,
            joined => {
                self.text.clear();
                self.text.extend_from_slice(cell(cells, self.column)?);
                for column in joined {
                    self.text.push(b' ');
                    self.text.extend_from_slice(cell(cells, *column)?);
                }
                parsed(&mut self.parser, &self.text)?
            }
        };
        match &mut self.added {
            Some((column, parser)) => {
                let added = parsed(parser, cell(cells, *column)?)?;
                stamp.checked_add(added).ok_or(NoStamp::Unparsable)
            }
            None => Ok(stamp),
        }
    }
}

fn cell<'a>(cells: &[Cell<'a>], column: usize) -> Result<&'a [u8], NoStamp> {
    let bytes = cells.get(column).ok_or(NoStamp::Unparsable)?.bytes;
    match is_missing(bytes) {
        true => Err(NoStamp::Missing),
        false => Ok(bytes),
    }
}

fn parsed(parser: &mut StampParser, cell: &[u8]) -> Result<i64, NoStamp> {
    parser.parse(cell).ok_or(NoStamp::Unparsable)
}
