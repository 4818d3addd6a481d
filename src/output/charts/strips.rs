//! Nights below each other, a row each: time in bed, movements by leg, series, envelope, and the figures at the right.

mod columns;

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::legend::{Heading, Legend, Sign};
use super::page::{self, Header};
use super::plot::{self, AXIS_IN_A_ROW, Crowded};
use super::profile::clock_ticks;
use super::rank::Rank;
use super::scale::{Law, Scale, multiples};
use super::{ChartError, Drawing, Request, bins, study, theme};
use crate::model::body::Leg;
use crate::model::span::SpanKind;
use crate::output::rows::{MovementRow, NightRow, SpanRow, StudyRows};
use crate::output::words::Words;
use columns::Columns;

/// Most nights on one page (the layout of the report); the latest are shown.
const MOST: usize = 14;
const ROW: f64 = 52.0;
/// A row in which figures still stand clear of each other.
const LEAST_ROW: f64 = 16.2;
/// Heads of the columns at the right.
const HEAD: f64 = theme::LINE + 4.0;
/// Left of the strips: the dates.
const DATE: f64 = 82.0;
/// From the top of a row to the line on which ticks stand.
const BASE: f64 = 31.0;
/// Ticks are this much of their height in the chart of one night.
const SHRINK: f64 = 0.5;

/// How the times of several nights share one axis, in minutes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    /// After noon of the night's date.
    Clock,
    /// After lights out, since a night has no clock.
    SinceLightsOut,
}

/// Draws the last nights below each other.
///
/// # Errors
/// When there is no night.
pub fn strips(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let (setup, words) = (&request.setup, request.setup.words);
    let latest = |most: usize| &rows.nights[rows.nights.len().saturating_sub(most)..];
    let mut nights = latest(MOST);
    if nights.is_empty() {
        return Err(study::nothing(words, "study.no_night"));
    }
    if let Some(height) = setup.height {
        let legend = Heading::new("", legend(rows, nights, request));
        let fixed = page::BARE
            + legend.height(setup.width - 2.0 * theme::EDGE)
            + HEAD
            + AXIS_IN_A_ROW
            + setup.below();
        nights = latest((((height - fixed) / LEAST_ROW) as usize).clamp(1, nights.len()));
    }
    let columns = Columns::of(rows, nights, request);
    let title = words.say("strips.title").to_owned();
    let caption = caption(rows, nights.len(), words);
    let alt = format!("{caption} {}", words.say("strips.alt"));
    let header = Header::new(setup, &title, &caption);
    let inner = setup.width - 2.0 * theme::EDGE;
    let heading = Heading::new("", legend(rows, nights, request));
    let first_top = header.height() + heading.height(inner) + columns.head_height();
    let n = nights.len() as f64;
    let foot = AXIS_IN_A_ROW + setup.below();
    let height = setup.panels(first_top + foot, n * ROW, n * LEAST_ROW);
    let row = (height / n).min(1.3 * ROW);
    let scale_of_row = row / ROW;
    let bottom = first_top + n * row;
    let mut canvas = Canvas::new(setup.width, (bottom + foot).ceil());
    header.draw(&mut canvas)?;
    heading.draw(&mut canvas, theme::EDGE, header.height(), inner)?;
    columns.draw_head(&mut canvas, first_top)?;

    let strip = Area {
        left: theme::EDGE + DATE,
        top: first_top,
        right: columns.left() - 10.0,
        bottom,
    };
    let axis = axis_of(nights);
    let x = scale(nights, axis, strip);
    let labels = labels(axis, x);
    canvas.layer("grid", |pen| {
        for (px, _) in &labels {
            let stroke = Stroke(theme::GRID, theme::THIN);
            pen.line((*px, strip.top), (*px, strip.bottom), stroke)?;
        }
        Ok(())
    })?;
    for (at, night) in nights.iter().enumerate() {
        let top = first_top + at as f64 * row;
        let area = Area {
            top,
            bottom: top + row,
            ..strip
        };
        let base = top + BASE * scale_of_row;
        canvas.layer("night-name", |pen| {
            let name = study::night_name(night, words);
            let name = page::cut(&name, Default::default(), theme::TEXT, DATE - 8.0);
            pen.text(&name, (theme::EDGE, base), lettering(rows, night))
        })?;
        Strip {
            rows,
            night,
            x,
            offset_min: offset_min(night, axis),
            area,
            scale: scale_of_row,
        }
        .draw(&mut canvas)?;
        columns.draw_row(&mut canvas, at, base, lettering(rows, night))?;
    }
    let name = match axis {
        Axis::Clock => (words.say("axis.clock"), Crowded::WordsGiveWay),
        Axis::SinceLightsOut => (words.say("axis.since_lights_out"), Crowded::LabelsGiveWay),
    };
    plot::x_axis_in_a_row(&mut canvas, strip, &labels, name)?;
    Ok(Drawing {
        svg: canvas.finish("strips", &title, &alt),
        sheet: columns.sheet(),
        title,
        caption,
        alt,
    })
}

