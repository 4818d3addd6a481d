//! Signs and what they mean, in rows that break where the width ends.

use super::canvas::{Area, Canvas, DrawError, Lettering, Pen, Stroke};
use super::{page, theme};
use crate::output::fonts::{self, Weight};

use plotters::style::RGBColor;

/// A sign of a legend, drawn as in the chart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    /// An upright tick of this height.
    Tick(f64, Stroke),
    /// A filled box.
    Fill(RGBColor),
    /// A box with this step from one hatching line to the next, on this ground.
    Hatch(f64, RGBColor),
    /// A level line.
    Line(Stroke),
    /// A level dashed line.
    Dashed(Stroke),
    /// A triangle that points down.
    Triangle(RGBColor),
    /// A filled disc.
    Disc(RGBColor),
    /// An open ring.
    Ring(RGBColor),
    /// A diamond.
    Diamond(RGBColor),
    /// The outline of a diamond.
    OpenDiamond(RGBColor),
    /// The outline of a box.
    Open(RGBColor),
    /// A disc on an upright interval.
    Interval(RGBColor),
}

/// Width of a sign, and from it to its label.
const SIGN: f64 = 18.0;
const AFTER_SIGN: f64 = 6.0;
const BETWEEN: f64 = 20.0;

/// Draws a triangle that points down onto `tip`.
pub(super) fn triangle(pen: &Pen, tip: (f64, f64), colour: RGBColor) -> Result<(), DrawError> {
    let (x, y) = tip;
    pen.fill(&[(x - 4.5, y - 8.0), (x + 4.5, y - 8.0), (x, y)], colour)
}

/// Draws a diamond around `centre`.
pub(super) fn diamond(
    pen: &Pen,
    centre: (f64, f64),
    radius: f64,
    colour: RGBColor,
) -> Result<(), DrawError> {
    pen.fill(&corners(centre, radius), colour)
}

/// Draws the outline of a diamond around `centre`: a night that is left out.
pub(super) fn open_diamond(
    pen: &Pen,
    centre: (f64, f64),
    radius: f64,
    colour: RGBColor,
) -> Result<(), DrawError> {
    let [first, second, third, last] = corners(centre, radius);
    pen.path(
        &[first, second, third, last, first],
        Stroke(colour, theme::FIRM),
    )
}

/// The corners of a diamond.
fn corners((x, y): (f64, f64), radius: f64) -> [(f64, f64); 4] {
    [
        (x - radius, y),
        (x, y - radius),
        (x + radius, y),
        (x, y + radius),
    ]
}

impl Sign {
    fn draw(self, pen: &Pen, left: f64, middle: f64) -> Result<(), DrawError> {
        let (centre, right) = (left + SIGN / 2.0, left + SIGN);
        let area = Area {
            left,
            top: middle - 7.0,
            right,
            bottom: middle + 7.0,
        };
        match self {
            Self::Tick(height, stroke) => {
                let bottom = middle + 8.0;
                let height = height.min(18.0);
                pen.line((centre, bottom), (centre, bottom - height), stroke)
            }
            Self::Fill(colour) => {
                pen.rect(area, colour)?;
                pen.frame(area, Stroke(theme::HATCH, theme::THIN))
            }
            Self::Hatch(step, ground) => {
                pen.rect(area, ground)?;
                pen.hatch(area, step, Stroke(theme::HATCH, theme::THIN))?;
                pen.frame(area, Stroke(theme::HATCH, theme::THIN))
            }
            Self::Line(stroke) => pen.line((left, middle), (right, middle), stroke),
            Self::Dashed(stroke) => pen.dashed((left, middle), (right, middle), 4.0, stroke),
            Self::Triangle(colour) => triangle(pen, (centre, middle + 4.0), colour),
            Self::Disc(colour) => pen.disc((centre, middle), 4.5, colour),
            Self::Ring(colour) => pen.ring((centre, middle), 4.0, Stroke(colour, theme::FIRM)),
            Self::Diamond(colour) => diamond(pen, (centre, middle), 5.5, colour),
            Self::OpenDiamond(colour) => open_diamond(pen, (centre, middle), 5.5, colour),
            Self::Open(colour) => pen.frame(area, Stroke(colour, theme::FIRM)),
            Self::Interval(colour) => {
                let (top, bottom) = ((centre, middle - 8.0), (centre, middle + 8.0));
                pen.line(top, bottom, Stroke(colour, theme::FIRM))?;
                pen.disc((centre, middle), 4.0, colour)
            }
        }
    }
}

