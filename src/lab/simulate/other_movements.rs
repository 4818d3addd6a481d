//! All that moves a leg's sensor at night and is no periodic movement.

use super::elementary::exp;
use super::movement::{After, Motion, Movement, Strength, leg_duration_s};
use super::night_course::Bed;
use super::random::Random;
use super::sleeper::Sleeper;
use super::truth::TruthKind;
use crate::model::body::Leg;
use crate::model::night::Stage;

const LEGS: [Leg; 2] = [Leg::Left, Leg::Right];

/// Leg movements on their own; a quarter of them in twos or threes a few seconds apart (the peak below 8 s that intervals
/// have in everyone).
pub(super) fn isolated_movements(r: &mut Random, sleeper: &Sleeper, bed: &Bed) -> Vec<Movement> {
    let mut movements = Vec::new();
    for leg in LEGS {
        let mut strength = Strength::new(r, 1.0);
        for at in bed.instants(r, 0.75 * sleeper.isolated_per_h, Stage::is_sleep) {
            let mut onset = at;
            let times = 1 + if r.chance(0.25) {
                r.pick([0.7, 0.3]) + 1
            } else {
                0
            };
            let both = r.chance(0.3);
            for _ in 0..times {
                let lasts = leg_duration_s(r, sleeper);
                for one in LEGS {
                    if one == leg || both {
                        let lag = if one == leg { 0.0 } else { r.between(0.0, 0.3) };
                        let peak_g = strength.next_peak_g(r, sleeper);
                        let times = (onset + lag, onset + lag + lasts);
                        movements.push(Movement::of_leg(
                            r,
                            sleeper,
                            one,
                            TruthKind::Lm,
                            times,
                            peak_g,
                        ));
                    }
                }
                onset += lasts + r.between(1.0, 5.0);
            }
        }
    }
    movements
}

/// Movements of the whole body and turnings over, asleep and awake.
pub(super) fn body_movements(r: &mut Random, sleeper: &Sleeper, bed: &Bed) -> Vec<Movement> {
    let mut movements = Vec::new();
    for at in bed.instants(r, sleeper.gross_per_h, Stage::is_sleep) {
        let lasts = r.log_normal(sleeper.gross_median_s, 0.85).clamp(1.5, 90.0);
        body(
            r,
            (at, at + lasts),
            TruthKind::Gross,
            Motion::Body,
            0.25,
            &mut movements,
        );
    }
    for at in bed.instants(r, sleeper.posture_per_h, Stage::is_sleep) {
        let lasts = r.log_normal(7.0, 0.5).clamp(2.0, 40.0);
        body(
            r,
            (at, at + lasts),
            TruthKind::Posture,
            Motion::TurnOver,
            0.45,
            &mut movements,
        );
    }
    movements
}

/// What a person does who cannot sleep: shifts, stretches, moves a foot.
pub(super) fn restlessness(r: &mut Random, sleeper: &Sleeper, bed: &Bed) -> Vec<Movement> {
    let mut movements = Vec::new();
    let mut strength = Strength::new(r, 1.0);
    for at in bed.instants(r, sleeper.restless_per_h, |stage| stage == Stage::Wake) {
        match r.pick([0.5, 0.3, 0.2]) {
            0 => {
                let lasts = r.log_normal(5.0, 0.8).clamp(1.0, 60.0);
                body(
                    r,
                    (at, at + lasts),
                    TruthKind::Gross,
                    Motion::Body,
                    0.3,
                    &mut movements,
                );
            }
            1 => {
                let leg = LEGS[r.pick([0.5, 0.5])];
                let lasts = leg_duration_s(r, sleeper);
                let peak_g = strength.next_peak_g(r, sleeper);
                movements.push(Movement::of_leg(
                    r,
                    sleeper,
                    leg,
                    TruthKind::Lm,
                    (at, at + lasts),
                    peak_g,
                ));
            }
            _ => {
                let lasts = r.log_normal(6.0, 0.5).clamp(2.0, 30.0);
                body(
                    r,
                    (at, at + lasts),
                    TruthKind::Posture,
                    Motion::TurnOver,
                    0.45,
                    &mut movements,
                );
            }
        }
    }
    movements
}

