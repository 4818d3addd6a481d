//! A drawing as it grows: layers of marks, each a group in the SVG.
//!
//! plotters rounds to whole units: at 900 px a unit would be 32 s of a night. So everything is drawn ten-fold and shown
//! through a viewBox. A layer is a `<g class="…">` of its own: what it counts can be counted in the file.

use std::fmt::{self, Write};

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::theme;
use crate::output::fonts::{FALLBACK_FAMILY, FAMILY, Weight};

/// Units of the drawing in one px.
const FOLD: f64 = 10.0;

/// A rectangle, in px from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke(pub RGBColor, pub f64);

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lettering {
    pub size: f64,
    pub weight: Weight,
    pub colour: RGBColor,
    pub anchor: Anchor,
}

impl Lettering {
    /// The text of the chart, beginning at its point.
    pub(super) const PLAIN: Self = Self {
        size: theme::TEXT,
        weight: Weight::Regular,
        colour: theme::INK,
        anchor: Anchor::Start,
    };
    /// The same in the second colour.
    pub(super) const SOFT: Self = Self {
        colour: theme::SOFT,
        ..Self::PLAIN
    };
    /// The same in bold.
    pub(super) const STRONG: Self = Self {
        weight: Weight::Bold,
        ..Self::PLAIN
    };

    pub(super) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// plotters met what it could not draw; with a string to write into there is nothing outside that could fail.
#[derive(Debug)]
pub struct DrawError(String);

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the chart could not be drawn: {}", self.0)
    }
}

impl std::error::Error for DrawError {}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for DrawError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self(error.to_string())
    }
}

type Drawn = Result<(), DrawError>;

/// Draws into one layer; all places are px.
pub(super) struct Pen<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

fn units((x, y): (f64, f64)) -> (i32, i32) {
    ((x * FOLD).round() as i32, (y * FOLD).round() as i32)
}

fn filled(colour: RGBColor) -> ShapeStyle {
    colour.filled()
}

fn stroked(Stroke(colour, width): Stroke) -> ShapeStyle {
    colour.stroke_width((width * FOLD).round().max(1.0) as u32)
}

impl Pen<'_> {
    pub(super) fn line(&self, from: (f64, f64), to: (f64, f64), stroke: Stroke) -> Drawn {
        self.path(&[from, to], stroke)
    }

    pub(super) fn path(&self, points: &[(f64, f64)], stroke: Stroke) -> Drawn {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        Ok(self.area.draw(&PathElement::new(points, stroked(stroke)))?)
    }

    /// Dashes and the spaces between them of `dash` px along a straight line, drawn one by one: no renderer differs.
    pub(super) fn dashed(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        dash: f64,
        stroke: Stroke,
    ) -> Drawn {
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |s: f64| {
            let share = if length > 0.0 { s / length } else { 0.0 };
            (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            )
        };
        let mut s = 0.0;
        while s < length {
            self.line(at(s), at((s + dash).min(length)), stroke)?;
            s += 2.0 * dash;
        }
        Ok(())
    }

    pub(super) fn fill(&self, points: &[(f64, f64)], colour: RGBColor) -> Drawn {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        Ok(self.area.draw(&Polygon::new(points, filled(colour)))?)
    }

    pub(super) fn rect(&self, area: Area, colour: RGBColor) -> Drawn {
        let corners = [
            units((area.left, area.top)),
            units((area.right, area.bottom)),
        ];
        Ok(self.area.draw(&Rectangle::new(corners, filled(colour)))?)
    }

    pub(super) fn frame(&self, area: Area, stroke: Stroke) -> Drawn {
        let Area {
            left,
            top,
            right,
            bottom,
        } = area;
        let corners = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        self.path(&corners, stroke)
    }

    pub(super) fn disc(&self, centre: (f64, f64), radius: f64, colour: RGBColor) -> Drawn {
        let radius = (radius * FOLD).round() as i32;
        let disc = Circle::new(units(centre), radius, filled(colour));
        Ok(self.area.draw(&disc)?)
    }

    pub(super) fn ring(&self, centre: (f64, f64), radius: f64, stroke: Stroke) -> Drawn {
        let radius = (radius * FOLD).round() as i32;
        let ring = Circle::new(units(centre), radius, stroked(stroke));
        Ok(self.area.draw(&ring)?)
    }

    /// Lines at 45 degrees, `step` px apart across, cut at the edges of the area: the sign for what is missing.
    pub(super) fn hatch(&self, area: Area, step: f64, stroke: Stroke) -> Drawn {
        let (width, height) = (area.width(), area.height());
        if width <= 0.0 || height <= 0.0 {
            return Ok(());
        }
        // On a grid of the whole drawing, so that neighbouring areas fit.
        let first = ((area.left + area.top) / step).ceil() as i64;
        let last = ((area.right + area.bottom) / step).floor() as i64;
        for n in first..=last {
            let sum = n as f64 * step;
            let from_x = (sum - area.bottom).max(area.left);
            let to_x = (sum - area.top).min(area.right);
            if to_x > from_x {
                self.line((from_x, sum - from_x), (to_x, sum - to_x), stroke)?;
            }
        }
        Ok(())
    }

    /// One line of text with its baseline at the point.
    pub(super) fn text(&self, text: &str, at: (f64, f64), lettering: Lettering) -> Drawn {
        if text.is_empty() {
            return Ok(());
        }
        let style = match lettering.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        // The SVG backend divides by 1.24, its guess at the height of a line.
        let size = lettering.size * FOLD * 1.24;
        let font = FontDesc::new(FontFamily::Name(FAMILY), size, style);
        let horizontal = match lettering.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = TextStyle::from(font)
            .color(&lettering.colour)
            .pos(Pos::new(horizontal, VPos::Top));
        Ok(self.area.draw_text(text, &style, units(at))?)
    }
}

