//! Answers as rows: pairs, associations, comparisons, laboratory values, each with its sentence.

use crate::analysis::associate::factor::{Comparison, Difference, Split};
use crate::analysis::associate::laboratory::{Around, AroundValue, CrpBeside};
use crate::analysis::associate::shift::Shift;
use crate::analysis::associate::{Association, Direction, Told};
use crate::output::rows::{AssociationRow, ComparisonRow, LaboratoryRow, PairRow, Row};
use crate::output::sentences;
use crate::output::words::Words;

/// The pairs of a question; `nights` are the identifiers of the nights that were given to it.
pub fn pair_rows(of: &Association, nights: &[String]) -> Vec<PairRow> {
    of.pairs
        .iter()
        .filter_map(|pair| {
            Some(PairRow {
                measure: of.measure.clone(),
                rating: of.rating.name().to_owned(),
                lag: of.lag.name().to_owned(),
                night: nights.get(pair.night)?.clone(),
                date: Some(pair.date),
                value: pair.value,
                rated: pair.rated,
            })
        })
        .collect()
}

/// A measure against a rating.
pub fn association_row(of: &Association, words: &Words) -> AssociationRow {
    let found = of.found.as_ref();
    let interval = found.and_then(|found| found.interval);
    let without = found.and_then(|found| found.without_drift_interval);
    let mut row = AssociationRow {
        measure: of.measure.clone(),
        rating: of.rating.name().to_owned(),
        lag: of.lag.name().to_owned(),
        n: count(of.pairs.len()),
        rho: found.map(|found| found.rho),
        rho_low: interval.map(|(low, _)| low),
        rho_high: interval.map(|(_, high)| high),
        rho_without_drift: found.and_then(|found| found.without_drift),
        rho_without_drift_low: without.map(|(low, _)| low),
        rho_without_drift_high: without.map(|(_, high)| high),
        p_plain: found.map(|found| found.p_plain),
        p: found.map(|found| found.p),
        p_corrected: found.map(|found| found.p_corrected),
        n_more: Some(of.more_nights),
        told: told(of.told).to_owned(),
        sentence: String::new(),
    };
    // A sentence tells the figures that stand in the row, so they are rounded first.
    row.settle();
    row.sentence = sentences::association(&row, words);
    row
}

/// A factor against an outcome.
pub fn comparison_row(of: &Comparison, words: &Words) -> ComparisonRow {
    let found = of.found.as_ref();
    let shift = |of: fn(&Difference) -> Shift| found.map(of);
    let (own, plain) = (
        shift(|found| found.without_drift),
        shift(|found| found.plain),
    );
    let low = |shift: Option<Shift>| shift.and_then(|shift| Some(shift.interval?.0));
    let high = |shift: Option<Shift>| shift.and_then(|shift| Some(shift.interval?.1));
    let mut row = ComparisonRow {
        measure: of.outcome.name().to_owned(),
        factor: of.factor.clone(),
        kind: of.source.name().to_owned(),
        how: of.split.map_or("with_without", Split::name).to_owned(),
        cut: of.split.map(|split| match split {
            Split::WithWithout => 0.0,
            Split::AboveBelow(cut) | Split::BeforeAfter(cut) => cut,
        }),
        n_with: count(of.with.n),
        n_without: count(of.without.n),
        median_with: of.with.median,
        median_without: of.without.median,
        difference: own.map(|shift| shift.by),
        difference_low: low(own),
        difference_high: high(own),
        difference_plain: plain.map(|shift| shift.by),
        difference_plain_low: low(plain),
        difference_plain_high: high(plain),
        rho_without_drift: found.and_then(|found| found.correlation.without_drift),
        p: found.map(|found| found.p),
        p_corrected: found.map(|found| found.p_corrected),
        n_more: of.more_nights,
        told: told(of.told).to_owned(),
        sentence: String::new(),
    };
    // A sentence tells the figures that stand in the row, so they are rounded first.
    row.settle();
    row.sentence = sentences::comparison(&row, words);
    row
}

/// A laboratory value beside each outcome.
pub fn laboratory_rows(of: &AroundValue, words: &Words) -> Vec<LaboratoryRow> {
    of.around
        .iter()
        .map(|around| laboratory_row(of, around, words))
        .collect()
}

fn laboratory_row(of: &AroundValue, around: &Around, words: &Words) -> LaboratoryRow {
    let (value, said) = super::diary::result(of.value.result);
    let (crp, crp_mg_per_l, crp_date) = match &of.crp {
        CrpBeside::NotAsked => (None, None, None),
        CrpBeside::Missing => (Some("missing"), None, None),
        CrpBeside::Known { result, date, .. } => {
            (Some("known"), super::diary::result(*result).0, Some(*date))
        }
    };
    let mut row = LaboratoryRow {
        date: of.value.date,
        test: of.value.test.name().to_owned(),
        value,
        words: said,
        unit: of.value.test.unit().map(str::to_owned),
        as_written: of.value.as_written.clone(),
        stated_unit: of.value.stated_unit.clone(),
        around_days: of.days,
        measure: around.outcome.name().to_owned(),
        n: count(around.n),
        median: around.median,
        p25: around.quartiles.map(|(low, _)| low),
        p75: around.quartiles.map(|(_, high)| high),
        crp: crp.map(str::to_owned),
        crp_mg_per_l,
        crp_date,
        sentence: String::new(),
    };
    // A sentence tells the figures that stand in the row, so they are rounded first.
    row.settle();
    row.sentence = sentences::laboratory(&row, words);
    row
}

fn told(told: Told) -> &'static str {
    match told {
        Told::TooFew { .. } => "too_few",
        Told::NothingVaries => "nothing_varies",
        Told::NotSeen => "not_seen",
        Told::Seen(Direction::Higher) => "seen_higher",
        Told::Seen(Direction::Lower) => "seen_lower",
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
