//! How far two clocks disagree, found from the events that both saw.

use jiff::SignedDuration;

use super::matching::Event;
use crate::signal::correlate::cross_correlation;

/// Bins a second of the event trains.
const BINS_PER_S: i64 = 4;
/// Onsets of the same movement by an electromyogram and by an accelerometer lie this close.
const BLUR_BINS: i64 = 4;
/// A second offset this far from the best is another one.
const OTHERWISE_S: usize = 4;
/// Fewer coincidences may be chance.
const FEWEST: usize = 5;
/// Trains longer than a week are no night.
const LONGEST_S: i64 = 7 * 24 * 3600;

/// By how much one list is late against the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offset {
    /// To be added to the times of the second list.
    pub add: SignedDuration,
    /// Onsets that then lie within a second of one in the first list.
    pub n_coinciding: usize,
    /// How much better it is than the next best offset further than 4 s away, from 1 (as good: periodic movements look
    /// alike one period on) upwards.
    pub clearness: f64,
}

/// The offset by which most onsets coincide, within `reach` to either side; `None` when fewer than five coincide or no
/// offset stands out by a tenth.
///
/// The trains are correlated in bins of a quarter of a second, each onset blurred to about a second; the result is refined
/// by the median distance of the onsets that coincide.
pub fn find_offset(first: &[Event], second: &[Event], reach: SignedDuration) -> Option<Offset> {
    let start = first.iter().chain(second).map(Event::onset).min()?;
    let bin = |event: &Event| (event.onset() - start).as_millis() as i64 * BINS_PER_S / 1000;
    let last = first.iter().chain(second).map(bin).max()?;
    if last > LONGEST_S * BINS_PER_S {
        return None;
    }
    let train = |events: &[Event]| {
        let mut train = vec![0.0_f32; last as usize + 1 + 2 * BLUR_BINS as usize];
        for event in events {
            for blur in -BLUR_BINS..=BLUR_BINS {
                // A triangle: exact coincidence counts most.
                let weight = (BLUR_BINS + 1 - blur.abs()) as f32;
                train[(bin(event) + BLUR_BINS + blur) as usize] += weight;
            }
        }
        train
    };
    let lags = usize::try_from(reach.as_secs().clamp(0, LONGEST_S) * BINS_PER_S).ok()?;
    // At lag k, the second train read k bins later: to be moved back by as much.
    let both = cross_correlation(&train(first), &train(second), lags);
    let best = (0..both.len()).max_by(|&a, &b| both[a].total_cmp(&both[b]).then(b.cmp(&a)))?;
    let elsewhere = OTHERWISE_S * BINS_PER_S as usize;
    let next = (0..both.len())
        .filter(|k| k.abs_diff(best) > elsewhere)
        .map(|k| both[k])
        .fold(0.0, f64::max);
    let clearness = if next > 0.0 {
        both[best] / next
    } else {
        f64::INFINITY
    };
    let coarse_ms = (lags as i64 - best as i64) * 1000 / BINS_PER_S;
    let add = SignedDuration::from_millis(coarse_ms);
    let mut distances = distances(first, second, add);
    distances.sort();
    let middle = *distances.get(distances.len() / 2)?;
    (distances.len() >= FEWEST && clearness >= 1.1).then(|| Offset {
        add: add + middle,
        n_coinciding: distances.len(),
        clearness,
    })
}

/// From each onset of the second list, moved, to the nearest of the first, where that is within a second.
fn distances(first: &[Event], second: &[Event], add: SignedDuration) -> Vec<SignedDuration> {
    let mut onsets: Vec<SignedDuration> = first.iter().map(Event::onset).collect();
    onsets.sort();
    let nearest = |event: &Event| {
        let at = event.onset() + add;
        let next = onsets.partition_point(|&onset| onset < at);
        let around = next.saturating_sub(1)..(next + 1).min(onsets.len());
        let apart = onsets[around].iter().map(|&onset| onset - at);
        apart.min_by_key(|apart| apart.abs())
    };
    let within = |apart: &SignedDuration| apart.abs() <= SignedDuration::from_secs(1);
    second.iter().filter_map(nearest).filter(within).collect()
}
