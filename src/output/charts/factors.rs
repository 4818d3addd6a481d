//! Dates and values of factors, each in a row of its own under the index, on one axis of days.

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering};
use super::dates::{DateAxis, hatch_missing};
use super::legend::{Heading, Legend, Sign, diamond};
use super::page::{self, Header, cut};
use super::plot::{self, AXIS_IN_A_ROW, GUTTER, RIGHT};
use super::scale::{Law, Scale};
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{self, Weight, drawable};
use crate::output::rows::{FactorRow, StudyRows};
use crate::output::words::Words;

/// Most factors on one page; the report puts the others into an annex.
const MOST: usize = 6;
const INDEX: f64 = 120.0;
const ROW: f64 = 56.0;
/// Rows and index that are less high tell nothing.
const LEAST_ROW: f64 = 18.0;
const LEAST_INDEX: f64 = 42.0;
/// A lower row has its words beside its signs.
const WORDS_ABOVE: f64 = 40.0;
/// Most that the names of factors take when they stand left of their rows.
const WIDEST_NAME: f64 = 210.0;

/// A factor with its values in order of date.
struct Factor<'a> {
    name: &'a str,
    rows: Vec<&'a FactorRow>,
}

impl<'a> Factor<'a> {
    /// Name, unit, and the value that the highest bar stands for: where no axis tells it.
    fn label_with_highest(&self, words: &Words) -> String {
        if self.is_laboratory() || self.is_yes_no() {
            return self.label(words);
        }
        let values = self.rows.iter().filter_map(|row| row.value);
        let highest = highest_of(values.fold(0.0, f64::max), words);
        let unit = self.rows.iter().find_map(|row| row.unit.as_deref());
        let unit = unit.map_or_else(String::new, |unit| format!(" {}", shown_unit(unit)));
        format!(
            "{} (≤ {highest}{unit})",
            study::factor_name(self.name, words)
        )
    }

    /// Name and unit.
    fn label(&self, words: &Words) -> String {
        let name = study::factor_name(self.name, words);
        match self.rows.iter().find_map(|row| row.unit.as_deref()) {
            Some(unit) => format!("{name} ({})", shown_unit(unit)),
            None => name,
        }
    }

    fn is_laboratory(&self) -> bool {
        self.rows.iter().any(|row| row.kind == "laboratory")
    }

    /// Whether its values are yes and no.
    fn is_yes_no(&self) -> bool {
        let is_yes_no = |row: &&FactorRow| {
            row.unit.is_none() && row.value.is_none_or(|value| value == 0.0 || value == 1.0)
        };
        self.rows.iter().all(is_yes_no)
    }

    /// The factors that are wanted, in that order, or all; and how many there are.
    fn all(rows: &'a StudyRows, wanted: &[&str]) -> (Vec<Self>, usize) {
        let mut found: Vec<Self> = Vec::new();
        for row in &rows.factors {
            match found.iter_mut().find(|factor| factor.name == row.factor) {
                Some(factor) => factor.rows.push(row),
                None => found.push(Self {
                    name: &row.factor,
                    rows: vec![row],
                }),
            }
        }
        let n_all = found.len();
        if !wanted.is_empty() {
            let place = |factor: &Self| wanted.iter().position(|name| *name == factor.name);
            found.retain(|factor| place(factor).is_some());
            found.sort_by_key(place);
        }
        (found, n_all)
    }
}

/// A unit as it is printed: tables keep to ASCII.
fn shown_unit(unit: &str) -> String {
    match unit.strip_prefix("ug") {
        Some(rest) => drawable(&format!("µg{rest}")),
        None => drawable(unit),
    }
}

