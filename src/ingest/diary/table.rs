//! The diary as a table: delimiter, comment lines, header, and rows with their line numbers.

use super::DiaryError;
use super::column;
use crate::ingest::encoding::{self, Encoding};

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line on which it begins, from 1.
    pub line: u64,
    /// How many lines of the file it fills.
    pub lines: u64,
    /// Its cells, trimmed.
    pub cells: Vec<String>,
}

impl Row {
    /// Whether no cell says anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// Whether it is a comment: `#` first, also when a spreadsheet put the line in quotes.
    fn is_comment(&self) -> bool {
        self.cells.first().is_some_and(|cell| cell.starts_with('#'))
    }
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How its bytes were read.
    pub encoding: Encoding,
    /// Between the cells.
    pub delimiter: char,
    /// The header.
    pub header: Row,
    /// The rows below it, without blank ones and comments.
    pub rows: Vec<Row>,
}

/// Between cells, in the order in which a tie is decided.
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];
/// A diary of ten years is below 2 MB.
const LARGEST: usize = 32 << 20;
/// The header is looked for this many filled rows deep (titles above it are common).
const HEADER_DEPTH: usize = 10;

/// Reads the bytes of a diary as a table.
pub fn read(bytes: &[u8], delimiter: Option<char>) -> Result<Table, DiaryError> {
    refuse_other_files(bytes)?;
    let (text, encoding) = encoding::decode(bytes);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (text, stated) = stated_delimiter(&text);
    let skipped_lines = u64::from(stated.is_some());
    let candidates: Vec<char> = match delimiter.or(stated) {
        Some(one) => vec![one],
        None => DELIMITERS.to_vec(),
    };
    let mut best: Option<(usize, usize, char, usize)> = None;
    for delimiter in candidates {
        let head = rows(text, delimiter, HEADER_DEPTH, skipped_lines);
        let header = head
            .iter()
            .enumerate()
            .find(|(_, row)| column::has_date(&row.cells));
        if let Some((at, row)) = header {
            let (known, width) = (column::known(&row.cells), row.cells.len());
            if best.is_none_or(|(k, w, ..)| (known, width) > (k, w)) {
                best = Some((known, width, delimiter, at));
            }
        }
    }
    let Some((_, _, delimiter, at)) = best else {
        let first = rows(text, delimiter.or(stated).unwrap_or(','), 1, skipped_lines);
        return Err(match first.into_iter().next() {
            Some(row) => DiaryError::NoDateColumn {
                line: row.line,
                seen: row.cells.join(" | "),
            },
            None => DiaryError::Empty,
        });
    };
    let mut all = rows(text, delimiter, usize::MAX, skipped_lines)
        .into_iter()
        .skip(at);
    let header = all.next().ok_or(DiaryError::Empty)?;
    Ok(Table {
        encoding,
        delimiter,
        header,
        rows: all.collect(),
    })
}

/// Filled rows that are no comments, at most `limit`.
fn rows(text: &str, delimiter: char, limit: usize, skipped_lines: u64) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut reached = Reached {
        text,
        byte: 0,
        line: 1 + skipped_lines,
    };
    // Text in memory that is valid UTF-8 cannot fail to read; a failure would end the rows.
    while found.len() < limit && reader.read_record(&mut record).unwrap_or(false) {
        let from = record.position().map_or(0, csv::Position::byte);
        let line = reached.line_of_record(usize::try_from(from).unwrap_or(usize::MAX));
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        let lines = 1 + record
            .iter()
            .map(|cell| cell.matches('\n').count() as u64)
            .sum::<u64>();
        let row = Row { line, lines, cells };
        if !row.is_blank() && !row.is_comment() {
            found.push(row);
        }
    }
    found
}

/// Where line counting stands. The csv crate gives a record the place at which it began to look for it: before blank
/// lines and comments.
struct Reached<'a> {
    text: &'a str,
    byte: usize,
    line: u64,
}

impl Reached<'_> {
    fn line_of_record(&mut self, from: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let from = from.clamp(self.byte, bytes.len());
        self.line += bytes[self.byte..from]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count() as u64;
        self.byte = from;
        while let Some(byte) = bytes.get(self.byte) {
            match byte {
                b'\n' => self.byte += 1,
                b'#' => {
                    let rest = &bytes[self.byte..];
                    self.byte += rest
                        .iter()
                        .position(|byte| *byte == b'\n')
                        .map_or(rest.len(), |at| at + 1);
                }
                _ => break,
            }
            self.line += 1;
        }
        self.line
    }
}

/// `sep=;` in the first line, as spreadsheets write it; the text behind it.
fn stated_delimiter(text: &str) -> (&str, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_matches('"');
    let sign = first
        .get(..4)
        .filter(|head| head.eq_ignore_ascii_case("sep="))
        .and_then(|_| first.get(4..))
        .map(|sign| if sign == "\\t" { "\t" } else { sign });
    match sign
        .map(|sign| sign.chars().collect::<Vec<char>>())
        .as_deref()
    {
        Some([sign]) if sign.is_ascii() => (rest, Some(*sign)),
        _ => (text, None),
    }
}

/// Spreadsheets and documents are no text: a sentence each.
fn refuse_other_files(bytes: &[u8]) -> Result<(), DiaryError> {
    let what = if bytes.starts_with(b"PK\x03\x04") {
        "a spreadsheet file (xlsx, ods or numbers) or another zip archive"
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        "an old spreadsheet file (xls)"
    } else if bytes.starts_with(b"%PDF") {
        "a PDF"
    } else if bytes.starts_with(b"{\\rtf") {
        "a rich text document"
    } else if bytes.len() > LARGEST {
        return Err(DiaryError::TooLarge {
            bytes: bytes.len() as u64,
        });
    } else {
        return Ok(());
    };
    Err(DiaryError::NotText { what })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> (char, Vec<String>, Vec<Vec<String>>) {
        let table = read(text.as_bytes(), None).unwrap();
        let rows = table.rows.into_iter().map(|row| row.cells).collect();
        (table.delimiter, table.header.cells, rows)
    }

    #[test]
    fn the_delimiter_is_the_one_under_which_the_header_makes_sense() {
        for (text, delimiter) in [
            ("date,severity,notes\n2024-03-03,4,a;b;c\n", ','),
            ("Datum;Stärke;Notizen\n03.03.2024;4,5;a, b, c\n", ';'),
            ("date\tseverity\n2024-03-03\t4\n", '\t'),
            ("sep=|\ndate|severity\n2024-03-03|4\n", '|'),
            ("date\n2024-03-03\n", ';'),
        ] {
            assert_eq!(cells(text).0, delimiter, "{text}");
        }
    }

    #[test]
    fn comments_titles_and_blank_lines_are_passed_over_and_lines_still_count() {
        let text = "\u{FEFF}# a comment, with commas\n\"# another, quoted by a spreadsheet\",,\n\nMy diary,,\ndate,severity,\n\n2024-03-03,4,\n,,\n2024-03-04,5,\n";
        let table = read(text.as_bytes(), None).unwrap();
        assert_eq!(table.header.line, 5);
        let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [7, 9]);
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        assert!(matches!(
            read(b"PK\x03\x04rest", None),
            Err(DiaryError::NotText { .. })
        ));
        assert!(matches!(read(b"", None), Err(DiaryError::Empty)));
        assert!(matches!(
            read(b"# only\n# comments\n", None),
            Err(DiaryError::Empty)
        ));
        assert!(matches!(
            read(b"a,b\n1,2\n", None),
            Err(DiaryError::NoDateColumn { line: 1, .. })
        ));
    }
}
