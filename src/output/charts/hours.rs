//! The index of one night by the hour, with the minutes that stand behind each.

use super::canvas::{Anchor, Area, Lettering, Stroke};
use super::clock::NightClock;
use super::kinds::chosen;
use super::legend::{Heading, Legend, Sign};
use super::plot::{Plot, Said};
use super::scale::Law;
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{self, Weight};
use crate::output::rows::{HourRow, NightRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 220.0;

/// Draws the hours of a night.
///
/// # Errors
/// When the night is not there, or has no hours.
pub fn hours(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let night = chosen(rows, request)?;
    let hours: Vec<&HourRow> = rows
        .hours
        .iter()
        .filter(|h| h.night == night.night)
        .collect();
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else {
        return Err(study::nothing(words, "hours.nothing"));
    };
    let mut legend = Legend::default();
    let rules = format!("rules.{}", night.rules);
    legend.add(Sign::Fill(theme::AREA), words.say(&rules));
    if hours.iter().any(|hour| hour.plm_per_h_aasm.is_some()) {
        let line = Sign::Line(Stroke(theme::INK, theme::BOLD));
        legend.add(line, words.say("night.legend_aasm"));
    }
    if hours.iter().any(|hour| hour.plm_per_h.is_none()) {
        legend.add(
            Sign::Hatch(5.0, theme::PAPER),
            words.say("night.legend_gap"),
        );
    }
    let key = if night.is_plm_index() {
        "night.hourly"
    } else {
        "night.hourly_events"
    };
    let heading = Heading::new(words.say(key), legend);
    let said = said(night, words);
    // A row more under the clock times: the minutes.
    let mut plot = Plot::new(&request.setup, said, &heading, (PANEL, theme::LINE))?;
    let x = plot.x(Law::Linear, (first.start_s, last.end_s));
    let highest = hours
        .iter()
        .flat_map(|hour| [hour.plm_per_h, hour.plm_per_h_aasm])
        .flatten()
        .fold(4.0, f64::max);
    let y = plot.y(Law::Linear, (0.0, highest * 1.15))?;
    let (area, canvas) = (plot.area, &mut plot.canvas);
    request.draw_line(canvas, area, y)?;
    for hour in &hours {
        let slot = Area {
            left: x.px(hour.start_s) + 1.5,
            right: (x.px(hour.end_s) - 1.5).max(x.px(hour.start_s) + 2.0),
            ..area
        };
        let Some(value) = hour.plm_per_h else {
            canvas.layer("hour-missing", |pen| {
                pen.rect(slot, theme::PAPER)?;
                pen.hatch(slot, 5.0, Stroke(theme::HATCH, theme::THIN))
            })?;
            continue;
        };
        let figure = words.number(value, 1);
        let top = y.px(value);
        canvas.mark("hour", &figure, |pen| {
            pen.rect(Area { top, ..slot }, theme::AREA)
        })?;
        let aasm = hour.plm_per_h_aasm.map(|value| y.px(value));
        canvas.layer("hour-aasm", |pen| match aasm {
            Some(level) => {
                let stroke = Stroke(theme::INK, theme::BOLD);
                pen.line((slot.left, level), (slot.right, level), stroke)
            }
            None => Ok(()),
        })?;
        canvas.layer("hour-figure", |pen| {
            let at = (
                (slot.left + slot.right) / 2.0,
                aasm.map_or(top, |l| l.min(top)) - 5.0,
            );
            if fonts::width(&figure, Weight::Regular, theme::TEXT) <= slot.width() {
                pen.text(&figure, at, Lettering::PLAIN.at(Anchor::Middle))?;
            }
            Ok(())
        })?;
    }
    let clock = NightClock::of(night);
    let ticks = clock.ticks(x, 66.0);
    let labels: Vec<(f64, String)> = ticks.into_iter().map(|t| (x.px(t.at_s), t.label)).collect();
    plot.area.bottom = area.bottom;
    draw_minutes(&mut plot, &hours, x, words)?;
    plot.area.bottom += theme::LINE;
    plot.x_axis(&labels, &clock.title(words))?;
    Ok(plot.finish(sheet(&hours, &clock, words)))
}

/// The minutes analysed under each hour, where they fit.
fn draw_minutes(
    plot: &mut Plot,
    hours: &[&HourRow],
    x: super::scale::Scale,
    words: &Words,
) -> Result<(), ChartError> {
    let foot = plot.area.bottom;
    let unit = words.say("hours.min");
    plot.canvas.layer("minutes", |pen| {
        for hour in hours {
            let room = x.px(hour.end_s) - x.px(hour.start_s) - 4.0;
            let number = words.number(hour.analysed_min, 0);
            let long = format!("{number} {unit}");
            let fits = |text: &str| fonts::width(text, Weight::Regular, theme::TEXT) <= room;
            let text = if fits(&long) { long } else { number };
            if fits(&text) {
                let middle = (x.px(hour.start_s) + x.px(hour.end_s)) / 2.0;
                let at = (middle, foot + theme::LINE - 5.0);
                pen.text(&text, at, Lettering::SOFT.at(Anchor::Middle))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn said(night: &NightRow, words: &Words) -> Said {
    let hours = words.number(night.analysed_h, 1);
    let grade = night.grade.map_or_else(
        || words.say("format.none").to_owned(),
        |grade| grade.letter().to_string(),
    );
    Said {
        id: format!("hours-{}", night.night),
        title: words.fill(
            "hours.title",
            &[("night", &study::night_name(night, words))],
        ),
        caption: words.fill("hours.caption", &[("hours", &hours), ("grade", &grade)]),
        alt: words.say("hours.alt").to_owned(),
    }
}

fn sheet(hours: &[&HourRow], clock: &NightClock, words: &Words) -> Sheet {
    let head = [
        "night.hour",
        "night.starts",
        "night.minutes",
        "night.n_plm",
        "night.plm_per_h",
        "night.plm_per_h_aasm",
    ];
    let row = |hour: &&HourRow| {
        vec![
            hour.hour.to_string(),
            clock.label(hour.start_s),
            words.number(hour.analysed_min, 0),
            hour.n_plm.to_string(),
            words.number_or_none(hour.plm_per_h, 1),
            words.number_or_none(hour.plm_per_h_aasm, 1),
        ]
    };
    Sheet {
        head: head.map(|key| words.say(key).to_owned()).to_vec(),
        rows: hours.iter().map(row).collect(),
    }
}
