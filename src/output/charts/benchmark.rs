//! Detectors on nights with a known truth: F1 with its interval, and what it is made of.

use super::canvas::{Anchor, Area, Lettering, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::page::cut;
use super::plot::{Plot, Said};
use super::scale::{Law, Scale};
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{Weight, drawable};
use crate::output::rows::{BenchmarkRow, StudyRows};
use crate::output::words::Words;

const ROW: f64 = 46.0;
const NAMES: f64 = 300.0;

/// Draws the detectors, a row each.
///
/// # Errors
/// When there is no row.
pub fn benchmark(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let shown = &rows.benchmark;
    if shown.is_empty() {
        return Err(study::nothing(words, "benchmark.nothing"));
    }
    let mut legend = Legend::default();
    legend.add(Sign::Disc(theme::MAIN), words.say("benchmark.f1"));
    legend.add(
        Sign::Line(Stroke(theme::MAIN, theme::BOLD)),
        words.say("trend.interval_alone"),
    );
    legend.add(
        Sign::Triangle(theme::OTHER),
        words.say("benchmark.sensitivity"),
    );
    legend.add(
        Sign::Diamond(theme::SECOND),
        words.say("benchmark.precision"),
    );
    let heading = Heading::new("", legend);
    let said = Said {
        id: "benchmark".into(),
        title: words.say("benchmark.title").to_owned(),
        caption: words.say("benchmark.caption").to_owned(),
        alt: words.say("benchmark.alt").to_owned(),
    };
    let height = shown.len() as f64 * ROW;
    let mut plot = Plot::new(&request.setup, said, &heading, (height, 0.0))?;
    plot.area.left = theme::EDGE + NAMES;
    let x = plot.x(Law::Linear, (0.0, 1.0));
    let labels: Vec<(f64, String)> = (0..=5)
        .map(|fifth| f64::from(fifth) / 5.0)
        .map(|value| (x.px(value), words.number(value, 1)))
        .collect();
    let uprights: Vec<f64> = labels.iter().map(|(px, _)| *px).collect();
    plot.uprights(&uprights)?;
    for (at, row) in shown.iter().enumerate() {
        let middle = plot.area.top + (at as f64 + 0.5) * ROW;
        draw_row(&mut plot, row, x, middle, words)?;
    }
    plot.x_axis(&labels, words.say("benchmark.axis"))?;
    Ok(plot.finish(sheet(shown, words)))
}

fn draw_row(
    plot: &mut Plot,
    row: &BenchmarkRow,
    x: Scale,
    middle: f64,
    words: &Words,
) -> Result<(), ChartError> {
    let fit = |text: &str| cut(text, Weight::Regular, theme::TEXT, NAMES - 12.0);
    let name = fit(&format!(
        "{} · {}",
        drawable(&row.method),
        row.events.to_uppercase()
    ));
    let set = fit(&format!(
        "{}: {}",
        drawable(&row.set),
        words.count("study.n_nights", row.n_nights as usize)
    ));
    let right = theme::EDGE + NAMES - 12.0;
    plot.canvas.layer("benchmark-name", |pen| {
        let end = Anchor::End;
        pen.text(&name, (right, middle - 4.0), Lettering::PLAIN.at(end))?;
        pen.text(&set, (right, middle + 15.0), Lettering::SOFT.at(end))
    })?;
    let area = plot.area;
    let Some(f1) = row.f1 else {
        let slot = Area {
            top: middle - 7.0,
            bottom: middle + 7.0,
            ..area
        };
        plot.canvas.layer("benchmark-missing", |pen| {
            pen.hatch(slot, 5.0, Stroke(theme::HATCH, theme::THIN))
        })?;
        return Ok(());
    };
    let title = format!("{name}: {}", words.number(f1, 3));
    plot.canvas.mark("benchmark", &title, |pen| {
        if let Some((low, high)) = row.f1_low.zip(row.f1_high) {
            let stroke = Stroke(theme::MAIN, theme::BOLD);
            pen.line((x.px(low), middle), (x.px(high), middle), stroke)?;
        }
        pen.disc((x.px(f1), middle), 5.0, theme::MAIN)
    })?;
    plot.canvas.layer("benchmark-parts", |pen| {
        if let Some(sensitivity) = row.sensitivity {
            super::legend::triangle(pen, (x.px(sensitivity), middle - 7.0), theme::OTHER)?;
        }
        if let Some(precision) = row.precision {
            let centre = (x.px(precision), middle + 12.0);
            super::legend::diamond(pen, centre, 5.0, theme::SECOND)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn sheet(rows: &[BenchmarkRow], words: &Words) -> Sheet {
    let row = |row: &BenchmarkRow| {
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
