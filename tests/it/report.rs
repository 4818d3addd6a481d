//! The two pages: for studies of every size, with everything missing that can be, and with names that mean harm.
//!
//! krilla refuses a document that is no PDF/UA-1, so a PDF that comes back is one. `LEGTRACE_PICTURES=FOLDER` keeps the
//! pages for looking at.

mod figures;
mod harm;
mod structure;
mod text;
pub mod variants;
mod wording;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use legtrace::output::report::{ReportError, html, pdf};
use variants::{CLINICIAN, PATIENT, Setting, Variant, stem};

/// Keeps a file for somebody who wants to look.
fn keep(name: &str, bytes: &[u8]) {
    let Some(folder) = std::env::var_os("LEGTRACE_PICTURES").map(std::path::PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    std::fs::write(folder.join(name), bytes).expect("a picture");
}

/// What was made once is not made again: several tests look at the same pages.
fn kept<T: Clone>(
    pages: &Mutex<BTreeMap<String, T>>,
    name: &str,
    make: impl FnOnce() -> Result<T, ReportError>,
) -> T {
    let known = pages.lock().expect("the pages").get(name).cloned();
    known.unwrap_or_else(|| {
        let made = make().unwrap_or_else(|error| panic!("{name}: {error}"));
        pages
            .lock()
            .expect("the pages")
            .insert(name.to_owned(), made.clone());
        made
    })
}

/// The HTML page of a study.
pub fn html_of(variant: &Variant, setting: Setting) -> Arc<str> {
    static PAGES: Mutex<BTreeMap<String, Arc<str>>> = Mutex::new(BTreeMap::new());
    kept(&PAGES, &stem(variant, setting), || {
        html(&variant.view(), &variant.options(setting)).map(Arc::from)
    })
}

/// The PDF of a study.
pub fn pdf_of(variant: &Variant, setting: Setting) -> Arc<[u8]> {
    static PAGES: Mutex<BTreeMap<String, Arc<[u8]>>> = Mutex::new(BTreeMap::new());
    kept(&PAGES, &stem(variant, setting), || {
        pdf(&variant.view(), &variant.options(setting)).map(Arc::from)
    })
}

/// Text without spaces, with markup's own signs read back.
fn squeezed(text: &str) -> String {
    let text = unescaped(text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// The text of a page without its markup, scripts and styles.
fn told(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let skipped = ["style", "script"]
            .into_iter()
            .find(|name| tag.starts_with(name));
        rest = match skipped {
            Some(name) => tag
                .split_once(&format!("</{name}>"))
                .map_or("", |(_, after)| after),
            None => tag.split_once('>').map_or("", |(_, after)| after),
        };
        text.push(' ');
    }
    text.push_str(rest);
    unescaped(&text)
}

#[test]
fn every_study_has_its_pages() {
    for variant in variants::all() {
        for setting in [PATIENT, CLINICIAN] {
            let (page, document) = (html_of(variant, setting), pdf_of(variant, setting));
            let stem = stem(variant, setting);
            keep(&format!("{stem}.html"), page.as_bytes());
            keep(&format!("{stem}.pdf"), &document);
            assert!(page.starts_with("<!"), "{stem}");
            assert!(document.starts_with(b"%PDF-"), "{stem}");
        }
    }
}
