//! Tables too narrow for three axes: what their names say they are instead.

use super::{Glance, aggregated};
use crate::ingest::error::{ReadError, Refusal};
use crate::ingest::table::axes::another_sensor;
use crate::ingest::table::heading::{Heading, Sensor};
use crate::ingest::text::to_text;

/// Why a text is no table of samples.
pub(super) fn why_no_table(glance: &Glance) -> ReadError {
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