/// One movement of the body, felt on both legs, not equally.
fn body(
    r: &mut Random,
    (onset_s, end_s): (f64, f64),
    kind: TruthKind,
    motion: Motion,
    median_g: f64,
    into: &mut Vec<Movement>,
) {
    let shared = r.log_normal(median_g, 0.5);
    for leg in LEGS {
        let lasts = (end_s - onset_s) * r.between(0.85, 1.0);
        let onset_s = onset_s + r.between(0.0, 0.3);
        into.push(Movement {
            leg,
            kind,
            onset_s,
            end_s: onset_s + lasts,
            peak_g: shared * exp(0.35 * r.normal()),
            motion,
            seed: r.bits(),
        });
    }
}

/// Trains of small foot movements (high-frequency leg movements, alternating leg muscle activation): 0.3–4 Hz, mean 1.6,
/// for 10–25 s, in the drowsy; often several in a row.
pub(super) fn rhythmic_trains(r: &mut Random, sleeper: &Sleeper, bed: &Bed) -> Vec<Movement> {
    let mut movements = Vec::new();
    let drowsy = |stage| matches!(stage, Stage::Wake | Stage::N1 | Stage::N2);
    let favourite = LEGS[r.pick([0.5, 0.5])];
    for at in bed.instants(r, 0.5 * sleeper.rhythmic_per_h, drowsy) {
        let alternating = r.chance(0.4);
        let mut onset_s = at;
        for _ in 0..1 + r.pick([0.4, 0.3, 0.3]) {
            let end_s = onset_s + r.between(10.0, 25.0);
            let frequency_hz = r.log_normal(1.5, 0.4).clamp(0.3, 4.0);
            let peak_g = r.log_normal(0.08, 0.6);
            for leg in LEGS {
                if leg == favourite || alternating {
                    movements.push(Movement {
                        leg,
                        kind: TruthKind::Hflm,
                        onset_s,
                        end_s,
                        peak_g,
                        motion: Motion::Rhythmic { frequency_hz },
                        seed: r.bits(),
                    });
                }
            }
            onset_s = end_s + r.between(4.0, 40.0);
        }
    }
    movements
}

/// A partner in the bed: blows that ring down, and swaying when the partner turns.
pub(super) fn knocks(r: &mut Random, sleeper: &Sleeper, bed: &Bed) -> Vec<Movement> {
    let mut movements = Vec::new();
    for at in bed.instants(r, sleeper.knocks_per_h, |_| true) {
        let blow = r.chance(0.6);
        let (motion, lasts, shared) = if blow {
            (Motion::Blow, r.between(0.15, 0.7), r.log_normal(0.05, 0.8))
        } else {
            (Motion::Sway, r.between(2.0, 8.0), r.log_normal(0.02, 0.5))
        };
        for leg in LEGS {
            movements.push(Movement {
                leg,
                kind: TruthKind::Knock,
                onset_s: at,
                end_s: at + lasts,
                peak_g: shared * r.between(0.5, 1.0),
                motion,
                seed: r.bits(),
            });
        }
    }
    movements
}

/// Walks to the bathroom, in the longest wakings of the night's middle; none where there is no waking for it.
pub(super) fn night_walks(r: &mut Random, sleeper: &Sleeper, bed: &Bed) -> Vec<Movement> {
    let mut wakings = bed.stretches(|stage| stage == Stage::Wake);
    wakings.retain(|(from, to)| {
        *from > bed.lights_out_s + 1_800.0 && *to < bed.lights_on_s - 600.0 && to - from > 150.0
    });
    wakings.sort_by(|a, b| (b.1 - b.0).total_cmp(&(a.1 - a.0)));
    let mut movements = Vec::new();
    for (from, to) in wakings.into_iter().take(sleeper.walks) {
        let lasts = r.between(100.0, 300.0).min(to - from - 25.0);
        walk(
            r,
            (from + 15.0, from + 15.0 + lasts),
            After::Lying,
            &mut movements,
        );
    }
    movements
}

