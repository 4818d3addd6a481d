//! Bangle.js `accellog` (and `accelrec`): milliseconds since the start, counts or g.
//!
//! `Time (ms),X,Y,Z` with 8192 counts a g until October 2022 or with "Log raw data", else g; gravity tells which, also of
//! a wrist that swings all the while.
//! `accelrec` writes `Time,X,Y,Z` with 2000 counts a g.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "bangle_js",
    recognise,
};

/// What `accellog` has written over the years.
const LOGGED: [AccelUnit; 2] = [AccelUnit::Counts { per_g: 8_192.0 }, AccelUnit::G];

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let names: Vec<&str> = sketch.headings.iter().map(|h| h.text.as_str()).collect();
    let logged = matches!(
        names[..],
        ["Time (ms)", "X", "Y", "Z"] | ["Time (ms)", "X", "Y", "Z", "Total"]
    );
    let recorded = names[..] == ["Time", "X", "Y", "Z"] && glance.file.lower().starts_with("accel");
    if !logged && !recorded {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "bangle_js",
        "the header of the accelerometer logger",
        sketch,
        axes,
    );
    layout.device = Some("Bangle.js".to_owned());
    if recorded {
        layout.unit = UnitClaim::with_gravity(
            AccelUnit::Counts { per_g: 2_000.0 },
            "accelrec counts 2000 a g",
        );
        layout.time.formats = vec![(0, TimeFormat::Elapsed(Tick::MILLISECOND))];
    } else {
        layout.unit = UnitClaim::one_of(&LOGGED, "accellog writes 8192 counts a g, or g");
    }
    Ok(Some(layout))
}
