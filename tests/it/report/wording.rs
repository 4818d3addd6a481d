//! Words on pages and charts: none to avoid, in any study, language or audience; and none that is not in a message file.

use std::collections::BTreeSet;

use legtrace::output::charts::{KINDS, Request, Setup};
use legtrace::output::report::{Audience, Paper, html};
use legtrace::output::rows::{Cell, Row, StudyRows};
use legtrace::output::words::{Language, Words};

use super::variants::{self, Variant};
use super::{html_of, told};
use crate::charts::marks::texts;
use crate::words::avoid::Avoid;

/// Everything that the charts say: texts, captions, descriptions, tables.
fn said_by_charts(rows: &StudyRows, words: &Words) -> String {
    let mut said = String::new();
    for kind in KINDS {
        let Ok(drawing) = (kind.draw)(rows, &Request::new(Setup::new(words))) else {
            continue;
        };
        said += &texts(&drawing.svg).join("\n");
        for text in [&drawing.title, &drawing.caption, &drawing.alt] {
            said = said + "\n" + text;
        }
        for row in drawing.sheet.rows.iter().chain([&drawing.sheet.head]) {
            said = said + "\n" + &row.join(" ");
        }
        said.push('\n');
    }
    said
}

/// Names of factors are the wearer's, in any language: English gut symptoms are no German praise.
fn without_typed(variant: &Variant, text: &str) -> String {
    let mut text = text.to_owned();
    for row in &variant.rows.factors {
        text = text.replace(&row.factor, " ");
    }
    text
}

#[test]
fn no_page_and_no_chart_holds_a_word_to_avoid() {
    let avoid = Avoid::read();
    // Of what a person typed we are not the judge.
    let ours = |variant: &&Variant| !matches!(variant.name, "hostile");
    for variant in variants::all().iter().filter(ours) {
        for language in Language::ALL {
            for audience in Audience::ALL {
                let page = html_of(variant, (language, audience, Paper::A4));
                let found = avoid.found(language.code(), &without_typed(variant, &told(&page)));
                assert!(found.is_empty(), "{}: {found:?}", variant.name);
            }
            let said = said_by_charts(&variant.rows, &Words::of(language));
            let found = avoid.found(language.code(), &without_typed(variant, &said));
            assert!(found.is_empty(), "charts of {}: {found:?}", variant.name);
        }
    }
}

/// The English messages in Greek letters, so that a word that comes from no message is found by its letters.
fn in_other_letters() -> Words {
    let latin = "abcdefghijklmnopqrstuvwxyz";
    let greek = "αβγδεζηθικλμνξοπρστυφχψωάέ";
    let swap = |c: char| match latin.find(c.to_ascii_lowercase()) {
        Some(at) => greek.chars().nth(at).unwrap_or(c),
        None => c,
    };
    let mut file = String::new();
    for (key, message) in Words::of(Language::English).messages() {
        let mut in_place = false;
        let swapped: String = message
            .chars()
            .map(|c| {
                in_place = (in_place || c == '{') && c != '}';
                if in_place { c } else { swap(c) }
            })
            .collect();
        // A key is dotted, and its parts may hold spaces and signs.
        let key: Vec<String> = key.split('.').map(|part| format!("{part:?}")).collect();
        file += &format!("{} = {swapped:?}\n", key.join("."));
    }
    Words::from_messages("el", &file).unwrap_or_else(|error| panic!("{error}"))
}

/// Words in Latin letters, of two letters or more; with digits in them they are hashes and versions.
fn latin_words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic()))
        .map(str::to_ascii_lowercase)
        .collect()
}

fn words_of_rows<R: Row>(rows: &[R], into: &mut BTreeSet<String>) {
    for cell in rows.iter().flat_map(Row::cells) {
        if let Cell::Text(text) = cell {
            into.extend(latin_words(&text));
        }
    }
}

/// Every word that stands in the rows: it was typed, or names a file, a device, a factor.
fn typed(rows: &StudyRows) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    words_of_rows(&rows.nights, &mut found);
    words_of_rows(&rows.files, &mut found);
    words_of_rows(&rows.events, &mut found);
    words_of_rows(&rows.factors, &mut found);
    words_of_rows(&rows.comparisons, &mut found);
    words_of_rows(&rows.benchmark, &mut found);
    found
}

#[test]
fn a_third_language_is_one_file() {
    let words = in_other_letters();
    for variant in [
        "nights-1",
        "nights-21",
        "nights-missing",
        "no-diary",
        "wrist",
        "no-clock",
    ] {
        let variant = variants::of(variant);
        let mut known = typed(&variant.rows);
        // Our own name, and signs of units that no language translates.
        known.extend(["legtrace", "ml", "ng", "mg", "ug"].map(str::to_owned));
        for audience in Audience::ALL {
            let mut options = variant.options((Language::English, audience, Paper::A4));
            options.messages = Some(words.clone());
            let page = html(&variant.view(), &options).expect("a page");
            assert!(page.contains("<html lang=\"el\">"));
            let (_, body) = page.split_once("<body>").expect("a body");
            let strange: Vec<String> = latin_words(&told(body))
                .difference(&known)
                .cloned()
                .collect();
            assert!(
                strange.is_empty(),
                "{}: in no message: {strange:?}",
                variant.name
            );
        }
        let said = said_by_charts(&variant.rows, &words);
        let strange: Vec<String> = latin_words(&said).difference(&known).cloned().collect();
        assert!(
            strange.is_empty(),
            "charts of {}: in no message: {strange:?}",
            variant.name
        );
    }
}
