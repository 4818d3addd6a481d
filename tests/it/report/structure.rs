//! The PDF as a screen reader meets it: one title, headings in order, a figure for every chart, tables with heads.
//!
//! krilla holds every document against PDF/UA-1, which asks for an alternative text of every figure; poppler tells here
//! what the structure holds.

use super::text::Poppler;
use super::variants::{self, CLINICIAN, PATIENT, Setting, Variant, stem};
use super::{html_of, pdf_of};
use crate::outside::{folder, output};

/// Names of the structure elements in order of reading.
fn elements(listing: &str) -> Vec<&str> {
    let names = listing
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names.collect()
}

fn check(poppler: &Poppler, folder: &std::path::Path, variant: &Variant, setting: Setting) {
    let stem = stem(variant, setting);
    let file = folder.join(format!("{stem}.pdf"));
    std::fs::write(&file, pdf_of(variant, setting)).expect("a document");
    let about = output(&poppler.pdfinfo, &[file.as_os_str()]);
    let has = |line: &str| {
        about
            .lines()
            .any(|told| told.split_whitespace().eq(line.split_whitespace()))
    };
    assert!(
        has("Tagged: yes") && has("JavaScript: no"),
        "{stem}: {about}"
    );

    let listing = output(&poppler.pdfinfo, &["-struct".as_ref(), file.as_os_str()]);
    let elements = elements(&listing);
    let n = |name: &str| elements.iter().filter(|element| **element == name).count();
    assert_eq!(n("H1"), 1, "{stem}");
    let first = elements.iter().find(|name| name.starts_with('H'));
    assert_eq!(first, Some(&"H1"), "{stem}");
    assert!(n("H2") >= 8 && n("H3") == 0, "{stem}: {listing}");

    let page = html_of(variant, setting);
    let (printed, _) = page
        .split_once("<div class=\"beyond\">")
        .expect("what is not printed");
    assert_eq!(n("Figure"), printed.matches("<svg ").count(), "{stem}");
    let tables =
        printed.matches("<div class=\"scroll\"").count() - printed.matches("<details>").count();
    assert_eq!(
        n("Table"),
        tables,
        "{stem}: tables that are not those of charts"
    );
    assert_eq!(n("TR") == 0, tables == 0, "{stem}");
}

#[test]
fn a_screen_reader_finds_its_way() {
    let Some(poppler) = Poppler::here("structure of the PDF") else {
        return;
    };
    let folder = folder("structure");
    for variant in variants::all() {
        for setting in [PATIENT, CLINICIAN] {
            check(&poppler, &folder, variant, setting);
        }
    }
}
