//! Figures on charts, pages and in tables are those of the rows; a chart has as many marks as its table has rows.

use legtrace::output::rows::{NightRow, StudyRows};
use legtrace::output::words::{Language, Words};

use super::variants::{self, CLINICIAN, PATIENT, Setting, Variant};
use super::{html_of, told, unescaped};
use crate::charts::marks::{count, groups, texts};

/// A section of the page with a chart: its picture, and the cells of its table.
struct Panel<'a> {
    svg: &'a str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The panel of that name; `None` where a sentence stands in its place.
fn panel<'a>(page: &'a str, name: &str) -> Option<Panel<'a>> {
    let open = format!("<section class=\"panel {name}\"");
    let (_, rest) = page.split_once(&open)?;
    let (section, _) = rest.split_once("</section>").expect("a section ends");
    let (_, svg) = section.split_once("<svg ")?;
    let (svg, _) = svg.split_once("</svg>").expect("a picture ends");
    let (_, table) = section.split_once("<thead>").expect("a chart has a table");
    let (head, body) = table.split_once("</thead>").expect("a head ends");
    let (body, _) = body.split_once("</tbody>").expect("a body ends");
    let rows = body.split("<tr>").skip(1);
    Some(Panel {
        svg,
        head: cells(head),
        rows: rows.map(cells).collect(),
    })
}

fn cells(row: &str) -> Vec<String> {
    let row = row.replace("<bdi>", "").replace("</bdi>", "");
    let mut found = Vec::new();
    for cell in row.split("<t").skip(1) {
        let is_cell = cell.starts_with("d>") || cell.starts_with("h scope");
        if let Some((_, text)) = cell.split_once('>').filter(|_| is_cell) {
            let (text, _) = text.split_once("</t").expect("a cell ends");
            found.push(unescaped(text));
        }
    }
    found
}

fn words(setting: Setting) -> Words {
    Words::of(setting.0)
}

fn dated(rows: &StudyRows) -> Vec<&NightRow> {
    let mut nights: Vec<&NightRow> = rows
        .nights
        .iter()
        .filter(|night| night.date.is_some() && night.plm_per_h.is_some())
        .collect();
    nights.sort_by_key(|night| night.date);
    nights
}

/// The profile, the trend, the scatter: page 1.
fn first_page(variant: &Variant, setting: Setting, page: &str) {
    let (rows, words, name) = (&variant.rows, words(setting), variant.name);
    match panel(page, "profile") {
        Some(profile) => {
            assert_eq!(profile.rows.len(), rows.profile.len(), "{name}");
            assert_eq!(
                count(profile.svg, "median-points"),
                rows.profile.len(),
                "{name}"
            );
            for (cells, row) in profile.rows.iter().zip(&rows.profile) {
                assert_eq!(cells[0], row.clock);
                assert_eq!(cells[1], row.n_nights.to_string());
                assert_eq!(cells[2], words.number_or_none(row.median_plm_per_h, 1));
                assert_eq!(cells[6], words.number_or_none(row.p90_plm_per_h, 1));
            }
        }
        None => assert!(rows.profile.is_empty(), "{name} has no profile"),
    }

    let nights = dated(rows);
    match panel(page, "trend") {
        Some(trend) => {
            let used = nights.iter().filter(|night| rows.uses(night)).count();
            assert_eq!(groups(trend.svg, "night").len(), used, "{name}");
            let left_out = groups(trend.svg, "night-left-out").len();
            assert_eq!(left_out, nights.len() - used, "{name}");
            assert_eq!(
                groups(trend.svg, "rating").len(),
                rows.ratings.len(),
                "{name}"
            );
            assert_eq!(count(trend.svg, "event"), rows.events.len(), "{name}");
            for night in &nights {
                let date = words.date(night.date.expect("a dated night"));
                let cells = trend.rows.iter().find(|cells| cells[0] == date);
                let cells = cells.unwrap_or_else(|| panic!("{name}: {date} is not in the table"));
                assert_eq!(cells[1], words.number_or_none(night.plm_per_h, 1), "{name}");
                assert_eq!(
                    cells[2],
                    words.number_or_none(night.plm_per_h_low, 1),
                    "{name}"
                );
                assert_eq!(
                    cells[3],
                    words.number_or_none(night.plm_per_h_high, 1),
                    "{name}"
                );
                let rated = rows.ratings.iter().find(|row| Some(row.date) == night.date);
                let rated = rated.map(|row| row.value);
                assert_eq!(cells[5], words.number_or_none(rated, 1), "{name}");
                // What a pointer shows is the same figure.
                assert!(trend.svg.contains(&format!("{date}: ")), "{name}: {date}");
            }
            let days = trend.rows.len();
            let without_night = rows
                .ratings
                .iter()
                .filter(|row| !nights.iter().any(|night| night.date == Some(row.date)));
            assert_eq!(days, nights.len() + without_night.count(), "{name}");
        }
        None => assert!(nights.is_empty(), "{name} has no trend"),
    }

    match panel(page, "scatter") {
        Some(scatter) => {
            assert_eq!(
                groups(scatter.svg, "pair").len(),
                rows.pairs.len(),
                "{name}"
            );
            assert_eq!(scatter.rows.len(), rows.pairs.len(), "{name}");
            for (cells, pair) in scatter.rows.iter().zip(&rows.pairs) {
                assert_eq!(cells[1], words.number(pair.value, 2), "{name}");
                assert_eq!(cells[2], words.number(pair.rated, 1), "{name}");
            }
        }
        None => assert!(rows.pairs.is_empty(), "{name} has no scatter"),
    }
}

