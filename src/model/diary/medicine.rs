//! Medicines and supplements: doses of a day, and the days on which a dose changed.

use jiff::civil::{Date, Time};

/// One intake.
#[derive(Debug, Clone, PartialEq)]
pub struct Dose {
    /// The medicine, as written.
    pub name: String,
    /// How much; `None` when only the name was written.
    pub amount: Option<Amount>,
    /// When, by the clock on the wall.
    pub time: Option<Time>,
    /// Word for word, with what has no field of its own (`in the evening`); empty for a dose that nobody wrote.
    pub as_written: String,
}

/// A number and its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// How many of the unit.
    pub value: f64,
    /// `mg`, `tablets`, …; empty when nobody said.
    pub unit: String,
}

impl Dose {
    /// A dose without a time.
    pub fn named(name: &str, amount: Option<(f64, &str)>) -> Self {
        Self {
            name: name.to_owned(),
            amount: amount.map(|(value, unit)| Amount {
                value,
                unit: unit.to_owned(),
            }),
            time: None,
            as_written: String::new(),
        }
    }
}

/// What a row says of medicines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DayMedicines {
    /// The doses it names; a dose of 0 says that none was taken.
    pub doses: Vec<Dose>,
    /// Whether the row lists all of the day (a filled `medicines` cell), so that what is missing was not taken. Columns
    /// of single medicines say nothing of others.
    pub whole_day: bool,
}

impl DayMedicines {
    /// All that was taken that day.
    pub fn whole(doses: Vec<Dose>) -> Self {
        Self {
            doses,
            whole_day: true,
        }
    }
}

/// How much of a medicine was taken on a day.
#[derive(Debug, Clone, PartialEq)]
pub enum DayDose {
    /// None.
    None,
    /// Taken, the amount unknown.
    Taken,
    /// The sum of the day's doses.
    Amount(Amount),
}

/// A day from which another dose was taken than on the stated day before.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseChange {
    /// The first day with the new dose.
    pub date: Date,
    /// The medicine, as first written.
    pub name: String,
    /// The dose before.
    pub from: DayDose,
    /// The dose from then on.
    pub to: DayDose,
}

/// The days' doses of one medicine, on the days that say something of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DoseHistory {
    /// The medicine, as first written.
    pub name: String,
    /// Date and dose, in order of date.
    pub days: Vec<(Date, DayDose)>,
}

impl DoseHistory {
    /// Whether the medicine is taken now and then: more than four times begun or left, and on more than a quarter of
    /// the stated days. Each such day is no change of dose but a factor of that day.
    pub fn is_as_needed(&self) -> bool {
        let toggles = self
            .days
            .windows(2)
            .filter(|pair| (pair[0].1 == DayDose::None) != (pair[1].1 == DayDose::None))
            .count();
        toggles > 4 && toggles * 4 > self.days.len()
    }

    /// The changes of dose. The first stated day is none: what was taken before is not known.
    pub fn changes(&self) -> Vec<DoseChange> {
        self.days
            .windows(2)
            .filter(|pair| pair[0].1 != pair[1].1)
            .map(|pair| DoseChange {
                date: pair[1].0,
                name: self.name.clone(),
                from: pair[0].1.clone(),
                to: pair[1].1.clone(),
            })
            .collect()
    }
}

/// The history of every medicine that the days name; days in order of date, rows of one date are one day.
pub fn histories(days: &[(Date, &DayMedicines)]) -> Vec<DoseHistory> {
    let mut names: Vec<&str> = Vec::new();
    for dose in days.iter().flat_map(|(_, day)| &day.doses) {
        if !names.iter().any(|name| same_name(name, &dose.name)) {
            names.push(&dose.name);
        }
    }
    names
        .into_iter()
        .map(|name| DoseHistory {
            name: name.to_owned(),
            days: days
                .chunk_by(|a, b| a.0 == b.0)
                .filter_map(|rows| {
                    let (date, _) = rows.first()?;
                    Some((*date, day_dose(name, rows)?))
                })
                .collect(),
        })
        .collect()
}

