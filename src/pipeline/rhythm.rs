//! The rhythm of a night: onsets as scored, and the envelope of its legs second by second.

use super::legs::OneClock;
use super::night::Worn;
use super::parallel;
use crate::analysis::summarize::periodicity::{self, RhythmParams};
use crate::model::night::Night;
use crate::model::scored::CandidateMovement;
use crate::model::summary::NightRhythm;

/// What analysis sees in the onsets of the candidates and in the envelope from lights out to lights on.
pub(super) fn of_night(
    worn: &[Worn],
    legs: &OneClock,
    movements: &[CandidateMovement],
    night: &Night,
) -> NightRhythm {
    let params = RhythmParams::default();
    let (envelope, (events, hours)) = parallel::both(
        || periodicity::of_envelope(&second_by_second(worn, legs, night), &params),
        || {
            let events = periodicity::of_movements(movements, night, &params);
            (events, periodicity::by_hour(movements, night, &params))
        },
    );
    NightRhythm {
        events,
        envelope: Some(envelope),
        hours,
    }
}

/// Mean envelope of each second since lights out, of the leg that moves more; `NaN` where nothing was recorded.
fn second_by_second(worn: &[Worn], legs: &OneClock, night: &Night) -> Vec<f32> {
    let start_s = night.lights_out.as_secs_f64();
    let seconds = (night.lights_on - night.lights_out).as_secs().max(0) as usize;
    let mut series = vec![f32::NAN; seconds];
    for (one, place) in worn.iter().zip(&legs.places) {
        let rate = one.trace.rate.hz();
        let envelope = &one.trace.envelope;
        let index = |second: usize| {
            let own_s = place.own_s(start_s + second as f64).max(0.0);
            ((own_s * rate).ceil() as usize).min(envelope.len())
        };
        for (second, value) in series.iter_mut().enumerate() {
            let within = &envelope[index(second)..index(second + 1)];
            let (mut sum, mut n) = (0.0_f32, 0.0_f32);
            for &at in within.iter().filter(|at| at.is_finite()) {
                sum += at;
                n += 1.0;
            }
            if n > 0.0 {
                // The larger of two, and a number before none.
                *value = value.max(sum / n);
            }
        }
    }
    series
}