/// Which of the nights are shown, and what stands behind the figures of all.
fn caption(rows: &StudyRows, n_shown: usize, words: &Words) -> String {
    let basis = study::basis(rows, words);
    if n_shown == rows.nights.len() {
        return words.fill("strips.caption_all", &[("basis", &basis)]);
    }
    let (shown, all) = (n_shown.to_string(), rows.nights.len().to_string());
    let places = [("shown", &*shown), ("all", &*all), ("basis", &*basis)];
    words.fill("strips.caption_last", &places)
}

/// The figures of a night that is left out stand back.
fn lettering(rows: &StudyRows, night: &NightRow) -> Lettering {
    if rows.uses(night) {
        Lettering::PLAIN
    } else {
        Lettering::SOFT
    }
}

fn legend(rows: &StudyRows, nights: &[NightRow], request: &Request) -> Legend {
    let words = request.setup.words;
    let mut legend = Legend::default();
    let shown = |night: &str| nights.iter().any(|row| row.night == night);
    for rank in Rank::ALL.into_iter().rev() {
        let is_shown = |m: &MovementRow| Rank::of(m) == rank && shown(&m.night);
        if rows.movements.iter().any(is_shown) {
            let label = words.say(rank.label(study::is_plm_index(rows)));
            legend.add(Sign::Tick(rank.height() * SHRINK, rank.stroke()), label);
        }
    }
    let has = |kind| {
        let is_kind = |span: &SpanRow| span.kind == kind && shown(&span.night);
        rows.spans.iter().any(is_kind)
    };
    if has(SpanKind::Gap) {
        legend.add(
            Sign::Hatch(5.0, theme::PAPER),
            words.say("night.legend_gap"),
        );
    }
    if has(SpanKind::OffLeg) {
        legend.add(
            Sign::Hatch(8.0, theme::SHADE),
            words.say("night.legend_off_leg"),
        );
    }
    if has(SpanKind::Still) {
        legend.add(Sign::Fill(theme::SHADE), words.say("strips.still"));
    }
    if nights.iter().any(|night| !rows.uses(night)) {
        let label = words.say("study.legend_left_out");
        legend.add(Sign::Open(theme::SOFT), label);
    }
    legend
}

fn axis_of(nights: &[NightRow]) -> Axis {
    let has_clock = |night: &NightRow| night.date.is_some() && night.start_local.is_some();
    if nights.iter().all(has_clock) {
        Axis::Clock
    } else {
        Axis::SinceLightsOut
    }
}

/// Where the first sample of a night lies on the axis.
fn offset_min(night: &NightRow, axis: Axis) -> f64 {
    let since_noon = || {
        let noon: DateTime = night.date?.at(12, 0, 0, 0);
        let start = night.start_local?.civil();
        Some(start.duration_since(noon).as_secs_f64() / 60.0)
    };
    match axis {
        Axis::Clock => since_noon().unwrap_or(0.0),
        Axis::SinceLightsOut => -night.lights_out_s / 60.0,
    }
}

/// From a little before the earliest lights out to a little after the latest lights on.
fn scale(nights: &[NightRow], axis: Axis, strip: Area) -> Scale {
    let at = |night: &NightRow, seconds: f64| offset_min(night, axis) + seconds / 60.0;
    let from = nights.iter().map(|night| at(night, night.lights_out_s));
    let to = nights.iter().map(|night| at(night, night.lights_on_s));
    let ends = (
        from.fold(f64::INFINITY, f64::min) - 20.0,
        to.fold(f64::NEG_INFINITY, f64::max) + 20.0,
    );
    Scale::linear(ends, (strip.left, strip.right))
}

fn labels(axis: Axis, x: Scale) -> Vec<(f64, String)> {
    match axis {
        Axis::Clock => clock_ticks(x),
        Axis::SinceLightsOut => multiples(60.0, x.low(), x.high())
            .into_iter()
            .map(|minute| (x.px(minute), format!("{}", (minute / 60.0).round())))
            .collect(),
    }
}

/// One night of the chart.
struct Strip<'a> {
    rows: &'a StudyRows,
    night: &'a NightRow,
    x: Scale,
    offset_min: f64,
    area: Area,
    /// Of everything upright: 1 for rows of their own height.
    scale: f64,
}

