//! Empatica E4 `ACC.csv`: three equal epochs (UTC), three times the rate, then counts of 1/64 g with gravity.
//!
//! Its sister files (EDA, TEMP, HR, BVP) begin alike with one column.

use jiff::Timestamp;

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::number;
use crate::ingest::options::StartTime;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::{AccelUnit, SampleRate};

pub(super) const FORMAT: Format = Format {
    name: "empatica_e4",
    recognise,
};

/// Counts a g (the `info.txt` of each export).
const COUNTS_PER_G: f64 = 64.0;

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let mut lines = glance.lines(3);
    let (Some(first), Some(second), Some(third)) = (lines.next(), lines.next(), lines.next())
    else {
        return Ok(None);
    };
    if first.starts_with(b".csv files in this archive are in the following format") {
        return Err(ReadError::new(
            Refusal::NotARecording,
            "This is Empatica's description of an E4's files. Give ACC.csv of the same session, or the zip.",
        ));
    }
    if first.ends_with(b", IBI") || first.ends_with(b",IBI") {
        return Err(ReadError::new(
            Refusal::NotAcceleration,
            "This is an Empatica E4's list of heart beats. Give ACC.csv of the same session.",
        ));
    }
    let (Some((epoch, n_epochs)), Some((rate, n_rates))) =
        (equal_numbers(first), equal_numbers(second))
    else {
        return Ok(None);
    };
    let is_header =
        n_epochs == n_rates && (1e9..2.2e9).contains(&epoch) && (1.0..=1000.0).contains(&rate);
    if !is_header || third.split(|b| *b == b',').count() != n_epochs {
        return Ok(None);
    }
    if n_epochs != 3 {
        return Err(ReadError::new(
            Refusal::NotAcceleration,
            format!(
                "The file begins as Empatica E4 files do, but holds {n_epochs} column where acceleration has three. Give ACC.csv of \
                 the same session."
            ),
        ));
    }
    let (Some(sketch), Some(rate)) = (glance.sketch, SampleRate::from_hz(rate)) else {
        return Ok(None);
    };
    let axes = Axes {
        columns: [0, 1, 2],
        plus: None,
        claim: UnitClaim::with_gravity(
            AccelUnit::Counts {
                per_g: COUNTS_PER_G,
            },
            "E4 files count 1/64 g",
        ),
        because: "the three columns of ACC.csv".to_owned(),
    };
    let mut layout = Layout::new(
        "empatica_e4",
        "rows 1 and 2 hold three equal epochs and three equal rates",
        sketch,
        axes,
    );
    layout.data_at = glance
        .head
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'\n')
        .nth(1)
        .map_or(0, |(at, _)| at + 1);
    layout.data_line = 3;
    layout.header.clear();
    layout.device = Some("Empatica E4".to_owned());
    layout.placement = Placement::Wrist;
    layout.time.candidates = Some(Vec::new());
    layout.time.rate = Some((rate, "row 2".to_owned()));
    if let Ok(start) = Timestamp::from_nanosecond((epoch * 1e9) as i128) {
        layout.time.start = Some((StartTime::Instant(start), "row 1, UTC".to_owned()));
    }
    Ok(Some(layout))
}

/// The number that all cells of a line hold, and how many they are.
fn equal_numbers(line: &[u8]) -> Option<(f64, usize)> {
    let numbers: Vec<f64> = line
        .split(|b| *b == b',')
        .map(|cell| number::parse(cell, b'.').map(number::Number::to_f64))
        .collect::<Option<_>>()?;
    let first = *numbers.first()?;
    numbers
        .iter()
        .all(|n| *n == first)
        .then_some((first, numbers.len()))
}
