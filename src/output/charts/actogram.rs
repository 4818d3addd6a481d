//! Movement over the clock, two days a row: the second half of a row is the first half of the next, so that no night
//! is cut.

use jiff::civil::{Date, DateTime};

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::page::Header;
use super::plot::{self, AXIS};
use super::scale::{Law, Scale};
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::rows::{NightRow, StudyRows, Trace};
use crate::output::words::Words;

const ROW: f64 = 34.0;
/// Left of the rows: the dates.
const DATE: f64 = 74.0;
/// Minutes of one bar.
const BIN_MIN: i64 = 10;
/// Minutes of a row: two days, from noon.
const ROW_MIN: i64 = 48 * 60;
/// The envelope that fills a row, in mg: a gross movement.
const TOP_MG: f64 = 2000.0;

/// The largest envelope of each ten minutes, by the clock on the wall.
struct Activity {
    /// Noon with which the first row begins.
    from: DateTime,
    /// Ten minutes each; `None` without data.
    bins: Vec<Option<f64>>,
}

/// Draws all nights with a clock.
///
/// # Errors
/// When no envelope has a clock.
pub fn actogram(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let (setup, words) = (&request.setup, request.setup.words);
    let Some(activity) = Activity::of(rows) else {
        return Err(study::nothing(words, "actogram.nothing"));
    };
    let n_days = activity.n_days();
    let title = words.say("actogram.title").to_owned();
    let caption = words.fill("actogram.caption", &[("basis", &study::basis(rows, words))]);
    let alt = format!("{caption} {}", words.say("actogram.alt"));
    let header = Header::new(setup, &title, &caption);
    let inner = setup.width - 2.0 * theme::EDGE;
    let mut legend = Legend::default();
    legend.add(Sign::Fill(theme::MAIN), words.say("actogram.largest"));
    legend.add(Sign::Fill(theme::SHADE), words.say("actogram.recorded"));
    let heading = Heading::new("", legend);
    let top = header.height() + heading.height(inner);
    let whole = Area {
        left: theme::EDGE + DATE,
        top,
        right: setup.width - plot::RIGHT,
        bottom: top + n_days as f64 * ROW,
    };
    let mut canvas = Canvas::new(setup.width, (whole.bottom + AXIS + 6.0).ceil());
    header.draw(&mut canvas)?;
    heading.draw(&mut canvas, theme::EDGE, header.height(), inner)?;
    let x = Scale::linear((0.0, ROW_MIN as f64), (whole.left, whole.right));
    let labels: Vec<(f64, String)> = (0..=8)
        .map(|at| {
            let minute = at * 360;
            (
                x.px(minute as f64),
                format!("{:02}:00", (minute / 60 + 12) % 24),
            )
        })
        .collect();
    for day in 0..n_days {
        let area = Area {
            top: whole.top + day as f64 * ROW,
            bottom: whole.top + (day as f64 + 1.0) * ROW,
            ..whole
        };
        let date = activity.date(day);
        canvas.layer("day-name", |pen| {
            let name = date.map_or_else(String::new, |date| words.day(date));
            let at = (area.left - 8.0, area.bottom - 8.0);
            pen.text(&name, at, Lettering::SOFT.at(Anchor::End))
        })?;
        activity.draw_row(&mut canvas, day, area, x)?;
    }
    canvas.layer("grid", |pen| {
        for (px, _) in &labels {
            let stroke = Stroke(theme::GRID, theme::THIN);
            pen.line((*px, whole.top), (*px, whole.bottom), stroke)?;
        }
        Ok(())
    })?;
    plot::x_axis(&mut canvas, whole, &labels, words.say("axis.clock"))?;
    Ok(Drawing {
        svg: canvas.finish("actogram", &title, &alt),
        sheet: activity.sheet(words),
        title,
        caption,
        alt,
    })
}

