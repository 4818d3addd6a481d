//! JSON of sleep exports: whole files, which are small, with a bound.

use std::io::{BufRead, Read};

use serde::de::DeserializeOwned;

use super::error::SleepErrorKind;
use crate::ingest::encoding;

/// The largest JSON: a decade of nights with heart rates is a tenth of it.
const LARGEST: u64 = 128 << 20;

/// The text of a JSON member.
pub fn text(reader: &mut dyn BufRead) -> Result<String, SleepErrorKind> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(SleepErrorKind::TooLarge {
            what: "a JSON of more than 128 MiB",
        });
    }
    Ok(encoding::decode(&bytes).0)
}

/// Whether it is a list at the top.
pub fn is_list(text: &str) -> bool {
    text.trim_start().starts_with('[')
}

/// Its content.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, SleepErrorKind> {
    serde_json::from_str(text).map_err(|error| SleepErrorKind::Damaged {
        line: error.line() as u64,
        seen: error.to_string(),
        expected: "JSON as the app exports it",
    })
}