/// Draws the factors that were asked for under the index; the first six when none was.
///
/// # Errors
/// When there is no factor.
pub fn factors(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let (setup, words) = (&request.setup, request.setup.words);
    let (all, n_all) = Factor::all(rows, request.factors);
    let most = if request.factors.is_empty() {
        MOST
    } else {
        all.len()
    };
    let shown = &all[..all.len().min(most)];
    let dates = study::dated(rows).map(|(date, ..)| date).chain(
        shown
            .iter()
            .flat_map(|factor| factor.rows.iter().map(|row| row.date)),
    );
    // A page that asks for a height has no room for a line of words above each row: names stand left of the rows.
    let names_beside = setup.height.is_some();
    let left = if names_beside {
        names_width(shown, words)
    } else {
        GUTTER
    };
    let axis = DateAxis::over(dates, (left, setup.width - RIGHT)).filter(|_| !shown.is_empty());
    let Some(axis) = axis else {
        return Err(study::nothing(words, "factors.nothing"));
    };
    let title = words.say("factors.title").to_owned();
    let caption = words.fill(
        "factors.caption",
        &[
            ("shown", &shown.len().to_string()),
            ("all", &n_all.to_string()),
            ("basis", &study::basis(rows, words)),
        ],
    );
    let alt = format!("{caption} {}", words.say("factors.alt"));
    let header = Header::new(setup, &title, &caption);
    let inner = setup.width - 2.0 * theme::EDGE;
    let mut missing = Legend::default();
    missing.add(Sign::Hatch(5.0, theme::PAPER), words.say("trend.missing"));
    let heading = Heading::new(study::index_name(rows, words), missing);
    let index_top = header.height() + heading.height(inner);
    let area = |top: f64, height: f64| Area {
        left,
        top,
        right: setup.width - RIGHT,
        bottom: top + height,
    };
    let n = shown.len() as f64;
    let between = if names_beside { 3.0 } else { theme::LINE + 6.0 };
    let around = index_top + theme::GAP + n * between - 4.0 + AXIS_IN_A_ROW + setup.below();
    let panels = setup.panels(around, INDEX + n * ROW, LEAST_INDEX + n * LEAST_ROW);
    let row_height = (panels * ROW / (INDEX + n * ROW)).max(LEAST_ROW);
    let index = area(index_top, panels - n * row_height);
    let row_top = |at: usize| index.bottom + theme::GAP + at as f64 * (row_height + between);
    let bottom = row_top(shown.len()) - 4.0;
    let mut canvas = Canvas::new(setup.width, (bottom + AXIS_IN_A_ROW + setup.below()).ceil());
    header.draw(&mut canvas)?;
    heading.draw(&mut canvas, theme::EDGE, header.height(), inner)?;
    draw_index(&mut canvas, rows, request, axis, index)?;
    let mut foot = index;
    for (at, factor) in shown.iter().enumerate() {
        if names_beside {
            foot = area(row_top(at), row_height);
            let name = factor.label_with_highest(words);
            let name = cut(&name, Weight::Bold, theme::TEXT, left - 8.0 - theme::EDGE);
            canvas.layer("factor-name", |pen| {
                pen.text(&name, (theme::EDGE, foot.bottom - 4.5), Lettering::STRONG)
            })?;
        } else {
            let name = cut(&factor.label(words), Weight::Bold, theme::TEXT, inner);
            let heading = Heading::new(name, Legend::default());
            heading.draw(&mut canvas, theme::EDGE, row_top(at), inner)?;
            foot = area(row_top(at) + theme::LINE + 2.0, row_height);
        }
        draw_factor(&mut canvas, factor, axis, foot, words)?;
    }
    plot::x_axis_in_a_row(
        &mut canvas,
        foot,
        &axis.ticks(words),
        words.say("axis.date"),
    )?;
    Ok(Drawing {
        svg: canvas.finish("factors", &title, &alt),
        sheet: sheet(shown, words),
        title,
        caption,
        alt,
    })
}

/// Room left of the rows for the longest name.
fn names_width(factors: &[Factor], words: &Words) -> f64 {
    let widest = factors
        .iter()
        .map(|factor| fonts::width(&factor.label_with_highest(words), Weight::Bold, theme::TEXT))
        .fold(GUTTER, f64::max);
    theme::EDGE + widest.min(WIDEST_NAME) + 10.0
}

fn draw_index(
    canvas: &mut Canvas,
    rows: &StudyRows,
    request: &Request,
    axis: DateAxis,
    area: Area,
) -> Result<(), DrawError> {
    let highest = study::dated(rows)
        .map(|(.., index)| index)
        .fold(4.0, f64::max);
    let y = Scale::new(Law::Linear, (0.0, highest * 1.08), (area.bottom, area.top));
    plot::level_axis(canvas, &request.setup, area, y)?;
    hatch_missing(
        canvas,
        area,
        &axis.missing(study::dated(rows).map(|(date, ..)| date)),
    )?;
    request.draw_line(canvas, area, y)?;
    canvas.layer("night", |pen| {
        let radius = (axis.day_width() * 0.42).clamp(1.6, 4.5);
        for (date, _, index) in study::dated(rows) {
            pen.disc((axis.px(date), y.px(index)), radius, theme::MAIN)?;
        }
        page::base_line(pen, area)
    })
}

