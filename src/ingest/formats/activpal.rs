//! activPAL3 raw CSV: no header, a spreadsheet's day number (local), three unsigned counts of 8 bits.
//!
//! 127 is zero and 63 counts are a g (±2 g; checked against a real thigh recording, 1.035 g at rest). The compressed
//! export leaves out repeated rows and is refused.

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::number;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::column::{Verdict, judge};
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::time::zero::Zero;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "activpal",
    recognise,
};

const ZERO: f32 = 127.0;
const COUNTS_PER_G: f64 = 63.0;

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    if sketch
        .headings
        .iter()
        .any(|h| h.lower().contains("uncompressed sample index"))
    {
        return Err(ReadError::new(
            Refusal::NotARecording,
            "This is activPAL's compressed export, which leaves out repeated rows. Export the raw data uncompressed.",
        ));
    }
    if !sketch.headings.is_empty() || sketch.columns != 4 {
        return Ok(None);
    }
    let counts = (1..4).all(|column| {
        sketch.column(column).all(|cell| {
            number::parse(cell, b'.')
                .is_some_and(|n| n.is_whole() && !n.negative && n.mantissa <= 255)
        })
    });
    let day = counts
        && matches!(judge(sketch, 0, None, None), Verdict::Clock(clock) if clock.format == TimeFormat::Since(Zero::Spreadsheet, Tick::DAY));
    if !day {
        return Ok(None);
    }
    let axes = Axes {
        columns: [1, 2, 3],
        plus: None,
        claim: UnitClaim::with_gravity(
            AccelUnit::Counts {
                per_g: COUNTS_PER_G,
            },
            "activPAL3 counts 63 a g around 127",
        ),
        because: "the order of the export: time, x, y, z".to_owned(),
    };
    let because = "no header, a spreadsheet's day number and three counts of 0 to 255";
    let mut layout = Layout::new("activpal", because, sketch, axes);
    layout.zero = ZERO;
    layout.device = Some("activPAL3".to_owned());
    layout.placement = Placement::Thigh;
    Ok(Some(layout))
}
