//! The words of the PDF as poppler reads them: every label of every chart is there, nothing lies on anything else, no
//! letter is too small, and all stands inside the page.

use std::path::PathBuf;

use legtrace::output::charts::{KINDS, Request, Setup};
use legtrace::output::report::chart_pdf;
use legtrace::output::words::{Language, Words};

use super::variants::{self, CLINICIAN, PATIENT, Setting, Variant, stem};
use super::{html_of, pdf_of, squeezed};
use crate::charts::marks::texts;
use crate::outside::{folder, n_pages, output, program};
use crate::skipped::skip;

/// A word and where it stands, in points from the upper left corner.
#[derive(Debug, Clone)]
struct Word {
    page: usize,
    text: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// The words of `pdftotext -bbox`.
fn words(xml: &str) -> (Vec<Word>, Vec<(f64, f64)>) {
    let value = |line: &str, name: &str| -> f64 {
        let (_, rest) = line
            .split_once(&format!("{name}=\""))
            .expect("an attribute");
        let (number, _) = rest.split_once('"').expect("a quoted attribute");
        number.parse().expect("a number")
    };
    let (mut found, mut pages) = (Vec::new(), Vec::new());
    for line in xml.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push((value(line, "width"), value(line, "height")));
        }
        if line.starts_with("<word ") {
            let (_, rest) = line.split_once('>').expect("a tag ends");
            found.push(Word {
                page: pages.len(),
                text: rest.trim_end_matches("</word>").to_owned(),
                left: value(line, "xMin"),
                top: value(line, "yMin"),
                right: value(line, "xMax"),
                bottom: value(line, "yMax"),
            });
        }
    }
    (found, pages)
}

/// The readers of PDF.
pub struct Poppler {
    pdftotext: PathBuf,
    pub pdfinfo: PathBuf,
}

impl Poppler {
    pub fn here(what: &str) -> Option<Self> {
        match (program(&["pdftotext"]), program(&["pdfinfo"])) {
            (Some(pdftotext), Some(pdfinfo)) => Some(Self { pdftotext, pdfinfo }),
            _ => {
                skip(what, "pdftotext of poppler-utils");
                None
            }
        }
    }

    fn read(&self, how: &str, file: &std::path::Path) -> String {
        output(
            &self.pdftotext,
            &[how.as_ref(), file.as_os_str(), "-".as_ref()],
        )
    }
}

/// The texts of all charts of the two pages: those of the HTML page, whose drawings are the same.
fn labels(page: &str) -> Vec<String> {
    let (printed, _) = page
        .split_once("<div class=\"beyond\">")
        .expect("what is not printed");
    // In the annex a chart has the height of a page to itself, and in the HTML page its own.
    let printed = printed.split("<div class=\"annex\">").next().unwrap_or("");
    let svgs = printed.split("<svg ").skip(1);
    let svgs = svgs.filter_map(|rest| rest.split("</svg>").next());
    svgs.flat_map(texts).collect()
}

