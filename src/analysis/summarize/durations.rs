//! How long movements last.

use crate::model::scored::CandidateMovement;
use crate::model::summary::Spread;

/// Mean, spread and extremes of the durations of joined movements, in seconds; `None` when there are none.
pub fn of<'a>(movements: impl Iterator<Item = &'a CandidateMovement>) -> Option<Spread> {
    Spread::of(movements.map(|movement| movement.duration().as_secs_f64()))
}
