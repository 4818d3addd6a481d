//! Nights beside a reference: the difference over the mean (Bland and Altman 1986), with bias and limits of agreement.

use super::canvas::{Area, Canvas, DrawError, Lettering, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::plot::{Plot, Said};
use super::scale::{Law, Scale};
use super::scatter::measure_name;
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::drawable;
use crate::output::rows::{AgreementLimitsRow, AgreementRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 300.0;

/// Draws the differences.
///
/// # Errors
/// When no night has a reference for the measure.
pub fn agreement(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let measure = request.measure.unwrap_or("plm_per_h");
    let points: Vec<&AgreementRow> = rows
        .agreement
        .iter()
        .filter(|row| row.measure == measure)
        .collect();
    if points.is_empty() {
        return Err(study::nothing(words, "agreement.nothing"));
    }
    let limits = rows
        .agreement_limits
        .iter()
        .find(|row| row.measure == measure);
    let name = measure_name(measure, rows, words);
    let mut legend = Legend::default();
    legend.add(Sign::Disc(theme::MAIN), words.say("trend.night"));
    if let Some(limits) = limits {
        legend.add(
            Sign::Line(Stroke(theme::INK, theme::FIRM)),
            words.say("agreement.bias"),
        );
        if limits.lower.is_some() {
            let line = Sign::Dashed(Stroke(theme::OTHER, theme::FIRM));
            legend.add(line, words.say("agreement.limits"));
        }
        if limits.bias_low.is_some() || limits.lower_low.is_some() {
            legend.add(Sign::Fill(theme::BAND), words.say("agreement.interval"));
        }
    }
    let heading = Heading::new(words.say("agreement.difference"), legend);
    let said = Said {
        id: "agreement".into(),
        title: words.say("agreement.title").to_owned(),
        caption: caption(limits, points.len(), words),
        alt: words.say("agreement.alt").to_owned(),
    };
    let mut plot = Plot::new(&request.setup, said, &heading, (PANEL, 0.0))?;
    let (low, high) = ends(points.iter().map(|point| point.mean));
    let x = plot.x(
        Law::Linear,
        (low.min(0.0), high + (high - low).max(1.0) * 0.05),
    );
    let lines = limits.map(lines).unwrap_or_default();
    let spread = points
        .iter()
        .map(|point| point.difference)
        .chain(lines.iter().flat_map(|line| line.values()));
    let (low, high) = ends(spread);
    let pad = (high - low).max(1.0) * 0.08;
    let y = plot.y(Law::Linear, (low - pad, high + pad))?;
    let area = plot.area;
    draw_lines(&mut plot.canvas, &lines, area, y, words)?;
    for point in &points {
        let place = (x.px(point.mean), y.px(point.difference));
        let title = format!(
            "{}: {} / {}",
            drawable(&point.night),
            words.number(point.measured, 1),
            words.number(point.reference, 1)
        );
        plot.canvas.mark("pair", &title, |pen| {
            pen.disc(place, 4.5, theme::MAIN)?;
            pen.ring(place, 4.5, Stroke(theme::PAPER, 0.8))
        })?;
    }
    let labels: Vec<(f64, String)> = x
        .labels(56.0, words)
        .into_iter()
        .map(|(value, label)| (x.px(value), label))
        .collect();
    plot.x_axis(
        &labels,
        &words.fill("agreement.axis", &[("measure", &name)]),
    )?;
    Ok(plot.finish(sheet(&points, words)))
}

/// The smallest and the largest.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// A level line with the interval around it.
struct Level {
    class: &'static str,
    value: f64,
    interval: Option<(f64, f64)>,
}

impl Level {
    fn values(&self) -> impl Iterator<Item = f64> {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        [low, self.value, high].into_iter()
    }
}

fn lines(limits: &AgreementLimitsRow) -> Vec<Level> {
    let level = |class, value: Option<f64>, low: Option<f64>, high: Option<f64>| {
        Some(Level {
            class,
            value: value?,
            interval: low.zip(high),
        })
    };
    let l = limits;
    [
        level("bias", Some(l.bias), l.bias_low, l.bias_high),
        level("limit", l.lower, l.lower_low, l.lower_high),
        level("limit", l.upper, l.upper_low, l.upper_high),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn draw_lines(
    canvas: &mut Canvas,
    lines: &[Level],
    area: Area,
    y: Scale,
    words: &Words,
) -> Result<(), DrawError> {
    canvas.layer("interval", |pen| {
        for (low, high) in lines.iter().filter_map(|line| line.interval) {
            let band = Area {
                top: y.px(high),
                bottom: y.px(low),
                ..area
            };
            pen.rect(band, theme::BAND)?;
        }
        Ok(())
    })?;
    canvas.layer("zero", |pen| {
        let zero = y.px(0.0);
        pen.line(
            (area.left, zero),
            (area.right, zero),
            Stroke(theme::HATCH, theme::THIN),
        )
    })?;
    for line in lines {
        let level = y.px(line.value);
        let (from, to) = ((area.left, level), (area.right, level));
        canvas.layer(line.class, |pen| {
            if line.class == "bias" {
                pen.line(from, to, Stroke(theme::INK, theme::FIRM))
            } else {
                pen.dashed(from, to, 5.0, Stroke(theme::OTHER, theme::FIRM))
            }
        })?;
        canvas.layer("level-figure", |pen| {
            let at = (area.right - 4.0, level - 4.0);
            let end = super::canvas::Anchor::End;
            pen.text(&words.number(line.value, 1), at, Lettering::PLAIN.at(end))
        })?;
    }
    Ok(())
}

fn caption(limits: Option<&AgreementLimitsRow>, n: usize, words: &Words) -> String {
    let nights = words.count("study.n_nights", n);
    let Some(limits) = limits else {
        return words.fill("agreement.caption_plain", &[("nights", &nights)]);
    };
    let number = |value| words.number_or_none(value, 1);
    words.fill(
        "agreement.caption",
        &[
            ("nights", &nights),
            ("bias", &number(Some(limits.bias))),
            ("lower", &number(limits.lower)),
            ("upper", &number(limits.upper)),
        ],
    )
}

fn sheet(points: &[&AgreementRow], words: &Words) -> Sheet {
    let row = |point: &&AgreementRow| {
        vec![
            drawable(&point.night),
            words.number(point.reference, 1),
            words.number(point.measured, 1),
            words.number(point.mean, 1),
            words.number(point.difference, 1),
        ]
    };
    Sheet {
        head: [
            "trend.night",
            "agreement.reference",
            "agreement.measured",
            "agreement.mean",
            "agreement.difference",
        ]
        .map(|key| words.say(key).to_owned())
        .to_vec(),
        rows: points.iter().map(row).collect(),
    }
}
