//! Samsung watches with Tizen, by the common research logger: fourteen columns without names,
//! `hr,ppg,ax,ay,az,gx,gy,gz,pres,gravx,gravy,gravz,time_s,activity`; m/s² with gravity, stamps in whole seconds.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::number;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "tizen",
    recognise,
};

const COLUMNS: usize = 14;
const TIME: usize = 12;

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance
        .sketch
        .filter(|s| s.headings.is_empty() && s.columns == COLUMNS)
    else {
        return Ok(None);
    };
    let seconds = sketch.column(TIME).take(500).all(|cell| {
        number::parse(cell, b'.')
            .is_some_and(|n| n.is_whole() && (1e9..2.2e9).contains(&n.to_f64()))
    });
    if !seconds {
        return Ok(None);
    }
    let metric = AccelUnit::MetresPerSecondSquared;
    let axes = Axes {
        columns: [2, 3, 4],
        plus: None,
        claim: UnitClaim::with_gravity(metric, "the Tizen sensor API gives m/s2"),
        because: "columns 3 to 5 of the logger".to_owned(),
    };
    let mut layout = Layout::new(
        "tizen",
        "fourteen columns, the thirteenth whole epoch seconds",
        sketch,
        axes,
    );
    layout.device = Some("Samsung watch (Tizen)".to_owned());
    layout.placement = Placement::Wrist;
    layout.time.candidates = Some(vec![TIME]);
    layout.time.formats = vec![(TIME, TimeFormat::Epoch(Tick::SECOND))];
    Ok(Some(layout))
}
