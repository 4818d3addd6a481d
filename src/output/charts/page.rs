//! What stands around the panels: title, caption, the frame and grid of a panel.

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Pen, Stroke};
use super::scale::Scale;
use super::{Furniture, Setup, theme};
use crate::output::fonts::{self, Weight};

/// Title and caption above the panels.
pub(super) struct Header {
    title: Vec<String>,
    caption: Vec<String>,
}

/// Space above a chart without title and caption.
pub(super) const BARE: f64 = 1.0;

/// A bold line as high as [`theme::TITLE`] needs.
const TITLE_LINE: f64 = 27.0;

impl Header {
    pub(super) fn new(setup: &Setup, title: &str, caption: &str) -> Self {
        if setup.furniture == Furniture::Bare {
            return Self {
                title: Vec::new(),
                caption: Vec::new(),
            };
        }
        let width = setup.width - 2.0 * theme::EDGE;
        Self {
            title: wrap(title, Weight::Bold, theme::TITLE, width),
            caption: wrap(caption, Weight::Regular, theme::TEXT, width),
        }
    }

    /// Height with the space below; a little space alone for a bare chart.
    pub(super) fn height(&self) -> f64 {
        if self.title.is_empty() && self.caption.is_empty() {
            return BARE;
        }
        8.0 + self.title.len() as f64 * TITLE_LINE
            + self.caption.len() as f64 * theme::LINE
            + theme::GAP
    }

    pub(super) fn draw(&self, canvas: &mut Canvas) -> Result<(), DrawError> {
        let mut y = 8.0;
        canvas.layer("title", |pen| {
            let lettering = Lettering {
                size: theme::TITLE,
                ..Lettering::STRONG
            };
            for line in &self.title {
                y += TITLE_LINE;
                pen.text(line, (theme::EDGE, y - 7.0), lettering)?;
            }
            Ok(())
        })?;
        canvas.layer("caption", |pen| {
            for line in &self.caption {
                y += theme::LINE;
                pen.text(line, (theme::EDGE, y - 5.5), Lettering::PLAIN)?;
            }
            Ok(())
        })
    }
}

/// Text in lines no wider than `width`, broken at spaces; a single word that is wider is cut with an ellipsis.
pub(super) fn wrap(text: &str, weight: Weight, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = cut(word, weight, size, width);
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if fonts::width(&longer, weight, size) <= width {
                *line = longer;
                continue;
            }
        }
        lines.push(word);
    }
    lines
}

/// Text no wider than `width`: what is too long ends in an ellipsis.
pub(super) fn cut(text: &str, weight: Weight, size: f64, width: f64) -> String {
    if fonts::width(text, weight, size) <= width {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let short: String = kept.iter().copied().chain(['…']).collect();
        if fonts::width(&short, weight, size) <= width {
            return short;
        }
    }
    String::new()
}

/// Level lines at the ticks, and their labels left of the panel.
pub(super) fn level_ticks(
    canvas: &mut Canvas,
    area: Area,
    scale: Scale,
    ticks: &[(f64, String)],
) -> Result<(), DrawError> {
    canvas.layer("grid", |pen| {
        for (value, _) in ticks {
            let y = scale.px(*value);
            pen.line(
                (area.left, y),
                (area.right, y),
                Stroke(theme::GRID, theme::THIN),
            )?;
        }
        Ok(())
    })?;
    canvas.layer("y-labels", |pen| {
        for (value, label) in ticks {
            let at = (area.left - 7.0, scale.px(*value) + 5.5);
            pen.text(label, at, Lettering::SOFT.at(Anchor::End))?;
        }
        Ok(())
    })
}

/// The line at the foot of a panel.
pub(super) fn base_line(pen: &Pen, area: Area) -> Result<(), DrawError> {
    pen.line(
        (area.left, area.bottom),
        (area.right, area.bottom),
        Stroke(theme::SOFT, theme::THIN),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_no_word() {
        let text = "Quality B; 6.8 h analysed of 7.2 h in bed; PLM index 12.3 per hour.";
        let lines = wrap(text, Weight::Regular, 16.0, 180.0);
        assert!(lines.len() > 2);
        for line in &lines {
            assert!(fonts::width(line, Weight::Regular, 16.0) <= 180.0, "{line}");
        }
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_word_too_wide_is_cut_and_says_so() {
        let short = cut("Donaudampfschifffahrt", Weight::Regular, 16.0, 80.0);
        assert!(short.ends_with('…') && short.starts_with("Don"));
        assert_eq!(cut("x", Weight::Regular, 16.0, 1.0), "");
    }
}
