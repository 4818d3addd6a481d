//! The figures at the right of each night's strip.

use super::{HEAD, head_at};
use crate::output::charts::canvas::{Anchor, Canvas, DrawError, Lettering};
use crate::output::charts::{Request, Sheet, study, theme, trend};
use crate::output::fonts::{self, Weight};
use crate::output::rows::{NightRow, StudyRows};
use crate::output::words::Words;

const BETWEEN: f64 = 16.0;

/// Columns of text, each as wide as its widest cell.
pub(super) struct Columns {
    heads: Vec<String>,
    /// Cells by row.
    cells: Vec<Vec<String>>,
    names: Vec<String>,
    /// Right edge of each column.
    rights: Vec<f64>,
    left: f64,
}

impl Columns {
    pub(super) fn of(rows: &StudyRows, nights: &[NightRow], request: &Request) -> Self {
        let words = request.setup.words;
        let rating = request
            .rating
            .or_else(|| rows.ratings.first().map(|r| r.rating.as_str()));
        let mut heads: Vec<String> = ["strips.index", "strips.pi", "strips.hours", "strips.grade"]
            .map(|key| words.say(key).to_owned())
            .to_vec();
        if rating.is_some() {
            heads.push(words.say("strips.rating").to_owned());
        }
        let cells: Vec<Vec<String>> = nights
            .iter()
            .map(|night| cells(rows, night, rating, words))
            .collect();
        let width = |column: usize| {
            let texts = cells.iter().filter_map(|row| row.get(column));
            texts
                .chain(heads.get(column))
                .map(|text| fonts::width(text, Weight::Regular, theme::TEXT))
                .fold(0.0, f64::max)
        };
        let mut right = request.setup.width - theme::EDGE;
        let mut rights = Vec::new();
        for column in (0..heads.len()).rev() {
            rights.insert(0, right);
            right -= width(column) + BETWEEN;
        }
        let rated = rating.map(|rating| trend::rating_word(rating, words));
        Self {
            names: std::iter::once(words.say("trend.date").to_owned())
                .chain([study::index_name(rows, words)])
                .chain(
                    ["strips.pi_long", "strips.hours_long", "trend.quality"]
                        .map(|key| words.say(key).to_owned()),
                )
                .chain(rated)
                .collect(),
            heads,
            cells: nights
                .iter()
                .zip(cells)
                .map(|(night, mut row)| {
                    let mut name = study::night_name(night, words);
                    if !rows.uses(night) {
                        name = format!("{name}, {}", words.say("study.legend_left_out"));
                    }
                    row.insert(0, name);
                    row
                })
                .collect(),
            rights,
            left: right + BETWEEN,
        }
    }

    pub(super) fn left(&self) -> f64 {
        self.left
    }

    pub(super) fn head_height(&self) -> f64 {
        HEAD
    }

    pub(super) fn draw_head(&self, canvas: &mut Canvas, bottom: f64) -> Result<(), DrawError> {
        for (head, right) in self.heads.iter().zip(&self.rights) {
            head_at(canvas, "column-head", head, (*right, bottom - 8.0))?;
        }
        Ok(())
    }

    pub(super) fn draw_row(
        &self,
        canvas: &mut Canvas,
        row: usize,
        base: f64,
        lettering: Lettering,
    ) -> Result<(), DrawError> {
        canvas.layer("figures", |pen| {
            let cells = self.cells.get(row).into_iter().flatten().skip(1);
            for (cell, right) in cells.zip(&self.rights) {
                pen.text(cell, (*right, base), lettering.at(Anchor::End))?;
            }
            Ok(())
        })
    }

    pub(super) fn sheet(&self) -> Sheet {
        Sheet {
            head: self.names.clone(),
            rows: self.cells.clone(),
        }
    }
}

fn cells(rows: &StudyRows, night: &NightRow, rating: Option<&str>, words: &Words) -> Vec<String> {
    let mut index = words.number_or_none(night.plm_per_h, 1);
    if night.at_least && night.plm_per_h.is_some() {
        index = format!("≥ {index}");
    }
    if let Some((low, high)) = night.plm_per_h_low.zip(night.plm_per_h_high) {
        index = format!(
            "{index} ({}–{})",
            words.number(low, 0),
            words.number(high, 0)
        );
    }
    let mut cells = vec![
        index,
        words.number_or_none(night.periodicity_index_ferri, 2),
        words.number(night.analysed_h, 1),
        night.grade.map_or_else(
            || words.say("format.none").to_owned(),
            |grade| grade.letter().to_string(),
        ),
    ];
    if let Some(rating) = rating {
        let rated = rows
            .ratings
            .iter()
            .find(|row| row.rating == rating && row.night.as_deref() == Some(&night.night));
        cells.push(words.number_or_none(
            rated.map(|row| row.value),
            rated.map_or(0, |row| usize::from(row.value.fract() != 0.0)),
        ));
    }
    cells
}
