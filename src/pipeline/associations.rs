//! The diary beside the nights: questions fixed beforehand, answered, as rows.

use jiff::civil::Date;

use super::rows;
use crate::analysis::associate::{AssociateParams, Associator, NightMeasures};
use crate::error::{Error, Kind};
use crate::model::diary::{Diary, LabTest};
use crate::model::study::StudySummary;
use crate::output::rows::{ComparisonRow, FactorRow, NightRow, StudyRows};
use crate::output::words::Words;

/// The measures of a night that ratings are held against, fixed before looking: the index, its regularity, all leg
/// movements, and the index of the first half of the night, in which restless legs are told to be worst. Factors are held
/// against the first. More of them would cost every answer, since each question corrects the others.
pub const MEASURES: [&str; 4] = [
    "plm_per_h",
    "periodicity_index_ferri",
    "lm_per_h",
    "plm_per_h_first_half",
];

fn measures(night: &NightRow) -> Vec<Option<f64>> {
    vec![
        night.plm_per_h,
        night.periodicity_index_ferri,
        night.lm_per_h,
        night.plm_per_h_first_half,
    ]
}

/// Fills the rows of a study with everything that the diary brings. The nights are those behind the figures of the
/// summary; of two on one date, the one with more hours analysed.
///
/// # Errors
/// When a parameter of the associations is out of bounds.
pub fn fill(
    rows: &mut StudyRows,
    summary: &StudySummary,
    diary: &Diary,
    words: &Words,
) -> Result<(), Error> {
    let (ids, nights) = dated(&rows.nights, summary);
    let answers = Associator::plan(AssociateParams::default())
        .map_err(|error| Error::new(Kind::Usage, "associate", format!("{error}.")))?
        .associate(&MEASURES, &nights, diary);
    let main = diary.main_rating();
    let mut associations: Vec<_> = answers.associations.iter().collect();
    associations.sort_by_key(|of| Some(of.rating) != main);
    rows.pairs = associations
        .iter()
        .flat_map(|of| rows::pair_rows(of, &ids))
        .collect();
    rows.associations = associations
        .iter()
        .map(|of| rows::association_row(of, words))
        .collect();
    rows.comparisons = answers
        .comparisons
        .iter()
        .map(|of| rows::comparison_row(of, words))
        .collect();
    rows.laboratory = answers
        .laboratory
        .iter()
        .flat_map(|of| rows::laboratory_rows(of, words))
        .collect();
    rows.ratings = rows::rating_rows(diary, &rows.nights);
    rows.events = rows::event_rows(diary, words);
    rows.factors = in_order(rows::factor_rows(diary), rows);
    Ok(())
}

/// Identifiers and measures of the nights, in order of date.
fn dated(nights: &[NightRow], summary: &StudySummary) -> (Vec<String>, Vec<NightMeasures>) {
    let mut used: Vec<(Date, &NightRow)> = nights
        .iter()
        .filter(|night| summary.uses(&night.night))
        .filter_map(|night| Some((night.date?, night)))
        .collect();
    used.sort_by(|(a, x), (b, y)| a.cmp(b).then(y.analysed_h.total_cmp(&x.analysed_h)));
    used.dedup_by_key(|(date, _)| *date);
    used.into_iter()
        .map(|(date, night)| {
            let values = measures(night);
            (night.night.clone(), NightMeasures { date, values })
        })
        .unzip()
}

/// Factors that stand before the laboratory tests; charts have room for six in all.
const FIRST: usize = 3;

/// The factors in the order in which charts take them: those with the most nights on their smaller side, since that is
/// how much they can tell and no choice by what they tell; after the first three the laboratory tests, then the rest.
fn in_order(mut factors: Vec<FactorRow>, rows: &StudyRows) -> Vec<FactorRow> {
    let balance = |factor: &FactorRow| {
        let names = |row: &ComparisonRow| match row.factor.strip_prefix(&factor.factor) {
            // Of a column of two words the comparison names one.
            Some(rest) => rest.is_empty() || rest.starts_with(": "),
            None => false,
        };
        let of = rows
            .comparisons
            .iter()
            .find(|row| row.measure == MEASURES[0] && row.kind == factor.kind && names(row));
        of.map_or(0, |row| row.n_with.min(row.n_without))
    };
    let mut names: Vec<(String, String, u32)> = Vec::new();
    for factor in factors.iter().filter(|row| row.kind != "laboratory") {
        if !names
            .iter()
            .any(|(name, kind, _)| *name == factor.factor && *kind == factor.kind)
        {
            names.push((factor.factor.clone(), factor.kind.clone(), balance(factor)));
        }
    }
    names.sort_by_key(|(.., nights)| std::cmp::Reverse(*nights));
    let tests = LabTest::ALL.len();
    let place = |row: &FactorRow| {
        if row.kind == "laboratory" {
            let test = LabTest::ALL
                .iter()
                .position(|test| test.name() == row.factor);
            return FIRST + test.unwrap_or(tests);
        }
        let at = names
            .iter()
            .position(|(name, kind, _)| *name == row.factor && *kind == row.kind)
            .unwrap_or(names.len());
        if at < FIRST { at } else { at + tests + 1 }
    };
    factors.sort_by_key(place);
    factors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_columns_of_nights_in_the_order_of_their_names() {
        use crate::output::rows::{Cell, Row};
        let night = NightRow {
            plm_per_h: Some(1.0),
            periodicity_index_ferri: Some(2.0),
            lm_per_h: Some(3.0),
            plm_per_h_first_half: Some(4.0),
            ..NightRow::default()
        };
        let values = measures(&night);
        assert_eq!(values.len(), MEASURES.len());
        for (name, value) in MEASURES.iter().zip(values) {
            let at = NightRow::COLUMNS
                .iter()
                .position(|column| column.name == *name);
            assert_eq!(
                at.map(|at| night.cell(at)),
                value.map(Cell::Number),
                "{name}"
            );
        }
    }
}
