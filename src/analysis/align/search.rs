//! The offset and the drift under which most movements of two recordings meet.

use super::MOST_DRIFT_PPM;
use super::onsets::Onsets;

/// Movements meet when they begin within so many seconds of each other: legs do not begin together to the tenth.
const MEET_S: f64 = 0.8;
/// Steps of the drift in parts per million: 12.5 ppm over 8 h are 0.36 s, less than half of [`MEET_S`].
const STEP_PPM: f64 = 12.5;
/// Offsets this near to the best one are the same.
const SAME_S: f64 = 30.0;
/// Clocks that were set by hand or by a phone differ by less than this, in seconds; looked at first.
const NEAR_S: f64 = 300.0;
/// Clocks on earth differ by less than this, in seconds.
const FAR_S: f64 = 14.0 * 3600.0;
/// At least this share of the shorter recording must lie in the other.
const LEAST_OVERLAP: f64 = 0.5;

/// A first guess of how the second's time becomes the first's: `start + (1 + rate) * t`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Guess {
    pub start_s: f64,
    pub rate: f64,
    /// Movements that meet under it.
    pub met: usize,
    /// Movements that meet at the best of all other offsets.
    pub rival: usize,
}

/// The best guess, near the stamps where something clear is found there, else anywhere.
pub(super) fn best(a: &Onsets, b: &Onsets, lengths: [f64; 2], stamped_s: f64) -> Option<Guess> {
    let near = within(&a.all, &b.all, lengths, (stamped_s, NEAR_S));
    match near {
        Some(guess) if guess.met >= super::FEWEST && guess.met >= 2 * guess.rival => near,
        _ => within(&a.strongest, &b.strongest, lengths, (stamped_s, FAR_S)),
    }
}

fn within(a: &[f64], b: &[f64], lengths: [f64; 2], (centre, reach): (f64, f64)) -> Option<Guess> {
    let steps = (1.25 * MOST_DRIFT_PPM / STEP_PPM) as i32;
    let shorter = lengths[0].min(lengths[1]);
    let overlaps = |start: f64| {
        let shared = (start + lengths[1]).min(lengths[0]) - start.max(0.0);
        shared >= LEAST_OVERLAP * shorter
    };
    let mut best: Option<Guess> = None;
    // The best of each stretch of offsets, over all drifts, for the rival.
    let mut peaks: Vec<(f64, usize)> = Vec::new();
    let mut differences: Vec<f64> = Vec::new();
    for step in -steps..=steps {
        let rate = f64::from(step) * STEP_PPM * 1e-6;
        differences.clear();
        for &of_b in b {
            let moved = of_b * (1.0 + rate);
            let from = a.partition_point(|&of_a| of_a - moved < centre - reach);
            let near = a[from..].iter().map(|&of_a| of_a - moved);
            differences.extend(
                near.take_while(|d| *d <= centre + reach)
                    .filter(|d| overlaps(*d)),
            );
        }
        differences.sort_by(f64::total_cmp);
        let mut last = 0;
        for first in 0..differences.len() {
            last = last.max(first);
            while last + 1 < differences.len()
                && differences[last + 1] - differences[first] <= MEET_S
            {
                last += 1;
            }
            let met = last - first + 1;
            let start_s = (differences[first] + differences[last]) / 2.0;
            match peaks.last_mut() {
                Some(peak) if (start_s - peak.0).abs() <= MEET_S => {
                    if met > peak.1 {
                        *peak = (start_s, met);
                    }
                }
                _ => peaks.push((start_s, met)),
            }
            // Of equals the one with the least drift, then the one nearest to the stamps.
            let better = best.is_none_or(|best| {
                let rank = |g: &Guess| (g.met, -g.rate.abs(), -(g.start_s - centre).abs());
                rank(&Guess {
                    start_s,
                    rate,
                    met,
                    rival: 0,
                }) > rank(&best)
            });
            if better {
                best = Some(Guess {
                    start_s,
                    rate,
                    met,
                    rival: 0,
                });
            }
        }
    }
    let best = best?;
    let others = peaks
        .iter()
        .filter(|peak| (peak.0 - best.start_s).abs() > SAME_S);
    Some(Guess {
        rival: others.map(|peak| peak.1).max().unwrap_or(0),
        ..best
    })
}
