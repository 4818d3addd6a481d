//! How fast a detector is and what memory it needs: one night, one thread, samples streaming by.
//!
//! What the simulator takes is not counted. Detectors that share a chain (tuned or not) are timed once.

use std::time::Instant;

use super::usage;
use crate::analysis::prepare::TraceBuilder;
use crate::error::Error;
use crate::lab::benchmark::Entry;
use crate::lab::simulate::{NightSpec, SampleBlock, Sensor, simulate};
use crate::model::body::Leg;
use crate::model::trace::{MotionCell, NightTrace, RawWindow};
use crate::model::units::{GravityState, SampleRate};
use crate::output::rows::BenchmarkSpeedRow;
use crate::pipeline::Progress;
use crate::pipeline::manifest::{peak_memory_mb, reset_peak_memory};

/// Rate of the night that is timed.
const RATE_HZ: f64 = 100.0;
/// Its length, and that of a quick one.
const HOURS: f64 = 8.0;
const QUICK_HOURS: f64 = 0.5;

/// A row for each chain.
pub(super) fn of(
    entries: &[Entry],
    quick: bool,
    progress: &mut dyn Progress,
) -> Result<Vec<BenchmarkSpeedRow>, Error> {
    let hours = if quick { QUICK_HOURS } else { HOURS };
    let rate = SampleRate::from_hz(RATE_HZ);
    let (mut rows, mut timed) = (Vec::new(), Vec::new());
    progress.begin("timing", entries.len());
    for entry in entries {
        let planned = rate.map(|rate| entry.plan(rate));
        if let Some(Ok(detector)) = planned
            && !timed.contains(&detector.name())
        {
            timed.push(detector.name());
            rows.push(one(entry, hours)?);
        }
        progress.step(entry.name());
    }
    Ok(rows)
}

fn one(entry: &Entry, hours: f64) -> Result<BenchmarkSpeedRow, Error> {
    let spec = NightSpec {
        seed: 10_900,
        hours,
        sensor: Sensor {
            rate_hz: RATE_HZ,
            ..Sensor::default()
        },
        ..NightSpec::default()
    };
    let told = |error: &dyn std::fmt::Display| {
        usage(&format!("{} could not be timed: {error}", entry.name()))
    };
    let night = simulate(&spec).map_err(|error| told(&error))?;
    let rate = SampleRate::from_hz(RATE_HZ).ok_or_else(|| told(&"the rate is none"))?;
    let detector = entry.plan(rate).map_err(|error| told(&error))?;
    let resets = reset_peak_memory();
    let mut builder =
        TraceBuilder::with_bands(rate, &detector.bands()).map_err(|error| told(&error))?;
    let mut samples = night.samples(Leg::Left);
    let mut block = SampleBlock::default();
    let mut prepare_s = 0.0;
    while samples.next_block(&mut block) {
        let began = Instant::now();
        builder
            .push(&block.acceleration)
            .map_err(|error| told(&error))?;
        prepare_s += began.elapsed().as_secs_f64();
    }
    let began = Instant::now();
    let trace = builder.finish(GravityState::Included);
    prepare_s += began.elapsed().as_secs_f64();
    let began = Instant::now();
    let found = std::hint::black_box(detector.detect(&trace, Leg::Left));
    let detect_s = began.elapsed().as_secs_f64();
    drop(found);
    Ok(BenchmarkSpeedRow {
        method: entry.name().to_owned(),
        recorded_h: hours,
        rate_hz: RATE_HZ,
        prepare_s,
        detect_s,
        nights_per_h: 3600.0 / (prepare_s + detect_s).max(1e-9),
        trace_mb: bytes(&trace) as f64 / 1e6,
        peak_mb: peak_memory_mb().filter(|_| resets),
    })
}

/// What the series of a trace take.
fn bytes(trace: &NightTrace) -> usize {
    size_of_val(trace.envelope.as_slice())
        + trace.gravity.len() * size_of::<[f32; 3]>()
        + trace.motion.len() * size_of::<MotionCell>()
        + trace.windows.len() * size_of::<RawWindow>()
        + size_of_val(trace.spans.as_slice())
}
