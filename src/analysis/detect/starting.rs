//! The detector that was there first, kept as the baseline that others must beat. Its constants are our own judgement
//! (docs/DETECTOR.md, "Sources of constants").
//!
//! An adaptive floor, two thresholds with hysteresis, bridged silent holds, classes by tilt, amplitude and ring-down.

use super::bursts::{self, Burst, Threshold};
use super::classify::{Measured, measure};
use super::floor::{SecondMedians, noise_floor};
use super::posture::Posture;
use super::weighing::lies_in;
use super::{DetectParams, Detection, FLOOR_STEP_S, MovementDetector, ParamsError, trains};
use crate::analysis::prepare::Bands;
use crate::model::body::Leg;
use crate::model::movement::MovementClass;
use crate::model::span::{Span, SpanKind};
use crate::model::trace::NightTrace;
use crate::signal::tilt::angle_deg;

/// A held limb has come back when less than this share of the tilt is left.
const COME_BACK_SHARE: f32 = 0.5;
/// Longest silent hold in seconds, and the tilt in degrees that shows it (same place).
const SILENT_HOLD_S: f64 = 4.0;
const HELD_TILT_DEG: f32 = 1.0;

/// The baseline.
#[derive(Debug, Clone)]
pub struct StartingDetector {
    params: DetectParams,
}

impl StartingDetector {
    /// Checks the settings.
    pub fn plan(params: DetectParams) -> Result<Self, ParamsError> {
        params.check()?;
        Ok(Self { params })
    }

    /// Joins bursts between which the limb was held: silent, tilted, and then back.
    fn bridge(found: Vec<Burst>, posture: &Posture, rate_hz: f64) -> Vec<Burst> {
        let mut joined: Vec<Burst> = Vec::with_capacity(found.len());
        for burst in found {
            let held = joined.last().is_some_and(|last| {
                let (onset, end) = (last.from as f64 / rate_hz, last.to as f64 / rate_hz);
                let (again, over) = (burst.from as f64 / rate_hz, burst.to as f64 / rate_hz);
                let during = posture
                    .mean(end, again)
                    .or(posture.mean(end - 0.2, again + 0.2));
                let (before, after) = (posture.before(onset), posture.after(over));
                match (before, during, after) {
                    (Some(before), Some(during), Some(after)) => {
                        let tilt = angle_deg(before, during);
                        again - end <= SILENT_HOLD_S
                            && tilt > HELD_TILT_DEG
                            && angle_deg(before, after) < COME_BACK_SHARE * tilt
                    }
                    _ => false,
                }
            });
            match joined.last_mut() {
                Some(last) if held => last.to = burst.to,
                _ => joined.push(burst),
            }
        }
        joined
    }
}

impl MovementDetector for StartingDetector {
    fn name(&self) -> &'static str {
        "starting"
    }

    fn bands(&self) -> Bands {
        Bands::survey()
    }

    fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection {
        let rate = trace.rate.hz();
        let posture = Posture::of(trace);
        let changes = posture.changes();
        let floor = noise_floor(trace, &SecondMedians::of(trace), &changes);
        let (on, off) = thresholds(&self.params, trace, &floor);
        let threshold = |values| Threshold {
            values,
            step_s: f64::from(FLOOR_STEP_S),
        };
        let hold = (self.params.hold_s * rate).round() as usize;
        let found = bursts::find(
            &trace.envelope,
            rate,
            &threshold(&on),
            &threshold(&off),
            hold,
        );
        let peaks = bursts::peaks(&trace.envelope, &found);
        let trains = trains::find(&peaks, rate);
        let mut spans = trace.spans.clone();
        spans.extend(changes);
        spans.sort_by_key(|span| (span.start, span.end, span.kind));
        let movements = Self::bridge(found, &posture, rate)
            .into_iter()
            .map(|burst| {
                let middle = (burst.from + burst.to) as f64 / 2.0 / rate;
                let floor_mg = threshold(&floor).at(middle) * 1000.0;
                let measured = measure(trace, &posture, burst, floor_mg);
                let class = class_among(&measured, &trains);
                measured.movement(leg, class)
            })
            .filter(|movement| !blind_at(&spans, movement.onset) && !blind_at(&spans, movement.end))
            .collect();
        Detection {
            movements,
            spans,
            floor_mg: in_mg(&floor),
            on_threshold_mg: in_mg(&on),
            off_threshold_mg: in_mg(&off),
        }
    }
}

/// The class, a train before all: a movement that lies in one by more than half is part of it.
fn class_among(measured: &Measured, trains: &[Burst]) -> MovementClass {
    let in_train = lies_in(measured.burst, trains);
    // A posture change or a blow is no rhythm, whatever it stands in.
    match measured.class() {
        class @ (MovementClass::Posture | MovementClass::Gross) => class,
        _ if in_train => MovementClass::Rhythmic,
        class => class,
    }
}

/// Values in g, in mg.
pub(super) fn in_mg(values: &[f32]) -> Vec<f32> {
    values.iter().map(|value| value * 1000.0).collect()
}

/// Threshold at which a movement begins and ends as a share of that at which it is noticed, where the sensor's step decides
/// (8 of 20 mg, as first set).
const OFF_STEP_SHARE: f32 = 0.4;

/// Envelope to pass and to stay above, in the unit of the trace, on the steps of the floor.
pub(super) fn thresholds(
    params: &DetectParams,
    trace: &NightTrace,
    floor: &[f32],
) -> (Vec<f32>, Vec<f32>) {
    let step = params.on_steps * trace.resolution;
    let of = |mg: f32, floors: f32, least: f32| -> Vec<f32> {
        floor
            .iter()
            .map(|&floor| (mg / 1000.0).max(floors * floor).max(least) * params.threshold_factor)
            .collect()
    };
    (
        of(params.on_mg, params.on_floors, step),
        of(params.off_mg, params.off_floors, step * OFF_STEP_SHARE),
    )
}

/// Whether nothing may begin or end at this instant.
pub(super) fn blind_at(spans: &[Span], at: jiff::SignedDuration) -> bool {
    spans
        .iter()
        .filter(|span| matches!(span.kind, SpanKind::Blind | SpanKind::Gap))
        .any(|span| span.contains(at))
}
