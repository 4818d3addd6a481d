//! The unit, settled between what names say and what gravity says. They must agree; else the user is asked.

use super::error::{ReadError, ReadResult, Refusal};
use super::options::{ReadOptions, UnitChoice};
use super::physics::{Quiet, Rest};
use super::scale::{COUNTS, Seen, short, unit_words};
use crate::model::recording::Decision;
use crate::model::units::{AccelUnit, GravityState};

/// A named unit is believed within these bounds: DESIGN's band of 0.7 and 1.4 g.
const BELIEVED: std::ops::RangeInclusive<f64> = 0.7..=1.4;
/// Below this share of a g at rest, gravity is not in the numbers.
const NO_GRAVITY: f64 = 0.5;
/// Above this, at rest, no body lives: the numbers are broken.
const ABSURD_G: f64 = 1_000.0;

/// What header, name or format say about the unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UnitClaim {
    pub unit: Claimed,
    /// Whether gravity is in the numbers, where something says so.
    pub gravity: Option<GravityState>,
    /// The evidence, as a phrase: `header says (g)`.
    pub because: String,
}

/// A unit as far as it is named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Claimed {
    /// By name.
    Unit(AccelUnit),
    /// Converter steps; how many a g makes is left to gravity.
    Counts,
    /// Not at all.
    Nothing,
}

impl UnitClaim {
    /// Nothing is said.
    pub(super) fn none() -> Self {
        Self {
            unit: Claimed::Nothing,
            gravity: None,
            because: String::new(),
        }
    }

    /// This unit, with gravity in the numbers.
    pub(super) fn with_gravity(unit: AccelUnit, because: impl Into<String>) -> Self {
        Self {
            unit: Claimed::Unit(unit),
            gravity: Some(GravityState::Included),
            because: because.into(),
        }
    }

    /// This unit, gravity taken out.
    pub(super) fn without_gravity(unit: AccelUnit, because: impl Into<String>) -> Self {
        Self {
            unit: Claimed::Unit(unit),
            gravity: Some(GravityState::Removed),
            because: because.into(),
        }
    }
}

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
    if let Some(unit) = unit_by_flag(options, quiet)? {
        return Ok(by_flag(unit, claim, &seen, options));
    }
    if let (Some(GravityState::Removed), Claimed::Unit(unit)) =
        (options.gravity.or(claim.gravity), claim.unit)
    {
        return removed(unit, claim, &seen, options);
    }
    if options.gravity == Some(GravityState::Removed)
        || claim.gravity == Some(GravityState::Removed)
    {
        return Err(ReadError::new(
            Refusal::NeedsUnit,
            format!(
                "Gravity is not in these numbers ({}), so nothing but a name can tell their unit, and none does. \
                 Add --unit g, --unit mg or --unit m/s2.",
                if claim.because.is_empty() {
                    "--gravity removed"
                } else {
                    &claim.because
                }
            ),
        ));
    }
    match claim.unit {
        Claimed::Unit(unit) => named(unit, claim, &seen),
        Claimed::Counts => counts(claim, &seen),
        Claimed::Nothing => by_gravity_alone(&seen),
    }
}

fn unit_by_flag(options: &ReadOptions, quiet: Quiet) -> ReadResult<Option<AccelUnit>> {
    if let Some(per_g) = options.counts_per_g {
        if !(per_g.is_finite() && per_g > 0.0) {
            return Err(ReadError::new(
                Refusal::BadOption,
                format!("--counts-per-g {per_g} is not above zero."),
            ));
        }
        return Ok(Some(AccelUnit::Counts { per_g }));
    }
    let Some(choice) = options.unit else {
        return Ok(None);
    };
    if let Some(unit) = choice.unit() {
        return Ok(Some(unit));
    }
    debug_assert_eq!(choice, UnitChoice::Counts);
    let seen = Seen {
        quiet,
        whole_numbers: true,
    };
    COUNTS
        .iter()
        .map(|per_g| AccelUnit::Counts { per_g: *per_g })
        .find(|unit| seen.fits(*unit))
        .map(Some)
        .ok_or_else(|| unknown_counts(&seen))
}

