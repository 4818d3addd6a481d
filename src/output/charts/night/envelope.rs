//! The movement envelope of each leg, its largest values as an area and its median as a line.

use super::View;
use crate::output::charts::bins::{self, Bin};
use crate::output::charts::canvas::{Area, Canvas, DrawError, Stroke};
use crate::output::charts::legend::{Heading, Legend, Sign};
use crate::output::charts::scale::{Law, Scale};
use crate::output::charts::{page, theme};
use crate::output::rows::Trace;

pub(super) struct Envelopes<'a> {
    view: &'a View<'a>,
    panels: Vec<(Heading, &'a Trace)>,
    panel_height: f64,
    top_mg: f64,
}

impl<'a> Envelopes<'a> {
    pub(super) fn of(view: &'a View<'a>) -> Self {
        let largest = view
            .traces
            .iter()
            .flat_map(|trace| &trace.max_mg)
            .copied()
            .filter(|value| value.is_finite())
            .fold(0.0_f32, f32::max);
        // The same 1, 2, 5 steps as the ticks, so that the top is one of them.
        let top_mg = super::super::scale::round_step(f64::from(largest).max(50.0));
        let panels = view.traces.iter().enumerate().map(|(at, trace)| {
            let legend = if at == 0 {
                Self::legend(view)
            } else {
                Legend::default()
            };
            (Heading::new(Self::title(view, trace), legend), *trace)
        });
        Self {
            view,
            panels: panels.collect(),
            panel_height: if view.traces.len() > 1 { 96.0 } else { 130.0 },
            top_mg,
        }
    }

    fn title(view: &View, trace: &Trace) -> String {
        let words = view.setup.words;
        match trace.leg.filter(|_| view.traces.len() > 1) {
            Some(leg) => {
                let key = format!("body.leg_{}", leg.letter());
                words.fill("night.envelope_leg", &[("leg", words.say(&key))])
            }
            None => words.say("night.envelope").to_owned(),
        }
    }

    fn legend(view: &View) -> Legend {
        let words = view.setup.words;
        let mut legend = Legend::default();
        legend.add(Sign::Fill(theme::SECOND), words.say("night.legend_max"));
        legend.add(
            Sign::Line(Stroke(theme::INK, theme::FIRM)),
            words.say("night.legend_median"),
        );
        if let Some(threshold) = view.night.on_threshold_mg {
            let value = words.number(threshold, 0);
            let label = words.fill("night.threshold", &[("value", &value)]);
            legend.add(Sign::Dashed(Stroke(theme::OTHER, theme::FIRM)), label);
        }
        legend
    }

    pub(super) fn height(&self) -> f64 {
        let width = self.view.inner_width();
        let part = |(heading, _): &(Heading, &Trace)| {
            heading.height(width) + self.panel_height + theme::GAP
        };
        self.panels.iter().map(part).sum()
    }

    /// Where the panels lie, each under its heading.
    pub(super) fn panels(&self, top: f64) -> Vec<Area> {
        let width = self.view.inner_width();
        let mut y = top;
        let place = |(heading, _): &(Heading, &Trace)| {
            y += heading.height(width);
            let panel = self.view.panel(y, self.panel_height);
            y += self.panel_height + theme::GAP;
            panel
        };
        self.panels.iter().map(place).collect()
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, top: f64) -> Result<(), DrawError> {
        let width = self.view.inner_width();
        for ((heading, trace), panel) in self.panels.iter().zip(self.panels(top)) {
            heading.draw(
                canvas,
                theme::EDGE,
                panel.top - heading.height(width),
                width,
            )?;
            self.draw_panel(canvas, panel, trace)?;
        }
        Ok(())
    }

    fn draw_panel(&self, canvas: &mut Canvas, panel: Area, trace: &Trace) -> Result<(), DrawError> {
        let view = self.view;
        let y = Scale::new(
            Law::Root,
            (0.0, self.top_mg),
            (panel.bottom, panel.top + 4.0),
        );
        view.draw_unseen(canvas, panel, trace.leg)?;
        let ticks = y.labels(26.0, view.setup.words);
        page::level_ticks(canvas, panel, y, &ticks)?;
        let runs = bins::runs(trace, bins::bin_s(view.x));
        let place = |bin: &Bin, value: f64| (view.x.px(bin.middle_s), y.px(value));
        canvas.layer("envelope-max", |pen| {
            for run in &runs {
                let mut outline: Vec<(f64, f64)> =
                    run.iter().map(|bin| place(bin, bin.max_mg)).collect();
                if let (Some(first), Some(last)) = (outline.first(), outline.last()) {
                    let (first, last) = (first.0, last.0.max(first.0 + 0.5));
                    outline.push((last, panel.bottom));
                    outline.push((first, panel.bottom));
                }
                pen.fill(&outline, theme::SECOND)?;
            }
            Ok(())
        })?;
        canvas.layer("envelope-median", |pen| {
            for run in &runs {
                let line: Vec<(f64, f64)> =
                    run.iter().map(|bin| place(bin, bin.median_mg)).collect();
                pen.path(&line, Stroke(theme::INK, 1.0))?;
            }
            Ok(())
        })?;
        canvas.layer("threshold", |pen| {
            page::base_line(pen, panel)?;
            let Some(threshold) = view.night.on_threshold_mg.filter(|mg| y.holds(*mg)) else {
                return Ok(());
            };
            let level = y.px(threshold);
            let stroke = Stroke(theme::OTHER, theme::FIRM);
            pen.dashed((panel.left, level), (panel.right, level), 5.0, stroke)
        })
    }
}
