//! Physics Toolbox Sensor Suite.
//!
//! Several sensors at once: a blank first line, `time,gFx,gFy,gFz,ax,ay,az,wx,wy,wz,` with a comma too many; gF is in g
//! with gravity, `ax` without, and is all there is where the phone was not asked for gF; a row is written whenever any sensor speaks, the others held. One sensor:
//! `time,gFx,gFy,gFz,TgF`, or the linear one, `time,ax (m/s^2),ay (m/s^2),az (m/s^2),aT (m/s^2)`. Later versions say above
//! the table when the recording began.

use super::{Format, Glance, above};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
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
    let linear =
        linear.or_else(|| columns(["ax", "ay", "az"]).filter(|_| is_the_apps(glance, sketch)));
    let (columns, claim) = match (g_force, linear) {
        (Some(columns), _) => (
            columns,
            UnitClaim::with_gravity(AccelUnit::G, "the names gF mean g-force"),
        ),
        (None, Some(columns)) => (
            columns,
            UnitClaim::without_gravity(
                AccelUnit::MetresPerSecondSquared,
                "ax, ay, az beside the app's other names are its linear accelerometer, in m/s2",
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

/// Whether a table without gF is the app's all the same: a blank first line, a comma too many, and no name that is not its own,
/// some of them of other sensors.
fn is_the_apps(glance: &Glance, sketch: &Sketch) -> bool {
    const OTHERS: [&str; 12] = [
        "wx", "wy", "wz", "bx", "by", "bz", "azimuth", "pitch", "roll", "p", "i", "db",
    ];
    let names: Vec<String> = sketch.headings.iter().map(|h| h.lower()).collect();
    let Some((last, names)) = names.split_last() else {
        return false;
    };
    let of_others = names.iter().filter(|name| OTHERS.contains(&name.as_str()));
    let n_others = of_others.count();
    let begins_blank = glance.lines(1).all(<[u8]>::is_empty);
    // time, ax, ay, az
    begins_blank && last.is_empty() && n_others > 0 && names.len() == n_others + 4
}
