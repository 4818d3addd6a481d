//! RestEaZe ankle band: `Acc_X,Acc_Y,Acc_Z` in counts of 4096 a g (±8 g in 16 bits), or in g, by version, beside its
//! capacitive sensors. Gravity tells which.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "resteaze",
    recognise,
};

/// What the band has written, by version.
const BANDS: [AccelUnit; 2] = [AccelUnit::Counts { per_g: 4_096.0 }, AccelUnit::G];

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let capacitive = sketch.headings.iter().any(|h| h.lower().starts_with("cap"));
    let three = ["acc_x", "acc_y", "acc_z"]
        .iter()
        .all(|name| sketch.named(&[name]).is_some());
    if !capacitive || !three {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("resteaze", "Acc_X beside capacitive channels", sketch, axes);
    if layout.unit.is_unnamed() {
        layout.unit = UnitClaim::one_of(&BANDS, "the band writes 4096 counts a g, or g");
    }
    layout.device = Some("RestEaZe".to_owned());
    layout.placement = Placement::Ankle;
    Ok(Some(layout))
}
