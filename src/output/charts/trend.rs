//! The index from night to night, and severity below it on the same days: two panels, never two y-axes.

use jiff::civil::Date;

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::dates::{DateAxis, hatch_missing};
use super::legend::{Heading, Legend, Sign, open_diamond, triangle};
use super::page::{Header, cut};
use super::plot::{self, AXIS_IN_A_ROW, Crowded, GUTTER, RIGHT};
use super::scale::Scale;
use super::study::Dated;
use super::{ChartError, Drawing, Request, Sheet, index_panel, study, theme};
use crate::output::fonts::{Weight, drawable};
use crate::output::rows::{EventRow, NightRow, RatingRow, StudyRows};
use crate::output::words::Words;

const INDEX: f64 = 190.0;
const SEVERITY: f64 = 120.0;
/// Above the highest interval or night, as a share of it: a disc and some air.
const HEADROOM: f64 = 1.05;
/// Room for the numbers of events above the index.
const FLAGS: f64 = 24.0;
/// Lines on which events are told in words; flags stand for all. A page that asks for a height has less room.
const MOST_LINES: usize = 8;
const MOST_LINES_ON_A_PAGE: usize = 2;
/// Between two events on a line.
const BETWEEN: f64 = 22.0;
/// Panels that are less high together tell nothing.
const LEAST: f64 = 86.0;

/// Draws the index with its intervals above the rating.
///
/// # Errors
/// When no night has both a date and an index.
pub fn trend(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let (setup, words) = (&request.setup, request.setup.words);
    let rating = request
        .rating
        .or_else(|| rows.ratings.first().map(|r| r.rating.as_str()));
    let ratings: Vec<&RatingRow> = rows
        .ratings
        .iter()
        .filter(|row| Some(row.rating.as_str()) == rating)
        .collect();
    let days = study::dated(rows).map(|of| of.date);
    let Some(axis) = DateAxis::over(
        days.clone().chain(ratings.iter().map(|row| row.date)),
        (GUTTER, setup.width - RIGHT),
    )
    .filter(|_| days.clone().next().is_some()) else {
        return Err(study::nothing(words, "trend.nothing"));
    };
    let title = words.say("trend.title").to_owned();
    let caption = words.fill("trend.caption", &[("basis", &study::basis(rows, words))]);
    let alt = format!("{caption} {}", words.say("trend.alt"));
    let header = Header::new(setup, &title, &caption);
    let inner = setup.width - 2.0 * theme::EDGE;
    let above = Heading::new(study::index_name(rows, words), legend(rows, words));
    let below = Heading::new(rating_name(&ratings, words), Legend::default());
    let events = events_within(&rows.events, axis);
    let most = setup.height.map_or(MOST_LINES, |_| MOST_LINES_ON_A_PAGE);
    let told = told_events(&events, inner, most, words);
    let told_height = told.len() as f64 * theme::LINE;

    let index_top = header.height() + above.height(inner) + flags_height(&events);
    let panel = |top: f64, height: f64| Area {
        left: GUTTER,
        top,
        right: setup.width - RIGHT,
        bottom: top + height,
    };
    let between = theme::GAP + below.height(inner);
    let around = index_top + AXIS_IN_A_ROW + told_height + setup.below();
    let (index, severity) = if ratings.is_empty() {
        let height = setup.panels(around, INDEX, LEAST);
        (panel(index_top, height), None)
    } else {
        let height = setup.panels(around + between, INDEX + SEVERITY, LEAST);
        let index = panel(index_top, height * INDEX / (INDEX + SEVERITY));
        let severity = panel(index.bottom + between, height - index.height());
        (index, Some(severity))
    };
    let foot = severity.unwrap_or(index);
    let height = foot.bottom + AXIS_IN_A_ROW + told_height + setup.below();
    let mut canvas = Canvas::new(setup.width, height.ceil());
    header.draw(&mut canvas)?;
    above.draw(&mut canvas, theme::EDGE, header.height(), inner)?;
    draw_index(&mut canvas, rows, request, axis, index)?;
    if let Some(area) = severity {
        let top = area.top - below.height(inner);
        below.draw(&mut canvas, theme::EDGE, top, inner)?;
        draw_ratings(&mut canvas, &ratings, request, axis, area)?;
    }
    draw_events(&mut canvas, &events, axis, (index, severity))?;
    plot::x_axis_in_a_row(
        &mut canvas,
        foot,
        &axis.ticks(words),
        (words.say("axis.date"), Crowded::WordsGiveWay),
    )?;
    tell_events(&mut canvas, &told, foot.bottom + AXIS_IN_A_ROW)?;
    Ok(Drawing {
        svg: canvas.finish("trend", &title, &alt),
        sheet: sheet(rows, &ratings, words),
        title,
        caption,
        alt,
    })
}

