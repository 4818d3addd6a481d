//! What the diary says of each factor, day by day.

use jiff::civil::Date;

use crate::model::diary::factor::is_same_word;
use crate::model::diary::medicine::{DayDose, DoseHistory, histories};
use crate::model::diary::{
    DayMedicines, Diary, DiaryEntry, FactorKind, FactorValue, FactorWords, LabTest,
};

/// What kind of thing a factor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorSource {
    /// A factor column.
    Column(FactorKind),
    /// A free tag.
    Tag,
    /// A medicine's dose of the day.
    Medicine,
    /// A supplement's.
    Supplement,
    /// A laboratory value that was measured on most nights.
    Laboratory,
}

impl FactorSource {
    /// As in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Column(kind) => kind.name(),
            Self::Tag => "tag",
            Self::Medicine => "medicine",
            Self::Supplement => "supplement",
            Self::Laboratory => "laboratory",
        }
    }
}

/// A factor's values by day.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorSeries {
    /// What it is called.
    pub name: String,
    /// What kind of thing it is.
    pub source: FactorSource,
    /// Unit of its values; `None` for yes and no.
    pub unit: Option<String>,
    /// Date and value, in order of date; 1 and 0 for yes and no.
    pub days: Vec<(Date, f64)>,
}

impl FactorSeries {
    /// The value on a day.
    pub fn on(&self, date: Date) -> Option<f64> {
        let at = self
            .days
            .binary_search_by_key(&date, |(day, _)| *day)
            .ok()?;
        self.days.get(at).map(|(_, value)| *value)
    }
}

/// Every factor of the diary: columns, tags, medicines, supplements. A column of two words is yes and no of the rarer one,
/// `weather: rain`.
pub fn series(diary: &Diary) -> Vec<FactorSeries> {
    let mut all = Vec::new();
    for (index, (factor, words)) in diary.factors.iter().zip(diary.factor_words()).enumerate() {
        let (name, days) = match words {
            FactorWords::Two([with, _]) => (
                format!("{}: {with}", factor.name),
                by_day(diary, |entry| match entry.factor(index)? {
                    FactorValue::Words(word) => {
                        Some(f64::from(u8::from(is_same_word(word, &with))))
                    }
                    _ => None,
                }),
            ),
            _ => (
                factor.name.clone(),
                by_day(diary, |entry| entry.factor(index)?.number()),
            ),
        };
        all.push(FactorSeries {
            name,
            source: FactorSource::Column(factor.kind),
            unit: factor.unit.clone(),
            days,
        });
    }
    for tag in diary.tag_names() {
        // Where tags are written at all, one that is not there was not.
        let days = by_day(diary, |entry| {
            let tags = entry.tags.as_ref()?;
            Some(f64::from(u8::from(
                tags.iter().any(|other| other.eq_ignore_ascii_case(tag)),
            )))
        });
        all.push(FactorSeries {
            name: tag.to_owned(),
            source: FactorSource::Tag,
            unit: None,
            days,
        });
    }
    for (source, of) in [
        (
            FactorSource::Medicine,
            (|entry| &entry.medicines) as fn(&DiaryEntry) -> &DayMedicines,
        ),
        (FactorSource::Supplement, |entry| &entry.supplements),
    ] {
        let rows: Vec<(Date, &DayMedicines)> = diary
            .entries
            .iter()
            .map(|entry| (entry.date, of(entry)))
            .collect();
        all.extend(
            histories(&rows)
                .iter()
                .map(|history| of_history(history, source)),
        );
    }
    all.retain(|series| !series.days.is_empty());
    all
}

/// Amounts of each laboratory test by day; of several on a day the first. A bound (`<0.6`) counts as its number: among
/// values above it, that leaves it the lowest rank, which is all that is asked of it.
pub fn laboratory_series(diary: &Diary) -> Vec<FactorSeries> {
    LabTest::ALL
        .into_iter()
        .map(|test| {
            let mut days: Vec<(Date, f64)> = diary
                .laboratory
                .iter()
                .filter(|value| value.test == test)
                .filter_map(|value| Some((value.date, value.amount()?)))
                .collect();
            days.dedup_by_key(|(date, _)| *date);
            FactorSeries {
                name: test.name().to_owned(),
                source: FactorSource::Laboratory,
                unit: test.unit().map(str::to_owned),
                days,
            }
        })
        .filter(|series| !series.days.is_empty())
        .collect()
}

/// A remedy's doses as numbers: amounts where all are in one unit, else taken or not.
fn of_history(history: &DoseHistory, source: FactorSource) -> FactorSeries {
    let mut units: Vec<&str> = Vec::new();
    let mut countable = true;
    for (_, dose) in &history.days {
        match dose {
            DayDose::Amount(amount) if !units.contains(&amount.unit.as_str()) => {
                units.push(&amount.unit)
            }
            DayDose::Taken => countable = false,
            DayDose::Amount(_) | DayDose::None => {}
        }
    }
    let amounts = countable && units.len() == 1;
    FactorSeries {
        name: history.name.clone(),
        source,
        unit: units
            .first()
            .filter(|_| amounts)
            .map(|unit| (*unit).to_owned()),
        days: history
            .days
            .iter()
            .map(|(date, dose)| {
                let value = match dose {
                    DayDose::None => 0.0,
                    DayDose::Amount(amount) if amounts => amount.value,
                    DayDose::Amount(_) | DayDose::Taken => 1.0,
                };
                (*date, value)
            })
            .collect(),
    }
}

/// The first value of each day that has one.
pub(super) fn by_day(
    diary: &Diary,
    value: impl Fn(&DiaryEntry) -> Option<f64>,
) -> Vec<(Date, f64)> {
    diary
        .entries
        .chunk_by(|a, b| a.date == b.date)
        .filter_map(|rows| {
            let found = rows.iter().find_map(&value)?;
            Some((rows.first()?.date, found))
        })
        .collect()
}
