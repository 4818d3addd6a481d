//! Dates and values of factors, each in a row of its own under the index, on one axis of days.

mod signs;

use super::canvas::{Anchor, Area, Canvas, DrawError, Lettering};
use super::dates::DateAxis;
use super::legend::{Heading, Legend, Sign, open_diamond};
use super::page::{self, Header, cut};
use super::plot::{self, AXIS_IN_A_ROW, Crowded, GUTTER, RIGHT};
use super::scale::Scale;
use super::{ChartError, Drawing, Request, Sheet, index_panel, study, theme};
use crate::output::fonts::{self, Weight, drawable};
use crate::output::rows::{FactorRow, StudyRows};
use crate::output::words::Words;
use signs::{Signs, WordsStand};

/// Most factors on one page; the report puts the others into an annex.
const MOST: usize = 6;
const INDEX: f64 = 120.0;
const ROW: f64 = 56.0;
/// Above the highest night, as a share of it: the panel is lower than that of the trend, and a disc as large.
const HEADROOM: f64 = 1.08;
/// Rows and index that are less high tell nothing.
const LEAST_ROW: f64 = 18.0;
const LEAST_INDEX: f64 = 42.0;
/// A lower row has its words beside its signs.
const WORDS_ABOVE: f64 = 40.0;
/// Most that the names of factors take when they stand left of their rows.
const WIDEST_NAME: f64 = 230.0;
/// From the longest name to the row.
const AFTER_NAME: f64 = 10.0;

/// A factor with its values in order of date.
struct Factor<'a> {
    name: &'a str,
    rows: Vec<&'a FactorRow>,
}

impl<'a> Factor<'a> {
    /// What stands beside a row: name and unit, and what its signs mean where no axis tells it.
    fn label_beside(&self, signs: Signs, words: &Words) -> String {
        let name = study::factor_name(self.name, words);
        match signs {
            Signs::Bars => {
                let values = self.rows.iter().filter_map(|row| row.value);
                let highest = plain(values.fold(0.0, f64::max), words);
                let places = [("name", name.as_str()), ("highest", highest.as_str())];
                match self.unit(words) {
                    Some(unit) => {
                        let places = [places[0], places[1], ("unit", unit.as_str())];
                        words.fill("factors.up_to_unit", &places)
                    }
                    None => words.fill("factors.up_to", &places),
                }
            }
            Signs::Filled(word) => {
                let word = drawable(word);
                words.fill("factors.filled", &[("name", &name), ("word", &word)])
            }
            Signs::Squares | Signs::Told => self.label(words),
        }
    }

    /// Name and unit.
    fn label(&self, words: &Words) -> String {
        let name = study::factor_name(self.name, words);
        match self.unit(words) {
            Some(unit) => format!("{name} ({unit})"),
            None => name,
        }
    }

    /// The unit as it is printed.
    fn unit(&self, words: &Words) -> Option<String> {
        let unit = self.rows.iter().find_map(|row| row.unit.as_deref())?;
        Some(shown_unit(unit, words))
    }

    fn is_laboratory(&self) -> bool {
        self.rows.iter().any(|row| row.kind == "laboratory")
    }

