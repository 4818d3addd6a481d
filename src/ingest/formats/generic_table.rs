//! Any table with a time and three axes, by the names of its columns or, without names, by their values.

use super::{Format, Glance, above, aggregated, narrow};
use crate::ingest::error::ReadResult;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::{axes, places};
use crate::ingest::time::column::{Verdict, judge};
use crate::ingest::time::fraction;

pub(super) const FORMAT: Format = Format {
    name: "generic_table",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    if let Some(refusal) = aggregated::by_numbered_axes(&sketch.headings) {
        return Err(refusal);
    }
    let axes = if sketch.headings.is_empty() {
        let clocks = clocks_of(sketch, glance);
        match places::by_place(sketch, &clocks, &glance.file, glance.options) {
            // lists of JSON have commas, too
            Err(_) if narrow::markup(glance.head).is_some() => return Ok(None),
            found => found?,
        }
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
    layout.time.rate = above::rate(sketch);
    layout.time.start = above::start(sketch);
    Ok(Some(layout))
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
    clocks.extend(fraction::tick_beside(sketch, first).map(|_| first + 1));
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