fn check(poppler: &Poppler, folder: &std::path::Path, variant: &Variant, setting: Setting) {
    let stem = stem(variant, setting);
    let (page, document) = (html_of(variant, setting), pdf_of(variant, setting));
    let file = folder.join(format!("{stem}.pdf"));
    std::fs::write(&file, document).expect("a document");

    let annex = usize::from(variant.name == "many-factors");
    assert_eq!(n_pages(&poppler.pdfinfo, &file), 2 + annex, "{stem}");

    // Spaces differ between readers, so they are left out on both sides.
    let told = squeezed(&poppler.read("-raw", &file));
    let labels = labels(&page);
    assert!(labels.len() > 20, "{stem} has {} labels", labels.len());
    for label in &labels {
        // Letters from right to left are read in their own order.
        if label.chars().any(|c| ('\u{590}'..'\u{700}').contains(&c)) {
            continue;
        }
        assert!(
            told.contains(&squeezed(label)),
            "{stem}: {label:?} is not in the PDF"
        );
    }

    let (words, pages) = words(&poppler.read("-bbox", &file));
    assert!(
        words.len() > 200 && words.iter().all(|word| !word.text.is_empty()),
        "{stem}"
    );
    for word in &words {
        let (width, height) = pages[word.page - 1];
        assert!(
            word.left >= 35.0
                && word.right <= width - 35.0
                && word.top >= 20.0
                && word.bottom <= height - 18.0,
            "{stem}: {word:?} leaves the page"
        );
        // What poppler calls the height of a word is its size in points and a little more, in both of our fonts.
        let height = word.bottom - word.top;
        // Names of a hundred letters in every place may make charts give way as a whole.
        let least = if variant.name == "hostile" { 7.0 } else { 8.95 };
        assert!(height > least, "{stem}: {word:?} has {height:.2} pt");
    }
    for (at, word) in words.iter().enumerate() {
        for other in &words[..at] {
            assert!(apart(word, other), "{stem}: {word:?} lies on {other:?}");
        }
    }
}

/// Whether the letters of two words stay off each other: of the height of a line, letters without an accent take the
/// middle half.
fn apart(a: &Word, b: &Word) -> bool {
    let core = |word: &Word| {
        let height = word.bottom - word.top;
        (word.top + 0.27 * height, word.bottom - 0.25 * height)
    };
    let ((a_top, a_bottom), (b_top, b_bottom)) = (core(a), core(b));
    a.page != b.page
        || a.left + 0.5 >= b.right
        || b.left + 0.5 >= a.right
        || a_top >= b_bottom
        || b_top >= a_bottom
}

#[test]
fn every_label_is_in_the_pdf_and_nothing_lies_on_anything() {
    let Some(poppler) = Poppler::here("labels of the charts in the PDF") else {
        return;
    };
    let folder = folder("text");
    for variant in variants::all() {
        for setting in [PATIENT, CLINICIAN] {
            check(&poppler, &folder, variant, setting);
        }
    }
}

#[test]
fn every_way_to_set_the_pages_holds() {
    let Some(poppler) = Poppler::here("all ways to set the pages") else {
        return;
    };
    let folder = folder("text-settings");
    for setting in variants::settings() {
        check(&poppler, &folder, variants::of("nights-21"), setting);
    }
}

#[test]
fn words_that_lie_on_each_other_are_found() {
    let word = |left: f64, top: f64| Word {
        page: 1,
        text: "x".into(),
        left,
        top,
        right: left + 20.0,
        bottom: top + 12.0,
    };
    assert!(!apart(&word(10.0, 10.0), &word(25.0, 12.0)));
    assert!(apart(&word(10.0, 10.0), &word(31.0, 10.0)));
    assert!(apart(&word(10.0, 10.0), &word(10.0, 20.0)));
}

#[test]
fn every_label_of_every_kind_alone_is_in_its_pdf() {
    let Some(poppler) = Poppler::here("labels of charts alone as PDF") else {
        return;
    };
    let folder = folder("text-alone");
    let rows = &variants::of("nights-14").rows;
    for language in Language::ALL {
        let words = Words::of(language);
        for kind in KINDS {
            let drawing = (kind.draw)(rows, &Request::new(Setup::new(&words))).expect(kind.name);
            let document = chart_pdf(&drawing, language).expect(kind.name);
            let file = folder.join(format!("{}-{}.pdf", kind.name, language.code()));
            std::fs::write(&file, document).expect("a document");
            let told = squeezed(&poppler.read("-raw", &file));
            let labels = texts(&drawing.svg);
            assert!(
                labels.len() > 5,
                "{} has {} labels",
                kind.name,
                labels.len()
            );
            for label in labels {
                let is_there = told.contains(&squeezed(&label));
                assert!(is_there, "{}: {label:?} is not in the PDF", kind.name);
            }
        }
    }
}