fn legend(rows: &StudyRows, words: &Words) -> Legend {
    let mut legend = Legend::default();
    if study::used(rows).any(|night| night.plm_per_h_low.is_some()) {
        legend.add(Sign::Interval(theme::MAIN), words.say("trend.interval"));
    } else {
        legend.add(Sign::Disc(theme::MAIN), words.say("trend.night"));
    }
    if study::used(rows).any(|night| night.at_least) {
        legend.add(Sign::Ring(theme::MAIN), words.say("trend.at_least"));
    }
    if study::dated(rows).any(|of| !of.is_used) {
        let label = words.say("study.legend_left_out");
        legend.add(Sign::OpenDiamond(theme::SOFT), label);
    }
    legend.add(Sign::Hatch(5.0, theme::PAPER), words.say("trend.missing"));
    legend
}

/// What was rated, with the ends of its scale.
pub(super) fn rating_name(ratings: &[&RatingRow], words: &Words) -> String {
    let Some(first) = ratings.first() else {
        return String::new();
    };
    words.fill(
        "trend.rating",
        &[
            ("rating", &rating_word(&first.rating, words)),
            ("low", &words.number(first.scale_low, 0)),
            ("high", &words.number(first.scale_high, 0)),
        ],
    )
}

/// The name of a rating; that of one we do not know, as it is written.
pub(super) fn rating_word(rating: &str, words: &Words) -> String {
    match rating {
        "severity" => words.say("rating.severity").to_owned(),
        "irls" => words.say("rating.irls").to_owned(),
        "cgi_severity" => words.say("rating.cgi_severity").to_owned(),
        "cgi_change" => words.say("rating.cgi_change").to_owned(),
        other => match other.strip_prefix("rls6_") {
            Some(item) => words.fill("rating.rls6", &[("item", item)]),
            None => drawable(other),
        },
    }
}

