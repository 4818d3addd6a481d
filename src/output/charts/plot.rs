//! A chart of one panel: header, heading with legend, panel, axis below.

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::legend::Heading;
use super::page::{self, Header};
use super::scale::{Law, Scale};
use super::{Drawing, Setup, Sheet, theme};
use crate::output::fonts::{self, Weight};

/// Left of a panel: room for the figures of its axis.
pub(super) const GUTTER: f64 = 56.0;
/// Right of it: half a label of the axis below.
pub(super) const RIGHT: f64 = 26.0;
/// Labels of the axis and the words under them.
pub(super) const AXIS: f64 = 2.0 * theme::LINE + 6.0;
/// Labels of an axis of dates or clock times, with the words in the same row.
pub(super) const AXIS_IN_A_ROW: f64 = theme::LINE + 6.0;
/// Between the last label of such an axis and the words.
const BEFORE_WORDS: f64 = 14.0;

/// A panel that is less high tells nothing.
const LEAST: f64 = 60.0;

/// What is said about a chart.
pub(super) struct Said {
    pub id: String,
    pub title: String,
    pub caption: String,
    pub alt: String,
}

/// A drawing with one panel, as far as it has grown.
pub(super) struct Plot<'a> {
    setup: &'a Setup<'a>,
    pub canvas: Canvas,
    pub area: Area,
    said: Said,
}

impl<'a> Plot<'a> {
    /// Draws what stands above the panel and makes room for it, for the axis and for `below` px of more.
    pub(super) fn new(
        setup: &'a Setup<'a>,
        said: Said,
        heading: &Heading,
        (height, below): (f64, f64),
    ) -> Result<Self, DrawError> {
        let header = Header::new(setup, &said.title, &said.caption);
        let inner = setup.width - 2.0 * theme::EDGE;
        let top = header.height() + heading.height(inner);
        let foot = AXIS + below + setup.below();
        let area = Area {
            left: GUTTER,
            top,
            right: setup.width - RIGHT,
            bottom: top + setup.panels(top + foot, height, LEAST),
        };
        let mut canvas = Canvas::new(setup.width, (area.bottom + foot).ceil());
        header.draw(&mut canvas)?;
        heading.draw(&mut canvas, theme::EDGE, header.height(), inner)?;
        Ok(Self {
            setup,
            canvas,
            area,
            said,
        })
    }

    /// A level scale over the panel's width.
    pub(super) fn x(&self, law: Law, values: (f64, f64)) -> Scale {
        Scale::new(law, values, (self.area.left, self.area.right))
    }

    /// An upright scale over the panel's height, with its grid and its figures.
    pub(super) fn y(&mut self, law: Law, values: (f64, f64)) -> Result<Scale, DrawError> {
        let scale = Scale::new(law, values, (self.area.bottom, self.area.top));
        level_axis(&mut self.canvas, self.setup, self.area, scale)?;
        Ok(scale)
    }

    /// Upright lines of the grid.
    pub(super) fn uprights(&mut self, places: &[f64]) -> Result<(), DrawError> {
        let area = self.area;
        self.canvas.layer("grid", |pen| {
            for x in places {
                let stroke = Stroke(theme::GRID, theme::THIN);
                pen.line((*x, area.top), (*x, area.bottom), stroke)?;
            }
            Ok(())
        })
    }

    /// Labels under the panel, and what they are.
    pub(super) fn x_axis(
        &mut self,
        labels: &[(f64, String)],
        title: &str,
    ) -> Result<(), DrawError> {
        x_axis(&mut self.canvas, self.area, labels, title)
    }

    /// The chart.
    pub(super) fn finish(self, sheet: Sheet) -> Drawing {
        let Said {
            id,
            title,
            caption,
            alt,
        } = self.said;
        let alt = format!("{caption} {alt}");
        Drawing {
            svg: self.canvas.finish(&id, &title, &alt),
            title,
            caption,
            alt,
            sheet,
        }
    }
}

