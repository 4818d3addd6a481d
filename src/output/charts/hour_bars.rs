//! The index of each hour as a bar, with its figure above it: the same in the chart of a night and in that of hours.

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::legend::{Legend, Sign};
use super::scale::Scale;
use super::theme;
use crate::output::fonts::{self, Weight};
use crate::output::words::Words;

/// From one line of the hatching to the next: where nothing was analysed, and where too little was.
const NO_DATA_STEP: f64 = 5.0;
const TOO_LITTLE_STEP: f64 = 11.0;
/// What a figure takes up from the line it stands on, or hangs from.
const FIGURE: f64 = 19.0;
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
    /// Whether anything was analysed.
    pub is_analysed: bool,
    /// The index by AASM, drawn as a line across.
    pub aasm_per_h: Option<f64>,
}

/// The largest figure of the bars, and no less than `least`: the top of the axis before its headroom.
pub(super) fn highest(bars: &[HourBar], least: f64) -> f64 {
    let figures = bars.iter().flat_map(|bar| [bar.per_h, bar.aasm_per_h]);
    figures.flatten().fold(least, f64::max)
}

/// What bars without a figure mean: only those that occur.
pub(super) fn explain(bars: &[HourBar], legend: &mut Legend, words: &Words) {
    let without = |is_analysed: bool| {
        let mut bars = bars.iter().filter(|bar| bar.per_h.is_none());
        bars.any(|bar| bar.is_analysed == is_analysed)
    };
    for (is_analysed, key) in [(false, "night.legend_gap"), (true, "hours.too_little")] {
        if without(is_analysed) {
            let sign = Sign::Hatch(hatch_step(is_analysed), theme::PAPER);
            legend.add(sign, words.say(key));
        }
    }
}

fn hatch_step(is_analysed: bool) -> f64 {
    if is_analysed {
        TOO_LITTLE_STEP
    } else {
        NO_DATA_STEP
    }
}

/// Draws the bars into a panel; what has no figure is hatched.
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
            Some(value) => one(canvas, slot, y, bar, value, words)?,
            None => canvas.layer("hour-missing", |pen| {
                pen.rect(slot, theme::PAPER)?;
                let stroke = Stroke(theme::HATCH, theme::THIN);
                pen.hatch(slot, hatch_step(bar.is_analysed), stroke)
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
    value: f64,
    words: &Words,
) -> Result<(), DrawError> {
    let top = y.px(value);
    let figure = words.number(value, 1);
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
    let (figure, baseline) = match (place(slot, top, aasm), bar.aasm_per_h) {
        (Place::OnTheBar, _) => (figure, top - 5.0),
        (Place::InTheBar, _) => (figure, top + FIGURE - 3.0),
        (Place::OnTheLine(level), aasm) => {
            let aasm = words.number_or_none(aasm, 1);
            let places = [("value", figure.as_str()), ("aasm", aasm.as_str())];
            (words.fill("hours.both", &places), level - 5.0)
        }
    };
    canvas.layer("hour-figure", |pen| {
        if fonts::width(&figure, Weight::Regular, theme::TEXT) > slot.width() {
            return Ok(());
        }
        let at = ((slot.left + slot.right) / 2.0, baseline);
        pen.text(&figure, at, Lettering::PLAIN.at(Anchor::Middle))
    })
}

/// Where the figure of a bar stands: never on the line across, whose figure it is not.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// On the bar's upper end, below the line where there is one higher up.
    OnTheBar,
    /// Within the bar.
    InTheBar,
    /// On the line, with the line's own figure beside it: the bar is low, and the line close above it.
    OnTheLine(f64),
}

fn place(slot: Area, top: f64, line: Option<f64>) -> Place {
    match line {
        Some(level) if level < top && top - level < FIGURE => {
            if slot.bottom - top >= FIGURE {
                Place::InTheBar
            } else {
                Place::OnTheLine(level)
            }
        }
        _ => Place::OnTheBar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_never_stands_on_the_other_rules_line() {
        let slot = Area {
            left: 0.0,
            top: 0.0,
            right: 60.0,
            bottom: 100.0,
        };
        // Smaller is higher up.
        assert_eq!(place(slot, 40.0, None), Place::OnTheBar);
        assert_eq!(place(slot, 40.0, Some(70.0)), Place::OnTheBar);
        assert_eq!(place(slot, 40.0, Some(40.0)), Place::OnTheBar);
        assert_eq!(place(slot, 40.0, Some(10.0)), Place::OnTheBar);
        assert_eq!(place(slot, 40.0, Some(30.0)), Place::InTheBar);
        assert_eq!(place(slot, 95.0, Some(85.0)), Place::OnTheLine(85.0));
    }

    #[test]
    fn what_has_no_figure_is_told_by_whether_anything_was_analysed() {
        let bar = |per_h, is_analysed| HourBar {
            from: 0.0,
            to: 10.0,
            name: String::new(),
            per_h,
            is_analysed,
            aasm_per_h: None,
        };
        let words = Words::of(crate::output::words::Language::English);
        let told = |bars: &[HourBar]| {
            let mut legend = Legend::default();
            explain(bars, &mut legend, &words);
            format!("{legend:?}")
        };
        let too_little = told(&[bar(Some(0.0), true), bar(None, true)]);
        assert!(too_little.contains("too little") && !too_little.contains("no data"));
        let nothing = told(&[bar(None, false)]);
        assert!(nothing.contains("no data") && !nothing.contains("too little"));
        assert!(told(&[bar(Some(1.0), true)]).contains("items: []"));
    }
}
