//! JSON of sleep exports: whole files, which are small, with a bound. Apps and scripts wrap the same records in many ways (a
//! list, an answer, a list of answers, answers by date), so records are known by their keys wherever they stand.

use std::io::{BufRead, Read};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

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

/// An object that is looked for.
pub trait Record: Default {
    /// Takes the value of a key that it knows; of another key it leaves the value where it is, and says `false`.
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;

    /// Whether an object with the keys that were taken is one.
    fn is_one(&self) -> bool;
}

/// Every record, in the order of the text; what stands around them is passed over. Answers may be written one after another, a
/// line each.
pub fn records<T: Record>(text: &str) -> Result<Vec<T>, SleepErrorKind> {
    let mut found = Vec::new();
    let mut whole = serde_json::Deserializer::from_str(text);
    loop {
        Walk(&mut found)
            .deserialize(&mut whole)
            .map_err(|error| SleepErrorKind::Damaged {
                line: error.line() as u64,
                seen: error.to_string(),
                expected: "JSON as the app exports it",
            })?;
        if whole.end().is_ok() {
            return Ok(found);
        }
    }
}

/// A string or a number, as stamps are written; `Other` is anything else.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// `null`, or what is no stamp.
    Other(IgnoredAny),
}

impl Default for Scalar {
    fn default() -> Self {
        Self::Other(IgnoredAny)
    }
}

impl Scalar {
    /// Whether there is one.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// The string; empty where there is none.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

struct Walk<'f, T>(&'f mut Vec<T>);

impl<'de, T: Record> DeserializeSeed<'de> for Walk<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, whole: D) -> Result<(), D::Error> {
        whole.deserialize_any(self)
    }
}

impl<'de, T: Record> Visitor<'de> for Walk<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut record = T::default();
        while let Some(key) = map.next_key::<String>()? {
            if !record.take(&key, &mut map)? {
                map.next_value_seed(Walk(self.0))?;
            }
        }
        if record.is_one() {
            self.0.push(record);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Walk(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
