//! What charts show: labels, units, and as many marks as rows. With `LEGTRACE_PICTURES=DIR` every chart that a test
//! draws is written there as SVG and PNG, to be looked at.

pub mod marks;
mod night;
mod rows;
mod study;
pub mod study_rows;

use std::path::PathBuf;

use legtrace::output::charts::{Drawing, parse};

/// Checks what holds for every chart, and writes it down where somebody wants to look.
fn seen(name: &str, drawing: &Drawing) {
    let Drawing {
        title,
        caption,
        alt,
        svg,
        sheet,
    } = drawing;
    if let Some(dir) = std::env::var_os("LEGTRACE_PICTURES").map(PathBuf::from) {
        std::fs::create_dir_all(&dir).expect("a folder for pictures");
        std::fs::write(dir.join(format!("{name}.svg")), svg).expect("a written SVG");
        let png = drawing.png(1.0).expect("a PNG");
        std::fs::write(dir.join(format!("{name}.png")), png).expect("a written PNG");
    }
    assert!(
        !title.is_empty() && !caption.is_empty() && !alt.is_empty(),
        "{name}"
    );
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
    for key in [
        "night.", "axis.", "study.", "rules.", "index.", "body.", "trend.",
    ] {
        let shown = marks::texts(svg)
            .into_iter()
            .find(|text| text.starts_with(key));
        assert_eq!(shown, None, "{name} shows a key in place of a message");
    }
    for row in &sheet.rows {
        assert_eq!(row.len(), sheet.head.len(), "{name}");
    }
    let tree = parse(svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    marks::texts_stay_inside(name, &tree);
}
