//! Empatica EmbracePlus, as the vendor's script turns the cloud's Avro files into CSV: one file each 15 to 30 minutes.
//!
//! `unix_timestamp,x,y,z`, in microseconds UTC and g; a variant has a constant `file_timestamp` before it.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "empatica_embraceplus",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let known = sketch.is_named(&["unix_timestamp", "x", "y", "z"])
        || sketch.is_named(&["file_timestamp", "unix_timestamp", "x", "y", "z"]);
    if !known {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "empatica_embraceplus",
        "the names of the vendor's script",
        sketch,
        axes,
    );
    layout.unit = UnitClaim::with_gravity(AccelUnit::G, "the script scales to g");
    layout.device = Some("Empatica EmbracePlus".to_owned());
    layout.placement = Placement::Wrist;
    layout.time.candidates = sketch.named(&["unix_timestamp"]).map(|column| vec![column]);
    Ok(Some(layout))
}
