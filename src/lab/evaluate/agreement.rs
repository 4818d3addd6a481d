//! Agreement of two measurements of the same thing: bias, limits of agreement, mean absolute error, ICC(2,1).

use super::bootstrap::Bootstrap;
use crate::model::summary::{Interval, Spread};

/// A figure of pairs.
type OfPairs<'a> = &'a dyn Fn(&[(f64, f64)]) -> Option<f64>;

/// Bias and limits of agreement (Bland & Altman 1986, Lancet 327:307-310).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitsOfAgreement {
    /// Mean of the differences, second minus first.
    pub bias: f64,
    /// Bias less 1.96 standard deviations; `None` of a single pair.
    pub lower: Option<f64>,
    /// Bias plus 1.96 standard deviations.
    pub upper: Option<f64>,
}

/// How well an index agrees with that of the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Nights.
    pub n: usize,
    /// Detected minus reference.
    pub limits: LimitsOfAgreement,
    /// 95 % interval of the bias, nights resampled.
    pub bias_interval: Option<Interval>,
    /// That of the lower limit.
    pub lower_interval: Option<Interval>,
    /// That of the upper limit.
    pub upper_interval: Option<Interval>,
    /// Mean absolute error.
    pub mae: f64,
    /// Its 95 % interval.
    pub mae_interval: Option<Interval>,
    /// ICC(2,1); `None` below two nights, and when no night differs from another.
    pub icc: Option<f64>,
    /// Its 95 % interval.
    pub icc_interval: Option<Interval>,
}

impl Agreement {
    /// Of pairs (reference, detected); `None` without any.
    pub fn of(pairs: &[(f64, f64)], bootstrap: &Bootstrap) -> Option<Self> {
        let over = |figure: OfPairs| {
            bootstrap.interval(pairs.len(), |drawn| {
                let chosen: Vec<(f64, f64)> = drawn.iter().map(|&i| pairs[i]).collect();
                figure(&chosen)
            })
        };
        let bias = |pairs: &[(f64, f64)]| limits_of_agreement(pairs).map(|limits| limits.bias);
        let lower = |pairs: &[(f64, f64)]| limits_of_agreement(pairs)?.lower;
        let upper = |pairs: &[(f64, f64)]| limits_of_agreement(pairs)?.upper;
        let icc = |pairs: &[(f64, f64)]| icc_2_1(&as_rows(pairs));
        Some(Self {
            n: pairs.len(),
            limits: limits_of_agreement(pairs)?,
            bias_interval: over(&bias),
            lower_interval: over(&lower),
            upper_interval: over(&upper),
            mae: mean_absolute_error(pairs)?,
            mae_interval: over(&mean_absolute_error),
            icc: icc(pairs),
            icc_interval: over(&icc),
        })
    }
}

/// Bias and limits of pairs (first, second): the differences are second minus first. `None` without pairs.
pub fn limits_of_agreement(pairs: &[(f64, f64)]) -> Option<LimitsOfAgreement> {
    let spread = Spread::of(pairs.iter().map(|(first, second)| second - first))?;
    let reach = spread.sd.map(|sd| 1.96 * sd);
    Some(LimitsOfAgreement {
        bias: spread.mean,
        lower: reach.map(|reach| spread.mean - reach),
        upper: reach.map(|reach| spread.mean + reach),
    })
}

/// Mean of the absolute differences; `None` without pairs.
pub fn mean_absolute_error(pairs: &[(f64, f64)]) -> Option<f64> {
    Some(Spread::of(pairs.iter().map(|(first, second)| (second - first).abs()))?.mean)
}

fn as_rows(pairs: &[(f64, f64)]) -> Vec<[f64; 2]> {
    pairs
        .iter()
        .map(|&(first, second)| [first, second])
        .collect()
}

