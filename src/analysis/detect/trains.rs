//! Rhythmic trains: hypnagogic foot tremor and high-frequency leg movements (HFLM), alternating leg muscle activation
//! (ALMA).
//!
//! WASM/IRLSSG 2016, "other leg activity": at least 4 bursts, 0.3 to 4 Hz. A single movement may be rhythmic too (a
//! clonic PLM), so only trains of 8 s and more count: rejecting single movements by their spectrum cost PLM F1 .775
//! against .66 (detection survey).

use super::bursts::Burst;

/// Longest interval between two bursts of a train, in seconds: 0.3 Hz.
const LONGEST_INTERVAL_S: f64 = 1.0 / 0.3;
/// Shortest train, in seconds.
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
}
