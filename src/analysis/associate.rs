//! Severity and factors beside nights: which go together, how sure that is, and what is not known.
//!
//! All questions are fixed before the first is answered: each measure of a night against each rating, of the same night and of
//! the next day; each factor of a day against the first measure and the main rating. Every answer is told with the number of
//! nights and an interval, corrected for drift over the dates and for the number of questions. Below ten nights no answer is
//! given. Nothing here is a cause, and that nothing was seen is the usual answer (with IRLS, r = 0.4 in one study of
//! 30 people, none in two of 113 and 354).

pub mod factor;
pub mod laboratory;
pub mod many;
pub mod more_nights;
pub mod rank;
pub mod shift;

mod question;

use std::{error, fmt};

use jiff::civil::Date;

use crate::model::diary::{Diary, Rating};

use factor::Comparison;
use laboratory::AroundValue;

/// Which day's rating stands beside a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lag {
    /// The row of the night itself.
    SameNight,
    /// The row of the evening after it: how the day went that followed.
    NextDay,
}

impl Lag {
    /// Both, in the order of the tables.
    pub const ALL: [Self; 2] = [Self::SameNight, Self::NextDay];

    /// `same_night` or `next_day`.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameNight => "same_night",
            Self::NextDay => "next_day",
        }
    }
}

/// What the analysis may be told; the defaults are meant to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct AssociateParams {
    /// Which days' ratings are asked about. Default: both.
    pub lags: Vec<Lag>,
    /// Confidence level of intervals, between 0.5 and 1. Default 0.95.
    pub level: f64,
    /// Fewest pairs, or nights of both sides together, for an answer. Default 10: with 7 pairs the interval of a rho of 0.4 runs
    /// from -0.55 to 0.90.
    pub fewest: usize,
    /// Fewest nights on either side of a comparison. Default 3.
    pub fewest_a_side: usize,
    /// Resamples of a bootstrap. Default 2,000: the ends then move by some hundredths from seed to seed.
    pub resamples: u32,
    /// Shuffles of a permutation test. Default 9,999: p is known to 0.0001 at best.
    pub permutations: u32,
    /// Seed of both. The same study gives the same figures on every machine.
    pub seed: u64,
    /// Days before and after a laboratory value whose nights are set beside it. Default 14.
    pub laboratory_days: u32,
    /// Half width at which an interval of rho is called useful. Default 0.3: it tells 0.4 from -0.2.
    pub useful_half_width: f64,
    /// The same for a difference, in units of the scatter of single nights. Default 0.5, by convention a middling effect.
    pub useful_share_of_scatter: f64,
}

impl Default for AssociateParams {
    fn default() -> Self {
        Self {
            lags: Lag::ALL.to_vec(),
            level: 0.95,
            fewest: 10,
            fewest_a_side: 3,
            resamples: 2_000,
            permutations: 9_999,
            seed: 1_685, // Willis' first description of the complaint, in print
            laboratory_days: 14,
            useful_half_width: 0.3,
            useful_share_of_scatter: 0.5,
        }
    }
}

/// A parameter out of its bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamError {
    /// Which.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Its bounds, in words.
    pub bounds: &'static str,
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is {}, and must be {}",
            self.name, self.value, self.bounds
        )
    }
}

impl error::Error for ParamError {}

/// A night and its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct NightMeasures {
    /// Date of the evening on which it begins.
    pub date: Date,
    /// Its measures in the order of the names given beside it; `None` where there is none.
    pub values: Vec<Option<f64>>,
}

/// What is asked about.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A measure of nights, by its name.
    Measure(String),
    /// A rating.
    Rating(Rating),
}

impl Outcome {
    /// As in tables.
    pub fn name(&self) -> &str {
        match self {
            Self::Measure(name) => name,
            Self::Rating(rating) => rating.name(),
        }
    }
}

/// What may be said in a sentence, before it has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Too few nights for any answer.
    TooFew {
        /// Nights there are.
        have: usize,
        /// Nights it takes.
        need: usize,
    },
    /// One side never varies: there is nothing to compare.
    NothingVaries,
    /// Nothing was seen beyond chance, after correction: the usual answer. It does not show that there is nothing.
    NotSeen,
    /// They go together beyond chance, after correction. That is no cause.
    Seen(Direction),
}

/// Which way two things go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Higher with higher, or higher with the factor.
    Higher,
    /// Lower.
    Lower,
}

/// The probability below which, after correction, something is told as seen.
pub const SEEN_BELOW: f64 = 0.05;

/// A night beside a rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Index into the nights given.
    pub night: usize,
    /// Date of its evening.
    pub date: Date,
    /// The measure.
    pub value: f64,
    /// The rating.
    pub rated: f64,
}

