//! The pages as a PDF.
//!
//! parley shapes and breaks text, krilla writes it with its structure, krilla-svg places the charts with their words as
//! text. Chosen by quality and cost: Typst as a library makes such pages too, at five times the compile time.

mod blocks;
mod ink;
mod node;
pub(super) mod one_chart;
mod pages;
mod style;
mod typeset;

use super::content::Content;
use super::panels::Panels;
use super::{Options, Paper, ReportError};

pub(super) use pages::{ChartSize, Sheets};

/// How the two pages are shared out: the HTML page prints the same.
pub(super) fn sheets(
    content: &Content,
    panels: &Panels,
    paper: Paper,
) -> Result<Sheets, ReportError> {
    let mut set = typeset::Typesetter::new();
    pages::sheets(&mut set, content, panels, paper)
}

pub(super) fn write(
    content: &Content,
    panels: &Panels,
    options: &Options,
) -> Result<Vec<u8>, ReportError> {
    let mut set = typeset::Typesetter::new();
    let pages = pages::pages(&mut set, content, panels, options.paper)?;
    let header = &content.header;
    let title = match &header.name {
        Some(name) => format!("{}, {name}, {}", header.title, header.period),
        None => format!("{}, {}", header.title, header.period),
    };
    let about = ink::About {
        title: &title,
        language: &content.language,
        creator: concat!("legtrace ", env!("CARGO_PKG_VERSION")),
    };
    ink::document(pages, &about, options.paper.size_pt(), &mut set)
}
