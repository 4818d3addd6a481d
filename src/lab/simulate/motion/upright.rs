//! On the feet: getting up, steps, lying down; and the sensor taken off and put on again.

use std::f64::consts::TAU;

use super::body::toss;
use super::{Score, UPRIGHT, lying};
use crate::lab::simulate::limb::{Burst, Envelope, Turn, Vec3, plus, times, unit};
use crate::lab::simulate::movement::{After, Movement};
use crate::lab::simulate::random::Random;

/// Getting up, walking in bouts with pauses, and lying down again where the walk ends in bed.
pub(super) fn walk(r: &mut Random, m: &Movement, up: Vec3, then: After, score: &mut Score) {
    let standing = unit(plus(UPRIGHT, times(r.direction(), 0.08)));
    let rising = r.between(2.5, 5.0).min(0.3 * (m.end_s - m.onset_s));
    toss(r, (m.onset_s, m.onset_s + rising), 0.5, up, standing, score);
    let lying_down = match then {
        After::Lying => r.between(4.0, 8.0).min(0.4 * (m.end_s - m.onset_s)),
        After::Upright => 0.0,
    };
    let until = m.end_s - lying_down;
    let mut at = m.onset_s + rising + 0.5;
    while at < until - 1.5 {
        let bout_end = (at + r.between(8.0, 40.0)).min(until);
        at = steps(r, at, bout_end, m.peak_g, score) + r.between(3.0, 30.0);
    }
    if then == After::Lying {
        let to = lying(r);
        toss(r, (until, m.end_s), 0.5, standing, to, score);
    }
}

/// Steps of one leg until `until`; returns when the last ends. A stride takes 1.0–1.3 s, swing 40 % of it.
fn steps(r: &mut Random, from_s: f64, until: f64, strike_g: f64, score: &mut Score) -> f64 {
    let stride = r.between(1.0, 1.3);
    let swing = 0.4 * stride;
    let angle = r.between(0.5, 0.8);
    let mut at = from_s;
    while at + stride < until {
        let turn = |start_s, duration_s, angle| Turn {
            start_s,
            duration_s,
            axis: [0.0, 1.0, 0.0],
            angle,
            arm: [0.0, 0.0, 0.4],
        };
        score.turns.push(turn(at, swing, angle));
        score.turns.push(turn(at + swing, stride - swing, -angle));
        score.bursts.push(Burst {
            at_s: at + swing,
            width_s: r.between(0.04, 0.07),
            frequency_hz: r.between(7.0, 13.0),
            amplitude: [0.5 * strike_g, 0.2 * strike_g, -strike_g],
            envelope: Envelope::Ringing,
        });
        at += stride * r.between(0.96, 1.04);
    }
    at
}

/// The sensor comes off, lies still on a table, and goes on again.
pub(super) fn off_and_on(r: &mut Random, m: &Movement, up: Vec3, score: &mut Score) {
    let handling = 6.0_f64.min(0.2 * (m.end_s - m.onset_s));
    let face = TAU * r.uniform();
    let (sin, cos) = crate::lab::simulate::elementary::sin_cos(face);
    let table = unit([cos, sin, 0.1 * r.normal()]);
    toss(
        r,
        (m.onset_s, m.onset_s + handling),
        m.peak_g,
        up,
        table,
        score,
    );
    let back = lying(r);
    toss(
        r,
        (m.end_s - handling, m.end_s - 1.0),
        m.peak_g,
        table,
        back,
        score,
    );
}