fn draw_index(
    canvas: &mut Canvas,
    rows: &StudyRows,
    request: &Request,
    axis: DateAxis,
    area: Area,
) -> Result<(), DrawError> {
    let figures = study::dated(rows).flat_map(|of| {
        let high = of.night.plm_per_h_high.filter(|_| of.is_used);
        [Some(of.index), high].into_iter().flatten()
    });
    let y = index_panel::draw(canvas, rows, request, (axis, area), figures, HEADROOM)?;
    let words = request.setup.words;
    let radius = axis.sign_radius();
    for of in study::dated(rows) {
        let Dated {
            date, night, index, ..
        } = of;
        let x = axis.px(date);
        let title = format!("{}: {}", words.date(date), words.number(index, 1));
        if !of.is_used {
            canvas.mark("night-left-out", &title, |pen| {
                open_diamond(pen, (x, y.px(index)), radius, theme::SOFT)
            })?;
            continue;
        }
        let ends = night.plm_per_h_low.zip(night.plm_per_h_high);
        canvas.mark("night", &title, |pen| {
            if let Some((low, high)) = ends {
                let stroke = Stroke(theme::MAIN, theme::FIRM);
                pen.line((x, y.px(low)), (x, y.px(high)), stroke)?;
            }
            let centre = (x, y.px(index));
            pen.disc(centre, radius, theme::MAIN)?;
            if night.at_least {
                pen.disc(centre, radius - 1.4, theme::PAPER)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn draw_ratings(
    canvas: &mut Canvas,
    ratings: &[&RatingRow],
    request: &Request,
    axis: DateAxis,
    area: Area,
) -> Result<(), DrawError> {
    let Some(first) = ratings.first() else {
        return Ok(());
    };
    // Room for a disc at either end of the scale.
    let pad = (first.scale_high - first.scale_low) * 0.06;
    let ends = (first.scale_low - pad, first.scale_high + pad);
    let y = Scale::linear(ends, (area.bottom, area.top));
    plot::level_axis(canvas, &request.setup, area, y)?;
    hatch_missing(
        canvas,
        area,
        &axis.missing(ratings.iter().map(|row| row.date)),
    )?;
    let radius = axis.sign_radius();
    let words = request.setup.words;
    // A line joins days that follow each other, and no others.
    canvas.layer("rating-line", |pen| {
        for pair in ratings.windows(2) {
            if pair[0]
                .date
                .tomorrow()
                .is_ok_and(|next| next == pair[1].date)
            {
                let from = (axis.px(pair[0].date), y.px(pair[0].value));
                let to = (axis.px(pair[1].date), y.px(pair[1].value));
                pen.line(from, to, Stroke(theme::OTHER, theme::THIN))?;
            }
        }
        Ok(())
    })?;
    for row in ratings {
        let title = format!("{}: {}", words.date(row.date), words.number(row.value, 1));
        let (x, value) = (axis.px(row.date), y.px(row.value));
        canvas.mark("rating", &title, |pen| {
            let square = Area {
                left: x - radius,
                top: value - radius,
                right: x + radius,
                bottom: value + radius,
            };
            pen.rect(square, theme::OTHER)
        })?;
    }
    Ok(())
}

/// An event with the number of its flag.
type Flag<'a> = (usize, &'a EventRow);

fn events_within(events: &[EventRow], axis: DateAxis) -> Vec<Flag<'_>> {
    let last = axis
        .first()
        .checked_add(jiff::Span::new().days(axis.n_days() - 1))
        .unwrap_or(Date::MAX);
    let inside = events
        .iter()
        .filter(|e| (axis.first()..=last).contains(&e.date));
    inside
        .enumerate()
        .map(|(at, event)| (at + 1, event))
        .collect()
}

fn flags_height(events: &[Flag]) -> f64 {
    if events.is_empty() { 0.0 } else { FLAGS }
}

fn draw_events(
    canvas: &mut Canvas,
    events: &[Flag],
    axis: DateAxis,
    (index, severity): (Area, Option<Area>),
) -> Result<(), DrawError> {
    canvas.layer("event", |pen| {
        for (_, event) in events {
            let x = axis.px(event.date) - axis.day_width() / 2.0;
            triangle(pen, (x, index.top), theme::OTHER)?;
        }
        Ok(())
    })?;
    canvas.layer("event-lines", |pen| {
        for (_, event) in events {
            let x = axis.px(event.date) - axis.day_width() / 2.0;
            for area in [Some(index), severity].into_iter().flatten() {
                let stroke = Stroke(theme::OTHER, theme::THIN);
                pen.dashed((x, area.top), (x, area.bottom), 4.0, stroke)?;
            }
        }
        Ok(())
    })?;
    canvas.layer("event-numbers", |pen| {
        let mut free_from = f64::NEG_INFINITY;
        for (number, event) in events {
            let x = axis.px(event.date) - axis.day_width() / 2.0;
            // Numbers of events too close to each other give way; the list below has them all in order.
            if x - 9.0 >= free_from {
                let at = (x, index.top - 10.0);
                pen.text(&number.to_string(), at, Lettering::PLAIN.at(Anchor::Middle))?;
                free_from = x + 11.0;
            }
        }
        Ok(())
    })
}

/// The events in words, in lines: each text with its place on the line. What has no room is counted at the end.
fn told_events(
    events: &[Flag],
    width: f64,
    most_lines: usize,
    words: &Words,
) -> Vec<Vec<(f64, String)>> {
    let wide = |text: &str| crate::output::fonts::width(text, Weight::Regular, theme::TEXT);
    let mut lines: Vec<Vec<(f64, String)>> = Vec::new();
    let mut free_from = f64::INFINITY;
    for (at, (number, event)) in events.iter().enumerate() {
        let rest = events.len() - at;
        let text = format!(
            "{number}  {}: {}",
            words.day(event.date),
            drawable(&event.label)
        );
        let text = cut(&text, Weight::Regular, theme::TEXT, width);
        if free_from + wide(&text) > width {
            if lines.len() == most_lines {
                tell_rest(&mut lines, rest, width, words);
                return lines;
            }
            lines.push(Vec::new());
            free_from = 0.0;
        }
        let end = free_from + wide(&text) + BETWEEN;
        if let Some(line) = lines.last_mut() {
            line.push((free_from, text));
        }
        free_from = end;
    }
    lines
}

/// Puts the number of the events that are not told at the end of the last line, in place of what stands there.
fn tell_rest(lines: &mut [Vec<(f64, String)>], rest: usize, width: f64, words: &Words) {
    let wide = |text: &str| crate::output::fonts::width(text, Weight::Regular, theme::TEXT);
    let Some(line) = lines.last_mut() else {
        return;
    };
    let mut rest = rest;
    loop {
        let more = words.count("trend.more", rest);
        let more = more.trim_start().to_owned();
        let end = line
            .last()
            .map_or(0.0, |(at, text)| at + wide(text) + BETWEEN);
        if line.is_empty() || end + wide(&more) <= width {
            line.push((end, more));
            return;
        }
        line.pop();
        rest += 1;
    }
}

fn tell_events(
    canvas: &mut Canvas,
    told: &[Vec<(f64, String)>],
    top: f64,
) -> Result<(), DrawError> {
    canvas.layer("event-words", |pen| {
        for (at, line) in told.iter().enumerate() {
            let y = top + (at + 1) as f64 * theme::LINE - 5.5;
            for (left, text) in line {
                pen.text(text, (theme::EDGE + left, y), Lettering::SOFT)?;
            }
        }
        Ok(())
    })
}

fn sheet(rows: &StudyRows, ratings: &[&RatingRow], words: &Words) -> Sheet {
    let head = [
        "trend.date",
        "trend.index",
        "trend.low",
        "trend.high",
        "trend.quality",
        "trend.rated",
    ];
    // A row a night; then the days that have a rating alone.
    let mut days: Vec<(Date, Option<&NightRow>)> = study::dated(rows)
        .map(|of| (of.date, Some(of.night)))
        .collect();
    for row in ratings {
        if !days.iter().any(|(date, _)| *date == row.date) {
            days.push((row.date, None));
        }
    }
    days.sort_by_key(|(date, _)| *date);
    let row = |(date, night): &(Date, Option<&NightRow>)| {
        let rated = ratings.iter().find(|row| row.date == *date);
        let grade = night.map(|night| study::grade(rows, night, words));
        vec![
            words.date(*date),
            words.number_or_none(night.and_then(|n| n.plm_per_h), 1),
            words.number_or_none(night.and_then(|n| n.plm_per_h_low), 1),
            words.number_or_none(night.and_then(|n| n.plm_per_h_high), 1),
            grade.unwrap_or_else(|| words.say("format.none").to_owned()),
            words.number_or_none(rated.map(|row| row.value), 1),
        ]
    };
    Sheet {
        head: head.map(|key| words.say(key).to_owned()).to_vec(),
        rows: days.iter().map(row).collect(),
    }
}
