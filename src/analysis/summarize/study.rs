//! Several nights together: medians with their intervals, the usual time of most movements, the profile of the night.
//!
//! A median and not a mean: the index of a night is skewed, and one restless night should not speak for twenty.

mod hours;
mod more_nights;
mod over_nights;
mod profile;
mod usual_time;

use crate::model::quality::Grade;
use crate::model::study::{Basis, Figure, LeftOut, StudyNight, StudySummary};

pub use more_nights::more_nights_to_halve;
pub use over_nights::{FEWEST_FOR_AN_INTERVAL, over_nights};
pub use profile::WINDOW_MIN as PROFILE_WINDOW_MIN;

/// What the nights say together. Their order does not matter.
///
/// The figures are of the nights on a leg with an index and a grade of A to C. When there is none, they are of the
/// nights of grade D, and [`Basis`] says so; nights of a sensor away from the legs are never mixed with others.
pub fn summarize(nights: &[StudyNight]) -> StudySummary {
    let mut sorted: Vec<&StudyNight> = nights.iter().collect();
    sorted.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let basis = basis(&sorted);
    let mut used = Vec::new();
    let mut left_out = Vec::new();
    for night in sorted {
        match why_left_out(night, basis) {
            None => used.push(night),
            Some(reason) => left_out.push((night.id.clone(), reason)),
        }
    }
    let figure = |of: Figure| {
        let values: Vec<f64> = used.iter().filter_map(|night| night.figure(of)).collect();
        Some((of, over_nights(&values)?))
    };
    StudySummary {
        used: used.iter().map(|night| night.id.clone()).collect(),
        left_out,
        basis,
        at_least: used.iter().any(|night| night.at_least),
        grade: middle_grade(&used),
        figures: Figure::ALL.into_iter().filter_map(figure).collect(),
        usual_time: usual_time::usual_time(&used),
        profile: profile::profile(&used),
        hours: hours::hours(&used),
    }
}

fn basis(nights: &[&StudyNight]) -> Basis {
    let any =
        |of: &dyn Fn(&StudyNight) -> bool| nights.iter().any(|night| has_index(night) && of(night));
    if any(&|night| !night.off_the_legs && is_sound(night)) {
        Basis::Sound
    } else if any(&|night| !night.off_the_legs) {
        Basis::DoubtfulOnly
    } else if any(&|night| night.off_the_legs) {
        Basis::OffTheLegs
    } else {
        Basis::Sound
    }
}

fn has_index(night: &StudyNight) -> bool {
    night.figure(Figure::PlmPerH).is_some()
}

/// Of two in the middle, the worse.
fn middle_grade(nights: &[&StudyNight]) -> Option<Grade> {
    let mut grades: Vec<Grade> = nights.iter().filter_map(|night| night.grade).collect();
    grades.sort();
    grades.get(grades.len() / 2).copied()
}

/// A night without a grade is one whose maker judged nothing, such as an imported movement list.
fn is_sound(night: &StudyNight) -> bool {
    night.grade != Some(Grade::D)
}

fn why_left_out(night: &StudyNight, basis: Basis) -> Option<LeftOut> {
    if !has_index(night) {
        Some(LeftOut::NoIndex)
    } else if night.off_the_legs && basis != Basis::OffTheLegs {
        Some(LeftOut::OffTheLegs)
    } else if basis == Basis::Sound && !is_sound(night) {
        Some(LeftOut::GradeD)
    } else {
        None
    }
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::SignedDuration;
    use jiff::civil::date;

    use super::*;
    use crate::model::clock::RecordingClock;
    use crate::model::recording::StampKind;

    /// A night from 23:00 to 07:00 with movements so many minutes after 23:00.
    pub(super) fn night(day: i8, plm_minutes: &[i64]) -> StudyNight {
        let evening = date(2024, 3, day);
        let start = jiff::tz::TimeZone::UTC
            .to_timestamp(evening.at(23, 0, 0, 0))
            .unwrap();
        StudyNight {
            id: format!("night {day}"),
            date: Some(evening),
            clock: RecordingClock::new(
                i64::try_from(start.as_nanosecond()).unwrap(),
                StampKind::LocalCivil,
                None,
            ),
            in_bed: (SignedDuration::ZERO, SignedDuration::from_hours(8)),
            spans: Vec::new(),
            plm_onsets: plm_minutes
                .iter()
                .map(|minutes| SignedDuration::from_mins(*minutes))
                .collect(),
            figures: vec![
                (Figure::PlmPerH, plm_minutes.len() as f64 / 8.0),
                (Figure::AnalysedH, 8.0),
            ],
            grade: Some(Grade::A),
            off_the_legs: false,
            at_least: false,
        }
    }

    #[test]
    fn the_order_of_the_nights_does_not_matter() {
        let mut nights: Vec<StudyNight> = (1..=9)
            .map(|day| night(day, &vec![30; usize::try_from(day).unwrap()]))
            .collect();
        let forward = summarize(&nights);
        nights.reverse();
        assert_eq!(summarize(&nights), forward);
        assert_eq!(forward.used.len(), 9);
        assert_eq!(forward.figure(Figure::PlmPerH).unwrap().median, 5.0 / 8.0);
        assert_eq!(forward.figure(Figure::PeriodicityWasm), None);
    }

    #[test]
    fn a_doubtful_night_is_left_out_unless_there_is_no_better() {
        let mut doubtful = night(2, &[1, 2, 3]);
        doubtful.grade = Some(Grade::D);
        doubtful.at_least = true;
        let both = summarize(&[night(1, &[1]), doubtful.clone()]);
        assert_eq!(both.used, ["night 1"]);
        assert_eq!(both.left_out, [("night 2".to_owned(), LeftOut::GradeD)]);
        assert!(!both.at_least);
        let alone = summarize(&[doubtful]);
        assert_eq!(
            (alone.basis, alone.used.len(), alone.at_least),
            (Basis::DoubtfulOnly, 1, true)
        );
    }

    #[test]
    fn the_grade_is_that_of_the_middle_night() {
        let graded = |grades: &[Grade]| {
            let nights: Vec<StudyNight> = (1..)
                .zip(grades)
                .map(|(day, grade)| StudyNight {
                    grade: Some(*grade),
                    ..night(day, &[1])
                })
                .collect();
            summarize(&nights).grade
        };
        assert_eq!(graded(&[Grade::C, Grade::A, Grade::A]), Some(Grade::A));
        assert_eq!(graded(&[Grade::B, Grade::A]), Some(Grade::B));
        assert_eq!(graded(&[Grade::D]), Some(Grade::D));
        assert_eq!(graded(&[]), None);
    }

    #[test]
    fn a_wrist_never_speaks_for_a_leg() {
        let mut wrist = night(2, &[1, 2, 3]);
        wrist.off_the_legs = true;
        let both = summarize(&[night(1, &[1]), wrist.clone()]);
        assert_eq!(both.left_out, [("night 2".to_owned(), LeftOut::OffTheLegs)]);
        assert_eq!(summarize(&[wrist]).basis, Basis::OffTheLegs);
    }

    #[test]
    fn nights_without_an_index_give_no_figure() {
        let mut empty = night(1, &[]);
        empty
            .figures
            .retain(|(figure, _)| *figure != Figure::PlmPerH);
        let summary = summarize(&[empty]);
        assert_eq!(summary.left_out, [("night 1".to_owned(), LeftOut::NoIndex)]);
        assert!(summary.figures.is_empty() && summary.grade.is_none());
        assert_eq!(summarize(&[]), StudySummary::default());
    }
}
