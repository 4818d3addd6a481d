//! Apple Health: `export.xml`, alone or in `export.zip`.
//!
//! The file grows to 2 GB and holds every heartbeat, so it is read as a stream of tags with a bound on each; only
//! `<Record type="HKCategoryTypeIdentifierSleepAnalysis" …>` is kept. Exports of iOS 16 carry a document type that no
//! XML parser accepts, and attributes come in any order: a scanner that steps from `<` to `<` reads them all.
//!
//! The offset in the stamps is that of the phone when it exported, not that of the night: instants are right, local
//! times half of the year are not. The zone of a night stands in `<MetadataEntry key="HKTimeZone" …/>` inside the record,
//! where the app wrote it.

use std::io::{self, BufRead};

use memchr::{memchr, memchr3};

use super::error::SleepErrorKind;
use super::export::{Ends, MOST_INTERVALS, SleepExport, SleepInterval, SleepState, WallClock};
use super::stamp::{self, Stamp};
use super::{Head, Source, states};
use crate::ingest::encoding;
use crate::model::recording::StampKind;

const SLEEP: &str = "HKCategoryTypeIdentifierSleepAnalysis";

/// Whether the head is that of a Health export.
pub fn recognises(head: &Head) -> bool {
    head.text.contains("<HealthData") || head.text.contains("<!DOCTYPE HealthData")
}

/// Reads the sleep records.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut export = SleepExport::new("sleep_apple_xml", StampKind::Utc, Ends::Clock);
    let mut tags = Tags::new(&mut *source.reader);
    let mut inside_sleep = false;
    let mut not_understood = 0_u64;
    while let Some(tag) = tags.next()? {
        match tag {
            Tag::Record(body) => {
                let attributes = Attributes(body);
                inside_sleep = attributes.get("type").as_deref() == Some(SLEEP);
                if !inside_sleep {
                    continue;
                }
                // A record that holds nothing has no end tag for its metadata.
                let closed = body.ends_with(b"/");
                match interval(&mut export, &attributes) {
                    Some(interval) if export.intervals.len() < MOST_INTERVALS => {
                        export.intervals.push(interval);
                    }
                    Some(_) => {
                        return Err(SleepErrorKind::TooLarge {
                            what: "4 million sleep records",
                        });
                    }
                    None => {
                        not_understood += 1;
                        inside_sleep = false;
                    }
                }
                inside_sleep &= !closed;
            }
            Tag::EndOfRecord => inside_sleep = false,
            Tag::Metadata(body) if inside_sleep => {
                let attributes = Attributes(body);
                if attributes.get("key").as_deref() == Some("HKTimeZone")
                    && let Some(name) = attributes.get("value")
                {
                    let clock = export.zone(&name);
                    if let (Some(last), WallClock::Zone(_)) = (export.intervals.last_mut(), clock) {
                        last.clock = clock;
                    }
                }
            }
            Tag::Metadata(_) => {}
        }
    }
    if not_understood > 0 {
        export.warn(format!(
            "{not_understood} sleep records were left out because their stamps or values were not understood"
        ));
    }
    Ok(export)
}

/// The interval of a record's attributes.
fn interval(export: &mut SleepExport, attributes: &Attributes) -> Option<SleepInterval> {
    let start = stamp::parse(&attributes.get("startDate")?)?;
    let end = stamp::parse(&attributes.get("endDate")?)?;
    let (
        Stamp::Instant {
            ns: start_ns,
            offset_min,
        },
        Stamp::Instant { ns: end_ns, .. },
    ) = (start, end)
    else {
        return None;
    };
    if end_ns < start_ns {
        return None;
    }
    let value = attributes.get("value")?;
    let state = value_state(&value)?;
    let name = attributes.get("sourceName").unwrap_or_default();
    Some(SleepInterval {
        start_ns,
        end_ns,
        state,
        word: export.word(short_word(&value)),
        source: export.source(&name),
        clock: offset_min.map_or(WallClock::Unknown, WallClock::Offset),
    })
}