fn unknown_counts(seen: &Seen) -> ReadError {
    ReadError::new(
        Refusal::NeedsUnit,
        format!(
            "The numbers are counts of a converter, and {} fits no scale that is known (64, 256, 2048, 4096, 8192, 16384 per g). \
             Add --counts-per-g N; with the sensor at rest on a table, N is the length of the vector.",
            seen.words()
        ),
    )
}

fn by_flag(unit: AccelUnit, claim: &UnitClaim, seen: &Seen, options: &ReadOptions) -> Settled {
    let g = seen.g(unit);
    let gravity = options
        .gravity
        .or(claim.gravity)
        .unwrap_or(if g < NO_GRAVITY {
            GravityState::Removed
        } else {
            GravityState::Included
        });
    let mut warnings = Vec::new();
    if gravity == GravityState::Included && !BELIEVED.contains(&g) {
        warnings.push(format!(
            "The unit was set to {} by flag, but at rest that makes {} g instead of 1 ({}).",
            unit.name(),
            short(g),
            seen.words()
        ));
    }
    Settled {
        unit,
        gravity,
        decisions: vec![
            Decision::new(
                "unit",
                unit_words(unit),
                format!("set by flag; {}", seen.words()),
            ),
            Decision::new(
                "gravity",
                gravity.name(),
                if options.gravity.is_some() {
                    "set by flag".to_owned()
                } else {
                    seen.words()
                },
            ),
        ],
        warnings,
    }
}

fn removed(
    unit: AccelUnit,
    claim: &UnitClaim,
    seen: &Seen,
    options: &ReadOptions,
) -> ReadResult<Settled> {
    // filters settle and sensors wake with odd values: only most of the recording can speak against a name
    let still =
        matches!(seen.quiet.rest, Rest::Still(level) if level <= 0.05) && seen.quiet.share > 0.5;
    if options.gravity.is_none() && still && seen.fits(unit) {
        return Err(ReadError::new(
            Refusal::ContradictionUnit,
            format!(
                "The name says that gravity was taken out ({}), but at rest the vector is 1 g long ({}). \
                 Add --gravity included or --gravity removed to say which is right.",
                claim.because,
                seen.words()
            ),
        ));
    }
    absurd(unit, seen)?;
    Ok(Settled {
        unit,
        gravity: GravityState::Removed,
        decisions: vec![
            Decision::new("unit", unit_words(unit), format!("{}; without gravity its scale cannot be checked", claim.because)),
            Decision::new("gravity", "removed", format!("{}, {}", claim.because, seen.words())),
        ],
        warnings: vec!["Gravity is not in the numbers: posture cannot be seen and the scale cannot be checked.".to_owned()],
    })
}

fn absurd(unit: AccelUnit, seen: &Seen) -> ReadResult<()> {
    if seen.g(unit) > ABSURD_G {
        return Err(ReadError::new(
            Refusal::DamagedBySpreadsheet,
            format!(
                "The values are absurd ({}, that is {} g): decimal marks were lost when the file was opened and saved in a \
                 spreadsheet. Export it again from the app and do not open it in between.",
                seen.words(),
                short(seen.g(unit))
            ),
        ));
    }
    Ok(())
}

