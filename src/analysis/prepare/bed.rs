//! When the wearer lay in bed, estimated from posture alone.
//!
//! After HDCZA (van Hees et al. 2018, Sci Rep 8:12975; GGIR): directions of gravity every 5 s, the rolling 5-min median
//! of their change, a threshold of 15 times its 10th percentile held within 0.13 to 0.50 degrees, blocks of more than
//! 30 min, gaps of less than 60 min filled, the longest block. So a visit to the bathroom cuts nothing and wakefulness
//! in bed stays in. It was made for the wrist and is not validated at the ankle; three things differ here: the full angle
//! between directions stands for the z-angle (no axis is special at an ankle), a turn that the limb comes back from within
//! 10 s is none (a leg that kicks every 20 s would be awake: see [`lasting_changes`]), and where the wearer was seen
//! walking, the shank's direction then tells lying from sitting (see [`upright`]) and lying without rest at either end is in bed.

mod upright;

use std::ops::Range;

use jiff::SignedDuration;

use crate::model::trace::NightTrace;
use crate::signal::robust;
use crate::signal::sliding;
use crate::signal::tilt::{angle_deg, mean_vector};
use upright::{Stance, upright};

/// Length of a direction, in seconds (HDCZA).
const EPOCH_S: f64 = 5.0;
/// Half the rolling median's window in epochs: 5 min (HDCZA).
const HALF_WINDOW: usize = 30;
/// Percentile and factor of the threshold, and its bounds in degrees (HDCZA; GGIR 0.13 and 0.50).
const PERCENTILE: f64 = 0.1;
const FACTOR: f32 = 15.0;
const LEAST_DEG: f32 = 0.13;
const MOST_DEG: f32 = 0.50;
/// Within so many epochs a leg movement is over, and the limb lies as before: 10 s (WASM/IRLSSG 2016) touch three.
const COMES_BACK: usize = 3;
/// Without gravity: envelope below which an epoch is rest, in g: about the first detector's threshold.
const REST_G: f32 = 0.02;
/// Shortest block, in epochs: 30 min (HDCZA).
const SHORTEST_BLOCK: usize = 360;
/// Longest gap that is filled, in epochs: 60 min (HDCZA).
const LONGEST_GAP: usize = 720;
/// The estimated time in bed, since the first sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeInBed {
    /// Lights out, or nearly.
    pub lights_out: SignedDuration,
    /// Lights on, or nearly.
    pub lights_on: SignedDuration,
    /// Whether walking showed the shank's direction, so that sitting was told from lying.
    pub knows_upright: bool,
}

/// Estimates when the wearer lay in bed; `None` when there is no block of rest. The trace is in g.
pub fn time_in_bed(trace: &NightTrace) -> Option<TimeInBed> {
    let directions = directions(trace);
    let upright = upright(trace, &directions);
    let resting = resting(trace, &directions);
    let block = match &upright {
        None => longest_block(&resting)?,
        Some(stances) => {
            let in_rest = resting.iter().zip(stances);
            let lying = in_rest.map(|(&rest, stance)| rest && *stance != Stance::Stands);
            with_restlessness(longest_block(&lying.collect::<Vec<_>>())?, stances)
        }
    };
    let at = |epoch: usize| SignedDuration::from_millis((epoch as f64 * EPOCH_S * 1e3) as i64);
    let end = SignedDuration::from_millis((trace.duration_s() * 1e3) as i64);
    Some(TimeInBed {
        lights_out: at(block.start),
        lights_on: at(block.end).min(end),
        knows_upright: upright.is_some(),
    })
}

/// The mean direction of every epoch; `None` where there is none.
fn directions(trace: &NightTrace) -> Vec<Option<[f32; 3]>> {
    let epochs = (trace.duration_s() / EPOCH_S) as usize;
    let per_epoch = EPOCH_S * trace.gravity_rate.hz();
    (0..epochs)
        .map(|k| {
            let from = (k as f64 * per_epoch) as usize;
            let to = (((k + 1) as f64 * per_epoch) as usize).min(trace.gravity.len());
            mean_vector(trace.gravity.get(from..to)?)
        })
        .collect()
}

/// Mean envelope of every epoch; `NaN` where there is none.
fn epoch_means(trace: &NightTrace, epochs: usize) -> Vec<f32> {
    let per_epoch = EPOCH_S * trace.rate.hz();
    (0..epochs)
        .map(|k| {
            let from = (k as f64 * per_epoch) as usize;
            let to = (((k + 1) as f64 * per_epoch) as usize).min(trace.envelope.len());
            let values = trace.envelope.get(from..to).unwrap_or_default();
            values.iter().sum::<f32>() / values.len().max(1) as f32
        })
        .collect()
}

