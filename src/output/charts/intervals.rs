//! How the intervals between movements (IMI) are distributed, on a logarithmic axis: they are log-normal.

use super::canvas::{Area, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::plot::{Plot, Said};
use super::scale::{Law, Scale};
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::rows::{IntervalRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 230.0;
/// Labelled intervals, in seconds.
const TICKS: [f64; 7] = [2.0, 5.0, 10.0, 20.0, 40.0, 60.0, 90.0];
/// The periodic range (WASM 2016, section 4): 10 to 90 s.
const PERIODIC: (f64, f64) = (10.0, 90.0);

/// All nights together: seen before a crowd of nights, in grey, too.
const OUTLINE: Stroke = Stroke(theme::MAIN, theme::BOLD);
/// A night.
const EACH: Stroke = Stroke(theme::HATCH, theme::THIN);

/// Draws the distribution of all nights, and behind its outline a thin line for each night.
///
/// # Errors
/// When no interval was measured.
pub fn intervals(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let pooled: Vec<&IntervalRow> = of(rows, None);
    let n: u32 = pooled.iter().map(|bin| bin.n).sum();
    if n == 0 {
        return Err(study::nothing(words, "intervals.nothing"));
    }
    let nights: Vec<Vec<&IntervalRow>> = rows
        .nights
        .iter()
        .map(|night| of(rows, Some(&night.night)))
        .filter(|bins| bins.iter().any(|bin| bin.n > 0))
        .collect();
    let has_lines = nights.len() > 1;
    let mut legend = Legend::default();
    if has_lines {
        legend.add(Sign::Line(OUTLINE), words.say("intervals.all"));
        legend.add(Sign::Line(EACH), words.say("intervals.each"));
    } else {
        legend.add(Sign::Line(OUTLINE), words.say("intervals.one"));
    }
    legend.add(Sign::Fill(theme::SHADE), words.say("intervals.periodic"));
    let heading = Heading::new(words.say("intervals.share"), legend);
    let said = Said {
        id: "intervals".into(),
        title: words.say("intervals.title").to_owned(),
        caption: words.fill(
            "intervals.caption",
            &[("n", &n.to_string()), ("basis", &study::basis(rows, words))],
        ),
        alt: words.say("intervals.alt").to_owned(),
    };
    let mut plot = Plot::new(&request.setup, said, &heading, (PANEL, 0.0))?;
    let x = plot.x(Law::Log, (TICKS[0], PERIODIC.1 * 1.02));
    let area = plot.area;
    plot.canvas.layer("periodic", |pen| {
        let range = Area {
            left: x.px(PERIODIC.0),
            right: x.px(PERIODIC.1),
            ..area
        };
        pen.rect(range, theme::SHADE)
    })?;
    let labels: Vec<(f64, String)> = x
        .spaced(&TICKS, 30.0)
        .into_iter()
        .map(|value| (x.px(value), words.number(value, 0)))
        .collect();
    let uprights: Vec<f64> = labels.iter().map(|(px, _)| *px).collect();
    plot.uprights(&uprights)?;
    let lines = if has_lines { nights.as_slice() } else { &[] };
    let highest = std::iter::once(&pooled)
        .chain(lines)
        .flat_map(|bins| shares(bins))
        .map(|(_, share)| share)
        .fold(1.0, f64::max);
    let y = plot.y(Law::Linear, (0.0, highest * 1.05))?;
    let shown = |bin: &IntervalRow| bin.high_s > x.low() && bin.low_s < x.high();
    plot.canvas.layer("bin", |pen| {
        for (bin, share) in shares(&pooled).filter(|(bin, _)| bin.n > 0 && shown(bin)) {
            let bar = Area {
                left: x.px(bin.low_s) + 0.3,
                right: x.px(bin.high_s) - 0.3,
                top: y.px(share),
                bottom: area.bottom,
            };
            pen.rect(bar, theme::AREA)?;
        }
        Ok(())
    })?;
    plot.canvas.layer("night-line", |pen| {
        for bins in lines {
            let line = shares(bins)
                .filter(|(bin, _)| shown(bin))
                .map(|(bin, share)| (middle(bin, x), y.px(share)));
            pen.path(&line.collect::<Vec<_>>(), EACH)?;
        }
        Ok(())
    })?;
    plot.canvas.layer("outline", |pen| {
        let steps = shares(&pooled)
            .filter(|(bin, _)| shown(bin))
            .flat_map(|(bin, share)| [(bin.low_s, share), (bin.high_s, share)]);
        let steps: Vec<(f64, f64)> = steps
            .map(|(seconds, share)| (x.px(seconds), y.px(share)))
            .collect();
        pen.path(&steps, OUTLINE)
    })?;
    plot.x_axis(&labels, words.say("intervals.axis"))?;
    Ok(plot.finish(sheet(&pooled, words)))
}

fn of<'a>(rows: &'a StudyRows, night: Option<&str>) -> Vec<&'a IntervalRow> {
    let is_of = |bin: &&IntervalRow| bin.night.as_deref() == night;
    rows.intervals.iter().filter(is_of).collect()
}

/// Each bin with its share of all intervals in percent: nights of different counts on one scale.
fn shares<'a>(bins: &'a [&'a IntervalRow]) -> impl Iterator<Item = (&'a IntervalRow, f64)> {
    let all: u32 = bins.iter().map(|bin| bin.n).sum();
    let all = f64::from(all.max(1));
    bins.iter()
        .map(move |bin| (*bin, 100.0 * f64::from(bin.n) / all))
}

fn middle(bin: &IntervalRow, x: Scale) -> f64 {
    (x.px(bin.low_s) + x.px(bin.high_s)) / 2.0
}

fn sheet(pooled: &[&IntervalRow], words: &Words) -> Sheet {
    let row = |(bin, share): (&IntervalRow, f64)| {
        let (low, high) = (words.number(bin.low_s, 1), words.number(bin.high_s, 1));
        vec![
            words.fill("format.to", &[("low", &low), ("high", &high)]),
            bin.n.to_string(),
            words.number(share, 1),
        ]
    };
    Sheet {
        head: ["intervals.axis", "intervals.n", "intervals.share"]
            .map(|key| words.say(key).to_owned())
            .to_vec(),
        rows: shares(pooled)
            .filter(|(bin, _)| bin.n > 0)
            .map(row)
            .collect(),
    }
}
