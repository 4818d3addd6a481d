//! The product's method: candidate movements put together across silent holds, each weighed by its [`Evidence`] and by how
//! far it resembles the others of its night.

use super::bursts::{self, Burst, Threshold};
use super::candidates::{self, GLUE_S, onset_and_end};
use super::classify::{Measured, measure, milliseconds};
use super::evidence::{Evidence, Neighbours};
use super::ground::Ground;
use super::posture::POSTURE_DEG;
use super::resemblance::{self, Look};
use super::starting::{blind_at, in_mg, thresholds};
use super::{DetectParams, Detection, FLOOR_STEP_S, MovementDetector, ParamsError, trains};
use crate::model::body::Leg;
use crate::model::movement::MovementClass;
use crate::model::trace::NightTrace;

/// Longest leg movement, in seconds (WASM/IRLSSG 2016).
const LONGEST_S: f64 = 10.0;

/// Bursts with hysteresis, joined across holds, weighed one by one.
#[derive(Debug, Clone)]
pub struct WeighingDetector {
    params: DetectParams,
}

impl WeighingDetector {
    /// Checks the settings.
    pub fn plan(params: DetectParams) -> Result<Self, ParamsError> {
        params.check()?;
        Ok(Self { params })
    }

    /// The class of a candidate that lasts so long, by what it is measured to be and whether it lies in a rhythmic train.
    fn class(&self, evidence: &Evidence, duration_s: f64, in_train: bool) -> MovementClass {
        let leg_like = evidence.log_odds() > f64::from(self.params.least_log_odds);
        if in_train && evidence.came_back() {
            MovementClass::Rhythmic
        } else if evidence.is_shaking() {
            MovementClass::Knock
        } else if leg_like && duration_s <= LONGEST_S {
            MovementClass::LegMovement
        } else if evidence.net_deg > f64::from(POSTURE_DEG) {
            MovementClass::Posture
        } else if leg_like {
            MovementClass::Long
        } else {
            MovementClass::Gross
        }
    }
}

impl MovementDetector for WeighingDetector {
    fn name(&self) -> &'static str {
        "weighing"
    }

    fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection {
        self.detect_on(&Ground::of(trace), trace, leg)
    }
}

impl WeighingDetector {
    /// The same for a trace whose ground has been measured.
    pub(super) fn detect_on(&self, ground: &Ground, trace: &NightTrace, leg: Leg) -> Detection {
        let rate = trace.rate.hz();
        let seconds = |sample: usize| sample as f64 / rate;
        let Ground {
            posture,
            changes,
            floor,
            ..
        } = ground;
        let (on, off) = thresholds(&self.params, trace, floor);
        let slow = |values| Threshold {
            values,
            step_s: f64::from(FLOOR_STEP_S),
        };
        let glue = (GLUE_S * rate).round() as usize;
        let found = bursts::find(&trace.envelope, rate, &slow(&on), &slow(&off), glue);
        let peaks = bursts::peaks(&trace.envelope, &found);
        let trains = trains::find_regular(&trace.envelope, &peaks, rate);
        let candidates = candidates::gather(trace, posture, &found, &self.params);
        let mut spans = trace.spans.clone();
        spans.extend(changes.iter().copied());
        spans.sort_by_key(|span| (span.start, span.end, span.kind));
        let weigh = |(n, &burst): (usize, &Burst)| -> (Measured, Evidence, Look) {
            let middle = seconds(burst.from + burst.to) / 2.0;
            let floor_g = slow(floor).at(middle);
            let before = n.checked_sub(1).map(|n| candidates[n].to);
            let after = candidates.get(n + 1).map(|next| next.from);
            let neighbours = Neighbours {
                end_before_s: before.map_or(0.0, seconds),
                onset_after_s: after.map_or(f64::INFINITY, seconds),
            };
            let mut measured = measure(trace, posture, burst, floor_g * 1000.0);
            let fast_share = measured.features.fast_share;
            let (evidence, look) = Evidence::of(trace, posture, burst, neighbours, fast_share);
            measured.features.net_tilt_deg = evidence.net_deg as f32;
            measured.features.held_tilt_deg = evidence.held_deg as f32;
            (measured.onset_s, measured.end_s) = onset_and_end(burst, rate);
            (measured, evidence, look)
        };
        let weighed: Vec<(Measured, Evidence, Look)> = candidates
            .iter()
            .enumerate()
            .map(weigh)
            .filter(|(measured, ..)| {
                let burst = measured.burst;
                let is_blind = |sample| blind_at(&spans, milliseconds(seconds(sample)));
                !is_blind(burst.from) && !is_blind(burst.to)
            })
            .collect();
        let looks: Vec<Look> = weighed.iter().map(|&(.., look)| look).collect();
        let leg_like: Vec<f64> = weighed
            .iter()
            .map(|(_, evidence, _)| evidence.leg_like())
            .collect();
        let movements = weighed
            .iter()
            .zip(resemblance::of_night(&looks, &leg_like))
            .map(|(&(measured, evidence, _), resemblance)| {
                let evidence = Evidence {
                    resemblance,
                    ..evidence
                };
                let in_train = lies_in(measured.burst, &trains);
                let duration_s = measured.end_s - measured.onset_s;
                measured.movement(leg, self.class(&evidence, duration_s, in_train))
            })
            .collect();
        Detection {
            movements,
            spans,
            floor_mg: in_mg(floor),
            on_threshold_mg: in_mg(&on),
            off_threshold_mg: in_mg(&off),
        }
    }
}

/// Whether more than half of a movement lies in one of the trains.
pub(super) fn lies_in(burst: Burst, trains: &[Burst]) -> bool {
    trains.iter().any(|train| {
        let shared = burst
            .to
            .min(train.to)
            .saturating_sub(burst.from.max(train.from));
        2 * shared > burst.to - burst.from
    })
}
