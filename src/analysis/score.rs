//! Scoring: from a list of leg movements (LM) to candidates (CLM), inter-movement intervals (IMI) and series of
//! periodic leg movements (PLM).
//!
//! The steps are those of every published standard, in its order: pieces of one leg are [merged](merge), the legs are
//! [joined](join), [candidates](candidate) are told from the rest, intervals between candidates are measured and runs
//! of them become [series](series). What differs between standards is data in [`rules`].
//!
//! It reads events, never samples, so a list from a sleep laboratory is scored by the same code. Times are integers:
//! with f64 seconds 0.6 % of intervals of exactly 90 s come out too long, and a whole series is lost with them.
//!
//! Implemented from published summaries and from programs that implement the standards (PLMScoRe, Luna, MATPLM,
//! SOMAS); each disputed point is a named option.
//!
//! ```
//! use jiff::SignedDuration;
//! use legtrace::analysis::score::{rules, score};
//! use legtrace::model::body::Leg;
//! use legtrace::model::movement::{LegMovement, MovementClass};
//!
//! let every_twenty_seconds: Vec<LegMovement> = (0..5)
//!     .map(|n| LegMovement {
//!         leg: Leg::Left,
//!         onset: SignedDuration::from_secs(20 * n),
//!         end: SignedDuration::from_secs(20 * n + 2),
//!         class: MovementClass::LegMovement,
//!         features: None,
//!     })
//!     .collect();
//! let scored = score(&every_twenty_seconds, &rules::wasm2016(), &[]);
//! assert_eq!(scored.n_plm(), 5);
//! assert_eq!(scored.movements[4].why.to_string(), "series of 5");
//! ```

mod by_chance;
mod candidate;
mod join;
mod merge;
mod restart;
pub mod rules;
mod series;

use crate::model::movement::LegMovement;
use crate::model::scored::ScoredList;
use crate::model::span::Span;

pub use by_chance::{ByChance, WITHIN_S, by_chance};
pub use rules::ScoringRules;

/// Scores a list of movements by one rule set.
///
/// `movements` may come in any order, overlap and repeat; an end before its onset is taken as the onset. Of `spans`,
/// gaps and off-leg stretches matter, and only where the rules [restart](rules::AtGaps::Restart) there.
///
/// Every movement of the list is in exactly one of [`ScoredList::movements`] (as a source) and
/// [`ScoredList::left_out`]. Cost is that of sorting the list.
pub fn score(movements: &[LegMovement], rules: &ScoringRules, spans: &[Span]) -> ScoredList {
    let (mut components, mut left_out) = merge::merge(movements, rules);
    candidate::drop_what_is_no_movement(&mut components, rules, &mut left_out);
    let mut judged = candidate::judge(join::join(components, rules), rules);
    let series = series::find(&mut judged, rules, &restart::Restarts::new(spans, rules));
    for movement in &mut judged {
        let onset_of = |&source: &usize| (movements[source].onset, source);
        movement.sources.sort_by_key(onset_of);
    }
    left_out.sort_by_key(|left| left.source);
    ScoredList {
        rules: rules.name,
        movements: judged,
        series,
        left_out,
    }
}

/// Every standard's first step by itself: the movements of each leg with their pieces merged, left leg first, each in
/// order of onset. Movements that scoring leaves out (knocks, the body's) are not among them; short and long ones are.
///
/// ```
/// use jiff::SignedDuration;
/// use legtrace::analysis::score::{merged, rules};
/// use legtrace::model::body::Leg;
/// use legtrace::model::movement::{LegMovement, MovementClass};
///
/// let twitch = |onset_ms, end_ms| LegMovement {
///     leg: Leg::Left,
///     onset: SignedDuration::from_millis(onset_ms),
///     end: SignedDuration::from_millis(end_ms),
///     class: MovementClass::LegMovement,
///     features: None,
/// };
/// let whole = merged(&[twitch(0, 300), twitch(500, 800)], &rules::wasm2016());
/// assert_eq!(whole, [twitch(0, 800)]);
/// ```
pub fn merged(movements: &[LegMovement], rules: &ScoringRules) -> Vec<LegMovement> {
    let (components, _) = merge::merge(movements, rules);
    let whole = components.into_iter().map(|component| LegMovement {
        leg: component.leg,
        onset: component.onset,
        end: component.end,
        class: component
            .never
            .unwrap_or(movements[component.sources[0]].class),
        features: None,
    });
    whole.collect()
}