impl Activity {
    fn of(rows: &StudyRows) -> Option<Self> {
        let start = |trace: &Trace| {
            let is_of = |night: &&NightRow| night.night == trace.night;
            let night = rows.nights.iter().find(is_of)?;
            Some(night.start_local?.civil())
        };
        let traces: Vec<(DateTime, &Trace)> = rows
            .traces
            .iter()
            .filter_map(|trace| Some((start(trace)?, trace)))
            .collect();
        let first = traces.iter().map(|(start, _)| *start).min()?;
        // The day begins at noon: a start before noon belongs to the day before.
        let date = if first.hour() < 12 {
            first.date().yesterday().ok()?
        } else {
            first.date()
        };
        let from = date.at(12, 0, 0, 0);
        let mut bins: Vec<Option<f64>> = Vec::new();
        for (start, trace) in traces {
            let offset_s = start.duration_since(from).as_secs();
            for (second, value) in trace.max_mg.iter().enumerate() {
                if !value.is_finite() {
                    continue;
                }
                let at = (offset_s + second as i64) / (BIN_MIN * 60);
                let Some(at) = usize::try_from(at).ok().filter(|at| *at < MOST_BINS) else {
                    continue;
                };
                if bins.len() <= at {
                    bins.resize(at + 1, None);
                }
                let largest = bins[at].map_or(f64::from(*value), |was| was.max(f64::from(*value)));
                bins[at] = Some(largest);
            }
        }
        (!bins.is_empty()).then_some(Self { from, bins })
    }

    fn n_days(&self) -> usize {
        self.bins.len().div_ceil(BINS_A_DAY)
    }

    fn date(&self, day: usize) -> Option<Date> {
        let days = i64::try_from(day).ok()?;
        let date = self.from.date();
        date.checked_add(jiff::Span::new().try_days(days).ok()?)
            .ok()
    }

    /// Two days of bins from the noon of this one.
    fn row(&self, day: usize) -> impl Iterator<Item = (usize, f64)> {
        let first = day * BINS_A_DAY;
        let bins = self.bins.iter().skip(first).take(2 * BINS_A_DAY);
        bins.enumerate()
            .filter_map(|(at, value)| Some((at, (*value)?)))
    }

    fn draw_row(
        &self,
        canvas: &mut Canvas,
        day: usize,
        area: Area,
        x: Scale,
    ) -> Result<(), DrawError> {
        let y = Scale::new(
            Law::Root,
            (0.0, TOP_MG),
            (area.bottom - 1.0, area.top + 3.0),
        );
        let place = |at: usize, top: f64| {
            let minute = (at as i64 * BIN_MIN) as f64;
            Area {
                left: x.px(minute),
                top,
                right: x.px(minute + BIN_MIN as f64),
                bottom: area.bottom - 1.0,
            }
        };
        canvas.layer("recorded", |pen| {
            let mut bins = self.row(day);
            bins.try_for_each(|(at, _)| pen.rect(place(at, area.top + 3.0), theme::SHADE))
        })?;
        canvas.layer("activity", |pen| {
            let mut bins = self.row(day);
            bins.try_for_each(|(at, value)| pen.rect(place(at, y.px(value)), theme::MAIN))
        })
    }

    fn sheet(&self, words: &Words) -> Sheet {
        let row = |day: usize| {
            let first = day * BINS_A_DAY;
            let bins = self.bins.iter().skip(first).take(BINS_A_DAY).flatten();
            let minutes = bins.clone().count() as i64 * BIN_MIN;
            let largest = bins.copied().reduce(f64::max);
            vec![
                self.date(day)
                    .map_or_else(String::new, |date| words.date(date)),
                words.number(minutes as f64 / 60.0, 1),
                words.number_or_none(largest, 0),
            ]
        };
        Sheet {
            head: ["trend.date", "actogram.hours", "actogram.largest"]
                .map(|key| words.say(key).to_owned())
                .to_vec(),
            rows: (0..self.n_days()).map(row).collect(),
        }
    }
}

const BINS_A_DAY: usize = (24 * 60 / BIN_MIN) as usize;
/// A year of bins: nights further apart are no study, and must not ask for endless rows.
const MOST_BINS: usize = 366 * BINS_A_DAY;
