//! Published standards as data: limits are fields, differences in logic are enums.
//!
//! Every rule set is a file `<name>_<year>.rs` and a line in [`ALL`].

mod aasm_2007;
mod coleman_1982;
mod ferri_2015;
mod wasm_2006;
mod wasm_2016;

use jiff::SignedDuration;

use crate::model::movement::ShortGross;

pub use aasm_2007::aasm;
pub use coleman_1982::coleman;
pub use ferri_2015::alt1;
pub use wasm_2006::wasm2006;
pub use wasm_2016::wasm2016;

/// All rule sets, the default first.
pub const ALL: [fn() -> ScoringRules; 5] = [wasm2016, aasm, wasm2006, alt1, coleman];

/// The rule set of that name: `wasm2016`, `aasm`, `wasm2006`, `alt1` or `coleman`.
///
/// ```
/// use legtrace::analysis::score::rules::by_name;
/// assert_eq!(by_name("aasm").unwrap().series_length, 4);
/// assert!(by_name("aasm2030").is_none());
/// ```
pub fn by_name(name: &str) -> Option<ScoringRules> {
    ALL.iter()
        .map(|make| make())
        .find(|rules| rules.name == name)
}

/// A standard for scoring leg movements. Every limit is inclusive unless its field says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoringRules {
    /// Short name, as on the command line and in tables.
    pub name: &'static str,
    /// Where it is published.
    pub citation: &'static str,
    /// Movements of one leg less than this apart (end to onset, exclusive) are one.
    pub merge_within: SignedDuration,
    /// Shortest leg movement, after merging.
    pub shortest: SignedDuration,
    /// Longest candidate of one leg, and longest component of a joined one.
    pub longest: SignedDuration,
    /// How a left and a right movement become one.
    pub joining: Joining,
    /// What becomes of leg movements that are no candidates.
    pub non_candidates: NonCandidates,
    /// Shortest periodic interval, onset to onset.
    pub shortest_interval: SignedDuration,
    /// Longest periodic interval, onset to onset.
    pub longest_interval: SignedDuration,
    /// What a candidate does that comes too soon.
    pub short_interval: ShortInterval,
    /// Whether a candidate that came too soon may be the first of a series.
    pub short_start: ShortStart,
    /// Fewest movements that make a series.
    pub series_length: usize,
    /// What a gap in the recording does.
    pub gaps: AtGaps,
    /// What becomes of short gross and posture movements, which an EMG would not tell from leg movements.
    pub short_gross: ShortGross,
}

/// How a left and a right leg movement become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// WASM: they overlap, or the later begins less than `within` after the earlier ends; transitive.
    ByGap {
        /// Largest distance from end to onset, exclusive.
        within: SignedDuration,
        /// Longest joined candidate, onset to end.
        longest: SignedDuration,
        /// Most components of a joined candidate; `None` for no limit.
        components: Option<usize>,
    },
    /// AASM: the very next movement, if it is of the other leg and begins less than `within` after this one's onset.
    /// Both are then used up.
    NextOnset {
        /// Largest distance from onset to onset, exclusive.
        within: SignedDuration,
    },
}

/// What becomes of leg movements that are no candidates (too long, too many components, rhythmic).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NonCandidates {
    /// Listed; no interval is measured across them, and they end a series.
    BreakSeries,
    /// Listed; they break nothing.
    Ignored,
    /// No leg movements at all: taken out, leg by leg, before the legs are joined.
    LeftOut,
}

/// What a candidate does whose interval is below the shortest periodic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortInterval {
    /// It ends the series and may open the next.
    EndsSeries,
    /// It is passed over: the next interval runs from the last candidate that was kept.
    PassedOver,
}

impl ShortInterval {
    /// `break` or `skip`, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::EndsSeries => "break",
            Self::PassedOver => "skip",
        }
    }

    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::EndsSeries, Self::PassedOver]
            .into_iter()
            .find(|choice| choice.name() == name)
    }
}

/// Whether a candidate after a short interval may be the first of a series. WASM 2016 can be read either way:
/// PLMScoRe, Luna, MATPLM and CCS-Sleep allow it, SOMAS does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortStart {
    /// It may.
    Allow,
    /// It may not; the next candidate may, if its own interval is in range.
    Forbid,
}

impl ShortStart {
    /// `allow` or `forbid`, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Forbid => "forbid",
        }
    }

    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Allow, Self::Forbid]
            .into_iter()
            .find(|choice| choice.name() == name)
    }
}

/// What a gap in the recording does. No standard speaks of gaps; a movement in one would not have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtGaps {
    /// No interval is measured across it, and series end.
    Restart,
    /// Nothing.
    Ignore,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for make in ALL {
            let rules = make();
            assert_eq!(by_name(rules.name), Some(rules.clone()));
            assert!(rules.shortest <= rules.longest);
            assert!(rules.shortest_interval <= rules.longest_interval);
        }
    }

    #[test]
    fn options_lead_back_from_their_names() {
        for choice in [ShortStart::Allow, ShortStart::Forbid] {
            assert_eq!(ShortStart::from_name(choice.name()), Some(choice));
        }
        for choice in [ShortInterval::EndsSeries, ShortInterval::PassedOver] {
            assert_eq!(ShortInterval::from_name(choice.name()), Some(choice));
        }
    }
}
