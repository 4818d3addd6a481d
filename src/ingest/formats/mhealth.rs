//! The mHealth file specification: `HEADER_TIME_STAMP,X,Y,Z` with a local clock, g with gravity, a file an hour.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "mhealth",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    if sketch
        .headings
        .first()
        .is_none_or(|first| first.lower() != "header_time_stamp")
    {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("mhealth", "HEADER_TIME_STAMP", sketch, axes);
    if layout.unit.is_unnamed() {
        layout.unit = UnitClaim::with_gravity(AccelUnit::G, "the specification says g");
    }
    layout.time.candidates = Some(vec![0]);
    Ok(Some(layout))
}
