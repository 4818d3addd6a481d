//! phyphox: seconds since the start of the experiment, in any of four pairs of delimiter and decimal mark.
//!
//! `"Time (s)","Acceleration x (m/s^2)",…` holds gravity, `"Linear Acceleration x (m/s^2)"` does not; where columns are
//! called `X (m/s^2)` alone, the file's name tells. The experiment's clock stands still during a pause: only
//! `meta/time.csv` knows when it was started and for how long it was paused.

use jiff::tz::{Offset, TimeZone};

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::table::axes;
use crate::ingest::table::file_name::FileName;
use crate::ingest::table::heading::{Sensor, UnitWord};
use crate::ingest::table::layout::Layout;
use crate::ingest::time::claim::Segment;
use crate::ingest::unit::{Claimed, UnitClaim};
use crate::model::units::{AccelUnit, GravityState};

pub(super) const FORMAT: Format = Format {
    name: "phyphox",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch.filter(|sketch| sketch.headings.len() >= 4) else {
        return Ok(None);
    };
    let metric = Some(UnitWord::Acceleration(AccelUnit::MetresPerSecondSquared));
    let seconds = sketch.headings[0].is_time() && sketch.headings[0].lower().ends_with("(s)");
    let three = (1..4).all(|c| {
        sketch.headings[c].axis == Some(c - 1)
            && sketch.headings[c].lower().ends_with("(m/s^2)")
            && sketch.headings[c].unit == metric
    });
    if !seconds || !three || glance.file.lower() == "sensors" {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let mut layout = Layout::new(
        "phyphox",
        "phyphox's names: Time (s), then three axes in (m/s^2)",
        sketch,
        axes,
    );
    layout.device = glance.beside.text("meta/device.csv").and_then(model_in);
    layout.unit = unit(
        &glance.file,
        sketch.headings[1].sensor,
        &sketch.headings[1].text,
    );
    layout.time.spacing = Some(0);
    if let Some((segments, zone)) = glance.beside.text("meta/time.csv").and_then(segments_in) {
        layout.time.segments = segments;
        layout.time.zone = zone.map(|zone| (zone, "meta/time.csv".to_owned()));
    }
    Ok(Some(layout))
}

fn unit(file: &FileName, sensor: Sensor, name: &str) -> UnitClaim {
    let metric = Claimed::Unit(AccelUnit::MetresPerSecondSquared);
    let linear =
        sensor == Sensor::Linear || sensor == Sensor::Unnamed && file.sensor == Sensor::Linear;
    UnitClaim {
        unit: metric,
        gravity: linear.then_some(GravityState::Removed),
        because: if linear && sensor == Sensor::Unnamed {
            format!(
                "the header says {name:?} and the file is called {}",
                file.stem
            )
        } else {
            format!("the header says {name:?}")
        },
    }
}

fn model_in(device: &str) -> Option<String> {
    device.lines().find_map(|line| {
        let (key, value) = line.split_once([',', ';', '\t'])?;
        (key.trim_matches('"') == "deviceModel").then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// `"START",0.000000000000000E0,1.710695079426406E9,"2024-03-17 19:04:39.426 UTC+02:00"`: from which experiment time on
/// which system time goes with it.
fn segments_in(table: &str) -> Option<(Vec<Segment>, Option<TimeZone>)> {
    let mut segments = Vec::new();
    let mut zone = None;
    for line in table.lines().skip(1) {
        let delimiter = [';', '\t', ','].into_iter().find(|d| line.contains(*d))?;
        let cells: Vec<&str> = line
            .split(delimiter)
            .map(|cell| cell.trim().trim_matches('"'))
            .collect();
        let [event, experiment, system, ..] = cells[..] else {
            continue;
        };
        if event != "START" {
            continue;
        }
        let number = |cell: &str| {
            cell.replace(',', ".")
                .parse::<f64>()
                .ok()
                .filter(|v| v.is_finite())
        };
        segments.push(Segment {
            from_ns: (number(experiment)? * 1e9).round() as i64,
            utc_ns: (number(system)? * 1e6).round() as i64 * 1_000,
        });
        zone = zone.or_else(|| cells.get(3).and_then(|text| offset_in(text)));
    }
    (!segments.is_empty()).then_some((segments, zone))
}

/// `… UTC+02:00`
fn offset_in(text: &str) -> Option<TimeZone> {
    let offset = text.rsplit_once("UTC")?.1;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let seconds = sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60);
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_splits_the_map_of_times() {
        let table = "\"event\",\"experiment time\",\"system time\",\"system time text\"\n\
                     \"START\",0.0E0,1.710695079426E9,\"2024-03-17 19:04:39.426 UTC+02:00\"\n\
                     \"PAUSE\",5.0E1,1.710695129426E9,\"2024-03-17 19:05:29.426 UTC+02:00\"\n\
                     \"START\",5.0E1,1.710696029426E9,\"2024-03-17 19:20:29.426 UTC+02:00\"\n";
        let (segments, zone) = segments_in(table).unwrap();
        assert_eq!(segments.len(), 2);
        assert_eq!(segments[1].utc_ns - segments[0].utc_ns, 950_000_000_000);
        assert_eq!(zone.unwrap().to_fixed_offset().unwrap().seconds(), 7200);
    }
}
