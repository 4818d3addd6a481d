//! The parts of the HTML page, in the order in which they stand.

use super::escape::{escaped, foreign};
use crate::output::charts::{Drawing, Sheet};
use crate::output::report::ReportError;
use crate::output::report::content::{Comparison, Content, Fact, Tile};
use crate::output::report::panels::{Panel, Panels, Shown};
use crate::output::report::pdf::ChartSize;

pub(super) fn header(page: &mut String, content: &Content, panels: &Panels) {
    let header = &content.header;
    page.push_str("<div class=\"top\">\n<div class=\"who\">\n");
    page.push_str(&format!("<h1>{}</h1>\n", escaped(&header.title)));
    let period = escaped(&header.period);
    match &header.name {
        Some(name) => page.push_str(&format!(
            "<p class=\"under\">{} · {period}</p>\n",
            foreign(name)
        )),
        None => page.push_str(&format!("<p class=\"under\">{period}</p>\n")),
    }
    facts(page, &header.facts);
    page.push_str("</div>\n<section class=\"quality\" aria-labelledby=\"quality\">\n");
    let letter = header.quality.letter.map_or_else(
        || panels.voice().say("format.none"),
        |letter| letter.to_string(),
    );
    page.push_str(&format!(
        "<h2 id=\"quality\">{} <span class=\"grade\">{}</span></h2>\n",
        escaped(&header.quality.name),
        escaped(&letter)
    ));
    for sentence in &header.quality.sentences {
        page.push_str(&format!("<p>{}</p>\n", escaped(sentence)));
    }
    page.push_str("</section>\n</div>\n");
}

/// Links to the sections: not printed.
pub(super) fn contents(page: &mut String, content: &Content, panels: &Panels) {
    let voice = panels.voice();
    let mut links: Vec<(String, String)> = vec![("glance".into(), voice.say("report.first_page"))];
    let of = |panel: Panel| (panel.name().to_owned(), panels.heading(panel));
    links.extend([Panel::Profile, Panel::Trend, Panel::Scatter].map(of));
    links.push(("limits".into(), content.limits.heading.clone()));
    links.extend(
        [
            Panel::Strips,
            Panel::Intervals,
            Panel::Hourly,
            Panel::Calendar,
        ]
        .map(of),
    );
    links.push(("comparisons".into(), content.factors.heading.clone()));
    if panels.has_factors() {
        links.push(of(Panel::Factors));
    }
    links.push(("methods".into(), voice.say("report.methods")));
    if !content.factors.annex.is_empty() || panels.has_further_factors() {
        links.push(("annex".into(), content.factors.annex_heading.clone()));
    }
    links.extend(panels.beyond_the_pages().into_iter().map(of));
    let name = escaped(&voice.say("report.contents"));
    page.push_str(&format!("<nav aria-label=\"{name}\">\n<ul>\n"));
    for (id, text) in links {
        page.push_str(&format!(
            "<li><a href=\"#{id}\">{}</a></li>\n",
            escaped(&text)
        ));
    }
    page.push_str("</ul>\n</nav>\n");
}

pub(super) fn tiles(page: &mut String, content: &Content, panels: &Panels) {
    let heading = escaped(&panels.voice().say("report.first_page"));
    page.push_str(&format!(
        "<section class=\"tiles\" aria-labelledby=\"glance\">\n<h2 id=\"glance\" class=\"unseen\">{heading}</h2>\n"
    ));
    for tile in &content.tiles {
        one_tile(page, tile);
    }
    page.push_str("</section>\n");
}

fn one_tile(page: &mut String, tile: &Tile) {
    page.push_str(&format!(
        "<div class=\"tile\">\n<h3>{}</h3>\n<p class=\"value\"><b>{}</b>",
        escaped(&tile.name),
        escaped(&tile.value)
    ));
    if let Some(unit) = &tile.unit {
        page.push_str(&format!(" <span>{}</span>", escaped(unit)));
    }
    page.push_str("</p>\n<ul>\n");
    for detail in &tile.details {
        page.push_str(&format!("<li>{}</li>\n", escaped(detail)));
    }
    page.push_str(&format!(
        "</ul>\n<p class=\"what\">{}</p>\n</div>\n",
        escaped(&tile.what)
    ));
}

/// Heading, caption, chart and the chart's numbers as a table; or the reason why there is no chart.
pub(super) fn panel(
    page: &mut String,
    panel: Panel,
    size: Option<ChartSize>,
    panels: &Panels,
) -> Result<(), ReportError> {
    let (width, height) = size.map_or((930.0, None), |size| (size.width_px, Some(size.height_px)));
    let id = panel.name();
    let heading = escaped(&panels.heading(panel));
    page.push_str(&format!(
        "<section class=\"panel {id}\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n"
    ));
    match panels.draw(panel, width, height)? {
        Shown::Nothing(why) => {
            page.push_str(&format!("<p class=\"caption\">{}</p>\n", escaped(&why)));
        }
        Shown::Chart(drawing) => {
            let Drawing {
                caption,
                svg,
                sheet,
                ..
            } = *drawing;
            page.push_str(&format!("<p class=\"caption\">{}</p>\n", escaped(&caption)));
            // A small screen scrolls a wide chart rather than making its words too small.
            let wide = match width {
                _ if width > 700.0 => " wide",
                _ if width > 400.0 => " middling",
                _ => "",
            };
            if !wide.is_empty() {
                let hint = escaped(&panels.voice().say("report.swipe"));
                page.push_str(&format!("<p class=\"swipe{wide}\">{hint}</p>\n"));
            }
            page.push_str(&format!(
                "<div class=\"chart{wide}\" role=\"group\" aria-label=\"{heading}\" tabindex=\"0\">\n{svg}</div>\n"
            ));
            table(page, &heading, &sheet, panels);
        }
    }
    page.push_str("</section>\n");
    Ok(())
}

