//! What a tick of a movement says.

use super::canvas::Stroke;
use super::theme;
use crate::model::movement::MovementClass;
use crate::output::rows::MovementRow;

/// What a tick says: by its height first, by its shade second.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Other,
    LegMovement,
    Candidate,
    Plm,
}

impl Rank {
    pub(super) const ALL: [Self; 4] = [Self::Other, Self::LegMovement, Self::Candidate, Self::Plm];

    pub(super) fn of(movement: &MovementRow) -> Self {
        if movement.plm {
            Self::Plm
        } else if movement.candidate {
            Self::Candidate
        } else if movement.class == MovementClass::LegMovement {
            Self::LegMovement
        } else {
            Self::Other
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Other => "movement other",
            Self::LegMovement => "movement lm",
            Self::Candidate => "movement candidate",
            Self::Plm => "movement plm",
        }
    }

    pub(super) fn height(self) -> f64 {
        match self {
            Self::Other => 8.0,
            Self::LegMovement => 17.0,
            Self::Candidate => 27.0,
            Self::Plm => 40.0,
        }
    }

    pub(super) fn stroke(self) -> Stroke {
        match self {
            Self::Other => Stroke(theme::HATCH, 1.0),
            Self::LegMovement => Stroke(theme::SOFT, 1.0),
            Self::Candidate => Stroke(theme::SECOND, 1.2),
            Self::Plm => Stroke(theme::MAIN, 1.5),
        }
    }

    pub(super) fn label(self, is_plm_index: bool) -> &'static str {
        match self {
            Self::Other => "night.legend_other",
            Self::LegMovement => "night.legend_lm",
            Self::Candidate => "night.legend_candidate",
            Self::Plm if is_plm_index => "night.legend_plm",
            Self::Plm => "night.legend_plm_events",
        }
    }
}
