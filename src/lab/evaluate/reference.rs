//! What detections are held against.

use super::Against;
use crate::lab::simulate::TruthMovement;
use crate::model::movement::LegMovement;

/// A movement that there was.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The movement, with the class that a faultless detector would give it.
    pub movement: LegMovement,
    /// Whether a sensor on that leg could see it. A laboratory's scoring does not say, and all count as visible.
    pub visible: bool,
}

impl From<&TruthMovement> for Reference {
    fn from(truth: &TruthMovement) -> Self {
        Self {
            movement: truth.to_leg_movement(),
            visible: truth.visible,
        }
    }
}

impl From<LegMovement> for Reference {
    fn from(movement: LegMovement) -> Self {
        Self {
            movement,
            visible: true,
        }
    }
}

/// The movements of one reading of the reference.
pub(super) fn those(reference: &[Reference], which: Against) -> Vec<LegMovement> {
    let counts = |row: &&Reference| row.visible || which == Against::All;
    let chosen = reference.iter().filter(counts);
    chosen.map(|row| row.movement.clone()).collect()
}
