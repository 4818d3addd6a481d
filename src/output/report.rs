//! The report: two pages for the doctor, as a PDF and as one HTML file.
//!
//! Both say the same, since both are made from one [`Content`](content): the numbers come from the rows of the study
//! and from [`StudySummary`], and none is computed here. Page 1 answers in a minute: how good is the recording, how
//! many movements with which interval, when, and what the figures cannot say. Page 2 shows the nights and the factors.
//!
//! What the pages never do: judge by colour, name a limit between many and few, speak of causes, show a figure without
//! the number of nights behind it, or draw what is missing as zero.

mod content;
mod html;
mod panels;
mod pdf;
mod voice;

use std::fmt;

use jiff::civil::Date;

use crate::model::study::StudySummary;
use crate::output::charts::{ChartError, Drawing};
use crate::output::rows::StudyRows;
use crate::output::words::{Language, Words};

/// Who is to read the pages. The figures are the same; words and depth differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// The person who slept: plain words, and questions to take along.
    #[default]
    Patient,
    /// A clinician: the terms of the field, and more of the method.
    Clinician,
}

impl Audience {
    /// All, in the order of the help.
    pub const ALL: [Self; 2] = [Self::Patient, Self::Clinician];

    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Clinician => "clinician",
        }
    }

    /// The audience with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.name() == name)
    }
}

/// The paper that the pages fit on, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 mm by 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 in by 11 in (ANSI/ASME Y14.1).
    Letter,
}

impl Paper {
    /// All, in the order of the help.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// As on the command line: `a4`, `letter`.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// The paper with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name() == name)
    }

    /// Width and height in points, 72 to the inch.
    pub fn size_pt(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// How the pages are to be made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The language.
    pub language: Language,
    /// The messages of a language that is not built in; they stand before `language`.
    pub messages: Option<Words>,
    /// Who is to read them.
    pub audience: Audience,
    /// What they are printed on.
    pub paper: Paper,
    /// A name or a code for the header; never required.
    pub name: Option<String>,
    /// The date to print in the footer: this room reads no clock.
    pub made_on: Option<Date>,
}

/// A study as the pages take it.
#[derive(Debug, Clone, Copy)]
pub struct StudyView<'a> {
    /// The rows, as read back from the study's folder.
    pub rows: &'a StudyRows,
    /// What the nights say together.
    pub summary: &'a StudySummary,
}

/// Why there are no pages.
#[derive(Debug)]
pub enum ReportError {
    /// The study has no night.
    NoNights,
    /// A chart could not be drawn.
    Chart(ChartError),
    /// A chart is no SVG that can be placed on a page.
    Svg(String),
    /// The PDF could not be written, or is not what PDF/UA-1 asks for.
    Pdf(String),
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNights => f.write_str(
                "the study has no night, so there is nothing to report: run `legtrace analyze FOLDER --out STUDY` first",
            ),
            Self::Chart(error) => error.fmt(f),
            Self::Svg(why) => write!(f, "a chart could not be placed on the page: {why}"),
            Self::Pdf(why) => write!(f, "the PDF could not be written: {why}"),
        }
    }
}

impl std::error::Error for ReportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Chart(error) => Some(error),
            _ => None,
        }
    }
}

/// The pages as a tagged PDF (PDF/UA-1) with real text and embedded fonts: two pages, and an annex for what does not
/// fit on them.
///
/// # Errors
/// When the study has no night, or a chart cannot be drawn.
pub fn pdf(view: &StudyView, options: &Options) -> Result<Vec<u8>, ReportError> {
    let voice = voice::Voice::new(options);
    let content = content::Content::of(view, options, &voice)?;
    pdf::write(&content, &panels::Panels::new(view, &voice), options)
}

/// The pages as one HTML file that needs no network and no scripts, and prints on the same two pages.
///
/// # Errors
/// When the study has no night, or a chart cannot be drawn.
pub fn html(view: &StudyView, options: &Options) -> Result<String, ReportError> {
    let voice = voice::Voice::new(options);
    let content = content::Content::of(view, options, &voice)?;
    html::write(&content, &panels::Panels::new(view, &voice), options)
}

/// A chart alone as a tagged PDF (PDF/UA-1) with real text, on a page of its own size.
///
/// # Errors
/// When the drawing cannot be placed.
pub fn chart_pdf(drawing: &Drawing, language: Language) -> Result<Vec<u8>, ReportError> {
    pdf::one_chart::write(drawing, language.code())
}
