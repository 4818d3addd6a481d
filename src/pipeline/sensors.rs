//! What the sensors of a night could see: where several legs or pieces differ, the poorest speaks for the night.

use jiff::SignedDuration;

use super::night::{Found, Worn};
use crate::model::units::{GravityState, SampleRate};
use crate::signal::robust;

/// A shorter piece of a recording says nothing certain of its rate.
pub(super) const SAYS_A_RATE: SignedDuration = SignedDuration::from_secs(60);

/// The poorest of a night's sensors, figure by figure.
#[derive(Debug, Clone, Copy)]
pub struct Sensors {
    /// The lowest sampling rate.
    pub rate: SampleRate,
    /// The largest jitter of the stamps, in seconds.
    pub jitter_s: f64,
    /// The coarsest step of the values, in mg.
    pub resolution_mg: Option<f64>,
    /// Removed where any of them lacks gravity.
    pub gravity: GravityState,
    /// The highest median noise floor, in mg.
    pub floor_mg: Option<f64>,
    /// The highest median threshold for an onset, in mg.
    pub on_mg: Option<f64>,
    /// The highest median threshold for an end, in mg.
    pub off_mg: Option<f64>,
}

impl Sensors {
    /// Of the legs of a night, each with all pieces of its recording.
    pub(super) fn of(worn: &[Worn], found: &[Found]) -> Self {
        let first = worn[0].recording.survey();
        let surveys = || worn.iter().flat_map(|one| &one.recording.surveys);
        // a snippet says nothing certain of a rate
        let slowest = surveys()
            .filter(|survey| survey.duration() >= SAYS_A_RATE)
            .min_by(|one, other| one.rate.hz().total_cmp(&other.rate.hz()))
            .unwrap_or(first);
        let highest = |of: fn(&Found) -> &[f32]| {
            let medians = found.iter().filter_map(|one| middle(of(one)));
            medians.reduce(f64::max)
        };
        let without = surveys().any(|survey| survey.gravity == GravityState::Removed);
        Self {
            rate: slowest.rate,
            jitter_s: surveys().map(|survey| survey.jitter_s).fold(0.0, f64::max),
            resolution_mg: surveys()
                .filter_map(|survey| survey.resolution_g)
                .reduce(f64::max)
                .map(|g| g * 1000.0),
            gravity: match without {
                true => GravityState::Removed,
                false => first.gravity,
            },
            floor_mg: highest(|one| &one.detection.floor_mg),
            on_mg: highest(|one| &one.detection.on_threshold_mg),
            off_mg: highest(|one| &one.detection.off_threshold_mg),
        }
    }
}

/// The median of what is known.
fn middle(values: &[f32]) -> Option<f64> {
    let finite = values.iter().copied().filter(|value| value.is_finite());
    robust::median(&mut finite.collect::<Vec<f32>>()).map(f64::from)
}