/// Signs with their labels, laid out in rows.
#[derive(Debug, Default)]
pub(super) struct Legend {
    items: Vec<(Sign, String)>,
}

/// The lines of a heading with its legend at the right, or below where there is no room.
pub(super) struct Heading {
    title: String,
    legend: Legend,
}

impl Legend {
    pub(super) fn add(&mut self, sign: Sign, label: impl Into<String>) {
        self.items.push((sign, label.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn item_width(label: &str) -> f64 {
        SIGN + AFTER_SIGN + fonts::width(label, Weight::Regular, theme::TEXT)
    }

    /// Width on one row.
    fn width(&self) -> f64 {
        let items: f64 = self.items.iter().map(|(_, l)| Self::item_width(l)).sum();
        items + BETWEEN * self.items.len().saturating_sub(1) as f64
    }

    /// The items of each row.
    fn rows(&self, width: f64) -> Vec<Vec<&(Sign, String)>> {
        let mut rows: Vec<Vec<&(Sign, String)>> = Vec::new();
        let mut used = f64::INFINITY;
        for item in &self.items {
            let wide = Self::item_width(&item.1);
            if used + BETWEEN + wide > width {
                rows.push(Vec::new());
                used = -BETWEEN;
            }
            used += BETWEEN + wide;
            if let Some(row) = rows.last_mut() {
                row.push(item);
            }
        }
        rows
    }

    pub(super) fn height(&self, width: f64) -> f64 {
        self.rows(width).len() as f64 * theme::LINE
    }

    /// Draws the rows below `top`.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        left: f64,
        top: f64,
        width: f64,
    ) -> Result<(), DrawError> {
        canvas.layer("legend", |pen| {
            for (at, row) in self.rows(width).into_iter().enumerate() {
                draw_row(pen, row, left, top + at as f64 * theme::LINE)?;
            }
            Ok(())
        })
    }
}

fn draw_row(pen: &Pen, row: Vec<&(Sign, String)>, left: f64, top: f64) -> Result<(), DrawError> {
    let mut x = left;
    for (sign, label) in row {
        sign.draw(pen, x, top + theme::LINE / 2.0)?;
        let at = (x + SIGN + AFTER_SIGN, top + theme::LINE - 5.5);
        pen.text(label, at, Lettering::SOFT)?;
        x += Legend::item_width(label) + BETWEEN;
    }
    Ok(())
}

impl Heading {
    pub(super) fn new(title: impl Into<String>, legend: Legend) -> Self {
        Self {
            title: title.into(),
            legend,
        }
    }

    fn is_one_line(&self, width: f64) -> bool {
        let title = fonts::width(&self.title, Weight::Bold, theme::TEXT);
        title + 2.0 * BETWEEN + self.legend.width() <= width
    }

    /// The title in lines, where it is wider than the chart.
    fn title_lines(&self, width: f64) -> Vec<String> {
        page::wrap(&self.title, Weight::Bold, theme::TEXT, width)
    }

    fn title_height(&self, width: f64) -> f64 {
        self.title_lines(width).len().max(1) as f64 * theme::LINE
    }

    pub(super) fn height(&self, width: f64) -> f64 {
        let below = if self.legend.is_empty() || self.is_one_line(width) {
            0.0
        } else {
            self.legend.height(width)
        };
        // Half a line more: the highest figure of an axis must not touch the words.
        let after = if self.title.is_empty() { 1.0 } else { 8.0 };
        self.title_height(width) + after + below
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        left: f64,
        top: f64,
        width: f64,
    ) -> Result<(), DrawError> {
        canvas.layer("heading", |pen| {
            for (line, words) in self.title_lines(width).iter().enumerate() {
                let y = top + (line + 1) as f64 * theme::LINE - 5.5;
                pen.text(words, (left, y), Lettering::STRONG)?;
            }
            Ok(())
        })?;
        if self.legend.is_empty() {
            return Ok(());
        }
        if self.is_one_line(width) {
            let start = left + width - self.legend.width();
            self.legend
                .draw(canvas, start, top, self.legend.width() + 1.0)
        } else {
            let top = top + self.title_height(width);
            self.legend.draw(canvas, left, top, width)
        }
    }
}
