//! The bootstrap of a median, without drawing: with infinitely many resamples its distribution has a closed form.
//!
//! A resample of `n` values has its middle at the `i`-th smallest value with a binomial probability (Efron 1982, "The
//! Jackknife, the Bootstrap and Other Resampling Plans", section 10.3; Maritz & Jarrett 1978). So the interval depends
//! on no random number, and is the same on every machine.

/// The value below which the share `q` (0 to 1) of values in ascending order lies; linear between neighbours, as R's
/// type 7 (Hyndman & Fan 1996). `None` when there are none.
pub fn quantile_of_sorted(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q.clamp(0.0, 1.0) * last as f64;
    let below = at.floor() as usize;
    let low = *sorted.get(below)?;
    let high = *sorted.get((below + 1).min(last))?;
    Some(low + (at - below as f64) * (high - low))
}

/// Percentile bootstrap interval of the median of values in ascending order, at `level` (0.95 leaves 2.5 % on either
/// side). `None` when there are none.
///
/// Cost grows with the square of the number of values; a study has hundreds.
pub fn median_interval(sorted: &[f64], level: f64) -> Option<(f64, f64)> {
    if sorted.is_empty() {
        return None;
    }
    let mut outcomes = distribution(sorted);
    outcomes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let tail = (1.0 - level) / 2.0;
    Some((reach(&outcomes, tail)?, reach(&outcomes, 1.0 - tail)?))
}

/// The smallest value whose cumulative probability reaches `share`.
fn reach(outcomes: &[(f64, f64)], share: f64) -> Option<f64> {
    // The probabilities are sums of products of logarithms: 1e-9 is far above their error and far below a tail.
    const SLACK: f64 = 1e-9;
    let mut total = 0.0;
    for (value, probability) in outcomes {
        total += probability;
        if total + SLACK >= share {
            return Some(*value);
        }
    }
    outcomes.last().map(|(value, _)| *value)
}

/// The medians that a resample can have, with their probabilities.
fn distribution(sorted: &[f64]) -> Vec<(f64, f64)> {
    let n = sorted.len();
    let half = n / 2;
    let upper = half + n % 2;
    // P(the `upper`-th smallest of a resample is at most the `i`-th value) = P(Bin(n, i/n) >= upper).
    let binomial = Binomial::of(n);
    let at_most: Vec<f64> = (0..=n)
        .map(|i| binomial.at_least(upper, i as f64 / n as f64))
        .collect();
    let lower_middle = |i: usize| at_most[i + 1] - at_most[i];
    if n % 2 == 1 {
        return (0..n).map(|i| (sorted[i], lower_middle(i))).collect();
    }
    // An even number has two middles: the lower at the i-th value, the upper at the j-th.
    let ln_ways = binomial.ln_ways(half);
    let mut outcomes = Vec::with_capacity(n * (n + 1) / 2);
    for i in 0..n {
        let share_up_to = |k: usize| (k as f64 / n as f64).powi(half as i32);
        let lower_ends_here = share_up_to(i + 1) - share_up_to(i);
        let mut apart = 0.0;
        for j in i + 1..n {
            let upper_begins_here = share_up_to(n - j) - share_up_to(n - j - 1);
            // The number of ways alone overflows beyond a thousand values.
            let probability = (ln_ways + lower_ends_here.ln() + upper_begins_here.ln()).exp();
            apart += probability;
            outcomes.push(((sorted[i] + sorted[j]) / 2.0, probability));
        }
        outcomes.push((sorted[i], (lower_middle(i) - apart).max(0.0)));
    }
    outcomes
}

/// Logarithms of binomial probabilities, from those of factorials.
struct Binomial {
    n: usize,
    ln_factorial: Vec<f64>,
}

impl Binomial {
    fn of(n: usize) -> Self {
        let ln_factorial = (0..=n)
            .scan(0.0, |sum, k| {
                *sum += (k.max(1) as f64).ln();
                Some(*sum)
            })
            .collect();
        Self { n, ln_factorial }
    }

