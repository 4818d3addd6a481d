//! What the mattress passes on: a partner's blow, a partner's turning, the other leg's movement.

use super::Score;
use crate::lab::simulate::limb::{Burst, Envelope, Vec3, plus, times, unit};
use crate::lab::simulate::movement::{Motion, Movement};
use crate::lab::simulate::random::Random;

/// One to three knocks, mostly up and down, that ring down within a few tenths of a second.
pub(super) fn blow(r: &mut Random, m: &Movement, up: Vec3, score: &mut Score) {
    let lasts = m.end_s - m.onset_s;
    let n = 1 + r.pick([0.6, 0.3, 0.1]);
    for _ in 0..n {
        score.bursts.push(Burst {
            at_s: m.onset_s + 0.5 * lasts * r.uniform(),
            width_s: r.between(0.03, 0.10),
            frequency_hz: r.between(6.0, 14.0),
            amplitude: shaking(r, up, m.peak_g),
            envelope: Envelope::Ringing,
        });
    }
}

/// Slow swaying at 1–3.5 Hz while somebody else turns over.
pub(super) fn sway(r: &mut Random, m: &Movement, up: Vec3, score: &mut Score) {
    let n = ((m.end_s - m.onset_s) * 2.0).floor() as usize + 1;
    for _ in 0..n {
        let height_g = m.peak_g * r.between(0.4, 1.0);
        score.bursts.push(Burst {
            at_s: r.between(m.onset_s + 0.3, m.end_s - 0.3),
            width_s: r.between(0.15, 0.45),
            frequency_hz: r.between(1.0, 3.5),
            amplitude: shaking(r, up, height_g),
            envelope: Envelope::Swelling,
        });
    }
}

/// The other leg's movement, weakened and without tilt.
pub(super) fn echo(m: &Movement, coupling: f64, score: &mut Score) {
    if !matches!(m.motion, Motion::Leg(_) | Motion::Rhythmic { .. }) {
        // Movements of the body reach both legs by themselves.
        return;
    }
    let mut r = Random::seeded(m.seed.rotate_left(17));
    let height = coupling * m.peak_g;
    let mut at = m.onset_s + 0.1;
    while at < m.end_s {
        score.bursts.push(Burst {
            at_s: at,
            width_s: r.between(0.06, 0.15),
            frequency_hz: r.between(2.0, 7.0),
            amplitude: times(r.direction(), height * r.between(0.3, 1.0)),
            envelope: Envelope::Swelling,
        });
        // Most at the beginning, where the leg is thrown; little during a hold.
        at += r.wait(if at - m.onset_s < 0.5 { 0.12 } else { 0.8 });
    }
}

/// A shaking of this height, mostly along "up".
fn shaking(r: &mut Random, up: Vec3, height_g: f64) -> Vec3 {
    times(unit(plus(up, times(r.direction(), 0.6))), height_g)
}
