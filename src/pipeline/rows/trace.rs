//! `trace`: the envelope second by second, from which charts and the report draw.

use crate::model::body::Leg;
use crate::model::trace::NightTrace;
use crate::output::rows::Trace;
use crate::signal::robust;

/// Largest and median envelope of each second, in mg; `NaN` where there is nothing.
pub fn trace_of(night_id: &str, leg: Option<Leg>, trace: &NightTrace) -> Option<Trace> {
    let rate = trace.rate.hz();
    let seconds = trace.duration_s().ceil() as usize;
    let mut max_mg = Vec::with_capacity(seconds);
    let mut median_mg = Vec::with_capacity(seconds);
    let mut finite: Vec<f32> = Vec::with_capacity(rate.ceil() as usize + 1);
    for second in 0..seconds {
        let from = ((second as f64 * rate).ceil() as usize).min(trace.envelope.len());
        let to = (((second + 1) as f64 * rate).ceil() as usize).min(trace.envelope.len());
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
    Trace::new(night_id, leg, max_mg, median_mg)
}
