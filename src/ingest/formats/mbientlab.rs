//! MbientLab MetaWear and MetaMotion, as the MetaBase app exports them.
//!
//! `epoch (ms),time (01:00),elapsed (s),x-axis (g),…`; older: `epoc (ms),timestamp (-0500),…`. The epoch is UTC, the
//! zone's offset stands in the name of the second column. File names hold sensor, address and rate.

use jiff::tz::{Offset, TimeZone};

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;

pub(super) const FORMAT: Format = Format {
    name: "mbientlab",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let names: Vec<String> = sketch.headings.iter().take(3).map(|h| h.lower()).collect();
    let [epoch, clock, elapsed] = &names[..] else {
        return Ok(None);
    };
    let known = matches!(epoch.as_str(), "epoch (ms)" | "epoc (ms)")
        && (clock.starts_with("time (") || clock.starts_with("timestamp ("))
        && elapsed == "elapsed (s)";
    if !known {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "mbientlab",
        "MetaBase's names epoch, time and elapsed",
        sketch,
        axes,
    );
    layout.device = Some("MbientLab MetaSensor".to_owned());
    layout.serial = glance
        .file
        .stem
        .split('_')
        .find(|part| part.len() == 12 && part.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(str::to_owned);
    if let Some(zone) = offset_in(clock) {
        layout.time.zone = Some((zone, format!("the header says {clock:?}")));
    }
    // milliseconds since 1970 say the same as the elapsed seconds, and when
    layout.time.spacing = Some(0);
    Ok(Some(layout))
}

/// `time (01:00)`, `timestamp (-0500)`.
fn offset_in(name: &str) -> Option<TimeZone> {
    let inside = name.split_once('(')?.1.split(')').next()?.trim();
    let (sign, digits) = match inside.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, inside.trim_start_matches('+')),
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 {
        return None;
    }
    let value: i32 = digits.parse().ok()?;
    Offset::from_seconds(sign * (value / 100 * 3600 + value % 100 * 60))
        .ok()
        .map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ages_of_the_header_name_the_offset() {
        let seconds = |name: &str| {
            offset_in(name)
                .unwrap()
                .to_fixed_offset()
                .unwrap()
                .seconds()
        };
        assert_eq!(seconds("time (01:00)"), 3600);
        assert_eq!(seconds("timestamp (-0500)"), -18_000);
        assert_eq!(seconds("time (+05:30)"), 19_800);
        assert!(offset_in("time (s)").is_none());
    }
}
