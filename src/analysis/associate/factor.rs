//! Factors against nights: with and without, above and below, before and after.

mod series;

use jiff::civil::Date;

use super::question::{correlation, day_number, seed_of};
use super::shift::{self, Shift, Sided};
use super::{
    AssociateParams, Correlation, NightMeasures, Outcome, SEEN_BELOW, Told, direction, more_nights,
};
use crate::model::diary::Diary;
use crate::signal::median_bootstrap::quantile_of_sorted;

pub use series::{FactorSeries, FactorSource, series};
use series::{by_day, laboratory_series};

/// How nights were told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Split {
    /// With any of it against with none.
    WithWithout,
    /// Above this value, its own median, against at most this value.
    AboveBelow(f64),
    /// As [`Split::WithWithout`] or [`Split::AboveBelow`], but all nights of one side lie before all of the other: what else changed
    /// in that time cannot be told from the factor.
    BeforeAfter(f64),
}

impl Split {
    /// As in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::WithWithout => "with_without",
            Self::AboveBelow(_) => "above_below",
            Self::BeforeAfter(_) => "before_after",
        }
    }
}

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// How many nights.
    pub n: usize,
    /// Median of the outcome; `None` without nights.
    pub median: Option<f64>,
}

/// What enough nights say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// With less without, as it stands.
    pub plain: Shift,
    /// The same with drift over the dates taken out: the one that counts.
    pub without_drift: Shift,
    /// The rank correlation of the factor's values with the outcome, whose permutation test is that of the comparison. With yes
    /// and no it is the rank-sum test.
    pub correlation: Correlation,
    /// Probability by lot with drift taken out.
    pub p: f64,
    /// The same, corrected for the number of questions.
    pub p_corrected: f64,
}

/// A factor against an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The outcome.
    pub outcome: Outcome,
    /// The factor.
    pub factor: String,
    /// What kind of thing it is.
    pub source: FactorSource,
    /// How nights were told apart; `None` when all are alike.
    pub split: Option<Split>,
    /// Nights with it.
    pub with: Side,
    /// The other nights.
    pub without: Side,
    /// The answer; `None` where nights are too few or all alike.
    pub found: Option<Difference>,
    /// How many more nights, in the same mixture, would make the interval useful; `None` when that cannot be told.
    pub more_nights: Option<u32>,
    /// What may be said.
    pub told: Told,
}

impl Comparison {
    /// Settles what may be said once probabilities are corrected.
    pub(super) fn tell(&mut self, params: &AssociateParams) {
        let have = self.with.n + self.without.n;
        self.told = match &self.found {
            Some(found) if found.p_corrected < SEEN_BELOW => {
                Told::Seen(direction(found.without_drift.by))
            }
            Some(_) => Told::NotSeen,
            None if have >= params.fewest && self.split.is_none() => Told::NothingVaries,
            None => Told::TooFew {
                have: if have < params.fewest {
                    have
                } else {
                    self.with.n.min(self.without.n)
                },
                need: if have < params.fewest {
                    params.fewest
                } else {
                    params.fewest_a_side
                },
            },
        };
    }
}

/// Every factor against the first measure and the main rating; a laboratory test is one where it was done on most nights.
pub fn comparisons(
    params: &AssociateParams,
    measures: &[&str],
    nights: &[NightMeasures],
    diary: &Diary,
) -> Vec<Comparison> {
    let mut outcomes: Vec<(Outcome, Vec<(Date, f64)>)> = Vec::new();
    if let Some(first) = measures.first() {
        let mut days: Vec<(Date, f64)> = nights
            .iter()
            .filter_map(|night| {
                Some((
                    night.date,
                    (*night.values.first()?).filter(|value| value.is_finite())?,
                ))
            })
            .collect();
        days.sort_by_key(|(date, _)| *date);
        outcomes.push((Outcome::Measure((*first).to_owned()), days));
    }
    if let Some(rating) = diary.main_rating() {
        let days = by_day(diary, |entry| entry.ratings.value(rating));
        outcomes.push((Outcome::Rating(rating), days));
    }
    let is_daily = |test: &FactorSeries| {
        outcomes
            .iter()
            .any(|(_, days)| is_on_most(params, test, days))
    };
    let mut factors = series(diary);
    factors.extend(laboratory_series(diary).into_iter().filter(is_daily));
    factors
        .iter()
        .flat_map(|factor| {
            outcomes
                .iter()
                .map(move |(outcome, days)| compare(params, factor, outcome, days))
        })
        .collect()
}

/// Whether a test was done on enough days of an outcome for an answer, and on more than half of them. A value or two a year
/// are told beside the weeks around them instead.
fn is_on_most(params: &AssociateParams, test: &FactorSeries, days: &[(Date, f64)]) -> bool {
    let both = days
        .iter()
        .filter(|(date, _)| test.on(*date).is_some())
        .count();
    both >= params.fewest && 2 * both > days.len()
}

