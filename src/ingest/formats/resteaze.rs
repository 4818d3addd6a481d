//! RestEaZe ankle band: `Acc_X,Acc_Y,Acc_Z` in counts of 4096 a g (±8 g in 16 bits), or in g, by version, beside its
//! capacitive sensors. Gravity tells which.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::model::body::Placement;

pub(super) const FORMAT: Format = Format {
    name: "resteaze",
    recognise,
};

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
    layout.device = Some("RestEaZe".to_owned());
    layout.placement = Placement::Ankle;
    Ok(Some(layout))
}
