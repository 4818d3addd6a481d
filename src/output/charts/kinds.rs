//! The list of charts: a new one is a file and a line here.

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use super::scale::Scale;
use super::{ChartError, Drawing, NightRows, Setup, theme};
use super::{
    actogram, agreement, benchmark, calendar, comparison, factors, hours, intervals, night,
    periodogram, profile, scatter, strips, trend,
};
use crate::output::rows::StudyRows;

/// What is to be drawn, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Language, width, furniture.
    pub setup: Setup<'a>,
    /// The night to show, by its identifier, for charts of one night; the last one when none is named.
    pub night: Option<&'a str>,
    /// The measure for charts of pairs and comparisons: a column of `nights`. `plm_per_h` when none is named.
    pub measure: Option<&'a str>,
    /// The rating to show; the first that the diary has when none is named.
    pub rating: Option<&'a str>,
    /// `same_night` or `next_day`; the first that was asked when none is named.
    pub lag: Option<&'a str>,
    /// The factors to show; the first six when none is named.
    pub factors: &'a [&'a str],
    /// A line across the index, an hour; none unless asked for.
    pub line_per_h: Option<f64>,
}

impl<'a> Request<'a> {
    /// The chart as it is drawn when nothing else is asked for.
    pub fn new(setup: Setup<'a>) -> Self {
        Self {
            setup,
            night: None,
            measure: None,
            rating: None,
            lag: None,
            factors: &[],
            line_per_h: None,
        }
    }

    /// Draws the line that was asked for.
    pub(super) fn draw_line(
        &self,
        canvas: &mut Canvas,
        area: Area,
        y: Scale,
    ) -> Result<(), DrawError> {
        let Some(value) = self.line_per_h.filter(|value| y.holds(*value)) else {
            return Ok(());
        };
        canvas.layer("line-asked-for", |pen| {
            let level = y.px(value);
            let stroke = Stroke(theme::SOFT, theme::FIRM);
            pen.dashed((area.left, level), (area.right, level), 6.0, stroke)?;
            let label = self.setup.words.number(value, 0);
            let at = (area.right - 2.0, level - 4.0);
            pen.text(&label, at, Lettering::SOFT.at(Anchor::End))
        })
    }
}

/// A kind of chart.
#[derive(Clone, Copy)]
pub struct Kind {
    /// As on the command line.
    pub name: &'static str,
    /// The tables it draws from.
    pub needs: &'static [&'static str],
    /// What it shows, in a sentence for the help.
    pub about: &'static str,
    /// Draws it.
    pub draw: fn(&StudyRows, &Request) -> Result<Drawing, ChartError>,
}

/// All charts, in the order of the help.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "night",
        needs: &["nights", "movements", "hours", "spans", "trace"],
        about: "One night: movements, series, envelope and the index by the hour on one time axis.",
        draw: one_night,
    },
    Kind {
        name: "hours",
        needs: &["nights", "hours"],
        about: "The index of one night by the hour, with the minutes that were analysed.",
        draw: hours::hours,
    },
    Kind {
        name: "profile",
        needs: &["nights", "profile"],
        about: "The course of the night over all nights: median and bands by clock time.",
        draw: profile::profile,
    },
    Kind {
        name: "trend",
        needs: &["nights", "ratings", "events"],
        about: "The index from night to night, with severity below on the same days.",
        draw: trend::trend,
    },
    Kind {
        name: "scatter",
        needs: &["pairs", "associations"],
        about: "Severity beside the index, a point a night.",
        draw: scatter::scatter,
    },
    Kind {
        name: "strips",
        needs: &["nights", "movements", "spans", "trace", "ratings"],
        about: "Up to 14 nights below each other, a row each.",
        draw: strips::strips,
    },
    Kind {
        name: "intervals",
        needs: &["nights", "intervals"],
        about: "How the intervals between movements are distributed.",
        draw: intervals::intervals,
    },
    Kind {
        name: "calendar",
        needs: &["nights"],
        about: "The index of every night as a calendar.",
        draw: calendar::calendar,
    },
    Kind {
        name: "factors",
        needs: &["nights", "factors"],
        about: "Dates and values of factors under the index.",
        draw: factors::factors,
    },
    Kind {
        name: "comparison",
        needs: &["comparisons"],
        about: "Nights with a factor beside nights without: differences with their intervals.",
        draw: comparison::comparison,
    },
    Kind {
        name: "periodogram",
        needs: &["nights", "periodogram"],
        about: "Which periods the movements of a night have.",
        draw: periodogram::periodogram,
    },
    Kind {
        name: "actogram",
        needs: &["nights", "trace"],
        about: "Movement over the clock, two days a row.",
        draw: actogram::actogram,
    },
    Kind {
        name: "agreement",
        needs: &["agreement", "agreement_limits"],
        about: "Nights beside a reference: bias and limits of agreement (Bland and Altman).",
        draw: agreement::agreement,
    },
    Kind {
        name: "benchmark",
        needs: &["benchmark"],
        about: "Detectors on nights with a known truth.",
        draw: benchmark::benchmark,
    },
];

impl Kind {
    /// The chart of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

/// The night that was asked for, or the last.
pub(super) fn chosen<'a>(
    rows: &'a StudyRows,
    request: &Request,
) -> Result<&'a crate::output::rows::NightRow, ChartError> {
    let words = request.setup.words;
    match request.night {
        None => rows
            .nights
            .last()
            .ok_or_else(|| super::study::nothing(words, "study.no_night")),
        Some(id) => {
            let found = rows.nights.iter().find(|night| night.night == id);
            found.ok_or_else(|| {
                let id = crate::output::fonts::drawable(id);
                ChartError::Nothing(words.fill("study.no_such_night", &[("night", &id)]))
            })
        }
    }
}

fn one_night(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let rows = NightRows {
        night: chosen(rows, request)?,
        movements: &rows.movements,
        hours: &rows.hours,
        spans: &rows.spans,
        traces: &rows.traces,
    };
    night::night(&rows, &request.setup)
}