/// The hours of all nights together.
fn hours(variant: &Variant, setting: Setting, hourly: &Panel) {
    let (rows, words, name) = (&variant.rows, words(setting), variant.name);
    assert_eq!(hourly.rows.len(), rows.study_hours.len(), "{name}");
    let with = rows
        .study_hours
        .iter()
        .filter(|hour| hour.plm_per_h.is_some());
    let with = with.count();
    assert_eq!(groups(hourly.svg, "hour").len(), with, "{name}");
    let missing = groups(hourly.svg, "hour-missing").len();
    assert_eq!(missing, rows.study_hours.len() - with, "{name}");
    for (cells, hour) in hourly.rows.iter().zip(&rows.study_hours) {
        assert_eq!(cells[0], hour.hour.to_string(), "{name}");
        assert_eq!(cells[1], hour.n_nights.to_string(), "{name}");
        assert_eq!(cells[2], words.number(hour.observed_h, 1), "{name}");
        assert_eq!(cells[3], hour.n_plm.to_string(), "{name}");
        assert_eq!(cells[4], words.number_or_none(hour.plm_per_h, 1), "{name}");
    }
}

/// The strips, the intervals, the hours, the calendar, the factors: page 2.
fn second_page(variant: &Variant, setting: Setting, page: &str) {
    let (rows, words, name) = (&variant.rows, words(setting), variant.name);
    let strips = panel(page, "strips").expect("every study has strips");
    let shown = &rows.nights[rows.nights.len() - strips.rows.len()..];
    // Long words, on the lower paper, leave room for fewer nights than fourteen.
    let least = if setting == PATIENT { 7 } else { 4 };
    assert!(
        strips.rows.len() >= rows.nights.len().min(least),
        "{name}: {}",
        strips.rows.len()
    );
    assert_eq!(count(strips.svg, "night-name"), shown.len(), "{name}");
    assert_eq!(count(strips.svg, "in-bed"), shown.len(), "{name}");
    for (cells, night) in strips.rows.iter().zip(shown) {
        let index = words.number_or_none(night.plm_per_h, 1);
        assert!(cells[1].contains(&index), "{name}: {cells:?}");
        assert_eq!(
            cells[2],
            words.number_or_none(night.periodicity_index_ferri, 2)
        );
        assert_eq!(cells[3], words.number(night.analysed_h, 1));
        let in_picture = texts(strips.svg)
            .iter()
            .filter(|text| **text == cells[1])
            .count();
        assert!(in_picture >= 1, "{name}: {} is not drawn", cells[1]);
    }

    if let Some(intervals) = panel(page, "intervals") {
        let pooled = rows.intervals.iter().filter(|bin| bin.night.is_none());
        let visible: Vec<_> = pooled
            .filter(|bin| bin.n > 0 && bin.high_s > 2.0 && bin.low_s < 90.0)
            .collect();
        assert_eq!(count(intervals.svg, "bin"), visible.len(), "{name}");
        for bin in visible {
            let found = intervals
                .rows
                .iter()
                .any(|cells| cells[1] == bin.n.to_string());
            assert!(found, "{name}: {bin:?}");
        }
    }

    match panel(page, "hourly") {
        Some(hourly) => hours(variant, setting, &hourly),
        None => assert!(rows.study_hours.is_empty(), "{name} has no hours"),
    }
    // All movements of the nights used stand in some hour.
    let pooled: u32 = rows.study_hours.iter().map(|hour| hour.n_plm).sum();
    let used = |night: &str| variant.summary.uses(night);
    let in_bed = |m: &&legtrace::output::rows::MovementRow| {
        let night = rows.nights.iter().find(|night| night.night == m.night);
        night.is_some_and(|n| m.onset_s >= n.lights_out_s && m.onset_s < n.lights_on_s)
    };
    let scored = rows.movements.iter().filter(|m| m.plm && used(&m.night));
    assert_eq!(pooled as usize, scored.filter(in_bed).count(), "{name}");

    match panel(page, "calendar") {
        Some(calendar) => {
            let nights = dated(rows);
            assert_eq!(calendar.rows.len(), nights.len(), "{name}");
            let used = nights.iter().filter(|night| rows.uses(night)).count();
            assert_eq!(groups(calendar.svg, "day").len(), used, "{name}");
            let left_out = groups(calendar.svg, "day-left-out").len();
            assert_eq!(left_out, nights.len() - used, "{name}");
            for (cells, night) in calendar.rows.iter().zip(nights) {
                assert_eq!(cells[0], words.date(night.date.expect("a dated night")));
                let index = words.number_or_none(night.plm_per_h, 1);
                assert!(cells[2].ends_with(&index), "{name}: {cells:?}");
            }
        }
        None => assert!(dated(rows).is_empty(), "{name} has no calendar"),
    }

    if !rows.factors.is_empty() {
        let factors = panel(page, "factors");
        let factors = factors.unwrap_or_else(|| panic!("{name} has factors"));
        assert_eq!(
            count(factors.svg, "factor-value"),
            factors.rows.len(),
            "{name}"
        );
    }
}

