//! The index of each hour as a bar, by WASM 2016, with AASM as a line across it.

use super::View;
use crate::output::charts::canvas::{Area, Canvas, DrawError, Stroke};
use crate::output::charts::hour_bars::{self, HourBar};
use crate::output::charts::legend::{Heading, Legend, Sign};
use crate::output::charts::scale::Scale;
use crate::output::charts::{Sheet, page, study, theme};
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
            let rules = study::rules_of(view.night, words);
            legend.add(Sign::Fill(theme::AREA), rules);
            let line = Sign::Line(Stroke(theme::INK, theme::BOLD));
            legend.add(line, words.say("night.legend_aasm"));
        }
        hour_bars::explain(&bars(view), &mut legend, words);
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
        hour_bars::draw(canvas, panel, y, &bars(view), words)?;
        canvas.layer("base", |pen| page::base_line(pen, panel))
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

fn bars(view: &View) -> Vec<HourBar> {
    let words = view.setup.words;
    let bar = |hour: &&HourRow| {
        let minutes = words.number(hour.analysed_min, 0);
        let number = hour.hour.to_string();
        HourBar {
            from: view.x.px(hour.start_s),
            to: view.x.px(hour.end_s),
            name: words.fill(
                "hours.number_minutes",
                &[("hour", &number), ("minutes", &minutes)],
            ),
            per_h: hour.plm_per_h,
            is_analysed: hour.analysed_min > 0.0,
            aasm_per_h: hour.plm_per_h_aasm,
        }
    };
    view.hours.iter().map(bar).collect()
}
