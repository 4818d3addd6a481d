//! Charts: rows as SVG, and the SVG as PNG.
//!
//! A chart is one file that turns rows into a [`Drawing`]; it draws what the rows say and computes no figure of its
//! own. What is missing is a hatched place or a break, never a zero. The PDF and the HTML report use the same drawings.

mod actogram;
mod agreement;
mod benchmark;
mod bins;
mod calendar;
mod canvas;
mod clock;
mod comparison;
mod dates;
mod factors;
mod hour_bars;
mod hours;
mod index_panel;
mod intervals;
mod kinds;
mod legend;
mod night;
mod page;
mod periodogram;
mod plot;
mod png;
mod profile;
mod rank;
mod scale;
mod scatter;
mod strips;
mod study;
mod theme;
mod trend;

use std::fmt;

pub use canvas::DrawError;
pub use hours::pooled as pooled_hours;
pub use kinds::{KINDS, Kind, Request};
pub use night::night;
pub use png::{PngError, parse, to_png};

use super::rows::{HourRow, MovementRow, NightRow, SpanRow, Trace};
use super::words::Words;

/// What stands around the panels of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Furniture {
    /// Title and caption are drawn: the picture stands alone.
    #[default]
    Full,
    /// The page around it has them as text.
    Bare,
}

/// How a chart is to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// The language.
    pub words: &'a Words,
    /// Width in px. Text has 16 px, which is 9 pt when 900 px are as wide as the text of an A4 page.
    pub width: f64,
    /// Height in px that a page has for it: panels stretch and squeeze to it, letters never. `None` is the height that
    /// the chart has by itself; one whose rows set its height (the night) keeps that.
    pub height: Option<f64>,
    /// Whether title and caption are in the picture.
    pub furniture: Furniture,
}

impl<'a> Setup<'a> {
    /// A picture of 900 px that stands alone.
    pub fn new(words: &'a Words) -> Self {
        Self {
            words,
            width: 900.0,
            height: None,
            furniture: Furniture::Full,
        }
    }
}

impl Setup<'_> {
    /// Space below the last words: a page has its own between its parts.
    fn below(&self) -> f64 {
        match self.furniture {
            Furniture::Full => 8.0,
            Furniture::Bare => 1.0,
        }
    }

    /// How high the panels of a chart are together: `natural`, or what an asked height leaves beside the `fixed` parts,
    /// but never less than `least`.
    fn panels(&self, fixed: f64, natural: f64, least: f64) -> f64 {
        match self.height {
            Some(height) => (height - fixed).max(least.min(natural)),
            None => natural,
        }
    }
}

/// The numbers of a chart as a table, for those who do not see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Cells, row by row, as many as there are heads.
    pub rows: Vec<Vec<String>>,
}

/// A chart that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What it shows, in a few words.
    pub title: String,
    /// One plain sentence with the figures that belong to it.
    pub caption: String,
    /// What is to be seen, for those who do not see it: the `<desc>` of the SVG.
    pub alt: String,
    /// The document.
    pub svg: String,
    /// The same numbers as a table.
    pub sheet: Sheet,
}

impl Drawing {
    /// The picture as PNG, `scale` pixels for each px of the drawing.
    pub fn png(&self, scale: f64) -> Result<Vec<u8>, PngError> {
        to_png(&self.svg, scale)
    }
}

/// Why there is no chart.
#[derive(Debug)]
pub enum ChartError {
    /// The rows hold nothing that it could show; the sentence says what it needs.
    Nothing(String),
    /// Drawing failed.
    Draw(DrawError),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing(why) => f.write_str(why),
            Self::Draw(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ChartError {}

impl From<DrawError> for ChartError {
    fn from(error: DrawError) -> Self {
        Self::Draw(error)
    }
}

/// The rows of one night, or of a study from which a chart takes those of its night.
#[derive(Debug, Clone, Copy)]
pub struct NightRows<'a> {
    /// The night itself.
    pub night: &'a NightRow,
    /// Its movements.
    pub movements: &'a [MovementRow],
    /// Its hours.
    pub hours: &'a [HourRow],
    /// Its spans.
    pub spans: &'a [SpanRow],
    /// Its envelopes, one a leg.
    pub traces: &'a [Trace],
}
