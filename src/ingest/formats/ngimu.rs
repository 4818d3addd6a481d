//! x-io NGIMU: `sensors.csv` with gyroscope, accelerometer (g), magnetometer and barometer at up to 400 Hz;
//! `linear.csv` and `earth.csv` with gravity taken out.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::units::{AccelUnit, GravityState};

pub(super) const FORMAT: Format = Format {
    name: "ngimu",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let sensors = sketch.named(&["barometer (hpa)"]).is_some()
        && sketch.named(&["accelerometer x (g)"]).is_some();
    let linear = matches!(glance.file.lower().as_str(), "linear" | "earth")
        && sketch.is_named(&["time (s)", "x (g)", "y (g)", "z (g)"]);
    if !sensors && !linear {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("ngimu", "the names of an NGIMU session", sketch, axes);
    if linear {
        let because = format!("the file is called {}", glance.file.stem);
        layout.unit = UnitClaim::without_gravity(AccelUnit::G, because);
    } else {
        layout.unit.gravity = Some(GravityState::Included);
    }
    layout.device = Some("NGIMU".to_owned());
    layout.time.candidates = Some(vec![0]);
    Ok(Some(layout))
}
