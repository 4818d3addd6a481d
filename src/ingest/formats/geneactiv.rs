//! GENEActiv PC software CSV, and omconvert's imitation: a hundred header lines, then rows from line 101.
//!
//! `2020-02-12 09:03:37:481,-0.0938,-0.2031,0.9531,0,0,20.0`: time with a colon before the milliseconds, g, light,
//! button, temperature. `Measurement Frequency` may carry a decimal comma. Epoch-compressed exports have means,
//! deviations and sums in more columns, and are refused.

use jiff::tz::{Offset, TimeZone};

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::text::to_text;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "geneactiv",
    recognise,
};

/// Time, three axes, light, button, temperature.
const RAW_COLUMNS: usize = 7;

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    if !["Device Type,GENEActiv", "Device Type;GENEActiv"]
        .iter()
        .any(|first| glance.begins(5, first))
    {
        return Ok(None);
    }
    // a short file of epochs is no table next to its hundred lines of header
    let last = glance
        .head
        .trim_ascii_end()
        .rsplit(|b| *b == b'\n')
        .next()
        .unwrap_or_default();
    let columns =
        glance
            .sketch
            .map_or(0, |sketch| sketch.columns)
            .max(match last.contains(&b';') {
                true => last.split(|b| *b == b';').count(),
                false => last.split(|b| *b == b',').count(),
            });
    if columns > RAW_COLUMNS + 1 {
        return Err(ReadError::new(
            Refusal::Aggregated,
            format!(
                "This GENEActiv file has {columns} columns: it is compressed into epochs. In the PC software choose \"Raw data\" as export."
            ),
        ));
    }
    let Some(sketch) = glance.sketch else {
        return Err(ReadError::new(
            Refusal::NoSamples,
            "The GENEActiv header is there, but no rows of samples follow it.",
        ));
    };
    let axes = Axes {
        columns: [1, 2, 3],
        plus: None,
        claim: UnitClaim::with_gravity(AccelUnit::G, "GENEActiv files are in g"),
        because: "the order of the PC software: time, x, y, z".to_owned(),
    };
    let mut layout = Layout::new(
        "geneactiv",
        "the first line says Device Type,GENEActiv",
        sketch,
        axes,
    );
    layout.device = Some("GENEActiv".to_owned());
    layout.time.spacing = Some(0);
    let value = |key: &str| {
        glance.lines(100).map(to_text).find_map(|line| {
            let (name, value) = line.split_once([',', ';'])?;
            (name.trim() == key).then(|| value.trim().trim_end_matches([',', ';']).to_owned())
        })
    };
    layout.serial = value("Device Unique Serial Code").filter(|serial| !serial.is_empty());
    layout.placement =
        value("Device Location Code").map_or(Placement::NotStated, |place| placement(&place));
    if let Some(text) = value("Time Zone")
        && let Some(zone) = offset_in(&text)
    {
        layout.time.zone = Some((zone, format!("the header says Time Zone {text}")));
    }
    Ok(Some(layout))
}

fn placement(words: &str) -> Placement {
    let words = words.to_lowercase();
    [
        ("wrist", Placement::Wrist),
        ("waist", Placement::Waist),
        ("ankle", Placement::Ankle),
        ("thigh", Placement::Thigh),
    ]
    .into_iter()
    .find(|(word, _)| words.contains(word))
    .map_or(Placement::NotStated, |(_, place)| place)
}

/// `GMT +00`, `GMT +01:00`, `GMT -05:30`.
fn offset_in(text: &str) -> Option<TimeZone> {
    let offset = text.trim().strip_prefix("GMT")?.trim();
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits = offset.trim_start_matches(['+', '-']);
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hours, minutes): (i32, i32) = if digits.is_empty() {
        (0, 0)
    } else {
        (hours.trim().parse().ok()?, minutes.trim().parse().ok()?)
    };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60))
        .ok()
        .map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_of_the_header() {
        let seconds = |text: &str| {
            offset_in(text)
                .unwrap()
                .to_fixed_offset()
                .unwrap()
                .seconds()
        };
        assert_eq!(seconds("GMT +00"), 0);
        assert_eq!(seconds("GMT +01:00"), 3600);
        assert_eq!(seconds("GMT -05:30"), -19_800);
        assert!(offset_in("local").is_none());
    }
}
