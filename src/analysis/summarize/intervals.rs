//! The distribution of inter-movement intervals (IMI): in restless legs a wide peak at 15-30 s and one below 8 s.
//!
//! Bins as in Ferri et al. 2006 (Sleep 29:759-769); left-closed, so that exactly 10 s is in the periodic range.

use jiff::SignedDuration;

use crate::model::scored::CandidateMovement;
use crate::model::summary::{IntervalDistribution, PeriodicIntervals, Spread};

const SHORTEST: SignedDuration = SignedDuration::from_secs(10);
const LONGEST: SignedDuration = SignedDuration::from_secs(90);

/// Of all intervals between candidates that were measured; those of passed-over movements are not.
pub fn distribution(movements: &[CandidateMovement]) -> IntervalDistribution {
    let measured = movements.iter().filter(|m| m.candidate && !m.skipped);
    let intervals: Vec<SignedDuration> = measured.filter_map(|m| m.interval).collect();
    of_intervals(&intervals)
}

/// Of intervals that were measured elsewhere, as those of a table read back.
pub fn of_intervals(intervals: &[SignedDuration]) -> IntervalDistribution {
    let mut bins_2s = [0; 45];
    let mut bins_ln = [0; 45];
    for &interval in intervals {
        if interval <= LONGEST {
            // Whole numbers: the bin of 10.0 s does not hang on a rounding. 90 s goes into the last.
            let bin = (interval.as_nanos() / 2_000_000_000).clamp(0, 44);
            bins_2s[bin as usize] += 1;
        }
        let ln = interval.as_secs_f64().ln() * 10.0;
        if (0.0..45.0).contains(&ln) {
            bins_ln[ln as usize] += 1;
        }
    }
    let n_below_10 = intervals.iter().filter(|&&i| i < SHORTEST).count();
    let n_above_90 = intervals.iter().filter(|&&i| i > LONGEST).count();
    let periodic = intervals
        .iter()
        .filter(|&&i| (SHORTEST..=LONGEST).contains(&i));
    let logarithms = Spread::of(periodic.map(|interval| interval.as_secs_f64().ln()));
    IntervalDistribution {
        n: intervals.len(),
        n_below_10,
        n_10_to_90: intervals.len() - n_below_10 - n_above_90,
        n_above_90,
        bins_2s,
        bins_ln,
        periodic: logarithms.map(|spread| PeriodicIntervals {
            ln_mean: spread.mean,
            ln_sd: spread.sd,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::score::rules::wasm2016;
    use crate::analysis::score::score;
    use crate::model::body::Leg;
    use crate::model::movement::{LegMovement, MovementClass};

    fn of(intervals_ms: &[i64]) -> IntervalDistribution {
        let mut onset = SignedDuration::ZERO;
        let mut list = Vec::new();
        for &interval in [0].iter().chain(intervals_ms) {
            onset += SignedDuration::from_millis(interval);
            list.push(LegMovement {
                leg: Leg::Left,
                onset,
                end: onset + SignedDuration::from_millis(500),
                class: MovementClass::LegMovement,
                features: None,
            });
        }
        distribution(&score(&list, &wasm2016(), &[]).movements)
    }

    #[test]
    fn without_intervals_nothing_is_zero_that_is_not_known() {
        let empty = of(&[]);
        assert_eq!((empty.n, empty.periodic), (0, None));
        let one = of(&[20_000]);
        assert_eq!(one.periodic.unwrap().ln_sd, None);
        assert!((one.periodic.unwrap().geometric_mean_s() - 20.0).abs() < 1e-12);
    }

    #[test]
    fn bins_are_closed_on_the_left_and_the_last_on_both_sides() {
        let d = of(&[1_999, 2_000, 9_999, 10_000, 88_000, 90_000, 90_001]);
        assert_eq!((d.n_below_10, d.n_10_to_90, d.n_above_90), (3, 3, 1));
        let filled: Vec<_> = (0..45).filter(|&bin| d.bins_2s[bin] > 0).collect();
        assert_eq!(filled, [0, 1, 4, 5, 44]);
        assert_eq!(d.bins_2s[44], 2);
        assert_eq!(d.bins_2s.iter().sum::<u32>(), 6);
    }

    #[test]
    fn logarithmic_bins_start_at_one_second() {
        // ln 1 = 0; ln 2.718 = 0.9999; ln 2.719 = 1.0003; ln 90 = 4.4998; ln 90.018 is beyond 4.5.
        let d = of(&[1_000, 2_718, 2_719, 90_000, 90_018]);
        let filled: Vec<_> = (0..45).filter(|&bin| d.bins_ln[bin] > 0).collect();
        assert_eq!(filled, [0, 9, 10, 44]);
        assert_eq!(d.bins_ln.iter().sum::<u32>(), 4);
    }

    #[test]
    fn the_geometric_mean_of_ten_and_forty_is_twenty() {
        let d = of(&[10_000, 40_000, 5_000, 100_000]);
        let periodic = d.periodic.unwrap();
        assert!((periodic.geometric_mean_s() - 20.0).abs() < 1e-12);
        // ln 10 and ln 40 lie ln 4 apart: the sample deviation of two values is their distance / sqrt 2.
        assert!((periodic.ln_sd.unwrap() - 4_f64.ln() / 2_f64.sqrt()).abs() < 1e-12);
    }
}
