//! Nights with a factor beside nights without: the difference with its interval, and what is left of it once a drift over
//! the dates is taken out; a row a factor.
//!
//! The two may point in different ways, where the nights with it lie early or late. The first is what agrees with the
//! medians beside it; a reader has to see the second to trust it.

use super::canvas::{Anchor, Area, Lettering, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::page::cut;
use super::plot::{Plot, Said};
use super::scale::{Law, decimals};
use super::scatter::measure_name;
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::Weight;
use crate::output::rows::{ComparisonRow, StudyRows};
use crate::output::words::Words;

const ROW: f64 = 46.0;
/// From the middle of a row up to the difference, and down to what is left of it.
const APART: f64 = 8.0;
/// Left of the intervals: names and numbers of nights.
const NAMES: f64 = 300.0;

/// Draws the differences.
///
/// # Errors
/// When there is no comparison of the measure.
pub fn comparison(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let measure = request.measure.unwrap_or("plm_per_h");
    let asked = |row: &&ComparisonRow| {
        row.measure == measure
            && (request.factors.is_empty() || request.factors.contains(&row.factor.as_str()))
    };
    let shown: Vec<&ComparisonRow> = rows.comparisons.iter().filter(asked).collect();
    if shown.is_empty() {
        return Err(study::nothing(words, "comparison.nothing"));
    }
    let name = measure_name(measure, rows, words);
    let mut legend = Legend::default();
    legend.add(
        Sign::Line(Stroke(theme::MAIN, theme::BOLD)),
        words.say("comparison.interval"),
    );
    if shown.iter().any(|row| row.difference.is_some()) {
        legend.add(
            Sign::Ring(theme::SECOND),
            words.say("comparison.without_drift"),
        );
    }
    let heading = Heading::new("", legend);
    let said = Said {
        id: "comparison".into(),
        title: words.say("comparison.title").to_owned(),
        caption: caption(&shown, &name, words),
        alt: words.say("comparison.alt").to_owned(),
    };
    let height = shown.len() as f64 * ROW;
    let mut plot = Plot::new(&request.setup, said, &heading, (height, 0.0))?;
    plot.area.left = theme::EDGE + NAMES;
    let ends = shown
        .iter()
        .flat_map(|row| {
            [
                row.difference_plain,
                row.difference_plain_low,
                row.difference_plain_high,
                row.difference,
                row.difference_low,
                row.difference_high,
            ]
        })
        .flatten();
    let (low, high) = ends.fold((-1.0_f64, 1.0_f64), |(low, high), v| {
        (low.min(v), high.max(v))
    });
    let pad = (high - low) * 0.06;
    let x = plot.x(Law::Linear, (low - pad, high + pad));
    let ticks = x.ticks(56.0);
    let step = ticks
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .fold(f64::INFINITY, f64::min);
    let places = if step.is_finite() { decimals(step) } else { 0 };
    let labels: Vec<(f64, String)> = ticks
        .into_iter()
        .map(|value| (x.px(value), signed(value, places, words)))
        .collect();
    let uprights: Vec<f64> = labels.iter().map(|(px, _)| *px).collect();
    plot.uprights(&uprights)?;
    let area = plot.area;
    plot.canvas.layer("zero", |pen| {
        let zero = x.px(0.0);
        pen.line(
            (zero, area.top),
            (zero, area.bottom),
            Stroke(theme::SOFT, theme::FIRM),
        )
    })?;
    for (at, row) in shown.iter().enumerate() {
        let middle = area.top + (at as f64 + 0.5) * ROW;
        draw_name(&mut plot, row, middle, words)?;
        let Some(difference) = row.difference_plain else {
            let slot = Area {
                top: middle - 7.0,
                bottom: middle + 7.0,
                ..area
            };
            plot.canvas.layer("comparison-missing", |pen| {
                pen.hatch(slot, 5.0, Stroke(theme::HATCH, theme::THIN))
            })?;
            continue;
        };
        let title = format!(
            "{}: {}",
            study::factor_name(&row.factor, words),
            signed(difference, 1, words)
        );
        plot.canvas.mark("comparison", &title, |pen| {
            let level = middle - APART;
            if let Some((low, high)) = row.difference_plain_low.zip(row.difference_plain_high) {
                let stroke = Stroke(theme::MAIN, theme::BOLD);
                pen.line((x.px(low), level), (x.px(high), level), stroke)?;
            }
            pen.disc((x.px(difference), level), 5.0, theme::MAIN)
        })?;
        plot.canvas.layer("comparison-without-drift", |pen| {
            let Some(difference) = row.difference else {
                return Ok(());
            };
            let level = middle + APART;
            let stroke = Stroke(theme::SECOND, theme::FIRM);
            if let Some((low, high)) = row.difference_low.zip(row.difference_high) {
                pen.line((x.px(low), level), (x.px(high), level), stroke)?;
            }
            let centre = (x.px(difference), level);
            pen.disc(centre, 4.5, theme::PAPER)?;
            pen.ring(centre, 4.5, stroke)
        })?;
    }
    plot.x_axis(
        &labels,
        &words.fill("comparison.axis", &[("measure", &name)]),
    )?;
    Ok(plot.finish(sheet(&shown, words)))
}

/// What the difference is, and what a reader of nights after and before has to know.
fn caption(rows: &[&ComparisonRow], measure: &str, words: &Words) -> String {
    let caption = words.fill("comparison.caption", &[("measure", measure)]);
    if rows.iter().any(|row| row.how == "before_after") {
        format!("{caption} {}", words.say("comparison.before_after_note"))
    } else {
        caption
    }
}

/// A difference with its sign.
fn signed(value: f64, places: usize, words: &Words) -> String {
    let text = words.number(value, places);
    if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

fn numbers(row: &ComparisonRow, words: &Words) -> String {
    let key = match row.how.as_str() {
        "above_below" => "comparison.above_below",
        "before_after" => "comparison.before_after",
        _ => "comparison.with_without",
    };
    let with = words.count("study.n_nights", row.n_with as usize);
    let without = row.n_without.to_string();
    words.fill(key, &[("with", &with), ("without", &without)])
}

fn draw_name(
    plot: &mut Plot,
    row: &ComparisonRow,
    middle: f64,
    words: &Words,
) -> Result<(), ChartError> {
    let fit = |text: &str| cut(text, Weight::Regular, theme::TEXT, NAMES - 12.0);
    let name = fit(&study::factor_name(&row.factor, words));
    let numbers = fit(&numbers(row, words));
    let right = theme::EDGE + NAMES - 12.0;
    plot.canvas.layer("comparison-name", |pen| {
        let end = Anchor::End;
        pen.text(&name, (right, middle - 4.0), Lettering::PLAIN.at(end))?;
        pen.text(&numbers, (right, middle + 15.0), Lettering::SOFT.at(end))
    })?;
    Ok(())
}

fn sheet(rows: &[&ComparisonRow], words: &Words) -> Sheet {
    let row = |row: &&ComparisonRow| {
        vec![
            study::factor_name(&row.factor, words),
            numbers(row, words),
            words.number_or_none(row.median_with, 1),
            words.number_or_none(row.median_without, 1),
            words.number_or_none(row.difference_plain, 1),
            words.number_or_none(row.difference_plain_low, 1),
            words.number_or_none(row.difference_plain_high, 1),
            words.number_or_none(row.difference, 1),
            words.number_or_none(row.difference_low, 1),
            words.number_or_none(row.difference_high, 1),
        ]
    };
    Sheet {
        head: [
            "factors.factor",
            "comparison.nights",
            "comparison.median_with",
            "comparison.median_without",
            "comparison.difference",
            "trend.low",
            "trend.high",
            "comparison.without_drift",
            "trend.low",
            "trend.high",
        ]
        .map(|key| words.say(key).to_owned())
        .to_vec(),
        rows: rows.iter().map(row).collect(),
    }
}
