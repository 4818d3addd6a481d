//! The index of every night as a calendar: a row a week, one hue, the figure in each day. Hatched is no data.

use jiff::civil::Date;

use plotters::style::RGBColor;

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Pen, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::page::Header;
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{self, Weight};
use crate::output::rows::{NightRow, StudyRows};
use crate::output::words::Words;

const ROW: f64 = 34.0;
/// Lower rows have no figure in the day, and not every week its date.
const WITH_WORDS: f64 = 19.0;
/// A row in which a day is still seen.
const LEAST_ROW: f64 = 7.0;
/// Left of the days: the date of the week's first.
const WEEK: f64 = 62.0;

/// The shades of the index, from the lowest fifth of its range to the highest; one hue, darker for more.
const SHADES: [RGBColor; 5] = [
    theme::SHADE,
    theme::BAND,
    theme::AREA,
    theme::SECOND,
    theme::MAIN,
];

/// Draws the calendar.
///
/// # Errors
/// When no night has both a date and an index.
pub fn calendar(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let (setup, words) = (&request.setup, request.setup.words);
    let dates = || study::dated(rows).map(|(date, ..)| date);
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else {
        return Err(study::nothing(words, "trend.nothing"));
    };
    let highest = study::dated(rows)
        .map(|(.., index)| index)
        .fold(1.0, f64::max);
    let weeks = weeks(first, last);
    let title = words.say("calendar.title").to_owned();
    let caption = words.fill("calendar.caption", &[("basis", &study::basis(rows, words))]);
    let alt = format!("{caption} {}", words.say("calendar.alt"));
    let header = Header::new(setup, &title, &caption);
    let inner = setup.width - 2.0 * theme::EDGE;
    let heading = Heading::new(study::index_name(rows, words), legend(highest, words));
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
            let nights: Vec<(&NightRow, f64)> = study::dated(rows)
                .filter(|(of, ..)| *of == date)
                .map(|(_, night, index)| (night, index))
                .collect();
            draw_day(
                &mut canvas,
                cell,
                &nights,
                (highest, decimals),
                (date, words),
            )?;
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

fn shade(index: f64, highest: f64) -> usize {
    let fifth = (index / highest * SHADES.len() as f64).floor();
    (fifth.max(0.0) as usize).min(SHADES.len() - 1)
}

fn legend(highest: f64, words: &Words) -> Legend {
    let step = highest / SHADES.len() as f64;
    let mut legend = Legend::default();
    for (at, colour) in SHADES.into_iter().enumerate() {
        let low = words.number(step * at as f64, 0);
        let high = words.number(step * (at as f64 + 1.0), 0);
        legend.add(Sign::Fill(colour), format!("{low}–{high}"));
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
    let names = words.say("format.weekdays").split(' ');
    canvas.layer("weekdays", |pen| {
        for (at, name) in names.enumerate() {
            let middle = left + (at as f64 + 0.5) * day_width;
            pen.text(
                name,
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
    nights: &[(&NightRow, f64)],
    (highest, decimals): (f64, usize),
    (date, words): (Date, &Words),
) -> Result<(), DrawError> {
    if nights.is_empty() {
        return canvas.layer("day-missing", |pen| {
            pen.hatch(cell, 5.0, Stroke(theme::HATCH, theme::THIN))
        });
    }
    let width = cell.width() / nights.len() as f64;
    for (at, (night, index)) in nights.iter().enumerate() {
        let part = Area {
            left: cell.left + at as f64 * width,
            right: cell.left + (at as f64 + 1.0) * width,
            ..cell
        };
        let exact = figure(night, *index, 1, words);
        let figure = figure(night, *index, decimals, words);
        let step = shade(*index, highest);
        let title = format!("{}: {exact}", words.date(date));
        canvas.mark("day", &title, |pen: &Pen| {
            pen.rect(part, SHADES[step])?;
            let colour = if step >= 3 { theme::PAPER } else { theme::INK };
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
    let fits = |(_, night, index): (Date, &NightRow, f64)| {
        let text = figure(night, index, 1, words);
        fonts::width(&text, Weight::Regular, theme::TEXT) < width
    };
    usize::from(study::dated(rows).all(fits))
}

fn figure(night: &NightRow, index: f64, decimals: usize, words: &Words) -> String {
    let figure = words.number(index, decimals);
    if night.at_least {
        format!("≥{figure}")
    } else {
        figure
    }
}

fn sheet(rows: &StudyRows, words: &Words) -> Sheet {
    let row = |(date, night, index): (Date, &NightRow, f64)| {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let name = words.say("format.weekdays").split(' ').nth(weekday);
        vec![
            words.date(date),
            name.unwrap_or("").to_owned(),
            figure(night, index, 1, words),
        ]
    };
    Sheet {
        head: vec![
            words.say("trend.date").to_owned(),
            words.say("calendar.weekday").to_owned(),
            study::index_name(rows, words),
        ],
        rows: study::dated(rows).map(row).collect(),
    }
}
