//! The time in bed, its sleep stages, and how likely something is along it.

use super::random::Random;
use super::sleep_stages::{sleep_stages, span};
use crate::model::night::{Stage, StageInterval};

/// Step of the grid on which likelihood is laid out, in seconds: a scored epoch.
const STEP_S: f64 = 30.0;

/// From lights out to lights on.
#[derive(Debug, Clone)]
pub(super) struct Bed {
    pub lights_out_s: f64,
    pub lights_on_s: f64,
    pub stages: Vec<StageInterval>,
}

impl Bed {
    pub fn new(r: &mut Random, lights_out_s: f64, lights_on_s: f64, age_years: f64) -> Self {
        let stages = sleep_stages(r, lights_out_s, lights_on_s, age_years);
        Self {
            lights_out_s,
            lights_on_s,
            stages,
        }
    }

    /// A rest too short for sleep to have a course: asleep throughout.
    pub fn asleep(from_s: f64, to_s: f64) -> Self {
        Self {
            lights_out_s: from_s,
            lights_on_s: to_s,
            stages: vec![StageInterval {
                start: span(from_s),
                end: span(to_s),
                stage: Stage::N2,
            }],
        }
    }

    pub fn length_s(&self) -> f64 {
        self.lights_on_s - self.lights_out_s
    }

    /// The stretches of a stage, in seconds.
    pub fn stretches(&self, of: impl Fn(Stage) -> bool) -> Vec<(f64, f64)> {
        self.stages
            .iter()
            .filter(|piece| of(piece.stage))
            .map(|piece| (piece.start.as_secs_f64(), piece.end.as_secs_f64()))
            .collect()
    }

    /// Instants at a constant rate within the stretches of some stages.
    pub fn instants(&self, r: &mut Random, per_h: f64, of: impl Fn(Stage) -> bool) -> Vec<f64> {
        let mut instants = Vec::new();
        if per_h <= 0.0 {
            return instants;
        }
        let mut wait = r.wait(3_600.0 / per_h);
        for (from, to) in self.stretches(of) {
            let mut at = from;
            while at + wait < to {
                at += wait;
                instants.push(at);
                wait = r.wait(3_600.0 / per_h);
            }
            wait -= to - at;
        }
        instants
    }
}

/// How likely something is along the night: a running sum, so that a wait can be counted in it.
#[derive(Debug, Clone)]
pub(super) struct Weight {
    start_s: f64,
    per_step: Vec<f64>,
}

impl Weight {
    pub fn new(bed: &Bed, of: impl Fn(Stage) -> f64) -> Self {
        let n = (bed.length_s() / STEP_S).ceil().max(1.0) as usize;
        let per_step = (0..n)
            .map(|step| {
                let middle = span(bed.lights_out_s + (step as f64 + 0.5) * STEP_S);
                bed.stages
                    .iter()
                    .find(|piece| piece.start <= middle && middle < piece.end)
                    .map_or(1.0, |piece| of(piece.stage))
            })
            .collect();
        Self {
            start_s: bed.lights_out_s,
            per_step,
        }
    }

    /// Falling in a straight line to `1 - by` at the end.
    pub fn declining(mut self, by: f64) -> Self {
        let n = self.per_step.len() as f64;
        for (step, weight) in self.per_step.iter_mut().enumerate() {
            *weight *= 1.0 - by * (step as f64 + 0.5) / n;
        }
        self
    }

    /// The instant until which `amount` of weighted seconds has passed since `from_s`; the end when there is not so much.
    pub fn after(&self, from_s: f64, amount: f64) -> f64 {
        let end_s = self.start_s + self.per_step.len() as f64 * STEP_S;
        let mut left = amount;
        let mut at = from_s.max(self.start_s);
        let mut step = ((at - self.start_s) / STEP_S).floor() as usize;
        while let Some(weight) = self.per_step.get(step) {
            let edge = self.start_s + (step + 1) as f64 * STEP_S;
            let here = (edge - at).max(0.0) * weight;
            if left < here {
                return at + left / weight;
            }
            left -= here;
            at = edge;
            step += 1;
        }
        end_s.max(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_passes_faster_where_the_weight_is_high() {
        let mut bed = Bed::asleep(0.0, 600.0);
        bed.stages = vec![
            StageInterval {
                start: span(0.0),
                end: span(300.0),
                stage: Stage::Rem,
            },
            StageInterval {
                start: span(300.0),
                end: span(600.0),
                stage: Stage::N2,
            },
        ];
        let weight = Weight::new(&bed, |stage| if stage == Stage::Rem { 0.1 } else { 1.0 });
        assert!((weight.after(0.0, 30.0) - 300.0).abs() < 1e-9);
        assert!((weight.after(0.0, 60.0) - 330.0).abs() < 1e-9);
        assert!((weight.after(400.0, 1e9) - 600.0).abs() < 1e-9);
    }

    #[test]
    fn instants_come_at_their_rate() {
        let mut r = Random::seeded(2);
        let bed = Bed::asleep(0.0, 3_600_000.0);
        let n = bed.instants(&mut r, 10.0, |_| true).len() as f64;
        // Poisson of mean 10,000: four standard errors are 400.
        assert!((n - 10_000.0).abs() < 400.0, "{n}");
    }
}