/// Spearman's rho of at least so many pairs as are needed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// Rank correlation as it stands.
    pub rho: f64,
    /// Its bootstrap interval.
    pub interval: Option<(f64, f64)>,
    /// With the date held fixed: what is left when drift over the dates is taken out of both. `None` where nothing is left.
    pub without_drift: Option<f64>,
    /// Its bootstrap interval.
    pub without_drift_interval: Option<(f64, f64)>,
    /// Probability by lot, of the rho as it stands.
    pub p_plain: f64,
    /// Probability by lot with drift taken out: the one that counts.
    pub p: f64,
    /// The same, corrected for the number of questions.
    pub p_corrected: f64,
}

/// A measure against a rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// The measure's name.
    pub measure: String,
    /// The rating.
    pub rating: Rating,
    /// Which day's.
    pub lag: Lag,
    /// The pairs, in order of date.
    pub pairs: Vec<Pair>,
    /// The answer; `None` below the fewest pairs, or where one side does not vary.
    pub found: Option<Correlation>,
    /// How many more nights would make the interval useful; 0 when it is.
    pub more_nights: u32,
    /// What may be said.
    pub told: Told,
}

/// All answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Associations {
    /// Measures against ratings.
    pub associations: Vec<Association>,
    /// Factors against the first measure and the main rating.
    pub comparisons: Vec<Comparison>,
    /// Laboratory values beside the weeks around them.
    pub laboratory: Vec<AroundValue>,
    /// Questions that were answered, and for which probabilities were corrected.
    pub questions: usize,
}

/// Answers the questions of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Associator {
    params: AssociateParams,
}

impl Associator {
    /// Checks the parameters.
    pub fn plan(params: AssociateParams) -> Result<Self, ParamError> {
        let checks = [
            (
                "level",
                params.level,
                params.level > 0.5 && params.level < 1.0,
                "between 0.5 and 1",
            ),
            (
                "fewest",
                params.fewest as f64,
                params.fewest >= 4,
                "at least 4",
            ),
            (
                "fewest_a_side",
                params.fewest_a_side as f64,
                params.fewest_a_side >= 1,
                "at least 1",
            ),
            (
                "resamples",
                f64::from(params.resamples),
                (100..=1_000_000).contains(&params.resamples),
                "100 to 1,000,000",
            ),
            (
                "permutations",
                f64::from(params.permutations),
                (99..=10_000_000).contains(&params.permutations),
                "99 to 10,000,000",
            ),
            (
                "useful_half_width",
                params.useful_half_width,
                params.useful_half_width > 0.0 && params.useful_half_width < 1.0,
                "between 0 and 1",
            ),
            (
                "useful_share_of_scatter",
                params.useful_share_of_scatter,
                params.useful_share_of_scatter > 0.0 && params.useful_share_of_scatter.is_finite(),
                "above 0",
            ),
        ];
        match checks.into_iter().find(|(_, _, holds, _)| !holds) {
            None => Ok(Self { params }),
            Some((name, value, _, bounds)) => Err(ParamError {
                name,
                value,
                bounds,
            }),
        }
    }

    /// Answers all questions. `measures` names the values of the nights; the first is the one that factors are asked about.
    ///
    /// Every answer depends on its own nights and the seed alone, so a column more or less in the diary changes no other figure
    /// but the corrected probabilities.
    pub fn associate(
        &self,
        measures: &[&str],
        nights: &[NightMeasures],
        diary: &Diary,
    ) -> Associations {
        let mut associations =
            question::measures_and_ratings(&self.params, measures, nights, diary);
        let mut comparisons = factor::comparisons(&self.params, measures, nights, diary);
        let mut p: Vec<&mut f64> = Vec::new();
        for association in &mut associations {
            if let Some(found) = &mut association.found {
                p.push(&mut found.p_corrected);
            }
        }
        for comparison in &mut comparisons {
            if let Some(found) = &mut comparison.found {
                p.push(&mut found.p_corrected);
            }
        }
        let raw: Vec<f64> = p.iter().map(|p| **p).collect();
        let questions = raw.len();
        for (place, corrected) in p.into_iter().zip(many::benjamini_hochberg(&raw)) {
            *place = corrected;
        }
        for association in &mut associations {
            association.tell(&self.params);
        }
        for comparison in &mut comparisons {
            comparison.tell(&self.params);
        }
        Associations {
            associations,
            comparisons,
            laboratory: laboratory::around(&self.params, measures, nights, diary),
            questions,
        }
    }
}

impl Association {
    /// Settles what may be said once probabilities are corrected.
    fn tell(&mut self, params: &AssociateParams) {
        self.told = match &self.found {
            None if self.pairs.len() < params.fewest => Told::TooFew {
                have: self.pairs.len(),
                need: params.fewest,
            },
            None => Told::NothingVaries,
            Some(found) if found.p_corrected < SEEN_BELOW => {
                Told::Seen(direction(found.without_drift.unwrap_or(found.rho)))
            }
            Some(_) => Told::NotSeen,
        };
    }
}

fn direction(of: f64) -> Direction {
    if of < 0.0 {
        Direction::Lower
    } else {
        Direction::Higher
    }
}
