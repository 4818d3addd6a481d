//! The diary as rows: ratings, events and factors on the time axis of the study.

use crate::analysis::associate::factor::{self, FactorSource};
use crate::model::diary::laboratory::Limit;
use crate::model::diary::{Diary, EventKind, FactorValue, LabResult, LabTest, LabValue, Rating};
use crate::output::rows::{EventRow, FactorRow, NightRow, RatingRow};
use crate::output::sentences;
use crate::output::words::Words;

/// One rating a scale and day, the main rating first, each in order of date.
pub fn rating_rows(diary: &Diary, nights: &[NightRow]) -> Vec<RatingRow> {
    let mut rows = Vec::new();
    for rating in ratings(diary) {
        let (scale_low, scale_high) = rating.range();
        for day in diary.entries.chunk_by(|a, b| a.date == b.date) {
            let Some(first) = day.first() else { continue };
            let Some(value) = day.iter().find_map(|entry| entry.ratings.value(rating)) else {
                continue;
            };
            rows.push(RatingRow {
                date: first.date,
                night: nights
                    .iter()
                    .find(|night| night.date == Some(first.date))
                    .map(|night| night.night.clone()),
                rating: rating.name().to_owned(),
                value,
                scale_low,
                scale_high,
            });
        }
    }
    rows
}

/// The scales of the diary, the one it is told with first.
fn ratings(diary: &Diary) -> Vec<Rating> {
    let main = diary.main_rating();
    let mut all = Rating::ALL.to_vec();
    all.sort_by_key(|rating| Some(*rating) != main);
    all
}

/// Changes of dose and what the wearer noted.
pub fn event_rows(diary: &Diary, words: &Words) -> Vec<EventRow> {
    let row = |(date, kind, label): (_, &str, String)| EventRow {
        date,
        kind: kind.to_owned(),
        label,
    };
    diary
        .events()
        .into_iter()
        .map(|event| match event.what {
            EventKind::Medicine(change) => (
                event.date,
                "medicine",
                sentences::dose_change(&change, words),
            ),
            EventKind::Supplement(change) => (
                event.date,
                "supplement",
                sentences::dose_change(&change, words),
            ),
            EventKind::Noted(text) => (event.date, "noted", text),
        })
        .map(row)
        .collect()
}

/// Every factor's values by day: columns, tags, medicines, supplements, laboratory values.
pub fn factor_rows(diary: &Diary) -> Vec<FactorRow> {
    let mut rows = Vec::new();
    for (index, of) in diary.factors.iter().enumerate() {
        for day in diary.entries.chunk_by(|a, b| a.date == b.date) {
            let Some(value) = day.iter().find_map(|entry| entry.factor(index)) else {
                continue;
            };
            let (value, words) = match value {
                FactorValue::Words(words) => (None, Some(words.clone())),
                number => (number.number(), None),
            };
            rows.push(FactorRow {
                date: day[0].date,
                factor: of.name.clone(),
                kind: of.kind.name().to_owned(),
                unit: of.unit.clone(),
                value,
                words,
            });
        }
    }
    for series in factor::series(diary) {
        if matches!(series.source, FactorSource::Column(_)) {
            continue;
        }
        rows.extend(series.days.iter().map(|(date, value)| FactorRow {
            date: *date,
            factor: series.name.clone(),
            kind: series.source.name().to_owned(),
            unit: series.unit.clone(),
            value: Some(*value),
            words: None,
        }));
    }
    for test in LabTest::ALL {
        let values = diary.laboratory.iter().filter(|value| value.test == test);
        rows.extend(values.map(laboratory_factor));
    }
    rows
}

fn laboratory_factor(value: &LabValue) -> FactorRow {
    let (amount, words) = result(value.result);
    let unit = value.test.unit().map(str::to_owned);
    FactorRow {
        date: value.date,
        factor: value.test.name().to_owned(),
        kind: "laboratory".to_owned(),
        words: match (amount, words) {
            // A bound is told whole, since the number alone is not the value.
            (Some(amount), Some(mark)) => Some(format!("{mark}{amount}")),
            (_, words) => words,
        },
        value: amount,
        unit,
    }
}

/// A test's outcome as a number and what the number does not say.
pub fn result(of: LabResult) -> (Option<f64>, Option<String>) {
    match of {
        LabResult::Amount { value, limit } => {
            let mark = match limit {
                Limit::Exact => None,
                Limit::Below => Some("<".to_owned()),
                Limit::Above => Some(">".to_owned()),
            };
            (Some(value), mark)
        }
        LabResult::Finding(finding) => (None, Some(finding.name().to_owned())),
    }
}
