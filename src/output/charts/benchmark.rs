//! Detectors on nights with a known truth: F1 with its interval, a line for each detector and kind of event, a lane in
//! it for each set of nights.

use super::canvas::{Anchor, Area, Lettering, Pen, Stroke};
use super::legend::{Heading, Legend, Sign, diamond, triangle};
use super::page::cut;
use super::plot::{Plot, Said};
use super::scale::{Law, Scale};
use super::{ChartError, DrawError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{Weight, drawable};
use crate::output::rows::{BenchmarkRow, StudyRows};
use crate::output::words::Words;

/// From one set's lane to the next, and what a line has above and below its lanes.
const LANE: f64 = 11.0;
const AROUND: f64 = 12.0;
const NAMES: f64 = 250.0;

/// Draws the detectors, against what the sensors could see.
///
/// # Errors
/// When there is no row.
pub fn benchmark(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let shown: Vec<&BenchmarkRow> = rows
        .benchmark
        .iter()
        .filter(|row| row.truth == "visible")
        .collect();
    if shown.is_empty() {
        return Err(study::nothing(words, "benchmark.nothing"));
    }
    let sets = in_order(shown.iter().map(|row| row.set.as_str()));
    let lines = in_order(
        shown
            .iter()
            .map(|row| (row.method.as_str(), row.events.as_str())),
    );
    let mut legend = Legend::default();
    for (at, set) in sets.iter().enumerate() {
        legend.add(sign(at), drawable(set));
    }
    legend.add(
        Sign::Line(Stroke(theme::MAIN, theme::FIRM)),
        words.say("trend.interval_alone"),
    );
    let heading = Heading::new("", legend);
    let said = Said {
        id: "benchmark".into(),
        title: words.say("benchmark.title").to_owned(),
        caption: words.say("benchmark.caption").to_owned(),
        alt: words.say("benchmark.alt").to_owned(),
    };
    let natural = sets.len() as f64 * LANE + AROUND;
    let mut plot = Plot::new(
        &request.setup,
        said,
        &heading,
        (lines.len() as f64 * natural, 0.0),
    )?;
    plot.area.left = theme::EDGE + NAMES;
    let height = (plot.area.bottom - plot.area.top) / lines.len() as f64;
    let x = plot.x(Law::Linear, (0.0, 1.0));
    let labels: Vec<(f64, String)> = (0..=5)
        .map(|fifth| f64::from(fifth) / 5.0)
        .map(|value| (x.px(value), words.number(value, 1)))
        .collect();
    let uprights: Vec<f64> = labels.iter().map(|(px, _)| *px).collect();
    plot.uprights(&uprights)?;
    for (at, &line) in lines.iter().enumerate() {
        let middle = plot.area.top + (at as f64 + 0.5) * height;
        draw_name(&mut plot, line, middle)?;
        for row in shown
            .iter()
            .filter(|row| (row.method.as_str(), row.events.as_str()) == line)
        {
            let lane = sets.iter().position(|set| *set == row.set).unwrap_or(0);
            let above = (sets.len() as f64 - 1.0) / 2.0 - lane as f64;
            let step = LANE.min(height / sets.len() as f64);
            draw_row(&mut plot, row, x, (lane, middle - above * step), words)?;
        }
    }
    plot.x_axis(&labels, words.say("benchmark.axis"))?;
    Ok(plot.finish(sheet(&shown, words)))
}

/// Each value once, in the order in which it first occurs.
fn in_order<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// The sign of the set at this place: they differ in shape and in lightness.
fn sign(at: usize) -> Sign {
    match at % 4 {
        0 => Sign::Disc(theme::MAIN),
        1 => Sign::Triangle(theme::SECOND),
        2 => Sign::Diamond(theme::OTHER),
        _ => Sign::Ring(theme::SOFT),
    }
}

fn draw_name(
    plot: &mut Plot,
    (method, events): (&str, &str),
    middle: f64,
) -> Result<(), DrawError> {
    let right = theme::EDGE + NAMES - 12.0;
    let name = format!("{} · {}", drawable(method), events.to_uppercase());
    let name = cut(&name, Weight::Regular, theme::TEXT, NAMES - 12.0);
    plot.canvas.layer("benchmark-name", |pen| {
        let at = (right, middle + 5.5);
        pen.text(&name, at, Lettering::PLAIN.at(Anchor::End))
    })
}

fn draw_row(
    plot: &mut Plot,
    row: &BenchmarkRow,
    x: Scale,
    (lane, middle): (usize, f64),
    words: &Words,
) -> Result<(), DrawError> {
    let Some(f1) = row.f1 else {
        let slot = Area {
            top: middle - LANE / 2.0,
            bottom: middle + LANE / 2.0,
            ..plot.area
        };
        return plot.canvas.layer("benchmark-missing", |pen| {
            pen.hatch(slot, 5.0, Stroke(theme::HATCH, theme::THIN))
        });
    };
    let title = format!(
        "{} · {} · {}: {}",
        drawable(&row.method),
        row.events.to_uppercase(),
        drawable(&row.set),
        words.number(f1, 3)
    );
    plot.canvas.mark("benchmark", &title, |pen| {
        if let Some((low, high)) = row.f1_low.zip(row.f1_high) {
            let (width, colour) = match sign(lane) {
                Sign::Disc(colour) => (theme::BOLD, colour),
                Sign::Triangle(colour) | Sign::Diamond(colour) | Sign::Ring(colour) => {
                    (theme::FIRM, colour)
                }
                _ => (theme::FIRM, theme::SOFT),
            };
            let (from, to) = ((x.px(low), middle), (x.px(high), middle));
            pen.line(from, to, Stroke(colour, width))?;
        }
        draw_sign(pen, sign(lane), (x.px(f1), middle))
    })
}

fn draw_sign(pen: &Pen, sign: Sign, centre: (f64, f64)) -> Result<(), DrawError> {
    match sign {
        Sign::Disc(colour) => pen.disc(centre, 4.5, colour),
        Sign::Triangle(colour) => triangle(pen, (centre.0, centre.1 + 4.0), colour),
        Sign::Diamond(colour) => diamond(pen, centre, 5.0, colour),
        Sign::Ring(colour) => {
            pen.disc(centre, 4.0, theme::PAPER)?;
            pen.ring(centre, 4.0, Stroke(colour, theme::FIRM))
        }
        _ => Ok(()),
    }
}

fn sheet(rows: &[&BenchmarkRow], words: &Words) -> Sheet {
    let row = |row: &&BenchmarkRow| {
        vec![
            drawable(&row.method),
            drawable(&row.set),
            row.events.to_uppercase(),
            row.n_nights.to_string(),
            words.number_or_none(row.f1, 3),
            words.number_or_none(row.f1_low, 3),
            words.number_or_none(row.f1_high, 3),
            words.number_or_none(row.sensitivity, 3),
            words.number_or_none(row.precision, 3),
            words.number_or_none(row.index_bias_per_h, 2),
            words.number_or_none(row.index_mae_per_h, 2),
            words.number_or_none(row.index_icc, 3),
        ]
    };
    Sheet {
        head: [
            "benchmark.method",
            "benchmark.set",
            "benchmark.events",
            "benchmark.nights",
            "benchmark.f1",
            "trend.low",
            "trend.high",
            "benchmark.sensitivity",
            "benchmark.precision",
            "benchmark.bias",
            "benchmark.mae",
            "benchmark.icc",
        ]
        .map(|key| words.say(key).to_owned())
        .to_vec(),
        rows: rows.iter().map(row).collect(),
    }
}
