//! What rows of associations say, in a plain sentence of a language: never a cause, and nothing seen is told as the usual
//! answer that it is.

use super::rows::{AssociationRow, ComparisonRow, LaboratoryRow};
use super::words::Words;
use crate::model::diary::DoseChange;
use crate::model::diary::medicine::DayDose;

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
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::output::words::Language;

    fn link(told: &str) -> AssociationRow {
        let known = matches!(told, "not_seen" | "seen_higher" | "seen_lower");
        AssociationRow {
            measure: "plm_per_h".into(),
            rating: "severity".into(),
            lag: "next_day".into(),
            n: if told == "too_few" { 1 } else { 21 },
            rho: known.then_some(0.21),
            rho_low: known.then_some(-0.24),
            rho_high: known.then_some(0.58),
            rho_without_drift: known.then_some(0.18),
            p_corrected: known.then_some(0.003),
            n_more: Some(23),
            told: told.into(),
            ..AssociationRow::default()
        }
    }

    /// No key is left standing, and no place is empty.
    fn whole(sentence: &str) {
        assert!(sentence.ends_with('.'), "{sentence}");
        for odd in ["told.", "{", "}", "  ", "..", " ;", "()"] {
            assert!(!sentence.contains(odd), "{sentence}");
        }
    }

    #[test]
    fn every_answer_has_its_sentence_in_every_language() {
        for language in Language::ALL {
            let words = Words::of(language);
            let mut seen = Vec::new();
            for told in [
                "too_few",
                "nothing_varies",
                "not_seen",
                "seen_higher",
                "seen_lower",
            ] {
                let sentence = association(&link(told), &words);
                whole(&sentence);
                seen.push(sentence);
                for how in ["with_without", "above_below", "before_after"] {
                    let known = !matches!(told, "too_few" | "nothing_varies");
                    let row = ComparisonRow {
                        measure: "severity".into(),
                        factor: "Kaffee".into(),
                        how: how.into(),
                        n_with: 5,
                        n_without: 9,
                        difference: known.then_some(1.25),
                        difference_low: known.then_some(-0.5),
                        difference_high: known.then_some(3.0),
                        difference_plain: known.then_some(-0.75),
                        rho_without_drift: known.then_some(0.25),
                        told: told.into(),
                        ..ComparisonRow::default()
                    };
                    whole(&comparison(&row, &words));
                }
            }
            seen.dedup();
            assert_eq!(seen.len(), 5);
        }
    }

    #[test]
    fn a_null_is_told_as_the_usual_answer() {
        let words = Words::of(Language::English);
        assert_eq!(
            association(&link("not_seen"), &words),
            "PLM index and severity (rating of the next day): in 21 nights no link was seen beyond chance (rho 0.21, 95 % \
             interval \u{2212}0.24 to 0.58; 0.18 with drift taken out; corrected p < 0.01). That is the usual finding, and \
             it does not show that there is none. About 23 more nights would make the interval useful."
        );
    }

    #[test]
    fn what_drift_was_taken_from_is_said_and_the_plain_difference_where_it_tells_otherwise() {
        let words = Words::of(Language::English);
        let row = ComparisonRow {
            measure: "plm_per_h".into(),
            factor: "crp".into(),
            kind: "laboratory".into(),
            how: "above_below".into(),
            n_with: 10,
            n_without: 11,
            difference: Some(1.5),
            difference_low: Some(-0.5),
            difference_high: Some(3.0),
            difference_plain: Some(2.0),
            rho_without_drift: Some(0.21),
            p_corrected: Some(0.4),
            n_more: Some(0),
            told: "not_seen".into(),
            ..ComparisonRow::default()
        };
        let same_sign = comparison(&row, &words);
        assert!(same_sign.starts_with("CRP and PLM index:"), "{same_sign}");
        assert!(
            same_sign.contains(
                "+1.5 (95 % interval \u{2212}0.5 to +3.0) with drift over the dates taken out"
            ),
            "{same_sign}"
        );
        assert!(
            same_sign.contains("rank correlation") && same_sign.contains("0.21"),
            "{same_sign}"
        );
        assert!(!same_sign.contains("+2.0"), "{same_sign}");
        let turned = ComparisonRow {
            difference_plain: Some(-2.0),
            ..row.clone()
        };
        assert!(comparison(&turned, &words).contains("\u{2212}2.0"));
        // A lasting change looks like drift, so before and after are always told as they stand, too.
        let lasting = ComparisonRow {
            how: "before_after".into(),
            ..row
        };
        let lasting = comparison(&lasting, &words);
        assert!(
            lasting.contains("+2.0") && lasting.contains("a lasting change"),
            "{lasting}"
        );
    }

    #[test]
    fn ferritin_is_never_told_without_crp_or_the_word_that_it_is_missing() {
        let row = LaboratoryRow {
            date: date(2024, 3, 4),
            test: "ferritin".into(),
            value: Some(38.0),
            unit: Some("ug/L".into()),
            around_days: 14,
            measure: "plm_per_h".into(),
            n: 12,
            median: Some(17.25),
            p25: Some(10.0),
            p75: Some(20.0),
            crp: Some("missing".into()),
            ..LaboratoryRow::default()
        };
        for language in Language::ALL {
            let words = Words::of(language);
            let alone = laboratory(&row, &words);
            whole(&alone);
            assert!(
                alone.contains("CRP") && alone.contains("38 µg/L"),
                "{alone}"
            );
            let beside = LaboratoryRow {
                crp: Some("known".into()),
                crp_mg_per_l: Some(1.2),
                crp_date: Some(date(2024, 3, 4)),
                ..row.clone()
            };
            let beside = laboratory(&beside, &words);
            whole(&beside);
            assert!(beside.contains(&words.number(1.2, 1)), "{beside}");
            assert_ne!(beside, alone);
            let finding = LaboratoryRow {
                test: "sibo".into(),
                value: None,
                words: Some("positive".into()),
                unit: None,
                crp: None,
                n: 0,
                ..row.clone()
            };
            whole(&laboratory(&finding, &words));
        }
    }

    #[test]
    fn a_change_of_dose_is_told_with_both_doses() {
        let words = Words::of(Language::German);
        let mg = |value| {
            DayDose::Amount(crate::model::diary::medicine::Amount {
                value,
                unit: "mg".into(),
            })
        };
        let told = |from, to| {
            let change = DoseChange {
                date: date(2024, 3, 4),
                name: "Pramipexol".into(),
                from,
                to,
            };
            dose_change(&change, &words)
        };
        assert_eq!(
            told(mg(0.125), mg(0.25)),
            "Pramipexol von 0,125 mg auf 0,25 mg"
        );
        assert_eq!(
            told(DayDose::None, mg(0.25)),
            "Pramipexol begonnen, 0,25 mg"
        );
        assert_eq!(told(mg(0.25), DayDose::None), "Pramipexol beendet");
        assert_eq!(told(DayDose::None, DayDose::Taken), "Pramipexol begonnen");
        assert_eq!(told(DayDose::Taken, mg(1.0)), "Pramipexol: andere Dosis");
    }
}
