//! What is measured of a movement, and the class that follows.

use jiff::SignedDuration;

use super::bursts::{self, Burst};
use super::posture::{POSTURE_DEG, Posture};
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass, MovementFeatures};
use crate::model::trace::{MotionCell, NightTrace};

/// Envelope above which the whole body moves, in mg (docs/DETECTOR.md, "Sources of constants").
const GROSS_MG: f32 = 1000.0;
/// Longest leg movement, in seconds (WASM/IRLSSG 2016).
const LONGEST_S: f64 = 10.0;
/// A knock has rung down after this long, in seconds (same place).
const RING_DOWN_S: f64 = 0.4;
/// ... to this share of its peak.
const RING_DOWN_SHARE: f32 = 0.2;
/// ... holds at least this share of its energy above 4 Hz ...
const KNOCK_FAST_SHARE: f32 = 0.5;
/// ... and leaves the limb where it was, within so many degrees.
const KNOCK_TILT_DEG: f32 = 1.0;

/// A movement between two envelope samples, measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    pub burst: Burst,
    pub onset_s: f64,
    pub end_s: f64,
    pub features: MovementFeatures,
    /// How long the envelope takes from its peak to a fifth of it, in seconds.
    pub ring_down_s: f64,
}

/// Measures a stretch of the envelope against the floor (in mg).
pub(super) fn measure(
    trace: &NightTrace,
    posture: &Posture,
    burst: Burst,
    floor_mg: f32,
) -> Measured {
    let rate = trace.rate.hz();
    let envelope = &trace.envelope[burst.from..burst.to];
    let (onset_s, end_s) = (burst.from as f64 / rate, burst.to as f64 / rate);
    let (mut peak, mut peak_at, mut area) = (0.0f32, 0, 0.0f64);
    for (i, &value) in envelope.iter().enumerate() {
        if value > peak {
            (peak, peak_at) = (value, i);
        }
        area += f64::from(value);
    }
    let cells = cells_of(trace, onset_s, end_s);
    let fast: f64 = cells.iter().map(|cell| f64::from(cell.fast)).sum();
    let whole: f64 = cells
        .iter()
        .flat_map(|cell| &cell.moments[..3])
        .map(|&square| f64::from(square))
        .sum();
    let ring_down = trace.envelope[burst.from + peak_at..]
        .iter()
        .position(|&value| value.is_nan() || value < RING_DOWN_SHARE * peak);
    let tilt = posture.tilt(onset_s, end_s);
    Measured {
        burst,
        onset_s,
        end_s,
        features: MovementFeatures {
            peak_mg: peak * 1000.0,
            area_mg_s: (area * 1000.0 / rate) as f32,
            floor_mg,
            net_tilt_deg: tilt.net_deg,
            held_tilt_deg: tilt.held_deg,
            fast_share: (fast / whole) as f32,
            bursts: bursts::peaks(&trace.envelope, &[burst])
                .len()
                .min(u16::MAX.into()) as u16,
        },
        ring_down_s: ring_down.map_or(f64::INFINITY, |n| n as f64 / rate),
    }
}

/// The cells of motion from one second to another, those that lie in it by half or more; never none of a trace that has
/// some there.
fn cells_of(trace: &NightTrace, from_s: f64, to_s: f64) -> &[MotionCell] {
    let rate = trace.gravity_rate.hz();
    let from = (from_s * rate).round().max(0.0) as usize;
    let to = ((to_s * rate).round() as usize).max(from + 1);
    let last = trace.motion.len();
    &trace.motion[from.min(last)..to.min(last)]
}

impl Measured {
    /// The class by what the movement looks like alone; trains and off-leg spans are another's matter.
    pub(super) fn class(&self) -> MovementClass {
        let features = &self.features;
        let duration = self.end_s - self.onset_s;
        let knock = self.ring_down_s < RING_DOWN_S
            && features.fast_share > KNOCK_FAST_SHARE
            && features.held_tilt_deg < KNOCK_TILT_DEG;
        if knock {
            MovementClass::Knock
        } else if features.net_tilt_deg > POSTURE_DEG {
            MovementClass::Posture
        } else if features.peak_mg > GROSS_MG {
            MovementClass::Gross
        } else if duration > LONGEST_S {
            MovementClass::Long
        } else {
            MovementClass::LegMovement
        }
    }

    /// As scoring reads it, on whole milliseconds.
    pub(super) fn movement(&self, leg: Leg, class: MovementClass) -> LegMovement {
        LegMovement {
            leg,
            onset: milliseconds(self.onset_s),
            end: milliseconds(self.end_s),
            class,
            features: Some(self.features),
        }
    }
}

/// Seconds on whole milliseconds.
pub(super) fn milliseconds(seconds: f64) -> SignedDuration {
    SignedDuration::from_millis((seconds * 1e3).round() as i64)
}