fn named(unit: AccelUnit, claim: &UnitClaim, seen: &Seen) -> ReadResult<Settled> {
    absurd(unit, seen)?;
    let g = seen.g(unit);
    let agreeing = |warnings: Vec<String>| {
        Ok(Settled {
            unit,
            gravity: GravityState::Included,
            decisions: vec![
                Decision::new(
                    "unit",
                    unit_words(unit),
                    format!("{}, {}", claim.because, seen.words()),
                ),
                Decision::new("gravity", "included", seen.words()),
            ],
            warnings,
        })
    };
    if seen.fits(unit) {
        return agreeing(Vec::new());
    }
    if seen.quiet.rest == Rest::Never && (0.5..=2.0).contains(&g) {
        return agreeing(vec![format!(
            "The sensor never rests, so its scale could not be checked ({}).",
            seen.words()
        )]);
    }
    if BELIEVED.contains(&g) {
        return agreeing(vec![format!(
            "At rest the sensor shows {} g instead of 1: it is out of calibration by {:.0} %.",
            short(g),
            (g - 1.0).abs() * 100.0
        )]);
    }
    if let Some(other) = seen.scale() {
        return Err(ReadError::new(
            Refusal::ContradictionUnit,
            format!(
                "{} that the unit is {}, but gravity says {}: {}, where {} would show {}. Add --unit {} if gravity is right, \
                 --unit {} if the name is.",
                capital(&claim.because),
                unit.name(),
                unit_words(other),
                seen.words(),
                unit.name(),
                short(1.0 / unit.g_per_unit()),
                other.name(),
                unit.name()
            ),
        ));
    }
    if g < NO_GRAVITY && claim.gravity.is_none() {
        return Ok(Settled {
            unit,
            gravity: GravityState::Removed,
            decisions: vec![
                Decision::new("unit", unit_words(unit), format!("{}; without gravity its scale cannot be checked", claim.because)),
                Decision::new("gravity", "removed", format!("{}, {} g", seen.words(), short(g))),
            ],
            warnings: vec![
                "Gravity is not in the numbers, though no name says so: posture cannot be seen and the scale cannot be checked.".to_owned(),
            ],
        });
    }
    if claim.gravity == Some(GravityState::Included) {
        return Err(ReadError::new(
            Refusal::ContradictionUnit,
            format!(
                "{} that the numbers are {} with gravity in them, but {}, where {} would show {}. Add --unit and --gravity \
                 to say what they are.",
                capital(&claim.because),
                unit.name(),
                seen.words(),
                unit.name(),
                short(1.0 / unit.g_per_unit())
            ),
        ));
    }
    Err(no_scale(seen))
}

fn counts(claim: &UnitClaim, seen: &Seen) -> ReadResult<Settled> {
    let fitting = COUNTS
        .iter()
        .map(|per_g| AccelUnit::Counts { per_g: *per_g })
        .find(|unit| seen.fits(*unit));
    let Some(unit) = fitting else {
        return Err(unknown_counts(seen));
    };
    Ok(Settled {
        unit,
        gravity: GravityState::Included,
        decisions: vec![
            Decision::new(
                "unit",
                unit_words(unit),
                format!("{}, {}", claim.because, seen.words()),
            ),
            Decision::new("gravity", "included", seen.words()),
        ],
        warnings: Vec::new(),
    })
}

fn by_gravity_alone(seen: &Seen) -> ReadResult<Settled> {
    let Some(unit) = seen.scale() else {
        return Err(no_scale(seen));
    };
    let never = seen.quiet.rest == Rest::Never;
    Ok(Settled {
        unit,
        gravity: GravityState::Included,
        decisions: vec![
            Decision::new(
                "unit",
                unit_words(unit),
                format!("no name says so; {}", seen.words()),
            ),
            Decision::new("gravity", "included", seen.words()),
        ],
        warnings: if never {
            vec![format!(
                "The unit rests on the length of the vector in movement alone ({}). Add --unit to be sure.",
                seen.words()
            )]
        } else {
            Vec::new()
        },
    })
}

fn no_scale(seen: &Seen) -> ReadError {
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

fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn still(magnitude: f64) -> Option<Quiet> {
        Some(Quiet {
            magnitude,
            rest: Rest::Still(0.02),
            n_windows: 50,
            share: 0.8,
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
        for (magnitude, whole) in [(0.072, false), (26.9, true), (1.5, false), (256.0, false)] {
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
