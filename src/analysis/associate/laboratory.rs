//! Laboratory values beside the nights of the weeks around them. A value or two a year allow no statistics: they are told as
//! they are, ferritin always with CRP beside it or with the word that it is missing.

use jiff::civil::Date;

use super::{AssociateParams, NightMeasures, Outcome};
use crate::model::diary::laboratory::days_apart;
use crate::model::diary::{Diary, LabResult, LabTest, LabValue, Rating};
use crate::signal::median_bootstrap::quantile_of_sorted;

/// CRP beside a ferritin: ferritin rises with inflammation, so alone it says little of iron.
#[derive(Debug, Clone, PartialEq)]
pub enum CrpBeside {
    /// The test is no ferritin.
    NotAsked,
    /// No CRP within a week: to be said wherever the ferritin stands.
    Missing,
    /// The CRP nearest in time.
    Known {
        /// Its result, in mg/L.
        result: LabResult,
        /// When it was taken.
        date: Date,
        /// Days between the two.
        days_apart: u32,
    },
}

/// How far a CRP may be taken from a ferritin to say anything of it: it falls by half in a day.
const NEAREST_CRP_DAYS: u32 = 7;

/// An outcome over the nights around a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// The outcome.
    pub outcome: Outcome,
    /// Nights with it.
    pub n: usize,
    /// Median; `None` without nights.
    pub median: Option<f64>,
    /// Lower and upper quartile.
    pub quartiles: Option<(f64, f64)>,
}

/// A laboratory value and the nights around it.
#[derive(Debug, Clone, PartialEq)]
pub struct AroundValue {
    /// The value.
    pub value: LabValue,
    /// Days before and after it.
    pub days: u32,
    /// Measures of nights, and the main rating, in those days.
    pub around: Vec<Around>,
    /// CRP, where the value is a ferritin.
    pub crp: CrpBeside,
}

/// Every value with its nights, in order of date.
pub fn around(
    params: &AssociateParams,
    measures: &[&str],
    nights: &[NightMeasures],
    diary: &Diary,
) -> Vec<AroundValue> {
    let rating = diary.main_rating();
    diary
        .laboratory
        .iter()
        .map(|value| {
            let near = |date: Date| days_apart(date, value.date) <= params.laboratory_days;
            let mut around: Vec<Around> = measures
                .iter()
                .enumerate()
                .map(|(column, measure)| {
                    let found = nights
                        .iter()
                        .filter(|night| near(night.date))
                        .filter_map(|night| *night.values.get(column)?)
                        .filter(|value| value.is_finite());
                    summary(Outcome::Measure((*measure).to_owned()), found.collect())
                })
                .collect();
            around.extend(
                rating.map(|rating| summary(Outcome::Rating(rating), ratings(diary, rating, near))),
            );
            AroundValue {
                value: value.clone(),
                days: params.laboratory_days,
                around,
                crp: crp_beside(value, diary),
            }
        })
        .collect()
}

/// One rating a day, as everywhere else.
fn ratings(diary: &Diary, rating: Rating, near: impl Fn(Date) -> bool) -> Vec<f64> {
    diary
        .entries
        .chunk_by(|a, b| a.date == b.date)
        .filter(|rows| rows.first().is_some_and(|row| near(row.date)))
        .filter_map(|rows| rows.iter().find_map(|row| row.ratings.value(rating)))
        .collect()
}

fn summary(outcome: Outcome, mut values: Vec<f64>) -> Around {
    values.sort_by(f64::total_cmp);
    Around {
        outcome,
        n: values.len(),
        median: quantile_of_sorted(&values, 0.5),
        quartiles: quantile_of_sorted(&values, 0.25).zip(quantile_of_sorted(&values, 0.75)),
    }
}

fn crp_beside(value: &LabValue, diary: &Diary) -> CrpBeside {
    if value.test != LabTest::Ferritin {
        return CrpBeside::NotAsked;
    }
    diary
        .laboratory
        .iter()
        .filter(|other| other.test == LabTest::Crp)
        .map(|crp| (days_apart(crp.date, value.date), crp))
        .filter(|(days, _)| *days <= NEAREST_CRP_DAYS)
        .min_by_key(|(days, _)| *days)
        .map_or(CrpBeside::Missing, |(days_apart, crp)| CrpBeside::Known {
            result: crp.result,
            date: crp.date,
            days_apart,
        })
}