/// The numbers of a chart, folded away until asked for.
fn table(page: &mut String, heading: &str, sheet: &Sheet, panels: &Panels) {
    if sheet.rows.is_empty() {
        return;
    }
    let summary = escaped(&panels.voice().say("report.as_table"));
    page.push_str(&format!(
        "<details>\n<summary>{summary}</summary>\n<div class=\"scroll\" role=\"group\" aria-label=\"{heading}\" tabindex=\"0\">\n"
    ));
    let rows: Vec<&[String]> = sheet.rows.iter().map(Vec::as_slice).collect();
    rows_as_table(page, heading, &sheet.head, &rows);
    page.push_str("</div>\n</details>\n");
}

fn rows_as_table(page: &mut String, caption: &str, head: &[String], rows: &[&[String]]) {
    page.push_str(&format!(
        "<table>\n<caption class=\"unseen\">{caption}</caption>\n<thead><tr>"
    ));
    for cell in head {
        page.push_str(&format!("<th scope=\"col\">{}</th>", escaped(cell)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        page.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let cell = foreign(cell);
            if column == 0 {
                page.push_str(&format!("<th scope=\"row\">{cell}</th>"));
            } else {
                page.push_str(&format!("<td>{cell}</td>"));
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

pub(super) fn limits(page: &mut String, content: &Content) {
    let limits = &content.limits;
    page.push_str(&format!(
        "<section class=\"limits\" aria-labelledby=\"limits\">\n<div>\n<h2 id=\"limits\">{}</h2>\n<ul class=\"plain\">\n",
        escaped(&limits.heading)
    ));
    for point in &limits.points {
        page.push_str(&format!(
            "<li><b>{}</b> {}</li>\n",
            escaped(&point.gist),
            escaped(&point.rest)
        ));
    }
    page.push_str(&format!(
        "</ul>\n</div>\n<div>\n<h2>{}</h2>\n<ul>\n",
        escaped(&limits.questions_heading)
    ));
    for question in &limits.questions {
        page.push_str(&format!("<li>{}</li>\n", escaped(question)));
    }
    page.push_str(&format!(
        "</ul>\n<p class=\"disclaimer\">{}</p>\n</div>\n</section>\n",
        escaped(&limits.disclaimer)
    ));
}

pub(super) fn factors(page: &mut String, content: &Content) {
    let factors = &content.factors;
    let heading = escaped(&factors.heading);
    page.push_str(&format!(
        "<section class=\"comparisons\" aria-labelledby=\"comparisons\">\n<h2 id=\"comparisons\">{heading}</h2>\n"
    ));
    comparisons(page, &heading, &factors.head, &factors.comparisons);
    if let Some(laboratory) = &factors.laboratory {
        page.push_str(&format!("<p>{}</p>\n", foreign(laboratory)));
    }
    for note in &factors.notes {
        page.push_str(&format!("<p class=\"caption\">{}</p>\n", escaped(note)));
    }
    page.push_str("</section>\n");
}

fn comparisons(page: &mut String, caption: &str, head: &[String], rows: &[Comparison]) {
    if rows.is_empty() {
        return;
    }
    page.push_str(&format!(
        "<div class=\"scroll\" role=\"group\" aria-label=\"{caption}\" tabindex=\"0\">\n"
    ));
    let rows: Vec<&[String]> = rows.iter().map(|row| row.cells.as_slice()).collect();
    rows_as_table(page, caption, head, &rows);
    page.push_str("</div>\n");
}

pub(super) fn annex(
    page: &mut String,
    content: &Content,
    panels: &Panels,
) -> Result<(), ReportError> {
    let factors = &content.factors;
    if factors.annex.is_empty() && !panels.has_further_factors() {
        return Ok(());
    }
    page.push_str("<div class=\"annex\">\n");
    let heading = escaped(&factors.annex_heading);
    page.push_str(&format!(
        "<section aria-labelledby=\"annex\">\n<h2 id=\"annex\">{heading}</h2>\n"
    ));
    comparisons(page, &heading, &factors.head, &factors.annex);
    page.push_str("</section>\n");
    if panels.has_further_factors() {
        panel(page, Panel::Further, None, panels)?;
    }
    page.push_str("</div>\n");
    Ok(())
}

pub(super) fn methods(page: &mut String, content: &Content, panels: &Panels) {
    let heading = escaped(&panels.voice().say("report.methods"));
    page.push_str(&format!(
        "<section class=\"methods\" aria-labelledby=\"methods\">\n<h2 id=\"methods\">{heading}</h2>\n"
    ));
    facts(page, &content.methods);
    page.push_str("</section>\n");
}

pub(super) fn footer(page: &mut String, content: &Content) {
    page.push_str(&format!(
        "<footer>\n<p>{}</p>\n</footer>\n",
        escaped(&content.footer)
    ));
}

fn facts(page: &mut String, facts: &[Fact]) {
    page.push_str("<dl>\n");
    for fact in facts {
        page.push_str(&format!(
            "<div><dt>{}:</dt> <dd>{}</dd></div>\n",
            escaped(&fact.name),
            foreign(&fact.value)
        ));
    }
    page.push_str("</dl>\n");
}
