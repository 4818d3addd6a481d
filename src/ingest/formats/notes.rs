//! Small files that stand beside a recording and are none: metadata, lists of movements.

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::table::layout::Layout;
use crate::ingest::text::to_text;

pub(super) const PHYPHOX_META: Format = Format {
    name: "phyphox_meta",
    recognise: phyphox_meta,
};
pub(super) const MOVEMENT_LIST: Format = Format {
    name: "movement_list",
    recognise: movement_list,
};

pub(super) const MOTION_CAPTURE: Format = Format {
    name: "motion_capture",
    recognise: motion_capture,
};

/// OptiTrack's Motive: markers and bodies in metres.
fn motion_capture(glance: &Glance) -> ReadResult<Option<Layout>> {
    let first = first_line(glance);
    if !first.starts_with("Format Version,") || !first.contains(",Take Name,") {
        return Ok(None);
    }
    Err(ReadError::new(
        Refusal::NotAcceleration,
        "This is a take of motion capture: positions of markers, no acceleration. Give the recording of an accelerometer.",
    ))
}

fn first_line(glance: &Glance) -> String {
    glance
        .lines(1)
        .next()
        .map(to_text)
        .unwrap_or_default()
        .replace('"', "")
        .replace([';', '\t'], ",")
}

fn phyphox_meta(glance: &Glance) -> ReadResult<Option<Layout>> {
    let first = first_line(glance);
    if first != "property,value" && !first.starts_with("event,experiment time,system time") {
        return Ok(None);
    }
    Err(ReadError::new(
        Refusal::NotARecording,
        "This is phyphox's description of an experiment, not its data. Give the folder or zip it stands in.",
    ))
}

fn movement_list(glance: &Glance) -> ReadResult<Option<Layout>> {
    let first = first_line(glance);
    if !first.starts_with("leg,start_s,end_s") && !first.starts_with("night,leg,class,") {
        return Ok(None);
    }
    Err(ReadError::new(
        Refusal::NotARecording,
        "This is a list of movements, not a recording. To score it, use: legtrace score FILE.",
    ))
}
