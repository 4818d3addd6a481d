//! The pages as one HTML file: no network, no need for scripts, the same two pages when printed.
//!
//! All that comes from the user passes [`escape`]; style and script are fixed texts whose hashes the page's own policy
//! names, so that nothing else can run or style, whatever a name or a tag holds.

mod escape;
mod parts;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::content::Content;
use super::panels::{Panel, Panels};
use super::{Options, Paper, ReportError, pdf};
use crate::output::fonts;
use escape::escaped;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/hover.js");

pub(super) fn write(
    content: &Content,
    panels: &Panels,
    options: &Options,
) -> Result<String, ReportError> {
    let sheets = pdf::sheets(content, panels, options.paper)?;
    let style = style(options.paper, &sheets);
    let mut page = String::with_capacity(400_000);
    page.push_str("<!DOCTYPE html>\n");
    page.push_str(&format!("<html lang=\"{}\">\n", content.language));
    head(&mut page, content, &style);
    page.push_str("<body>\n");
    let skip = panels.voice().say("report.skip");
    page.push_str(&format!(
        "<a class=\"skip\" href=\"#glance\">{}</a>\n",
        escaped(&skip)
    ));
    page.push_str("<main>\n");
    let chart = |page: &mut String, panel: Panel| {
        let size = sheets.charts.iter().find(|size| size.panel == panel);
        parts::panel(page, panel, size.copied(), panels)
    };
    page.push_str("<div class=\"sheet\">\n");
    parts::header(&mut page, content, panels);
    parts::contents(&mut page, content, panels);
    parts::tiles(&mut page, content, panels);
    page.push_str("<div class=\"pair lead\">\n");
    chart(&mut page, Panel::Profile)?;
    chart(&mut page, Panel::Scatter)?;
    page.push_str("</div>\n");
    chart(&mut page, Panel::Trend)?;
    parts::limits(&mut page, content);
    page.push_str("</div>\n<div class=\"sheet\">\n");
    chart(&mut page, Panel::Strips)?;
    page.push_str("<div class=\"pair even\">\n");
    chart(&mut page, Panel::Intervals)?;
    chart(&mut page, Panel::Hourly)?;
    page.push_str("</div>\n<div class=\"pair narrow\">\n");
    chart(&mut page, Panel::Calendar)?;
    parts::factors(&mut page, content);
    page.push_str("</div>\n");
    if panels.has_factors() {
        chart(&mut page, Panel::Factors)?;
    }
    parts::methods(&mut page, content, panels);
    page.push_str("</div>\n");
    parts::annex(&mut page, content, panels)?;
    page.push_str("<div class=\"beyond\">\n");
    for panel in panels.beyond_the_pages() {
        chart(&mut page, panel)?;
    }
    page.push_str("</div>\n</main>\n");
    parts::footer(&mut page, content);
    page.push_str(&format!("<script>{SCRIPT}</script>\n</body>\n</html>\n"));
    Ok(page)
}

fn head(page: &mut String, content: &Content, style: &str) {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; font-src data:; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT)
    );
    let header = &content.header;
    let title = match &header.name {
        Some(name) => format!("{} – {name} – {}", header.title, header.period),
        None => format!("{} – {}", header.title, header.period),
    };
    page.push_str(&format!(
        "<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"generator\" content=\"legtrace {}\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n",
        env!("CARGO_PKG_VERSION"),
        escaped(&title),
    ));
}

/// The fixed style with the fonts, the paper and the measures of the pages filled in.
fn style(paper: Paper, sheets: &pdf::Sheets) -> String {
    let (width, height) = paper.size_pt();
    let share = (sheets.limits_share * 100.0).round();
    let points = format!("{share}fr {}fr", 100.0 - share);
    STYLE
        .replace("@REGULAR@", &STANDARD.encode(fonts::REGULAR_LATIN_WOFF2))
        .replace("@BOLD@", &STANDARD.encode(fonts::BOLD_LATIN_WOFF2))
        .replace("@PAPER@", &format!("{width}pt {height}pt"))
        .replace("@HEIGHT@", &format!("{height}pt"))
        .replace("@FOOT@", &format!("{:.1}pt", sheets.foot_pt))
        .replace("@POINTS@", &points)
}

/// As a content security policy names a text: base64 of its SHA-256 (W3C CSP Level 3, section 2.3.1).
fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
