//! PLM an hour by the time on the clock: median and bands over nights.
//!
//! A point every half hour, each of the hour around it: shorter windows hold too few movements of one night. A night
//! counts at a point when it was observed there for half of the window or more.

use jiff::SignedDuration;

use crate::model::span::{SpanKind, uncovered};
use crate::model::study::{NightProfile, ProfilePoint, StudyNight};
use crate::signal::median_bootstrap::quantile_of_sorted;

/// From point to point.
const STEP_MIN: usize = 30;
/// The window around a point.
pub const WINDOW_MIN: usize = 60;
/// What a night must have been observed of the window.
const OBSERVED_MIN: f64 = 30.0;
/// Fewer nights have no quartiles, and no deciles: the percentile would lie outside of all nights but one. Nor have they a
/// median, unless the study has no more: at the ends of the night one early riser would draw a peak.
const FEWEST_FOR_QUARTILES: usize = 4;
const FEWEST_FOR_DECILES: usize = 10;
const DAY_MIN: usize = 1440;

/// The profile of these nights; empty when none has a wall clock.
pub(super) fn profile(nights: &[&StudyNight]) -> NightProfile {
    let minutes: Vec<Minutes> = nights
        .iter()
        .filter_map(|night| Minutes::of(night))
        .collect();
    let points: Vec<ProfilePoint> = (0..DAY_MIN)
        .step_by(STEP_MIN)
        .map(|at| {
            let mut rates: Vec<f64> = minutes.iter().filter_map(|night| night.rate(at)).collect();
            rates.sort_by(f64::total_cmp);
            point(at, &rates, minutes.len())
        })
        .collect();
    let seen = |point: &ProfilePoint| point.n_nights > 0;
    let (Some(first), Some(last)) = (points.iter().position(seen), points.iter().rposition(seen))
    else {
        return NightProfile::default();
    };
    NightProfile {
        points: points[first..=last].to_vec(),
    }
}

/// A point of the nights seen there, of so many with a clock in all.
fn point(after_noon_min: usize, sorted: &[f64], n_all: usize) -> ProfilePoint {
    let n_nights = sorted.len();
    let band = |fewest: usize, low: f64, high: f64| {
        let both = (
            quantile_of_sorted(sorted, low)?,
            quantile_of_sorted(sorted, high)?,
        );
        (n_nights >= fewest).then_some(both)
    };
    ProfilePoint {
        // Below 1440 by the loop above.
        after_noon_min: after_noon_min as u16,
        n_nights,
        median: quantile_of_sorted(sorted, 0.5)
            .filter(|_| n_nights >= FEWEST_FOR_QUARTILES.min(n_all)),
        quartiles: band(FEWEST_FOR_QUARTILES, 0.25, 0.75),
        deciles: band(FEWEST_FOR_DECILES, 0.1, 0.9),
    }
}

/// A night by the minutes of the clock, from noon to noon.
struct Minutes {
    /// Minutes observed; two where the clock goes back and shows the minute again.
    observed: Vec<f64>,
    movements: Vec<f64>,
}

impl Minutes {
    fn of(night: &StudyNight) -> Option<Self> {
        let (from, to) = night.in_bed;
        night.clock.local(from)?;
        let mut minutes = Self {
            observed: vec![0.0; DAY_MIN],
            movements: vec![0.0; DAY_MIN],
        };
        // A piece ends where the clock's minute does, so that none is split between two.
        let mut start = from;
        while start < to {
            let Some(at) = after_noon_ms(night, start) else {
                break;
            };
            let rest = 60_000 - at.rem_euclid(60_000);
            let end = (start + SignedDuration::from_millis(rest)).min(to);
            let seen = uncovered(&night.spans, start, end, SpanKind::is_unobserved);
            minutes.observed[minute(at)] += seen.as_secs_f64() / 60.0;
            start = end;
        }
        for onset in &night.plm_onsets {
            if let Some(at) = after_noon_ms(night, *onset) {
                minutes.movements[minute(at)] += 1.0;
            }
        }
        Some(minutes)
    }

    /// Movements an hour in the window around a time; `None` when too little was observed.
    fn rate(&self, after_noon_min: usize) -> Option<f64> {
        let from = after_noon_min + DAY_MIN - WINDOW_MIN / 2;
        let window = (from..from + WINDOW_MIN).map(|minute| minute % DAY_MIN);
        let observed: f64 = window.clone().map(|minute| self.observed[minute]).sum();
        let movements: f64 = window.map(|minute| self.movements[minute]).sum();
        (observed >= OBSERVED_MIN).then(|| movements / (observed / 60.0))
    }
}

fn minute(after_noon_ms: i64) -> usize {
    usize::try_from(after_noon_ms / 60_000)
        .unwrap_or(0)
        .min(DAY_MIN - 1)
}