    /// Logarithm of the number of ways to choose `k`.
    fn ln_ways(&self, k: usize) -> f64 {
        self.ln_factorial[self.n] - self.ln_factorial[k] - self.ln_factorial[self.n - k]
    }

    /// P(Bin(n, p) >= k).
    fn at_least(&self, k: usize, p: f64) -> f64 {
        if p <= 0.0 {
            return if k == 0 { 1.0 } else { 0.0 };
        }
        if p >= 1.0 {
            return 1.0;
        }
        (k..=self.n)
            .map(|i| {
                let ln = self.ln_ways(i) + i as f64 * p.ln() + (self.n - i) as f64 * (-p).ln_1p();
                ln.exp()
            })
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every resample of `n` values, written out: n to the power of n of them.
    fn by_enumeration(sorted: &[f64]) -> Vec<(f64, f64)> {
        let n = sorted.len();
        let all = n.pow(n as u32);
        (0..all)
            .map(|mut code| {
                let mut drawn: Vec<f64> = (0..n)
                    .map(|_| {
                        let value = sorted[code % n];
                        code /= n;
                        value
                    })
                    .collect();
                drawn.sort_by(f64::total_cmp);
                let median = (drawn[(n - 1) / 2] + drawn[n / 2]) / 2.0;
                (median, 1.0 / all as f64)
            })
            .collect()
    }

    #[test]
    fn the_closed_form_is_that_of_all_resamples_written_out() {
        let values = [0.0, 1.5, 4.0, 9.0, 9.5, 22.0];
        for n in 1..=values.len() {
            let sorted = &values[..n];
            let (closed, all) = (distribution(sorted), by_enumeration(sorted));
            for (median, _) in &closed {
                let sum = |outcomes: &[(f64, f64)]| -> f64 {
                    outcomes
                        .iter()
                        .filter(|(value, _)| value <= median)
                        .map(|(_, probability)| probability)
                        .sum()
                };
                // 6^6 summands of 2e-5, each rounded to 1e-16.
                assert!((sum(&closed) - sum(&all)).abs() < 1e-9, "n {n}: {median}");
            }
        }
    }

    #[test]
    fn the_probabilities_sum_to_one_up_to_a_year_of_nights() {
        for n in [1, 2, 7, 8, 90, 365, 366, 1_500] {
            let sorted: Vec<f64> = (0..n).map(|k| k as f64).collect();
            let total: f64 = distribution(&sorted).iter().map(|(_, p)| p).sum();
            assert!((total - 1.0).abs() < 1e-6, "{n}: {total}");
        }
    }

    #[test]
    fn equal_values_have_an_interval_without_width() {
        assert_eq!(median_interval(&[3.0; 8], 0.95), Some((3.0, 3.0)));
        assert_eq!(median_interval(&[], 0.95), None);
    }

    #[test]
    fn the_interval_turns_over_with_the_values() {
        let sorted: Vec<f64> = [1.0, 2.0, 4.0, 7.0, 11.0, 16.0, 22.0, 29.0, 37.0].to_vec();
        let turned: Vec<f64> = sorted.iter().rev().map(|value| -value).collect();
        let (low, high) = median_interval(&sorted, 0.95).unwrap();
        assert_eq!(median_interval(&turned, 0.95), Some((-high, -low)));
        // P(Bin(9, k/9) >= 5) is 0.0014 at k = 1 and 0.0304 at k = 2, past 2.5 %: the second value from either end.
        assert_eq!((low, high), (2.0, 29.0));
    }

    #[test]
    fn a_quantile_lies_between_its_neighbours() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile_of_sorted(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile_of_sorted(&sorted, 0.25), Some(1.75));
        assert_eq!(quantile_of_sorted(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile_of_sorted(&[], 0.5), None);
    }
}
