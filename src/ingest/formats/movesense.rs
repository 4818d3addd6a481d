//! Movesense: JSON of the Showcase app or of `sbem2json`, and CSV conversions.
//!
//! `{"Meas":{"IMU9":[{"ArrayAcc":[{"x":…,"y":…,"z":…},…],…,"Timestamp":158319},…`: blocks of samples with one stamp in
//! milliseconds since boot. m/s² with gravity; the resource is called `LinearAcceleration` all the same, and so are the
//! CSV files (`timestamp,x,y,z`).

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::file_name::FileName;
use crate::ingest::table::heading::Sensor;
use crate::ingest::table::layout::{Layout, RowsIn};
use crate::ingest::unit::{Claimed, UnitClaim};
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "movesense",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let metric = AccelUnit::MetresPerSecondSquared;
    let start = glance.head.trim_ascii_start();
    if start.starts_with(b"{") || start.starts_with(b"[") {
        let near = &start[..start.len().min(64 * 1024)];
        if memchr::memmem::find(near, b"\"ArrayAcc\"").is_none() {
            return Ok(None);
        }
        let mut layout =
            Layout::of_blocks("movesense", "JSON with ArrayAcc", RowsIn::MovesenseJson);
        layout.unit = UnitClaim::with_gravity(metric, "Movesense gives m/s2");
        layout.device = Some("Movesense".to_owned());
        return Ok(Some(layout));
    }
    let Some(sketch) = glance
        .sketch
        .filter(|sketch| sketch.is_named(&["timestamp", "x", "y", "z"]))
    else {
        return Ok(None);
    };
    let serial = glance
        .file
        .stem
        .split('_')
        .find(|part| part.len() >= 6 && part.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned);
    let stem = glance.file.lower();
    let by_the_app = stem.ends_with("linearacceleration") || stem.ends_with("_acc");
    if serial.is_none() || !by_the_app {
        return Ok(None);
    }
    let neutral = FileName {
        sensor: Sensor::Unnamed,
        ..glance.file.clone()
    };
    let axes = axes::by_name(sketch, &neutral, glance.options)?;
    let because = "timestamp,x,y,z, and the file's name holds the sensor's serial number";
    let mut layout = Layout::new("movesense", because, sketch, axes);
    layout.unit = UnitClaim {
        unit: Claimed::Unit(metric),
        gravity: None,
        because: "Movesense gives m/s2".to_owned(),
    };
    layout.device = Some("Movesense".to_owned());
    layout.serial = serial;
    Ok(Some(layout))
}
