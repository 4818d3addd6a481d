//! No name says what the unit is: gravity names it, or it is asked for.

use super::Settled;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::physics::Rest;
use crate::ingest::scale::Seen;

/// The known scale on which the vector at rest is one g.
pub(super) fn by_gravity_alone(seen: &Seen) -> ReadResult<Settled> {
    let Some(unit) = seen.scale() else {
        return Err(no_scale(seen));
    };
    let mut settled = Settled::included(unit, "no name says so", seen, Vec::new());
    if matches!(seen.quiet.rest, Rest::Never | Rest::Carried) {
        settled.warnings.push(format!(
            "The unit rests on the length of the vector in movement alone ({}). Add --unit to be sure.",
            seen.words()
        ));
    }
    Ok(settled)
}

/// The refusal of numbers that no scale fits.
pub(super) fn no_scale(seen: &Seen) -> ReadError {
    ReadError::new(
        Refusal::NeedsUnit,
        format!(
            "No name says what the unit is, and {} fits none (g shows 1, m/s2 9.81, mg 1000, counts a power of two). Add --unit g, \
             --unit mg, --unit m/s2 or --counts-per-g N. If gravity was taken out of the numbers, add --gravity removed as well, \
             or export the acceleration with gravity (Sensor Logger: TotalAcceleration.csv, or Gravity.csv beside Accelerometer.csv).",
            seen.words()
        ),
    )
}

/// The refusal of counts that no converter's scale fits.
pub(super) fn unknown_counts(seen: &Seen) -> ReadError {
    ReadError::new(
        Refusal::NeedsUnit,
        format!(
            "The numbers are counts of a converter, and {} fits no scale that is known (64, 256, 2048, 4096, 8192, 16384 per g). \
             Add --counts-per-g N; with the sensor at rest on a table, N is the length of the vector.",
            seen.words()
        ),
    )
}
