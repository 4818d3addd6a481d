//! Movements of the whole body: several turns of the leg about any axis, then it lies.

use super::{Score, jerk, lying};
use crate::lab::simulate::limb::{
    STANDARD_GRAVITY, STEP_PEAK, Turn, Vec3, cross, dot, plus, times, turned, unit,
};
use crate::lab::simulate::movement::Movement;
use crate::lab::simulate::random::Random;

/// Where the limb lies afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// About as before, or rolled a little.
    Near,
    /// On another side.
    Elsewhere,
}

/// A movement of the body as one leg feels it.
pub(super) fn body_movement(r: &mut Random, m: &Movement, up: Vec3, rest: Rest, score: &mut Score) {
    let target = match rest {
        Rest::Near if r.chance(0.4) => {
            let by: f64 = r.between(-10.0, 10.0);
            turned(up, r.direction(), by.to_radians())
        }
        Rest::Near => {
            // Rolls about the limb's own axis, as far as a stretched leg does; strap and skin slip along.
            let by: f64 = 35.0 * r.normal();
            let rolled = turned(up, [0.0, 0.0, 1.0], by.to_radians());
            unit(plus(rolled, times(r.direction(), 0.1)))
        }
        Rest::Elsewhere => elsewhere(r, up),
    };
    toss(r, (m.onset_s, m.end_s), m.peak_g, up, target, score);
}

/// A lying position at least 35° from this one, of ten tries; else the last.
fn elsewhere(r: &mut Random, up: Vec3) -> Vec3 {
    let mut target = lying(r);
    for _ in 0..10 {
        if dot(target, up) < 0.82 {
            break;
        }
        target = lying(r);
    }
    target
}

/// Some turns at random and one that brings `up` to its target.
pub(super) fn toss(
    r: &mut Random,
    (from_s, to_s): (f64, f64),
    peak_g: f64,
    up: Vec3,
    target: Vec3,
    score: &mut Score,
) {
    let lasts = to_s - from_s;
    let n = 1 + (lasts / 1.6).floor() as usize;
    let mut turns: Vec<Turn> = (0..n)
        .map(|_| {
            let duration_s = r.between(0.35, 1.4).min(0.8 * lasts);
            let start_s = from_s + r.uniform() * (lasts - duration_s);
            some_turn(r, start_s, duration_s, peak_g)
        })
        .collect();
    turns.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let there = turns.iter().fold(up, |up, turn| turn.after(up));
    let last_start = turns.last().map_or(from_s, |turn| turn.start_s);
    let settle = (to_s - last_start).clamp(0.4, 2.5);
    turns.push(to_target(r, last_start, settle, there, target));
    score.turns.extend(turns);
    let along = r.direction();
    jerk(
        r,
        (from_s, to_s),
        3.0,
        0.5 * peak_g,
        along,
        &mut score.bursts,
    );
}

/// A turn about some axis with a peak about this high.
fn some_turn(r: &mut Random, start_s: f64, duration_s: f64, peak_g: f64) -> Turn {
    let lever = r.between(0.10, 0.45);
    let peak = peak_g * r.log_normal(0.6, 0.5);
    let angle = (peak * STANDARD_GRAVITY * duration_s * duration_s / (STEP_PEAK * lever)).min(1.2);
    Turn {
        start_s,
        duration_s,
        axis: r.direction(),
        angle: if r.chance(0.5) { angle } else { -angle },
        arm: times(
            unit(plus([0.0, 0.0, 1.0], times(r.direction(), 0.5))),
            lever,
        ),
    }
}

/// The turn that brings `up` from here to there by the shortest way, with a lever as long as the speed allows.
fn to_target(r: &mut Random, start_s: f64, duration_s: f64, up: Vec3, target: Vec3) -> Turn {
    let normal = cross(up, target);
    let sine = dot(normal, normal).sqrt();
    let axis = if sine > 1e-6 {
        times(normal, 1.0 / sine)
    } else {
        unit(cross(up, [0.3, 0.5, 0.8]))
    };
    let angle = angle_between(up, target);
    Turn {
        start_s,
        duration_s,
        axis,
        // `up` turns against the limb.
        angle: -angle,
        arm: times(r.direction(), r.between(0.02, 0.12)),
    }
}

/// The angle between two unit vectors, in radians, from square roots and a series (no platform arc functions).
fn angle_between(a: Vec3, b: Vec3) -> f64 {
    let difference = plus(a, times(b, -1.0));
    // Half the chord is the sine of half the angle; three halvings bring any angle below π/8.
    let mut sine = (0.25 * dot(difference, difference)).min(1.0).sqrt();
    let mut halvings = 1.0;
    for _ in 0..2 {
        let cosine = (1.0 - sine * sine).max(0.0).sqrt();
        sine = (0.5 * (1.0 - cosine)).sqrt();
        halvings += 1.0;
    }
    let s2 = sine * sine;
    let arc = sine
        * (1.0
            + s2 * (1.0 / 6.0
                + s2 * (3.0 / 40.0
                    + s2 * (15.0 / 336.0 + s2 * (105.0 / 3_456.0 + s2 * (945.0 / 42_240.0))))));
    let mut factor = 1.0;
    while halvings > 0.0 {
        factor *= 2.0;
        halvings -= 1.0;
    }
    arc * factor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toss_ends_where_it_should() {
        for seed in 0..200 {
            let mut r = Random::seeded(seed);
            let (up, target) = (r.direction(), r.direction());
            let mut score = Score::default();
            toss(&mut r, (10.0, 18.0), 0.4, up, target, &mut score);
            score.turns.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
            let end = score.turns.iter().fold(up, |up, turn| turn.after(up));
            assert!(
                dot(end, target) > 1.0 - 1e-6,
                "seed {seed}: {}",
                dot(end, target)
            );
        }
    }

    #[test]
    fn angles_agree_with_the_platforms_arc_cosine() {
        let mut r = Random::seeded(1);
        for _ in 0..1_000 {
            let (a, b) = (r.direction(), r.direction());
            assert!((angle_between(a, b) - dot(a, b).acos()).abs() < 1e-5);
        }
    }
}
