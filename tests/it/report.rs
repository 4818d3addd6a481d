//! The two pages: that there are any, for studies of every size, and that nothing a person typed does harm in them.
//!
//! krilla refuses a document that is no PDF/UA-1, so a PDF that comes back is one. `LEGTRACE_PICTURES=FOLDER` keeps the
//! pages for looking at.

use legtrace::analysis::summarize::study::summarize;
use legtrace::output::report::{Audience, Options, Paper, StudyView, html, pdf};
use legtrace::output::rows::StudyRows;
use legtrace::output::words::Language;

use crate::charts::study_rows::study;

const HOSTILE: &str = "<script>alert('x')</script> =cmd|' /C calc'!A0 \"quoted\" & more";

fn rows_of(n: usize) -> StudyRows {
    let mut rows = study(n);
    for night in &mut rows.nights {
        night.flags = Some("one_leg;estimated_window".into());
        night.per = "hour in bed".into();
        night.version = "0.1.0".into();
        night.device = Some(HOSTILE.into());
    }
    rows
}

fn options(audience: Audience, language: Language, paper: Paper) -> Options {
    Options {
        language,
        audience,
        paper,
        name: Some(HOSTILE.into()),
        made_on: None,
    }
}

fn keep(name: &str, bytes: &[u8]) {
    let Some(folder) = std::env::var_os("LEGTRACE_PICTURES").map(std::path::PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    std::fs::write(folder.join(name), bytes).expect("a picture");
}

#[test]
fn studies_of_every_size_have_their_pages() {
    for n in [1, 2, 9, 14, 21] {
        let rows = rows_of(n);
        let nights: Vec<_> = rows
            .nights
            .iter()
            .map(|night| night.study_night(&rows.movements, &rows.spans))
            .collect();
        let summary = summarize(&nights);
        let view = StudyView {
            rows: &rows,
            summary: &summary,
        };
        for (audience, language, paper) in [
            (Audience::Patient, Language::English, Paper::A4),
            (Audience::Clinician, Language::German, Paper::Letter),
        ] {
            let options = options(audience, language, paper);
            let stem = format!("{n}-{}-{}", language.code(), paper.name());
            let page = html(&view, &options).unwrap_or_else(|error| panic!("{stem}: {error}"));
            assert!(page.starts_with("<!"), "{stem}");
            assert!(
                !page.contains("<script>alert"),
                "{stem}: a name became a script"
            );
            assert!(
                page.contains("&lt;script&gt;alert"),
                "{stem}: the name is missing"
            );
            for link in ["src=\"http", "href=\"http", "url(http", "@import"] {
                assert!(
                    !page.contains(link),
                    "{stem}: the page asks the network ({link})"
                );
            }
            keep(&format!("{stem}.html"), page.as_bytes());
            let document = pdf(&view, &options).unwrap_or_else(|error| panic!("{stem}: {error}"));
            assert!(document.starts_with(b"%PDF-"), "{stem}");
            keep(&format!("{stem}.pdf"), &document);
        }
    }
}