/// The grid and figures of an upright scale.
pub(super) fn level_axis(
    canvas: &mut Canvas,
    setup: &Setup,
    area: Area,
    scale: Scale,
) -> Result<(), DrawError> {
    // A low panel has its figures closer, rather than one alone.
    let mut ticks = scale.labels(27.0, setup.words);
    if ticks.len() < 2 {
        ticks = scale.labels(18.0, setup.words);
    }
    if ticks.len() < 2 {
        ticks = scale.end_labels(setup.words);
    }
    page::level_ticks(canvas, area, scale, &ticks)
}

/// What an axis in a row does where its words and its labels have not both room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crowded {
    /// Dates and times of the clock say what they are: the words are left off.
    WordsGiveWay,
    /// Plain numbers do not: the last of them are left off, which a reader can count on.
    LabelsGiveWay,
}

/// The foot of a panel of dates or clock times: as [`x_axis`], but with the words in the row of the labels, at its right end
/// or before its first label.
pub(super) fn x_axis_in_a_row(
    canvas: &mut Canvas,
    area: Area,
    labels: &[(f64, String)],
    (title, crowded): (&str, Crowded),
) -> Result<(), DrawError> {
    let wide = |text: &str| fonts::width(text, Weight::Regular, theme::TEXT);
    let at_the_right = area.right - wide(title) - BEFORE_WORDS;
    let fits = |(x, label): &(f64, String)| x + wide(label) / 2.0 <= at_the_right;
    let first = labels.first().map(|(x, label)| x - wide(label) / 2.0);
    let at_the_left = theme::EDGE + wide(title) + BEFORE_WORDS;
    draw_ticks(canvas, area, labels)?;
    canvas.layer("x-labels", |pen| {
        let y = area.bottom + theme::LINE;
        let title_at = if crowded == Crowded::LabelsGiveWay || labels.iter().all(fits) {
            Some((area.right, Anchor::End))
        } else {
            first
                .filter(|first| at_the_left <= *first)
                .map(|_| (theme::EDGE, Anchor::Start))
        };
        let all = crowded == Crowded::WordsGiveWay;
        for label in labels.iter().filter(|label| all || fits(label)) {
            let (x, text) = label;
            pen.text(text, (*x, y), Lettering::SOFT.at(Anchor::Middle))?;
        }
        match title_at {
            Some((x, anchor)) => pen.text(title, (x, y), Lettering::SOFT.at(anchor)),
            None => Ok(()),
        }
    })
}

fn draw_ticks(canvas: &mut Canvas, area: Area, labels: &[(f64, String)]) -> Result<(), DrawError> {
    canvas.layer("x-axis", |pen| {
        page::base_line(pen, area)?;
        for (x, _) in labels {
            let stroke = Stroke(theme::SOFT, theme::THIN);
            pen.line((*x, area.bottom), (*x, area.bottom + 5.0), stroke)?;
        }
        Ok(())
    })
}

/// The words of an axis that ends at `right`, in lines: one, unless they are wider than the chart. A chart whose words may
/// be makes room for each line more.
pub(super) fn title_lines(title: &str, right: f64) -> Vec<String> {
    page::wrap(title, Weight::Regular, theme::TEXT, right - theme::EDGE)
}

/// The foot of a panel: a line with small ticks, labels under it, and the words below at the right.
pub(super) fn x_axis(
    canvas: &mut Canvas,
    area: Area,
    labels: &[(f64, String)],
    title: &str,
) -> Result<(), DrawError> {
    draw_ticks(canvas, area, labels)?;
    canvas.layer("x-labels", |pen| {
        for (x, label) in labels {
            let at = (*x, area.bottom + theme::LINE);
            pen.text(label, at, Lettering::SOFT.at(Anchor::Middle))?;
        }
        for (line, words) in title_lines(title, area.right).iter().enumerate() {
            let y = area.bottom + (line + 2) as f64 * theme::LINE;
            pen.text(words, (area.right, y), Lettering::SOFT.at(Anchor::End))?;
        }
        Ok(())
    })
}