#[test]
fn charts_and_tables_are_the_rows() {
    for variant in variants::all() {
        for setting in [PATIENT, CLINICIAN] {
            let page = html_of(variant, setting);
            first_page(variant, setting, &page);
            second_page(variant, setting, &page);
        }
    }
}

/// The middle of some figures, computed here and not by the code under test.
fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    (values[(n - 1) / 2] + values[n / 2]) / 2.0
}

#[test]
fn a_minute_with_the_first_page_is_enough() {
    for variant in variants::all() {
        for setting in [PATIENT, CLINICIAN] {
            let (words, name) = (words(setting), variant.name);
            let page = html_of(variant, setting);
            let (first, _) = page
                .split_once("<section class=\"panel strips\"")
                .expect("a second page");
            let first = told(first).split_whitespace().collect::<Vec<_>>().join(" ");
            let has = |text: &str| assert!(first.contains(text), "{name}: {text} is not on page 1");
            // Quality and its reason.
            if let Some(grade) = variant.summary.grade {
                has(&format!(
                    "{} {} ",
                    words.say("report.quality.name"),
                    grade.letter()
                ));
            }
            // The index: the middle night, its interval, and the nights behind it.
            let used: Vec<f64> = variant
                .rows
                .nights
                .iter()
                .filter(|night| variant.summary.uses(&night.night))
                .filter_map(|night| night.plm_per_h)
                .collect();
            if used.is_empty() {
                has(words.say("report.quality.no_night"));
                has(words.say("report.limit.no_night.gist"));
            } else {
                has(&words.number(middle(used.clone()), 1));
                has(&words.count("report.n_nights", used.len()));
            }
            if used.len() >= 6 && used.iter().any(|index| *index > 0.0) {
                let start = words
                    .say("report.tile.interval")
                    .split('{')
                    .next()
                    .expect("a start");
                has(start);
            }
            // The trend and the limits.
            has(words.say("report.limit.heading"));
            has(words.say("report.limit.not_measured.gist"));
            assert!(page.contains("<section class=\"panel trend\""), "{name}");
        }
    }
}

