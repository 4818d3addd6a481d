//! Bytes to text: marks at the beginning, UTF-16, old Mac line ends. Everything else passes as it is, because only
//! names need letters: UTF-8, Latin-1 and GBK share the digits.

mod by_line;
mod gbk;
pub(super) mod labelled;
pub(super) mod records;
mod refill;
pub(super) mod rows;
pub(super) mod terminal;
mod walk;
pub(super) mod wrapped;

use std::io::{self, Read};

use self::refill::{Refill, Refilled, read_onto};

/// The lines of a head that hold something; the last is cut off somewhere.
fn whole_lines(head: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = head.split(|byte| *byte == b'\n').collect();
    lines.pop();
    lines.retain(|line| !line.trim_ascii().is_empty());
    lines
}

/// How a stream of text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// ASCII, UTF-8, Latin-1, GBK: bytes pass.
    Bytes {
        mark: usize,
    },
    Utf16 {
        little: bool,
        mark: usize,
    },
    /// UTF-32, with a mark.
    Utf32,
}

/// Judged by the first bytes: a mark, or a zero in every second byte.
pub(super) fn encoding_of(head: &[u8]) -> Encoding {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Bytes { mark: 3 },
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Encoding::Utf32,
        [0xFF, 0xFE, ..] => Encoding::Utf16 {
            little: true,
            mark: 2,
        },
        [0xFE, 0xFF, ..] => Encoding::Utf16 {
            little: false,
            mark: 2,
        },
        _ => {
            let sample = &head[..head.len().min(512) & !1];
            let zeros = |odd: usize| {
                sample
                    .iter()
                    .skip(odd)
                    .step_by(2)
                    .filter(|b| **b == 0)
                    .count()
            };
            let half = sample.len() / 2;
            match (zeros(0), zeros(1)) {
                _ if half < 4 => Encoding::Bytes { mark: 0 },
                (0, high) if high * 10 >= half * 9 => Encoding::Utf16 {
                    little: true,
                    mark: 0,
                },
                (low, 0) if low * 10 >= half * 9 => Encoding::Utf16 {
                    little: false,
                    mark: 0,
                },
                _ => Encoding::Bytes { mark: 0 },
            }
        }
    }
}

/// UTF-16 on the fly as ASCII where it is ASCII, else as UTF-8.
pub(super) struct Utf16<R> {
    inner: R,
    little: bool,
    high: Option<u16>,
    raw: Vec<u8>,
}

impl<R: Read> Utf16<R> {
    pub(super) fn read(inner: R, little: bool) -> Refilled<Self> {
        let text = Self {
            inner,
            little,
            high: None,
            raw: Vec::new(),
        };
        Refilled::new(text, Vec::new())
    }
}

impl<R: Read> Refill for Utf16<R> {
    fn refill(&mut self, ready: &mut Vec<u8>) -> io::Result<bool> {
        let n = read_onto(&mut self.inner, &mut self.raw, 32 * 1024)?;
        let whole = self.raw.len() & !1;
        for pair in self.raw[..whole].chunks_exact(2) {
            let unit = if self.little {
                u16::from_le_bytes([pair[0], pair[1]])
            } else {
                u16::from_be_bytes([pair[0], pair[1]])
            };
            let units = match (self.high.take(), unit) {
                (None, 0xD800..=0xDBFF) => {
                    self.high = Some(unit);
                    continue;
                }
                (Some(high), low) => vec![high, low],
                (None, unit) => vec![unit],
            };
            for decoded in char::decode_utf16(units) {
                let letter = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
                ready.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        self.raw.drain(..whole);
        Ok(n > 0)
    }
}

/// Line ends of old Macs as those of everyone else.
pub(super) struct CarriageReturns<R>(pub(super) R);

impl<R: Read> Read for CarriageReturns<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(into)?;
        into[..n]
            .iter_mut()
            .filter(|b| **b == b'\r')
            .for_each(|b| *b = b'\n');
        Ok(n)
    }
}

