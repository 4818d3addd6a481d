//! Leg movements: dorsiflexion with knee and hip, held, beaten, or let go at once; and rhythmic trains of the foot.

use super::{Score, jerk};
use crate::lab::simulate::limb::{STANDARD_GRAVITY, STEP_PEAK, Turn, Vec3, unit};
use crate::lab::simulate::movement::{Form, Movement};
use crate::lab::simulate::random::Random;
use crate::lab::simulate::sleeper::Sleeper;

/// Largest angle of a leg movement at its joint, in radians (46°): a triple flexion goes no further in sleep.
const LARGEST_ANGLE: f64 = 0.8;

/// Standard deviation of the logarithm of a movement's jerkiness within a night.
pub(super) const JERK_SPREAD: f64 = 0.7;

/// A hinge, its lever and a peak acceleration: what makes turns of different speed.
struct Hinge {
    axis: Vec3,
    arm: Vec3,
}

impl Hinge {
    fn of(r: &mut Random, lever_m: f64) -> Self {
        Self {
            axis: unit([0.15 * r.normal(), 1.0, 0.15 * r.normal()]),
            arm: [0.03 * r.normal(), 0.02 * r.normal(), lever_m],
        }
    }

    /// The angle that, taken in `duration_s`, gives this peak of tangential acceleration.
    fn angle(&self, peak_g: f64, duration_s: f64) -> f64 {
        let angle = peak_g * STANDARD_GRAVITY * duration_s * duration_s / (STEP_PEAK * self.arm[2]);
        angle.min(LARGEST_ANGLE)
    }

    fn turn(&self, start_s: f64, duration_s: f64, angle: f64) -> Turn {
        Turn {
            start_s,
            duration_s,
            axis: self.axis,
            angle,
            arm: self.arm,
        }
    }
}

/// One leg movement. The limb sets off 40–90 ms after the muscle (electromechanical delay) and falls back after it lets go.
pub(super) fn leg_movement(
    r: &mut Random,
    m: &Movement,
    form: Form,
    sleeper: &Sleeper,
    score: &mut Score,
) {
    let hinge = Hinge::of(r, sleeper.lever_m);
    let delay = r.between(0.04, 0.09);
    let start = m.onset_s + delay;
    let active = m.end_s - m.onset_s;
    let longest_rise = (0.45 * active).min(0.5);
    // A strong movement is a quick one: the angle has an end.
    let by_strength =
        (LARGEST_ANGLE * STEP_PEAK * sleeper.lever_m / (m.peak_g * STANDARD_GRAVITY)).sqrt();
    let rise = r
        .log_normal(sleeper.rise_s, 0.25)
        .clamp(0.15, 0.5)
        .min(longest_rise)
        .min(by_strength);
    let angle = hinge.angle(m.peak_g, rise);
    // Some movements are smooth, others all jerk.
    let height = m.peak_g * r.log_normal(sleeper.jerk, JERK_SPREAD).min(2.0);
    let front = [1.0, 0.0, 0.0];
    let not_quite = 1.0 + 0.08 * r.normal();
    match form {
        Form::Tonic => {
            let back = rise * r.between(1.3, 2.5);
            // While it is held the foot sinks a little: too slow to be felt as acceleration, seen as tilt.
            let hold = (active - rise).max(0.2);
            let sunk = angle * r.between(0.0, 0.25);
            score.turns.push(hinge.turn(start, rise, angle));
            score.turns.push(hinge.turn(start + rise, hold, -sunk));
            let release = start + rise + hold;
            score
                .turns
                .push(hinge.turn(release, back, -(angle - sunk) * not_quite));
            jerk(
                r,
                (start, start + rise + 0.25),
                9.0,
                height,
                front,
                &mut score.bursts,
            );
            jerk(
                r,
                (release, release + 0.6 * back),
                6.0,
                0.5 * height,
                front,
                &mut score.bursts,
            );
            if r.chance(0.3) {
                let trembling = height * r.between(0.05, 0.2);
                jerk(
                    r,
                    (start + rise, release),
                    5.0,
                    trembling,
                    front,
                    &mut score.bursts,
                );
            }
        }
        Form::Clonic => {
            let period = 1.0 / r.between(1.0, 3.3);
            let up = rise.min(0.45 * period);
            let down = (period - up).min(2.0 * up);
            let beats = (active / period).floor().max(2.0) as usize;
            let mut at = start;
            for _ in 0..beats {
                let size = r.between(0.6, 1.1);
                let one = hinge.angle(m.peak_g * size, up);
                score.turns.push(hinge.turn(at, up, one));
                score.turns.push(hinge.turn(at + up, down, -one));
                jerk(
                    r,
                    (at, at + up + 0.1),
                    8.0,
                    height * size,
                    front,
                    &mut score.bursts,
                );
                at += period * r.between(0.9, 1.1);
            }
        }
        Form::Single => {
            let back = (active - rise).clamp(0.25, 1.6);
            score.turns.push(hinge.turn(start, rise, angle));
            score
                .turns
                .push(hinge.turn(start + rise, back, -angle * not_quite));
            jerk(
                r,
                (start, start + rise + 0.35),
                9.0,
                height,
                front,
                &mut score.bursts,
            );
            // The muscle works on while the leg sinks back.
            jerk(
                r,
                (start + rise, m.end_s),
                4.0,
                0.35 * height,
                front,
                &mut score.bursts,
            );
        }
    }
}

/// A train of small beats at a steady pace, up and down without hold.
pub(super) fn rhythmic_train(
    r: &mut Random,
    m: &Movement,
    frequency_hz: f64,
    sleeper: &Sleeper,
    score: &mut Score,
) {
    let hinge = Hinge::of(r, sleeper.lever_m);
    let mut at = m.onset_s + 0.05;
    let front = [1.0, 0.0, 0.0];
    while at < m.end_s {
        let period = r.log_normal(1.0 / frequency_hz, 0.08);
        let up = (0.5 * period).min(0.6);
        let angle = hinge.angle(m.peak_g * r.between(0.6, 1.2), up).min(0.3);
        score.turns.push(hinge.turn(at, up, angle));
        score.turns.push(hinge.turn(at + up, up, -angle));
        jerk(
            r,
            (at, at + up),
            3.0,
            0.4 * m.peak_g,
            front,
            &mut score.bursts,
        );
        at += period;
    }
}
