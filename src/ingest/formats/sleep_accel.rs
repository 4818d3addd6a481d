//! Apple Watch research exports: PhysioNet's sleep-accel text and the recording app behind it.
//!
//! `46343_acceleration.txt`: blanks between seconds since the start of the sleep study and three axes in g; negative
//! times lie before it. The app's `…_acceleration.csv` has `Timestamp,x,y,z` with an epoch.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes::{self, Axes};
use crate::ingest::table::dialect::Delimiter;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "sleep_accel",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch.filter(|sketch| sketch.columns == 4) else {
        return Ok(None);
    };
    if !glance.file.lower().ends_with("_acceleration") {
        return Ok(None);
    }
    let text = sketch.headings.is_empty() && sketch.dialect.delimiter == Delimiter::Blanks;
    let axes = if text {
        Axes {
            columns: [1, 2, 3],
            plus: None,
            claim: UnitClaim::none(),
            because: "the order of the data set: time, x, y, z".to_owned(),
        }
    } else if sketch.is_named(&["timestamp", "x", "y", "z"]) {
        axes::by_name(sketch, &glance.file, glance.options)?
    } else {
        return Ok(None);
    };
    let mut layout = Layout::new(
        "sleep_accel",
        "the file's name ends in _acceleration",
        sketch,
        axes,
    );
    layout.unit = UnitClaim::with_gravity(AccelUnit::G, "the data set is in g");
    layout.device = Some("Apple Watch".to_owned());
    layout.placement = Placement::Wrist;
    if text {
        layout.time.formats = vec![(0, TimeFormat::Elapsed(Tick::SECOND))];
        layout.time.spacing = Some(0);
    }
    Ok(Some(layout))
}
