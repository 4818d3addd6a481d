//! ST BlueMS and SensorTile logs: `Logged started on,…` (later `Log start on,…`), the feature and the node, then
//! `Date,HostTimestamp,NodeName,NodeTimestamp,RawData,X (mg),Y (mg),Z (mg)`. The app writes dates as dd/MM/yyyy. People
//! cut the lines above the names off; the names alone are the app's as well.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::options::DateOrder;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "st_blue_ms",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let column = |name: &str| {
        sketch
            .headings
            .iter()
            .position(|h| h.lower().starts_with(name))
    };
    let named = ["date", "hosttimestamp", "nodename", "nodetimestamp"]
        .iter()
        .all(|name| column(name).is_some());
    let because = if glance.begins(3, "Logged started on") || glance.begins(3, "Log start on") {
        "the first line says when the log started"
    } else if named {
        "HostTimestamp and NodeTimestamp are the app's names"
    } else {
        return Ok(None);
    };
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new("st_blue_ms", because, sketch, axes);
    layout.unit = UnitClaim::with_gravity(AccelUnit::MilliG, "the header says (mg)");
    layout.device = sketch
        .preamble_after("Nodes,")
        .map(|node| node.split('@').next().unwrap_or("").trim().to_owned());
    layout.serial = sketch.preamble_after("Nodes,").and_then(|node| {
        node.split('@')
            .nth(1)
            .map(|serial| serial.trim().to_owned())
    });
    layout.time.order = Some((DateOrder::Dmy, "the app writes day, month, year".to_owned()));
    // the node's own counter has a tick that differs between boards
    layout.time.candidates = Some(
        sketch
            .named(&["date"])
            .into_iter()
            .chain(column("hosttimestamp"))
            .collect(),
    );
    layout.time.spacing = sketch.named(&["date"]);
    Ok(Some(layout))
}