    /// Whether its values are yes and no.
    fn is_yes_no(&self) -> bool {
        let is_yes_no = |row: &&FactorRow| {
            let is_either = row.value.is_none_or(|value| value == 0.0 || value == 1.0);
            row.unit.is_none() && row.words.is_none() && is_either
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

/// A unit as it is printed: tables keep to ASCII, and to English.
fn shown_unit(unit: &str, words: &Words) -> String {
    match unit.strip_prefix("ug") {
        Some(rest) => drawable(&format!("µg{rest}")),
        None => drawable(&words.named(&format!("unit.{unit}"), unit)),
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
    let dates = study::dated(rows).map(|of| of.date).chain(
        shown
            .iter()
            .flat_map(|factor| factor.rows.iter().map(|row| row.date)),
    );
    // A page that asks for a height has no room for a line of words above each row: names stand left of the rows.
    let names_beside = setup.height.is_some();
    let (widest, stand) = if names_beside {
        (theme::EDGE + WIDEST_NAME + AFTER_NAME, WordsStand::Beside)
    } else {
        (GUTTER, WordsStand::Above)
    };
    // What has room on the narrowest axis that names can leave.
    let narrowest = DateAxis::over(dates.clone(), (widest, setup.width - RIGHT));
    let Some(narrowest) = narrowest.filter(|_| !shown.is_empty()) else {
        return Err(study::nothing(words, "factors.nothing"));
    };
    let signs: Vec<Signs> = shown
        .iter()
        .map(|factor| Signs::of(factor, narrowest, stand, words))
        .collect();
    let names: Vec<String> = shown
        .iter()
        .zip(&signs)
        .map(|(factor, signs)| match (stand, signs) {
            (WordsStand::Above, Signs::Bars) => factor.label(words),
            _ => factor.label_beside(*signs, words),
        })
        .collect();
    let left = if names_beside {
        names_width(&names)
    } else {
        GUTTER
    };
    let axis = DateAxis::over(dates, (left, setup.width - RIGHT)).unwrap_or(narrowest);
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
    let mut legend = Legend::default();
    if study::dated(rows).any(|of| !of.is_used) {
        let label = words.say("study.legend_left_out");
        legend.add(Sign::OpenDiamond(theme::SOFT), label);
    }
    legend.add(Sign::Hatch(5.0, theme::PAPER), words.say("trend.missing"));
    let heading = Heading::new(study::index_name(rows, words), legend);
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
            let name = cut(
                &names[at],
                Weight::Bold,
                theme::TEXT,
                left - 8.0 - theme::EDGE,
            );
            canvas.layer("factor-name", |pen| {
                pen.text(&name, (theme::EDGE, foot.bottom - 4.5), Lettering::STRONG)
            })?;
        } else {
            let name = cut(&names[at], Weight::Bold, theme::TEXT, inner);
            let heading = Heading::new(name, Legend::default());
            heading.draw(&mut canvas, theme::EDGE, row_top(at), inner)?;
            foot = area(row_top(at) + theme::LINE + 2.0, row_height);
        }
        draw_factor(&mut canvas, factor, axis, foot, (signs[at], stand), words)?;
    }
    plot::x_axis_in_a_row(
        &mut canvas,
        foot,
        &axis.ticks(words),
        (words.say("axis.date"), Crowded::WordsGiveWay),
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
fn names_width(names: &[String]) -> f64 {
    let widest = names
        .iter()
        .map(|name| fonts::width(name, Weight::Bold, theme::TEXT))
        .fold(GUTTER, f64::max);
    theme::EDGE + widest.min(WIDEST_NAME) + AFTER_NAME
}

fn draw_index(
    canvas: &mut Canvas,
    rows: &StudyRows,
    request: &Request,
    axis: DateAxis,
    area: Area,
) -> Result<(), DrawError> {
    let figures = study::dated(rows).map(|of| of.index);
    let y = index_panel::draw(canvas, rows, request, (axis, area), figures, HEADROOM)?;
    let radius = axis.sign_radius();
    canvas.layer("night", |pen| {
        for of in study::dated(rows).filter(|of| of.is_used) {
            pen.disc((axis.px(of.date), y.px(of.index)), radius, theme::MAIN)?;
        }
        page::base_line(pen, area)
    })?;
    canvas.layer("night-left-out", |pen| {
        for of in study::dated(rows).filter(|of| !of.is_used) {
            let centre = (axis.px(of.date), y.px(of.index));
            open_diamond(pen, centre, radius, theme::SOFT)?;
        }
        Ok(())
    })
}

/// The row of a factor: its line, the figure of its highest bar where there is room, its values.
fn draw_factor(
    canvas: &mut Canvas,
    factor: &Factor,
    axis: DateAxis,
    area: Area,
    signs: (Signs, WordsStand),
    words: &Words,
) -> Result<(), DrawError> {
    canvas.layer("base", |pen| page::base_line(pen, area))?;
    let values = || factor.rows.iter().filter_map(|row| row.value);
    let highest = values().fold(0.0, f64::max).max(1e-9);
    let lowest = values().fold(0.0, f64::min);
    let is_low = area.height() < WORDS_ABOVE;
    let above = if is_low { 2.0 } else { 8.0 };
    let y = Scale::linear((lowest, highest), (area.bottom, area.top + above));
    if signs.0 == Signs::Bars && !is_low {
        canvas.layer("y-labels", |pen| {
            let at = (area.left - 7.0, y.px(highest) + 5.5);
            pen.text(&plain(highest, words), at, Lettering::SOFT.at(Anchor::End))
        })?;
    }
    signs::draw(canvas, factor, axis, (area, y), signs, words)
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
