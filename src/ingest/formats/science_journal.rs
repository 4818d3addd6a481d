//! Google's (now Arduino's) Science Journal: several sensors in one table, each with its own rows.
//!
//! `relative_time,AccX,AccY,AccZ,…` in milliseconds since the start; older exports have `timestamp` in epoch
//! milliseconds. Cells of the sensors that did not speak are empty. m/s², gravity in `AccX`.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "science_journal",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let Some(first) = sketch.headings.first().map(|h| h.lower()) else {
        return Ok(None);
    };
    let exact = |name: &str| sketch.headings.iter().position(|h| h.text == name);
    let (Some(x), Some(y), Some(z)) = (exact("AccX"), exact("AccY"), exact("AccZ")) else {
        return Ok(None);
    };
    let interleaved = sketch.column(x).any(<[u8]>::is_empty);
    if first != "relative_time" && !(first == "timestamp" && interleaved) {
        return Ok(None);
    }
    let metric = AccelUnit::MetresPerSecondSquared;
    let axes = Axes {
        columns: [x, y, z],
        plus: None,
        claim: UnitClaim::with_gravity(metric, "the app's AccX is in m/s2 with gravity"),
        because: "named AccX, AccY, AccZ".to_owned(),
    };
    let mut layout = Layout::new("science_journal", "the app's names", sketch, axes);
    layout.time.candidates = Some(vec![0]);
    if first == "relative_time" {
        layout.time.formats = vec![(0, TimeFormat::Elapsed(Tick::MILLISECOND))];
    }
    Ok(Some(layout))
}
