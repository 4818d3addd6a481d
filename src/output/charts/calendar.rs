//! The index of every night as a calendar: a row a week, one hue, the figure in each day. Hatched is no data.

use jiff::civil::Date;

use plotters::style::RGBColor;

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Pen, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::page::Header;
use super::study::Dated;
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{self, Weight};
use crate::output::rows::StudyRows;
use crate::output::words::Words;

const ROW: f64 = 34.0;
/// Lower rows have no figure in the day, and not every week its date.
const WITH_WORDS: f64 = 19.0;
/// A row in which a day is still seen.
const LEAST_ROW: f64 = 7.0;
/// Left of the days: the date of the week's first.
const WEEK: f64 = 62.0;

/// The shades of the index, from the lowest class to the highest; one hue, stronger for more.
const SHADES: [RGBColor; 5] = [
    theme::SHADE,
    theme::BAND,
    theme::AREA,
    theme::SECOND,
    theme::MAIN,
];

/// Widths of the classes that a reader can count in, in movements an hour.
const STEPS: [f64; 11] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 100.0, 200.0,
];

/// Draws the calendar.
///
/// # Errors
/// When no night has both a date and an index.
pub fn calendar(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let (setup, words) = (&request.setup, request.setup.words);
    let dates = || study::dated(rows).map(|of| of.date);
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else {
        return Err(study::nothing(words, "trend.nothing"));
    };
    let step = step(rows);
    let weeks = weeks(first, last);
    let title = words.say("calendar.title").to_owned();
    let caption = words.fill("calendar.caption", &[("basis", &study::basis(rows, words))]);
    let alt = format!("{caption} {}", words.say("calendar.alt"));
    let header = Header::new(setup, &title, &caption);
    let inner = setup.width - 2.0 * theme::EDGE;
    let heading = Heading::new(study::index_name(rows, words), legend(rows, step, words));
    let top = header.height() + heading.height(inner) + theme::LINE + 4.0;
    let n = weeks.len() as f64;
    let row = (setup.panels(top + setup.below(), n * ROW, n * LEAST_ROW) / n).min(1.4 * ROW);
    let named = (WITH_WORDS / row).ceil() as usize;
    let height = top + n * row + setup.below();

    let mut canvas = Canvas::new(setup.width, height.ceil());
    header.draw(&mut canvas)?;
    heading.draw(&mut canvas, theme::EDGE, header.height(), inner)?;
    let left = theme::EDGE + WEEK;
    let day_width = (setup.width - theme::EDGE - left) / 7.0;
    draw_weekdays(&mut canvas, (left, top), day_width, words)?;
    let decimals = decimals(rows, day_width - 3.0, words);
    for (at, monday) in weeks.iter().enumerate() {
        let row_top = top + at as f64 * row;
        if at % named == 0 {
            canvas.layer("week", |pen| {
                let at = (left - 8.0, row_top + row / 2.0 + 5.5);
                pen.text(&words.day(*monday), at, Lettering::SOFT.at(Anchor::End))
            })?;
        }
        for day in 0..7_u8 {
            let Ok(date) = monday.checked_add(jiff::Span::new().days(day)) else {
                continue;
            };
            if date < first || date > last {
                continue;
            }
            let cell_left = left + f64::from(day) * day_width;
            let cell = Area {
                left: cell_left + 1.5,
                top: row_top + 1.5,
                right: cell_left + day_width - 1.5,
                bottom: row_top + row - 1.5,
            };
            let nights: Vec<Dated> = study::dated(rows).filter(|of| of.date == date).collect();
            draw_day(&mut canvas, cell, &nights, (step, decimals), (date, words))?;
        }
    }
    Ok(Drawing {
        svg: canvas.finish("calendar", &title, &alt),
        sheet: sheet(rows, words),
        title,
        caption,
        alt,
    })
}

