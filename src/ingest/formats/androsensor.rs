//! AndroSensor: `ACCELEROMETER X (m/s²)`, gravity and linear acceleration beside it, milliseconds since the start and a
//! local clock with a colon before its milliseconds. At the app's default of 2 Hz it is too slow and refused.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};

pub(super) const FORMAT: Format = Format {
    name: "androsensor",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let find = |beginning: &str| {
        sketch
            .headings
            .iter()
            .position(|h| h.lower().starts_with(beginning))
    };
    let (Some(_), Some(elapsed)) = (find("accelerometer x"), find("time since start in ms")) else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("androsensor", "AndroSensor's names", sketch, axes);
    layout.time.formats = vec![(elapsed, TimeFormat::Elapsed(Tick::MILLISECOND))];
    layout.time.spacing = Some(elapsed);
    layout.time.candidates = Some(find("yyyy-mo-dd").into_iter().chain([elapsed]).collect());
    Ok(Some(layout))
}
