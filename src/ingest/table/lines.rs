//! The lines of a head by which a table is judged.

/// Lines of the head that are looked at; the rest only counts when the samples are read.
const LINES: usize = 12_000;
/// Lines at the end of the head that are looked at as well.
const LAST_LINES: usize = 1_000;
/// No row of a table of samples is longer.
const LONGEST_LINE: usize = 64 * 1024;

/// A line of the head and where it begins.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub at: usize,
    pub bytes: &'a [u8],
}

/// The lines at both ends of a head.
pub(super) struct Lines<'a> {
    pub first: Vec<Line<'a>>,
    /// Those of the end, where they are not among the first.
    pub last: Vec<Line<'a>>,
    /// Whether the first ones are all.
    pub reach_the_end: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn of(head: &'a [u8], complete: bool) -> Self {
        let mut first = Vec::new();
        let mut at = 0;
        while at < head.len() && first.len() < LINES {
            let (line, next) = line_at(head, at, complete);
            let Some(bytes) = line else { break };
            if bytes.len() > LONGEST_LINE {
                break;
            }
            first.push(Line { at, bytes });
            at = next;
        }
        let mut last = Vec::new();
        if at < head.len() {
            // from the back, whole lines only
            let mut end = head.len();
            while last.len() < LAST_LINES {
                let Some(start) =
                    memchr::memrchr(b'\n', &head[..end.saturating_sub(1)]).map(|n| n + 1)
                else {
                    break;
                };
                if start < at {
                    break;
                }
                if end < head.len() || complete {
                    last.push(Line {
                        at: start,
                        bytes: head[start..end].trim_ascii_end(),
                    });
                }
                end = start;
            }
            last.reverse();
        }
        Self {
            first,
            last,
            reach_the_end: at == head.len(),
        }
    }
}

/// The line that begins at `at` and where the next begins; `None` for a last line that may go on.
fn line_at(head: &[u8], at: usize, complete: bool) -> (Option<&[u8]>, usize) {
    let strip = |line: &'_ [u8]| line.len() - usize::from(line.last() == Some(&b'\r'));
    match memchr::memchr(b'\n', &head[at..]) {
        Some(length) => {
            let line = &head[at..at + length];
            (Some(&line[..strip(line)]), at + length + 1)
        }
        None if complete => {
            let line = &head[at..];
            (Some(&line[..strip(line)]), head.len())
        }
        None => (None, head.len()),
    }
}
