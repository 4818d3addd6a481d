//! Severity beside the index, a point a night. The coefficient is hidden below ten pairs: it would say nothing.

use super::canvas::Stroke;
use super::legend::{Heading, Legend};
use super::plot::{Plot, RIGHT, Said, title_lines};
use super::scale::Law;
use super::{ChartError, Drawing, Request, Sheet, study, theme, trend};
use crate::output::fonts::drawable;
use crate::output::rows::{AssociationRow, PairRow, RatingRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 300.0;
/// Pairs below which no coefficient is shown.
const FEWEST: u32 = 10;
/// Half the width of the jitter that keeps equal ratings apart, in points of the scale.
const JITTER: f64 = 0.1;

/// Draws ratings against a measure of the night.
///
/// # Errors
/// When there is no pair of the measure, the rating and the lag.
pub fn scatter(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let pairs = pairs(rows, request);
    let Some(first) = pairs.first() else {
        return Err(study::nothing(words, "scatter.nothing"));
    };
    let said = rows.associations.iter().find(|row| {
        (&row.measure, &row.rating, &row.lag) == (&first.measure, &first.rating, &first.lag)
    });
    let rating = scale_of(rows, first);
    let heading = Heading::new(trend::rating_name(&[&rating], words), Legend::default());
    let lag = words.say(if first.lag == "next_day" {
        "scatter.next_day"
    } else {
        "scatter.same_night"
    });
    let said = Said {
        id: "scatter".into(),
        title: words.say("scatter.title").to_owned(),
        caption: words.fill(
            "scatter.caption",
            &[
                ("nights", &words.count("study.n_nights", pairs.len())),
                ("lag", lag),
                ("coefficient", &coefficient(said, pairs.len(), words)),
            ],
        ),
        alt: words.say("scatter.alt").to_owned(),
    };
    let name = measure_name(&first.measure, rows, words);
    let lines = title_lines(&name, request.setup.width - RIGHT).len();
    let below = lines.saturating_sub(1) as f64 * theme::LINE;
    let mut plot = Plot::new(&request.setup, said, &heading, (PANEL, below))?;
    let largest = pairs.iter().map(|pair| pair.value).fold(0.0, f64::max);
    let smallest = pairs.iter().map(|pair| pair.value).fold(0.0, f64::min);
    let is_rate = first.measure.contains("per_h");
    // A ratio from 0 to 1 has no long tail that a root would draw in.
    let x = if is_rate && smallest >= 0.0 {
        plot.x(Law::Root, (0.0, largest.max(1.0) * 1.06))
    } else {
        plot.x(
            Law::Linear,
            (smallest, largest + (largest - smallest) * 0.05),
        )
    };
    let labels: Vec<(f64, String)> = x
        .labels(52.0, words)
        .into_iter()
        .map(|(value, label)| (x.px(value), label))
        .collect();
    let uprights: Vec<f64> = labels.iter().map(|(px, _)| *px).collect();
    plot.uprights(&uprights)?;
    let pad = (rating.scale_high - rating.scale_low) * 0.05;
    let y = plot.y(
        Law::Linear,
        (rating.scale_low - pad, rating.scale_high + pad),
    )?;
    for (at, pair) in pairs.iter().enumerate() {
        let place = (x.px(pair.value), y.px(pair.rated + jitter(at)));
        let name = pair
            .date
            .map_or_else(|| drawable(&pair.night), |date| words.date(date));
        let title = format!(
            "{name}: {} / {}",
            words.number(pair.value, 2),
            words.number(pair.rated, 1)
        );
        plot.canvas.mark("pair", &title, |pen| {
            pen.disc(place, 5.0, theme::MAIN)?;
            pen.ring(place, 5.0, Stroke(theme::PAPER, 0.8))
        })?;
    }
    plot.x_axis(&labels, &name)?;
    let sheet = sheet(&pairs, rows, words);
    Ok(plot.finish(sheet))
}

/// The pairs that were asked for; of what was not named, that of the first pair.
fn pairs<'a>(rows: &'a StudyRows, request: &Request) -> Vec<&'a PairRow> {
    let asked = |pair: &PairRow| {
        pair.measure == request.measure.unwrap_or("plm_per_h")
            && request.rating.is_none_or(|rating| pair.rating == rating)
            && request.lag.is_none_or(|lag| pair.lag == lag)
    };
    let Some(first) = rows.pairs.iter().find(|pair| asked(pair)) else {
        return Vec::new();
    };
    rows.pairs
        .iter()
        .filter(|pair| asked(pair) && pair.rating == first.rating && pair.lag == first.lag)
        .collect()
}

