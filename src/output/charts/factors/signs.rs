//! How the values of a factor are drawn: a few results of a laboratory with their figures, a word each morning as squares.

use super::Factor;
use crate::output::charts::canvas::{Anchor, Area, Canvas, DrawError, Lettering, Stroke};
use crate::output::charts::dates::DateAxis;
use crate::output::charts::legend::diamond;
use crate::output::charts::page::cut;
use crate::output::charts::scale::Scale;
use crate::output::charts::theme;
use crate::output::fonts::{self, Weight, drawable};
use crate::output::rows::FactorRow;
use crate::output::words::Words;

/// From a sign to the words beside it, and from these to the next sign.
const ASIDE: f64 = 10.0;
/// Between words above their signs.
const BETWEEN: f64 = 8.0;
/// The widest that words may be.
const WIDEST: f64 = 160.0;

/// The signs of a factor, the same for all its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs<'a> {
    /// Bars for amounts.
    Bars,
    /// Squares for yes and no.
    Squares,
    /// Diamonds with what was found.
    Told,
    /// Squares for words that have no room: filled for the most frequent of them.
    Filled(&'a str),
}

/// Where words stand to their signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordsStand {
    Above,
    /// In a row too low for two lines.
    Beside,
}

impl<'a> Signs<'a> {
    /// The signs of a factor on an axis of days.
    pub(super) fn of(
        factor: &Factor<'a>,
        axis: DateAxis,
        stand: WordsStand,
        words: &Words,
    ) -> Self {
        if factor.is_yes_no() {
            return Self::Squares;
        }
        if factor
            .rows
            .iter()
            .all(|row| told(factor, row, words).is_none())
        {
            return Self::Bars;
        }
        if places(factor, axis, stand, words).is_some() {
            return Self::Told;
        }
        let n_values = factor.rows.iter().filter(|row| row.value.is_some()).count();
        match most_frequent(factor) {
            Some(word) if 2 * n_values < factor.rows.len() => Self::Filled(word),
            _ => Self::Bars,
        }
    }
}

/// The word that was written most often; of several, the first.
fn most_frequent<'a>(factor: &Factor<'a>) -> Option<&'a str> {
    let said = || factor.rows.iter().filter_map(|row| row.words.as_deref());
    let count = |word: &str| said().filter(|other| *other == word).count();
    let most = said().map(count).max()?;
    said().find(|word| count(word) == most)
}

/// Words with the middle of their place.
type Placed = (f64, String);

/// Words for the values of a factor, each clear of the others and, beside its sign, of the other signs; `None` when one of
/// them has no room.
fn places(
    factor: &Factor,
    axis: DateAxis,
    stand: WordsStand,
    words: &Words,
) -> Option<Vec<Placed>> {
    let (left, right) = axis.ends();
    let at = |row: Option<&&FactorRow>| row.map(|row| axis.px(row.date));
    let mut free_from = left;
    let mut placed = Vec::new();
    for (n, row) in factor.rows.iter().enumerate() {
        let Some(text) = told(factor, row, words) else {
            continue;
        };
        let text = cut(&text, Weight::Regular, theme::TEXT, WIDEST);
        let width = fonts::width(&text, Weight::Regular, theme::TEXT);
        let x = axis.px(row.date);
        let start = match stand {
            WordsStand::Above => (x - width / 2.0).clamp(left, (right - width).max(left)),
            WordsStand::Beside => {
                let before = n.checked_sub(1).and_then(|n| at(factor.rows.get(n)));
                let after = at(factor.rows.get(n + 1));
                let from = before.map_or(left, |before| before + ASIDE).max(free_from);
                let to = after.map_or(right, |after| after - ASIDE);
                [x + ASIDE, x - ASIDE - width]
                    .into_iter()
                    .find(|start| *start >= from && start + width <= to)?
            }
        };
        if start < free_from {
            return None;
        }
        free_from = start + width + BETWEEN;
        placed.push((start + width / 2.0, text));
    }
    Some(placed)
}

/// What is written at a value: words, and the figures of a laboratory.
fn told(factor: &Factor, row: &FactorRow, words: &Words) -> Option<String> {
    if let Some(text) = &row.words {
        return Some(drawable(text));
    }
    let value = row.value.filter(|_| factor.is_laboratory())?;
    Some(words.laboratory(value))
}