impl Strip<'_> {
    fn minute(&self, seconds: f64) -> f64 {
        self.offset_min + seconds / 60.0
    }

    fn px(&self, seconds: f64) -> f64 {
        self.x.px(self.minute(seconds))
    }

    /// Height of the bar for the time in bed.
    fn bar(&self) -> f64 {
        (3.0 * self.scale).max(1.6)
    }

    fn base(&self) -> f64 {
        self.area.top + BASE * self.scale
    }

    fn draw(&self, canvas: &mut Canvas) -> Result<(), DrawError> {
        self.draw_spans(canvas)?;
        self.draw_envelope(canvas)?;
        canvas.layer("in-bed", |pen| {
            let bed = Area {
                left: self.px(self.night.lights_out_s),
                top: self.base(),
                right: self.px(self.night.lights_on_s),
                bottom: self.base() + self.bar(),
            };
            if self.rows.uses(self.night) {
                pen.rect(bed, theme::SOFT)
            } else {
                pen.frame(bed, Stroke(theme::SOFT, theme::THIN))
            }
        })?;
        self.draw_movements(canvas)?;
        self.draw_series(canvas)
    }

    fn movements(&self) -> impl Iterator<Item = &MovementRow> {
        let is_here =
            |m: &&MovementRow| m.night == self.night.night && self.x.holds(self.minute(m.onset_s));
        self.rows.movements.iter().filter(is_here)
    }

    fn draw_spans(&self, canvas: &mut Canvas) -> Result<(), DrawError> {
        let signs = [
            (SpanKind::Still, None, theme::SHADE),
            (SpanKind::OffLeg, Some(8.0), theme::SHADE),
            (SpanKind::Gap, Some(5.0), theme::PAPER),
        ];
        for (kind, step, ground) in signs {
            let is_here = |span: &&SpanRow| {
                span.night == self.night.night
                    && span.kind == kind
                    && self.minute(span.end_s) > self.x.low()
                    && self.minute(span.start_s) < self.x.high()
            };
            let place = |span: &SpanRow| Area {
                left: self.px(span.start_s),
                top: self.area.top + 10.0 * self.scale,
                right: self.px(span.end_s).max(self.px(span.start_s) + 0.3),
                bottom: self.area.bottom - 6.0 * self.scale,
            };
            let areas: Vec<Area> = self.rows.spans.iter().filter(is_here).map(place).collect();
            canvas.layer(&format!("span {}", kind.name()), |pen| {
                areas.iter().try_for_each(|area| pen.rect(*area, ground))
            })?;
            canvas.layer("hatching", |pen| {
                let stroke = Stroke(theme::HATCH, theme::THIN);
                let step = step.unwrap_or(f64::INFINITY);
                let hatched = areas.iter().filter(|_| step.is_finite());
                hatched
                    .into_iter()
                    .try_for_each(|area| pen.hatch(*area, step, stroke))
            })?;
        }
        Ok(())
    }

    fn draw_envelope(&self, canvas: &mut Canvas) -> Result<(), DrawError> {
        // One scale for all nights: the loudest second of each is a gross movement, and 1 g is as high as a row.
        let y = Scale::new(
            Law::Root,
            (0.0, 1000.0),
            (self.base(), self.area.top + 12.0 * self.scale),
        );
        let seconds = Scale::linear((self.x.low() * 60.0, self.x.high() * 60.0), self.x.ends());
        canvas.layer("envelope", |pen| {
            for trace in self
                .rows
                .traces
                .iter()
                .filter(|t| t.night == self.night.night)
            {
                for run in bins::runs(trace, bins::bin_s(seconds)) {
                    let inside = run.iter().filter(|b| self.x.holds(self.minute(b.middle_s)));
                    let mut line: Vec<(f64, f64)> = inside
                        .map(|bin| (self.px(bin.middle_s), y.px(bin.max_mg)))
                        .collect();
                    if let (Some(first), Some(last)) = (line.first(), line.last()) {
                        let (first, last) = (first.0, last.0.max(first.0 + 0.5));
                        line.extend([(last, self.base()), (first, self.base())]);
                        pen.fill(&line, theme::BAND)?;
                    }
                }
            }
            Ok(())
        })
    }

    /// The left leg's ticks stand on the line, the right leg's hang from it.
    fn draw_movements(&self, canvas: &mut Canvas) -> Result<(), DrawError> {
        for rank in Rank::ALL {
            canvas.layer(rank.class(), |pen| {
                for movement in self.movements().filter(|m| Rank::of(m) == rank) {
                    let x = self.px(movement.onset_s);
                    let height = rank.height() * SHRINK * self.scale;
                    let (from, to) = match movement.leg {
                        Some(Leg::Right) => {
                            let top = self.base() + self.bar();
                            (top, top + height * 0.7)
                        }
                        _ => (self.base(), self.base() - height),
                    };
                    pen.line((x, from), (x, to), rank.stroke())?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn draw_series(&self, canvas: &mut Canvas) -> Result<(), DrawError> {
        let mut series: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for movement in self.movements() {
            if let Some(number) = movement.series {
                let ends = series.entry(number).or_insert((f64::INFINITY, 0.0));
                *ends = (ends.0.min(movement.onset_s), ends.1.max(movement.end_s));
            }
        }
        canvas.layer("series", |pen| {
            for (from_s, to_s) in series.values() {
                let left = self.px(*from_s);
                let right = self.px(*to_s).max(left + 1.5);
                let top = self.area.top + 5.0 * self.scale;
                let foot = top + 4.0 * self.scale;
                let bracket = [(left, foot), (left, top), (right, top), (right, foot)];
                pen.path(&bracket, Stroke(theme::MAIN, 1.3))?;
            }
            Ok(())
        })
    }
}

/// A heading over a column at its right edge.
fn head_at(canvas: &mut Canvas, class: &str, text: &str, at: (f64, f64)) -> Result<(), DrawError> {
    canvas.layer(class, |pen| {
        pen.text(text, at, Lettering::SOFT.at(Anchor::End))
    })
}