/// The ends of the rating's scale, by the ratings of the diary; by the pairs themselves where it has none.
fn scale_of(rows: &StudyRows, pair: &PairRow) -> RatingRow {
    let known = rows.ratings.iter().find(|row| row.rating == pair.rating);
    known.cloned().unwrap_or_else(|| {
        let of = |other: &&PairRow| other.rating == pair.rating;
        let values = || rows.pairs.iter().filter(of).map(|pair| pair.rated);
        RatingRow {
            date: jiff::civil::Date::ZERO,
            night: None,
            rating: pair.rating.clone(),
            value: pair.rated,
            scale_low: values().fold(0.0, f64::min),
            scale_high: values().fold(10.0, f64::max),
        }
    })
}

/// What a measure is called on an axis.
pub(super) fn measure_name(measure: &str, rows: &StudyRows, words: &Words) -> String {
    match measure {
        "plm_per_h" => study::index_name(rows, words),
        "plm_per_h_aasm" => words.say("measure.plm_per_h_aasm").to_owned(),
        "periodicity_index_wasm" => words.say("measure.periodicity_index_wasm").to_owned(),
        "periodicity_index_ferri" => words.say("measure.periodicity_index_ferri").to_owned(),
        "lm_per_h" => words.say("measure.lm_per_h").to_owned(),
        "clm_per_h" => words.say("measure.clm_per_h").to_owned(),
        other => drawable(other),
    }
}

/// Whether a link was seen, in words, and the coefficient with its interval after them; or why there is none.
fn coefficient(said: Option<&AssociationRow>, n_pairs: usize, words: &Words) -> String {
    let shown = said
        .filter(|row| row.n >= FEWEST)
        .and_then(|row| Some((row, row.rho?)));
    let Some((row, rho)) = shown else {
        let key = if n_pairs < FEWEST as usize {
            "scatter.too_few"
        } else {
            "scatter.no_rho"
        };
        return words.fill(key, &[("fewest", &FEWEST.to_string())]);
    };
    let rho = words.number(rho, 2);
    let figures = match row.rho_low.zip(row.rho_high) {
        Some((low, high)) => words.fill(
            "scatter.rho_interval",
            &[
                ("rho", &rho),
                ("low", &words.number(low, 2)),
                ("high", &words.number(high, 2)),
            ],
        ),
        None => words.fill("scatter.rho", &[("rho", &rho)]),
    };
    let key = format!("scatter.link.{}", row.told);
    if words.has(&key) {
        words.fill(&key, &[("figures", &figures)])
    } else {
        figures
    }
}

/// The same for every drawing: multiples of the golden ratio spread evenly.
fn jitter(at: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let share = ((at as f64 + 1.0) * GOLDEN).fract();
    (share * 2.0 - 1.0) * JITTER
}

fn sheet(pairs: &[&PairRow], rows: &StudyRows, words: &Words) -> Sheet {
    let Some(first) = pairs.first() else {
        return Sheet::default();
    };
    let row = |pair: &&PairRow| {
        vec![
            pair.date
                .map_or_else(|| drawable(&pair.night), |date| words.date(date)),
            words.number(pair.value, 2),
            words.number(pair.rated, 1),
        ]
    };
    Sheet {
        head: vec![
            words.say("trend.date").to_owned(),
            measure_name(&first.measure, rows, words),
            trend::rating_word(&first.rating, words),
        ],
        rows: pairs.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;

    #[test]
    fn a_link_is_told_in_words_before_its_coefficient() {
        for language in Language::ALL {
            let words = Words::of(language);
            let mut seen = Vec::new();
            for told in ["not_seen", "seen_higher", "seen_lower", "of_tomorrow"] {
                let row = AssociationRow {
                    n: 21,
                    rho: Some(0.25),
                    rho_low: Some(-0.2),
                    rho_high: Some(0.6),
                    told: told.into(),
                    ..AssociationRow::default()
                };
                let said = coefficient(Some(&row), 21, &words);
                assert_eq!(said.contains('('), told != "of_tomorrow", "{said}");
                assert_eq!(
                    said.starts_with("Spearman"),
                    told == "of_tomorrow",
                    "{said}"
                );
                assert!(said.contains(&words.number(0.25, 2)), "{said}");
                seen.push(said);
            }
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), 4);
        }
    }

    #[test]
    fn jitter_stays_a_tenth_of_a_point() {
        assert!((0..500).all(|at| jitter(at).abs() <= JITTER));
        assert_ne!(jitter(0), jitter(1));
    }
}
