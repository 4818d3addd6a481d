//! PLM an hour by the hour since the start of rest, all nights together.
//!
//! Movements of all nights over the hours of all nights, not a mean of rates: a night that ends ten minutes into an
//! hour weighs ten minutes there.

use jiff::SignedDuration;

use crate::model::span::{SpanKind, uncovered};
use crate::model::study::{StudyHour, StudyNight};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// No night is longer; a recording of days that was never cut is shown as far as this.
const MOST: usize = 24;
/// An hour in which less was observed in all nights together has no rate: one movement more or less would move it by
/// two an hour. Half a minute less than half an hour will do, since a window rarely ends on the sample.
const LEAST_OBSERVED_H: f64 = 0.5 - 0.5 / 60.0;

/// The hours from the first to the last in which anything was observed.
pub(super) fn hours(nights: &[&StudyNight]) -> Vec<StudyHour> {
    let mut hours: Vec<StudyHour> = (1..=MOST).map(|number| hour(nights, number)).collect();
    while hours.last().is_some_and(|hour| hour.n_nights == 0) {
        hours.pop();
    }
    hours
}

fn hour(nights: &[&StudyNight], number: usize) -> StudyHour {
    let mut hour = StudyHour {
        hour: number as u32,
        n_nights: 0,
        observed_h: 0.0,
        n_plm: 0,
        plm_per_h: None,
    };
    for night in nights {
        let (lights_out, lights_on) = night.in_bed;
        // At most a day by `MOST`.
        let start = lights_out + HOUR * (number as i32 - 1);
        let end = (start + HOUR).min(lights_on);
        if start >= end {
            continue;
        }
        let observed = uncovered(&night.spans, start, end, SpanKind::is_unobserved);
        if observed > SignedDuration::ZERO {
            hour.n_nights += 1;
        }
        hour.observed_h += observed.as_secs_f64() / 3600.0;
        hour.n_plm += night
            .plm_onsets
            .iter()
            .filter(|onset| (start..end).contains(onset))
            .count();
    }
    hour.plm_per_h =
        (hour.observed_h >= LEAST_OBSERVED_H).then(|| hour.n_plm as f64 / hour.observed_h);
    hour
}

#[cfg(test)]
mod tests {
    use super::super::tests::night;
    use super::*;
    use crate::model::span::Span;

    #[test]
    fn movements_of_all_nights_stand_over_the_time_of_all_nights() {
        let mut short = night(2, &[10, 70]);
        short.in_bed.1 = SignedDuration::from_mins(90);
        short.spans = vec![Span::new(
            SpanKind::Gap,
            SignedDuration::from_mins(0),
            SignedDuration::from_mins(30),
        )];
        let hours = hours(&[&night(1, &[5, 20, 59, 60]), &short]);
        assert_eq!(hours.len(), 8);
        let first = &hours[0];
        assert_eq!((first.n_nights, first.n_plm, first.observed_h), (2, 4, 1.5));
        assert_eq!(first.plm_per_h, Some(4.0 / 1.5));
        assert_eq!((hours[1].n_plm, hours[1].observed_h), (2, 1.5));
        assert_eq!((hours[7].n_nights, hours[7].plm_per_h), (1, Some(0.0)));
    }

    #[test]
    fn too_little_time_has_no_rate_and_no_night_no_hours() {
        let mut brief = night(1, &[1]);
        brief.in_bed.1 = SignedDuration::from_mins(20);
        assert_eq!(hours(&[&brief])[0].plm_per_h, None);
        assert_eq!(hours(&[]), []);
        // Half an hour less a second, as a recording of 25 Hz has it that was begun by hand.
        brief.in_bed.1 = SignedDuration::from_secs(1799);
        let rate = hours(&[&brief])[0].plm_per_h.unwrap();
        assert!((rate - 3600.0 / 1799.0).abs() < 1e-12, "{rate}");
        brief.in_bed.1 = SignedDuration::from_mins(29);
        assert_eq!(hours(&[&brief])[0].plm_per_h, None);
    }
}
