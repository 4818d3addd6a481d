//! A line cut into cells, quotes and blanks taken off.

use super::dialect::{DecimalMark, Delimiter};
use crate::ingest::number;

/// One cell of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Cell<'a> {
    pub bytes: &'a [u8],
    pub quoted: bool,
}

/// Words that stand for "no value" in exports.
const MISSING: [&[u8]; 11] = [
    b"", b"nan", b"-nan", b"na", b"n/a", b"null", b"none", b"--", b"-", b"inf", b"-inf",
];

impl Cell<'_> {
    /// Whether the cell is empty or says that there is no value.
    pub(in crate::ingest) fn is_missing(&self) -> bool {
        is_missing(self.bytes)
    }

    pub(in crate::ingest) fn is_number(&self, mark: DecimalMark) -> bool {
        number::parse(self.bytes, mark.byte()).is_some()
    }

    /// Whether the cell could be a date, a time of day or both: digits in groups of two at least, clock marks between; the name
    /// of a zone may stand in brackets behind.
    pub(in crate::ingest) fn looks_like_clock(&self) -> bool {
        let zone = match self.bytes.ends_with(b")") {
            true => memchr::memmem::find(self.bytes, b" (").filter(|at| *at > 20),
            false => None,
        };
        let bytes = &self.bytes[..zone.unwrap_or(self.bytes.len())];
        let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
        let marks = bytes
            .iter()
            .skip(1)
            .filter(|b| matches!(b, b':' | b'/' | b'-' | b'.' | b'_'))
            .count();
        let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
        digits >= 4
            && marks >= 2
            && letters <= 10
            && bytes.len() <= 40
            && bytes
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b":/-., +_".contains(b))
    }
}

/// Whether a cell's bytes stand for "no value".
pub(in crate::ingest) fn is_missing(bytes: &[u8]) -> bool {
    bytes.len() <= 4 && MISSING.iter().any(|word| bytes.eq_ignore_ascii_case(word))
}

/// Whether a line is empty, or has cells with nothing in any of them.
pub(super) fn holds_nothing(line: &[u8]) -> bool {
    line.iter()
        .all(|byte| byte.is_ascii_whitespace() || b",;|\"".contains(byte))
}

/// Cuts a line at the delimiter; quotes keep it from cutting.
pub(in crate::ingest) fn split<'a>(
    line: &'a [u8],
    delimiter: Delimiter,
    cells: &mut Vec<Cell<'a>>,
) {
    cells.clear();
    match delimiter {
        Delimiter::Blanks if line.contains(&b'"') => quoted_words(line, cells),
        Delimiter::Blanks => cells.extend(
            line.split(|b| *b == b' ' || *b == b'\t')
                .map(<[u8]>::trim_ascii)
                .filter(|bytes| !bytes.is_empty())
                .map(|bytes| Cell {
                    bytes: unquoted(bytes).0,
                    quoted: false,
                }),
        ),
        Delimiter::Byte(byte) => {
            let mut rest = line;
            loop {
                let end = cell_end(rest, byte);
                let (bytes, quoted) = unquoted(trim(&rest[..end], byte));
                cells.push(Cell { bytes, quoted });
                if end >= rest.len() {
                    break;
                }
                rest = &rest[end + 1..];
            }
        }
    }
}

/// Cells with blanks between them, and perhaps within quotes.
fn quoted_words<'a>(line: &'a [u8], cells: &mut Vec<Cell<'a>>) {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let mut rest = line.trim_ascii();
    while let Some(first) = rest.first() {
        let inside = rest[1..].iter().position(|byte| *byte == b'"');
        let end = match inside {
            Some(length) if *first == b'"' => length + 2,
            _ => rest.iter().position(is_blank).unwrap_or(rest.len()),
        };
        let (bytes, quoted) = unquoted(&rest[..end]);
        cells.push(Cell { bytes, quoted });
        rest = rest[end..].trim_ascii_start();
    }
}

/// Where a cell that begins at `at` in several lines of text ends: at the delimiter or at the end of its line.
pub(in crate::ingest) fn plain_end(text: &[u8], at: usize, delimiter: u8) -> usize {
    let end = memchr::memchr2(delimiter, b'\n', &text[at..]).map_or(text.len(), |n| at + n);
    let ends_line = text.get(end).is_none_or(|byte| *byte == b'\n');
    if ends_line && text[at..end].ends_with(b"\r") {
        end - 1
    } else {
        end
    }
}

/// Where the first cell of `rest` ends.
fn cell_end(rest: &[u8], delimiter: u8) -> usize {
    let blanks = rest.iter().take_while(|b| **b == b' ').count();
    let mut from = 0;
    if rest.get(blanks) == Some(&b'"') {
        // a doubled quote closes and opens again, which comes out the same
        let mut inside = false;
        for (i, byte) in rest.iter().enumerate() {
            match byte {
                b'"' => inside = !inside,
                _ if *byte == delimiter && !inside => return i,
                _ => {}
            }
        }
        if !inside {
            return rest.len();
        }
        // never closed: the quote is only a character
        from = blanks + 1;
    }
    memchr::memchr(delimiter, &rest[from..]).map_or(rest.len(), |at| from + at)
}

/// Without blanks and line ends, but never without the delimiter's own kind (an empty last tab cell stays empty).
fn trim(bytes: &[u8], delimiter: u8) -> &[u8] {
    debug_assert!(!bytes.contains(&delimiter) || bytes.contains(&b'"'));
    bytes.trim_ascii()
}

fn unquoted(bytes: &[u8]) -> (&[u8], bool) {
    match bytes {
        [b'"', inner @ .., b'"'] => (inner.trim_ascii(), true),
        _ => (bytes, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str, delimiter: Delimiter) -> Vec<String> {
        let mut out = Vec::new();
        split(line.as_bytes(), delimiter, &mut out);
        out.iter()
            .map(|c| String::from_utf8_lossy(c.bytes).into_owned())
            .collect()
    }

    #[test]
    fn quotes_keep_delimiters_and_lose_themselves() {
        let line = "\"Clock\",\"a, b\", 3 ,\"\"";
        assert_eq!(
            cells(line, Delimiter::Byte(b',')),
            ["Clock", "a, b", "3", ""]
        );
    }

    #[test]
    fn an_open_quote_is_only_a_character() {
        assert_eq!(cells("\"a,b,c", Delimiter::Byte(b',')), ["\"a", "b", "c"]);
    }

    #[test]
    fn a_trailing_delimiter_is_an_empty_cell() {
        assert_eq!(cells("1;2;", Delimiter::Byte(b';')), ["1", "2", ""]);
    }

    #[test]
    fn runs_of_blanks_are_one_delimiter() {
        assert_eq!(
            cells("  602 -0.65\t0.74  0.02", Delimiter::Blanks),
            ["602", "-0.65", "0.74", "0.02"]
        );
    }

    #[test]
    fn clocks_are_told_from_words() {
        let clock = |text: &str| {
            Cell {
                bytes: text.as_bytes(),
                quoted: false,
            }
            .looks_like_clock()
        };
        assert!(clock("2020-02-12 09:03:37:481"));
        assert!(clock("14-Mar-2023 10:15:22.123"));
        assert!(clock("9/4/2015 11:59:00 PM"));
        assert!(!clock("AM1V310 @312248"));
        assert!(!clock("E8FAE702D502"));
        assert!(!clock("x-axis (g)"));
    }
}