/// A semicolon that only ends lines, as a blank.
pub(super) struct LineEnds<R>(pub(super) R);

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(into)?;
        into[..n]
            .iter_mut()
            .filter(|b| **b == b';')
            .for_each(|b| *b = b' ');
        Ok(n)
    }
}

/// Whether nearly every line ends with a semicolon and none has another: then something else stands between the cells.
pub(super) fn ends_lines_with_semicolons(head: &[u8]) -> bool {
    let mut lines: Vec<&[u8]> = head
        .split(|b| *b == b'\n')
        .map(<[u8]>::trim_ascii)
        .collect();
    // the last is cut off somewhere
    lines.pop();
    lines.retain(|line| !line.is_empty());
    let ended = lines.iter().filter(|line| line.ends_with(b";")).count();
    let semicolons = memchr::memchr_iter(b';', head).count();
    ended >= 3 && 10 * ended >= 9 * lines.len() && semicolons <= ended + 1
}

/// Whether lines end with a carriage return alone.
pub(super) fn ends_lines_with_returns(head: &[u8]) -> bool {
    memchr::memchr(b'\n', head).is_none()
        && memchr::memchr(b'\r', head).is_some_and(|at| at + 1 < head.len())
}

/// Bytes as text for names and messages: UTF-8, else known words in GBK, else each byte a Latin-1 letter.
pub(super) fn to_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            gbk::decode(bytes).unwrap_or_else(|| bytes.iter().map(|b| char::from(*b)).collect())
        }
    }
}

/// A piece of a line for a message: short, printable, quoted.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let text: String = to_text(&bytes[..bytes.len().min(240)])
        .chars()
        .map(|c| if c.is_control() { '·' } else { c })
        .take(80)
        .collect();
    let more = if bytes.len() > text.len() + 4 {
        "…"
    } else {
        ""
    };
    format!("\"{}{more}\"", text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_comes_out_as_utf8_whatever_the_pieces() {
        let text = "X (m/s²);𝛼\r\n1;2\r\n";
        for little in [true, false] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|u| {
                    if little {
                        u.to_le_bytes()
                    } else {
                        u.to_be_bytes()
                    }
                })
                .collect();
            struct OneByOne<'a>(&'a [u8]);
            impl Read for OneByOne<'_> {
                fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                    let n = self.0.len().min(1).min(into.len());
                    into[..n].copy_from_slice(&self.0[..n]);
                    self.0 = &self.0[n..];
                    Ok(n)
                }
            }
            let mut out = String::new();
            Utf16::read(OneByOne(&bytes), little)
                .read_to_string(&mut out)
                .unwrap();
            assert_eq!(out, text);
        }
    }

    #[test]
    fn encodings_are_known_by_mark_or_by_zeros() {
        assert_eq!(encoding_of(b"\xEF\xBB\xBF1,2"), Encoding::Bytes { mark: 3 });
        assert_eq!(
            encoding_of(b"\xFF\xFE1\0,\0"),
            Encoding::Utf16 {
                little: true,
                mark: 2
            }
        );
        assert_eq!(
            encoding_of(b"1\x002\x003\x004\x005\0"),
            Encoding::Utf16 {
                little: true,
                mark: 0
            }
        );
        assert_eq!(encoding_of(b"1,2,3,4,5,6"), Encoding::Bytes { mark: 0 });
    }

    #[test]
    fn semicolons_that_only_end_lines_are_no_delimiter() {
        let table = b"1,2,3;\r\n".repeat(20);
        assert!(ends_lines_with_semicolons(
            &[b"a,b,c\n", &table[..], b"1,2"].concat()
        ));
        assert!(!ends_lines_with_semicolons(&b"1;2;3;\n".repeat(20)));
        assert!(!ends_lines_with_semicolons(&b"1;2\n".repeat(20)));
        let mut text = Vec::new();
        LineEnds(&table[..]).read_to_end(&mut text).unwrap();
        assert_eq!(text, b"1,2,3 \r\n".repeat(20));
    }

    #[test]
    fn latin_one_letters_are_kept() {
        assert_eq!(to_text(b"X (m/s\xB2)"), "X (m/s²)");
        assert_eq!(excerpt(b"a\x00b"), "\"a·b\"");
    }
}
