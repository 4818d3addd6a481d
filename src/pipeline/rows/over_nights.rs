//! `study`: the figures of all nights together; `people`: a person's in one row.

use super::hours::count;
use crate::analysis::summarize::study::{more_nights_to_halve, summarize};
use crate::model::study::{Basis, Figure, OverNights, StudySummary};
use crate::output::rows::{ByNight, MovementRow, NightRow, OverNightsRow, PersonRow, SpanRow};

/// Nights that are told together.
pub struct Together {
    /// Whose, where the study has nights of several people.
    person: Option<String>,
    /// How many there are.
    n_nights: usize,
    /// What they say.
    summary: StudySummary,
}

/// The nights that are told together: all of them, none for a single night; of several people those of each by
/// themselves, and none of what is of nobody named. Nights of two people are never told together.
pub fn together(
    nights: &[NightRow],
    movements: &[MovementRow],
    spans: &[SpanRow],
) -> Vec<Together> {
    let rows = ByNight::new(movements, spans);
    let of = |person: Option<&str>| {
        let is_theirs = |night: &&NightRow| person.is_none() || night.person.as_deref() == person;
        let told: Vec<_> = nights
            .iter()
            .filter(is_theirs)
            .map(|night| rows.study_night(night))
            .collect();
        Together {
            person: person.map(str::to_owned),
            n_nights: told.len(),
            summary: summarize(&told),
        }
    };
    let people = PersonRow::several(nights);
    if !people.is_empty() {
        people.into_iter().map(|person| of(Some(person))).collect()
    } else if nights.len() > 1 {
        vec![of(None)]
    } else {
        Vec::new()
    }
}

/// A row for each figure that any of the nights has.
pub fn over_nights_rows(together: &[Together]) -> Vec<OverNightsRow> {
    together.iter().flat_map(figures).collect()
}

/// A row for each person; none where the nights are of one.
pub fn person_rows(together: &[Together]) -> Vec<PersonRow> {
    together.iter().filter_map(person).collect()
}

fn person(of: &Together) -> Option<PersonRow> {
    let study = &of.summary;
    let index = study.figure(Figure::PlmPerH);
    let index = |value: fn(&OverNights) -> f64| index.map(value);
    let interval = study.figure(Figure::PlmPerH).and_then(|over| over.interval);
    let median = |figure| study.figure(figure).map(|over| over.median);
    Some(PersonRow {
        person: of.person.clone()?,
        n_nights: count(of.n_nights),
        n_used: count(study.used.len()),
        grade: study.grade,
        median_plm_per_h: index(|over| over.median),
        median_low_per_h: interval.map(|(low, _)| low),
        median_high_per_h: interval.map(|(_, high)| high),
        mean_plm_per_h: index(|over| over.mean),
        lowest_plm_per_h: index(|over| over.range.0),
        highest_plm_per_h: index(|over| over.range.1),
        median_plm_per_h_aasm: median(Figure::PlmPerHAasm),
        median_periodicity_index_wasm: median(Figure::PeriodicityWasm),
        median_periodicity_index_ferri: median(Figure::PeriodicityFerri),
        median_analysed_h: median(Figure::AnalysedH),
        more_nights: more_nights_to_halve(study.used.len()).map(count),
        basis: basis(study).to_owned(),
        at_least: study.at_least,
    })
}

fn figures(of: &Together) -> Vec<OverNightsRow> {
    let study = &of.summary;
    study
        .figures
        .iter()
        .map(|(figure, over)| OverNightsRow {
            person: of.person.clone(),
            figure: column(*figure).to_owned(),
            n_nights: count(over.n),
            median: over.median,
            median_low: over.interval.map(|(low, _)| low),
            median_high: over.interval.map(|(_, high)| high),
            mean: over.mean,
            q25: over.quartiles.0,
            q75: over.quartiles.1,
            lowest: over.range.0,
            highest: over.range.1,
            more_nights: more_nights_to_halve(over.n).map(count),
            basis: basis(study).to_owned(),
            at_least: study.at_least,
        })
        .collect()
}

fn basis(study: &StudySummary) -> &'static str {
    match study.basis {
        Basis::Sound => "sound",
        Basis::DoubtfulOnly => "doubtful only",
        Basis::OffTheLegs => "off the legs",
    }
}

