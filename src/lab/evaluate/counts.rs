//! Hits, misses and false alarms; precision, recall and F1.

use std::iter::Sum;

use super::bootstrap::Bootstrap;
use super::matching::Matching;
use crate::model::summary::Interval;

/// Outcomes of matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Events of the reference that were found.
    pub hits: usize,
    /// Detections without an event.
    pub false_alarms: usize,
    /// Events without a detection.
    pub misses: usize,
}

impl Counts {
    /// Of a matching.
    pub fn of(matching: &Matching) -> Self {
        let hits = matching.pairs.len();
        Self {
            hits,
            false_alarms: matching.n_detected - hits,
            misses: matching.n_reference - hits,
        }
    }

    /// Share of detections that are right (positive predictive value); `None` without detections.
    pub fn precision(&self) -> Option<f64> {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// Share of events that were found (sensitivity); `None` without events.
    pub fn recall(&self) -> Option<f64> {
        share(self.hits, self.hits + self.misses)
    }

    /// Harmonic mean of the two, 2 hits / (2 hits + false alarms + misses); `None` when there was nothing and nothing was
    /// found.
    pub fn f1(&self) -> Option<f64> {
        share(
            2 * self.hits,
            2 * self.hits + self.false_alarms + self.misses,
        )
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(each: I) -> Self {
        each.fold(Self::default(), |sum, night| Self {
            hits: sum.hits + night.hits,
            false_alarms: sum.false_alarms + night.false_alarms,
            misses: sum.misses + night.misses,
        })
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How well events were found, pooled and night by night.
#[derive(Debug, Clone, PartialEq)]
pub struct EventScores {
    /// All nights together.
    pub pooled: Counts,
    /// Night by night, in their order.
    pub nights: Vec<Counts>,
    /// Median F1 of the nights that have one.
    pub median_f1: Option<f64>,
    /// 95 % interval of the pooled F1, nights resampled; `None` below two nights.
    pub f1_interval: Option<Interval>,
}

impl EventScores {
    /// Of the nights' counts.
    pub fn of(nights: Vec<Counts>, bootstrap: &Bootstrap) -> Self {
        let pooled_f1 = |drawn: &[usize]| drawn.iter().map(|&i| nights[i]).sum::<Counts>().f1();
        let mut each: Vec<f64> = nights.iter().filter_map(Counts::f1).collect();
        Self {
            pooled: nights.iter().copied().sum(),
            median_f1: median(&mut each),
            f1_interval: bootstrap.interval(nights.len(), pooled_f1),
            nights,
        }
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    crate::signal::median_bootstrap::quantile_of_sorted(values, 0.5)
}
