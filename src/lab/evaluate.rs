//! Detections held against a reference: a simulated truth, or a sleep laboratory's scoring of the same night.
//!
//! Movements are [matched](matching) one to one, leg by leg; periodic movements as the rules see them, both legs joined.
//! Both the reference and the detections are scored by the same rules, and a reference that knows which of its movements
//! a sensor could see is used twice: its visible movements alone, and all of them. The first says how well the detector
//! works, the second what an accelerometer cannot know.
//!
//! Figures are pooled over all nights and told per night; [intervals](bootstrap) resample nights, because movements of
//! one night are no independent evidence. Agreement of the index is told as Bland and Altman do, never by a correlation.

pub mod agreement;
mod assignment;
pub mod bootstrap;
pub mod counts;
pub mod matching;
pub mod offset;
pub mod reference;

use jiff::SignedDuration;

use crate::analysis::score::{ScoringRules, score};
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::span::Span;
use crate::model::summary::Rate;

pub use agreement::{Agreement, LimitsOfAgreement, icc_2_1, limits_of_agreement};
pub use bootstrap::Bootstrap;
pub use counts::{Counts, EventScores};
pub use matching::{Event, Matching, match_events};
pub use offset::{Offset, find_offset};
pub use reference::Reference;

/// A night: what there was, and what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct NightPair {
    /// Name of the night, for tables.
    pub name: String,
    /// What there was, on the legs that had a sensor.
    pub reference: Vec<Reference>,
    /// What was found, by the same clock.
    pub detected: Vec<LegMovement>,
    /// Gaps and off-leg stretches: series restart there on both sides.
    pub spans: Vec<Span>,
    /// The time over which indices are taken.
    pub over: SignedDuration,
}

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
    pub count_bias: Option<f64>,
}

/// Evaluates nights under a rule set. The order of the nights matters to the intervals only, and there by chance.
pub fn evaluate(nights: &[NightPair], rules: &ScoringRules, bootstrap: &Bootstrap) -> Evaluation {
    Evaluation {
        visible: against(nights, rules, bootstrap, Against::Visible),
        all: against(nights, rules, bootstrap, Against::All),
    }
}

fn against(
    nights: &[NightPair],
    rules: &ScoringRules,
    bootstrap: &Bootstrap,
    which: Against,
) -> AgainstReference {
    let (mut lm, mut plm, mut indices) = (Vec::new(), Vec::new(), Vec::new());
    for night in nights {
        let reference = reference::those(&night.reference, which);
        lm.push(leg_movement_counts(&reference, &night.detected, rules));
        let (there, found) = (
            periodic(&reference, rules, &night.spans),
            periodic(&night.detected, rules, &night.spans),
        );
        plm.push(Counts::of(&match_events(&there, &found)));
        let rate = |n: usize| Rate {
            n,
            over: night.over,
        };
        indices.push((rate(there.len()), rate(found.len())));
    }
    let pairs: Vec<(f64, f64)> = indices
        .iter()
        .filter_map(|(there, found)| Some((there.per_h()?, found.per_h()?)))
        .collect();
    let sum = |of: fn(&(Rate, Rate)) -> usize| indices.iter().map(of).sum::<usize>();
    let (n_there, n_found) = (sum(|pair| pair.0.n), sum(|pair| pair.1.n));
    AgainstReference {
        lm: EventScores::of(lm, bootstrap),
        plm: EventScores::of(plm, bootstrap),
        index: Agreement::of(&pairs, bootstrap),
        indices,
        count_bias: (n_there > 0).then(|| n_found as f64 / n_there as f64 - 1.0),
    }
}

/// Leg movements, each leg by itself: movements of that class, of the length of a candidate.
fn leg_movement_counts(
    reference: &[LegMovement],
    detected: &[LegMovement],
    rules: &ScoringRules,
) -> Counts {
    let of = |list: &[LegMovement], leg: Leg| -> Vec<Event> {
        list.iter()
            .filter(|m| m.leg == leg && m.class == MovementClass::LegMovement)
            .filter(|m| (rules.shortest..=rules.longest).contains(&m.duration()))
            .map(|m| Event::new(m.onset, m.end))
            .collect()
    };
    [Leg::Left, Leg::Right]
        .into_iter()
        .map(|leg| Counts::of(&match_events(&of(reference, leg), &of(detected, leg))))
        .sum()
}

/// Periodic movements as the rules join and count them.
fn periodic(list: &[LegMovement], rules: &ScoringRules, spans: &[Span]) -> Vec<Event> {
    let movements = score(list, rules, spans).movements;
    let plm = movements.iter().filter(|m| m.plm);
    plm.map(|m| Event::new(m.onset, m.end)).collect()
}

#[cfg(test)]
mod tests;