fn resting(trace: &NightTrace, directions: &[Option<[f32; 3]>]) -> Vec<bool> {
    if trace.gravity.is_empty() {
        let activity = epoch_means(trace, directions.len());
        return sliding::median(&activity, HALF_WINDOW)
            .into_iter()
            .map(|activity| activity < REST_G)
            .collect();
    }
    let changes = lasting_changes(directions);
    let rolling = sliding::median(&changes, HALF_WINDOW);
    let mut known: Vec<f32> = rolling.iter().copied().filter(|v| !v.is_nan()).collect();
    let low = robust::percentile(&mut known, PERCENTILE).unwrap_or(0.0);
    let threshold = (FACTOR * low).clamp(LEAST_DEG, MOST_DEG);
    rolling
        .into_iter()
        .map(|change| change < threshold)
        .collect()
}

/// By how much the limb lies otherwise from each epoch on, in degrees; a turn that it comes back from is none.
///
/// The least angle between one of the epochs just before and one of those from there on. A leg that kicks every 20 s moves
/// in every second epoch: from one to the next, as at a wrist, that is wakefulness.
fn lasting_changes(directions: &[Option<[f32; 3]>]) -> Vec<f32> {
    let change = |k: usize| {
        let before = &directions[k.saturating_sub(COMES_BACK)..k];
        let onward = &directions[k..directions.len().min(k + COMES_BACK)];
        let pairs = before
            .iter()
            .flat_map(|a| onward.iter().map(move |b| (a, b)));
        pairs
            .filter_map(|pair| match pair {
                (Some(a), Some(b)) => Some(angle_deg(*a, *b)),
                _ => None,
            })
            .fold(f32::NAN, f32::min)
    };
    (0..directions.len()).map(change).collect()
}

/// The longest stretch once short blocks are dropped and short gaps are filled.
fn longest_block(lying: &[bool]) -> Option<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for run in runs(lying.iter().copied()).filter(|run| run.len() > SHORTEST_BLOCK) {
        match blocks.last_mut() {
            Some(last) if run.start - last.end < LONGEST_GAP => last.end = run.end,
            _ => blocks.push(run),
        }
    }
    blocks.into_iter().max_by_key(Range::len)
}

/// A block of rest, and at either end the time that somebody lay there without rest, an hour at most.
fn with_restlessness(block: Range<usize>, stances: &[Stance]) -> Range<usize> {
    let lies = |stance: &&Stance| **stance == Stance::Lies;
    let before = stances[..block.start].iter().rev().take(LONGEST_GAP);
    let after = stances[block.end..].iter().take(LONGEST_GAP);
    block.start - before.take_while(lies).count()..block.end + after.take_while(lies).count()
}

