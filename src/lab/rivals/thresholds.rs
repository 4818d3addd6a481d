//! What fixed-threshold monitors share: a movement begins above one threshold and ends when the signal has stayed below
//! another for long enough.

use std::fmt;

use jiff::SignedDuration;

use crate::analysis::detect::{Detection, FLOOR_STEP_S};
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::span::{Span, SpanKind};
use crate::model::trace::NightTrace;

/// Longest leg movement that can be a candidate (WASM/IRLSSG 2016): what is longer is told as such.
const LONGEST: SignedDuration = SignedDuration::from_secs(10);

/// Thresholds that know no noise and no night.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FixedThresholds {
    /// A movement begins above it, in mg.
    pub on_mg: f32,
    /// It goes on as long as the signal comes above this, in mg.
    pub off_mg: f32,
    /// It ends when the signal has stayed below `off_mg` for so long, in seconds; its end is where that began.
    pub patience_s: f64,
}

impl FixedThresholds {
    /// Each upper threshold, in mg, with an eighth, a quarter, a half and all of it as the lower; the patience stays.
    pub(super) fn grid(self, upper_mg: &[f32]) -> Vec<Self> {
        let pairs = upper_mg
            .iter()
            .flat_map(|&on_mg| [0.125, 0.25, 0.5, 1.0].map(|share| (on_mg, on_mg * share)));
        pairs
            .map(|(on_mg, off_mg)| Self {
                on_mg,
                off_mg,
                ..self
            })
            .collect()
    }

    /// Thresholds above zero, the lower one not above the other.
    pub(super) fn checked(self) -> Result<Self, MonitorError> {
        let holds = self.off_mg > 0.0 && self.on_mg >= self.off_mg && self.on_mg.is_finite();
        holds.then_some(self).ok_or(MonitorError {
            on_mg: self.on_mg,
            off_mg: self.off_mg,
        })
    }

    /// All stretches as movements: what a monitor finds that asks for nothing more.
    pub(super) fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection {
        self.detection(trace, leg, self.stretches(trace))
    }

    /// Stretches of the envelope, as indices: the first above `on`, and the one behind the last above `off`.
    pub(super) fn stretches(&self, trace: &NightTrace) -> Vec<(usize, usize)> {
        let (on, off) = (self.on_mg / 1000.0, self.off_mg / 1000.0);
        let patience = (self.patience_s * trace.rate.hz()).round() as usize;
        let mut found = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        for (i, &value) in trace.envelope.iter().enumerate() {
            if value.is_nan() {
                found.extend(open.take());
                continue;
            }
            match &mut open {
                None if value > on => open = Some((i, i + 1)),
                Some((_, to)) if value > off => *to = i + 1,
                Some((_, to)) if i >= *to + patience => found.extend(open.take()),
                _ => {}
            }
        }
        found.extend(open);
        found
    }

    /// The stretches as movements. What begins or ends in a gap or at a segment's blind end is left out, as everywhere.
    pub(super) fn detection(
        &self,
        trace: &NightTrace,
        leg: Leg,
        stretches: Vec<(usize, usize)>,
    ) -> Detection {
        let at = |index: usize| {
            SignedDuration::from_millis((index as f64 / trace.rate.hz() * 1e3).round() as i64)
        };
        let movements = stretches
            .into_iter()
            .map(|(from, to)| movement(leg, at(from), at(to)))
            .filter(|movement| {
                !blind_at(&trace.spans, movement.onset) && !blind_at(&trace.spans, movement.end)
            })
            .collect();
        let n_steps = (trace.duration_s() / f64::from(FLOOR_STEP_S)).ceil() as usize;
        Detection {
            movements,
            spans: trace.spans.clone(),
            floor_mg: vec![f32::NAN; n_steps],
            on_threshold_mg: vec![self.on_mg; n_steps],
            off_threshold_mg: vec![self.off_mg; n_steps],
        }
    }
}

fn movement(leg: Leg, onset: SignedDuration, end: SignedDuration) -> LegMovement {
    LegMovement {
        leg,
        onset,
        end,
        class: if end - onset > LONGEST {
            MovementClass::Long
        } else {
            MovementClass::LegMovement
        },
        features: None,
    }
}

fn blind_at(spans: &[Span], at: SignedDuration) -> bool {
    spans
        .iter()
        .filter(|span| matches!(span.kind, SpanKind::Blind | SpanKind::Gap))
        .any(|span| span.contains(at))
}

/// Thresholds that find nothing or everything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonitorError {
    /// The upper one.
    pub on_mg: f32,
    /// The lower one.
    pub off_mg: f32,
}

impl fmt::Display for MonitorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "thresholds of {} and {} mg: both must lie above 0, the first not below the second",
            self.on_mg, self.off_mg
        )
    }
}

impl std::error::Error for MonitorError {}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::analysis::detect::MovementDetector;
    use crate::analysis::prepare::TraceBuilder;
    use crate::model::recording::RawBlock;
    use crate::model::units::{GravityState, SampleRate};

    /// The trace a detector asks for, of a sensor that shakes at 5 Hz with so many mg along its x axis.
    pub fn shaken(
        detector: &impl MovementDetector,
        seconds: f64,
        mg: impl Fn(f64) -> f64,
    ) -> NightTrace {
        let rate = SampleRate::from_hz(50.0).unwrap();
        let mut builder = TraceBuilder::with_bands(rate, &detector.bands()).unwrap();
        let mut block = RawBlock::default();
        for k in 0..(seconds * 50.0) as i64 {
            let t = k as f64 / 50.0;
            let x = mg(t) / 1000.0 * (std::f64::consts::TAU * 5.0 * t).sin();
            block.push(k * 20_000_000, [x as f32, 0.0, 1.0]);
        }
        builder.push(&block).unwrap();
        builder.finish(GravityState::Included)
    }

    /// The seconds of what is found.
    pub fn found(
        detector: &impl MovementDetector,
        seconds: f64,
        mg: impl Fn(f64) -> f64,
    ) -> Vec<(f64, f64)> {
        let trace = shaken(detector, seconds, mg);
        let movements = detector.detect(&trace, Leg::Left).movements;
        let times = |m: &LegMovement| (m.onset.as_secs_f64(), m.end.as_secs_f64());
        movements.iter().map(times).collect()
    }

    #[test]
    fn thresholds_the_wrong_way_round_are_refused() {
        let wrong = FixedThresholds {
            on_mg: 50.0,
            off_mg: 100.0,
            patience_s: 1.0,
        };
        assert!(wrong.checked().unwrap_err().to_string().contains("100"));
        let none = FixedThresholds {
            off_mg: 0.0,
            ..wrong
        };
        assert!(none.checked().is_err());
    }
}
