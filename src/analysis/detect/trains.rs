//! Rhythmic trains: hypnagogic foot tremor and high-frequency leg movements (HFLM), alternating leg muscle activation
//! (ALMA).
//!
//! WASM/IRLSSG 2016, "other leg activity": at least 4 bursts, 0.3 to 4 Hz. A single movement may be rhythmic too (a
//! clonic PLM), so only trains of 8 s and more count: refusing single movements by their spectrum took PLM F1 from .775 to
//! .66 on simulated nights (docs/DETECTOR.md, "Sources of constants").

use super::bursts::Burst;

/// Longest interval between two bursts of a train, in seconds: 0.3 Hz.
const LONGEST_INTERVAL_S: f64 = 1.0 / 0.3;
/// Shortest train, in seconds; our own choice (see above).
const SHORTEST_S: f64 = 8.0;
/// Fewest bursts of a train.
const FEWEST: usize = 4;

/// Stretches of samples that hold a train, by the peaks of the envelope (indices in order).
pub(super) fn find(peaks: &[usize], rate_hz: f64) -> Vec<Burst> {
    let longest = LONGEST_INTERVAL_S * rate_hz;
    let mut trains = Vec::new();
    let mut from = 0;
    for to in 1..=peaks.len() {
        let ends = to == peaks.len() || (peaks[to] - peaks[to - 1]) as f64 > longest;
        if !ends {
            continue;
        }
        let length = (peaks[to - 1] - peaks[from]) as f64 / rate_hz;
        if to - from >= FEWEST && length >= SHORTEST_S {
            trains.push(Burst {
                from: peaks[from],
                to: peaks[to - 1] + 1,
            });
        }
        from = to;
    }
    trains
}

/// Neighbouring intervals of a steady train differ by this factor at most ...
const INTERVALS_WITHIN: f32 = 2.5;
/// ... and neighbouring bursts by this: the way up is quicker than the way down.
const HEIGHTS_WITHIN: f32 = 4.0;

/// The same, but steady: what comes out of step, or much stronger or weaker than its neighbour, ends a train. Otherwise a
/// leg movement that falls into a train, or two close to each other in a restless minute, would be swallowed.
pub(super) fn find_regular(envelope: &[f32], peaks: &[usize], rate_hz: f64) -> Vec<Burst> {
    let alike = |a: f32, b: f32, within: f32| a.max(b) <= within * a.min(b);
    let interval = |n: usize| (peaks[n] - peaks[n - 1]) as f32;
    let height = |n: usize| envelope[peaks[n]];
    let mut steady: Vec<&[usize]> = Vec::new();
    let mut from = 0;
    for to in 1..=peaks.len() {
        let goes_on = to < peaks.len()
            && alike(height(to), height(to - 1), HEIGHTS_WITHIN)
            && (to < from + 2 || alike(interval(to), interval(to - 1), INTERVALS_WITHIN));
        if !goes_on {
            steady.push(&peaks[from..to]);
            from = to;
        }
    }
    steady
        .into_iter()
        .flat_map(|run| find(run, rate_hz))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_bursts_in_eight_seconds_are_a_train() {
        let train = |seconds: &[f64]| {
            let peaks: Vec<usize> = seconds.iter().map(|s| (s * 25.0) as usize).collect();
            find(&peaks, 25.0).len()
        };
        assert_eq!(train(&[0.0, 3.0, 6.0, 9.0]), 1);
        assert_eq!(train(&[0.0, 3.0, 6.0]), 0);
        assert_eq!(train(&[0.0, 1.0, 2.0, 3.0, 4.0]), 0);
        assert_eq!(train(&[0.0, 3.0, 6.0, 9.5]), 0);
        assert_eq!(train(&[]), 0);
    }

    #[test]
    fn what_falls_out_of_step_or_towers_ends_a_steady_train() {
        let trains = |beats: &[(usize, f32)]| {
            let mut envelope = vec![0.0; 1000];
            for &(at, height) in beats {
                envelope[at] = height;
            }
            let peaks: Vec<usize> = beats.iter().map(|beat| beat.0).collect();
            find_regular(&envelope, &peaks, 25.0).len()
        };
        let steady: Vec<(usize, f32)> = (0..12).map(|k| (25 * k, 1.0 + (k % 2) as f32)).collect();
        assert_eq!(trains(&steady), 1);
        let mut towering = steady.clone();
        towering[6].1 = 9.0;
        assert_eq!(trains(&towering), 0);
        let halting = [0, 80, 100, 180, 200, 280, 300];
        assert_eq!(trains(&halting.map(|at| (at, 1.0))), 0);
    }
}
