//! One night on one time axis: the time in bed, movements as ticks, series of PLM, the envelope, the index by the hour.

mod envelope;
mod hourly;
mod lanes;
mod sentence;

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::clock::{NightClock, Tick};
use super::legend::{Legend, Sign};
use super::page::Header;
use super::scale::Scale;
use super::{ChartError, Drawing, NightRows, Setup, theme};
use crate::model::body::Leg;
use crate::model::night::Stage;
use crate::model::span::SpanKind;
use crate::output::fonts::{self, Weight};
use crate::output::rows::{HourRow, MovementRow, NightRow, SpanRow, Trace};

/// Left of the panels: room for the figures of an axis.
const GUTTER: f64 = 56.0;
/// Right of them: half a clock time.
const RIGHT: f64 = 26.0;
/// Height of the row with the time in bed.
const BED: f64 = theme::LINE + 14.0;
/// Clock times and the words under them.
const AXIS: f64 = 2.0 * theme::LINE + 6.0;
/// From one hatching line to the next: without data, off the leg, and while the device was idle.
const GAP_STEP: f64 = 5.0;
const OFF_LEG_STEP: f64 = 8.0;
const IDLE_STEP: f64 = 14.0;

/// What is drawn, and where its time lies.
struct View<'a> {
    setup: &'a Setup<'a>,
    night: &'a NightRow,
    movements: Vec<&'a MovementRow>,
    hours: Vec<&'a HourRow>,
    spans: Vec<&'a SpanRow>,
    traces: Vec<&'a Trace>,
    clock: NightClock,
    /// Seconds since the first sample.
    x: Scale,
    ticks: Vec<Tick>,
    /// The legs that have a lane.
    legs: Vec<Option<Leg>>,
}

/// Draws one night.
///
/// # Errors
/// When the night has no length.
pub fn night(rows: &NightRows, setup: &Setup) -> Result<Drawing, ChartError> {
    let view = View::of(rows, setup)?;
    let text = sentence::of(&view);
    let header = Header::new(setup, &text.title, &text.caption);
    let lanes = lanes::Lanes::of(&view);
    let envelopes = envelope::Envelopes::of(&view);
    let hourly = hourly::Hourly::of(&view);
    let signs = view.signs();

    let bed_top = header.height();
    let lanes_top = bed_top + BED;
    let envelopes_top = lanes_top + lanes.height() + theme::GAP;
    let hourly_top = envelopes_top + envelopes.height();
    let axis_top = hourly_top + hourly.height();
    let signs_top = axis_top + AXIS;
    let height = signs_top + signs.height(view.inner_width()) + 8.0;

    let mut canvas = Canvas::new(setup.width, height.ceil());
    header.draw(&mut canvas)?;
    let mut panels = lanes.panels(lanes_top);
    panels.extend(envelopes.panels(envelopes_top));
    panels.push(hourly.panel(hourly_top));
    view.draw_outside(&mut canvas, &panels)?;
    view.draw_grid(&mut canvas, &panels)?;
    view.draw_bed(&mut canvas, bed_top)?;
    lanes.draw(&mut canvas, lanes_top)?;
    envelopes.draw(&mut canvas, envelopes_top)?;
    hourly.draw(&mut canvas, hourly_top)?;
    view.draw_axis(&mut canvas, axis_top)?;
    view.draw_clock_changes(&mut canvas, &panels, axis_top)?;
    signs.draw(&mut canvas, theme::EDGE, signs_top, view.inner_width())?;

    let id = format!("night-{}", view.night.night);
    Ok(Drawing {
        svg: canvas.finish(&id, &text.title, &text.alt),
        sheet: hourly.sheet(),
        title: text.title,
        caption: text.caption,
        alt: text.alt,
    })
}

