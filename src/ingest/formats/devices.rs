//! Several devices in one file, told apart by a column with their addresses or names.

use std::collections::BTreeSet;

use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::ReadOptions;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::text::to_text;
use crate::model::recording::Decision;

/// Names of such a column.
const NAMES: [&str; 13] = [
    "address",
    "device",
    "devicename",
    "device name",
    "device_name",
    "deviceid",
    "device_id",
    "device id",
    "mac",
    "sensor_id",
    "sensorid",
    "node",
    "设备名称",
];

/// Keeps the rows of one device; asks which where there are several.
pub(super) fn choose(
    sketch: &Sketch,
    layout: &mut Layout,
    options: &ReadOptions,
) -> ReadResult<()> {
    let Some(column) = sketch.named(&NAMES) else {
        return Ok(());
    };
    let devices: BTreeSet<&[u8]> = sketch
        .column(column)
        .filter(|cell| !cell.is_empty())
        .collect();
    let texts: Vec<String> = devices.iter().take(12).map(|cell| to_text(cell)).collect();
    let chosen = match (&options.device, &texts[..]) {
        (None, [] | [_]) => return Ok(()),
        (None, _) => {
            return Err(ReadError::new(
                Refusal::NeedsDevice,
                format!(
                    "Several devices stand in one file: {}. Add --device NAME to choose one.",
                    texts.join(", ")
                ),
            ));
        }
        (Some(wanted), _) => texts.iter().find(|text| *text == wanted).or_else(|| {
            texts
                .iter()
                .find(|text| text.to_lowercase().contains(&wanted.to_lowercase()))
        }),
    };
    let Some(chosen) = chosen else {
        let wanted = options.device.as_deref().unwrap_or("");
        return Err(ReadError::new(
            Refusal::BadOption,
            format!(
                "--device {wanted}: no row has it; the file has {}.",
                texts.join(", ")
            ),
        ));
    };
    let bytes = devices
        .iter()
        .find(|cell| to_text(cell) == *chosen)
        .map_or(Vec::new(), |cell| cell.to_vec());
    layout.only = Some((column, bytes));
    layout.serial = Some(chosen.clone());
    layout.decisions.push(Decision::new(
        "device",
        chosen.clone(),
        "rows of other devices are passed over",
    ));
    Ok(())
}
