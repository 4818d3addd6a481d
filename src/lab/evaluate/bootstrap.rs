//! Intervals over nights: a bootstrap that draws whole nights (Efron 1979).
//!
//! Movements of one night hang together, so that drawing movements would make intervals far too narrow; with a dozen
//! nights the interval of an F1 is still some 0.05 to either side.

use crate::lab::simulate::random::Random;
use crate::model::summary::Interval;
use crate::signal::median_bootstrap::quantile_of_sorted;

/// A figure of several nights, and how far it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Of all nights.
    pub value: f64,
    /// 95 % interval, nights resampled; `None` below two nights.
    pub interval: Option<Interval>,
}

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

    /// A figure of `n` nights with its interval, given the indices of nights; `None` when all nights together have none.
    pub fn figure(&self, n: usize, of: impl Fn(&[usize]) -> Option<f64>) -> Option<Figure> {
        let all: Vec<usize> = (0..n).collect();
        Some(Figure {
            value: of(&all).filter(|value| value.is_finite())?,
            interval: self.interval(n, of),
        })
    }

    /// The mean of values, one a night, and its interval.
    pub fn mean(&self, values: &[f64]) -> Option<Figure> {
        self.figure(values.len(), |drawn| {
            let sum: f64 = drawn.iter().map(|&i| values[i]).sum();
            (!drawn.is_empty()).then(|| sum / drawn.len() as f64)
        })
    }

    /// The median of values, one a night; nights without one are passed over.
    pub fn median(&self, values: &[Option<f64>]) -> Option<Figure> {
        let values: Vec<f64> = values.iter().flatten().copied().collect();
        self.figure(values.len(), |drawn| {
            let mut chosen: Vec<f64> = drawn.iter().map(|&i| values[i]).collect();
            chosen.sort_by(f64::total_cmp);
            quantile_of_sorted(&chosen, 0.5)
        })
    }
}
