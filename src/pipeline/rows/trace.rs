//! `trace`: the envelope second by second, from which charts and the report draw.

use jiff::SignedDuration;

use crate::model::body::Leg;
use crate::model::trace::NightTrace;
use crate::output::rows::Trace;
use crate::pipeline::legs::Place;
use crate::signal::short_runs;

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
    let runs = (0..seconds).map(|second| index(second)..index(second + 1));
    let middles = short_runs::middles(&trace.envelope, runs);
    Seconds {
        max_mg: middles.iter().map(|of| of.largest * 1000.0).collect(),
        median_mg: middles.iter().map(|of| of.median * 1000.0).collect(),
    }
}