/// One factor against one outcome.
fn compare(
    params: &AssociateParams,
    factor: &FactorSeries,
    outcome: &Outcome,
    days: &[(Date, f64)],
) -> Comparison {
    let joined: Vec<(Date, f64, f64)> = days
        .iter()
        .filter_map(|(date, value)| Some((*date, factor.on(*date)?, *value)))
        .collect();
    let cut = cut(&joined);
    let sided: Vec<Sided> = joined
        .iter()
        .map(|(date, amount, value)| Sided {
            day: day_number(*date),
            value: *value,
            // Where all are alike they are all with it, or all without.
            with: *amount > cut.map_or(0.0, |(cut, _)| cut),
        })
        .collect();
    let side = |with: bool| {
        let mut values: Vec<f64> = sided
            .iter()
            .filter(|night| night.with == with)
            .map(|night| night.value)
            .collect();
        values.sort_by(f64::total_cmp);
        Side {
            n: values.len(),
            median: quantile_of_sorted(&values, 0.5),
        }
    };
    let (with, without) = (side(true), side(false));
    let enough = sided.len() >= params.fewest && with.n.min(without.n) >= params.fewest_a_side;
    let found = if enough {
        difference(params, factor, outcome, &joined, &sided)
    } else {
        None
    };
    let more_nights = found.as_ref().and_then(|found| {
        let (low, high) = found.without_drift.interval?;
        let wanted = params.useful_share_of_scatter * scatter(&sided, found.without_drift.by)?;
        let needed = more_nights::nights_for(sided.len(), (high - low) / 2.0, wanted)?;
        Some(needed.saturating_sub(u32::try_from(sided.len()).unwrap_or(u32::MAX)))
    });
    Comparison {
        outcome: outcome.clone(),
        factor: factor.name.clone(),
        source: factor.source,
        split: cut.map(|(cut, by_any)| split(cut, by_any, &sided)),
        with,
        without,
        found,
        more_nights,
        told: Told::NotSeen,
    }
}

/// Where nights part: at 0 where some have none of it, else at the median; and whether it is at 0. `None` when all are alike.
fn cut(joined: &[(Date, f64, f64)]) -> Option<(f64, bool)> {
    let mut amounts: Vec<f64> = joined.iter().map(|(_, amount, _)| *amount).collect();
    amounts.sort_by(f64::total_cmp);
    let (least, most) = (*amounts.first()?, *amounts.last()?);
    if least == most {
        return None;
    }
    if least == 0.0 {
        return Some((0.0, true));
    }
    let median = quantile_of_sorted(&amounts, 0.5)?;
    // With many equal values the median may be the largest: then the largest stand against the rest.
    let cut = if median < most {
        median
    } else {
        amounts.iter().copied().rfind(|amount| *amount < most)?
    };
    Some((cut, false))
}

fn split(cut: f64, by_any: bool, sided: &[Sided]) -> Split {
    let reach = |with: bool| {
        let days = sided
            .iter()
            .filter(move |night| night.with == with)
            .map(|night| night.day);
        (
            days.clone().fold(f64::INFINITY, f64::min),
            days.fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let (with, without) = (reach(true), reach(false));
    if with.1 < without.0 || without.1 < with.0 {
        Split::BeforeAfter(cut)
    } else if by_any {
        Split::WithWithout
    } else {
        Split::AboveBelow(cut)
    }
}

fn difference(
    params: &AssociateParams,
    factor: &FactorSeries,
    outcome: &Outcome,
    joined: &[(Date, f64, f64)],
    sided: &[Sided],
) -> Option<Difference> {
    let amounts: Vec<f64> = joined.iter().map(|(_, amount, _)| *amount).collect();
    let values: Vec<f64> = joined.iter().map(|(.., value)| *value).collect();
    let dates: Vec<Date> = joined.iter().map(|(date, ..)| *date).collect();
    let seed = seed_of(
        params.seed,
        &[factor.source.name(), &factor.name, outcome.name()],
    );
    let correlation = correlation(params, &amounts, &values, &dates, seed)?;
    Some(Difference {
        plain: shift::plain(sided, params.level)?,
        without_drift: shift::without_drift(sided, params.level)?,
        correlation,
        p: correlation.p,
        p_corrected: correlation.p,
    })
}

/// How far single nights of a side lie from its middle: 1.4826 times the median distance from the median, both sides taken
/// together once the difference between them is taken out; `None` when it is 0.
fn scatter(sided: &[Sided], by: f64) -> Option<f64> {
    let mut values: Vec<f64> = sided
        .iter()
        .map(|night| {
            if night.with {
                night.value - by
            } else {
                night.value
            }
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let middle = quantile_of_sorted(&values, 0.5)?;
    let mut distances: Vec<f64> = values.iter().map(|value| (value - middle).abs()).collect();
    distances.sort_by(f64::total_cmp);
    let scatter = 1.4826 * quantile_of_sorted(&distances, 0.5)?;
    (scatter > 0.0).then_some(scatter)
}
