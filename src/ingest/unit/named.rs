//! A unit that a name claims, held against gravity.

use super::alone::{no_scale, unknown_counts};
use super::claim::UnitClaim;
use super::{ABSURD_G, BELIEVED, NO_GRAVITY, Settled};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::ReadOptions;
use crate::ingest::physics::Rest;
use crate::ingest::scale::{COUNTS, Seen, short, unit_words};
use crate::model::recording::Decision;
use crate::model::units::{AccelUnit, GravityState};

/// This unit by name, with gravity in it unless it is not to be seen.
pub(super) fn named(unit: AccelUnit, claim: &UnitClaim, seen: &Seen) -> ReadResult<Settled> {
    absurd(unit, seen)?;
    let g = seen.g(unit);
    let included =
        |warnings: Vec<String>| Ok(Settled::included(unit, &claim.because, seen, warnings));
    if seen.fits(unit) {
        return included(Vec::new());
    }
    // who runs all the time is pulled at by two g and more; the next unit is a factor of ten away
    let most = match seen.quiet.rest {
        Rest::Never => 4.0,
        _ => 2.0,
    };
    if matches!(seen.quiet.rest, Rest::Never | Rest::Carried) && (0.5..=most).contains(&g) {
        return included(vec![format!(
            "The sensor never rests, so its scale could not be checked ({}).",
            seen.words()
        )]);
    }
    if BELIEVED.contains(&g) {
        return included(vec![format!(
            "At rest the sensor shows {} g instead of 1: it is out of calibration by {:.0} %.",
            short(g),
            (g - 1.0).abs() * 100.0
        )]);
    }
    if let Some(other) = seen.scale() {
        return Err(ReadError::new(
            Refusal::ContradictionUnit,
            format!(
                "{}, so the unit should be {}, but gravity says {}: {}, where {} would show {}. Add --unit {} if gravity is right, \
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
        let mut settled = Settled::removed(unit, claim, seen);
        settled.warnings.push(
            "Gravity is not in the numbers, though no name says so: posture cannot be seen and the scale cannot be checked."
                .to_owned(),
        );
        return Ok(settled);
    }
    if claim.gravity == Some(GravityState::Included) {
        return Err(ReadError::new(
            Refusal::ContradictionUnit,
            format!(
                "{}, so the numbers should be {} with gravity in them, but {}, where {} would show {}. Add --unit and --gravity \
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

/// Of the units that a device has used, the one under which the vector is nearest to one g.
pub(super) fn one_of(units: &[AccelUnit], claim: &UnitClaim, seen: &Seen) -> ReadResult<Settled> {
    let off = |unit: &AccelUnit| seen.g(*unit).ln().abs();
    match units.iter().min_by(|a, b| off(a).total_cmp(&off(b))) {
        Some(unit) if seen.g(*unit) > NO_GRAVITY && seen.g(*unit) < 1.0 / NO_GRAVITY => {
            named(*unit, claim, seen)
        }
        _ => Err(no_scale(seen)),
    }
}

/// Counts by name; their scale by gravity.
pub(super) fn counts(claim: &UnitClaim, seen: &Seen) -> ReadResult<Settled> {
    COUNTS
        .iter()
        .map(|per_g| AccelUnit::Counts { per_g: *per_g })
        .find(|unit| seen.fits(*unit))
        .map(|unit| Settled::included(unit, &claim.because, seen, Vec::new()))
        .ok_or_else(|| unknown_counts(seen))
}

/// This unit by name, gravity taken out by name or by flag: gravity must not be seen.
pub(super) fn removed(
    unit: AccelUnit,
    claim: &UnitClaim,
    seen: &Seen,
    options: &ReadOptions,
) -> ReadResult<Settled> {
    // filters settle and sensors wake with odd values: only most of the recording can speak against a name
    let still =
        matches!(seen.quiet.rest, Rest::Still(level) if level <= 0.05) && seen.quiet.share > 0.5;
    if options.gravity.is_none() && (still && seen.fits(unit) || seen.hangs_by(unit)) {
        return Err(ReadError::new(
            Refusal::ContradictionUnit,
            format!(
                "The name says that gravity was taken out ({}), but the vector is 1 g long ({}). Add --gravity included or \
                 --gravity removed to say which is right.",
                claim.because,
                seen.words()
            ),
        ));
    }
    absurd(unit, seen)?;
    let mut settled = Settled::removed(unit, claim, seen);
    settled.warnings.push(
        "Gravity is not in the numbers: posture cannot be seen and the scale cannot be checked."
            .to_owned(),
    );
    Ok(settled)
}

/// The refusal of a recording without gravity whose unit nothing names.
pub(super) fn removed_without_unit(claim: &UnitClaim) -> ReadError {
    let because = match claim.because.as_str() {
        "" => "--gravity removed",
        because => because,
    };
    ReadError::new(
        Refusal::NeedsUnit,
        format!(
            "Gravity is not in these numbers ({because}), so nothing but a name can tell their unit, and none does. \
             Add --unit g, --unit mg or --unit m/s2."
        ),
    )
}

fn absurd(unit: AccelUnit, seen: &Seen) -> ReadResult<()> {
    if seen.g(unit) <= ABSURD_G {
        return Ok(());
    }
    Err(ReadError::new(
        Refusal::DamagedBySpreadsheet,
        format!(
            "The values are absurd ({}, that is {} g): decimal marks were lost when the file was opened and saved in a \
             spreadsheet. Export it again from the app and do not open it in between.",
            seen.words(),
            short(seen.g(unit))
        ),
    ))
}

impl Settled {
    /// This unit, gravity in it.
    pub(super) fn included(
        unit: AccelUnit,
        because: &str,
        seen: &Seen,
        warnings: Vec<String>,
    ) -> Self {
        let words = seen.words();
        Self {
            unit,
            gravity: GravityState::Included,
            decisions: vec![
                Decision::new("unit", unit_words(unit), format!("{because}, {words}")),
                Decision::new("gravity", "included", words),
            ],
            warnings,
        }
    }

    /// This unit, gravity not in it.
    fn removed(unit: AccelUnit, claim: &UnitClaim, seen: &Seen) -> Self {
        let (because, words) = (&claim.because, seen.words());
        Self {
            unit,
            gravity: GravityState::Removed,
            decisions: vec![
                Decision::new(
                    "unit",
                    unit_words(unit),
                    format!("{because}; without gravity its scale cannot be checked"),
                ),
                Decision::new(
                    "gravity",
                    "removed",
                    format!("{because}, {words} ({} g)", short(seen.g(unit))),
                ),
            ],
            warnings: Vec::new(),
        }
    }
}

fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
