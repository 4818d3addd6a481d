//! A movement list after scoring: joined movements, candidates (CLM), series of periodic movements (PLM).

pub mod why;

use jiff::SignedDuration;

use super::body::Side;

pub use why::Why;

/// A movement as a standard sees it: one leg's, or both legs' joined.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateMovement {
    /// Onset: the earliest of its components.
    pub onset: SignedDuration,
    /// End: the latest of its components.
    pub end: SignedDuration,
    /// Left, right or both.
    pub side: Side,
    /// Indices of the movements in the list that was scored, in order of onset. Same-leg pieces merged into one
    /// component appear each.
    pub sources: Vec<usize>,
    /// How many leg movements it joins, after pieces of one leg were merged.
    pub components: usize,
    /// A candidate leg movement (CLM) by the standard.
    pub candidate: bool,
    /// Passed over because it came too soon after the last kept one (AASM).
    pub skipped: bool,
    /// A periodic leg movement (PLM).
    pub plm: bool,
    /// Number of its series, from 1.
    pub series: Option<u32>,
    /// Onset-to-onset interval to the candidate before (IMI), where it is measured.
    pub interval: Option<SignedDuration>,
    /// Why it is what it is: `IMI 8.3 s`, `longer than 10 s`, `series of 5`.
    pub why: Why,
}

impl CandidateMovement {
    /// From onset to end.
    pub fn duration(&self) -> SignedDuration {
        self.end - self.onset
    }
}

/// A movement of the list that the standard does not see at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its index in the list that was scored.
    pub source: usize,
    /// Why: `shorter than 0.5 s`, `knock: not scored`, …
    pub why: Why,
}

/// A run of at least four candidates at periodic intervals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlmSeries {
    /// Number, from 1.
    pub number: u32,
    /// Onset of its first movement.
    pub start: SignedDuration,
    /// End of its last movement.
    pub end: SignedDuration,
    /// Indices of its movements in [`ScoredList::movements`].
    pub members: Vec<usize>,
}

/// A movement list scored by one rule set.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredList {
    /// Name of the rule set: `wasm2016`, `aasm`, …
    pub rules: &'static str,
    /// Joined movements in order of onset.
    pub movements: Vec<CandidateMovement>,
    /// Series in order of start.
    pub series: Vec<PlmSeries>,
    /// What is in the list and not in `movements`, in the order of the list: every movement is in one of the two, once.
    pub left_out: Vec<LeftOut>,
}

impl ScoredList {
    /// Number of leg movements (LM) after joining, candidates or not.
    pub fn n_lm(&self) -> usize {
        self.movements.len()
    }

    /// Number of candidate leg movements (CLM), passed-over ones included.
    pub fn n_clm(&self) -> usize {
        self.movements.iter().filter(|m| m.candidate).count()
    }

    /// Number of periodic leg movements (PLM).
    pub fn n_plm(&self) -> usize {
        self.movements.iter().filter(|m| m.plm).count()
    }
}