impl<'a> View<'a> {
    fn of(rows: &NightRows<'a>, setup: &'a Setup<'a>) -> Result<Self, ChartError> {
        let night = rows.night;
        let length_s = night.recorded_h * 3600.0;
        if !(length_s.is_finite() && length_s > 0.0) {
            let why = format!(
                "the night {} has no length: there is nothing to draw",
                night.night
            );
            return Err(ChartError::Nothing(why));
        }
        let clock = NightClock::of(night);
        let x = Scale::linear((0.0, length_s), (GUTTER, setup.width - RIGHT));
        let mut view = Self {
            setup,
            night,
            movements: of_night(rows.movements, night, |row| &row.night),
            hours: of_night(rows.hours, night, |row| &row.night),
            spans: of_night(rows.spans, night, |row| &row.night),
            traces: of_night(rows.traces, night, |trace| &trace.night),
            ticks: clock.ticks(x, 66.0),
            clock,
            x,
            legs: Vec::new(),
        };
        let mut legs: Vec<Option<Leg>> = view.traces.iter().map(|trace| trace.leg).collect();
        legs.extend(view.movements.iter().map(|movement| movement.leg));
        legs.sort();
        legs.dedup();
        view.legs = if legs.is_empty() { vec![None] } else { legs };
        Ok(view)
    }

    fn inner_width(&self) -> f64 {
        self.setup.width - 2.0 * theme::EDGE
    }

    /// The area of a panel below `top`.
    fn panel(&self, top: f64, height: f64) -> Area {
        Area {
            left: GUTTER,
            top,
            right: self.setup.width - RIGHT,
            bottom: top + height,
        }
    }

    /// The part of a panel that a span takes; at least a hair wide, so that none is lost.
    fn stretch(&self, span: &SpanRow, panel: Area) -> Area {
        let left = self.x.px(span.start_s);
        Area {
            left,
            right: self.x.px(span.end_s).max(left + 0.3),
            ..panel
        }
    }

    fn spans_of(&self, kind: SpanKind, leg: Option<Leg>) -> impl Iterator<Item = &SpanRow> {
        let is_of = move |span: &&SpanRow| {
            span.kind == kind && (span.leg == leg || span.leg.is_none() || leg.is_none())
        };
        self.spans.iter().copied().filter(is_of)
    }

    /// Hatches what could not be seen of this leg; one rectangle a span, so that spans can be counted.
    fn draw_unseen(
        &self,
        canvas: &mut Canvas,
        panel: Area,
        leg: Option<Leg>,
    ) -> Result<(), DrawError> {
        let signs = [
            (SpanKind::Idle, IDLE_STEP, theme::PAPER),
            (SpanKind::OffLeg, OFF_LEG_STEP, theme::SHADE),
            (SpanKind::Gap, GAP_STEP, theme::PAPER),
        ];
        for (kind, step, ground) in signs {
            let areas: Vec<Area> = self
                .spans_of(kind, leg)
                .map(|span| self.stretch(span, panel))
                .collect();
            canvas.layer(&format!("span {}", kind.name()), |pen| {
                areas.iter().try_for_each(|area| pen.rect(*area, ground))
            })?;
            canvas.layer("hatching", |pen| {
                let stroke = Stroke(theme::HATCH, theme::THIN);
                areas
                    .iter()
                    .try_for_each(|area| pen.hatch(*area, step, stroke))
            })?;
        }
        Ok(())
    }

    /// Shades what lies outside the time in bed.
    fn draw_outside(&self, canvas: &mut Canvas, panels: &[Area]) -> Result<(), DrawError> {
        let night = self.night;
        let (out, on) = (self.x.px(night.lights_out_s), self.x.px(night.lights_on_s));
        canvas.layer("outside", |pen| {
            for panel in panels {
                for (left, right) in [(panel.left, out), (on, panel.right)] {
                    if right - left > 0.2 {
                        let outside = Area {
                            left,
                            right,
                            ..*panel
                        };
                        pen.rect(outside, theme::SHADE)?;
                    }
                }
            }
            Ok(())
        })
    }

    fn draw_grid(&self, canvas: &mut Canvas, panels: &[Area]) -> Result<(), DrawError> {
        canvas.layer("grid", |pen| {
            for panel in panels {
                for tick in &self.ticks {
                    let x = self.x.px(tick.at_s);
                    let stroke = Stroke(theme::GRID, theme::THIN);
                    pen.line((x, panel.top), (x, panel.bottom), stroke)?;
                }
            }
            Ok(())
        })
    }