/// Up and about before lights out and after lights on: walks with pauses; the last one before lights out ends in bed.
pub(super) fn up_and_about(
    r: &mut Random,
    from_s: f64,
    to_s: f64,
    then: After,
    into: &mut Vec<Movement>,
) {
    let mut at = from_s + r.between(2.0, 20.0);
    while at + 60.0 < to_s {
        let end = (at + r.between(20.0, 120.0)).min(to_s - 30.0);
        walk(r, (at, end), After::Upright, into);
        at = end + r.between(10.0, 150.0);
    }
    if then == After::Lying {
        walk(r, (to_s - 25.0, to_s - 2.0), After::Lying, into);
    }
}

fn walk(r: &mut Random, (onset_s, end_s): (f64, f64), then: After, into: &mut Vec<Movement>) {
    for leg in LEGS {
        into.push(Movement {
            leg,
            kind: TruthKind::Walk,
            onset_s,
            end_s,
            peak_g: r.log_normal(1.2, 0.15),
            motion: Motion::Walk { then },
            seed: r.bits(),
        });
    }
}

/// Spells in which the sensor lies beside the wearer: taken off because it pressed, put on again later.
pub(super) fn off_leg_spells(
    r: &mut Random,
    sleeper: &Sleeper,
    bed: &Bed,
    legs: &[Leg],
) -> Vec<Movement> {
    let mut movements = Vec::new();
    for _ in 0..sleeper.off_leg_spells {
        let leg = legs[(r.uniform() * legs.len() as f64) as usize % legs.len()];
        let lasts = r.between(600.0, 3_600.0).min(0.25 * bed.length_s());
        let onset_s = r.between(bed.lights_out_s, bed.lights_on_s - lasts);
        movements.push(Movement {
            leg,
            kind: TruthKind::OffLeg,
            onset_s,
            end_s: onset_s + lasts,
            peak_g: 0.5,
            motion: Motion::OffLeg,
            seed: r.bits(),
        });
    }
    movements
}

/// Keeps of leg movements only those that can be told apart: none within a movement of the body or a walk of the same leg,
/// none that begins before the last one of that leg has ended by half a second (the standards would join them).
pub(super) fn untangled(mut movements: Vec<Movement>) -> Vec<Movement> {
    movements.sort_by(|a, b| {
        a.onset_s
            .total_cmp(&b.onset_s)
            .then(a.leg.cmp(&b.leg))
            .then(rank(a.kind).cmp(&rank(b.kind)))
    });
    let kept_from: Vec<bool> = movements
        .iter()
        .enumerate()
        .map(|(n, movement)| {
            let rivals = neighbours(&movements, n);
            !rivals
                .into_iter()
                .any(|other| rank(other.kind) < rank(movement.kind) && movement.touches(other, 0.7))
        })
        .collect();
    let mut kept: Vec<Movement> = Vec::with_capacity(movements.len());
    for (movement, keep) in movements.into_iter().zip(kept_from) {
        let same = |other: &&Movement| {
            other.leg == movement.leg && rank(other.kind) == rank(movement.kind)
        };
        let tangled = rank(movement.kind) > 0
            && kept
                .iter()
                .rev()
                .take(60)
                .find(same)
                .is_some_and(|other| movement.touches(other, 0.7));
        if keep && !tangled {
            kept.push(movement);
        }
    }
    kept
}

/// What gives way to what: a knock comes from outside and an off-leg spell is the sensor's, so both stand beside the rest.
fn rank(kind: TruthKind) -> u8 {
    match kind {
        TruthKind::Knock | TruthKind::OffLeg => 0,
        TruthKind::Walk => 1,
        TruthKind::Posture | TruthKind::Gross => 2,
        TruthKind::Hflm => 3,
        TruthKind::Plm => 4,
        TruthKind::Lm => 5,
    }
}

/// The events near enough in time to touch the `n`-th: walks last five minutes, so a window of that many either side.
fn neighbours(movements: &[Movement], n: usize) -> Vec<&Movement> {
    let at = movements[n].onset_s;
    let until = movements[n].end_s + 1.0;
    let before = movements[..n]
        .iter()
        .rev()
        .take_while(|other| other.onset_s > at - 320.0);
    let after = movements[n + 1..]
        .iter()
        .take_while(|other| other.onset_s < until);
    before
        .chain(after)
        .filter(|other| rank(other.kind) > 0)
        .collect()
}
