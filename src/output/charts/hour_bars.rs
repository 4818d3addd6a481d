//! The index of each hour as a bar, with its figure above it: the same in the chart of a night and in that of hours.

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::scale::Scale;
use super::theme;
use crate::output::fonts::{self, Weight};
use crate::output::words::Words;

/// From one line of the hatching to the next.
const HATCH_STEP: f64 = 5.0;
/// Room left and right of a bar.
const ASIDE: f64 = 1.0;

/// An hour as it is drawn.
pub(super) struct HourBar {
    /// Where it begins and ends, in px.
    pub from: f64,
    pub to: f64,
    /// What it is called where a pointer rests on it.
    pub name: String,
    /// The index; `None` when too little was analysed.
    pub per_h: Option<f64>,
    /// The index by AASM, drawn as a line across.
    pub aasm_per_h: Option<f64>,
}

/// The largest figure of the bars, and no less than `least`: the top of the axis before its headroom.
pub(super) fn highest(bars: &[HourBar], least: f64) -> f64 {
    let figures = bars.iter().flat_map(|bar| [bar.per_h, bar.aasm_per_h]);
    figures.flatten().fold(least, f64::max)
}

/// Draws the bars into a panel; what was not analysed is hatched.
pub(super) fn draw(
    canvas: &mut Canvas,
    panel: Area,
    y: Scale,
    bars: &[HourBar],
    words: &Words,
) -> Result<(), DrawError> {
    for bar in bars {
        let left = bar.from + ASIDE;
        let slot = Area {
            left,
            right: (bar.to - ASIDE).max(left + 0.5),
            ..panel
        };
        match bar.per_h {
            Some(value) => one(canvas, slot, y, bar, &words.number(value, 1), value)?,
            None => canvas.layer("hour-missing", |pen| {
                pen.rect(slot, theme::PAPER)?;
                pen.hatch(slot, HATCH_STEP, Stroke(theme::HATCH, theme::THIN))
            })?,
        }
    }
    Ok(())
}

fn one(
    canvas: &mut Canvas,
    slot: Area,
    y: Scale,
    bar: &HourBar,
    figure: &str,
    value: f64,
) -> Result<(), DrawError> {
    let top = y.px(value);
    canvas.mark("hour", &format!("{}: {figure}", bar.name), |pen| {
        pen.rect(Area { top, ..slot }, theme::AREA)?;
        let stroke = Stroke(theme::SECOND, theme::FIRM);
        pen.line((slot.left, top), (slot.right, top), stroke)
    })?;
    let aasm = bar.aasm_per_h.map(|value| y.px(value));
    canvas.layer("hour-aasm", |pen| match aasm {
        Some(level) => {
            let stroke = Stroke(theme::INK, theme::BOLD);
            pen.line((slot.left, level), (slot.right, level), stroke)
        }
        None => Ok(()),
    })?;
    canvas.layer("hour-figure", |pen| {
        if fonts::width(figure, Weight::Regular, theme::TEXT) > slot.width() {
            return Ok(());
        }
        let above = aasm.map_or(top, |level| level.min(top));
        let at = ((slot.left + slot.right) / 2.0, above - 5.0);
        pen.text(figure, at, Lettering::PLAIN.at(Anchor::Middle))
    })
}
