//! Xsens (Movella) DOT: `SampleTimeFine,…,FreeAcc_X,FreeAcc_Y,FreeAcc_Z` or `Acc_X,…`, m/s².
//!
//! A first line of metadata says rate and start; a streamed file has none. `SampleTimeFine` wraps at 32 bits and is
//! described as microseconds, but counts 100 µs in exports seen: the tick follows from the rate. `FreeAcc` has gravity
//! taken out, whatever the first seconds show while the filter settles: the name wins.

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::StartTime;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::text::to_text;
use crate::ingest::time::claim::CounterWidth;
use crate::ingest::time::format::{Tick, TimeFormat};
use crate::ingest::time::shape::shape_of;
use crate::ingest::unit::Claimed;
use crate::model::units::{AccelUnit, SampleRate};

pub(super) const FORMAT: Format = Format {
    name: "xsens_dot",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    let Some(stamp) = sketch.named(&["sampletimefine"]) else {
        return Ok(None);
    };
    let metadata = glance
        .lines(3)
        .map(to_text)
        .find(|line| line.contains("DeviceTag:"));
    let value = |key: &str| {
        let rest = metadata.as_ref()?.split_once(&format!("{key}:"))?.1;
        Some(rest.split(',').next().unwrap_or("").trim().to_owned())
    };
    let has_delta = sketch
        .headings
        .iter()
        .any(|h| h.words.iter().any(|w| w == "dv"));
    let axes = axes::by_name(sketch, &glance.file, glance.options)
        .map_err(|error| if has_delta { delta_mode() } else { error })?;
    let mut layout = Layout::new("xsens_dot", "SampleTimeFine", sketch, axes);
    layout.unit.unit = Claimed::Unit(AccelUnit::MetresPerSecondSquared);
    if layout.unit.because.is_empty() {
        layout.unit.because = "Xsens DOT gives m/s2".to_owned();
    }
    layout.device = Some("Xsens DOT".to_owned());
    layout.serial = glance.file.stem.strip_prefix("logfile_").map(str::to_owned);
    let rate = value("OutputRate").and_then(|text| SampleRate::from_hz(text.parse().ok()?));
    layout.time.candidates = Some(vec![stamp]);
    layout.time.counter = CounterWidth::Bits32;
    if let Some(tick) = tick(sketch, stamp, rate) {
        layout.time.formats = vec![(stamp, TimeFormat::Elapsed(tick))];
    }
    if let Some(start) = value("StartTime").and_then(|text| text.parse::<StartTime>().ok()) {
        layout.time.start = Some((start, "StartTime in the first line".to_owned()));
    }
    Ok(Some(layout))
}

/// The refusal of the mode that writes steps of turn and speed.
fn delta_mode() -> ReadError {
    ReadError::new(
        Refusal::NotAcceleration,
        "The file holds steps of turn and of speed (dq, dv), no acceleration. Record in a mode with acceleration (\"Inertial\" or \
         \"Custom mode\") and export again.",
    )
}

/// The tick that makes the steps come out at the stated rate, or at one that the device has (1 to 120 Hz).
fn tick(sketch: &Sketch, column: usize, rate: Option<SampleRate>) -> Option<Tick> {
    let values: Vec<f64> = sketch.numbers(column).flatten().take(5_000).collect();
    let step = shape_of(&values)?.step_ns;
    [Tick::HUNDRED_MICROSECONDS, Tick::MICROSECOND]
        .into_iter()
        .find(|tick| {
            let hz = 1.0 / (step * tick.seconds());
            rate.map_or((0.9..=130.0).contains(&hz), |rate| {
                (hz / rate.hz() - 1.0).abs() < 0.2
            })
        })
}
