//! What every threshold stands on: posture and its changes, the noise floor, where the sensor was worn.
//!
//! It is the same for all settings; so a band of three thresholds costs little more than one.

use super::floor::{SecondMedians, noise_floor};
use super::posture::Posture;
use crate::analysis::prepare::wear;
use crate::model::span::Span;
use crate::model::trace::NightTrace;

/// A trace as detection sees it before any threshold.
pub struct Ground<'a> {
    pub(super) posture: Posture<'a>,
    /// Where posture changes, in order.
    pub(super) changes: Vec<Span>,
    /// In g, a value every [`super::FLOOR_STEP_S`].
    pub(super) floor: Vec<f32>,
    /// Still and off the leg.
    pub(super) wear: Vec<Span>,
}

impl<'a> Ground<'a> {
    /// Measures a trace in g.
    pub fn of(trace: &'a NightTrace) -> Self {
        Self::on(trace, Lay::of(trace), &SecondMedians::of(trace))
    }

    /// The same from its two halves, which do not need each other.
    pub fn on(trace: &NightTrace, lay: Lay<'a>, seconds: &SecondMedians) -> Self {
        Self {
            floor: noise_floor(trace, seconds, &lay.changes),
            posture: lay.posture,
            changes: lay.changes,
            wear: lay.wear,
        }
    }
}

/// How the limb lay: what gravity and the raw windows of a trace tell.
pub struct Lay<'a> {
    posture: Posture<'a>,
    changes: Vec<Span>,
    wear: Vec<Span>,
}

impl<'a> Lay<'a> {
    /// Looks at a trace in g.
    pub fn of(trace: &'a NightTrace) -> Self {
        let posture = Posture::of(trace);
        Self {
            changes: posture.changes(),
            posture,
            wear: wear(trace),
        }
    }
}
