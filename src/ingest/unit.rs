//! The unit, settled between what names say and what gravity says. They must agree; else the user is asked.

mod alone;
mod claim;
mod flag;
mod named;

pub(super) use claim::{Claimed, UnitClaim};

use super::error::{ReadError, ReadResult, Refusal};
use super::options::ReadOptions;
use super::physics::Quiet;
use super::scale::Seen;
use crate::model::recording::Decision;
use crate::model::units::{AccelUnit, GravityState};

/// A named unit is believed within these bounds, those of the thresholds' band (FORMATS.md, "Bounds of reading").
const BELIEVED: std::ops::RangeInclusive<f64> = 0.7..=1.4;
/// Below this share of a g at rest, gravity is not in the numbers.
const NO_GRAVITY: f64 = 0.5;
/// Above this, at rest, no body lives: the numbers are broken.
const ABSURD_G: f64 = 1_000.0;

/// The unit, and why.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub unit: AccelUnit,
    pub gravity: GravityState,
    pub decisions: Vec<Decision>,
    pub warnings: Vec<String>,
}

/// Settles the unit of a whole recording.
pub(super) fn settle(
    claim: &UnitClaim,
    quiet: Option<Quiet>,
    whole_numbers: bool,
    options: &ReadOptions,
) -> ReadResult<Settled> {
    let Some(quiet) = quiet else {
        return Err(ReadError::new(
            Refusal::ConstantValues,
            "Every sample is zero: the sensor was not recording. Check the export on the device.",
        ));
    };
    let seen = Seen {
        quiet,
        whole_numbers,
    };
    if let Some(unit) = flag::unit_by_flag(options, &seen)? {
        return Ok(flag::by_flag(unit, claim, &seen, options));
    }
    let removed = options.gravity.or(claim.gravity) == Some(GravityState::Removed);
    match claim.unit {
        Claimed::Unit(unit) if removed => named::removed(unit, claim, &seen, options),
        _ if removed => Err(named::removed_without_unit(claim)),
        Claimed::Unit(unit) => named::named(unit, claim, &seen),
        Claimed::OneOf(units) => named::one_of(units, claim, &seen),
        Claimed::Counts => named::counts(claim, &seen),
        Claimed::Acceleration | Claimed::Nothing => alone::by_gravity_alone(claim, &seen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::UnitChoice;
    use crate::ingest::physics::Rest;

    fn still(magnitude: f64) -> Option<Quiet> {
        Some(Quiet {
            magnitude,
            rest: Rest::Still(0.02),
            n_windows: 50,
            share: 0.8,
            steady: None,
            middle: None,
        })
    }

    fn settled(
        claim: UnitClaim,
        quiet: Option<Quiet>,
        whole: bool,
    ) -> Result<(AccelUnit, GravityState), &'static str> {
        settle(&claim, quiet, whole, &ReadOptions::default())
            .map(|s| (s.unit, s.gravity))
            .map_err(|error| error.code())
    }

    fn header(unit: AccelUnit) -> UnitClaim {
        UnitClaim {
            unit: Claimed::Unit(unit),
            gravity: None,
            because: "header says so".to_owned(),
        }
    }

    #[test]
    fn gravity_alone_names_the_unit() {
        use AccelUnit::{Counts, G, MetresPerSecondSquared, MilliG};
        for (magnitude, whole, unit) in [
            (0.98, false, G),
            (9.6, false, MetresPerSecondSquared),
            (1036.0, true, MilliG),
            (63.98, true, Counts { per_g: 64.0 }),
            (256.8, true, Counts { per_g: 256.0 }),
            (2093.0, true, Counts { per_g: 2048.0 }),
            (8253.0, true, Counts { per_g: 8192.0 }),
            (16_700.0, true, Counts { per_g: 16384.0 }),
        ] {
            assert_eq!(
                settled(UnitClaim::none(), still(magnitude), whole),
                Ok((unit, GravityState::Included)),
                "{magnitude}"
            );
        }
        // 0.86 and 0.862 at rest were seen in loggers of bare g
        assert_eq!(
            settled(UnitClaim::acceleration(), still(0.862), false),
            Ok((G, GravityState::Included))
        );
        // x, y and z of a room were seen to be 751 long
        for claim in [UnitClaim::none(), UnitClaim::acceleration()] {
            let read = claim.unit == Claimed::Acceleration;
            assert_eq!(settled(claim, still(0.751), false).is_ok(), read);
        }
        for (magnitude, whole) in [
            (0.072, false),
            (26.9, true),
            (1.5, false),
            (256.0, false),
            (860.0, true),
        ] {
            assert_eq!(
                settled(UnitClaim::none(), still(magnitude), whole),
                Err("needs_unit"),
                "{magnitude}"
            );
        }
    }

    #[test]
    fn a_header_that_gravity_contradicts_stops_the_reading() {
        let claim = header(AccelUnit::MetresPerSecondSquared);
        assert_eq!(
            settled(claim.clone(), still(1.003), false),
            Err("contradiction_unit")
        );
        assert_eq!(
            settled(claim.clone(), still(9.3), false),
            Ok((AccelUnit::MetresPerSecondSquared, GravityState::Included))
        );
        assert_eq!(
            settled(claim, still(0.08), false),
            Ok((AccelUnit::MetresPerSecondSquared, GravityState::Removed))
        );
    }

    #[test]
    fn a_device_that_always_has_gravity_may_not_lose_it() {
        let claim = UnitClaim::with_gravity(AccelUnit::G, "the format says");
        assert_eq!(
            settled(claim.clone(), still(0.07), false),
            Err("contradiction_unit")
        );
        assert_eq!(
            settled(claim, still(0.87), false),
            Ok((AccelUnit::G, GravityState::Included))
        );
    }

    #[test]
    fn without_gravity_the_name_must_give_the_unit() {
        let named =
            UnitClaim::without_gravity(AccelUnit::MetresPerSecondSquared, "the name says linear");
        assert_eq!(
            settled(named.clone(), still(0.26), false),
            Ok((AccelUnit::MetresPerSecondSquared, GravityState::Removed))
        );
        assert_eq!(
            settled(named, still(9.81), false),
            Err("contradiction_unit")
        );
        let unnamed = UnitClaim {
            gravity: Some(GravityState::Removed),
            ..UnitClaim::none()
        };
        assert_eq!(settled(unnamed, still(0.26), false), Err("needs_unit"));
    }

    #[test]
    fn a_name_that_takes_gravity_out_is_contradicted_in_movement_too() {
        let named = UnitClaim::without_gravity(AccelUnit::G, "the file is called linear");
        let moving = |steady| {
            Some(Quiet {
                magnitude: 1.02,
                rest: Rest::Still(0.2),
                n_windows: 12,
                share: 0.1,
                steady,
                middle: None,
            })
        };
        assert_eq!(
            settled(named.clone(), moving(Some(0.98)), false),
            Err("contradiction_unit")
        );
        // a filter that is still settling looks so for a while only
        assert_eq!(
            settled(named, moving(None), false),
            Ok((AccelUnit::G, GravityState::Removed))
        );
    }

    #[test]
    fn of_the_units_that_a_device_has_used_the_nearest_is_taken() {
        const USED: [AccelUnit; 2] = [AccelUnit::Counts { per_g: 8192.0 }, AccelUnit::G];
        let claim = UnitClaim::one_of(&USED, "the logger writes counts or g");
        for (magnitude, unit) in [
            (8_230.0, Ok(USED[0])),
            (9_400.0, Ok(USED[0])),
            (1.13, Ok(USED[1])),
            (0.3, Err("needs_unit")),
            (60.0, Err("needs_unit")),
        ] {
            let found = settled(claim.clone(), still(magnitude), false);
            assert_eq!(found.map(|(unit, _)| unit), unit, "{magnitude}");
        }
    }

    #[test]
    fn flags_win_with_a_warning() {
        let options = ReadOptions {
            unit: Some(UnitChoice::G),
            ..ReadOptions::default()
        };
        let settled = settle(&UnitClaim::none(), still(9.81), false, &options).unwrap();
        assert_eq!(settled.unit, AccelUnit::G);
        assert_eq!(settled.warnings.len(), 1);
    }

    #[test]
    fn decimal_marks_lost_in_a_spreadsheet() {
        let claim = UnitClaim::without_gravity(AccelUnit::MetresPerSecondSquared, "header");
        assert_eq!(
            settled(claim, still(7.4e6), false),
            Err("damaged_by_spreadsheet")
        );
    }

    #[test]
    fn zeros_are_no_recording() {
        assert_eq!(
            settled(UnitClaim::none(), None, true),
            Err("constant_values")
        );
    }
}