/// The column of `nights` that holds a figure.
fn column(figure: Figure) -> &'static str {
    match figure {
        Figure::PlmPerH => "plm_per_h",
        Figure::PlmPerHAasm => "plm_per_h_aasm",
        Figure::PlmPerHAt07 => "plm_per_h_at_0_7x",
        Figure::PlmPerHAt14 => "plm_per_h_at_1_4x",
        Figure::PeriodicityFerri => "periodicity_index_ferri",
        Figure::PeriodicityWasm => "periodicity_index_wasm",
        Figure::AnalysedH => "analysed_h",
        Figure::InBedH => "in_bed_h",
        Figure::GapH => "gap_h",
        Figure::IdleH => "idle_h",
        Figure::OffLegH => "off_leg_h",
        Figure::EffectiveHz => "effective_hz",
        Figure::ResolutionMg => "resolution_mg",
        Figure::FloorMg => "floor_mg",
        Figure::OnThresholdMg => "on_threshold_mg",
        Figure::OffThresholdMg => "off_threshold_mg",
        Figure::CalibrationBeforeMg => "calibration_error_before_mg",
        Figure::CalibrationAfterMg => "calibration_error_after_mg",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quality::Grade;
    use crate::output::rows::Row;

    fn nights(rates: &[f64]) -> Vec<NightRow> {
        rates
            .iter()
            .zip(1..)
            .map(|(&rate, n)| NightRow {
                night: n.to_string(),
                plm_per_h: Some(rate),
                lights_on_s: 25_200.0,
                analysed_h: 7.0,
                grade: Some(Grade::A),
                ..NightRow::default()
            })
            .collect()
    }

    fn rows(nights: &[NightRow]) -> Vec<OverNightsRow> {
        over_nights_rows(&together(nights, &[], &[]))
    }

    #[test]
    fn every_figure_is_a_column_of_the_nights() {
        for figure in Figure::ALL {
            let known = NightRow::COLUMNS
                .iter()
                .any(|known| known.name == column(figure));
            assert!(known, "{figure:?}");
        }
    }

    #[test]
    fn seven_nights_say_how_many_more_would_halve_the_interval() {
        let rows = rows(&nights(&[3.0, 8.0, 1.0, 20.0, 12.0, 9.0, 30.0]));
        let index = rows.iter().find(|row| row.figure == "plm_per_h").unwrap();
        assert_eq!((index.n_nights, index.median), (7, 9.0));
        assert_eq!((index.lowest, index.highest), (1.0, 30.0));
        // A quarter of the variance of a median: three times as many again.
        assert_eq!(index.more_nights, Some(21));
        let (low, high) = (index.median_low.unwrap(), index.median_high.unwrap());
        assert!((1.0..9.0).contains(&low) && (9.1..=30.0).contains(&high));
    }

    #[test]
    fn few_nights_have_no_interval_and_one_is_no_study() {
        let two = rows(&nights(&[3.0, 8.0]));
        assert!(
            two.iter()
                .all(|row| row.median_low.is_none() && row.more_nights.is_none())
        );
        assert!(rows(&nights(&[3.0])).is_empty());
    }

    #[test]
    fn each_person_has_rows_of_their_own() {
        let mut all = nights(&[10.0, 100.0, 30.0, 20.0, 7.0]);
        for (night, person) in all.iter_mut().zip(["P1", "P2", "P1", "P1"]) {
            night.person = Some(person.to_owned());
        }
        // a night that nobody can use
        all[3].grade = Some(Grade::D);
        let told = together(&all, &[], &[]);
        let index: Vec<(Option<String>, u32, f64, f64)> = over_nights_rows(&told)
            .into_iter()
            .filter(|row| row.figure == "plm_per_h")
            .map(|row| (row.person, row.n_nights, row.median, row.mean))
            .collect();
        let of = |person: &str| Some(person.to_owned());
        assert_eq!(
            index,
            [(of("P1"), 2, 20.0, 20.0), (of("P2"), 1, 100.0, 100.0)]
        );
        let people = person_rows(&told);
        assert_eq!((people[0].n_nights, people[0].n_used), (3, 2));
        assert_eq!(people[0].median_plm_per_h, Some(20.0));
        assert_eq!(
            (people[1].lowest_plm_per_h, people[1].highest_plm_per_h),
            (Some(100.0), Some(100.0))
        );
        assert_eq!(people.len(), 2);
    }

    #[test]
    fn one_person_is_told_as_ever() {
        let mut all = nights(&[1.0, 2.0, 3.0]);
        let before = rows(&all);
        for night in &mut all {
            night.person = Some("P1".to_owned());
        }
        assert_eq!(rows(&all), before);
        assert!(person_rows(&together(&all, &[], &[])).is_empty());
    }
}
