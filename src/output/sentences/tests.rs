use jiff::civil::date;

use super::*;
use crate::output::rows::LaboratoryRow;
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
