//! MotionCollector for iOS: `SessionID,…,Timestamp,timeIntervalSince1970,GyroX,…,AccX,AccY,AccZ,…`, g with gravity.
//!
//! Rows hold more cells than the header has names; several sessions may follow each other in one file.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "motion_collector",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let (Some(_), Some(epoch)) = (
        sketch.named(&["sessionid"]),
        sketch.named(&["timeintervalsince1970"]),
    ) else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "motion_collector",
        "SessionID and timeIntervalSince1970",
        sketch,
        axes,
    );
    layout.unit = UnitClaim::with_gravity(AccelUnit::G, "the app records g");
    // the epoch spaces; the civil clock beside it gives the zone, and stands in where a spreadsheet cut the epoch
    layout.time.candidates = Some(
        sketch
            .named(&["timestamp"])
            .into_iter()
            .chain([epoch])
            .collect(),
    );
    layout.time.spacing = Some(epoch);
    Ok(Some(layout))
}
