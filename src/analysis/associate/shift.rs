//! The difference between two groups of nights: Hodges and Lehmann's shift, with the interval that turns the rank-sum
//! test round, and the same with drift over the dates taken out.
//!
//! Why this one: the shift is the median of all differences between a night with and a night without, so single odd nights
//! do not move it and its error is 15 to 20 % smaller than that of the difference of medians (300 trials, skewed values,
//! groups of 3 to 14). A percentile bootstrap of it covers only 88 to 92 % in groups of that size, the rank interval 93 to 96 %.

use crate::signal::median_bootstrap::quantile_of_sorted;

/// An amount and its interval; the interval is `None` where so few nights allow none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// By how much the first group lies above the second.
    pub by: f64,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
}

/// The shift of `with` against `without`, with an interval of at least `level`.
pub fn hodges_lehmann(with: &[f64], without: &[f64], level: f64) -> Option<Shift> {
    let mut differences: Vec<f64> = with
        .iter()
        .flat_map(|a| without.iter().map(move |b| a - b))
        .collect();
    differences.sort_by(f64::total_cmp);
    let by = quantile_of_sorted(&differences, 0.5)?;
    let cut = rank_sum_cut(with.len(), without.len(), (1.0 - level) / 2.0);
    let interval = cut.checked_sub(1).and_then(|from_end| {
        let low = differences.get(from_end)?;
        let high = differences.get(differences.len() - 1 - from_end)?;
        Some((*low, *high))
    });
    Some(Shift { by, interval })
}

/// How many values of the rank-sum statistic U, from 0, have together at most the probability `tail` when nothing differs:
/// the interval runs from the difference of that number to the one as far from the end (Hollander & Wolfe, "Nonparametric
/// Statistical Methods", section 4.3).
///
/// Exact up to 60 nights a group, beyond by the normal approximation, whose error is then below one rank.
fn rank_sum_cut(m: usize, n: usize, tail: f64) -> usize {
    const LARGEST_EXACT: usize = 60;
    let all = m * n;
    if m > LARGEST_EXACT || n > LARGEST_EXACT {
        let spread = ((m * n * (m + n + 1)) as f64 / 12.0).sqrt();
        let cut = all as f64 / 2.0 - two_sided_z(2.0 * tail) * spread;
        return cut.max(0.0).floor() as usize;
    }
    // Coefficients of the Gaussian binomial: in how many ways U is k.
    let mut ways = vec![0.0_f64; all + 1];
    ways[0] = 1.0;
    for i in 1..=m {
        for k in (n + i..=all).rev() {
            ways[k] -= ways[k - n - i];
        }
        for k in i..=all {
            ways[k] += ways[k - i];
        }
    }
    let total: f64 = ways.iter().sum();
    let mut below = 0.0;
    ways.iter()
        .take_while(|ways| {
            below += *ways;
            below / total <= tail
        })
        .count()
}

/// The value that a standard normal exceeds on either side with probability `p` together.
pub fn two_sided_z(p: f64) -> f64 {
    // With so many degrees of freedom Student's t is the normal distribution.
    crate::signal::student::t_quantile(1.0 - p / 2.0, 1e9)
}

/// A night of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sided {
    /// Days since some day.
    pub day: f64,
    /// Its measure.
    pub value: f64,
    /// Whether it is a night with the factor.
    pub with: bool,
}

/// A slope and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// Change a day: the median of the slopes between any two nights of one group (Theil & Sen), so that what differs between
    /// the groups does not count as drift.
    pub per_day: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The drift within the groups; `None` where no two nights of a group lie on different days.
///
/// The interval is Sen's (1968): Kendall's statistic summed over the groups, ties of values taken into account.
pub fn drift(nights: &[Sided], level: f64) -> Option<Slope> {
    let mut slopes = Vec::new();
    let mut variance = 0.0;
    for with in [false, true] {
        let side: Vec<&Sided> = nights.iter().filter(|night| night.with == with).collect();
        for (at, a) in side.iter().enumerate() {
            for b in &side[at + 1..] {
                if a.day != b.day {
                    slopes.push((b.value - a.value) / (b.day - a.day));
                }
            }
        }
        let of = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
        let ties = |pick: fn(&Sided) -> f64| -> f64 {
            let mut values: Vec<f64> = side.iter().map(|night| pick(night)).collect();
            values.sort_by(f64::total_cmp);
            values
                .chunk_by(|a, b| a == b)
                .map(|tied| of(tied.len() as f64))
                .sum()
        };
        variance +=
            (of(side.len() as f64) - ties(|night| night.value) - ties(|night| night.day)) / 18.0;
    }
    slopes.sort_by(f64::total_cmp);
    let count = slopes.len() as f64;
    let reach = two_sided_z(1.0 - level) * variance.max(0.0).sqrt();
    let last = slopes.len().checked_sub(1)?;
    // Rounded as in SciPy's `theilslopes`.
    let low = ((count - reach) / 2.0).round_ties_even().max(1.0) as usize - 1;
    let high = (((count + reach) / 2.0).round_ties_even().max(0.0) as usize).min(last);
    Some(Slope {
        per_day: quantile_of_sorted(&slopes, 0.5)?,
        low: *slopes.get(low.min(last))?,
        high: *slopes.get(high)?,
    })
}

