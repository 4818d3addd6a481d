//! Where the shank stood: walking shows what that looks like.

use std::ops::Range;

use super::{EPOCH_S, HALF_WINDOW, LONGEST_GAP, epoch_means, runs};
use crate::model::trace::NightTrace;
use crate::signal::correlate::autocorrelation;
use crate::signal::sliding;
use crate::signal::tilt::{angle_deg, mean_vector};

/// A walk without another on its far side says how the shank stood for so long, in epochs: 65 min, more than a gap that is
/// filled, so that sitting for longer is no part of the night.
const NEAR: usize = LONGEST_GAP + 60;
/// Mean envelope of an epoch of walking, in g: the ankle sees several times as much at every step.
const WALKING_G: f32 = 0.15;
/// Shortest walk, in epochs: strong leg movements in bed are over within 10 s, and touch three.
const SHORTEST_WALK: usize = 4;
/// Fewest epochs of walking that show the shank's direction: one minute.
const FEWEST_WALKING: usize = 12;
/// Walks are alike within this angle, in degrees.
const ALIKE_DEG: f32 = 20.0;
/// Within this angle of the direction of walking the shank stands.
const UPRIGHT_DEG: f32 = 45.0;

/// A stride takes so long, in seconds: 0.7 to 1.25 a second, from a shuffle at night to a brisk walk.
const STRIDE_S: Range<f64> = 0.8..1.45;
/// How alike one stride and the next are: the autocorrelation of the envelope. Somebody who tosses about has no stride, and
/// chance gives 0.2 over twenty seconds.
const STRIDES_ALIKE: f64 = 0.2;

/// Whether the shank stood, by epoch, where walking shows what that looks like.
///
/// While one walks, the mean of gravity lies along the shank; so it does while sitting, and across it while lying.
/// A strap slips in the night: the shank stands where it lies as in the walk before and in the walk after; where there is but
/// one of them, for an hour. Rolling medians over 5 min keep a leg that is drawn up for a moment from counting.
pub(super) fn upright(trace: &NightTrace, directions: &[Option<[f32; 3]>]) -> Option<Vec<Stance>> {
    let activity = epoch_means(trace, directions.len());
    let walks = walks(trace, &activity, directions);
    if walks.is_empty() {
        return None;
    }
    // The walks before and after an epoch, one of them at the edges.
    let beside = |k: usize| {
        let next = walks.partition_point(|walk| walk.epochs.start <= k);
        &walks[next.saturating_sub(1)..walks.len().min(next + 1)]
    };
    let angles: Vec<f32> = (0..directions.len())
        .map(|k| {
            directions[k].map_or(f32::NAN, |direction| {
                let angles = beside(k)
                    .iter()
                    .map(|walk| angle_deg(walk.along, direction));
                angles.fold(f32::NAN, f32::max)
            })
        })
        .collect();
    let mut stances: Vec<Stance> = sliding::median(&angles, HALF_WINDOW)
        .into_iter()
        .enumerate()
        .map(|(k, angle)| match beside(k) {
            // Hours away from the only walks the strap may lie otherwise.
            [only] if !only.is_near(k) => Stance::Unknown,
            _ if angle.is_nan() || angle < UPRIGHT_DEG => Stance::Stands,
            _ => Stance::Lies,
        })
        .collect();
    for walk in &walks {
        stances[walk.epochs.clone()].fill(Stance::Stands);
    }
    Some(stances)
}

/// How the shank is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// As while walking.
    Stands,
    /// Otherwise.
    Lies,
    /// No walk is near enough to say.
    Unknown,
}

/// A stretch of walking.
#[derive(Debug, Clone)]
struct Walk {
    epochs: Range<usize>,
    /// Mean of gravity, which lies along the shank.
    along: [f32; 3],
}

impl Walk {
    fn is_near(&self, epoch: usize) -> bool {
        self.epochs.start.saturating_sub(epoch) <= NEAR
            && epoch.saturating_sub(self.epochs.end) <= NEAR
    }
}

/// Every walk, in order. What has no stride or is like no minute of walking is none: somebody tosses about in bed.
fn walks(trace: &NightTrace, activity: &[f32], directions: &[Option<[f32; 3]>]) -> Vec<Walk> {
    let strong = runs(activity.iter().map(|&activity| activity > WALKING_G));
    let long: Vec<(Range<usize>, [f32; 3])> = strong
        .filter(|run| run.len() >= SHORTEST_WALK && stride(trace, run) > STRIDES_ALIKE)
        .filter_map(|run| {
            let walking: Vec<[f32; 3]> =
                directions[run.clone()].iter().flatten().copied().collect();
            Some((run, mean_vector(&walking)?))
        })
        .collect();
    let like = |along: [f32; 3]| -> usize {
        let alike = long
            .iter()
            .filter(|(_, other)| angle_deg(along, *other) < ALIKE_DEG);
        alike.map(|(run, _)| run.len()).sum()
    };
    long.iter()
        .filter(|(_, along)| like(*along) >= FEWEST_WALKING)
        .map(|(epochs, along)| Walk {
            epochs: epochs.clone(),
            along: *along,
        })
        .collect()
}

/// The largest autocorrelation of the envelope at a stride's distance, from -1 to 1; `NaN` where nothing changes.
fn stride(trace: &NightTrace, epochs: &Range<usize>) -> f64 {
    let rate = trace.rate.hz();
    let sample = |epoch: usize| (epoch as f64 * EPOCH_S * rate) as usize;
    let Some(envelope) = trace.envelope.get(sample(epochs.start)..sample(epochs.end)) else {
        return f64::NAN;
    };
    let lag = |seconds: f64| (seconds * rate) as usize;
    let alike = autocorrelation(envelope, lag(STRIDE_S.end)).unwrap_or_default();
    let strides = alike.get(lag(STRIDE_S.start)..).unwrap_or_default();
    strides.iter().copied().fold(f64::NAN, f64::max)
}
