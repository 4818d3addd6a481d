//! WitMotion: text of the PC program, and the logs of Python scripts on Bluetooth.
//!
//! `Chiptime<tab>ax(g)<tab>…<tab>T(°)`, `Time,DeviceName,…`, `time,Device name,Chip Time(),Acceleration X(g),…`; `timestamp,AccX,…,AngX,…,AsX,…` with stamps of receipt, in
//! bursts. Two sensors may take turns in one file. The SD card's `.TXT` is binary and refused.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;

pub(super) const FORMAT: Format = Format {
    name: "witmotion",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let chip = sketch.named(&["chiptime", "chiptime()", "chip time", "chip time()"]);
    let script = sketch.named(&["accx"]).is_some() && sketch.named(&["angx"]).is_some();
    let program = sketch.named(&["devicename"]).is_some()
        && sketch.headings.iter().any(|h| h.lower().starts_with("ax("));
    if chip.is_none() && !script && !program {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("witmotion", "WitMotion's names", sketch, axes);
    layout.device = Some("WitMotion".to_owned());
    if let Some(chip) = chip {
        layout.time.candidates = Some(vec![chip]);
    }
    Ok(Some(layout))
}
