//! Time stamps that a terminal program sets before each line it receives: `22:47:13.020 -> 0.1,0.9,0.2` (Arduino's serial
//! monitor), `[2024-10-25 22:47:13.020] 0.1,0.9,0.2` (Tera Term).
//!
//! What the device sent is a table of its own; the mark between becomes its delimiter, byte for byte, so that the stamp is a
//! cell like the others.

use std::io::{self, Read};

use super::whole_lines;

/// A stamp and its mark end before this byte of a line.
const LONGEST: usize = 40;
/// So many lines at the least tell a terminal's stamps.
const FEWEST: usize = 3;

/// What stands between stamp and line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `->`
    Arrow,
    /// `[` before the stamp and `]` behind it.
    Brackets,
}

impl Mark {
    /// The mark of a line, and where what was received begins.
    fn of(line: &[u8]) -> Option<(Self, usize)> {
        let head = &line[..line.len().min(LONGEST)];
        let (mark, from, to, behind) = match head.first()? {
            b'[' => {
                let end = memchr::memchr(b']', head)?;
                (Self::Brackets, 1, end, end + 1)
            }
            _ => {
                let end = memchr::memmem::find(head, b"->")?;
                (Self::Arrow, 0, end, end + 2)
            }
        };
        let stamp = head[from..to].trim_ascii();
        let colons = stamp.iter().filter(|byte| **byte == b':').count();
        let is_clock = stamp
            .iter()
            .all(|byte| byte.is_ascii_digit() || b":.,-/ T".contains(byte));
        (is_clock && colons >= 2).then_some((mark, behind))
    }
}

/// The text with the mark of each line made a delimiter.
pub(in crate::ingest) struct Received<R> {
    inner: R,
    mark: Mark,
    delimiter: u8,
    /// Bytes of the line that were read, up to [`LONGEST`].
    at: usize,
    /// Whether its mark was met.
    met: bool,
    /// A byte that was read to see what a dash at the end of a piece goes on with.
    ahead: Option<u8>,
}

impl<R: Read> Received<R> {
    /// Of a text whose first lines are in `head`; `Err` gives back what has no such stamps.
    pub(in crate::ingest) fn new(inner: R, head: &[u8]) -> Result<Self, R> {
        let Some((mark, delimiter)) = look(head) else {
            return Err(inner);
        };
        Ok(Self {
            inner,
            mark,
            delimiter,
            at: 0,
            met: false,
            ahead: None,
        })
    }

    /// What becomes of a byte that this one follows.
    fn change(&mut self, byte: u8, next: Option<u8>) -> u8 {
        if byte == b'\n' {
            (self.at, self.met) = (0, false);
            return byte;
        }
        self.at += usize::from(self.at < LONGEST);
        if self.met || self.at == LONGEST {
            return byte;
        }
        match (self.mark, byte) {
            (Mark::Arrow, b'-') if next == Some(b'>') => b' ',
            (Mark::Brackets, b'[') if self.at == 1 => b' ',
            (Mark::Arrow, b'>') | (Mark::Brackets, b']') => {
                self.met = true;
                self.delimiter
            }
            _ => byte,
        }
    }
}

impl<R: Read> Read for Received<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(first) = into.first_mut() else {
            return Ok(0);
        };
        let mut n = 0;
        if let Some(ahead) = self.ahead.take() {
            *first = ahead;
            n = 1;
        }
        n += self.inner.read(&mut into[n..])?;
        if n > 0 && into[n - 1] == b'-' {
            let mut one = [0];
            self.ahead = (self.inner.read(&mut one)? == 1).then_some(one[0]);
        }
        for at in 0..n {
            let next = into[..n].get(at + 1).copied().or(self.ahead);
            into[at] = self.change(into[at], next);
        }
        Ok(n)
    }
}

/// The mark that nearly all lines have, and what parts the cells of what was received: the mark that most of it has, else blanks.
fn look(head: &[u8]) -> Option<(Mark, u8)> {
    let lines = whole_lines(head);
    let marked: Vec<(Mark, &[u8])> = lines
        .iter()
        .filter_map(|line| Mark::of(line).map(|(mark, from)| (mark, &line[from..])))
        .collect();
    let (mark, _) = *marked.first()?;
    let same = marked.iter().filter(|(other, _)| *other == mark).count();
    if same < FEWEST || 10 * same < 9 * lines.len() {
        return None;
    }
    let with = |delimiter: u8| {
        let has = |(_, rest): &&(Mark, &[u8])| rest.contains(&delimiter);
        2 * marked.iter().filter(has).count() > marked.len()
    };
    let delimiter = b";\t,".iter().copied().find(|delimiter| with(*delimiter));
    Some((mark, delimiter.unwrap_or(b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(text: &str) -> Option<String> {
        let mut whole = Received::new(text.as_bytes(), text.as_bytes()).ok()?;
        let (mut all, mut piece) = (Vec::new(), [0; 7]);
        while let n @ 1.. = whole.read(&mut piece).unwrap() {
            all.extend_from_slice(&piece[..n]);
        }
        Some(String::from_utf8(all).unwrap())
    }

    #[test]
    fn the_mark_becomes_the_delimiter_of_what_was_received() {
        let text = "22:47:13.020 -> 0.1,0.9,0.2\n22:47:13.040 -> 0.1,-0.9,0.2\n22:47:13.060 -> 0.1,0.9,0.2\n";
        assert_eq!(received(text).unwrap(), text.replace("->", " ,"));
        let text = "[2024-10-25 22:47:13.020] 1 2 3\n".repeat(3);
        assert_eq!(
            received(&text).unwrap(),
            " 2024-10-25 22:47:13.020  1 2 3\n".repeat(3)
        );
    }

    #[test]
    fn other_arrows_and_brackets_stay() {
        for text in [
            "a -> b\n".repeat(9),
            "[x],[y],[z]\n".repeat(9),
            "22:47:13.020,0.1,0.9,0.2\n".repeat(9),
            "22:47:13.020 -> 0.1,0.9\n0.1,0.9,0.2\n0.1,0.9,0.2\n".repeat(9),
            String::new(),
        ] {
            assert_eq!(received(&text), None, "{text:?}");
        }
    }
}
