//! The course of sleep: cycles of about 95 minutes, deep sleep early, REM late, short wakings between.
//!
//! Only as true as movement needs it: periodic movements keep to N1 and N2, restlessness to waking, and a scored night
//! needs stages to divide by.

use jiff::SignedDuration;

use super::random::Random;
use crate::model::night::{Stage, StageInterval};

/// Length of a scored epoch in seconds (AASM manual).
const EPOCH_S: f64 = 30.0;

/// Stages from lights out to lights on, without holes, in whole epochs but for the last.
pub(super) fn sleep_stages(
    r: &mut Random,
    lights_out_s: f64,
    lights_on_s: f64,
    age_years: f64,
) -> Vec<StageInterval> {
    let mut course = Course {
        at_s: lights_out_s,
        until_s: lights_on_s,
        stages: Vec::new(),
    };
    let older = ((age_years - 30.0) / 50.0).clamp(0.0, 1.0);
    course.add(Stage::Wake, r.log_normal(12.0, 0.5));
    let mut cycle = 0.0;
    while course.at_s < course.until_s {
        course.add(Stage::N1, r.between(2.0, 5.0));
        course.add(Stage::N2, r.between(15.0, 30.0));
        let deep = r.between(18.0, 35.0) - 9.0 * cycle - 12.0 * older;
        course.add(Stage::N3, deep);
        wake(r, &mut course, older);
        course.add(Stage::N2, r.between(15.0, 30.0));
        course.add(Stage::Rem, r.between(6.0, 12.0) + 6.0 * cycle);
        wake(r, &mut course, older);
        cycle += 1.0;
    }
    course.stages
}

/// A waking after sleep onset: more and longer in the old.
fn wake(r: &mut Random, course: &mut Course, older: f64) {
    if r.chance(0.5 + 0.3 * older) {
        course.add(Stage::Wake, r.log_normal(2.0 + 2.0 * older, 0.9).min(25.0));
        course.add(Stage::N1, r.between(1.0, 4.0));
    }
}

struct Course {
    at_s: f64,
    until_s: f64,
    stages: Vec<StageInterval>,
}

impl Course {
    fn add(&mut self, stage: Stage, minutes: f64) {
        let epochs = (minutes * 60.0 / EPOCH_S).round();
        if epochs < 1.0 || self.at_s >= self.until_s {
            return;
        }
        let end = (self.at_s + epochs * EPOCH_S).min(self.until_s);
        let (start, end_span) = (span(self.at_s), span(end));
        self.at_s = end;
        match self.stages.last_mut() {
            Some(last) if last.stage == stage => last.end = end_span,
            _ => self.stages.push(StageInterval {
                start,
                end: end_span,
                stage,
            }),
        }
    }
}

/// Seconds as a span of whole milliseconds.
pub(super) fn span(seconds: f64) -> SignedDuration {
    SignedDuration::from_millis((seconds * 1_000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_cover_the_night_without_holes() {
        for seed in 1..40 {
            let mut r = Random::stream(seed, "stages");
            let stages = sleep_stages(&mut r, 600.0, 28_000.0, 60.0);
            assert_eq!(stages[0].start, span(600.0));
            assert_eq!(stages[stages.len() - 1].end, span(28_000.0));
            assert!(stages.windows(2).all(|w| w[0].end == w[1].start));
            let asleep: i64 = stages
                .iter()
                .filter(|s| s.stage.is_sleep())
                .map(|s| (s.end - s.start).as_secs())
                .sum();
            assert!(asleep > 20_000, "{asleep} s asleep with seed {seed}");
        }
    }
}
