//! One night: what there was, what was found, and what of it agrees.

use jiff::SignedDuration;

use super::Against;
use super::counts::Counts;
use super::matching::{Event, match_events};
use super::reference::{self, Reference};
use crate::analysis::score::{ScoringRules, merged, score};
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::span::Span;
use crate::model::summary::Rate;

/// A night: what there was, and what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct NightPair {
    /// Name of the night, for tables.
    pub name: String,
    /// What there was, on the legs that had a sensor.
    pub reference: Vec<Reference>,
    /// What was found, by the same clock.
    pub detected: Vec<LegMovement>,
    /// Gaps and off-leg stretches as they were: the reference's series restart there.
    pub spans: Vec<Span>,
    /// Gaps and off-leg stretches as the detector knows them: its series restart there.
    pub detected_spans: Vec<Span>,
    /// What begins in this stretch counts: lights out to lights on. Series are looked for in the whole list, as always.
    /// `None` is everything.
    pub within: Option<(SignedDuration, SignedDuration)>,
    /// The time over which indices are taken.
    pub over: SignedDuration,
}

/// What a night says about a detector: a few numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct NightResult {
    /// Name of the night.
    pub name: String,
    /// Against the movements that could be seen.
    pub visible: NightAgainst,
    /// Against all movements.
    pub all: NightAgainst,
}

/// A night under one reading of its reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NightAgainst {
    /// Leg movements (LM), leg by leg, pieces merged.
    pub lm: Counts,
    /// Periodic leg movements (PLM), both legs joined.
    pub plm: Counts,
    /// How far onsets are off; `None` when no movement was found.
    pub onset: Option<OnsetError>,
    /// The PLM index: reference, detected.
    pub index: (Rate, Rate),
}

/// Onsets of the movements that were found, against those of the reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnsetError {
    /// Median of found less reference, in seconds: above 0 is late.
    pub median_s: f64,
    /// Median of the distances, in seconds.
    pub median_distance_s: f64,
}

impl NightPair {
    /// Matches and counts.
    pub fn result(&self, rules: &ScoringRules) -> NightResult {
        let found = self.periodic(&self.detected, rules, &self.detected_spans);
        NightResult {
            name: self.name.clone(),
            visible: self.against(Against::Visible, rules, &found),
            all: self.against(Against::All, rules, &found),
        }
    }

    fn against(&self, which: Against, rules: &ScoringRules, found: &[Event]) -> NightAgainst {
        let reference = reference::those(&self.reference, which);
        let there = self.periodic(&reference, rules, &self.spans);
        let (mut lm, mut apart_s) = (Counts::default(), Vec::new());
        for leg in [Leg::Left, Leg::Right] {
            let true_ones = self.leg_movements(&reference, leg, rules);
            let found_ones = self.leg_movements(&self.detected, leg, rules);
            let matching = match_events(&true_ones, &found_ones);
            lm = [lm, Counts::of(&matching)].into_iter().sum();
            apart_s.extend(
                matching
                    .pairs
                    .iter()
                    .map(|&(r, d)| (found_ones[d].onset() - true_ones[r].onset()).as_secs_f64()),
            );
        }
        let rate = |n: usize| Rate { n, over: self.over };
        NightAgainst {
            lm,
            plm: Counts::of(&match_events(&there, found)),
            onset: OnsetError::of(apart_s),
            index: (rate(there.len()), rate(found.len())),
        }
    }

    fn counts(&self, onset: SignedDuration) -> bool {
        self.within
            .is_none_or(|(from, to)| from <= onset && onset < to)
    }

    /// Leg movements of that leg, of the length of a candidate. As in every standard pieces are merged before lengths are
    /// looked at: who lists two twitches of 0.3 s, 0.2 s apart, and who lists one movement of 0.8 s say the same.
    fn leg_movements(&self, list: &[LegMovement], leg: Leg, rules: &ScoringRules) -> Vec<Event> {
        let is_piece = |m: &&LegMovement| {
            m.leg == leg && matches!(m.class, MovementClass::LegMovement | MovementClass::Long)
        };
        let pieces: Vec<LegMovement> = list.iter().filter(is_piece).cloned().collect();
        merged(&pieces, rules)
            .into_iter()
            .filter(|m| (rules.shortest..=rules.longest).contains(&m.duration()))
            .filter(|m| self.counts(m.onset))
            .map(|m| Event::new(m.onset, m.end))
            .collect()
    }

    /// Periodic movements as the rules join and count them.
    fn periodic(&self, list: &[LegMovement], rules: &ScoringRules, spans: &[Span]) -> Vec<Event> {
        let movements = score(list, rules, spans).movements;
        let plm = movements.iter().filter(|m| m.plm && self.counts(m.onset));
        plm.map(|m| Event::new(m.onset, m.end)).collect()
    }
}

impl OnsetError {
    fn of(mut apart_s: Vec<f64>) -> Option<Self> {
        let median_s = median(&mut apart_s)?;
        apart_s.iter_mut().for_each(|apart| *apart = apart.abs());
        Some(Self {
            median_s,
            median_distance_s: median(&mut apart_s)?,
        })
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    crate::signal::median_bootstrap::quantile_of_sorted(values, 0.5)
}
