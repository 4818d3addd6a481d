//! Several devices in one file, told apart by a column with their addresses or names.

use std::collections::BTreeSet;

use super::in_turn::{self, InTurn};
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
    let turn = match sketch.named(&NAMES) {
        Some(column) => Some(InTurn::By(column)),
        // the rows of one sensor among others were chosen already
        None if !layout.only.is_empty() => None,
        None => in_turn::find(sketch, layout),
    };
    let column = match turn {
        None => return Ok(()),
        Some(InTurn::By(column)) => column,
        Some(InTurn::Unnamed(n)) => return Err(unnamed(n)),
    };
    let devices: BTreeSet<&[u8]> = sketch
        .column(column)
        .filter(|cell| !cell.is_empty())
        .collect();
    // a number for each row is no device
    if options.device.is_none() && devices.len() > 2 && 2 * devices.len() > sketch.n_rows() {
        return Ok(());
    }
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
    layout.only.push((column, bytes));
    layout.serial = Some(chosen.clone());
    layout.decisions.push(Decision::new(
        "device",
        chosen.clone(),
        "rows of other devices are passed over",
    ));
    Ok(())
}

fn unnamed(n: usize) -> ReadError {
    ReadError::new(
        Refusal::NeedsDevice,
        format!(
            "The rows are of {n} sensors in turn: each lies far from the row above it and near the row {n} above, and no column says \
             whose it is. Export each sensor into a file of its own, or with a column that names it, and add --device NAME to \
             choose one."
        ),
    )
}
