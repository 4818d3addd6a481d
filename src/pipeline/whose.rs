//! Of a study of several people the nights of one: a course over nights, a diary and a report are one person's.

use std::collections::BTreeSet;
use std::path::Path;

use super::people::{as_typed, named};
use crate::error::{Error, Kind};
use crate::output::rows::{PersonRow, StudyRows};

/// Whose nights are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// One person's: the one named, or the only one there is.
    One(Option<&'a str>),
    /// Everybody's: each night stands for itself.
    All,
}

impl Whose<'_> {
    /// Leaves these nights.
    ///
    /// # Errors
    /// When one person's are wanted and nobody says whose, or nobody is called so.
    pub fn choose(self, rows: &mut StudyRows, study: &Path) -> Result<(), Error> {
        let refused = |told: String| {
            Err(Error::new(Kind::Usage, "read", told)
                .with_code("needs_person")
                .in_file(study.display().to_string()))
        };
        match self {
            Self::All => {}
            Self::One(Some(person)) => {
                let people = rows
                    .nights
                    .iter()
                    .filter_map(|night| night.person.as_deref());
                let people: BTreeSet<&str> = people.collect();
                if !people.contains(person) {
                    return refused(match named(&people).as_str() {
                        "" => "nobody said whose these nights are, so leave --person out. `legtrace analyze --people` says it."
                            .to_owned(),
                        names => format!("no night is of {person:?}. The column person of nights.csv has {names}."),
                    });
                }
                rows.keep_person(person);
            }
            Self::One(None) => {
                let people = PersonRow::several(&rows.nights);
                if let Some(first) = people.first() {
                    return refused(format!(
                        "holds nights of {} people ({}), and this is of one: add --person {}.",
                        people.len(),
                        named(&people),
                        as_typed(first)
                    ));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::SpanKind;
    use crate::output::rows::{FileRow, NightRow, SpanRow};

    fn study(of: &[(&str, Option<&str>)]) -> StudyRows {
        let whose = |person: &Option<&str>| person.map(str::to_owned);
        StudyRows {
            nights: of
                .iter()
                .map(|(night, person)| NightRow {
                    night: (*night).to_owned(),
                    person: whose(person),
                    ..NightRow::default()
                })
                .collect(),
            files: of
                .iter()
                .map(|(night, person)| FileRow {
                    night: Some((*night).to_owned()),
                    person: whose(person),
                    ..FileRow::default()
                })
                .collect(),
            spans: of
                .iter()
                .map(|(night, _)| SpanRow {
                    night: (*night).to_owned(),
                    leg: None,
                    kind: SpanKind::Gap,
                    start_utc: None,
                    start_local: None,
                    start_s: 0.0,
                    end_s: 1.0,
                    duration_s: 1.0,
                })
                .collect(),
            ..StudyRows::default()
        }
    }

    fn left(rows: &StudyRows) -> (Vec<&str>, usize, usize) {
        let nights = rows.nights.iter().map(|row| row.night.as_str()).collect();
        (nights, rows.files.len(), rows.spans.len())
    }

    fn choose(whose: Whose, rows: &mut StudyRows) -> Result<(), String> {
        let chosen = whose.choose(rows, Path::new("study"));
        chosen.map_err(|error| error.to_string())
    }

    const TWO: [(&str, Option<&str>); 4] = [
        ("1", Some("P 1")),
        ("2", Some("P2")),
        ("3", Some("P 1")),
        ("4", None),
    ];

    #[test]
    fn the_rows_of_one_person_are_left() {
        let mut rows = study(&TWO);
        choose(Whose::One(Some("P 1")), &mut rows).unwrap();
        assert_eq!(left(&rows), (vec!["1", "3"], 2, 2));
        let mut rows = study(&TWO);
        choose(Whose::All, &mut rows).unwrap();
        assert_eq!(left(&rows).0.len(), 4);
    }

    #[test]
    fn of_several_people_one_has_to_be_named() {
        let told = choose(Whose::One(None), &mut study(&TWO)).unwrap_err();
        assert!(told.contains("2 people (P 1, P2)"), "{told}");
        assert!(told.contains("--person \"P 1\""), "{told}");
        let told = choose(Whose::One(Some("P3")), &mut study(&TWO)).unwrap_err();
        assert!(
            told.contains("\"P3\"") && told.contains("P 1, P2"),
            "{told}"
        );
        let told = choose(Whose::One(Some("P3")), &mut study(&[("1", None)])).unwrap_err();
        assert!(told.contains("leave --person out"), "{told}");
    }

    #[test]
    fn one_person_need_not_be_named() {
        for of in [None, Some("P1")] {
            let mut rows = study(&[("1", of), ("2", of)]);
            choose(Whose::One(None), &mut rows).unwrap();
            assert_eq!(left(&rows).0.len(), 2);
        }
    }
}
