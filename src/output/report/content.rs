//! What stands on the pages, without a medium: the PDF and the HTML are two ways to set the same content.

mod factors;
mod header;
mod limits;
mod methods;
mod tiles;

use super::voice::Voice;
use super::{Options, ReportError, StudyView};
use crate::output::rows::NightRow;

pub(super) use factors::{Comparison, Factors, ON_THE_PAGE, compared, laboratory_is_told};
pub(super) use header::{Header, Quality};
pub(super) use limits::Limits;
pub(super) use tiles::Tile;

/// A word and what it stands for: a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub name: String,
    pub value: String,
}

/// Everything but the charts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Content {
    /// BCP 47.
    pub language: String,
    pub header: Header,
    pub tiles: [Tile; 4],
    pub limits: Limits,
    pub factors: Factors,
    pub methods: Vec<Fact>,
    /// Version, rule set, hash: at the foot of every page.
    pub footer: String,
}

impl Content {
    pub(super) fn of(
        view: &StudyView,
        options: &Options,
        voice: &Voice,
    ) -> Result<Self, ReportError> {
        if view.rows.nights.is_empty() {
            return Err(ReportError::NoNights);
        }
        Ok(Self {
            language: voice.language().to_owned(),
            header: Header::of(view, options, voice),
            tiles: tiles::tiles(view, voice),
            limits: Limits::of(view, voice),
            factors: Factors::of(view, voice),
            methods: methods::methods(view, voice),
            footer: methods::footer(view, options, voice),
        })
    }
}

/// The nights behind the figures.
fn used<'a>(view: &StudyView<'a>) -> Vec<&'a NightRow> {
    let summary = view.summary;
    view.rows
        .nights
        .iter()
        .filter(|night| summary.uses(&night.night))
        .collect()
}

/// Equal values and how often each occurs, the most frequent first, then in order of appearance.
fn tally<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(of, _)| *of == value) {
            Some((_, n)) => *n += 1,
            None => counts.push((value, 1)),
        }
    }
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

/// At most so many letters of a text from outside; what is cut ends in an ellipsis.
fn shortened(text: &str, longest: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_comes_first_and_order_breaks_ties() {
        assert_eq!(tally(["b", "a", "c", "a"]), [("a", 2), ("b", 1), ("c", 1)]);
    }

    #[test]
    fn a_long_text_is_cut_between_letters() {
        assert_eq!(shortened("  één \n twee ", 40), "één twee");
        assert_eq!(shortened("ßßßß", 2), "ßß…");
    }
}
