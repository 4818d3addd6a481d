//! The HTML pages in a real browser: no request, no message on the console, with scripts and without, by keyboard, light
//! and dark, on a phone, held against the rules of axe-core, and printed.
//!
//! `browser/pages.mjs` drives a headless Chromium through playwright-core; `.ci/run` installs all three. To run it by
//! hand: `LEGTRACE_NODE=DIR cargo test browser::`, where `npm install --prefix DIR playwright-core axe-core` was run.

use std::path::{Path, PathBuf};

use crate::outside::{folder, n_pages, output, program};
use crate::report::variants::{self, CLINICIAN, PATIENT, Variant, stem};
use crate::report::{html_of, pdf_of};
use crate::skipped::skip;

struct Tools {
    node: PathBuf,
    modules: PathBuf,
    chromium: PathBuf,
    pdfinfo: PathBuf,
}

fn tools(what: &str) -> Option<Tools> {
    let modules = std::env::var_os("LEGTRACE_NODE").map(PathBuf::from);
    if let Some(folder) = &modules {
        let axe = folder.join("node_modules/axe-core");
        assert!(axe.is_dir(), "LEGTRACE_NODE has no {}", axe.display());
    }
    let found = |names: &[&str]| {
        let found = program(names);
        if found.is_none() {
            skip(what, names[0]);
        }
        found
    };
    let tools = Tools {
        chromium: found(&["chromium", "chromium-browser", "google-chrome"])?,
        node: found(&["node"])?,
        pdfinfo: found(&["pdfinfo"])?,
        modules: modules.or_else(|| {
            skip(
                what,
                "LEGTRACE_NODE, a folder with playwright-core and axe-core,",
            );
            None
        })?,
    };
    Some(tools)
}

impl Tools {
    /// What the script found on the pages of a folder.
    fn findings(&self, pages: &Path) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/browser/pages.mjs");
        output(
            &self.node,
            &[
                script.as_os_str(),
                self.modules.as_os_str(),
                self.chromium.as_os_str(),
                pages.as_os_str(),
            ],
        )
    }
}

#[test]
fn the_pages_hold_in_a_browser_and_print_on_as_many_pages_as_the_pdf() {
    let Some(tools) = tools("the pages in a browser") else {
        return;
    };
    let folder = folder("browser");
    let mut expected = Vec::new();
    let write = |variant: &Variant, setting| {
        let stem = stem(variant, setting);
        let page = html_of(variant, setting);
        std::fs::write(folder.join(format!("{stem}.html")), &*page).expect("a page");
        let file = folder.join(format!("{stem}.pdf"));
        std::fs::write(&file, pdf_of(variant, setting)).expect("a document");
        (stem, n_pages(&tools.pdfinfo, &file))
    };
    for (at, variant) in variants::all().iter().enumerate() {
        // Both settings of every study would take twice as long and show little more.
        expected.push(write(variant, [PATIENT, CLINICIAN][at % 2]));
    }
    let said = tools.findings(&folder);
    assert!(!said.contains("FOUND"), "{said}");
    let looked = format!("LOOKED AT {} PAGES, 0 FINDINGS", expected.len());
    assert!(said.contains(&looked), "{said}");
    for (stem, pages) in expected {
        let printed = n_pages(&tools.pdfinfo, &folder.join(format!("{stem}.print.pdf")));
        assert_eq!(printed, pages, "{stem} prints on {printed} pages");
        let annex = usize::from(stem.starts_with("many-factors"));
        assert_eq!(pages, 2 + annex, "{stem}");
    }
}

#[test]
fn the_browser_test_finds_what_it_looks_for() {
    let Some(tools) = tools("faults planted for the browser") else {
        return;
    };
    let folder = folder("browser-planted");
    let page = html_of(variants::of("nights-2"), PATIENT);
    // Most faults are planted in a page without its policy, which would stop them.
    let open = {
        let (before, rest) = page.split_once("<meta http-equiv").expect("a policy");
        let (_, after) = rest.split_once('>').expect("an end of the policy");
        format!("{before}{after}")
    };
    let policed = |to: &str| page.replace("</main>", to);
    let faults = [
        (
            "request",
            open.replace(
                "</main>",
                "<img alt=\"x\" src=\"https://example.org/x.png\"></main>",
            ),
            "asks for https://example.org/x.png",
        ),
        (
            "policy",
            policed("<p style=\"color:red\">x</p></main>"),
            "the console says: ",
        ),
        (
            "script",
            open.replace("</main>", "<script>alert(1)</script></main>"),
            "a dialog opened: 1",
        ),
        (
            "contrast",
            open.replace("--soft: #575d66", "--soft: #b5babf"),
            "color-contrast",
        ),
        (
            "landmark",
            open.replace("</main>", "</main><p>outside</p>"),
            "axe-core, light: region",
        ),
        (
            "heading",
            open.replace("<h2 id=\"methods\">", "<h4 id=\"methods\">"),
            "is of level 4",
        ),
        (
            "wide",
            open.replace("@page", ".tiles { width: 900px; }\n@page"),
            "on a phone the page is",
        ),
        (
            "skip",
            open.replace("href=\"#glance\"", "href=\"#nowhere\""),
            "the skip link leads nowhere",
        ),
        (
            "unnamed",
            open.replace("</desc>", "</desc-not>")
                .replace("<desc id", "<desc-not id"),
            "has no words or no table",
        ),
    ];
    for (name, fault, _) in &faults {
        assert!(**fault != *page && fault != &open, "{name} is not planted");
        std::fs::write(folder.join(format!("{name}.html")), fault).expect("a page");
    }
    let said = tools.findings(&folder);
    for (name, _, what) in faults {
        let start = format!("FOUND {name}.html: ");
        let found = said
            .lines()
            .any(|line| line.starts_with(&start) && line.contains(what));
        assert!(found, "{what} was not found in {name}: {said}");
    }
}
