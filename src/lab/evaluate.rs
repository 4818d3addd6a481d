//! Detections held against a reference: a simulated truth, or a sleep laboratory's scoring of the same night.
//!
//! Movements are [matched](matching) one to one, leg by leg, the pieces of each merged before as every standard has it;
//! periodic movements as the rules see them, both legs joined.
//! Both the reference and the detections are scored by the same rules, and a reference that knows which of its movements
//! a sensor could see is used twice: its visible movements alone, and all of them. The first says how well the detector
//! works, the second what an accelerometer cannot know.
//!
//! Figures are pooled over all nights and told per night; [intervals](bootstrap) resample nights, because movements of
//! one night are no independent evidence. Agreement of the index is told as Bland and Altman do, never by a correlation.
//!
//! A [`NightPair`] is reduced to a [`NightResult`] at once, so that many nights need little memory.

pub mod agreement;
mod assignment;
pub mod bootstrap;
pub mod counts;
pub mod matching;
mod night;
pub mod offset;
pub mod reference;

use crate::analysis::score::ScoringRules;
use crate::model::summary::Rate;

pub use agreement::{Agreement, LimitsOfAgreement, icc_2_1, limits_of_agreement};
pub use bootstrap::{Bootstrap, Figure};
pub use counts::{Accuracy, Counts, EventScores};
pub use matching::{Event, Matching, match_events};
pub use night::{NightAgainst, NightPair, NightResult, OnsetError};
pub use offset::{Offset, find_offset};
pub use reference::Reference;

/// Which of the reference's movements count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Those that the sensor could see.
    Visible,
    /// All.
    All,
}

/// How well detections agree with a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Against the movements that could be seen.
    pub visible: AgainstReference,
    /// Against all movements.
    pub all: AgainstReference,
}

/// Agreement with one reading of the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct AgainstReference {
    /// Leg movements (LM) of each leg.
    pub lm: EventScores,
    /// Periodic leg movements (PLM), both legs joined.
    pub plm: EventScores,
    /// The PLM index, night by night: reference, detected.
    pub indices: Vec<(Rate, Rate)>,
    /// Agreement of the index; `None` without a night that has one.
    pub index: Option<Agreement>,
    /// PLM found too many, as a share of those that there were, all nights together; `None` when there were none.
    pub count_bias: Option<Figure>,
    /// PLM an hour found on nights that have none.
    pub false_plm: FalsePlm,
    /// Onsets found less those of the reference, in seconds: median over the nights' medians.
    pub onset_error_s: Option<Figure>,
    /// The same without their sign.
    pub onset_distance_s: Option<Figure>,
}

/// What is found where there is nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FalsePlm {
    /// Nights without a periodic movement in the reference.
    pub n_nights: usize,
    /// Periodic movements found in them, an hour; `None` without such a night.
    pub per_h: Option<Figure>,
}

/// Evaluates nights under a rule set. The order of the nights matters to the intervals only, and there by chance.
pub fn evaluate(nights: &[NightPair], rules: &ScoringRules, bootstrap: &Bootstrap) -> Evaluation {
    let results: Vec<NightResult> = nights.iter().map(|night| night.result(rules)).collect();
    Evaluation::of(&results, bootstrap)
}

impl Evaluation {
    /// Of nights that were held against their references before.
    pub fn of(nights: &[NightResult], bootstrap: &Bootstrap) -> Self {
        let against = |which: fn(&NightResult) -> &NightAgainst| {
            let each: Vec<&NightAgainst> = nights.iter().map(which).collect();
            AgainstReference::of(&each, bootstrap)
        };
        Self {
            visible: against(|night| &night.visible),
            all: against(|night| &night.all),
        }
    }
}

impl AgainstReference {
    /// Of nights under one reading.
    pub fn of(nights: &[&NightAgainst], bootstrap: &Bootstrap) -> Self {
        let indices: Vec<(Rate, Rate)> = nights.iter().map(|night| night.index).collect();
        let pairs: Vec<(f64, f64)> = indices
            .iter()
            .filter_map(|(there, found)| Some((there.per_h()?, found.per_h()?)))
            .collect();
        let onset = |of: fn(&OnsetError) -> f64| {
            let values: Vec<Option<f64>> = nights
                .iter()
                .map(|night| night.onset.as_ref().map(of))
                .collect();
            bootstrap.median(&values)
        };
        Self {
            lm: EventScores::of(nights.iter().map(|night| night.lm).collect(), bootstrap),
            plm: EventScores::of(nights.iter().map(|night| night.plm).collect(), bootstrap),
            index: Agreement::of(&pairs, bootstrap),
            count_bias: bootstrap.figure(nights.len(), |drawn| {
                let sum = |of: fn(&(Rate, Rate)) -> usize| {
                    drawn.iter().map(|&i| of(&indices[i])).sum::<usize>() as f64
                };
                let (there, found) = (sum(|pair| pair.0.n), sum(|pair| pair.1.n));
                (there > 0.0).then(|| found / there - 1.0)
            }),
            false_plm: FalsePlm::of(&indices, bootstrap),
            onset_error_s: onset(|error| error.median_s),
            onset_distance_s: onset(|error| error.median_distance_s),
            indices,
        }
    }
}

impl FalsePlm {
    fn of(indices: &[(Rate, Rate)], bootstrap: &Bootstrap) -> Self {
        let without: Vec<Rate> = indices
            .iter()
            .filter(|(there, _)| there.n == 0)
            .map(|(_, found)| *found)
            .collect();
        let per_h = bootstrap.figure(without.len(), |drawn| {
            let over: f64 = drawn.iter().map(|&i| without[i].over.as_secs_f64()).sum();
            let found: usize = drawn.iter().map(|&i| without[i].n).sum();
            (over > 0.0).then(|| found as f64 * 3600.0 / over)
        });
        Self {
            n_nights: without.len(),
            per_h,
        }
    }
}

#[cfg(test)]
mod tests;
