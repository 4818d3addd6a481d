//! From a night's trace to leg movements (LM): where one begins and ends, and what it looks like.
//!
//! Every detector is a [`MovementDetector`]; engineers swap in their own. What scoring does with a class stands in
//! [`MovementClass::role`](crate::model::movement::MovementClass::role), what becomes of an interval in
//! [`score`](crate::analysis::score).

mod axes;
mod bursts;
mod candidates;
mod classify;
mod detector;
mod evidence;
mod floor;
mod ground;
mod odds;
mod params;
mod posture;
mod resemblance;
mod starting;
mod trains;
mod weighing;

use crate::analysis::prepare::Bands;
use crate::model::body::Leg;
use crate::model::movement::LegMovement;
use crate::model::span::Span;
use crate::model::trace::NightTrace;

pub use detector::{DetectError, Detector};
pub use floor::SecondMedians;
pub use ground::{Ground, Lay};
pub use params::{DetectParams, ParamsError, Preset};
pub use starting::StartingDetector;
pub use weighing::WeighingDetector;

/// What finds movements in a trace. Planned beforehand; detecting cannot fail.
pub trait MovementDetector {
    /// A short name for tables: `starting`, `templates`, …
    fn name(&self) -> &'static str;

    /// The bands that its traces must be made with.
    fn bands(&self) -> Bands {
        Bands::default()
    }

    /// The movements of one leg, in order of onset, on whole milliseconds. The trace is in g.
    fn detect(&self, trace: &NightTrace, leg: Leg) -> Detection;
}

/// A night's movements and what they were held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// All classes, in order of onset.
    pub movements: Vec<LegMovement>,
    /// The trace's gaps, blind and idle stretches, and what was found besides: still, off the leg, changes of posture.
    /// In order of start.
    pub spans: Vec<Span>,
    /// Noise floor under the envelope in mg, one value every [`FLOOR_STEP_S`] seconds; `NaN` where nothing was seen.
    pub floor_mg: Vec<f32>,
    /// Envelope that a movement had to pass, in mg, on the same steps.
    pub on_threshold_mg: Vec<f32>,
    /// Envelope above which it goes on, likewise.
    pub off_threshold_mg: Vec<f32>,
}

/// Seconds between two values of [`Detection::floor_mg`].
pub const FLOOR_STEP_S: u32 = 5;
