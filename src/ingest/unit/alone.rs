//! No name says what the unit is: gravity names it, or it is asked for.

use super::claim::{Claimed, UnitClaim};
use super::{BELIEVED, Settled};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::physics::Rest;
use crate::ingest::scale::{Seen, short};
use crate::model::units::AccelUnit;

/// A window at rest spreads by no more than this share.
const STILL: f64 = 0.05;

/// The known scale on which the vector at rest is one g.
///
/// A length that no mean vector holds is movement's own, and fits a scale by chance.
pub(super) fn by_gravity_alone(claim: &UnitClaim, seen: &Seen) -> ReadResult<Settled> {
    if seen.quiet.rest == Rest::Never {
        return Err(no_scale(seen));
    }
    if let Some(middle) = seen.quiet.middle.filter(|_| seen.whole_numbers) {
        return Err(around_a_middle(middle));
    }
    let Some(unit) = seen.scale() else {
        return out_of_calibration(claim, seen).ok_or_else(|| no_scale(seen));
    };
    let mut settled = Settled::included(unit, "no name says so", seen, Vec::new());
    if seen.quiet.rest == Rest::Carried {
        settled.warnings.push(format!(
            "The unit rests on the length of the vector in movement alone ({}). Add --unit to be sure.",
            seen.words()
        ));
    }
    Ok(settled)
}

/// A vector that stands still is gravity's, and g, m/s2 and mg lie a power of ten apart: a sensor that shows 0.86 at rest
/// counts g and is out of calibration. Whole numbers may be counts of any scale, and columns that no name calls acceleration
/// may be anything: the place of a body in a room is as long.
fn out_of_calibration(claim: &UnitClaim, seen: &Seen) -> Option<Settled> {
    let still = matches!(seen.quiet.rest, Rest::Still(level) if level <= STILL);
    if !still || seen.whole_numbers || claim.unit != Claimed::Acceleration {
        return None;
    }
    let unit = AccelUnit::PHYSICAL
        .into_iter()
        .find(|unit| BELIEVED.contains(&seen.g(*unit)))?;
    let warning = format!(
        "No name says what the unit is; as {} the sensor shows {} g at rest instead of 1, out of calibration by {:.0} %. Add \
         --unit to be sure.",
        unit.name(),
        short(seen.g(unit)),
        (seen.g(unit) - 1.0).abs() * 100.0
    );
    Some(Settled::included(
        unit,
        "no name says so",
        seen,
        vec![warning],
    ))
}

/// The refusal of counts whose zero stands in the middle of the converter's range.
fn around_a_middle(middle: f64) -> ReadError {
    ReadError::new(
        Refusal::NeedsUnit,
        format!(
            "No name says what the unit is, and all three axes stay near {middle}, the middle of a converter's range: they seem to be \
             counts whose zero is there. Add --unit counts --zero-count {middle} --counts-per-g N; with one axis upright and then upside \
             down, N is half the difference. If they are not, add --unit g, mg or m/s2."
        ),
    )
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
