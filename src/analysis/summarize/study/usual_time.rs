//! When most of the movements fall: the shortest stretch of the clock that holds half of them.
//!
//! The shortest half (the interval behind the "shorth", Andrews et al. 1972) needs no bins, follows one peak and is not
//! moved by what lies outside. Each night counts alike, so one restless night does not set the time for all.

use jiff::civil::Time;

use super::profile::after_noon_ms;
use crate::model::study::{StudyNight, UsualTime};

/// Fewer movements than this have no usual time (ours): half of ten is five, one run of a series and no more.
const FEWEST_MOVEMENTS: usize = 10;
/// The stretch is told to this many minutes.
const STEP_MIN: i64 = 10;

/// The usual time of most movements of these nights.
pub(super) fn usual_time(nights: &[&StudyNight]) -> Option<UsualTime> {
    let mut marks: Vec<(i64, f64)> = Vec::new();
    let mut n_nights = 0;
    for night in nights {
        let times: Vec<i64> = night
            .plm_onsets
            .iter()
            .filter_map(|onset| after_noon_ms(night, *onset))
            .collect();
        n_nights += usize::from(!times.is_empty());
        let weight = 1.0 / times.len() as f64;
        marks.extend(times.into_iter().map(|time| (time, weight)));
    }
    if marks.len() < FEWEST_MOVEMENTS {
        return None;
    }
    marks.sort_by_key(|(time, _)| *time);
    let (from, to) = shortest_half(&marks, n_nights as f64 / 2.0)?;
    Some(UsualTime {
        from: clock_time(from),
        to: clock_time(to),
        n_movements: marks.len(),
        n_nights,
    })
}

/// Start and end of the shortest run of marks with at least that weight; of several, the first.
fn shortest_half(marks: &[(i64, f64)], half: f64) -> Option<(i64, i64)> {
    // Weights are fractions whose sums round; a billionth of a night is no movement.
    const SLACK: f64 = 1e-9;
    let mut best: Option<(i64, i64)> = None;
    let mut end = 0;
    let mut inside = 0.0;
    for (start, (from, weight)) in marks.iter().enumerate() {
        while end < marks.len() && inside + SLACK < half {
            inside += marks[end].1;
            end += 1;
        }
        if inside + SLACK < half {
            break;
        }
        let to = marks[end.max(start + 1) - 1].0;
        if best.is_none_or(|(low, high)| to - from < high - low) {
            best = Some((*from, to));
        }
        inside -= weight;
    }
    best
}

/// The time on the clock so many milliseconds after noon, to the nearest step.
fn clock_time(after_noon_ms: i64) -> Time {
    let step_ms = STEP_MIN * 60_000;
    let minutes = ((after_noon_ms + step_ms / 2) / step_ms * STEP_MIN + 720).rem_euclid(1440);
    // Both parts are in range by the remainder above.
    Time::constant((minutes / 60) as i8, (minutes % 60) as i8, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::night;
    use super::*;

    #[test]
    fn the_shortest_half_is_found_among_all_pairs() {
        use crate::signal::noise::Noise;
        let mut noise = Noise::new(11);
        for _ in 0..200 {
            let n = noise.between(1, 30);
            let mut marks: Vec<(i64, f64)> = (0..n)
                .map(|_| (noise.between(0, 1000) as i64, 0.1 + noise.unit()))
                .collect();
            marks.sort_by_key(|(time, _)| *time);
            let half: f64 = marks.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
            let mut slow = i64::MAX;
            for from in 0..n {
                for to in from..n {
                    let inside: f64 = marks[from..=to].iter().map(|(_, weight)| weight).sum();
                    if inside + 1e-9 >= half {
                        slow = slow.min(marks[to].0 - marks[from].0);
                    }
                }
            }
            let (from, to) = shortest_half(&marks, half).unwrap();
            assert_eq!(to - from, slow, "{marks:?}");
        }
    }

    #[test]
    fn half_of_the_movements_lie_around_one() {
        // 23:00 is minute 0. Six movements around 01:00, four far away.
        let found = usual_time(&[&night(
            1,
            &[10, 118, 119, 120, 121, 122, 300, 400, 450, 470],
        )]);
        let found = found.unwrap();
        assert_eq!(found.from.to_string(), "01:00:00");
        assert_eq!(found.to.to_string(), "01:00:00");
        assert_eq!((found.n_movements, found.n_nights), (10, 1));
    }

    #[test]
    fn a_restless_night_does_not_set_the_time_for_all() {
        let late = night(1, &vec![400; 500]);
        let early = [2, 3].map(|day| night(day, &[60; 8]));
        let found = usual_time(&[&late, &early[0], &early[1]]).unwrap();
        assert_eq!(found.from.to_string(), "00:00:00");
        assert_eq!(found.n_nights, 3);
    }

    #[test]
    fn nine_movements_have_no_usual_time() {
        assert_eq!(usual_time(&[&night(1, &[60; 9])]), None);
        assert!(usual_time(&[&night(1, &[60; 10])]).is_some());
    }
}
