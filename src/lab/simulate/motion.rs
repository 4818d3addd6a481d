//! From a planned event to what the limb does: turns about a joint, bursts on top.

mod body;
mod leg;
mod mattress;
mod upright;

use super::elementary::exp;
use super::limb::{Burst, Envelope, Turn, Vec3, plus, times, unit};
use super::movement::{Motion, Movement};
use super::random::Random;
use super::sleeper::Sleeper;

/// What a limb does during one event.
#[derive(Debug, Clone, Default)]
pub(super) struct Score {
    /// Turns, in order of their beginning: the order in which they are taken.
    pub turns: Vec<Turn>,
    pub bursts: Vec<Burst>,
}

/// Direction of "up" on a leg that stands or hangs: against the limb's axis towards the foot.
pub(super) const UPRIGHT: Vec3 = [0.0, 0.0, -1.0];

/// The motion of an event on its own leg, which lies with `up` when it begins.
pub(super) fn set_in_motion(movement: &Movement, sleeper: &Sleeper, up: Vec3) -> Score {
    let mut r = Random::seeded(movement.seed);
    let r = &mut r;
    let mut score = Score::default();
    match movement.motion {
        Motion::Leg(form) => leg::leg_movement(r, movement, form, sleeper, &mut score),
        Motion::Rhythmic { frequency_hz } => {
            leg::rhythmic_train(r, movement, frequency_hz, sleeper, &mut score);
        }
        Motion::Body => body::body_movement(r, movement, up, body::Rest::Near, &mut score),
        Motion::TurnOver => body::body_movement(r, movement, up, body::Rest::Elsewhere, &mut score),
        Motion::Walk { then } => upright::walk(r, movement, up, then, &mut score),
        Motion::OffLeg => upright::off_and_on(r, movement, up, &mut score),
        Motion::Blow => mattress::blow(r, movement, up, &mut score),
        Motion::Sway => mattress::sway(r, movement, up, &mut score),
    }
    score.turns.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    score
}

/// What of one leg's movement reaches the other leg's sensor.
pub(super) fn echo(movement: &Movement, sleeper: &Sleeper) -> Score {
    let mut score = Score::default();
    mattress::echo(movement, sleeper.coupling, &mut score);
    score
}

/// Where a limb comes to lie: roll about its axis by the way the sleeper lies, the foot a little higher or lower.
fn lying(r: &mut Random) -> Vec3 {
    let side = [0.0, 90.0, -90.0, 180.0][r.pick([0.42, 0.26, 0.26, 0.06])];
    let roll: f64 = side + 18.0 * r.normal();
    let pitch: f64 = r.normal_within(6.0, 10.0, -35.0, 35.0);
    let (sin_roll, cos_roll) = super::elementary::sin_cos(roll.to_radians());
    let (sin_pitch, cos_pitch) = super::elementary::sin_cos(pitch.to_radians());
    [cos_roll * cos_pitch, sin_roll * cos_pitch, sin_pitch]
}

/// The position in which a recording begins.
pub(super) fn first_position(r: &mut Random, upright: bool) -> Vec3 {
    if upright {
        unit(plus(UPRIGHT, times(r.direction(), 0.15)))
    } else {
        lying(r)
    }
}

/// Bursts of muscle between two instants: 2–12 Hz, so many a second, about so high.
///
/// 2–12 Hz is where physiological tremor, clonus and the jerk of a muscle's volleys lie; below the limb is too heavy, above
/// it the tissue under the strap damps.
fn jerk(
    r: &mut Random,
    (from_s, to_s): (f64, f64),
    per_s: f64,
    height_g: f64,
    along: Vec3,
    into: &mut Vec<Burst>,
) {
    let n = ((to_s - from_s) * per_s + r.uniform()).floor().max(0.0) as usize;
    for _ in 0..n {
        let frequency_hz = 2.0 * exp(super::elementary::ln(6.0) * r.uniform());
        let direction = unit(plus(along, times(r.direction(), 0.7)));
        into.push(Burst {
            at_s: r.between(from_s, to_s),
            width_s: r.between(0.3, 0.7) / frequency_hz,
            frequency_hz,
            amplitude: times(direction, height_g * r.log_normal(0.8, 0.4)),
            envelope: Envelope::Swelling,
        });
    }
}
