//! Polar Sensor Logger and loggers built on Polar's SDK: H10, OH1, Verity Sense.
//!
//! `Phone timestamp;sensor timestamp [ns];X [mg];Y [mg];Z [mg]`. The phone's clock is local, late by some seconds and
//! uneven; the sensor's counts nanoseconds since 2000 and is even. So the sensor spaces, the phone says when. Sister
//! files (PPG, PPI, HR, gyroscope, magnetometer) begin with the same two names.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "polar",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    if sketch
        .headings
        .first()
        .is_none_or(|first| first.lower() != "phone timestamp")
    {
        return Ok(None);
    }
    if !sketch.headings.iter().any(|heading| heading.axis.is_some()) {
        return Err(axes::another_sensor(&format!(
            "This file of Polar Sensor Logger holds {}",
            sketch.names()
        )));
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("polar", "the names of Polar Sensor Logger", sketch, axes);
    layout.unit = UnitClaim::with_gravity(AccelUnit::MilliG, "the header says [mg]");
    layout.device = Some("Polar".to_owned());
    if let Some(sensor) = sketch.named(&["sensor timestamp [ns]"]) {
        layout.time.candidates = Some(vec![0, sensor]);
        layout.time.spacing = Some(sensor);
        layout.time.formats = vec![(sensor, TimeFormat::Elapsed(Tick::NANOSECOND))];
    }
    Ok(Some(layout))
}