/// Milliseconds on the clock since the last noon; `None` without a wall clock.
pub(super) fn after_noon_ms(night: &StudyNight, at: SignedDuration) -> Option<i64> {
    let time = night.clock.local(at)?.time();
    let since_midnight = i64::from(time.hour()) * 3_600_000
        + i64::from(time.minute()) * 60_000
        + i64::from(time.second()) * 1000
        + i64::from(time.millisecond());
    Some((since_midnight + 43_200_000) % 86_400_000)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::super::tests::night;
    use super::*;
    use crate::model::clock::RecordingClock;
    use crate::model::recording::StampKind;
    use crate::model::span::Span;

    fn at(profile: &NightProfile, clock: &str) -> ProfilePoint {
        *profile
            .points
            .iter()
            .find(|point| point.time().to_string() == clock)
            .unwrap()
    }

    #[test]
    fn a_point_is_the_hour_around_it() {
        // 23:00 is minute 0: six movements from 00:35 to 01:25, one at 02:00.
        let night = night(1, &[95, 105, 115, 125, 135, 145, 180]);
        let profile = profile(&[&night]);
        assert_eq!(at(&profile, "01:00:00").median, Some(6.0));
        assert_eq!(at(&profile, "02:00:00").median, Some(1.0));
        assert_eq!(at(&profile, "04:00:00").median, Some(0.0));
        let ends: Vec<String> = [profile.points.first(), profile.points.last()]
            .map(|point| point.unwrap().time().to_string())
            .to_vec();
        assert_eq!(ends, ["23:00:00", "07:00:00"]);
    }

    #[test]
    fn what_was_not_observed_leaves_the_denominator_or_the_point() {
        let mut night = night(1, &[95, 145]);
        let minutes = SignedDuration::from_mins;
        // 00:40 to 01:00 is missing, and all from 03:00 to 05:00.
        night.spans = vec![
            Span::new(SpanKind::Gap, minutes(100), minutes(120)),
            Span::new(SpanKind::OffLeg, minutes(240), minutes(360)),
            Span::new(SpanKind::Still, minutes(0), minutes(480)),
        ];
        let profile = profile(&[&night]);
        assert_eq!(at(&profile, "01:00:00").median, Some(2.0 / (40.0 / 60.0)));
        let dark = at(&profile, "04:00:00");
        assert_eq!((dark.n_nights, dark.median), (0, None));
    }

    #[test]
    fn bands_need_their_nights() {
        let nights: Vec<StudyNight> = (1..=10).map(|day| night(day, &[60; 4])).collect();
        let of = |n: usize| {
            let some: Vec<&StudyNight> = nights.iter().take(n).collect();
            at(&profile(&some), "00:00:00")
        };
        assert_eq!((of(3).quartiles, of(3).deciles), (None, None));
        assert_eq!((of(4).quartiles, of(4).deciles), (Some((4.0, 4.0)), None));
        assert_eq!(of(10).deciles, Some((4.0, 4.0)));
    }

    #[test]
    fn a_late_riser_draws_no_line_alone() {
        let of = |nights: usize| {
            let mut all: Vec<StudyNight> = (1..=9).map(|day| night(day, &[60])).collect();
            // The first two stay in bed until 08:00, with a movement every minute of the last hour.
            for late in &mut all[..2] {
                late.in_bed.1 = SignedDuration::from_hours(9);
                let minutes = (480..540).map(SignedDuration::from_mins);
                late.plm_onsets.extend(minutes);
            }
            let some: Vec<&StudyNight> = all.iter().take(nights).collect();
            at(&profile(&some), "07:30:00")
        };
        let end = of(9);
        assert_eq!((end.n_nights, end.median), (2, None));
        // With three nights in all, a point is of all three or has no line; with two it is of both.
        assert_eq!(of(3).median, None);
        assert_eq!(of(2).median, Some(60.0));
    }

    #[test]
    fn the_repeated_hour_counts_twice_below_and_above_the_line() {
        // Berlin, 27 October 2024: 03:00 becomes 02:00 at 01:00 UTC. In bed from 23:00 (21:00 UTC) for nine hours.
        let mut night = night(1, &[]);
        let start = "2024-10-26T21:00:00Z".parse::<jiff::Timestamp>().unwrap();
        night.clock = RecordingClock::new(
            i64::try_from(start.as_nanosecond()).unwrap(),
            StampKind::Utc,
            Some(TimeZone::get("Europe/Berlin").unwrap()),
        );
        night.in_bed.1 = SignedDuration::from_hours(9);
        // 02:30 in the first of the two hours, and in the second.
        night.plm_onsets = [210, 270].map(SignedDuration::from_mins).to_vec();
        let profile = profile(&[&night]);
        assert_eq!(at(&profile, "02:30:00").median, Some(1.0));
        assert_eq!(at(&profile, "07:00:00").n_nights, 1);
        assert_eq!(
            profile.points.last().unwrap().time().to_string(),
            "07:00:00"
        );
    }

    #[test]
    fn without_a_wall_clock_there_is_no_profile() {
        let mut night = night(1, &[1, 2, 3]);
        night.clock = RecordingClock::new(0, StampKind::Elapsed, None);
        assert_eq!(profile(&[&night]), NightProfile::default());
    }
}
