//! What several charts say and ask of a study.

use jiff::civil::Date;

use super::ChartError;
use crate::output::fonts::drawable;
use crate::output::rows::{NightRow, StudyRows};
use crate::output::words::Words;

/// The nights that have an index, in the order of the table.
pub(super) fn with_index(rows: &StudyRows) -> impl Iterator<Item = (&NightRow, f64)> + Clone {
    rows.nights
        .iter()
        .filter_map(|night| Some((night, night.plm_per_h?)))
}

/// The same with their dates.
pub(super) fn dated(rows: &StudyRows) -> impl Iterator<Item = (Date, &NightRow, f64)> + Clone {
    with_index(rows).filter_map(|(night, index)| Some((night.date?, night, index)))
}

/// Whether every night's sensor was on a leg, so that the index is a PLM index.
pub(super) fn is_plm_index(rows: &StudyRows) -> bool {
    rows.nights.iter().all(NightRow::is_plm_index)
}

/// `PLM per hour (WASM 2016)`, or what it is called away from the legs.
pub(super) fn index_name(rows: &StudyRows, words: &Words) -> String {
    let key = if is_plm_index(rows) {
        "study.index"
    } else {
        "study.index_events"
    };
    words.fill(key, &[("rules", &rules(rows, words))])
}

/// Name of the rule set.
pub(super) fn rules(rows: &StudyRows, words: &Words) -> String {
    let first = rows.nights.first();
    first.map_or_else(String::new, |night| rules_of(night, words))
}

/// Letters of a rule set's name in a legend.
const RULES: usize = 24;

/// Name of a night's rule set; one that is not ours as it was written.
pub(super) fn rules_of(night: &NightRow, words: &Words) -> String {
    let key = format!("rules.{}", night.rules);
    let name = drawable(&words.named(&key, &night.rules));
    match name.char_indices().nth(RULES) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}

/// Name of a factor: ours in the language of the chart, anything else as it was written.
pub(super) fn factor_name(factor: &str, words: &Words) -> String {
    drawable(&words.named(&format!("factor.{factor}"), factor))
}

/// `21 nights, 142.3 h analysed, quality A to C`: what stands behind every figure of a study.
pub(super) fn basis(rows: &StudyRows, words: &Words) -> String {
    let nights: Vec<&NightRow> = with_index(rows).map(|(night, _)| night).collect();
    let hours: f64 = nights.iter().map(|night| night.analysed_h).sum();
    let mut grades: Vec<char> = nights
        .iter()
        .filter_map(|night| Some(night.grade?.letter()))
        .collect();
    grades.sort_unstable();
    grades.dedup();
    let quality = match grades.as_slice() {
        [] => words.say("format.none").to_owned(),
        [one] => one.to_string(),
        [best, .., worst] => words.fill(
            "format.to",
            &[("low", &best.to_string()), ("high", &worst.to_string())],
        ),
    };
    words.fill(
        "study.basis",
        &[
            ("nights", &words.count("study.n_nights", nights.len())),
            ("hours", &words.number(hours, 1)),
            ("quality", &quality),
        ],
    )
}

/// The date of a night, or its name where it has none.
pub(super) fn night_name(night: &NightRow, words: &Words) -> String {
    match night.date {
        Some(date) => words.day(date),
        None => drawable(&night.night),
    }
}

/// There is nothing to draw: what is needed.
pub(super) fn nothing(words: &Words, key: &str) -> ChartError {
    ChartError::Nothing(words.say(key).to_owned())
}
