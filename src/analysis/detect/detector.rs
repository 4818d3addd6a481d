//! The detector that the product uses.

use std::fmt;

use super::{DetectParams, Detection, Ground, MovementDetector, ParamsError, WeighingDetector};
use crate::analysis::prepare::{Bands, PlanError, RateTrust};
use crate::model::body::Leg;
use crate::model::movement::MovementClass;
use crate::model::span::SpanKind;
use crate::model::trace::NightTrace;
use crate::model::units::SampleRate;

/// Finds leg movements in a night's trace.
///
/// ```
/// use legtrace::analysis::detect::{DetectParams, Detector, MovementDetector};
/// use legtrace::analysis::prepare::TraceBuilder;
/// use legtrace::model::body::Leg;
/// use legtrace::model::recording::RawBlock;
/// use legtrace::model::units::{GravityState, SampleRate};
///
/// let rate = SampleRate::from_hz(50.0).ok_or("no rate")?;
/// let mut builder = TraceBuilder::plan(rate)?;
/// let mut block = RawBlock::default();
/// for k in 0..6000i64 {
///     let t = k as f64 / 50.0;
///     // Still but for two seconds after a minute.
///     let kick = if (60.0..62.0).contains(&t) { 0.2 * (20.0 * t).sin() } else { 0.0 };
///     block.push(k * 20_000_000, [kick as f32, 0.001 * (1.3 * t).sin() as f32, 1.0]);
/// }
/// builder.push(&block)?;
/// let trace = builder.finish(GravityState::Included).scaled(1.0);
///
/// let detector = Detector::plan(DetectParams::default(), rate)?;
/// let movements = detector.detect(&trace, Leg::Left).movements;
/// assert_eq!(movements.len(), 1);
/// assert!((movements[0].onset.as_secs_f64() - 60.0).abs() < 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Detector {
    method: WeighingDetector,
    trust: RateTrust,
}

impl Detector {
    /// Checks the settings and the rate of the samples that the trace was made from.
    pub fn plan(params: DetectParams, source_rate: SampleRate) -> Result<Self, DetectError> {
        Ok(Self {
            trust: RateTrust::of(source_rate).ok_or(PlanError { rate: source_rate })?,
            method: WeighingDetector::plan(params)?,
        })
    }

    /// How far movements at this rate can be trusted.
    pub fn trust(&self) -> RateTrust {
        self.trust
    }
}

impl MovementDetector for Detector {
    fn name(&self) -> &'static str {
        self.method.name()
    }

    fn bands(&self) -> Bands {
        self.method.bands()
    }

    fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection {
        self.detect_on(&Ground::of(trace), trace, leg)
    }
}

impl Detector {
    /// [`detect`](MovementDetector::detect) for a trace whose ground has been measured: for several thresholds on one
    /// night.
    pub fn detect_on(&self, ground: &Ground, trace: &NightTrace, leg: Leg) -> Detection {
        let mut found = self.method.detect_on(ground, trace, leg);
        for movement in &mut found.movements {
            let off = ground
                .wear
                .iter()
                .filter(|span| span.kind == SpanKind::OffLeg)
                .any(|span| span.contains(movement.onset));
            if off {
                movement.class = MovementClass::OffLeg;
            }
        }
        found.spans.extend(ground.wear.iter().copied());
        found
            .spans
            .sort_by_key(|span| (span.start, span.end, span.kind));
        found
    }
}

/// Why a detector cannot be planned.
#[derive(Debug, Clone, PartialEq)]
pub enum DetectError {
    /// A setting lies outside its bounds.
    Params(ParamsError),
    /// The rate is not taken.
    Rate(PlanError),
}

impl fmt::Display for DetectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Params(_) => f.write_str("the detection settings do not hold"),
            Self::Rate(_) => f.write_str("the samples are too slow or too fast"),
        }
    }
}

impl std::error::Error for DetectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Params(error) => Some(error),
            Self::Rate(error) => Some(error),
        }
    }
}

impl From<ParamsError> for DetectError {
    fn from(error: ParamsError) -> Self {
        Self::Params(error)
    }
}

impl From<PlanError> for DetectError {
    fn from(error: PlanError) -> Self {
        Self::Rate(error)
    }
}
