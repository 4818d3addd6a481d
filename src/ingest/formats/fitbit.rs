//! Fitbit watches, by loggers on the Fitbit SDK (accel-fetcher): `timestamp_ms,x,y,z`, stamps rounded to 10 ms. Other
//! loggers use the same four names, so the unit (m/s² on Fitbit) is left to gravity.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;

pub(super) const FORMAT: Format = Format {
    name: "fitbit_sdk",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance
        .sketch
        .filter(|sketch| sketch.is_named(&["timestamp_ms", "x", "y", "z"]))
    else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let layout = Layout::new(
        "fitbit_sdk",
        "timestamp_ms,x,y,z as accel-fetcher writes it",
        sketch,
        axes,
    );
    Ok(Some(layout))
}