/// Draws the values of a factor into its row.
pub(super) fn draw(
    canvas: &mut Canvas,
    factor: &Factor,
    axis: DateAxis,
    (area, y): (Area, Scale),
    (signs, stand): (Signs, WordsStand),
    words: &Words,
) -> Result<(), DrawError> {
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
            let is_filled = match signs {
                Signs::Squares => row.value != Some(0.0),
                Signs::Filled(word) => row.words.as_deref() == Some(word),
                Signs::Bars | Signs::Told => false,
            };
            match (signs, row.value) {
                (Signs::Squares | Signs::Filled(_), _) if is_filled => {
                    pen.rect(place, theme::OTHER)?;
                }
                (Signs::Squares | Signs::Filled(_), _) => {
                    pen.frame(place, Stroke(theme::HATCH, theme::THIN))?;
                }
                (Signs::Bars, Some(value)) => {
                    let bar = Area {
                        top: y.px(value).min(y.px(0.0) - 1.0),
                        bottom: y.px(0.0).max(y.px(value)),
                        ..place
                    };
                    pen.rect(bar, theme::OTHER)?;
                }
                (_, value) => {
                    let colour = value.map_or(theme::SOFT, |_| theme::OTHER);
                    diamond(pen, (x, area.bottom - 12.0), 6.0, colour)?;
                }
            }
        }
        Ok(())
    })?;
    if signs != Signs::Told {
        return Ok(());
    }
    let baseline = match stand {
        WordsStand::Above => area.bottom - 24.0,
        WordsStand::Beside => area.bottom - 5.0,
    };
    let placed = places(factor, axis, stand, words).unwrap_or_default();
    canvas.layer("factor-words", |pen| {
        for (x, text) in &placed {
            let at = (*x, baseline);
            pen.text(text, at, Lettering::PLAIN.at(Anchor::Middle))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::output::words::Language;

    fn row(day: i8, value: Option<f64>, words: Option<&str>) -> FactorRow {
        FactorRow {
            date: date(2024, 5, day),
            factor: "x".into(),
            kind: if words.is_none() {
                "laboratory"
            } else {
                "other"
            }
            .into(),
            unit: None,
            value,
            words: words.map(str::to_owned),
        }
    }

    fn signs(rows: &[FactorRow], stand: WordsStand) -> (String, usize) {
        let words = Words::of(Language::English);
        let factor = Factor {
            name: "x",
            rows: rows.iter().collect(),
        };
        let days = [date(2024, 5, 1), date(2024, 5, 30)];
        let axis = DateAxis::over(days.into_iter(), (100.0, 700.0)).unwrap();
        let placed = places(&factor, axis, stand, &words);
        let signs = Signs::of(&factor, axis, stand, &words);
        (
            format!("{signs:?}"),
            placed.map_or(0, |placed| placed.len()),
        )
    }

    #[test]
    fn a_few_results_are_told_and_daily_ones_are_bars() {
        let few = [row(3, Some(38.0), None), row(20, Some(46.5), None)];
        for stand in [WordsStand::Above, WordsStand::Beside] {
            assert_eq!(signs(&few, stand), ("Told".into(), 2));
        }
        let daily: Vec<FactorRow> = (1..=30).map(|day| row(day, Some(6.3), None)).collect();
        for stand in [WordsStand::Above, WordsStand::Beside] {
            assert_eq!(signs(&daily, stand), ("Bars".into(), 0));
        }
    }

    #[test]
    fn daily_words_are_squares_filled_for_the_most_frequent() {
        let word = |day: i8| if day % 3 == 0 { "rain" } else { "sunny" };
        let daily: Vec<FactorRow> = (1..=30)
            .map(|day| row(day, None, Some(word(day))))
            .collect();
        let (found, placed) = signs(&daily, WordsStand::Beside);
        assert_eq!((found.as_str(), placed), ("Filled(\"sunny\")", 0));
    }

    #[test]
    fn the_last_day_has_its_words_before_its_sign() {
        let words = Words::of(Language::English);
        let last = row(30, None, Some("a long word"));
        let factor = Factor {
            name: "x",
            rows: vec![&last],
        };
        let days: [Date; 2] = [date(2024, 5, 1), date(2024, 5, 30)];
        let axis = DateAxis::over(days.into_iter(), (100.0, 700.0)).unwrap();
        let placed = places(&factor, axis, WordsStand::Beside, &words).unwrap();
        let half = fonts::width("a long word", Weight::Regular, theme::TEXT) / 2.0;
        assert!(placed[0].0 + half <= axis.px(last.date) - ASIDE + 1e-9);
    }
}
