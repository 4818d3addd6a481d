//! Bangle.js `accellog` (and `accelrec`): milliseconds since the start, counts or g.
//!
//! `Time (ms),X,Y,Z` with 8192 counts a g until October 2022 or with "Log raw data", else g; gravity tells which.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::model::body::Placement;

pub(super) const FORMAT: Format = Format {
    name: "bangle_js",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let names: Vec<&str> = sketch.headings.iter().map(|h| h.text.as_str()).collect();
    if !matches!(
        names[..],
        ["Time (ms)", "X", "Y", "Z"] | ["Time (ms)", "X", "Y", "Z", "Total"]
    ) {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "bangle_js",
        "the header of the accelerometer logger",
        sketch,
        axes,
    );
    layout.device = Some("Bangle.js".to_owned());
    layout.placement = Placement::NotStated;
    Ok(Some(layout))
}
