//! When the wearer lay in bed, estimated from posture alone.
//!
//! After HDCZA (van Hees et al. 2018, Sci Rep 8:12975; GGIR): directions of gravity every 5 s, the rolling 5-min median
//! of their change, a threshold of 15 times its 10th percentile held within 0.13 to 0.50 degrees, blocks of more than
//! 30 min, gaps of less than 60 min filled, the longest block. So a visit to the bathroom cuts nothing and wakefulness
//! in bed stays in. It was made for the wrist and is not validated at the ankle; two things differ here: the full angle
//! between directions stands for the z-angle (no axis is special at an ankle), and where the wearer was seen walking,
//! the shank's direction then tells lying from sitting (see [`upright`]).

use jiff::SignedDuration;

use crate::model::trace::NightTrace;
use crate::signal::robust;
use crate::signal::sliding;
use crate::signal::tilt::{angle_deg, mean_vector};

/// Length of a direction, in seconds (HDCZA).
const EPOCH_S: f64 = 5.0;
/// Half the rolling median's window in epochs: 5 min (HDCZA).
const HALF_WINDOW: usize = 30;
/// Percentile and factor of the threshold, and its bounds in degrees (HDCZA; GGIR 0.13 and 0.50).
const PERCENTILE: f64 = 0.1;
const FACTOR: f32 = 15.0;
const LEAST_DEG: f32 = 0.13;
const MOST_DEG: f32 = 0.50;
/// Without gravity: envelope below which an epoch is rest, in g (the detector's own least threshold).
const REST_G: f32 = 0.02;
/// Shortest block, in epochs: 30 min (HDCZA).
const SHORTEST_BLOCK: usize = 360;
/// Longest gap that is filled, in epochs: 60 min (HDCZA).
const LONGEST_GAP: usize = 720;
/// Mean envelope of an epoch of walking, in g: the ankle sees several times as much at every step.
const WALKING_G: f32 = 0.15;
/// Fewest epochs of walking that show the shank's direction: one minute.
const FEWEST_WALKING: usize = 12;
/// How alike the directions of walking must be: length of their mean.
const ALIKE: f64 = 0.9;
/// Within this angle of the direction of walking the shank stands.
const UPRIGHT_DEG: f32 = 45.0;

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
    let lying: Vec<bool> = match &upright {
        None => resting,
        Some(upright) => resting
            .iter()
            .zip(upright)
            .map(|(&rest, &up)| rest && !up)
            .collect(),
    };
    let (from, to) = longest_block(&lying)?;
    let at = |epoch: usize| SignedDuration::from_millis((epoch as f64 * EPOCH_S * 1e3) as i64);
    let end = SignedDuration::from_millis((trace.duration_s() * 1e3) as i64);
    Some(TimeInBed {
        lights_out: at(from),
        lights_on: at(to).min(end),
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
    let mut changes = vec![f32::NAN];
    changes.extend(directions.windows(2).map(|pair| match pair {
        [Some(a), Some(b)] => angle_deg(*a, *b),
        _ => f32::NAN,
    }));
    changes.truncate(directions.len());
    let rolling = sliding::median(&changes, HALF_WINDOW);
    let mut known: Vec<f32> = rolling.iter().copied().filter(|v| !v.is_nan()).collect();
    let low = robust::percentile(&mut known, PERCENTILE).unwrap_or(0.0);
    let threshold = (FACTOR * low).clamp(LEAST_DEG, MOST_DEG);
    rolling
        .into_iter()
        .map(|change| change < threshold)
        .collect()
}

/// Whether the shank stood, by epoch, where walking shows what that looks like.
///
/// While one walks, the mean of gravity lies along the shank; so it does while sitting, and across it while lying.
/// Rolling medians over 5 min keep a leg that is drawn up for a moment from counting.
fn upright(trace: &NightTrace, directions: &[Option<[f32; 3]>]) -> Option<Vec<bool>> {
    let activity = epoch_means(trace, directions.len());
    let walking: Vec<[f32; 3]> = directions
        .iter()
        .zip(&activity)
        .filter(|(_, activity)| **activity > WALKING_G)
        .filter_map(|(direction, _)| *direction)
        .collect();
    if walking.len() < FEWEST_WALKING {
        return None;
    }
    let along = mean_vector(&walking)?;
    let length = |v: [f32; 3]| v.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
    let lengths: f64 = walking.iter().map(|&v| length(v)).sum();
    if length(along) * walking.len() as f64 / lengths < ALIKE {
        return None;
    }
    let angles: Vec<f32> = directions
        .iter()
        .map(|direction| direction.map_or(f32::NAN, |direction| angle_deg(along, direction)))
        .collect();
    Some(
        sliding::median(&angles, HALF_WINDOW)
            .into_iter()
            .map(|angle| angle < UPRIGHT_DEG)
            .collect(),
    )
}

/// The longest stretch once short blocks are dropped and short gaps are filled.
fn longest_block(lying: &[bool]) -> Option<(usize, usize)> {
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    let mut from = None;
    for k in 0..=lying.len() {
        match (lying.get(k).copied().unwrap_or(false), from) {
            (true, None) => from = Some(k),
            (false, Some(start)) => {
                if k - start > SHORTEST_BLOCK {
                    match blocks.last_mut() {
                        Some(last) if start - last.1 < LONGEST_GAP => last.1 = k,
                        _ => blocks.push((start, k)),
                    }
                }
                from = None;
            }
            _ => {}
        }
    }
    blocks.into_iter().max_by_key(|block| block.1 - block.0)
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
                envelope.extend([activity; 125]);
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