/// All changes of dose of medicines that are taken steadily, in order of date.
pub fn dose_changes(days: &[(Date, &DayMedicines)]) -> Vec<DoseChange> {
    let mut changes: Vec<DoseChange> = histories(days)
        .iter()
        .filter(|history| !history.is_as_needed())
        .flat_map(DoseHistory::changes)
        .collect();
    changes.sort_by_key(|change| change.date);
    changes
}

/// Whether two names are one medicine: their letters are the same, large or small.
pub fn same_name(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// The dose of a day; `None` when its rows say nothing of the medicine. Doses in different units cannot be summed: then
/// the medicine was taken, and no more is claimed.
fn day_dose(name: &str, rows: &[(Date, &DayMedicines)]) -> Option<DayDose> {
    let doses: Vec<&Dose> = rows
        .iter()
        .flat_map(|(_, day)| &day.doses)
        .filter(|dose| same_name(&dose.name, name))
        .collect();
    if doses.is_empty() {
        return rows
            .iter()
            .any(|(_, day)| day.whole_day)
            .then_some(DayDose::None);
    }
    let taken: Vec<&Dose> = doses
        .into_iter()
        .filter(|dose| dose.amount.as_ref().is_none_or(|amount| amount.value > 0.0))
        .collect();
    let Some(first) = taken.first() else {
        return Some(DayDose::None);
    };
    let Some(unit) = first.amount.as_ref().map(|amount| amount.unit.clone()) else {
        return Some(DayDose::Taken);
    };
    let mut sum = 0.0;
    for dose in &taken {
        match &dose.amount {
            Some(amount) if amount.unit == unit => sum += amount.value,
            _ => return Some(DayDose::Taken),
        }
    }
    // Tenths of milligrams do not add up in binary: 0.1 + 0.2 is no change against 0.3.
    let value = (sum * 1e6).round() / 1e6;
    Some(DayDose::Amount(Amount { value, unit }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn mg(name: &str, value: f64) -> Dose {
        Dose::named(name, Some((value, "mg")))
    }

    fn changes(days: &[(i8, DayMedicines)]) -> Vec<(i8, DayDose)> {
        let rows: Vec<(Date, &DayMedicines)> = days
            .iter()
            .map(|(day, medicines)| (date(2024, 3, *day), medicines))
            .collect();
        dose_changes(&rows)
            .into_iter()
            .map(|change| (change.date.day(), change.to))
            .collect()
    }

    #[test]
    fn two_halves_are_no_change_against_one_whole() {
        let once = DayMedicines::whole(vec![mg("ropinirole", 0.3)]);
        let twice = DayMedicines::whole(vec![mg("Ropinirole ", 0.1), mg("ropinirole", 0.2)]);
        assert_eq!(changes(&[(1, once), (2, twice)]), []);
    }

    #[test]
    fn a_blank_day_is_no_stop_and_an_empty_list_is_one() {
        let taken = DayMedicines::whole(vec![mg("gabapentin", 300.0)]);
        let silent = DayMedicines::default();
        assert_eq!(
            changes(&[(1, taken.clone()), (2, silent), (3, taken.clone())]),
            []
        );
        let none = DayMedicines::whole(Vec::new());
        assert_eq!(changes(&[(1, taken), (2, none)]), [(2, DayDose::None)]);
    }

    #[test]
    fn a_medicine_taken_now_and_then_has_no_changes_of_dose() {
        let taken = DayMedicines::whole(vec![mg("levodopa", 100.0)]);
        let none = DayMedicines::whole(Vec::new());
        let days: Vec<(i8, DayMedicines)> = (1..=12)
            .map(|day| {
                (
                    day,
                    if day % 2 == 0 {
                        taken.clone()
                    } else {
                        none.clone()
                    },
                )
            })
            .collect();
        assert_eq!(changes(&days), []);
    }

    #[test]
    fn units_that_differ_are_not_summed() {
        let mixed = DayMedicines::whole(vec![
            mg("iron", 100.0),
            Dose::named("iron", Some((1.0, "tablets"))),
        ]);
        let plain = DayMedicines::whole(vec![mg("iron", 100.0)]);
        assert_eq!(changes(&[(1, plain), (2, mixed)]), [(2, DayDose::Taken)]);
    }
}
