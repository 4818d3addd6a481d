//! Garmin Connect IQ loggers: `2019-10-16T12:09:01.702+02:00;-36;620;-824`, no header, mg, an instant with its offset.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::number;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::dialect::Delimiter;
use crate::ingest::table::layout::Layout;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "garmin_raw",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance
        .sketch
        .filter(|sketch| sketch.headings.is_empty() && sketch.columns == 4)
    else {
        return Ok(None);
    };
    let whole = (1..4).all(|column| {
        sketch
            .column(column)
            .take(500)
            .all(|cell| number::parse(cell, b'.').is_some_and(number::Number::is_whole))
    });
    let clock = sketch.column(0).take(500).all(is_iso_with_offset);
    if sketch.dialect.delimiter != Delimiter::Byte(b';') || !whole || !clock {
        return Ok(None);
    }
    let axes = Axes {
        columns: [1, 2, 3],
        plus: None,
        claim: UnitClaim::with_gravity(AccelUnit::MilliG, "Connect IQ gives mg"),
        because: "the order of the logger: time, x, y, z".to_owned(),
    };
    let because = "no header, semicolons, an ISO clock with its offset and three whole numbers";
    let mut layout = Layout::new("garmin_raw", because, sketch, axes);
    layout.device = Some("Garmin".to_owned());
    layout.placement = Placement::Wrist;
    Ok(Some(layout))
}

/// `2019-10-16T12:09:01.702+02:00`
fn is_iso_with_offset(cell: &[u8]) -> bool {
    let shape: Vec<u8> = cell
        .iter()
        .map(|b| if b.is_ascii_digit() { b'0' } else { *b })
        .collect();
    matches!(
        &shape[..],
        b"0000-00-00T00:00:00.000+00:00"
            | b"0000-00-00T00:00:00.000-00:00"
            | b"0000-00-00T00:00:00.000Z"
    )
}
