use crate::charts::study_rows::study;
use legtrace::analysis::summarize::study::summarize;
use legtrace::output::report::{Audience, Options, Paper, StudyView, html, pdf};
use legtrace::output::words::Language;
#[test]
fn look() {
    let Some(dir) = std::env::var_os("LEGTRACE_PICTURES").map(std::path::PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&dir).unwrap();
    for n in [1, 21] {
        let mut rows = study(n);
        for night in &mut rows.nights {
            night.flags = Some("one_leg;estimated_window".into());
            night.per = "hour in bed".into();
            night.version = "0.1.0".into();
            night.device = Some("Axivity AX3".into());
        }
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
            let options = Options {
                language,
                audience,
                paper,
                name: Some("Code 17".into()),
                made_on: None,
            };
            std::fs::write(
                dir.join(format!("{n}-{}-{}.html", language.code(), paper.name())),
                html(&view, &options).unwrap(),
            )
            .unwrap();
            let start = std::time::Instant::now();
            let bytes = pdf(&view, &options).unwrap();
            eprintln!("{n} {:?} {} bytes", start.elapsed(), bytes.len());
            std::fs::write(
                dir.join(format!("{n}-{}-{}.pdf", language.code(), paper.name())),
                bytes,
            )
            .unwrap();
        }
    }
}