/// Intraclass correlation ICC(2,1): two-way random effects, single measurement, absolute agreement (Shrout & Fleiss 1979,
/// Psychol Bull 86:420-428). One row a subject, one column a judge. It falls when one judge counts more than the other,
/// which a correlation does not see. `None` below two subjects or judges, and when nothing varies at all.
pub fn icc_2_1<const K: usize>(rows: &[[f64; K]]) -> Option<f64> {
    if rows.len() < 2 || K < 2 {
        return None;
    }
    let (n, k) = (rows.len() as f64, K as f64);
    let grand = rows.iter().flatten().sum::<f64>() / (n * k);
    let square = |deviation: f64| deviation * deviation;
    let of_row = |row: &[f64; K]| row.iter().sum::<f64>() / k;
    let of_column = |j: usize| rows.iter().map(|row| row[j]).sum::<f64>() / n;
    let between = k * rows
        .iter()
        .map(|row| square(of_row(row) - grand))
        .sum::<f64>();
    let judges = n * (0..K).map(|j| square(of_column(j) - grand)).sum::<f64>();
    let total: f64 = rows
        .iter()
        .flatten()
        .map(|value| square(value - grand))
        .sum();
    let error = (total - between - judges).max(0.0);
    let (between, judges, error) = (
        between / (n - 1.0),
        judges / (k - 1.0),
        error / ((n - 1.0) * (k - 1.0)),
    );
    let whole = between + (k - 1.0) * error + k * (judges - error) / n;
    (whole > 0.0).then(|| (between - error) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_shrout_and_fleiss() {
        // Table 2 of the paper: six targets, four judges; table 4 gives ICC(2,1) = .29.
        let rows = [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ];
        let icc = icc_2_1(&rows).unwrap();
        assert!((icc - 0.29).abs() < 0.005, "{icc}");
        // From the mean squares printed there, 11.24, 32.49 and 1.02, by the formula: 10.22 / 35.25.
        assert!((icc - 10.22 / (11.24 + 3.0 * 1.02 + 4.0 * (32.49 - 1.02) / 6.0)).abs() < 1e-3);
    }

    #[test]
    fn the_worked_example_of_bland_and_altman() {
        // Peak expiratory flow, first measurement by the Wright and by the mini meter (Lancet 1986, table 1): mean
        // difference -2.1 l/min, limits -79.7 and 75.5 (with 2 standard deviations of 38.8).
        let wright = [
            494.0, 395.0, 516.0, 434.0, 476.0, 557.0, 413.0, 442.0, 650.0, 433.0, 417.0, 656.0,
            267.0, 478.0, 178.0, 423.0, 427.0,
        ];
        let mini = [
            512.0, 430.0, 520.0, 428.0, 500.0, 600.0, 364.0, 380.0, 658.0, 445.0, 432.0, 626.0,
            260.0, 477.0, 259.0, 350.0, 451.0,
        ];
        let pairs: Vec<(f64, f64)> = mini.into_iter().zip(wright).collect();
        let limits = limits_of_agreement(&pairs).unwrap();
        assert!((limits.bias + 2.1).abs() < 0.05);
        let sd = (limits.upper.unwrap() - limits.bias) / 1.96;
        assert!((sd - 38.8).abs() < 0.05, "{sd}");
    }

    /// The indices of twelve nights, against pingouin 0.7.0 (`intraclass_corr`, type "ICC(A,1)", which is ICC(2,1)), numpy
    /// 2.4.6 (mean, standard deviation with n - 1) and SciPy 1.17.1 (`stats.bootstrap`, percentile, 50,000 resamples).
    #[test]
    fn twelve_nights_agree_as_other_programs_say() {
        let there = [
            0.0, 1.4, 3.2, 5.9, 8.1, 12.6, 15.0, 18.8, 24.3, 31.7, 44.9, 60.2,
        ];
        let found = [
            0.6, 1.1, 4.0, 5.2, 9.3, 11.9, 16.8, 18.1, 26.0, 30.2, 47.5, 57.8,
        ];
        let pairs: Vec<(f64, f64)> = there.into_iter().zip(found).collect();
        let ours = Agreement::of(&pairs, &Bootstrap::default()).unwrap();
        let is = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        is(ours.limits.bias, 0.2);
        is(ours.limits.lower.unwrap(), -2.720_334_227_447);
        is(ours.limits.upper.unwrap(), 3.120_334_227_447);
        is(ours.mae, 1.25);
        is(ours.icc.unwrap(), 0.996_972_901_333);
        // Half as much again and 4 an hour more: a correlation of 0.997 still, an agreement no more.
        let skewed: Vec<(f64, f64)> = pairs.iter().map(|&(a, b)| (a, 1.5 * b + 4.0)).collect();
        is(icc_2_1(&as_rows(&skewed)).unwrap(), 0.795_067_535_603);
        // With 2,000 draws the ends of an interval stray by some 4 % of its width (binomial, at 2.5 %).
        let near = |interval: Option<Interval>, (low, high): (f64, f64)| {
            let interval = interval.unwrap();
            let stray = 0.08 * (high - low);
            assert!((interval.low - low).abs() < stray, "{interval:?}");
            assert!((interval.high - high).abs() < stray, "{interval:?}");
        };
        near(ours.bias_interval, (-0.608, 1.0));
        near(ours.mae_interval, (0.867, 1.675));
    }

    #[test]
    fn a_judge_who_counts_more_lowers_the_icc() {
        let same: Vec<[f64; 2]> = (0..9).map(|k| [f64::from(k), f64::from(k)]).collect();
        let more: Vec<[f64; 2]> = (0..9).map(|k| [f64::from(k), f64::from(k) + 5.0]).collect();
        assert_eq!(icc_2_1(&same), Some(1.0));
        assert!(icc_2_1(&more).unwrap() < 0.5);
    }

    #[test]
    fn nothing_to_compare_is_none() {
        assert_eq!(icc_2_1(&[[1.0, 2.0]]), None);
        assert_eq!(icc_2_1(&[[3.0, 3.0], [3.0, 3.0]]), None);
        assert_eq!(Agreement::of(&[], &Bootstrap::default()), None);
        let one = Agreement::of(&[(1.0, 3.0)], &Bootstrap::default()).unwrap();
        assert_eq!(
            (one.limits.bias, one.limits.lower, one.mae),
            (2.0, None, 2.0)
        );
        assert_eq!((one.icc, one.bias_interval), (None, None));
    }
}
