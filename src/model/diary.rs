//! What the wearer wrote down: ratings of severity, the times of the night, factors, medicines, laboratory values.
//!
//! A row belongs to a *night*, named by the date of its evening: the night of 3 March begins on the evening of 3 March,
//! also when the light went out after midnight. Laboratory values have dates of their own.

pub mod factor;
pub mod laboratory;
pub mod medicine;
pub mod rating;

use jiff::civil::{Date, DateTime};

pub use factor::{Factor, FactorKind, FactorValue, FactorWords};
pub use laboratory::{Finding, LabResult, LabTest, LabValue, Limit};
pub use medicine::{DayMedicines, Dose, DoseChange};
pub use rating::{Rating, Ratings};

/// One row: a night and the day before it, or the day alone.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryEntry {
    /// Line of the file, from 1.
    pub line: u64,
    /// Date of the evening on which the night begins.
    pub date: Date,
    /// When the wearer meant to sleep, by the clock on the wall.
    pub lights_out: Option<DateTime>,
    /// When the wearer got up, by the clock on the wall.
    pub lights_on: Option<DateTime>,
    /// Ratings of severity.
    pub ratings: Ratings,
    /// Index into [`Diary::factors`], and the value of that day.
    pub factors: Vec<(usize, FactorValue)>,
    /// Medicines of the day, as far as they were stated.
    pub medicines: DayMedicines,
    /// Supplements of the day, as far as they were stated.
    pub supplements: DayMedicines,
    /// Free tags; `None` when the row says nothing of tags, empty when it says there were none.
    pub tags: Option<Vec<String>>,
    /// Things that happened: a journey, an illness, a new bed.
    pub events: Vec<String>,
    /// Free text.
    pub notes: Option<String>,
}

impl DiaryEntry {
    /// An empty row of that line and date.
    pub fn new(line: u64, date: Date) -> Self {
        Self {
            line,
            date,
            lights_out: None,
            lights_on: None,
            ratings: Ratings::default(),
            factors: Vec::new(),
            medicines: DayMedicines::default(),
            supplements: DayMedicines::default(),
            tags: None,
            events: Vec::new(),
            notes: None,
        }
    }

    /// The value of a factor on that day.
    pub fn factor(&self, index: usize) -> Option<&FactorValue> {
        let (_, value) = self.factors.iter().find(|(of, _)| *of == index)?;
        Some(value)
    }
}

/// A cell that found no typed place: kept word for word, so that nothing that was written is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnplacedCell {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column of the table, from 1.
    pub column: usize,
    /// What the header calls the column; empty beyond the header.
    pub header: String,
    /// What the cell says.
    pub text: String,
}

/// Something that belongs on a time axis.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryEvent {
    /// The day from which it holds.
    pub date: Date,
    /// What happened.
    pub what: EventKind,
}

/// What happened on a day.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// A medicine was begun, ended, or taken in another dose.
    Medicine(DoseChange),
    /// The same for a supplement.
    Supplement(DoseChange),
    /// What the wearer wrote.
    Noted(String),
}

/// A diary: rows in order of date, factor columns, laboratory values in order of date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diary {
    /// Rows in order of date, then of line.
    pub entries: Vec<DiaryEntry>,
    /// The factor columns that rows refer to.
    pub factors: Vec<Factor>,
    /// Laboratory values in order of date.
    pub laboratory: Vec<LabValue>,
    /// Cells that found no typed place.
    pub unplaced: Vec<UnplacedCell>,
}

impl Diary {
    /// The rows of one night, in the order of the file.
    pub fn entries_on(&self, date: Date) -> &[DiaryEntry] {
        let from = self.entries.partition_point(|entry| entry.date < date);
        let to = self.entries.partition_point(|entry| entry.date <= date);
        &self.entries[from..to]
    }

    /// A rating of that night: of several rows the first that has one.
    pub fn rating_on(&self, date: Date, rating: Rating) -> Option<f64> {
        self.entries_on(date)
            .iter()
            .find_map(|entry| entry.ratings.value(rating))
    }

