//! Movesense: JSON of the Showcase app or of `sbem2json`, and CSV conversions.
//!
//! `{"Meas":{"IMU9":[{"ArrayAcc":[{"x":…,"y":…,"z":…},…],…,"Timestamp":158319},…`: blocks of samples with one stamp in
//! milliseconds since boot, which `TimeDetailed` ties to the day where the logger wrote it. m/s² with gravity; the resource is called `LinearAcceleration` all the same, and so are the
//! CSV files (`timestamp,x,y,z`).

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::file_name::FileName;
use crate::ingest::table::heading::Sensor;
use crate::ingest::table::layout::{Layout, RowsIn};
use crate::ingest::time::claim::Segment;
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
        layout.time.segments = tied(near).into_iter().collect();
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

/// 2005, before which no clock was set, in microseconds since 1970.
const SET_US: f64 = 1.104e15;

/// `"TimeDetailed": {"relativeTime": 122000, "utcTime": 1712240400000000}`: milliseconds since boot, microseconds since 1970.
fn tied(head: &[u8]) -> Option<Segment> {
    let at = memchr::memmem::find(head, b"\"TimeDetailed\"")?;
    let rest = &head[at..];
    let object = &rest[..memchr::memchr(b'}', rest)?];
    let number = |key: &str| -> Option<f64> {
        let at = memchr::memmem::find(object, format!("\"{key}\"").as_bytes())? + key.len() + 2;
        let text = String::from_utf8_lossy(object.get(at..)?);
        let digits = text.trim_start_matches([' ', ':', '\n', '\t']);
        let end = digits.find(|c: char| !c.is_ascii_digit());
        digits[..end.unwrap_or(digits.len())].parse().ok()
    };
    let (relative_ms, utc_us) = (number("relativeTime")?, number("utcTime")?);
    (utc_us > SET_US).then_some(Segment {
        from_ns: (relative_ms * 1e6) as i64,
        utc_ns: (utc_us as i64).saturating_mul(1_000),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loggers_own_stamp_ties_the_device_to_the_day() {
        let text = br#"{"Samples":[{"TimeDetailed": {"relativeTime": 122000, "utcTime": 1712240400000000}},{"#;
        assert_eq!(
            tied(text),
            Some(Segment {
                from_ns: 122_000_000_000,
                utc_ns: 1_712_240_400_000_000_000,
            })
        );
        let unset = br#"{"TimeDetailed":{"utcTime":1000000,"relativeTime":122000}}"#;
        assert_eq!(tied(unset), None);
        assert_eq!(tied(b"{\"Meas\":{}}"), None);
    }
}
