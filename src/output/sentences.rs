//! What rows of associations say, in a plain sentence of a language: never a cause, and nothing seen is told as the usual
//! answer that it is.

mod laboratory;
mod window;

use super::rows::{AssociationRow, ComparisonRow};
use super::words::Words;
use crate::model::diary::DoseChange;
use crate::model::diary::medicine::DayDose;

pub use laboratory::laboratory;
pub use window::window_source;

/// The pairs of a measure and a rating.
pub fn association(row: &AssociationRow, words: &Words) -> String {
    let pair = words.fill(
        "told.pair",
        &[
            ("measure", &measure(&row.measure, words)),
            ("rating", &rating(&row.rating, words)),
            ("lag", words.say(&format!("told.lag.{}", row.lag))),
        ],
    );
    let nights = words.count("study.n_nights", count(row.n));
    let places = [("pair", pair.as_str()), ("nights", nights.as_str())];
    let mut said = match row.told.as_str() {
        "too_few" => words.fill("told.link.too_few", &places),
        "nothing_varies" => words.fill("told.link.nothing_varies", &places),
        other => {
            let figures = link_figures(row, words);
            let places = [places[0], places[1], ("figures", figures.as_str())];
            words.fill(&format!("told.link.{other}"), &places)
        }
    };
    tell_more(&mut said, row.n_more, words);
    capital(&said)
}

/// Nights beyond which it is no use to name their number.
const MOST_NIGHTS: u32 = 200;

/// How many more nights it would take.
fn tell_more(said: &mut String, more: Option<u32>, words: &Words) {
    let Some(more) = more.filter(|more| *more > 0) else {
        return;
    };
    said.push(' ');
    if more > MOST_NIGHTS {
        said.push_str(words.say("told.far_more"));
    } else {
        said.push_str(&words.count("told.more", count(more)));
    }
}

/// A sentence begins with a capital letter, also where a name of the wearer's does not.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `rho 0.21, 95 % interval -0.24 to 0.58; ...`.
fn link_figures(row: &AssociationRow, words: &Words) -> String {
    let rho = |value: Option<f64>| words.number_or_none(value, 2);
    words.fill(
        "told.link.figures",
        &[
            ("rho", &rho(row.rho)),
            ("low", &rho(row.rho_low)),
            ("high", &rho(row.rho_high)),
            ("without", &rho(row.rho_without_drift)),
            ("p", &probability(row.p_corrected, words)),
        ],
    )
}

/// A factor's nights beside the others.
pub fn comparison(row: &ComparisonRow, words: &Words) -> String {
    let numbers = words.fill(
        match row.how.as_str() {
            "above_below" => "comparison.above_below",
            "before_after" => "comparison.before_after",
            _ => "comparison.with_without",
        },
        &[
            ("with", &words.count("study.n_nights", count(row.n_with))),
            ("without", &row.n_without.to_string()),
        ],
    );
    let of = measure_or_rating(&row.measure, words);
    let factor = match row.kind.as_str() {
        "laboratory" => words.say(&format!("factor.{}", row.factor)).to_owned(),
        _ => row.factor.replace('_', " "),
    };
    let difference = signed_difference(
        row.difference,
        row.difference_low.zip(row.difference_high),
        words,
    );
    let p = probability(row.p_corrected, words);
    let all = words.count("study.n_nights", count(row.n_with + row.n_without));
    let places = [
        ("factor", factor.as_str()),
        ("measure", of.as_str()),
        ("numbers", numbers.as_str()),
        ("nights", all.as_str()),
        ("difference", difference.as_str()),
        ("p", p.as_str()),
    ];
    let key = match row.told.as_str() {
        "too_few" => "told.factor.too_few",
        "nothing_varies" => "told.factor.nothing_varies",
        "not_seen" => "told.factor.not_seen",
        _ => "told.factor.seen",
    };
    let mut said = words.fill(key, &places);
    let mut add = |sentence: &str| {
        said.push(' ');
        said.push_str(sentence);
    };
    let is_before_after = row.how == "before_after" && row.difference.is_some();
    if is_before_after {
        add(words.say("told.factor.before_after"));
    }
    // Drift takes a lasting change with it, and may turn the sign: then the difference as it stands is told beside.
    let is_turned = row
        .difference
        .zip(row.difference_plain)
        .is_some_and(|(own, plain)| own * plain < 0.0);
    if is_before_after || is_turned {
        let plain = signed_difference(
            row.difference_plain,
            row.difference_plain_low.zip(row.difference_plain_high),
            words,
        );
        add(&words.fill("told.factor.plain", &[("difference", &plain)]));
    }
    if let Some(rho) = row.rho_without_drift.filter(|_| row.how == "above_below") {
        add(&words.fill("told.factor.rho", &[("rho", &words.number(rho, 2))]));
    }
    tell_more(&mut said, row.n_more, words);
    capital(&said)
}

