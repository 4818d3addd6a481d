//! From scored movements to the figures of a night: one file an index.
//!
//! An index counts the movements whose onset lies between lights out and lights on, over the time in which they could
//! have been seen: gaps, blind stretches and off-leg time are taken out, in whole nanoseconds. A series that lights out
//! cuts keeps its members inside; scoring itself knows no lights, so that a list scores the same with and without them.

pub mod durations;
pub mod hours;
pub mod intervals;
pub mod periodicity;
pub mod periodicity_index;
pub mod rates;
pub mod series;
pub mod stages;
pub mod study;
pub mod threshold_band;
pub mod time;
pub mod within_night;

use super::score::{ScoringRules, score};
use crate::model::body::Leg;
use crate::model::movement::LegMovement;
use crate::model::night::Night;
use crate::model::scored::{CandidateMovement, ScoredList};
use crate::model::span::Span;
use crate::model::summary::{LegRates, NightSummary, RuleSummary};

/// A night's movements scored by one rule set, together and each leg alone.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredNight {
    /// Both legs joined, as the standard has it.
    pub joined: ScoredList,
    /// Each recorded leg as if it were the only one. Two legs that are each periodic may together be not.
    pub alone: Vec<(Leg, ScoredList)>,
}

impl ScoredNight {
    /// Scores the movements of the recorded legs. A leg that was recorded and never moved is one with no movements.
    pub fn score(
        movements: &[LegMovement],
        legs: &[Leg],
        rules: &ScoringRules,
        spans: &[Span],
    ) -> Self {
        let alone = |&leg: &Leg| {
            let own: Vec<_> = movements.iter().filter(|m| m.leg == leg).cloned().collect();
            (leg, score(&own, rules, spans))
        };
        Self {
            joined: score(movements, rules, spans),
            alone: legs.iter().map(alone).collect(),
        }
    }
}

/// The figures of a night under each of the rule sets it was scored by.
///
/// ```
/// use jiff::SignedDuration;
/// use legtrace::analysis::score::rules::{aasm, wasm2016};
/// use legtrace::analysis::summarize::{ScoredNight, summarize};
/// use legtrace::model::body::Leg;
/// use legtrace::model::movement::{LegMovement, MovementClass};
/// use legtrace::model::night::{Night, WindowSource};
///
/// let night = Night {
///     lights_out: SignedDuration::ZERO,
///     lights_on: SignedDuration::from_hours(2),
///     lights_out_by: WindowSource::Recording,
///     lights_on_by: WindowSource::Recording,
///     stages: Vec::new(),
/// };
/// let movements: Vec<LegMovement> = (0..10)
///     .map(|n| LegMovement {
///         leg: Leg::Right,
///         onset: SignedDuration::from_secs(600 + 20 * n),
///         end: SignedDuration::from_secs(602 + 20 * n),
///         class: MovementClass::LegMovement,
///         features: None,
///     })
///     .collect();
/// let scored = [wasm2016(), aasm()].map(|rules| ScoredNight::score(&movements, &[Leg::Right], &rules, &[]));
/// let summary = summarize(&night, &[], &scored);
/// assert_eq!(summary.by_rules[0].plm.per_h(), Some(5.0));
/// assert_eq!(summary.by("aasm").unwrap().pi_wasm2016.value(), Some(1.0));
/// assert_eq!(summary.by_rules[0].stages, None);
/// ```
pub fn summarize(night: &Night, spans: &[Span], scored: &[ScoredNight]) -> NightSummary {
    NightSummary {
        time: time::analysed_time(night, spans),
        by_rules: scored
            .iter()
            .map(|scored| by_rules(night, spans, scored))
            .collect(),
    }
}

fn by_rules(night: &Night, spans: &[Span], scored: &ScoredNight) -> RuleSummary {
    let over = time::observed(spans, night.lights_out, night.lights_on);
    let movements = in_window(&scored.joined.movements, night);
    let alone = |(leg, list): &(Leg, ScoredList)| {
        let own = in_window(&list.movements, night);
        LegRates {
            leg: *leg,
            clm: rates::clm(own, over),
            plm: rates::plm(own, over),
        }
    };
    RuleSummary {
        rules: scored.joined.rules,
        lm: rates::lm(movements, over),
        clm: rates::clm(movements, over),
        non_clm: rates::non_clm(movements, over),
        plm: rates::plm(movements, over),
        plm_interval: within_night::within_night(movements, night, spans),
        short_interval_clm: rates::short_interval_clm(movements, over),
        isolated_clm: rates::isolated_clm(movements, over),
        n_passed_over: movements.iter().filter(|m| m.skipped).count(),
        sides: rates::by_side(movements, over),
        alone: scored.alone.iter().map(alone).collect(),
        stages: stages::by_stage(movements, night, spans),
        hours: hours::by_hour(movements, night, spans),
        halves: hours::halves(movements, night, spans),
        pi_wasm2016: periodicity_index::wasm2016(movements),
        pi_ferri2006: periodicity_index::ferri2006(movements),
        intervals: intervals::distribution(movements),
        clm_durations: durations::of(movements.iter().filter(|m| m.candidate)),
        plm_durations: durations::of(movements.iter().filter(|m| m.plm)),
        series: series::figures(movements),
    }
}

/// The movements with their onset from lights out (in it) to lights on (not in it); they are in order of onset.
pub fn in_window<'a>(movements: &'a [CandidateMovement], night: &Night) -> &'a [CandidateMovement] {
    let from = movements.partition_point(|m| m.onset < night.lights_out);
    let to = movements.partition_point(|m| m.onset < night.lights_on);
    &movements[from..to.max(from)]
}
