//! `trace`: the envelope second by second, from which charts and the report draw.

use jiff::SignedDuration;

use crate::model::body::Leg;
use crate::model::trace::NightTrace;
use crate::output::rows::Trace;
use crate::pipeline::legs::Place;
use crate::signal::robust;

/// Largest and median envelope of each second, in mg; `NaN` where there is nothing.
///
/// Seconds count from the first sample of the night, which another leg may have.
#[derive(Debug)]
pub struct Seconds {
    max_mg: Vec<f32>,
    median_mg: Vec<f32>,
}

impl Seconds {
    /// The rows of one night at one leg.
    pub fn into_trace(self, night_id: &str, leg: Option<Leg>) -> Option<Trace> {
        Trace::new(night_id, leg, self.max_mg, self.median_mg)
    }
}

/// The seconds of a trace in g.
pub fn seconds_of(trace: &NightTrace, place: &Place) -> Seconds {
    let rate = trace.rate.hz();
    let length = SignedDuration::from_millis((trace.duration_s() * 1000.0).round() as i64);
    let seconds = place.at(length).as_secs_f64().ceil().max(0.0) as usize;
    let index = |second: usize| {
        let own_s = place.own_s(second as f64).max(0.0);
        ((own_s * rate).ceil() as usize).min(trace.envelope.len())
    };
    let mut max_mg = Vec::with_capacity(seconds);
    let mut median_mg = Vec::with_capacity(seconds);
    let mut finite: Vec<f32> = Vec::with_capacity(rate.ceil() as usize + 1);
    for second in 0..seconds {
        let (from, to) = (index(second), index(second + 1));
        finite.clear();
        finite.extend(
            trace.envelope[from..to]
                .iter()
                .filter(|value| value.is_finite()),
        );
        max_mg.push(
            finite
                .iter()
                .copied()
                .reduce(f32::max)
                .map_or(f32::NAN, |g| g * 1000.0),
        );
        median_mg.push(robust::median(&mut finite).map_or(f32::NAN, |g| g * 1000.0));
    }
    Seconds { max_mg, median_mg }
}
