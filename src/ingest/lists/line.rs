//! Lines of bounded length, and the cells of a line.

use std::io::{self, BufRead};

use super::error::Trouble;

/// No row of a list comes near this; a file without line ends is refused after so many bytes.
pub(super) const LONGEST_LINE: usize = 64 * 1024;

/// Lines of a text, numbered from 1, without their ends. A line feed, a carriage return or both end a line.
pub(super) struct Lines<R> {
    from: R,
    number: u64,
    /// The last line ended with a carriage return: a line feed that follows belongs to it.
    after_return: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(from: R) -> Self {
        Self {
            from,
            number: 0,
            after_return: false,
        }
    }

    /// Number of the line that was read last.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next line into `line`; false at the end.
    pub fn next(&mut self, line: &mut Vec<u8>) -> Result<bool, Trouble> {
        line.clear();
        self.number += 1;
        let mut any = false;
        loop {
            let ready = match self.from.fill_buf() {
                Ok(ready) => ready,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Trouble::Io(error)),
            };
            if ready.is_empty() {
                return Ok(any);
            }
            if std::mem::take(&mut self.after_return) && ready[0] == b'\n' {
                self.from.consume(1);
                continue;
            }
            any = true;
            let end = memchr::memchr2(b'\n', b'\r', ready);
            let take = end.unwrap_or(ready.len());
            if line.len() + take > LONGEST_LINE {
                return Err(Trouble::LongLine {
                    limit: LONGEST_LINE,
                });
            }
            line.extend_from_slice(&ready[..take]);
            match end {
                Some(end) => {
                    self.after_return = ready[end] == b'\r';
                    self.from.consume(end + 1);
                    return Ok(true);
                }
                None => self.from.consume(take),
            }
        }
    }
}

/// The cells of a line, trimmed. A cell in double quotes may hold the delimiter, and a doubled quote for a quote.
pub(super) fn cells(line: &[u8], delimiter: u8, into: &mut Vec<String>) -> Result<(), Trouble> {
    into.clear();
    let mut cell: Vec<u8> = Vec::new();
    let mut quoted = false;
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted && bytes.peek() == Some(&b'"') => {
                cell.push(b'"');
                bytes.next();
            }
            b'"' if quoted => quoted = false,
            b'"' if cell.iter().all(u8::is_ascii_whitespace) => {
                cell.clear();
                quoted = true;
            }
            _ if byte == delimiter && !quoted => into.push(settled(&mut cell)),
            _ => cell.push(byte),
        }
    }
    if quoted {
        return Err(Trouble::OpenQuote);
    }
    into.push(settled(&mut cell));
    Ok(())
}

fn settled(cell: &mut Vec<u8>) -> String {
    let text = crate::ingest::encoding::decode_cell(cell);
    cell.clear();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Lines::new(text);
        let mut line = Vec::new();
        let mut found = Vec::new();
        while lines.next(&mut line).unwrap() {
            found.push((lines.number(), String::from_utf8(line.clone()).unwrap()));
        }
        found
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line_once() {
        let expected = [
            (1, "a".to_owned()),
            (2, "b".to_owned()),
            (3, String::new()),
            (4, "c".to_owned()),
        ];
        assert_eq!(lines(b"a\nb\n\nc"), expected);
        assert_eq!(lines(b"a\r\nb\r\n\r\nc\r\n"), expected);
        assert_eq!(lines(b"a\rb\r\rc\r"), expected);
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn a_file_without_line_ends_is_refused_before_it_is_held() {
        let endless = io::BufReader::new(io::Read::take(io::repeat(b'x'), u64::MAX));
        let refused = Lines::new(endless).next(&mut Vec::new());
        assert!(matches!(refused, Err(Trouble::LongLine { .. })));
    }

    #[test]
    fn quotes_keep_a_delimiter_in_its_cell() {
        let mut found = Vec::new();
        cells(
            br#"L, 10 ,"5 components, 4 at most","say ""no""","""#,
            b',',
            &mut found,
        )
        .unwrap();
        assert_eq!(
            found,
            ["L", "10", "5 components, 4 at most", "say \"no\"", ""]
        );
        assert!(matches!(
            cells(b"\"a,b", b',', &mut found),
            Err(Trouble::OpenQuote)
        ));
        cells(b"4\" wide,b", b',', &mut found).unwrap();
        assert_eq!(found, ["4\" wide", "b"]);
    }
}