/// A drawing of fixed size; layers lie one above the other in the order in which they are drawn.
pub(super) struct Canvas {
    width: f64,
    height: f64,
    layers: String,
}

impl Canvas {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            layers: String::new(),
        }
    }

    /// Draws a layer.
    pub(super) fn layer(&mut self, class: &str, draw: impl FnOnce(&Pen) -> Drawn) -> Drawn {
        let marks = self.marks(draw)?;
        if !marks.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(self.layers, "<g class=\"{class}\">\n{marks}</g>");
        }
        Ok(())
    }

    /// Draws one mark as a layer that shows `title` when a pointer rests on it, where the viewer can.
    pub(super) fn mark(
        &mut self,
        class: &str,
        title: &str,
        draw: impl FnOnce(&Pen) -> Drawn,
    ) -> Drawn {
        let marks = self.marks(draw)?;
        let title = escaped(title);
        let _ = writeln!(
            self.layers,
            "<g class=\"{class}\"><title>{title}</title>\n{marks}</g>"
        );
        Ok(())
    }

    /// What was drawn, without the document that the backend puts around it.
    fn marks(&self, draw: impl FnOnce(&Pen) -> Drawn) -> Result<String, DrawError> {
        let mut document = String::new();
        let size = units((self.width, self.height));
        let size = (size.0.unsigned_abs(), size.1.unsigned_abs());
        {
            let area = SVGBackend::with_string(&mut document, size).into_drawing_area();
            let pen = Pen { area };
            draw(&pen)?;
            pen.area.present()?;
        }
        let inner = document
            .split_once('\n')
            .map_or("", |(_, rest)| rest)
            .trim_end()
            .trim_end_matches("</svg>");
        // What is the same for all marks stands once at the top; a text stands on its baseline, so that no renderer's
        // idea of a line's height moves it. Quotes inside texts are escaped, so nothing else can match.
        let inner = inner
            .replace(" opacity=\"1\"", "")
            .replace(" dy=\"0.76em\"", "")
            .replace(&format!(" font-family=\"{FAMILY}\""), "")
            .replace(" text-anchor=\"start\"", "")
            .replace("\n</text>", "</text>");
        let mut marks = String::with_capacity(inner.len());
        for line in inner.lines() {
            marks.push_str(line);
            if !(line.starts_with("<text") && line.ends_with('>') && !line.ends_with("</text>")) {
                marks.push('\n');
            }
        }
        Ok(marks)
    }

    /// The SVG document. `id` is what makes the names inside it unique on a page with several charts.
    pub(super) fn finish(self, id: &str, title: &str, description: &str) -> String {
        let Self {
            width,
            height,
            layers,
        } = self;
        let (view_width, view_height) = units((width, height));
        let id = slug(id);
        let (title, description) = (escaped(title), escaped(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {view_width} {view_height}\" font-family=\"'{FAMILY}', '{FALLBACK_FAMILY}', sans-serif\" \
             role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
             <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n\
             <rect class=\"paper\" width=\"{view_width}\" height=\"{view_height}\" fill=\"#FFFFFF\"/>\n{layers}</svg>\n"
        )
    }
}

/// Text for between tags.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Letters, digits and hyphens only, beginning with a letter.
fn slug(text: &str) -> String {
    let plain = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    format!("chart-{}", plain.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_a_group_with_its_marks() {
        let mut canvas = Canvas::new(100.0, 50.0);
        let drawn = canvas.layer("ticks", |pen| {
            pen.line((1.0, 2.0), (1.04, 3.0), Stroke(theme::INK, 0.8))?;
            pen.text(
                "a \"<b>\" & 'c'",
                (5.0, 10.0),
                Lettering::STRONG.at(Anchor::End),
            )
        });
        drawn.unwrap();
        canvas.layer("empty", |_| Ok(())).unwrap();
        let svg = canvas.finish("n 1", "T<", "D&");
        expect_test::expect![[r##"
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 1000 500" font-family="'Open Sans', 'DejaVu Sans', sans-serif" role="img" aria-labelledby="chart-n-1-title chart-n-1-desc">
            <title id="chart-n-1-title">T&lt;</title>
            <desc id="chart-n-1-desc">D&amp;</desc>
            <rect class="paper" width="1000" height="500" fill="#FFFFFF"/>
            <g class="ticks">
            <polyline fill="none" stroke="#1F2328" stroke-width="8" points="10,20 10,30 "/>
            <text x="50" y="100" text-anchor="end" font-size="160" fill="#1F2328" font-weight="bold">a &quot;&lt;b&gt;&quot; &amp; &apos;c&apos;</text>
            </g>
            </svg>
        "##]].assert_eq(&svg);
    }

    #[test]
    fn hatching_stays_in_its_area() {
        let mut canvas = Canvas::new(100.0, 100.0);
        let area = Area {
            left: 10.0,
            top: 20.0,
            right: 30.0,
            bottom: 60.0,
        };
        canvas
            .layer("gap", |pen| pen.hatch(area, 5.0, Stroke(theme::HATCH, 1.0)))
            .unwrap();
        let points = canvas.layers.split("points=\"").skip(1);
        let mut n = 0;
        for pair in points.flat_map(|rest| rest.split('"').next().unwrap_or("").split_whitespace())
        {
            let (x, y) = pair.split_once(',').unwrap();
            let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
            assert!((100.0..=300.0).contains(&x) && (200.0..=600.0).contains(&y));
            n += 1;
        }
        // Lines x + y = 30, 35 … 90 px; those through the two corners alone have no length.
        assert_eq!(n, 2 * 11);
    }
}
