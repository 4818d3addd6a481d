//! Any table with a time and three axes, by the names of its columns or, without names, by their values.

use super::{Format, Glance, aggregated};
use crate::ingest::error::ReadResult;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::{axes, places};
use crate::ingest::text::to_text;
use crate::ingest::time::column::{Verdict, judge};
use crate::model::units::SampleRate;

pub(super) const FORMAT: Format = Format {
    name: "generic_table",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let axes = if sketch.headings.is_empty() {
        places::by_place(sketch, &clocks_of(sketch, glance), glance.options)?
    } else {
        axes::by_name(sketch, &glance.file, glance.options)
            .map_err(|error| aggregated::by_headings(&sketch.headings).unwrap_or(error))?
    };
    let because = if sketch.headings.is_empty() {
        "a table without names"
    } else {
        "a table with names of no known device"
    };
    let mut layout = Layout::new("generic_table", because, sketch, axes);
    layout.time.rate = rate_above(sketch);
    Ok(Some(layout))
}

/// The rate that the lines above the table state, `data_rate = 2000.0 Hz`; none where two of them differ.
fn rate_above(sketch: &Sketch) -> Option<(SampleRate, String)> {
    let mut found: Option<f64> = None;
    for line in sketch.preamble.iter().take(200) {
        let line = to_text(line).to_lowercase();
        for part in line.split([',', ';', '|']) {
            let Some(hz) = stated_hz(part) else { continue };
            if found.is_some_and(|before| before != hz) {
                return None;
            }
            found = Some(hz);
        }
    }
    let rate = SampleRate::from_hz(found?)?;
    Some((
        rate,
        format!("the lines above the table say {} Hz", rate.hz()),
    ))
}

/// The number before `Hz` in a phrase that speaks of a rate.
fn stated_hz(phrase: &str) -> Option<f64> {
    let before = phrase
        .split("hz")
        .next()
        .filter(|head| head.len() < phrase.len())?;
    let speaks = ["rate", "frequency", "sampling"];
    if !speaks.iter().any(|word| before.contains(word)) {
        return None;
    }
    let number = before
        .trim_end()
        .rsplit(|c: char| !(c.is_ascii_digit() || c == '.'))
        .next()?;
    number
        .parse()
        .ok()
        .filter(|hz| (1.0..=4_000.0).contains(hz))
}

/// The first column whose values are a clock or a count of rows.
pub(super) fn first_clock(sketch: &Sketch, glance: &Glance) -> Option<usize> {
    (0..sketch.columns).find(|column| !matches!(verdict(sketch, *column, glance), Verdict::NoClock))
}

/// The columns that are no axes: the first clock, and those after it that rise throughout (time in two units).
fn clocks_of(sketch: &Sketch, glance: &Glance) -> Vec<usize> {
    let Some(first) = first_clock(sketch, glance) else {
        return Vec::new();
    };
    let mut clocks = vec![first];
    let rises = |column: &usize| match verdict(sketch, *column, glance) {
        // an axis may creep up for a while, but not row by row
        Verdict::Clock(clock) => clock.shape.backward == 0.0 && clock.shape.equal < 0.05,
        Verdict::Counter => true,
        _ => false,
    };
    clocks.extend((first + 1..sketch.columns).filter(rises));
    clocks
}

fn verdict(sketch: &Sketch, column: usize, glance: &Glance) -> Verdict {
    let options = glance.options;
    judge(
        sketch,
        column,
        options.time_format.as_ref(),
        options.date_order,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_the_number_before_hz_where_a_rate_is_spoken_of() {
        for (phrase, hz) in [
            ("# config: data_rate = 2000.0 hz", Some(2_000.0)),
            (" sampling frequency: 25 hz", Some(25.0)),
            ("sample rate (hz)", None),
            (" filter = 488 hz", None),
            ("rate 99999 hz", None),
        ] {
            assert_eq!(stated_hz(phrase), hz, "{phrase}");
        }
    }
}
