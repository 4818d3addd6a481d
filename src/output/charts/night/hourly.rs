//! The index of each hour as a bar, by WASM 2016, with AASM as a line across it.

use super::{GAP_STEP, View};
use crate::output::charts::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use crate::output::charts::legend::{Heading, Legend, Sign};
use crate::output::charts::scale::Scale;
use crate::output::charts::{Sheet, page, theme};
use crate::output::fonts::{self, Weight};
use crate::output::rows::HourRow;

const PANEL: f64 = 112.0;

pub(super) struct Hourly<'a> {
    view: &'a View<'a>,
    heading: Heading,
    top: f64,
}

impl<'a> Hourly<'a> {
    pub(super) fn of(view: &'a View<'a>) -> Self {
        let words = view.setup.words;
        let values = view
            .hours
            .iter()
            .flat_map(|h| [h.plm_per_h, h.plm_per_h_aasm]);
        let largest = values.flatten().fold(0.0, f64::max);
        let mut legend = Legend::default();
        if view.hours.iter().any(|hour| hour.plm_per_h_aasm.is_some()) {
            let rules = format!("rules.{}", view.night.rules);
            legend.add(Sign::Fill(theme::AREA), words.say(&rules));
            let line = Sign::Line(Stroke(theme::INK, theme::BOLD));
            legend.add(line, words.say("night.legend_aasm"));
        }
        let title = if view.night.is_plm_index() {
            "night.hourly"
        } else {
            "night.hourly_events"
        };
        Self {
            view,
            heading: Heading::new(words.say(title), legend),
            // Room above the highest bar for its figure.
            top: largest.max(4.0) * 1.28,
        }
    }

    fn heading_height(&self) -> f64 {
        self.heading.height(self.view.inner_width())
    }

    pub(super) fn height(&self) -> f64 {
        self.heading_height() + PANEL
    }

    pub(super) fn panel(&self, top: f64) -> Area {
        self.view.panel(top + self.heading_height(), PANEL)
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, top: f64) -> Result<(), DrawError> {
        let (view, words) = (self.view, self.view.setup.words);
        self.heading
            .draw(canvas, theme::EDGE, top, view.inner_width())?;
        let panel = self.panel(top);
        let y = Scale::linear((0.0, self.top), (panel.bottom, panel.top));
        let ticks = y.labels(26.0, words);
        page::level_ticks(canvas, panel, y, &ticks)?;
        for hour in &view.hours {
            let area = Area {
                left: view.x.px(hour.start_s) + 1.0,
                right: (view.x.px(hour.end_s) - 1.0).max(view.x.px(hour.start_s) + 1.5),
                ..panel
            };
            match hour.plm_per_h {
                Some(value) => self.draw_bar(canvas, area, y, hour, value)?,
                None => canvas.layer("hour-missing", |pen| {
                    pen.rect(area, theme::PAPER)?;
                    pen.hatch(area, GAP_STEP, Stroke(theme::HATCH, theme::THIN))
                })?,
            }
        }
        canvas.layer("base", |pen| page::base_line(pen, panel))
    }

    fn draw_bar(
        &self,
        canvas: &mut Canvas,
        area: Area,
        y: Scale,
        hour: &HourRow,
        value: f64,
    ) -> Result<(), DrawError> {
        let words = self.view.setup.words;
        let figure = words.number(value, 1);
        let title = format!(
            "{} {}: {figure} ({} min)",
            words.say("night.hour"),
            hour.hour,
            words.number(hour.analysed_min, 0)
        );
        let top = y.px(value);
        canvas.mark("hour", &title, |pen| {
            pen.rect(Area { top, ..area }, theme::AREA)?;
            let stroke = Stroke(theme::SECOND, theme::THIN);
            pen.line((area.left, top), (area.right, top), stroke)
        })?;
        let aasm = hour.plm_per_h_aasm.map(|value| y.px(value));
        canvas.layer("hour-aasm", |pen| match aasm {
            Some(level) => {
                let stroke = Stroke(theme::INK, theme::BOLD);
                pen.line((area.left, level), (area.right, level), stroke)
            }
            None => Ok(()),
        })?;
        canvas.layer("hour-figure", |pen| {
            if fonts::width(&figure, Weight::Regular, theme::TEXT) > area.width() {
                return Ok(());
            }
            let above = aasm.map_or(top, |level| level.min(top));
            let at = ((area.left + area.right) / 2.0, above - 5.0);
            pen.text(&figure, at, Lettering::PLAIN.at(Anchor::Middle))
        })
    }

    pub(super) fn sheet(&self) -> Sheet {
        let words = self.view.setup.words;
        let head = [
            "night.hour",
            "night.starts",
            "night.minutes",
            "night.n_plm",
            "night.plm_per_h",
            "night.n_plm_aasm",
            "night.plm_per_h_aasm",
        ];
        let row = |hour: &&HourRow| {
            vec![
                hour.hour.to_string(),
                self.view.clock.label(hour.start_s),
                words.number(hour.analysed_min, 0),
                hour.n_plm.to_string(),
                words.number_or_none(hour.plm_per_h, 1),
                hour.n_plm_aasm.to_string(),
                words.number_or_none(hour.plm_per_h_aasm, 1),
            ]
        };
        Sheet {
            head: head.map(|key| words.say(key).to_owned()).to_vec(),
            rows: self.view.hours.iter().map(row).collect(),
        }
    }
}
