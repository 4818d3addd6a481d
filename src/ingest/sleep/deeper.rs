//! JSON whose first record stands behind its head: whole accounts in one file, answers that begin with empty days.

use std::io::{self, BufRead, Read};

use super::{FORMATS, Format, Head};

/// Looked at together.
const WINDOW: usize = 64 << 10;
/// No key is longer.
const OVERLAP: usize = 64;

/// The source whose keys stand first in a JSON, wherever that is.
pub fn format_of(reader: &mut dyn BufRead) -> io::Result<Option<&'static Format>> {
    let mut window: Vec<u8> = Vec::with_capacity(WINDOW);
    loop {
        let read = (&mut *reader)
            .take((WINDOW - window.len()) as u64)
            .read_to_end(&mut window)?;
        if read == 0 {
            return Ok(None);
        }
        let head = Head {
            name: String::new(),
            text: format!("[{}", String::from_utf8_lossy(&window)),
        };
        let is_it = |format: &&Format| format.json && (format.recognises)(&head);
        if let Some(format) = FORMATS.iter().find(is_it) {
            return Ok(Some(format));
        }
        window.drain(..window.len().saturating_sub(OVERLAP));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        format_of(&mut text.as_bytes())
            .expect("no disk")
            .map(|format| format.name)
    }

    #[test]
    fn a_key_is_found_wherever_it_stands() {
        for before in [0, 10, WINDOW - 20, WINDOW - 8, WINDOW, 5 * WINDOW + 7] {
            let text = format!(
                "{{\"a\":[{}1],\"bedtime_start\":1}}",
                "1,".repeat(before / 2)
            );
            assert_eq!(name(&text), Some("sleep_oura"), "{before}");
        }
        assert_eq!(
            name("[{\"dateOfSleep\":\"2024-01-01\"}]"),
            Some("sleep_fitbit_json")
        );
        assert_eq!(name(&format!("[{}1]", "1,".repeat(WINDOW))), None);
        assert_eq!(name(""), None);
    }
}
