//! A laboratory value beside the nights around it.

use super::{count, decimals, measure_or_rating, plain};
use crate::output::rows::LaboratoryRow;
use crate::output::words::Words;

/// A laboratory value beside a measure of the nights around it.
pub fn laboratory(row: &LaboratoryRow, words: &Words) -> String {
    let value = laboratory_value(row, words);
    let nights = words.count("study.n_nights", count(row.n));
    let days = row.around_days.to_string();
    let of = measure_or_rating(&row.measure, words);
    let decimals = decimals(&row.measure);
    let (median, low, high) = (
        words.number_or_none(row.median, decimals),
        words.number_or_none(row.p25, decimals),
        words.number_or_none(row.p75, decimals),
    );
    let places = [
        ("value", value.as_str()),
        ("days", days.as_str()),
        ("measure", of.as_str()),
        ("nights", nights.as_str()),
        ("median", median.as_str()),
        ("low", low.as_str()),
        ("high", high.as_str()),
    ];
    let key = match row.n {
        0 => "told.laboratory.no_night",
        1..=3 => "told.laboratory.few",
        _ => "told.laboratory.nights",
    };
    let mut said = words.fill(key, &places);
    match (row.crp.as_deref(), row.crp_mg_per_l, row.crp_date) {
        (Some("known"), Some(crp), Some(date)) => {
            said.push(' ');
            let crp = plain(crp, words);
            let date = words.date(date);
            said.push_str(&words.fill("told.laboratory.crp", &[("crp", &crp), ("date", &date)]));
        }
        (Some(_), ..) => {
            said.push(' ');
            said.push_str(words.say("told.laboratory.crp_missing"));
        }
        _ => {}
    }
    said
}

/// `Ferritin 38 ug/L (4 Mar 2024)`.
fn laboratory_value(row: &LaboratoryRow, words: &Words) -> String {
    let key = format!("factor.{}", row.test);
    // A laboratory gives no more than that, and a converted value knows no more.
    let number = row.value.map(|value| {
        let scale = if value < 10.0 { 100.0 } else { 10.0 };
        plain((value * scale).round() / scale, words)
    });
    let mark = row.words.as_deref().unwrap_or("");
    let value = match (number, row.unit.as_deref()) {
        (Some(number), Some(unit)) => format!("{mark}{number} {}", unit.replace("ug", "µg")),
        (Some(number), None) => format!("{mark}{number}"),
        (None, _) => words.say(&format!("told.finding.{mark}")).to_owned(),
    };
    words.fill(
        "report.factor.value",
        &[
            ("name", words.say(&key)),
            ("value", &value),
            ("date", &words.date(row.date)),
        ],
    )
}
