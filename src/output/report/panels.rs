//! The charts of the pages: which there are, how they are called, and what stands where one has nothing to show.

use super::content::{ON_THE_PAGE, compared, laboratory_is_told};
use super::voice::Voice;
use super::{ReportError, StudyView};
use crate::output::charts::{ChartError, Drawing, Furniture, Kind, Request, Setup, pooled_hours};
use crate::output::rows::StudyHourRow;

/// A chart's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Panel {
    Profile,
    Trend,
    Scatter,
    Strips,
    Intervals,
    Hourly,
    Calendar,
    Factors,
    Further,
    Actogram,
    Agreement,
}

impl Panel {
    /// As in the keys of the messages and the names of the sections.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Trend => "trend",
            Self::Scatter => "scatter",
            Self::Strips => "strips",
            Self::Intervals => "intervals",
            Self::Hourly => "hourly",
            Self::Calendar => "calendar",
            Self::Factors => "factors",
            Self::Further => "further",
            Self::Actogram => "actogram",
            Self::Agreement => "agreement",
        }
    }
}

/// What stands in a panel.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
    /// The chart.
    Chart(Box<Drawing>),
    /// Why there is none, in a sentence.
    Nothing(String),
}

/// Draws the charts of a study.
pub(super) struct Panels<'a> {
    view: &'a StudyView<'a>,
    voice: &'a Voice,
    /// Names of the factors, in the order in which they are shown.
    factors: Vec<&'a str>,
}

impl<'a> Panels<'a> {
    pub(super) fn new(view: &'a StudyView<'a>, voice: &'a Voice) -> Self {
        // Those that are compared first, in the order of the comparisons: table and chart show the same.
        let mut factors: Vec<&str> = Vec::new();
        let compared = compared(view.rows).into_iter().map(|row| &row.factor);
        let noted = view.rows.factors.iter().map(|row| &row.factor);
        let has_values = |name: &String| view.rows.factors.iter().any(|row| row.factor == *name);
        for name in compared.chain(noted).filter(|name| has_values(name)) {
            if !factors.contains(&name.as_str()) {
                factors.push(name);
            }
        }
        // Beyond the page stands what it does not tell already.
        let is_told = |name: &str| {
            let mut rows = view.rows.factors.iter().filter(|row| row.factor == name);
            laboratory_is_told(view.rows) && rows.all(|row| row.kind == "laboratory")
        };
        let mut at = 0;
        factors.retain(|name| {
            at += 1;
            at <= ON_THE_PAGE || !is_told(name)
        });
        Self {
            view,
            voice,
            factors,
        }
    }

    pub(super) fn voice(&self) -> &Voice {
        self.voice
    }

    /// Whether any factor has a value on a date.
    pub(super) fn has_factors(&self) -> bool {
        !self.view.rows.factors.is_empty()
    }

    /// Whether there are more factors than the two pages show or tell.
    pub(super) fn has_further_factors(&self) -> bool {
        self.factors.len() > ON_THE_PAGE
    }

    /// What only the HTML page has room for.
    pub(super) fn beyond_the_pages(&self) -> Vec<Panel> {
        let mut panels = vec![Panel::Actogram];
        if !self.view.rows.agreement.is_empty() {
            panels.push(Panel::Agreement);
        }
        panels
    }

    pub(super) fn heading(&self, panel: Panel) -> String {
        self.voice.by(&format!("report.panel.{}", panel.name()))
    }

    /// A chart of that width and, where it can be stretched, that height, in px.
    pub(super) fn draw(
        &self,
        panel: Panel,
        width: f64,
        height: Option<f64>,
    ) -> Result<Shown, ReportError> {
        let setup = Setup {
            width,
            height,
            furniture: Furniture::Bare,
            ..Setup::new(self.voice.words())
        };
        match self.chart(panel, setup) {
            Ok(drawing) => Ok(Shown::Chart(Box::new(drawing))),
            Err(ChartError::Nothing(_)) => {
                let why = self.voice.say(&format!("report.empty.{}", panel.name()));
                Ok(Shown::Nothing(why))
            }
            Err(error) => Err(ReportError::Chart(error)),
        }
    }

    fn chart(&self, panel: Panel, setup: Setup) -> Result<Drawing, ChartError> {
        let on_the_page = self.factors.len().min(ON_THE_PAGE);
        let mut request = Request::new(setup);
        // The rating that is set beside the nights is the one that is shown under them.
        let rated = self.view.rows.pairs.iter();
        request.rating = rated.map(|pair| pair.rating.as_str()).find(|rating| {
            self.view
                .rows
                .ratings
                .iter()
                .any(|row| row.rating == *rating)
        });
        request.factors = match panel {
            Panel::Further => &self.factors[on_the_page..],
            _ => &self.factors[..on_the_page],
        };
        if panel == Panel::Hourly {
            // Of all nights behind the figures, whether or not the study's folder has them as a table.
            let hours = StudyHourRow::of(self.view.summary);
            return pooled_hours(self.view.rows, &hours, &request);
        }
        let name = match panel {
            Panel::Further => Panel::Factors.name(),
            other => other.name(),
        };
        let kind = Kind::named(name).ok_or_else(|| ChartError::Nothing(name.to_owned()))?;
        (kind.draw)(self.view.rows, &request)
    }
}

/// Width and height of a drawing in px, as its first line says.
pub(super) fn size_px(svg: &str) -> Option<(f64, f64)> {
    let (root, _) = svg.split_once('>')?;
    let value = |name: &str| {
        let (_, rest) = root.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse::<f64>().ok()
    };
    let size = (value("width")?, value("height")?);
    (size.0 > 0.0 && size.1 > 0.0).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_that_of_the_root() {
        let svg = "<svg xmlns=\"x\" width=\"930\" height=\"212.5\" viewBox=\"0 0 1 1\"><rect width=\"1\"/></svg>";
        assert_eq!(size_px(svg), Some((930.0, 212.5)));
        assert_eq!(size_px("<svg width=\"0\" height=\"3\">"), None);
        assert_eq!(size_px("no picture"), None);
    }
}
