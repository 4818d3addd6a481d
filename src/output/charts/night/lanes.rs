//! Movements as ticks, a lane a leg, with the series of PLM above and changes of posture as triangles.

use std::collections::BTreeMap;

use super::View;
use crate::model::body::Leg;
use crate::model::span::SpanKind;
use crate::output::charts::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use crate::output::charts::legend::{Heading, Legend, Sign, triangle};
use crate::output::charts::rank::Rank;
use crate::output::charts::{page, theme};
use crate::output::rows::MovementRow;

const SERIES: f64 = 12.0;
const LANE: f64 = 54.0;
const BETWEEN: f64 = 6.0;

pub(super) struct Lanes<'a> {
    view: &'a View<'a>,
    heading: Heading,
    /// First onset and last end of each series.
    series: Vec<(f64, f64)>,
}

impl<'a> Lanes<'a> {
    pub(super) fn of(view: &'a View<'a>) -> Self {
        let words = view.setup.words;
        let mut legend = Legend::default();
        for rank in Rank::ALL.into_iter().rev() {
            if view.movements.iter().any(|m| Rank::of(m) == rank) {
                let label = words.say(rank.label(view.night.is_plm_index()));
                legend.add(Sign::Tick(rank.height() * 0.5, rank.stroke()), label);
            }
        }
        if view.spans.iter().any(|s| s.kind == SpanKind::PostureChange) {
            legend.add(
                Sign::Triangle(theme::SOFT),
                words.say("night.legend_posture"),
            );
        }
        let mut series: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for movement in &view.movements {
            if let Some(number) = movement.series {
                let ends = series.entry(number).or_insert((f64::INFINITY, 0.0));
                *ends = (ends.0.min(movement.onset_s), ends.1.max(movement.end_s));
            }
        }
        Self {
            view,
            heading: Heading::new(words.say("night.movements"), legend),
            series: series.into_values().collect(),
        }
    }

    fn heading_height(&self) -> f64 {
        self.heading.height(self.view.inner_width())
    }

    /// Where the lanes lie, with the row of series above the first.
    pub(super) fn panels(&self, top: f64) -> Vec<Area> {
        let series_top = top + self.heading_height();
        let lane = |at: usize| {
            let above = if at == 0 { SERIES } else { 0.0 };
            let lane_top = series_top + SERIES + at as f64 * (LANE + BETWEEN);
            self.view.panel(lane_top - above, LANE + above)
        };
        (0..self.view.legs.len()).map(lane).collect()
    }

    fn lanes_height(&self) -> f64 {
        let n = self.view.legs.len() as f64;
        n * LANE + (n - 1.0) * BETWEEN
    }

    pub(super) fn height(&self) -> f64 {
        self.heading_height() + SERIES + self.lanes_height()
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, top: f64) -> Result<(), DrawError> {
        let width = self.view.inner_width();
        self.heading.draw(canvas, theme::EDGE, top, width)?;
        let series_top = top + self.heading_height();
        for (at, leg) in self.view.legs.iter().enumerate() {
            let lane_top = series_top + SERIES + at as f64 * (LANE + BETWEEN);
            self.draw_lane(canvas, self.view.panel(lane_top, LANE), *leg)?;
        }
        self.draw_series(canvas, series_top + 3.0)?;
        if self.view.movements.is_empty() {
            canvas.layer("none", |pen| {
                let panel = self.view.panel(series_top, SERIES + LANE);
                let at = (
                    (panel.left + panel.right) / 2.0,
                    panel.bottom - LANE / 2.0 + 5.0,
                );
                let none = self.view.setup.words.say("night.none");
                pen.text(none, at, Lettering::SOFT.at(Anchor::Middle))
            })?;
        }
        Ok(())
    }

    fn draw_series(&self, canvas: &mut Canvas, top: f64) -> Result<(), DrawError> {
        canvas.layer("series", |pen| {
            for (from_s, to_s) in &self.series {
                let left = self.view.x.px(*from_s);
                let right = self.view.x.px(*to_s).max(left + 2.0);
                let bracket = [
                    (left, top + 6.0),
                    (left, top),
                    (right, top),
                    (right, top + 6.0),
                ];
                pen.path(&bracket, Stroke(theme::MAIN, theme::FIRM))?;
            }
            Ok(())
        })
    }

    fn draw_lane(
        &self,
        canvas: &mut Canvas,
        panel: Area,
        leg: Option<Leg>,
    ) -> Result<(), DrawError> {
        let (view, words) = (self.view, self.view.setup.words);
        view.draw_unseen(canvas, panel, leg)?;
        canvas.layer("lane", |pen| {
            page::base_line(pen, panel)?;
            let Some(leg) = leg else { return Ok(()) };
            let key = format!("body.{}", leg.letter());
            let at = (panel.left - 7.0, panel.bottom - 4.0);
            pen.text(words.say(&key), at, Lettering::SOFT.at(Anchor::End))
        })?;
        for rank in Rank::ALL {
            canvas.layer(rank.class(), |pen| {
                let of_rank = |m: &&&MovementRow| m.leg == leg && Rank::of(m) == rank;
                for movement in view.movements.iter().filter(of_rank) {
                    let x = view.x.px(movement.onset_s);
                    let from = (x, panel.bottom);
                    pen.line(from, (x, panel.bottom - rank.height()), rank.stroke())?;
                }
                Ok(())
            })?;
        }
        let is_lane =
            |span: &&crate::output::rows::SpanRow| span.leg == leg || view.legs.len() == 1;
        canvas.layer("posture", |pen| {
            for span in view.spans_of(SpanKind::PostureChange, leg).filter(is_lane) {
                let tip = (view.x.px(span.start_s), panel.top + 9.0);
                triangle(pen, tip, theme::SOFT)?;
            }
            Ok(())
        })
    }
}
