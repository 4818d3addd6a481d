//! Wear OS watches, by the logger of wearablebiosensing: `x(m/s^2),y(m/s^2),z(m/s^2),internal_ts,watch_timestamp`.
//!
//! `internal_ts` counts nanoseconds since boot and spaces the rows; the watch's clock is local and says when.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::model::body::Placement;

pub(super) const FORMAT: Format = Format {
    name: "wear_os",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let (Some(internal), Some(clock)) = (
        sketch.named(&["internal_ts"]),
        sketch.named(&["watch_timestamp"]),
    ) else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("wear_os", "internal_ts and watch_timestamp", sketch, axes);
    layout.device = Some("Wear OS watch".to_owned());
    layout.placement = Placement::Wrist;
    layout.time.candidates = Some(vec![internal, clock]);
    layout.time.spacing = Some(internal);
    layout.time.formats = vec![(internal, TimeFormat::Elapsed(Tick::NANOSECOND))];
    Ok(Some(layout))
}
