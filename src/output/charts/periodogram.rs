//! Which periods the movements of a night have, and which of them shuffled nights have, too.

use super::canvas::Stroke;
use super::kinds::chosen;
use super::legend::{Heading, Legend, Sign};
use super::plot::{Plot, Said};
use super::scale::Law;
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::rows::{PeriodogramRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 230.0;
/// Labelled periods, in seconds.
const TICKS: [f64; 10] = [5.0, 8.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0];

/// Draws the periods of a night.
///
/// # Errors
/// When the night is not there, or has no periodogram.
pub fn periodogram(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let night = chosen(rows, request)?;
    let mut points: Vec<&PeriodogramRow> = rows
        .periodogram
        .iter()
        .filter(|row| row.night == night.night && row.series == "onsets" && row.period_s > 0.0)
        .collect();
    points.sort_by(|a, b| a.period_s.total_cmp(&b.period_s));
    let mut swells: Vec<&PeriodogramRow> = rows
        .periodogram
        .iter()
        .filter(|row| row.night == night.night && row.series == "envelope" && row.period_s > 0.0)
        .collect();
    swells.sort_by(|a, b| a.period_s.total_cmp(&b.period_s));
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Err(study::nothing(words, "periodogram.nothing"));
    };
    let mut legend = Legend::default();
    legend.add(
        Sign::Line(Stroke(theme::MAIN, theme::FIRM)),
        words.say("periodogram.power"),
    );
    if !swells.is_empty() {
        legend.add(
            Sign::Line(Stroke(theme::SOFT, theme::FIRM)),
            words.say("periodogram.power_envelope"),
        );
    }
    if points.iter().any(|point| point.limit.is_some()) {
        let line = Sign::Dashed(Stroke(theme::OTHER, theme::FIRM));
        legend.add(line, words.say("periodogram.limit"));
    }
    let heading = Heading::new(words.say("periodogram.axis_y"), legend);
    let said = Said {
        id: format!("periodogram-{}", night.night),
        title: words.fill(
            "periodogram.title",
            &[("night", &study::night_name(night, words))],
        ),
        caption: words.fill(
            "periodogram.caption",
            &[("hours", &words.number(night.analysed_h, 1))],
        ),
        alt: words.say("periodogram.alt").to_owned(),
    };
    let ends = (first.period_s, last.period_s);
    let mut plot = Plot::new(&request.setup, said, &heading, (PANEL, 0.0))?;
    let x = plot.x(Law::Log, ends);
    let labels: Vec<(f64, String)> = x
        .spaced(&TICKS, 34.0)
        .into_iter()
        .map(|value| (x.px(value), words.number(value, 0)))
        .collect();
    let uprights: Vec<f64> = labels.iter().map(|(px, _)| *px).collect();
    plot.uprights(&uprights)?;
    let highest = points
        .iter()
        .chain(&swells)
        .flat_map(|point| [Some(point.power), point.limit])
        .flatten()
        .fold(1.0, f64::max);
    let y = plot.y(Law::Linear, (0.0, highest * 1.06))?;
    plot.canvas.layer("limit", |pen| {
        for pair in points.windows(2) {
            if let (Some(from), Some(to)) = (pair[0].limit, pair[1].limit) {
                let from = (x.px(pair[0].period_s), y.px(from));
                let to = (x.px(pair[1].period_s), y.px(to));
                pen.dashed(from, to, 4.0, Stroke(theme::OTHER, theme::FIRM))?;
            }
        }
        Ok(())
    })?;
    let line: Vec<(f64, f64)> = points
        .iter()
        .map(|point| (x.px(point.period_s), y.px(point.power)))
        .collect();
    let swell: Vec<(f64, f64)> = swells
        .iter()
        .filter(|point| (ends.0..=ends.1).contains(&point.period_s))
        .map(|point| (x.px(point.period_s), y.px(point.power)))
        .collect();
    plot.canvas.layer("power-envelope", |pen| {
        pen.path(&swell, Stroke(theme::SOFT, theme::FIRM))
    })?;
    plot.canvas.layer("power", |pen| {
        pen.path(&line, Stroke(theme::MAIN, theme::FIRM))
    })?;
    plot.canvas.layer("power-points", |pen| {
        line.iter()
            .try_for_each(|place| pen.disc(*place, 1.5, theme::MAIN))
    })?;
    plot.x_axis(&labels, words.say("periodogram.axis"))?;
    Ok(plot.finish(sheet(&points, words)))
}

fn sheet(points: &[&PeriodogramRow], words: &Words) -> Sheet {
    let row = |point: &&PeriodogramRow| {
        vec![
            words.number(point.period_s, 1),
            words.number(point.power, 2),
            words.number_or_none(point.limit, 2),
        ]
    };
    Sheet {
        head: ["periodogram.axis", "periodogram.power", "periodogram.limit"]
            .map(|key| words.say(key).to_owned())
            .to_vec(),
        rows: points.iter().map(row).collect(),
    }
}
