//! Intervals over nights: a bootstrap that draws whole nights (Efron 1979).
//!
//! Movements of one night hang together, so that drawing movements would make intervals far too narrow; with a dozen
//! nights the interval of an F1 is still some 0.05 to either side.

use crate::lab::simulate::random::Random;
use crate::model::summary::Interval;
use crate::signal::median_bootstrap::quantile_of_sorted;

/// How nights are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many times.
    pub draws: usize,
    /// Seed: the same seed gives the same interval.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self {
            draws: 2_000,
            seed: 1,
        }
    }
}

impl Bootstrap {
    const LEVEL: f64 = 0.95;

    /// The 95 % percentile interval of a figure of `n` nights, given the indices of the nights drawn. Draws for which the
    /// figure does not exist are left out; `None` below two nights, and when most draws have none.
    pub fn interval(&self, n: usize, figure: impl Fn(&[usize]) -> Option<f64>) -> Option<Interval> {
        if n < 2 {
            return None;
        }
        let mut random = Random::seeded(self.seed);
        let mut drawn = vec![0; n];
        let mut values: Vec<f64> = (0..self.draws)
            .filter_map(|_| {
                drawn.fill_with(|| ((random.uniform() * n as f64) as usize).min(n - 1));
                figure(&drawn).filter(|value| value.is_finite())
            })
            .collect();
        if values.len() * 2 < self.draws {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let tail = (1.0 - Self::LEVEL) / 2.0;
        Some(Interval {
            low: quantile_of_sorted(&values, tail)?,
            high: quantile_of_sorted(&values, 1.0 - tail)?,
            level: Self::LEVEL,
        })
    }

    /// The mean of differences between two detectors on the same nights, and its interval: a gain whose lower end is above
    /// 0 is no chance of the nights. `None` below two nights.
    pub fn mean_with_interval(&self, differences: &[f64]) -> Option<(f64, Interval)> {
        let mean = |drawn: &[usize]| {
            Some(drawn.iter().map(|&i| differences[i]).sum::<f64>() / drawn.len() as f64)
        };
        let interval = self.interval(differences.len(), mean)?;
        let all: Vec<usize> = (0..differences.len()).collect();
        Some((mean(&all)?, interval))
    }
}
