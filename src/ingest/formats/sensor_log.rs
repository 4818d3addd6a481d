//! SensorLog (Bernd Thomas) on iPhone and Apple Watch.
//!
//! `loggingTime(txt),…,accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),…`: names carry units, a
//! row is written at the logger's rate, so a sensor's stamp stands again when the sensor is slower. Acceleration with
//! gravity is preferred; else user acceleration and gravity are added.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::heading::Sensor;
use crate::ingest::table::layout::Layout;
use crate::ingest::time::claim::RowsAre;
use crate::ingest::time::format::{Tick, TimeFormat};

pub(super) const FORMAT: Format = Format {
    name: "sensor_log",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let Some(logging) = sketch
        .headings
        .iter()
        .position(|h| h.lower().starts_with("loggingtime"))
    else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let sensor = if sketch.headings[axes.columns[0]].sensor == Sensor::Acceleration {
        "accelerometertimestamp_sincereboot(s)"
    } else {
        "motiontimestamp_sincereboot(s)"
    };
    let mut layout = Layout::new("sensor_log", "SensorLog's loggingTime", sketch, axes);
    layout.device = Some("SensorLog".to_owned());
    layout.time.candidates = Some(vec![logging]);
    if let Some(stamp) = sketch.named(&[sensor]) {
        layout.time.candidates = Some(vec![logging, stamp]);
        layout.time.spacing = Some(stamp);
        layout.time.formats = vec![(stamp, TimeFormat::Elapsed(Tick::SECOND))];
        layout.time.rows = RowsAre::Polled;
    }
    Ok(Some(layout))
}
