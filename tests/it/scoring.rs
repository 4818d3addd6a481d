//! Scoring: the golden lists, cases at every limit worked by hand, the laws, and a slow plain scorer to hold the fast
//! one against.

mod boundaries;
mod golden;
mod golden_indices;
mod laws;
mod plain;

use jiff::SignedDuration;
use legtrace::model::body::Leg;
use legtrace::model::movement::{LegMovement, MovementClass};

/// A leg movement given in milliseconds.
pub fn movement(leg: Leg, onset_ms: i64, end_ms: i64) -> LegMovement {
    LegMovement {
        leg,
        onset: SignedDuration::from_millis(onset_ms),
        end: SignedDuration::from_millis(end_ms),
        class: MovementClass::LegMovement,
        features: None,
    }
}
