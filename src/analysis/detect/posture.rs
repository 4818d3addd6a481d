//! Gravity as the limb's posture: tilts of a movement, changes of posture.

use std::ops::Range;

use jiff::SignedDuration;

use crate::model::span::{Span, SpanKind};
use crate::model::trace::NightTrace;
use crate::signal::tilt::{WindowMeans, angle_deg, mean_vector};

/// Turn that makes another posture, in degrees (docs/DETECTOR.md, "Sources of constants").
pub(super) const POSTURE_DEG: f32 = 15.0;
/// How long a posture is looked at on either side of a change, in seconds.
const LOOK_S: f64 = 8.0;
/// How far the low-pass of gravity (0.8 Hz) smears, in seconds: half its main lobe.
const SMEAR_S: f64 = 0.6;
/// The same for the default bands (1.5 Hz).
const SETTLED_S: f64 = 0.4;
/// How long before and after a movement gravity is looked at, in seconds.
const REST_S: f64 = 2.0;

/// Gravity of a trace, asked by time.
pub(super) struct Posture<'a> {
    gravity: &'a [[f32; 3]],
    rate_hz: f64,
}

/// How a movement tilted the limb, in degrees; `NaN` without gravity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tilt {
    /// Between before and after.
    pub net_deg: f32,
    /// The largest between before and during.
    pub held_deg: f32,
}

impl<'a> Posture<'a> {
    pub(super) fn of(trace: &'a NightTrace) -> Self {
        Self {
            gravity: &trace.gravity,
            rate_hz: trace.gravity_rate.hz(),
        }
    }

    /// Mean gravity from one second to another; `None` where there is none.
    pub(super) fn mean(&self, from_s: f64, to_s: f64) -> Option<[f32; 3]> {
        mean_vector(self.gravity.get(self.within(from_s, to_s))?)
    }

    /// Which values of gravity lie from one second to another, both ends too.
    fn within(&self, from_s: f64, to_s: f64) -> Range<usize> {
        let from = (from_s * self.rate_hz).ceil().max(0.0) as usize;
        let to = ((to_s * self.rate_hz).floor().max(0.0) as usize + 1).min(self.gravity.len());
        from..to
    }

    /// Gravity while the limb still lay as before a movement.
    pub(super) fn before(&self, onset_s: f64) -> Option<[f32; 3]> {
        self.mean(onset_s - SMEAR_S - REST_S, onset_s - SMEAR_S)
    }

    /// Gravity once the limb lies as after a movement.
    pub(super) fn after(&self, end_s: f64) -> Option<[f32; 3]> {
        self.mean(end_s + SMEAR_S, end_s + SMEAR_S + REST_S)
    }

    /// Gravity before a movement, no earlier than the one before it has settled.
    pub(super) fn settled_before(&self, onset_s: f64, free_from_s: f64) -> Option<[f32; 3]> {
        let to = onset_s - SETTLED_S;
        self.near((to - REST_S).max(free_from_s + SETTLED_S).min(to), to)
    }

    /// Gravity after a movement, no later than the next one sets in.
    pub(super) fn settled_after(&self, end_s: f64, free_until_s: f64) -> Option<[f32; 3]> {
        let from = end_s + SETTLED_S;
        self.near(
            from,
            (from + REST_S).min(free_until_s - SETTLED_S).max(from),
        )
    }

    /// Gravity between the end of one burst and the onset of the next, in the middle where neither smears into it.
    pub(super) fn between(&self, end_s: f64, onset_s: f64) -> Option<[f32; 3]> {
        let middle = (end_s + onset_s) / 2.0;
        let half = ((onset_s - end_s) / 2.0 - SETTLED_S).max(0.0);
        self.near(middle - half, middle + half)
    }

    /// Mean gravity from one second to another, or the value nearest to their middle where none lies between.
    fn near(&self, from_s: f64, to_s: f64) -> Option<[f32; 3]> {
        self.mean(from_s, to_s).or_else(|| {
            let nearest = ((from_s + to_s) / 2.0 * self.rate_hz).round().max(0.0) as usize;
            mean_vector(self.gravity.get(nearest..=nearest)?)
        })
    }

    /// Seconds from one value of gravity to the next.
    pub(super) fn step_s(&self) -> f64 {
        1.0 / self.rate_hz
    }

    /// Gravity from where a movement that ends here no longer smears into it, and the second of its first value.
    pub(super) fn settled_onward(&self, end_s: f64) -> (f64, &[[f32; 3]]) {
        let first = ((end_s + SETTLED_S) * self.rate_hz).ceil().max(0.0) as usize;
        let first = first.min(self.gravity.len());
        (first as f64 / self.rate_hz, &self.gravity[first..])
    }

    /// Gravity at every step that a stretch touches.
    pub(super) fn during(&self, onset_s: f64, end_s: f64) -> &[[f32; 3]] {
        let from = (onset_s * self.rate_hz).floor().max(0.0) as usize;
        let to = ((end_s * self.rate_hz).ceil() as usize).max(from + 1);
        let last = self.gravity.len();
        &self.gravity[from.min(last)..to.min(last)]
    }

    /// How a movement tilted the limb.
    pub(super) fn tilt(&self, onset_s: f64, end_s: f64) -> Tilt {
        let Some(before) = self.before(onset_s) else {
            return Tilt {
                net_deg: f32::NAN,
                held_deg: f32::NAN,
            };
        };
        let from = (onset_s * self.rate_hz).ceil().max(0.0) as usize;
        let to = ((end_s * self.rate_hz).floor() as usize + 1).min(self.gravity.len());
        let held_deg = self
            .gravity
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .map(|&during| angle_deg(before, during))
            .fold(f32::NAN, f32::max);
        Tilt {
            net_deg: self
                .after(end_s)
                .map_or(f32::NAN, |after| angle_deg(before, after)),
            held_deg,
        }
    }

    /// Where the limb came to lie otherwise, as spans from the old posture to the new.
    pub(super) fn changes(&self) -> Vec<Span> {
        let step = self.rate_hz.round().max(1.0) as usize;
        let step_s = step as f64 / self.rate_hz;
        let means = WindowMeans::over(self.gravity);
        let turn_at = |k: usize| -> f32 {
            let at = k as f64 * step_s;
            let before = means.of(&self.within(at - 1.0 - LOOK_S, at - 1.0));
            let after = means.of(&self.within(at + 1.0, at + 1.0 + LOOK_S));
            match (before, after) {
                (Some(before), Some(after)) => angle_deg(before, after),
                _ => f32::NAN,
            }
        };
        let turns: Vec<f32> = (0..self.gravity.len() / step).map(turn_at).collect();
        let mut spans = Vec::new();
        let mut k = 0;
        while k < turns.len() {
            if turns[k].is_nan() || turns[k] <= POSTURE_DEG {
                k += 1;
                continue;
            }
            let run = turns[k..]
                .iter()
                .take_while(|&&turn| turn > POSTURE_DEG)
                .count();
            let peak = (k..k + run)
                .max_by(|&a, &b| turns[a].total_cmp(&turns[b]))
                .unwrap_or(k);
            let at = |k: f64| SignedDuration::from_millis((k * step_s * 1e3).round() as i64);
            spans.push(Span::new(
                SpanKind::PostureChange,
                at((peak as f64 - 1.0).max(0.0)),
                at(peak as f64 + 1.0),
            ));
            k += run;
        }
        spans
    }
}
