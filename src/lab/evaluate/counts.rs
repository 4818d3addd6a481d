//! Hits, misses and false alarms; precision, recall and F1.

use std::iter::Sum;

use super::bootstrap::{Bootstrap, Figure};
use super::matching::Matching;

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

    /// Events of the reference.
    pub fn n_reference(&self) -> usize {
        self.hits + self.misses
    }

    /// Events that were detected.
    pub fn n_detected(&self) -> usize {
        self.hits + self.false_alarms
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
    /// Of all nights' events together.
    pub all_events: Accuracy,
    /// Medians over the nights that have at least one event; a night without any is told by its false alarms.
    pub night_medians: Accuracy,
}

/// Precision, recall and F1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Share of detections that are right.
    pub precision: Option<Figure>,
    /// Share of events that were found.
    pub recall: Option<Figure>,
    /// Harmonic mean of the two.
    pub f1: Option<Figure>,
}

impl EventScores {
    /// Of the nights' counts.
    pub fn of(nights: Vec<Counts>, bootstrap: &Bootstrap) -> Self {
        let pooled = |figure: fn(&Counts) -> Option<f64>| {
            bootstrap.figure(nights.len(), |drawn| {
                figure(&drawn.iter().map(|&i| nights[i]).sum::<Counts>())
            })
        };
        let median = |figure: fn(&Counts) -> Option<f64>| {
            let eventful = nights.iter().filter(|night| night.n_reference() > 0);
            let values: Vec<Option<f64>> = eventful.map(figure).collect();
            bootstrap.median(&values)
        };
        Self {
            pooled: nights.iter().copied().sum(),
            all_events: Accuracy {
                precision: pooled(Counts::precision),
                recall: pooled(Counts::recall),
                f1: pooled(Counts::f1),
            },
            night_medians: Accuracy {
                precision: median(Counts::precision),
                recall: median(Counts::recall),
                f1: median(Counts::f1),
            },
            nights,
        }
    }

    /// By how much this F1 is above another detector's on the same nights: the mean of the nights' differences over the
    /// nights with at least one event. An interval that lies above 0 is no chance of the nights.
    ///
    /// # Panics
    /// When the two are not of the same nights.
    pub fn gain_over(&self, other: &Self, bootstrap: &Bootstrap) -> Option<Figure> {
        assert_eq!(
            self.nights.len(),
            other.nights.len(),
            "gains are paired by night"
        );
        let pairs = self.nights.iter().zip(&other.nights);
        let gains: Vec<f64> = pairs
            .filter(|(ours, _)| ours.n_reference() > 0)
            .filter_map(|(ours, other)| Some(ours.f1()? - other.f1()?))
            .collect();
        bootstrap.mean(&gains)
    }
}
