//! x-io NGIMU: `sensors.csv` with gyroscope, accelerometer (g), magnetometer and barometer at up to 400 Hz; `linear.csv`
//! with gravity taken out; `earth.csv` in the frame of the earth, of which real sessions have gravity in it: there the
//! numbers decide.

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
    let stem = glance.file.lower();
    let bare = sketch.is_named(&["time (s)", "x (g)", "y (g)", "z (g)"]);
    let (linear, earth) = (bare && stem == "linear", bare && stem == "earth");
    if !sensors && !linear && !earth {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("ngimu", "the names of an NGIMU session", sketch, axes);
    if linear {
        let because = format!("the file is called {}", glance.file.stem);
        layout.unit = UnitClaim::without_gravity(AccelUnit::G, because);
    } else if sensors {
        layout.unit.gravity = Some(GravityState::Included);
    }
    layout.device = Some("NGIMU".to_owned());
    layout.time.candidates = Some(vec![0]);
    Ok(Some(layout))
}