/// Stretches in which something holds.
fn runs(holds: impl Iterator<Item = bool>) -> impl Iterator<Item = Range<usize>> {
    let mut from = None;
    holds
        .chain([false])
        .enumerate()
        .filter_map(move |(k, holds)| {
            if holds {
                from.get_or_insert(k);
                return None;
            }
            from.take().map(|from: usize| from..k)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::{GravityState, SampleRate};
    use crate::signal::noise::Noise;

    /// A stretch of a day at the ankle: minutes, whether the shank stands, the size of movements in degrees an epoch,
    /// the envelope in g.
    struct Stretch(usize, bool, f64, f32);

    fn day(stretches: &[Stretch]) -> NightTrace {
        let mut noise = Noise::new(31);
        let (mut envelope, mut gravity) = (Vec::new(), Vec::new());
        for &Stretch(minutes, stands, degrees, activity) in stretches {
            for _ in 0..minutes * 12 {
                let turn = (degrees * noise.normal()).to_radians();
                let v = if stands {
                    [turn.cos(), turn.sin(), 0.0]
                } else {
                    [0.05, turn.sin(), turn.cos()]
                };
                gravity.extend([v.map(|c| c as f32); 25]);
                // Whoever stands and moves that much walks, a stride a second; else it comes and goes as it likes.
                envelope.extend((0..125).map(|k| {
                    let like = match stands {
                        true => (k % 25) as f64 / 25.0,
                        false => noise.unit(),
                    };
                    activity * (0.6 + 0.8 * like as f32)
                }));
            }
        }
        NightTrace {
            start_ns: 0,
            rate: SampleRate::from_hz(25.0).unwrap(),
            envelope,
            motion: Vec::new(),
            gravity_rate: SampleRate::from_hz(5.0).unwrap(),
            gravity,
            spans: Vec::new(),
            gravity_state: GravityState::Included,
            source_rate: SampleRate::from_hz(50.0).unwrap(),
            resolution: 0.0,
            windows: Vec::new(),
        }
    }

    const WALK: Stretch = Stretch(5, true, 8.0, 0.4);

    fn minutes(found: Option<TimeInBed>) -> (i64, i64) {
        let found = found.unwrap();
        (found.lights_out.as_mins(), found.lights_on.as_mins())
    }

    fn near(found: (i64, i64), expected: (i64, i64)) {
        // The rolling median of 5 min blurs an end by half of it.
        let close = |a: i64, b: i64| (a - b).abs() <= 4;
        assert!(
            close(found.0, expected.0) && close(found.1, expected.1),
            "{found:?}"
        );
    }

    #[test]
    fn the_night_is_found_between_evening_and_morning() {
        let found = time_in_bed(&day(&[
            Stretch(60, true, 6.0, 0.1),
            Stretch(420, false, 0.05, 0.003),
            Stretch(60, true, 6.0, 0.1),
        ]));
        near(minutes(found), (60, 480));
    }

    #[test]
    fn a_visit_to_the_bathroom_does_not_cut_the_night() {
        let found = time_in_bed(&day(&[
            WALK,
            Stretch(200, false, 0.05, 0.003),
            Stretch(12, true, 8.0, 0.3),
            Stretch(25, false, 3.0, 0.02),
            Stretch(200, false, 0.05, 0.003),
            WALK,
        ]));
        near(minutes(found), (5, 442));
    }

    #[test]
    fn an_evening_on_a_chair_is_not_bed() {
        let found = time_in_bed(&day(&[
            WALK,
            Stretch(90, true, 0.05, 0.003),
            WALK,
            Stretch(400, false, 0.05, 0.003),
            WALK,
        ]));
        assert!(found.unwrap().knows_upright);
        near(minutes(found), (100, 500));
    }

    #[test]
    fn a_night_alone_is_all_bed() {
        let found = time_in_bed(&day(&[Stretch(420, false, 0.05, 0.003)]));
        assert_eq!(minutes(found), (0, 420));
        assert!(!found.unwrap().knows_upright);
    }

    /// A leg that kicks in every second or third epoch, by 20 degrees, and lies as before.
    fn kicking(night: &mut NightTrace, minutes: Range<usize>) {
        for epoch in (minutes.start * 12..minutes.end * 12).step_by(5) {
            for kicked in [epoch, epoch + 2] {
                night.gravity[kicked * 25 + 5..kicked * 25 + 20].fill([0.05, 0.34, 0.94]);
            }
        }
    }

    #[test]
    fn a_leg_that_kicks_all_night_is_in_bed() {
        for evening in [WALK, Stretch(60, true, 6.0, 0.1)] {
            let start = evening.0;
            let mut day = day(&[
                evening,
                Stretch(420, false, 0.05, 0.003),
                Stretch(60, true, 6.0, 0.1),
            ]);
            kicking(&mut day, start..start + 200);
            near(
                minutes(time_in_bed(&day)),
                (start as i64, start as i64 + 420),
            );
        }
    }

    #[test]
    fn a_strap_that_slips_leaves_sitting_apart_from_lying() {
        let mut day = day(&[
            WALK,
            Stretch(60, true, 0.05, 0.003),
            WALK,
            Stretch(400, false, 0.05, 0.003),
            WALK,
            Stretch(60, true, 0.05, 0.003),
            WALK,
        ]);
        // By 80 degrees about the third axis: the shank's first axis is now the sensor's second.
        let slipped = 270 * 60 * 5;
        for v in &mut day.gravity[slipped..] {
            *v = [v[1], -v[0], v[2]];
        }
        near(minutes(time_in_bed(&day)), (70, 470));
    }

    #[test]
    fn one_walk_speaks_for_an_hour() {
        // Three hours on a chair, and no step before the one to bed.
        let found = time_in_bed(&day(&[
            Stretch(180, true, 0.05, 0.003),
            WALK,
            Stretch(400, false, 0.05, 0.003),
            WALK,
        ]));
        near(minutes(found), (185, 585));
        // The strap slips hours before the only walk, in the morning: what then looks like standing is none.
        let mut day = day(&[
            Stretch(200, true, 0.05, 0.003),
            Stretch(200, false, 0.05, 0.003),
            WALK,
        ]);
        day.gravity.truncate(405 * 60 * 5);
        near(minutes(time_in_bed(&day)), (0, 400));
    }

    #[test]
    fn lying_awake_without_rest_is_in_bed_for_an_hour_at_most() {
        let tossing = |minutes| Stretch(minutes, false, 6.0, 0.05);
        for (awake, expected) in [(40, 5), (100, 45)] {
            let found = time_in_bed(&day(&[
                WALK,
                tossing(awake),
                Stretch(400, false, 0.05, 0.003),
                WALK,
            ]));
            let end = (5 + awake + 400) as i64;
            near(minutes(found), (expected, end));
        }
    }

    #[test]
    fn tossing_about_in_bed_is_no_walk() {
        // Twenty seconds, three times in one place, among an evening's and a morning's walks.
        let tossed = || Stretch(1, false, 3.0, 0.4);
        let mut night = vec![WALK];
        for _ in 0..2 {
            night.extend([Stretch(130, false, 0.05, 0.003), tossed()]);
        }
        night.extend([Stretch(130, false, 0.05, 0.003), WALK]);
        near(minutes(time_in_bed(&day(&night))), (5, 397));
    }

    #[test]
    fn no_rest_is_no_night() {
        assert_eq!(time_in_bed(&day(&[Stretch(100, true, 8.0, 0.4)])), None);
        assert_eq!(time_in_bed(&day(&[])), None);
    }

    #[test]
    fn without_gravity_quiet_stands_for_lying() {
        let mut day = day(&[
            Stretch(60, true, 6.0, 0.1),
            Stretch(420, false, 0.05, 0.003),
            Stretch(60, true, 6.0, 0.1),
        ]);
        day.gravity.clear();
        near(minutes(time_in_bed(&day)), (60, 480));
    }
}