/// A difference with its sign and its interval.
fn signed_difference(by: Option<f64>, interval: Option<(f64, f64)>, words: &Words) -> String {
    let signed = |value: f64| {
        let text = words.number(value, 1);
        if value > 0.0 {
            format!("+{text}")
        } else {
            text
        }
    };
    let by = by.map_or_else(String::new, signed);
    match interval {
        Some((low, high)) => words.fill(
            "told.factor.difference",
            &[("by", &by), ("low", &signed(low)), ("high", &signed(high))],
        ),
        None => by,
    }
}

/// A medicine begun, ended, or taken in another dose.
pub fn dose_change(change: &DoseChange, words: &Words) -> String {
    let dose = |dose: &DayDose| match dose {
        DayDose::Amount(amount) => {
            let text = format!("{} {}", plain(amount.value, words), amount.unit);
            Some(text.trim_end().to_owned())
        }
        DayDose::Taken | DayDose::None => None,
    };
    let (from, to) = (dose(&change.from), dose(&change.to));
    let name = ("name", change.name.as_str());
    match (&change.from, &change.to) {
        (_, DayDose::None) => words.fill("told.dose.ended", &[name]),
        (DayDose::None, _) => match to {
            Some(to) => words.fill("told.dose.begun", &[name, ("to", &to)]),
            None => words.fill("told.dose.begun_some", &[name]),
        },
        _ => match from.zip(to) {
            Some((from, to)) => {
                words.fill("told.dose.changed", &[name, ("from", &from), ("to", &to)])
            }
            None => words.fill("told.dose.changed_some", &[name]),
        },
    }
}

/// Ratios from 0 to 1 have two decimals, all else one.
fn decimals(measure: &str) -> usize {
    if measure.contains("_index_") { 2 } else { 1 }
}

/// What a measure of nights is called in a sentence: our word for it, or the name of its column.
fn measure(name: &str, words: &Words) -> String {
    let key = format!("told.measure.{name}");
    if words.has(&key) {
        return words.say(&key).to_owned();
    }
    name.replace('_', " ")
}

fn measure_or_rating(name: &str, words: &Words) -> String {
    if words.has(&format!("told.measure.{name}")) {
        measure(name, words)
    } else {
        rating(name, words)
    }
}

fn rating(name: &str, words: &Words) -> String {
    match name.strip_prefix("rls6_") {
        Some(item) => words.fill("rating.rls6", &[("item", item)]),
        None => [format!("told.rating.{name}"), format!("rating.{name}")]
            .iter()
            .find(|key| words.has(key))
            .map_or_else(|| name.replace('_', " "), |key| words.say(key).to_owned()),
    }
}

/// A probability; one below a hundredth as a bound.
fn probability(p: Option<f64>, words: &Words) -> String {
    match p {
        Some(p) if p < 0.01 => format!("< {}", words.number(0.01, 2)),
        _ => words.number_or_none(p, 2),
    }
}

/// A number with the decimals it has, three at most.
pub fn plain(value: f64, words: &Words) -> String {
    let decimals = (0..3).find(|n| {
        let scale = 10_f64.powi(*n);
        ((value * scale).round() - value * scale).abs() < 1e-6
    });
    words.number(value, decimals.map_or(3, |n| n as usize))
}

fn count(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
