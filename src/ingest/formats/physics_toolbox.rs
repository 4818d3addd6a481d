//! Physics Toolbox Sensor Suite.
//!
//! Several sensors at once: a blank first line, `time,gFx,gFy,gFz,ax,ay,az,wx,wy,wz,` with a comma too many; gF is in g
//! with gravity, `ax` without; a row is written whenever any sensor speaks, the others held. One sensor:
//! `time,gFx,gFy,gFz,TgF`, or the linear one, `time,ax (m/s^2),ay (m/s^2),az (m/s^2),aT (m/s^2)`. Later versions say above
//! the table when the recording began.

use super::{Format, Glance, above};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::claim::RowsAre;
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "physics_toolbox",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch.filter(|s| {
        s.headings
            .first()
            .is_some_and(|h| h.lower().starts_with("time"))
    }) else {
        return Ok(None);
    };
    let columns = |names: [&str; 3]| -> Option<[usize; 3]> {
        let [x, y, z] = names.map(|name| sketch.named(&[name]));
        Some([x?, y?, z?])
    };
    let g_force = columns(["gfx", "gfy", "gfz"]);
    let linear = columns(["ax (m/s^2)", "ay (m/s^2)", "az (m/s^2)"])
        .or_else(|| columns(["ax (m/s²)", "ay (m/s²)", "az (m/s²)"]))
        .filter(|_| {
            sketch
                .headings
                .iter()
                .any(|h| h.lower().starts_with("at ("))
        });
    let (columns, claim) = match (g_force, linear) {
        (Some(columns), _) => (
            columns,
            UnitClaim::with_gravity(AccelUnit::G, "the names gF mean g-force"),
        ),
        (None, Some(columns)) => (
            columns,
            UnitClaim::without_gravity(
                AccelUnit::MetresPerSecondSquared,
                "ax, ay, az and aT in m/s2 are the app's linear accelerometer",
            ),
        ),
        (None, None) => return Ok(None),
    };
    let axes = Axes {
        columns,
        plus: None,
        claim,
        because: "the app's names".to_owned(),
    };
    let mut layout = Layout::new(
        "physics_toolbox",
        "the names of Physics Toolbox",
        sketch,
        axes,
    );
    layout.time.candidates = Some(vec![0]);
    layout.time.start = above::start(sketch);
    let named = sketch
        .headings
        .iter()
        .filter(|h| !h.text.is_empty())
        .count();
    if named > 5 {
        layout.time.rows = RowsAre::AnyEvent;
    }
    Ok(Some(layout))
}
