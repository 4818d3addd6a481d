//! Factors: nights with and without, laboratory values on their dates, and what is missing for reading them.

use super::{shortened, tally};
use crate::output::report::StudyView;
use crate::output::report::voice::Voice;
use crate::output::rows::{ComparisonRow, FactorRow, StudyRows};

/// Factors that stand on the two pages; the rest go to the annex.
pub(in crate::output::report) const ON_THE_PAGE: usize = 6;
/// Laboratory values that all stand on the two pages.
const ALL_VALUES: usize = 8;
/// The newest of more than these.
const NEWEST_VALUES: usize = 4;
/// Letters of a factor's name or a value in words.
const NAME: usize = 32;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::output::report) struct Factors {
    pub heading: String,
    /// Heads of the columns of the comparisons.
    pub head: Vec<String>,
    pub comparisons: Vec<Comparison>,
    pub annex_heading: String,
    /// The comparisons beyond those on the page.
    pub annex: Vec<Comparison>,
    /// Laboratory values, the newest first.
    pub laboratory: Option<String>,
    /// What belongs to the reading of the above.
    pub notes: Vec<String>,
}

/// A row of the comparisons: as many cells as there are heads, the first of them the factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::report) struct Comparison {
    pub cells: Vec<String>,
}

impl Factors {
    pub(super) fn of(view: &StudyView, voice: &Voice) -> Self {
        let rows = view.rows;
        let compared = compared(rows);
        let mut comparisons: Vec<Comparison> =
            compared.iter().map(|row| comparison(row, voice)).collect();
        let annex = comparisons.split_off(comparisons.len().min(ON_THE_PAGE));
        let has_diary =
            !(rows.ratings.is_empty() && rows.factors.is_empty() && rows.events.is_empty());
        let mut notes = Vec::new();
        if !has_diary {
            notes.push(voice.say("report.factor.no_diary"));
        } else if comparisons.is_empty() {
            notes.push(voice.say("report.factor.none"));
        } else {
            let mut note = voice.by("report.factor.note");
            if compared.iter().any(|row| row.how == "before_after") {
                note = format!("{note} {}", voice.say("report.factor.before_after"));
            }
            if !annex.is_empty() {
                note = format!("{note} {}", voice.count("report.factor.more", annex.len()));
            }
            notes.push(note);
        }
        notes.extend(ferritin_alone(&rows.factors, voice));
        Self {
            heading: voice.by("report.factor.heading"),
            head: head(voice),
            comparisons,
            annex_heading: voice.say("report.factor.annex"),
            annex,
            laboratory: laboratory(&rows.factors, voice),
            notes,
        }
    }
}

/// The comparisons of the index, those with the most nights on their smaller side first: that is how much a comparison can
/// say, and no choice by what it says.
pub(in crate::output::report) fn compared(rows: &StudyRows) -> Vec<&ComparisonRow> {
    let mut compared: Vec<&ComparisonRow> = rows
        .comparisons
        .iter()
        .filter(|row| row.measure == "plm_per_h")
        .collect();
    compared.sort_by_key(|row| std::cmp::Reverse(row.n_with.min(row.n_without)));
    compared
}

fn head(voice: &Voice) -> Vec<String> {
    let mut head = vec![
        voice.say("report.factor.name"),
        voice.say("report.factor.nights"),
        voice.say("report.factor.with"),
        voice.say("report.factor.without"),
        voice.say("report.factor.difference"),
        voice.say("report.factor.without_drift"),
    ];
    if voice.is_for_clinicians() {
        head.push(voice.say("report.factor.p"));
    }
    head
}