    /// The time in bed as a bar under its words.
    fn draw_bed(&self, canvas: &mut Canvas, top: f64) -> Result<(), DrawError> {
        let (out, on) = (
            self.x.px(self.night.lights_out_s),
            self.x.px(self.night.lights_on_s),
        );
        let words = sentence::bed(self);
        let bottom = top + BED - 8.0;
        canvas.layer("in-bed", |pen| {
            let bar = Area {
                left: out,
                top: bottom - 5.0,
                right: on.max(out + 1.0),
                bottom,
            };
            pen.rect(bar, theme::SOFT)
        })?;
        canvas.layer("awake", |pen| {
            let awake = SpanKind::Slept(Stage::Wake);
            self.spans_of(awake, None).try_for_each(|span| {
                let bar = Area {
                    left: 0.0,
                    top: bottom - 5.0,
                    right: 0.0,
                    bottom,
                };
                pen.rect(self.stretch(span, bar), theme::OTHER)
            })
        })?;
        canvas.layer("in-bed-words", |pen| {
            let at = (GUTTER, top + theme::LINE - 5.5);
            pen.text(&words, at, Lettering::SOFT)
        })
    }

    /// Clock times, and what they are.
    fn draw_axis(&self, canvas: &mut Canvas, foot: f64) -> Result<(), DrawError> {
        canvas.layer("x-axis", |pen| {
            for tick in &self.ticks {
                let x = self.x.px(tick.at_s);
                let stroke = Stroke(theme::SOFT, theme::THIN);
                pen.line((x, foot), (x, foot + 5.0), stroke)?;
            }
            Ok(())
        })?;
        canvas.layer("x-labels", |pen| {
            for tick in &self.ticks {
                let at = (self.x.px(tick.at_s), foot + theme::LINE);
                pen.text(&tick.label, at, Lettering::SOFT.at(Anchor::Middle))?;
            }
            let at = (self.setup.width - RIGHT, foot + 2.0 * theme::LINE);
            let title = self.clock.title(self.setup.words);
            pen.text(&title, at, Lettering::SOFT.at(Anchor::End))
        })
    }

    /// Where the clock on the wall jumps; the words stand left of the axis' title.
    fn draw_clock_changes(
        &self,
        canvas: &mut Canvas,
        panels: &[Area],
        foot: f64,
    ) -> Result<(), DrawError> {
        let words = self.setup.words;
        let title = fonts::width(&self.clock.title(words), Weight::Regular, theme::TEXT);
        let free_to = self.setup.width - RIGHT - title - theme::GAP;
        canvas.layer("clock-change", |pen| {
            for change in self.clock.changes(self.x) {
                let x = self.x.px(change.at_s);
                let stroke = Stroke(theme::OTHER, theme::FIRM);
                for panel in panels {
                    pen.dashed((x, panel.top), (x, panel.bottom), 5.0, stroke)?;
                }
                let key = if change.goes_back {
                    "axis.clock_back"
                } else {
                    "axis.clock_on"
                };
                let word = words.say(key);
                let half = fonts::width(word, Weight::Regular, theme::TEXT) / 2.0;
                let middle = x.min(free_to - half).max(half + theme::EDGE);
                let at = (middle, foot + 2.0 * theme::LINE);
                pen.text(word, at, Lettering::PLAIN.at(Anchor::Middle))?;
            }
            Ok(())
        })
    }

    /// What the shadings of this night mean: only those that occur.
    fn signs(&self) -> Legend {
        let words = self.setup.words;
        let has = |kind| self.spans.iter().any(|span| span.kind == kind);
        let mut legend = Legend::default();
        if has(SpanKind::Gap) {
            legend.add(
                Sign::Hatch(GAP_STEP, theme::PAPER),
                words.say("night.legend_gap"),
            );
        }
        if has(SpanKind::OffLeg) {
            legend.add(
                Sign::Hatch(OFF_LEG_STEP, theme::SHADE),
                words.say("night.legend_off_leg"),
            );
        }
        if has(SpanKind::Idle) {
            legend.add(
                Sign::Hatch(IDLE_STEP, theme::PAPER),
                words.say("night.legend_idle"),
            );
        }
        if has(SpanKind::Slept(Stage::Wake)) {
            legend.add(Sign::Fill(theme::OTHER), words.say("night.legend_awake"));
        }
        let outside =
            self.night.recorded_h * 3600.0 - (self.night.lights_on_s - self.night.lights_out_s);
        if outside > 60.0 {
            legend.add(Sign::Fill(theme::SHADE), words.say("night.legend_outside"));
        }
        legend
    }
}

/// The rows of one night among those of many.
fn of_night<'a, T>(rows: &'a [T], night: &NightRow, id: impl Fn(&T) -> &String) -> Vec<&'a T> {
    rows.iter().filter(|row| *id(row) == night.night).collect()
}
