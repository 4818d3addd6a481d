//! MATLAB Mobile, as people write its timetable to CSV: `Timestamp,X,Y,Z` with `14-Mar-2023 10:15:22.123`, m/s² with
//! gravity, local time. `splitvars` puts the sensor before it: `Acceleration_Timestamp,X,Y,Z`. The app's own `.mat` is
//! binary and refused.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::heading::{Sensor, sensor_named};
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "matlab_mobile",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let names: Vec<String> = sketch.headings.iter().map(|h| h.lower()).collect();
    let [stamp, axes @ ..] = &names[..] else {
        return Ok(None);
    };
    let Some(prefix) = stamp.strip_suffix("timestamp") else {
        return Ok(None);
    };
    if axes != ["x", "y", "z"] || !sketch.column(0).take(50).all(names_a_month) {
        return Ok(None);
    }
    // as it is written: AngularVelocity is two words
    let text = &sketch.headings[0].text;
    match sensor_named(text.get(..prefix.len()).unwrap_or(prefix)) {
        Some(Sensor::Acceleration) => {}
        None if prefix.is_empty() => {}
        None => return Ok(None),
        Some(_) => {
            return Err(axes::another_sensor(&format!(
                "The column {} is that of another sensor",
                sketch.headings[0].text
            )));
        }
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "matlab_mobile",
        "Timestamp,X,Y,Z with MATLAB's way to write dates",
        sketch,
        axes,
    );
    layout.unit = UnitClaim::with_gravity(
        AccelUnit::MetresPerSecondSquared,
        "MATLAB Mobile gives m/s2",
    );
    Ok(Some(layout))
}

/// `14-Mar-2023 …`
fn names_a_month(cell: &[u8]) -> bool {
    matches!(cell, [_, _, b'-', a, b, c, b'-', ..]
        if a.is_ascii_uppercase() && b.is_ascii_lowercase() && c.is_ascii_lowercase())
}