/// A value in words, or in the numbers that some converters leave (HKCategoryValueSleepAnalysis: 0 in bed, 1 asleep,
/// 2 awake, 3 core, 4 deep, 5 REM).
pub fn value_state(value: &str) -> Option<SleepState> {
    let word = match value.trim() {
        "0" => "InBed",
        "1" => "Asleep",
        "2" => "Awake",
        "3" => "AsleepCore",
        "4" => "AsleepDeep",
        "5" => "AsleepREM",
        word => word,
    };
    states::by_word(word)
}

/// The value without its long prefix.
pub fn short_word(value: &str) -> &str {
    value.trim_start_matches("HKCategoryValueSleepAnalysis")
}

/// The tags that matter.
enum Tag<'a> {
    /// What stands between `<Record` and `>`.
    Record(&'a [u8]),
    /// `</Record>`.
    EndOfRecord,
    /// What stands between `<MetadataEntry` and `>`.
    Metadata(&'a [u8]),
}

/// Steps from tag to tag through a stream.
struct Tags<'a> {
    reader: &'a mut dyn BufRead,
    body: Vec<u8>,
}

/// The longest tag: a real one has a few hundred bytes.
const LONGEST_TAG: usize = 1 << 20;

impl<'a> Tags<'a> {
    fn new(reader: &'a mut dyn BufRead) -> Self {
        Self {
            reader,
            body: Vec::new(),
        }
    }

    fn next(&mut self) -> io::Result<Option<Tag<'_>>> {
        loop {
            if !self.skip_past(b'<')? {
                return Ok(None);
            }
            let name = self.name()?;
            match name.as_slice() {
                b"!--" if !self.skip_past_text(b"-->")? => return Ok(None),
                b"![CDATA[" if !self.skip_past_text(b"]]>")? => return Ok(None),
                b"Record" | b"MetadataEntry" => {
                    if !self.rest_of_tag()? {
                        return Ok(None);
                    }
                    return Ok(Some(if name.as_slice() == b"Record" {
                        Tag::Record(&self.body)
                    } else {
                        Tag::Metadata(&self.body)
                    }));
                }
                b"/Record" => return Ok(Some(Tag::EndOfRecord)),
                _ => {}
            }
        }
    }

    /// Reads up to the byte and past it; `false` at the end of the file.
    fn skip_past(&mut self, byte: u8) -> io::Result<bool> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            match memchr(byte, buffer) {
                Some(at) => {
                    self.reader.consume(at + 1);
                    return Ok(true);
                }
                None => {
                    let all = buffer.len();
                    self.reader.consume(all);
                }
            }
        }
    }

    /// Reads past a text of three bytes of which the first two are the same, as `-->` and `]]>`.
    fn skip_past_text(&mut self, end: &[u8; 3]) -> io::Result<bool> {
        let mut repeated = 0;
        while let Some(byte) = self.byte()? {
            if byte == end[2] && repeated >= 2 {
                return Ok(true);
            }
            repeated = if byte == end[0] { repeated + 1 } else { 0 };
        }
        Ok(false)
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.reader.fill_buf()?.first().copied();
        if byte.is_some() {
            self.reader.consume(1);
        }
        Ok(byte)
    }

    /// The name of a tag, without the byte that ends it; no name that matters is longer than `MetadataEntry`.
    fn name(&mut self) -> io::Result<Name> {
        let mut name = Name::default();
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(name);
            }
            let mut taken = 0;
            let mut whole = false;
            for &byte in buffer {
                let ends = byte.is_ascii_whitespace() || matches!(byte, b'>' | b'<');
                if ends || !name.push(byte) {
                    whole = true;
                    break;
                }
                taken += 1;
                if matches!(name.as_slice(), b"!--" | b"![CDATA[") {
                    whole = true;
                    break;
                }
            }
            self.reader.consume(taken);
            if whole {
                return Ok(name);
            }
        }
    }

    /// The rest of a tag up to the `>` that stands in no quotes; `false` at the end of the file.
    fn rest_of_tag(&mut self) -> io::Result<bool> {
        self.body.clear();
        let mut quote = None;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let mut at = 0;
            let mut end = None;
            while let Some(rest) = buffer.get(at..).filter(|rest| !rest.is_empty()) {
                let found = match quote {
                    Some(open) => memchr(open, rest),
                    None => memchr3(b'>', b'"', b'\'', rest),
                };
                let Some(found) = found else { break };
                at += found + 1;
                quote = match (quote, rest[found]) {
                    (None, b'>') => {
                        end = Some(at - 1);
                        break;
                    }
                    (None, open) => Some(open),
                    (Some(_), _) => None,
                };
            }
            let taken = end.unwrap_or(buffer.len());
            self.body.extend_from_slice(&buffer[..taken]);
            self.reader.consume(end.map_or(taken, |at| at + 1));
            if end.is_some() || self.body.len() > LONGEST_TAG {
                return Ok(end.is_some());
            }
        }
    }
}

