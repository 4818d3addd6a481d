//! Accelerometer Monitor (Mobile Tools) for Android: a preamble of `#` lines with the start, rows of x, y, z and the
//! milliseconds since the row before, a last line `# end`.

use jiff::civil::DateTime;

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::options::StartTime;
use crate::ingest::table::axes::Axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::text::to_text;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::unit::UnitClaim;

pub(super) const FORMAT: Format = Format {
    name: "accelerometer_monitor",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let started = glance.lines(40).map(to_text).find_map(|line| {
        let rest = line.trim_start_matches(['#', ' ']);
        rest.strip_prefix("Saving start time:")
            .map(|time| time.trim().to_owned())
    });
    let (Some(started), Some(sketch)) =
        (started, glance.sketch.filter(|sketch| sketch.columns == 4))
    else {
        return Ok(None);
    };
    let axes = Axes {
        columns: [0, 1, 2],
        plus: None,
        claim: UnitClaim::none(),
        because: "the order of the app: x, y, z, step".to_owned(),
    };
    let mut layout = Layout::new("accelerometer_monitor", "# Saving start time", sketch, axes);
    layout.header.clear();
    layout.time.candidates = Some(vec![3]);
    layout.time.spacing = Some(3);
    layout.time.formats = vec![(3, TimeFormat::SincePreviousRow(Tick::MILLISECOND))];
    if let Some(start) = date(&started) {
        layout.time.start = Some((StartTime::Local(start), "# Saving start time".to_owned()));
    }
    Ok(Some(layout))
}

/// `Wed Mar 06 22:41:07 CET 2013`: the abbreviation of the zone is no zone, so the time stays local.
fn date(text: &str) -> Option<DateTime> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, month, day, clock, .., year] = words[..] else {
        return None;
    };
    DateTime::strptime("%b %d %H:%M:%S %Y", format!("{month} {day} {clock} {year}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_read_as_a_local_time() {
        let start = date("Wed Mar 06 22:41:07 CET 2013").unwrap();
        assert_eq!(start.to_string(), "2013-03-06T22:41:07");
        assert!(date("yesterday").is_none());
    }
}
