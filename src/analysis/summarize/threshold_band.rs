//! The index at 0.7, 1 and 1.4 times the detection threshold: a band, printed beside the index.
//!
//! A threshold in mg is a choice (Yang 2014: it is valid only when fitted to the recording). The band is no confidence
//! interval; it shows how much the index owes to that choice. It need not be ordered: with more movements found, a
//! series may also be broken.

use super::{in_window, rates, time};
use crate::model::night::Night;
use crate::model::scored::ScoredList;
use crate::model::span::Span;
use crate::model::summary::ThresholdBand;

/// The factors on the threshold.
pub const FACTORS: [f32; 3] = [0.7, 1.0, 1.4];

/// From what was detected at each of [`FACTORS`], scored by the same rules.
pub fn threshold_band(night: &Night, spans: &[Span], scored: [&ScoredList; 3]) -> ThresholdBand {
    let over = time::observed(spans, night.lights_out, night.lights_on);
    let [at_0_7, at_1_0, at_1_4] =
        scored.map(|list| rates::plm(in_window(&list.movements, night), over));
    ThresholdBand {
        at_0_7,
        at_1_0,
        at_1_4,
    }
}