#[test]
fn comparisons_on_the_page_and_in_the_annex_are_the_rows() {
    let variant = variants::of("many-factors");
    let page = html_of(variant, PATIENT);
    let words = Words::of(Language::English);
    let (_, rest) = page.split_once("id=\"comparisons\"").expect("comparisons");
    let (here, rest) = rest.split_once("</section>").expect("an end");
    let (_, annex) = rest.split_once("id=\"annex\"").expect("an annex");
    let (annex, _) = annex.split_once("</section>").expect("an end");
    let rows_of =
        |section: &str| -> Vec<Vec<String>> { section.split("<tr>").skip(2).map(cells).collect() };
    let (here, annex) = (rows_of(here), rows_of(annex));
    assert_eq!(here.len(), 6, "six factors on the two pages");
    let all: Vec<_> = here.iter().chain(&annex).collect();
    assert_eq!(all.len(), variant.rows.comparisons.len());
    for row in &variant.rows.comparisons {
        let start: String = row.factor.chars().take(20).collect();
        let cells = all.iter().find(|cells| cells[0].starts_with(&start));
        let cells = cells.unwrap_or_else(|| panic!("{} is nowhere", row.factor));
        assert_eq!(cells[1], format!("{} / {}", row.n_with, row.n_without));
        assert_eq!(cells[2], words.number_or_none(row.median_with, 1));
        assert_eq!(cells[3], words.number_or_none(row.median_without, 1));
        // As it stands, which agrees with the medians before it; then with the trend taken out.
        let difference = words.number_or_none(row.difference_plain, 1);
        assert!(cells[4].starts_with(&difference), "{cells:?}");
        assert_eq!(cells[5], words.number_or_none(row.difference, 1));
    }
}

#[test]
fn labels_and_units_stand_on_every_page() {
    for variant in variants::all() {
        let page = html_of(variant, PATIENT);
        let has = |name: &str, label: &str| {
            if let Some(panel) = panel(&page, name) {
                let texts = texts(panel.svg);
                assert!(
                    texts.iter().any(|text| text.starts_with(label)),
                    "{}, {name}: no {label} in {texts:?}",
                    variant.name
                );
                assert!(!panel.head.is_empty());
            }
        };
        let index = match variant.name {
            "wrist" => "Periodic movements per hour",
            _ => "PLM per hour",
        };
        for name in [
            "profile", "trend", "scatter", "hourly", "calendar", "factors",
        ] {
            has(name, if name == "scatter" { "" } else { index });
        }
        let dates = variant.rows.nights.iter().filter_map(|night| night.date);
        let ratings = variant.rows.ratings.iter().map(|row| row.date);
        if let Some(first) = dates.chain(ratings).min() {
            has("trend", &Words::of(PATIENT.0).day(first));
        }
        has("strips", "index (95 %)");
        has("intervals", "Share of intervals (%)");
        has("intervals", "interval, onset to onset (s)");
        has("hourly", "hours since lights out");
        if variant.name == "irls" {
            has("trend", "IRLS total, 0 to 40");
            has("scatter", "IRLS total, 0 to 40");
        }
    }
}

#[test]
fn a_recording_off_the_leg_says_so() {
    let page = told(&html_of(variants::of("off-the-leg"), PATIENT));
    for said in [
        "too little could be analysed: off the leg 6.5 h",
        "sensor off the leg for a time",
        "and 2 more",
        "No calendar: no night has an index and a date.",
        "No usable night:",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for odd in ["0 nights", "Nothing stands against"] {
        assert!(!page.contains(odd), "{odd}");
    }
}

#[test]
fn laboratory_values_that_stand_on_the_page_need_no_annex() {
    let mut rows = crate::charts::study_rows::study(21);
    for name in ["Vitamin D", "Transferrin saturation", "Iron"] {
        let ferritin = rows.factors.iter().find(|row| row.factor == "Ferritin");
        let mut row = ferritin.expect("ferritin").clone();
        row.factor = name.into();
        rows.factors.push(row);
    }
    let variant = variants::Variant::new("laboratory", rows);
    let page = html_of(&variant, PATIENT);
    assert!(!page.contains("id=\"annex\"") && !page.contains("panel further"));
    let page = told(&page);
    let line = page.split("Laboratory: ").nth(1).expect("a line");
    let line = line.split(").").next().expect("an end");
    // Each test is named once, with its values after it.
    assert_eq!(line.matches("Ferritin").count(), 1, "{line}");
    assert_eq!(line.matches("Iron").count(), 1, "{line}");
}
