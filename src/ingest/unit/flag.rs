//! The unit as the user sets it: believed, with a word where gravity says something else.

use super::alone::unknown_counts;
use super::claim::UnitClaim;
use super::{BELIEVED, NO_GRAVITY, Settled};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{ReadOptions, UnitChoice};
use crate::ingest::scale::{COUNTS, Seen, short, unit_words};
use crate::model::recording::Decision;
use crate::model::units::{AccelUnit, GravityState};

/// The unit that flags name; of counts the scale is found by gravity.
pub(super) fn unit_by_flag(options: &ReadOptions, seen: &Seen) -> ReadResult<Option<AccelUnit>> {
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
    COUNTS
        .iter()
        .map(|per_g| AccelUnit::Counts { per_g: *per_g })
        .find(|unit| seen.fits(*unit))
        .map(Some)
        .ok_or_else(|| unknown_counts(seen))
}

/// The unit by flag, and gravity by flag, name or sight.
pub(super) fn by_flag(
    unit: AccelUnit,
    claim: &UnitClaim,
    seen: &Seen,
    options: &ReadOptions,
) -> Settled {
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