/// Bars for amounts, squares for yes and no, diamonds for the laboratory, words as they are.
fn draw_factor(
    canvas: &mut Canvas,
    factor: &Factor,
    axis: DateAxis,
    area: Area,
    words: &Words,
) -> Result<(), DrawError> {
    canvas.layer("base", |pen| page::base_line(pen, area))?;
    let values = || factor.rows.iter().filter_map(|row| row.value);
    let highest = values().fold(0.0, f64::max).max(1e-9);
    let lowest = values().fold(0.0, f64::min);
    let is_low = area.height() < WORDS_ABOVE;
    let above = if is_low { 2.0 } else { 8.0 };
    let y = Scale::linear((lowest, highest), (area.bottom, area.top + above));
    let is_yes_no = factor.is_yes_no();
    let is_laboratory = factor.is_laboratory();
    if !is_yes_no && !is_laboratory && !is_low {
        canvas.layer("y-labels", |pen| {
            let label = highest_of(highest, words);
            let at = (area.left - 7.0, y.px(highest) + 5.5);
            pen.text(&label, at, Lettering::SOFT.at(Anchor::End))
        })?;
    }
    let half = (axis.day_width() * 0.4).clamp(0.8, 6.0);
    canvas.layer("factor-value", |pen| {
        for row in &factor.rows {
            let x = axis.px(row.date);
            let place = Area {
                left: x - half,
                top: area.bottom - 16.0,
                right: x + half,
                bottom: area.bottom - 16.0 + 2.0 * half,
            };
            match row.value {
                Some(value) if is_yes_no && value == 0.0 => {
                    pen.frame(place, super::canvas::Stroke(theme::HATCH, theme::THIN))?;
                }
                Some(_) if is_yes_no => pen.rect(place, theme::OTHER)?,
                Some(_) if is_laboratory => {
                    diamond(pen, (x, area.bottom - 12.0), 6.0, theme::OTHER)?;
                }
                Some(value) => {
                    let bar = Area {
                        top: y.px(value).min(y.px(0.0) - 1.0),
                        bottom: y.px(0.0).max(y.px(value)),
                        ..place
                    };
                    pen.rect(bar, theme::OTHER)?;
                }
                None => diamond(pen, (x, area.bottom - 12.0), 6.0, theme::SOFT)?,
            }
        }
        Ok(())
    })?;
    tell_values(canvas, factor, axis, area, words)
}

fn highest_of(highest: f64, words: &Words) -> String {
    words.number(highest, if highest < 2.0 { 2 } else { 0 })
}

/// The figures of the laboratory, and words, above their signs as far as there is room.
fn tell_values(
    canvas: &mut Canvas,
    factor: &Factor,
    axis: DateAxis,
    area: Area,
    words: &Words,
) -> Result<(), DrawError> {
    canvas.layer("factor-words", |pen| {
        let mut free_from = area.left;
        for row in &factor.rows {
            let Some(text) = told(factor, row, words) else {
                continue;
            };
            let text = cut(&text, Weight::Regular, theme::TEXT, 160.0);
            let half = fonts::width(&text, Weight::Regular, theme::TEXT) / 2.0;
            let (x, y) = if area.height() < WORDS_ABOVE {
                (axis.px(row.date) + 10.0 + half, area.bottom - 5.0)
            } else {
                (axis.px(row.date), area.bottom - 24.0)
            };
            let x = x.clamp(area.left + half, (area.right - half).max(area.left + half));
            if x - half >= free_from {
                pen.text(&text, (x, y), Lettering::PLAIN.at(Anchor::Middle))?;
                free_from = x + half + 8.0;
            }
        }
        Ok(())
    })
}

fn told(factor: &Factor, row: &FactorRow, words: &Words) -> Option<String> {
    if let Some(text) = &row.words {
        return Some(drawable(text));
    }
    let value = row.value.filter(|_| factor.is_laboratory())?;
    Some(words.laboratory(value))
}

/// A number with the decimals it has, three at most.
fn plain(value: f64, words: &Words) -> String {
    words.number(value, super::scale::decimals(value).min(3))
}

fn sheet(factors: &[Factor], words: &Words) -> Sheet {
    let row = |factor: &Factor, row: &FactorRow| {
        let value = match (&row.words, row.value) {
            (Some(text), _) => drawable(text),
            (None, Some(value)) if factor.is_laboratory() => words.laboratory(value),
            (None, Some(value)) => plain(value, words),
            (None, None) => words.say("format.none").to_owned(),
        };
        vec![factor.label(words), words.date(row.date), value]
    };
    Sheet {
        head: ["factors.factor", "trend.date", "factors.value"]
            .map(|key| words.say(key).to_owned())
            .to_vec(),
        rows: factors
            .iter()
            .flat_map(|factor| factor.rows.iter().map(|of| row(factor, of)))
            .collect(),
    }
}
