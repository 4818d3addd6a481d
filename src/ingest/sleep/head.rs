//! The beginning of a sleep export, to tell what it is.

use crate::ingest::encoding;

/// The beginning of a file, to tell what it is.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Its name without folders, lower case.
    pub(super) name: String,
    /// Its first bytes as text.
    pub(super) text: String,
}

impl Head {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.rsplit('/').next().unwrap_or(name).to_lowercase(),
            // A cut in the middle of a character must not turn UTF-8 into another encoding.
            text: encoding::decode(whole_characters(bytes)).0,
        }
    }

    /// A line, without its end: old spreadsheets end lines with a carriage return alone.
    pub(super) fn line(&self, at: usize) -> &str {
        let end = if self.text.contains('\n') { '\n' } else { '\r' };
        self.text
            .split(end)
            .nth(at)
            .unwrap_or("")
            .trim_end_matches('\r')
    }

    pub(super) fn is_json(&self) -> bool {
        self.text.trim_start().starts_with(['[', '{'])
    }

    /// The sign that cuts the first line into the most cells.
    pub(super) fn delimiter(&self) -> u8 {
        [b',', b';', b'\t', b' ']
            .into_iter()
            .map(|sign| {
                (
                    self.line(0).bytes().filter(|byte| *byte == sign).count(),
                    sign,
                )
            })
            // The first of equals wins, and a blank only where nothing else cuts.
            .reduce(|best, next| {
                let better = next.0 > best.0 && (next.1 != b' ' || best.0 == 0);
                if better { next } else { best }
            })
            .map_or(b',', |(_, sign)| sign)
    }
}

/// Bytes up to the last whole UTF-8 character, where cutting at most three bytes off makes them valid.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}