fn comparison(row: &ComparisonRow, voice: &Voice) -> Comparison {
    let tenths = |value| voice.words().number_or_none(value, 1);
    // The difference as it stands agrees with the medians beside it; without drift it may point the other way.
    let difference = match (row.difference_plain_low, row.difference_plain_high) {
        (Some(low), Some(high)) => {
            let range = voice.range((low, high), 1);
            format!("{} ({range})", tenths(row.difference_plain))
        }
        _ => tenths(row.difference_plain),
    };
    // That nights are told apart by with and without is what the heads of the columns say.
    let mut factor = name(&row.factor, voice);
    if row.how != "with_without" {
        let how = voice.word(&format!("report.how.{}", row.how), &row.how);
        factor = format!("{factor} ({how})");
    }
    let mut cells = vec![
        factor,
        format!("{} / {}", row.n_with, row.n_without),
        tenths(row.median_with),
        tenths(row.median_without),
        difference,
        tenths(row.difference),
    ];
    if voice.is_for_clinicians() {
        cells.push(voice.words().number_or_none(row.p_corrected, 2));
    }
    Comparison { cells }
}

/// The name of a factor: ours in the language of the page, anything else as it was written.
fn name(factor: &str, voice: &Voice) -> String {
    shortened(&voice.word(&format!("factor.{factor}"), factor), NAME)
}

fn laboratory_values(factors: &[FactorRow]) -> impl Iterator<Item = &FactorRow> {
    factors.iter().filter(|row| row.kind == "laboratory")
}

/// Whether every value of the laboratory stands on the page, so that none needs a chart to be seen.
pub(in crate::output::report) fn laboratory_is_told(rows: &StudyRows) -> bool {
    laboratory_values(&rows.factors).count() <= ALL_VALUES
}

/// Values of laboratory tests with their dates, test by test, the newest first.
fn laboratory(factors: &[FactorRow], voice: &Voice) -> Option<String> {
    let mut values: Vec<&FactorRow> = laboratory_values(factors).collect();
    values.sort_by_key(|row| std::cmp::Reverse(row.date));
    let n_told = match values.len() {
        n if n <= ALL_VALUES => n,
        _ => NEWEST_VALUES,
    };
    let n_more = values.len() - n_told;
    values.truncate(n_told);
    let mut tests: Vec<(&str, Vec<String>)> = Vec::new();
    for row in values {
        let test = tests.iter_mut().find(|(test, _)| *test == row.factor);
        match test {
            Some((_, told)) => told.push(laboratory_value(row, "", voice)),
            None => {
                let name = name(&row.factor, voice);
                tests.push((&row.factor, vec![laboratory_value(row, &name, voice)]));
            }
        }
    }
    let mut named: Vec<String> = tests.iter().map(|(_, told)| told.join(", ")).collect();
    if n_more > 0 {
        named.push(voice.count("report.and_more", n_more));
    }
    let list = named.join("; ");
    (!named.is_empty()).then(|| voice.fill("report.factor.laboratory", &[("values", &list)]))
}

/// A value with its unit and its date, behind the name of its test where that was not said before.
fn laboratory_value(row: &FactorRow, name: &str, voice: &Voice) -> String {
    let value = match (&row.words, row.value) {
        (Some(words), _) => shortened(words, NAME),
        (None, Some(value)) => voice.words().laboratory(value),
        (None, None) => voice.say("format.none"),
    };
    let unit = row.unit.as_deref().unwrap_or("").replace("ug", "µg");
    let value = format!("{value} {unit}");
    let places = [
        ("name", name),
        ("value", value.trim_end()),
        ("date", &voice.date(row.date)),
    ];
    voice
        .fill("report.factor.value", &places)
        .trim_start()
        .to_owned()
}

/// Ferritin rises with inflammation: without CRP beside it, the page says that CRP is missing.
fn ferritin_alone(factors: &[FactorRow], voice: &Voice) -> Option<String> {
    let tests = tally(
        factors
            .iter()
            .filter(|row| row.kind == "laboratory")
            .map(|row| row.factor.to_ascii_lowercase()),
    );
    let has = |name: &str| tests.iter().any(|(test, _)| test == name);
    (has("ferritin") && !has("crp")).then(|| voice.say("report.factor.no_crp"))
}
