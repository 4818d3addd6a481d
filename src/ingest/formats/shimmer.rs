//! Shimmer, by Consensys: `"sep=;"`, a line of names, a line of units, a delimiter too many on each line.
//!
//! `Shimmer_40AC_Accel_LN_X_CAL`: two accelerometers, of low noise (LN, preferred) and wide range (WR). `RAW` instead
//! of `CAL` are counts. Time is `Timestamp_Unix_CAL` in epoch milliseconds, or a clock.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::{Claimed, UnitClaim};

pub(super) const FORMAT: Format = Format {
    name: "shimmer",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let is_shimmer = |name: &str| {
        name.starts_with("Shimmer_") || name.contains("_Accel_LN_") || name.contains("_Accel_WR_")
    };
    if !sketch
        .headings
        .iter()
        .any(|heading| is_shimmer(&heading.text))
    {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let raw = sketch.headings[axes.columns[0]].text.ends_with("_RAW");
    let mut layout = Layout::new("shimmer", "names as Consensys writes them", sketch, axes);
    if raw && layout.unit.is_unnamed() {
        layout.unit = UnitClaim {
            unit: Claimed::Counts,
            gravity: None,
            because: "the name ends in RAW".to_owned(),
        };
    }
    layout.device = Some("Shimmer".to_owned());
    layout.serial = sketch
        .headings
        .iter()
        .find_map(|h| h.text.strip_prefix("Shimmer_"))
        .and_then(|rest| rest.split('_').next())
        .map(str::to_owned);
    Ok(Some(layout))
}
