//! Spearman's rank correlation with ties, alone and with the date held fixed, its permutation test and its interval.
//!
//! The interval is a percentile bootstrap over nights. On pairs like ours (a rating in whole points, a skewed index) it
//! covered the true rho in 94 to 95 % of 500 trials at n = 10, 14, 21 and 30 and rho = 0, 0.4 and 0.7; BCa and Fisher's z came no
//! closer and were no narrower. Nights are taken as exchangeable; nights that resemble their neighbours make any such
//! interval too narrow, which is why drift over the dates is taken out first.

use crate::signal::median_bootstrap::quantile_of_sorted;
use crate::signal::random::Random;

/// Ranks from 1, equal values sharing the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    // `==` and not total_cmp: -0 and 0 are one value.
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let below = tied.first().map_or(0, |first| {
            order.partition_point(|at| values[*at].total_cmp(&values[*first]).is_lt())
        });
        let mean = below as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for at in tied {
            ranks[*at] = mean;
        }
    }
    ranks
}

/// Values less their mean; `None` when all are equal (but for rounding).
fn centred(values: &[f64]) -> Option<Vec<f64>> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    // Ranks are halves of whole numbers: what is left below this is rounding.
    (dot(&centred, &centred) > 1e-9).then_some(centred)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// What is left of `values` when a line along `along` is taken out; both are centred.
fn residual(values: &[f64], along: &[f64]) -> Vec<f64> {
    let slope = dot(values, along) / dot(along, along);
    values
        .iter()
        .zip(along)
        .map(|(value, t)| value - slope * t)
        .collect()
}

fn cosine(a: &[f64], b: &[f64]) -> Option<f64> {
    let length = (dot(a, a) * dot(b, b)).sqrt();
    (length > 1e-9).then(|| (dot(a, b) / length).clamp(-1.0, 1.0))
}

/// Spearman's rho; `None` when one side does not vary, or the sides differ in length.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() != y.len() {
        return None;
    }
    cosine(&centred(&ranks(x))?, &centred(&ranks(y))?)
}

/// Spearman's rho with the rank of `along` held fixed; `None` when nothing is left of one side.
pub fn partial_spearman(x: &[f64], y: &[f64], along: &[f64]) -> Option<f64> {
    if x.len() != y.len() || x.len() != along.len() {
        return None;
    }
    let (x, y) = (centred(&ranks(x))?, centred(&ranks(y))?);
    match centred(&ranks(along)) {
        None => cosine(&x, &y),
        Some(along) => cosine(&residual(&x, &along), &residual(&y, &along)),
    }
}

/// Probability of a rho at least as far from 0 if the pairs were drawn by lot: two-sided, over `permutations` shuffles, the
/// one seen counted in (Phipson & Smyth 2010), so it is never 0.
///
/// With `along`, the shuffles are those of what is left of `y` when the line along it is taken out (Freedman & Lane 1983), so
/// that two series which both drift are not taken for two that go together.
pub fn permutation_p(
    x: &[f64],
    y: &[f64],
    along: Option<&[f64]>,
    permutations: u32,
    random: &mut Random,
) -> Option<f64> {
    let (x, y) = (centred(&ranks(x))?, centred(&ranks(y))?);
    let along = along.and_then(|along| centred(&ranks(along)));
    let (x, mut y) = match &along {
        None => (x, y),
        Some(along) => (residual(&x, along), residual(&y, along)),
    };
    let seen = cosine(&x, &y)?.abs();
    let mut at_least = 1_u32;
    for _ in 0..permutations {
        random.shuffle(&mut y);
        let drawn = match &along {
            None => cosine(&x, &y),
            Some(along) => cosine(&x, &residual(&y, along)),
        };
        // Equal arrangements come out equal but for the order of their sums.
        at_least += u32::from(drawn.is_some_and(|drawn| drawn.abs() >= seen - 1e-12));
    }
    Some(f64::from(at_least) / (f64::from(permutations) + 1.0))
}

/// Percentile bootstrap interval over pairs; with `along`, of the partial rho. Resamples in which one side does not vary have
/// no rho and are left out.
pub fn bootstrap_interval(
    x: &[f64],
    y: &[f64],
    along: Option<&[f64]>,
    resamples: u32,
    level: f64,
    random: &mut Random,
) -> Option<(f64, f64)> {
    let n = x.len();
    let mut drawn: Vec<usize> = vec![0; n];
    let take = |values: &[f64], drawn: &[usize]| -> Vec<f64> {
        drawn
            .iter()
            .filter_map(|at| values.get(*at).copied())
            .collect()
    };
    let mut rhos: Vec<f64> = Vec::with_capacity(resamples as usize);
    for _ in 0..resamples {
        drawn.fill_with(|| random.below(n as u64) as usize);
        let (x, y) = (take(x, &drawn), take(y, &drawn));
        rhos.extend(match along {
            None => spearman(&x, &y),
            Some(along) => partial_spearman(&x, &y, &take(along, &drawn)),
        });
    }
    rhos.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    Some((
        quantile_of_sorted(&rhos, tail)?,
        quantile_of_sorted(&rhos, 1.0 - tail)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_rank() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0, 3.0]), [4.0, 1.0, 4.0, 2.0, 4.0]);
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn only_the_order_counts() {
        let x = [1.0, 4.0, 2.0, 9.0, 7.0, 5.0];
        let y = [2.0, 3.0, 1.0, 8.0, 9.0, 4.0];
        let rho = spearman(&x, &y).unwrap();
        let stretched: Vec<f64> = x.iter().map(|v: &f64| v.exp()).collect();
        let turned: Vec<f64> = y.iter().map(|v| -v).collect();
        assert!((spearman(&stretched, &y).unwrap() - rho).abs() < 1e-12);
        assert!((spearman(&x, &turned).unwrap() + rho).abs() < 1e-12);
        assert!((spearman(&y, &x).unwrap() - rho).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_vary_has_no_rho() {
        assert_eq!(spearman(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(spearman(&[1.0], &[1.0, 2.0]), None);
        let t = [1.0, 2.0, 3.0, 4.0];
        // A series that is nothing but the date has nothing left.
        assert_eq!(partial_spearman(&t, &[2.0, 1.0, 4.0, 3.0], &t), None);
    }

    #[test]
    fn the_same_seed_gives_the_same_figures() {
        let x = [1.0, 4.0, 2.0, 9.0, 7.0, 5.0, 3.0, 8.0];
        let y = [2.0, 3.0, 1.0, 8.0, 9.0, 4.0, 7.0, 6.0];
        let p = || permutation_p(&x, &y, None, 99, &mut Random::seeded(5));
        assert_eq!(p(), p());
        let (low, high) =
            bootstrap_interval(&x, &y, None, 500, 0.95, &mut Random::seeded(5)).unwrap();
        let rho = spearman(&x, &y).unwrap();
        assert!(low < rho && rho < high, "{low} {rho} {high}");
    }
}
