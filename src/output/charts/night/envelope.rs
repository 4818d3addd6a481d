//! The movement envelope of each leg, its largest values as an area and its median as a line.

use super::View;
use crate::output::charts::canvas::{Area, Canvas, DrawError, Stroke};
use crate::output::charts::legend::{Heading, Legend, Sign};
use crate::output::charts::scale::{Law, Scale};
use crate::output::charts::{page, theme};
use crate::output::rows::Trace;

/// Bins of the picture in one px: a single movement must stay a visible spike.
const BINS_PER_PX: f64 = 1.0;

/// Some seconds as one place of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bin {
    middle_s: f64,
    max_mg: f64,
    median_mg: f64,
}

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
        let ticks: Vec<(f64, String)> = y
            .ticks(26.0)
            .into_iter()
            .map(|value| (value, view.setup.words.number(value, 0)))
            .collect();
        page::level_ticks(canvas, panel, y, &ticks)?;
        let runs = runs(trace, bin_s(view, panel));
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

/// Seconds that one bin holds.
fn bin_s(view: &View, panel: Area) -> usize {
    let length_s = view.x.high() - view.x.low();
    (length_s / (panel.width() * BINS_PER_PX)).ceil().max(1.0) as usize
}

/// The trace in bins, broken where a bin has no data.
fn runs(trace: &Trace, bin_s: usize) -> Vec<Vec<Bin>> {
    let mut runs = vec![Vec::new()];
    let bins = trace
        .max_mg
        .chunks(bin_s)
        .zip(trace.median_mg.chunks(bin_s));
    for (at, (max, median)) in bins.enumerate() {
        let start_s = (at * bin_s) as f64;
        match (largest(max), middle(median)) {
            (Some(max_mg), Some(median_mg)) => {
                if let Some(run) = runs.last_mut() {
                    run.push(Bin {
                        middle_s: start_s + max.len() as f64 / 2.0,
                        max_mg,
                        median_mg,
                    });
                }
            }
            _ => {
                if runs.last().is_some_and(|run| !run.is_empty()) {
                    runs.push(Vec::new());
                }
            }
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn finite(values: &[f32]) -> impl Iterator<Item = f64> {
    values
        .iter()
        .filter(|v| v.is_finite())
        .map(|v| f64::from(*v))
}

fn largest(values: &[f32]) -> Option<f64> {
    finite(values).reduce(f64::max)
}

fn middle(values: &[f32]) -> Option<f64> {
    let mut sorted: Vec<f64> = finite(values).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_data_breaks_the_line() {
        let values = vec![1.0, 5.0, f32::NAN, f32::NAN, 2.0, f32::NAN, 3.0];
        let trace = Trace::new("1", None, values.clone(), values).unwrap();
        let runs = runs(&trace, 2);
        assert_eq!(runs.len(), 2);
        assert_eq!(runs[0].len(), 1);
        assert_eq!((runs[0][0].max_mg, runs[0][0].middle_s), (5.0, 1.0));
        assert_eq!(runs[1][1].middle_s, 6.5);
        let empty = Trace::new("1", None, vec![f32::NAN; 9], vec![f32::NAN; 9]).unwrap();
        assert!(super::runs(&empty, 2).is_empty());
    }
}
