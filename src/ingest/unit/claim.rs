//! What header, name or format say about the unit, before the numbers are asked.

use crate::model::units::{AccelUnit, GravityState};

/// What header, name or format say about the unit.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct UnitClaim {
    pub unit: Claimed,
    /// Whether gravity is in the numbers, where something says so.
    pub gravity: Option<GravityState>,
    /// The evidence, as a phrase: `header says (g)`.
    pub because: String,
}

/// A unit as far as it is named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) enum Claimed {
    /// By name.
    Unit(AccelUnit),
    /// One of a few that the device has used; they lie so far apart that movement cannot blur them.
    OneOf(&'static [AccelUnit]),
    /// Acceleration by name; its unit by no word.
    Acceleration,
    /// Converter steps; how many a g makes is left to gravity.
    Counts,
    /// Not at all, not even that it is acceleration.
    Nothing,
}

impl UnitClaim {
    /// Nothing is said.
    pub(in crate::ingest) fn none() -> Self {
        Self {
            unit: Claimed::Nothing,
            gravity: None,
            because: String::new(),
        }
    }

    /// Acceleration by name, without a word of its unit.
    #[cfg(test)]
    pub(in crate::ingest) fn acceleration() -> Self {
        Self {
            unit: Claimed::Acceleration,
            ..Self::none()
        }
    }

    /// Whether no unit is named.
    pub(in crate::ingest) fn is_unnamed(&self) -> bool {
        matches!(self.unit, Claimed::Acceleration | Claimed::Nothing)
    }

    /// This unit, with gravity in the numbers.
    pub(in crate::ingest) fn with_gravity(unit: AccelUnit, because: impl Into<String>) -> Self {
        Self {
            unit: Claimed::Unit(unit),
            gravity: Some(GravityState::Included),
            because: because.into(),
        }
    }

    /// One of these units, with gravity in the numbers.
    pub(in crate::ingest) fn one_of(
        units: &'static [AccelUnit],
        because: impl Into<String>,
    ) -> Self {
        Self {
            unit: Claimed::OneOf(units),
            gravity: Some(GravityState::Included),
            because: because.into(),
        }
    }

    /// This unit, gravity taken out.
    pub(in crate::ingest) fn without_gravity(unit: AccelUnit, because: impl Into<String>) -> Self {
        Self {
            unit: Claimed::Unit(unit),
            gravity: Some(GravityState::Removed),
            because: because.into(),
        }
    }
}