    /// What the words of each factor column are to a comparison, in the order of [`Self::factors`].
    pub fn factor_words(&self) -> Vec<FactorWords> {
        (0..self.factors.len())
            .map(|index| {
                FactorWords::of(self.entries.iter().filter_map(|entry| entry.factor(index)))
            })
            .collect()
    }

    /// Lights out and lights on of that night, each from the first row that has it.
    pub fn lights_on_date(&self, date: Date) -> (Option<DateTime>, Option<DateTime>) {
        let rows = self.entries_on(date);
        (
            rows.iter().find_map(|entry| entry.lights_out),
            rows.iter().find_map(|entry| entry.lights_on),
        )
    }

    /// The rating with which a study is told: the first of severity, IRLS, RLS-6 during the night, CGI that at least
    /// one row has.
    pub fn main_rating(&self) -> Option<Rating> {
        [
            Rating::Severity,
            Rating::Irls,
            Rating::Rls6(3),
            Rating::CgiSeverity,
        ]
        .into_iter()
        .find(|rating| {
            self.entries
                .iter()
                .any(|entry| entry.ratings.value(*rating).is_some())
        })
    }

    /// All tags that any row names, in order of first use.
    pub fn tag_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for tag in self
            .entries
            .iter()
            .flat_map(|entry| entry.tags.iter().flatten())
        {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(tag)) {
                names.push(tag);
            }
        }
        names
    }

    /// Everything that belongs on a time axis, in order of date.
    pub fn events(&self) -> Vec<DiaryEvent> {
        let days = |of: fn(&DiaryEntry) -> &DayMedicines| {
            let rows: Vec<(Date, &DayMedicines)> = self
                .entries
                .iter()
                .map(|entry| (entry.date, of(entry)))
                .collect();
            medicine::dose_changes(&rows)
        };
        let medicines = days(|entry| &entry.medicines)
            .into_iter()
            .map(|change| (change.date, EventKind::Medicine(change)));
        let supplements = days(|entry| &entry.supplements)
            .into_iter()
            .map(|change| (change.date, EventKind::Supplement(change)));
        let noted = self.entries.iter().flat_map(|entry| {
            let date = entry.date;
            entry
                .events
                .iter()
                .map(move |text| (date, EventKind::Noted(text.clone())))
        });
        let mut all: Vec<DiaryEvent> = medicines
            .chain(supplements)
            .chain(noted)
            .map(|(date, what)| DiaryEvent { date, what })
            .collect();
        all.sort_by_key(|event| event.date);
        all
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rated(line: u64, day: i8, severity: Option<f64>) -> DiaryEntry {
        let mut entry = DiaryEntry::new(line, date(2024, 3, day));
        entry.ratings.severity = severity;
        entry
    }

    #[test]
    fn of_two_rows_of_a_night_the_first_with_a_rating_counts() {
        let diary = Diary {
            entries: vec![
                rated(2, 3, None),
                rated(3, 3, Some(4.0)),
                rated(4, 4, Some(6.0)),
            ],
            ..Diary::default()
        };
        assert_eq!(diary.entries_on(date(2024, 3, 3)).len(), 2);
        assert_eq!(
            diary.rating_on(date(2024, 3, 3), Rating::Severity),
            Some(4.0)
        );
        assert_eq!(diary.rating_on(date(2024, 3, 5), Rating::Severity), None);
        assert_eq!(diary.main_rating(), Some(Rating::Severity));
    }

    #[test]
    fn events_come_in_order_of_date() {
        let mut journey = rated(2, 9, None);
        journey.events.push("journey".to_owned());
        let mut first = rated(3, 3, None);
        first.medicines =
            DayMedicines::whole(vec![Dose::named("pramipexole", Some((0.125, "mg")))]);
        let mut more = rated(4, 5, None);
        more.medicines = DayMedicines::whole(vec![Dose::named("Pramipexole", Some((0.25, "mg")))]);
        let diary = Diary {
            entries: vec![first, more, journey],
            ..Diary::default()
        };
        let events = diary.events();
        assert_eq!(events.len(), 2, "{events:?}");
        assert_eq!(events[0].date, date(2024, 3, 5));
        assert_eq!(events[1].what, EventKind::Noted("journey".to_owned()));
    }
}
