//! The course of the night over all nights: median and bands by the time on the clock, and how many nights stand behind.

use super::canvas::{Area, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::plot::{AXIS, AXIS_IN_A_ROW, Crowded, Plot, Said, x_axis_in_a_row};
use super::scale::{Law, Scale};
use super::{ChartError, Drawing, Request, Sheet, page, study, theme};
use crate::output::rows::{ProfileRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 230.0;
/// The strip of nights below.
const STRIP: f64 = 54.0;

/// Draws the course of the night.
///
/// # Errors
/// When no stretch of the clock has a night.
pub fn profile(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let points = &rows.profile;
    let seen = || points.iter().filter(|point| point.n_nights > 0);
    let (Some(first), Some(last)) = (seen().next(), seen().next_back()) else {
        return Err(study::nothing(words, "profile.nothing"));
    };
    let mut legend = Legend::default();
    let is_one_night = seen().all(|point| point.n_nights == 1);
    legend.add(
        Sign::Line(Stroke(theme::MAIN, theme::BOLD)),
        words.say(if is_one_night {
            "profile.one"
        } else {
            "profile.median"
        }),
    );
    if seen().any(|point| point.p25_plm_per_h.is_some()) {
        legend.add(Sign::Fill(theme::AREA), words.say("profile.half"));
    }
    if seen().any(|point| point.p10_plm_per_h.is_some()) {
        legend.add(Sign::Fill(theme::BAND), words.say("profile.most"));
    }
    let heading = Heading::new(study::index_name(rows, words), legend);
    let said = Said {
        id: "profile".into(),
        title: words.say("profile.title").to_owned(),
        caption: words.fill("profile.caption", &[("basis", &study::basis(rows, words))]),
        alt: words.say("profile.alt").to_owned(),
    };
    let strip_heading = Heading::new(words.say("profile.nights"), Legend::default());
    let between = strip_heading.height(request.setup.width) + 10.0;
    // The words of the axis stand in the row of its labels.
    let below = between + AXIS_IN_A_ROW - AXIS;
    let mut plot = Plot::new(&request.setup, said, &heading, (PANEL + STRIP, below))?;
    // The strip keeps a share of what the panels have together.
    let strip_height = plot.area.height() * STRIP / (PANEL + STRIP);
    let whole = Area {
        bottom: plot.area.bottom + between,
        ..plot.area
    };
    plot.area.bottom -= strip_height;

    let half = f64::from(first.window_min.max(1)) / 2.0;
    let ends = (
        f64::from(first.after_noon_min) - half,
        f64::from(last.after_noon_min) + half,
    );
    let x = plot.x(Law::Linear, ends);
    let hours = clock_ticks(x);
    let uprights: Vec<f64> = hours.iter().map(|(px, _)| *px).collect();
    let top = points
        .iter()
        .flat_map(|p| [p.p90_plm_per_h, p.p75_plm_per_h, p.median_plm_per_h])
        .flatten()
        .fold(4.0, f64::max);
    plot.uprights(&uprights)?;
    let y = plot.y(Law::Linear, (0.0, top * 1.06))?;
    draw_bands(&mut plot, points, x, y)?;
    let panel = plot.area;
    plot.canvas
        .layer("base", |pen| page::base_line(pen, panel))?;

    let strip = Area {
        top: whole.bottom - strip_height,
        ..whole
    };
    let inner = request.setup.width - 2.0 * theme::EDGE;
    strip_heading.draw(&mut plot.canvas, theme::EDGE, panel.bottom + 8.0, inner)?;
    draw_strip(&mut plot, points, x, strip, words)?;
    let name = words.say("axis.clock");
    let name = (name, Crowded::WordsGiveWay);
    x_axis_in_a_row(&mut plot.canvas, strip, &hours, name)?;
    Ok(plot.finish(sheet(points, words)))
}

/// Round hours of the clock on an axis of minutes after noon.
pub(super) fn clock_ticks(x: Scale) -> Vec<(f64, String)> {
    let room = 60.0;
    let (left, right) = x.ends();
    let per_hour = (right - left) / (x.high() - x.low()) * 60.0;
    let step = [60.0, 120.0, 180.0, 360.0]
        .into_iter()
        .find(|step| per_hour * step / 60.0 >= room)
        .unwrap_or(720.0);
    super::scale::multiples(step, x.low(), x.high())
        .into_iter()
        .map(|minute| {
            let hour = (minute as i64 / 60 + 12).rem_euclid(24);
            (x.px(minute), format!("{hour:02}:00"))
        })
        .collect()
}

fn draw_bands(
    plot: &mut Plot,
    points: &[ProfileRow],
    x: Scale,
    y: Scale,
) -> Result<(), ChartError> {
    let at = |point: &ProfileRow, value: f64| (x.px(f64::from(point.after_noon_min)), y.px(value));
    type Ends = fn(&ProfileRow) -> Option<(f64, f64)>;
    let bands: [(&str, Ends, _); 2] = [
        (
            "band-most",
            |p| p.p10_plm_per_h.zip(p.p90_plm_per_h),
            theme::BAND,
        ),
        (
            "band-half",
            |p| p.p25_plm_per_h.zip(p.p75_plm_per_h),
            theme::AREA,
        ),
    ];
    for (class, ends, colour) in bands {
        plot.canvas.layer(class, |pen| {
            for run in runs(points, |point| ends(point).is_some()) {
                let ends = |point: &ProfileRow| ends(point).unwrap_or_default();
                let low = run.iter().map(|p| at(p, ends(p).0));
                let high = run.iter().rev().map(|p| at(p, ends(p).1));
                let outline: Vec<(f64, f64)> = low.chain(high).collect();
                if outline.len() > 2 {
                    pen.fill(&outline, colour)?;
                } else if let [(px, low), (_, high)] = outline[..] {
                    pen.line((px, low), (px, high), Stroke(colour, 8.0))?;
                }
            }
            Ok(())
        })?;
    }
    let medians = |point: &ProfileRow| at(point, point.median_plm_per_h.unwrap_or_default());
    plot.canvas.layer("median", |pen| {
        for run in runs(points, |point| point.median_plm_per_h.is_some()) {
            let line: Vec<(f64, f64)> = run.iter().map(medians).collect();
            pen.path(&line, Stroke(theme::MAIN, theme::BOLD))?;
        }
        Ok(())
    })?;
    plot.canvas.layer("median-points", |pen| {
        for point in points.iter().filter(|p| p.median_plm_per_h.is_some()) {
            pen.disc(medians(point), 2.6, theme::MAIN)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn draw_strip(
    plot: &mut Plot,
    points: &[ProfileRow],
    x: Scale,
    strip: Area,
    words: &Words,
) -> Result<(), ChartError> {
    let most = points.iter().map(|point| point.n_nights).max().unwrap_or(1);
    let y = Scale::linear(
        (0.0, f64::from(most.max(1))),
        (strip.bottom, strip.top + 4.0),
    );
    let ticks = [
        (0.0, words.number(0.0, 0)),
        (f64::from(most), most.to_string()),
    ];
    page::level_ticks(&mut plot.canvas, strip, y, &ticks)?;
    let step = points
        .windows(2)
        .map(|pair| f64::from(pair[1].after_noon_min.abs_diff(pair[0].after_noon_min)))
        .fold(f64::INFINITY, f64::min);
    let half = if step.is_finite() { step / 2.0 } else { 15.0 };
    plot.canvas.layer("nights", |pen| {
        for point in points.iter().filter(|point| point.n_nights > 0) {
            let middle = f64::from(point.after_noon_min);
            let bar = Area {
                left: x.px(middle - half) + 0.5,
                right: x.px(middle + half) - 0.5,
                top: y.px(f64::from(point.n_nights)),
                bottom: strip.bottom,
            };
            pen.rect(bar, theme::AREA)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Neighbouring points for which `has` holds.
fn runs(points: &[ProfileRow], has: impl Fn(&ProfileRow) -> bool) -> Vec<&[ProfileRow]> {
    points
        .chunk_by(|a, b| has(a) == has(b))
        .filter(|run| run.first().is_some_and(&has))
        .collect()
}

fn sheet(points: &[ProfileRow], words: &Words) -> Sheet {
    let number = |value| words.number_or_none(value, 1);
    let head = [
        "profile.clock",
        "profile.n_nights",
        "profile.median",
        "profile.p25",
        "profile.p75",
        "profile.p10",
        "profile.p90",
    ];
    Sheet {
        head: head.map(|key| words.say(key).to_owned()).to_vec(),
        rows: points
            .iter()
            .map(|p| {
                vec![
                    p.clock.clone(),
                    p.n_nights.to_string(),
                    number(p.median_plm_per_h),
                    number(p.p25_plm_per_h),
                    number(p.p75_plm_per_h),
                    number(p.p10_plm_per_h),
                    number(p.p90_plm_per_h),
                ]
            })
            .collect(),
    }
}