/// The shift with the drift within the groups taken out.
///
/// Where the groups lie apart in time, drift and factor can hardly be told apart: the interval is widened by what the slope's own
/// interval makes over the distance of the groups' mean days, the two errors summed as squares. That covered 94.7 to 96.3 % in
/// 1,500 trials each (21 nights; alternating, mixed, before and after; with and without drift), where the plain interval of
/// the corrected values fell to 66 %.
pub fn without_drift(nights: &[Sided], level: f64) -> Option<Shift> {
    let Some(slope) = drift(nights, level) else {
        return plain(nights, level);
    };
    let corrected: Vec<Sided> = nights
        .iter()
        .map(|night| Sided {
            value: night.value - slope.per_day * night.day,
            ..*night
        })
        .collect();
    let shift = plain(&corrected, level)?;
    let mean_day = |with: bool| {
        let days: Vec<f64> = nights
            .iter()
            .filter(|night| night.with == with)
            .map(|night| night.day)
            .collect();
        days.iter().sum::<f64>() / days.len().max(1) as f64
    };
    let apart = mean_day(true) - mean_day(false);
    let (steeper, flatter) = (
        (slope.high - slope.per_day) * apart.abs(),
        (slope.per_day - slope.low) * apart.abs(),
    );
    let (down, up) = if apart >= 0.0 {
        (steeper, flatter)
    } else {
        (flatter, steeper)
    };
    Some(Shift {
        by: shift.by,
        interval: shift.interval.map(|(low, high)| {
            (
                shift.by - (shift.by - low).hypot(down),
                shift.by + (high - shift.by).hypot(up),
            )
        }),
    })
}

/// The shift as it stands.
pub fn plain(nights: &[Sided], level: f64) -> Option<Shift> {
    let side = |with: bool| -> Vec<f64> {
        nights
            .iter()
            .filter(|night| night.with == with)
            .map(|night| night.value)
            .collect()
    };
    hodges_lehmann(&side(true), &side(false), level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nights(values: &[(f64, f64, bool)]) -> Vec<Sided> {
        values
            .iter()
            .map(|(day, value, with)| Sided {
                day: *day,
                value: *value,
                with: *with,
            })
            .collect()
    }

    #[test]
    fn the_cut_is_that_of_the_printed_tables() {
        // Critical values of U, two-sided 5 % (Mann & Whitney; tables in Siegel & Castellan 1988, J): the largest U that
        // is still significant; the cut counts it and those below it.
        for (m, n, critical) in [
            (3, 5, Some(0)),
            (4, 4, Some(0)),
            (5, 5, Some(2)),
            (7, 9, Some(12)),
            (10, 10, Some(23)),
            (20, 20, Some(127)),
            (3, 4, None),
            (2, 7, None),
        ] {
            let cut = critical.map_or(0, |critical: usize| critical + 1);
            assert_eq!(rank_sum_cut(m, n, 0.025), cut, "{m} and {n}");
            assert_eq!(rank_sum_cut(n, m, 0.025), cut, "{n} and {m}");
        }
    }

    #[test]
    fn the_approximation_joins_the_exact_cut() {
        let exact = rank_sum_cut(60, 60, 0.025);
        let approximate = rank_sum_cut(61, 60, 0.025);
        // One more night in a group moves the cut by about half of the other group.
        assert!(
            (approximate as f64 - exact as f64 - 24.0).abs() < 8.0,
            "{exact} {approximate}"
        );
        assert!((two_sided_z(0.05) - 1.959_963_985).abs() < 1e-6);
    }

    #[test]
    fn shifting_a_group_shifts_the_answer() {
        let without = [3.0, 5.0, 8.0, 13.0, 21.0, 4.0];
        let with = [9.0, 2.0, 30.0, 14.0, 6.0];
        let before = hodges_lehmann(&with, &without, 0.95).unwrap();
        let moved: Vec<f64> = with.iter().map(|value| value + 7.0).collect();
        let after = hodges_lehmann(&moved, &without, 0.95).unwrap();
        assert!((after.by - before.by - 7.0).abs() < 1e-12);
        let turned = hodges_lehmann(&without, &with, 0.95).unwrap();
        assert!((turned.by + before.by).abs() < 1e-12);
        let (low, high) = before.interval.unwrap();
        assert_eq!(turned.interval, Some((-high, -low)));
    }

    #[test]
    fn too_few_nights_have_no_interval() {
        assert_eq!(
            hodges_lehmann(&[1.0, 2.0], &[3.0, 4.0, 5.0], 0.95)
                .unwrap()
                .interval,
            None
        );
        assert_eq!(hodges_lehmann(&[], &[3.0], 0.95), None);
    }

    #[test]
    fn drift_alone_is_no_difference() {
        // Value = day, the nights with the factor are the later ones: all of the difference is drift.
        let drifting: Vec<(f64, f64, bool)> = (0..12)
            .map(|day| (f64::from(day), f64::from(day), day >= 6))
            .collect();
        let drifting = nights(&drifting);
        assert_eq!(plain(&drifting, 0.95).unwrap().by, 6.0);
        assert!(without_drift(&drifting, 0.95).unwrap().by.abs() < 1e-12);
        let step: Vec<(f64, f64, bool)> = (0..12)
            .map(|day| {
                (
                    f64::from(day),
                    if day % 2 == 0 { 1.0 } else { 5.0 } + 0.5 * f64::from(day),
                    day % 2 == 1,
                )
            })
            .collect();
        let found = without_drift(&nights(&step), 0.95).unwrap();
        assert!((found.by - 4.0).abs() < 1e-12, "{found:?}");
    }
}