/// The Mondays of all weeks from the first date to the last.
fn weeks(first: Date, last: Date) -> Vec<Date> {
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let mut monday = first
        .checked_sub(jiff::Span::new().days(back))
        .unwrap_or(first);
    let mut found = Vec::new();
    while monday <= last {
        found.push(monday);
        match monday.checked_add(jiff::Span::new().days(7)) {
            Ok(next) => monday = next,
            Err(_) => break,
        }
    }
    found
}

/// Width of the classes: the narrowest of the round ones with which the highest night lies in the last class or below. So
/// nights that hardly differ are of one shade, and a single night has the shade of its index.
fn step(rows: &StudyRows) -> f64 {
    let used = study::dated(rows).filter(|of| of.is_used);
    let highest = used.map(|of| of.index).fold(0.0, f64::max);
    let wide = |step: &f64| highest < step * SHADES.len() as f64;
    STEPS
        .into_iter()
        .find(wide)
        .unwrap_or(STEPS[STEPS.len() - 1])
}

/// The class of an index as it is written in its day: from its lower edge on, below the next.
fn shade(index: f64, step: f64, decimals: usize) -> usize {
    let scale = 10_f64.powi(decimals as i32);
    let written = (index * scale).round() / scale;
    ((written / step).max(0.0) as usize).min(SHADES.len() - 1)
}

fn legend(rows: &StudyRows, step: f64, words: &Words) -> Legend {
    let mut legend = Legend::default();
    for (at, colour) in SHADES.into_iter().enumerate() {
        let (key, edge) = match at {
            0 => ("calendar.below", step),
            _ => ("calendar.from", step * at as f64),
        };
        let edge = words.number(edge, 0);
        legend.add(Sign::Fill(colour), words.fill(key, &[("edge", &edge)]));
    }
    if study::dated(rows).any(|of| !of.is_used) {
        let label = words.say("study.legend_left_out");
        legend.add(Sign::Open(theme::SOFT), label);
    }
    legend.add(
        Sign::Hatch(5.0, theme::PAPER),
        words.say("night.legend_gap"),
    );
    legend
}

fn draw_weekdays(
    canvas: &mut Canvas,
    (left, top): (f64, f64),
    day_width: f64,
    words: &Words,
) -> Result<(), DrawError> {
    let names = || words.say("format.weekdays").split(' ');
    // Narrow days have two letters: no two days of the week begin with the same two.
    let wide = |name: &str| fonts::width(name, Weight::Regular, theme::TEXT) + 6.0 > day_width;
    let letters = if names().any(wide) { 2 } else { usize::MAX };
    canvas.layer("weekdays", |pen| {
        for (at, name) in names().enumerate() {
            let name: String = name.chars().take(letters).collect();
            let middle = left + (at as f64 + 0.5) * day_width;
            pen.text(
                &name,
                (middle, top - 6.0),
                Lettering::SOFT.at(Anchor::Middle),
            )?;
        }
        Ok(())
    })
}

