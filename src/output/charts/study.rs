//! What several charts say and ask of a study.

use jiff::civil::Date;

use super::ChartError;
use crate::output::fonts::drawable;
use crate::output::rows::{NightRow, StudyRows};
use crate::output::words::Words;

/// A night with a place on an axis of days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated<'a> {
    pub date: Date,
    pub night: &'a NightRow,
    pub index: f64,
    /// Whether it is behind the figures; one that is left out is drawn hollow.
    pub is_used: bool,
}

/// The nights that have a date and an index, in the order of the table, those that are left out among them.
pub(super) fn dated(rows: &StudyRows) -> impl Iterator<Item = Dated<'_>> + Clone {
    rows.nights.iter().filter_map(|night| {
        Some(Dated {
            date: night.date?,
            night,
            index: night.plm_per_h?,
            is_used: rows.uses(night),
        })
    })
}

/// The nights behind the figures, in the order of the table.
pub(super) fn used(rows: &StudyRows) -> impl Iterator<Item = &NightRow> + Clone {
    let has_index = |night: &&NightRow| night.plm_per_h.is_some() && rows.uses(night);
    rows.nights.iter().filter(has_index)
}

/// Hours analysed of the nights behind the figures.
pub(super) fn hours_used(rows: &StudyRows) -> f64 {
    used(rows).map(|night| night.analysed_h).sum()
}

/// Whether the sensor was on a leg in every night behind the figures, so that the index is a PLM index.
pub(super) fn is_plm_index(rows: &StudyRows) -> bool {
    if used(rows).next().is_some() {
        used(rows).all(NightRow::is_plm_index)
    } else {
        rows.nights.iter().all(NightRow::is_plm_index)
    }
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

/// `21 nights, 142.3 h analysed, quality A to C; 1 more left out`: what stands behind every figure of a study.
pub(super) fn basis(rows: &StudyRows, words: &Words) -> String {
    let n_nights = used(rows).count();
    if n_nights == 0 {
        return words.say("study.basis_none").to_owned();
    }
    let mut grades: Vec<char> = used(rows)
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
    let basis = words.fill(
        "study.basis",
        &[
            ("nights", &words.count("study.n_nights", n_nights)),
            ("hours", &words.number(hours_used(rows), 1)),
            ("quality", &quality),
        ],
    );
    match rows.left_out.len() {
        0 => basis,
        n => format!("{basis}; {}", words.count("study.left_out", n)),
    }
}

/// The date of a night, or its name where it has none.
pub(super) fn night_name(night: &NightRow, words: &Words) -> String {
    match night.date {
        Some(date) => words.day(date),
        None => drawable(&night.night),
    }
}

/// The grade of a night in a table, and whether the night is left out.
pub(super) fn grade(rows: &StudyRows, night: &NightRow, words: &Words) -> String {
    let grade = night.grade.map_or_else(
        || words.say("format.none").to_owned(),
        |grade| grade.letter().to_string(),
    );
    if rows.uses(night) {
        grade
    } else {
        format!("{grade}, {}", words.say("study.legend_left_out"))
    }
}

/// There is nothing to draw: what is needed.
pub(super) fn nothing(words: &Words, key: &str) -> ChartError {
    ChartError::Nothing(words.say(key).to_owned())
}
