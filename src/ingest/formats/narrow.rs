//! Tables too narrow for three axes: what their names say they are instead.

use super::{Glance, aggregated};
use crate::ingest::error::{ReadError, Refusal};
use crate::ingest::table::axes::another_sensor;
use crate::ingest::table::heading::{Heading, Sensor};
use crate::ingest::text::to_text;

/// The language of a text that is no table by its first mark.
pub(super) fn markup(head: &[u8]) -> Option<&'static str> {
    let head = head.trim_ascii_start();
    match head {
        [b'{', ..] => Some("JSON"),
        [b'[', rest @ ..] if rest.trim_ascii_start().starts_with(b"{") => Some("JSON"),
        [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z', ..] => Some("XML or HTML"),
        _ => None,
    }
}

/// Whether the first record of a JSON is one of Sensor Logger's: a sensor, a time, seconds since the start.
fn is_sensor_loggers(head: &[u8]) -> bool {
    let record = &head[..head.len().min(4_096)];
    let has = |key: &[u8]| memchr::memmem::find(record, key).is_some();
    has(b"\"sensor\"") && (has(b"\"seconds_elapsed\"") || has(b"\"recording time\""))
}

/// Why a text is no table of samples.
pub(super) fn why_no_table(glance: &Glance) -> ReadError {
    if let Some(language) = markup(glance.head) {
        if language == "JSON" && is_sensor_loggers(glance.head) {
            return ReadError::new(
                Refusal::NotARecording,
                "This is Sensor Logger's JSON, which holds one sensor after another. Export the recording as Zipped CSV in the app and \
                 give the zip as it is.",
            );
        }
        return ReadError::new(
            Refusal::NotARecording,
            format!(
                "This is {language} of no known export. Samples are read from tables (CSV), from JSON whose records name x, y and z, and from \
                 Movesense's JSON; from Apple Health, Fitbit, Oura and Garmin sleep is read, with --sleep."
            ),
        );
    }
    for line in glance
        .lines(4)
        .map(|line| to_text(&line[..line.len().min(1_000)]))
    {
        let headings: Vec<Heading> = line.split([',', ';', '\t']).map(Heading::parse).collect();
        if headings.len() > 8 || headings.iter().any(|heading| heading.words.len() > 6) {
            continue;
        }
        if let Some(refusal) = aggregated::by_headings(&headings) {
            return refusal;
        }
        let other = headings
            .iter()
            .any(|heading| heading.sensor == Sensor::Other);
        if other && headings.len() > 1 {
            return another_sensor(&format!("The first lines name {}", line.trim()));
        }
    }
    ReadError::new(
        Refusal::NotARecording,
        "The text is no table of samples: no delimiter makes rows of three numbers and more. If it is one, add --delimiter, \
         --decimal and --skip to say how it is written.",
    )
}
