//! WitMotion: text of the PC program, and the logs of Python scripts on Bluetooth.
//!
//! `Chiptime<tab>ax(g)<tab>…<tab>T(°)`, `Time,DeviceName,…`, `time,Device name,Chip Time(),Acceleration X(g),…`; `timestamp,AccX,…,AngX,…,AsX,…` with stamps of receipt, in
//! bursts. Two sensors may take turns in one file. Over some radios the chip's clock is `null` throughout, and `time` is all
//! there is. Where the program speaks Chinese so do the names. The SD card's `.TXT` is binary and refused.

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
    let chip = sketch.named(&[
        "chiptime",
        "chiptime()",
        "chip time",
        "chip time()",
        "片上时间",
        "片上时间()",
    ]);
    let script = sketch.named(&["accx"]).is_some() && sketch.named(&["angx"]).is_some();
    let begins = |name: &str| sketch.headings.iter().any(|h| h.lower().starts_with(name));
    let program = sketch.named(&["devicename"]).is_some() && begins("ax(")
        || sketch.named(&["设备名称"]).is_some() && begins("加速度x");
    if chip.is_none() && !script && !program {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("witmotion", "WitMotion's names", sketch, axes);
    layout.device = Some("WitMotion".to_owned());
    let has_stamps = |column: &usize| {
        sketch
            .column(*column)
            .any(|cell| cell.iter().any(u8::is_ascii_digit))
    };
    if let Some(chip) = chip.filter(has_stamps) {
        layout.time.candidates = Some(vec![chip]);
    }
    Ok(Some(layout))
}