fn draw_day(
    canvas: &mut Canvas,
    cell: Area,
    nights: &[Dated],
    (step, decimals): (f64, usize),
    (date, words): (Date, &Words),
) -> Result<(), DrawError> {
    if nights.is_empty() {
        return canvas.layer("day-missing", |pen| {
            pen.hatch(cell, 5.0, Stroke(theme::HATCH, theme::THIN))
        });
    }
    let width = cell.width() / nights.len() as f64;
    for (at, of) in nights.iter().enumerate() {
        let part = Area {
            left: cell.left + at as f64 * width,
            right: cell.left + (at as f64 + 1.0) * width,
            ..cell
        };
        let exact = figure(of, 1, words);
        let figure = figure(of, decimals, words);
        let class = shade(of.index, step, decimals);
        let title = format!("{}: {exact}", words.date(date));
        let group = if of.is_used { "day" } else { "day-left-out" };
        canvas.mark(group, &title, |pen: &Pen| {
            let colour = if !of.is_used {
                pen.frame(part, Stroke(theme::SOFT, theme::FIRM))?;
                theme::SOFT
            } else {
                pen.rect(part, SHADES[class])?;
                if class >= 3 { theme::PAPER } else { theme::INK }
            };
            let lettering = Lettering {
                colour,
                ..Lettering::PLAIN.at(Anchor::Middle)
            };
            let middle = (
                (part.left + part.right) / 2.0,
                (part.top + part.bottom) / 2.0 + 5.5,
            );
            let has_room = part.height() + 3.0 >= WITH_WORDS
                && fonts::width(&figure, lettering.weight, lettering.size) < width;
            if has_room {
                pen.text(&figure, middle, lettering)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// One decimal where every day has room for it; whole numbers where not, so that all figures are of one kind.
fn decimals(rows: &StudyRows, width: f64, words: &Words) -> usize {
    let fits = |of: Dated| {
        let text = figure(&of, 1, words);
        fonts::width(&text, Weight::Regular, theme::TEXT) < width
    };
    usize::from(study::dated(rows).all(fits))
}

fn figure(of: &Dated, decimals: usize, words: &Words) -> String {
    let figure = words.number(of.index, decimals);
    if of.night.at_least {
        format!("≥{figure}")
    } else {
        figure
    }
}

fn sheet(rows: &StudyRows, words: &Words) -> Sheet {
    let row = |of: Dated| {
        let weekday = usize::try_from(of.date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let name = words.say("format.weekdays").split(' ').nth(weekday);
        vec![
            words.date(of.date),
            name.unwrap_or("").to_owned(),
            figure(&of, 1, words),
            study::grade(rows, of.night, words),
        ]
    };
    Sheet {
        head: vec![
            words.say("trend.date").to_owned(),
            words.say("calendar.weekday").to_owned(),
            study::index_name(rows, words),
            words.say("trend.quality").to_owned(),
        ],
        rows: study::dated(rows).map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::output::rows::NightRow;
    use crate::output::words::Language;

    fn nights(indices: &[f64]) -> StudyRows {
        let night = |(day, index): (i8, &f64)| NightRow {
            night: day.to_string(),
            date: Some(date(2024, 5, day)),
            plm_per_h: Some(*index),
            ..NightRow::default()
        };
        StudyRows {
            nights: (1..).zip(indices).map(night).collect(),
            ..StudyRows::default()
        }
    }

    #[test]
    fn classes_have_round_edges_that_differ() {
        for (indices, expected) in [
            (&[0.0, 0.4, 1.3][..], 1.0),
            (&[13.1], 5.0),
            (&[24.9, 3.0], 5.0),
            (&[25.0, 3.0], 10.0),
            (&[], 1.0),
            (&[5000.0], 200.0),
        ] {
            assert_eq!(step(&nights(indices)), expected, "{indices:?}");
        }
        // A night that is left out sets no class.
        let mut rows = nights(&[4.0, 90.0]);
        rows.left_out = vec!["2".into()];
        assert_eq!(step(&rows), 1.0);
    }

    #[test]
    fn a_day_has_the_shade_of_the_figure_that_stands_in_it() {
        assert_eq!(shade(4.96, 5.0, 0), 1, "5 stands in the day");
        assert_eq!(shade(4.96, 5.0, 1), 1, "5.0 stands in the day");
        assert_eq!(shade(4.94, 5.0, 1), 0, "4.9 stands in the day");
        assert_eq!(shade(5.0, 5.0, 1), 1);
        assert_eq!(shade(0.0, 1.0, 1), 0);
        assert_eq!(shade(99.0, 5.0, 1), 4);
    }

    #[test]
    fn the_edges_are_told_as_half_open() {
        let rows = nights(&[13.1]);
        for (language, first, last) in [
            (Language::English, "below 5", "from 20"),
            (Language::German, "unter 5", "ab 20"),
        ] {
            let words = Words::of(language);
            let setup = super::super::Setup::new(&words);
            let svg = calendar(&rows, &Request::new(setup)).unwrap().svg;
            assert!(svg.contains(&format!(">{first}<")) && svg.contains(&format!(">{last}<")));
        }
    }
}