/// The first bytes of a tag's name.
#[derive(Default)]
struct Name {
    bytes: [u8; Name::LONGEST],
    length: usize,
}

impl Name {
    const LONGEST: usize = 14;

    /// Whether there was room.
    fn push(&mut self, byte: u8) -> bool {
        let Some(place) = self.bytes.get_mut(self.length) else {
            return false;
        };
        *place = byte;
        self.length += 1;
        true
    }

    fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// The attributes of a tag's body.
struct Attributes<'a>(&'a [u8]);

impl Attributes<'_> {
    /// The value of an attribute, its entities resolved.
    fn get(&self, name: &str) -> Option<String> {
        let mut rest = self.0;
        while let Some(equals) = memchr(b'=', rest) {
            let key = rest[..equals].trim_ascii();
            let key = key.rsplit(u8::is_ascii_whitespace).next().unwrap_or(key);
            let after = rest[equals + 1..].trim_ascii_start();
            let quote = *after.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
            let length = memchr(quote, &after[1..])?;
            if key == name.as_bytes() {
                return Some(unescape(&encoding::decode_cell(&after[1..=length])));
            }
            rest = &after[length + 2..];
        }
        None
    }
}

/// Resolves the five named entities and numeric ones.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let entity = tail.split_once(';').filter(|(name, _)| name.len() <= 8);
        let resolved = entity.and_then(|(name, _)| match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (resolved, entity) {
            (Some(c), Some((_, after))) => {
                plain.push(c);
                rest = after;
            }
            _ => {
                plain.push('&');
                rest = tail;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn attributes_come_in_any_order_and_quotes() {
        let attributes = Attributes(b" endDate = '2018-01-22 06:30:24 +0100'\n sourceName=\"A &amp; B&#39;s &#x231A;\" odd=\"a>b=c\" type=\"x\" /");
        assert_eq!(attributes.get("sourceName").as_deref(), Some("A & B's ⌚"));
        assert_eq!(attributes.get("type").as_deref(), Some("x"));
        assert_eq!(attributes.get("odd").as_deref(), Some("a>b=c"));
        assert_eq!(attributes.get("missing"), None);
        assert_eq!(Attributes(b" a=\"unclosed").get("a"), None);
        assert_eq!(unescape("&&bogus;&#xD800;&lt"), "&&bogus;&#xD800;&lt");
    }

    #[test]
    fn comments_and_character_data_hide_tags() {
        let text = b"<!-- <Record type=\"1\"/> ---><![CDATA[<Record type=\"2\"/>]]]><Record type=\"3>\"/><Records/></Record>";
        let mut found = Vec::new();
        // A buffer of a few bytes: every tag is cut somewhere.
        let mut reader = BufReader::with_capacity(5, text.as_slice());
        let mut tags = Tags::new(&mut reader);
        while let Some(tag) = tags.next().unwrap() {
            found.push(match tag {
                Tag::Record(body) => Attributes(body).get("type").unwrap_or_default(),
                Tag::Metadata(_) => "metadata".to_owned(),
                Tag::EndOfRecord => "end".to_owned(),
            });
        }
        assert_eq!(found, ["3>", "end"]);
    }

    #[test]
    fn an_endless_tag_takes_bounded_memory() {
        use std::io::Read;
        let endless = io::Cursor::new(b"<Record a=\"".to_vec()).chain(io::repeat(b'x'));
        let mut reader = BufReader::new(endless);
        let mut tags = Tags::new(&mut reader);
        assert!(tags.next().unwrap().is_none());
        assert!(tags.body.len() < 2 * LONGEST_TAG);
    }
}
