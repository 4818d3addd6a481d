//! "Sensor Record" for Android: `Milliseconds,X,Y,Z`, or `Timestamp,Milliseconds,X,Y,Z` with a clock to the second and
//! the milliseconds that space the rows. The unit is not named; gravity tells, m/s² or, for tables of others
//! with these names, g.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "sensor_record",
    recognise,
};

/// They lie so far apart that movement cannot blur them.
const UNITS: [AccelUnit; 2] = [AccelUnit::MetresPerSecondSquared, AccelUnit::G];

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let clock = sketch.is_named(&["timestamp", "milliseconds", "x", "y", "z"]);
    let known = clock || sketch.is_named(&["milliseconds", "x", "y", "z"]);
    let Some(elapsed) = sketch.named(&["milliseconds"]).filter(|_| known) else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("sensor_record", "Milliseconds,X,Y,Z", sketch, axes);
    layout.time.formats = vec![(elapsed, TimeFormat::Elapsed(Tick::MILLISECOND))];
    layout.time.spacing = Some(elapsed);
    // without the clock these are anybody's names, and anybody's counts
    if clock && layout.unit.is_unnamed() {
        layout.unit = UnitClaim::one_of(&UNITS, "the app records m/s², tables like its are in g");
    }
    Ok(Some(layout))
}
