//! NilsPod: a line `samplingrate,256.0`, then `timestamp,acc_x,acc_y,acc_z,…` with the number of the sample as time and
//! raw counts.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::text::to_text;
use crate::ingest::time::format::TimeFormat;
use crate::ingest::unit::{Claimed, UnitClaim};
use crate::model::units::SampleRate;

pub(super) const FORMAT: Format = Format {
    name: "nilspod",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(first) = glance.lines(1).next().map(to_text) else {
        return Ok(None);
    };
    let rate = first
        .strip_prefix("samplingrate,")
        .and_then(|rest| SampleRate::from_hz(rest.split(',').next()?.trim().parse().ok()?));
    let (Some(rate), Some(sketch)) = (rate, glance.sketch) else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("nilspod", "the first line says samplingrate", sketch, axes);
    if layout.unit.is_unnamed() {
        layout.unit = UnitClaim {
            unit: Claimed::Counts,
            gravity: None,
            because: "NilsPod writes raw counts".to_owned(),
        };
    }
    layout.device = Some("NilsPod".to_owned());
    layout.time.rate = Some((rate, "the first line says samplingrate".to_owned()));
    if let Some(counter) = sketch.named(&["timestamp", "sample", "counter"]) {
        layout.time.candidates = Some(vec![counter]);
        layout.time.formats = vec![(counter, TimeFormat::Counter)];
    }
    Ok(Some(layout))
}
