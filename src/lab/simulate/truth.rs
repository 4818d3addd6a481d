//! What really happened: the truth that a detection is held against.

use std::io::{self, Write};

use jiff::SignedDuration;

use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::night::StageInterval;

/// What a simulated event is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TruthKind {
    /// A leg movement meant as part of a periodic series; whether it counts as PLM is for the scoring rules to say.
    Plm,
    /// A leg movement on its own, or one of a few in quick succession.
    Lm,
    /// A movement of the whole body.
    Gross,
    /// The sleeper turns over: the limb lies otherwise afterwards.
    Posture,
    /// A rhythmic train of small foot movements (HFLM, ALMA).
    Hflm,
    /// A blow or swaying of the mattress that is not the sleeper's.
    Knock,
    /// Up and about.
    Walk,
    /// The sensor is not on the leg.
    OffLeg,
}

impl TruthKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Plm,
        Self::Lm,
        Self::Gross,
        Self::Posture,
        Self::Hflm,
        Self::Knock,
        Self::Walk,
        Self::OffLeg,
    ];

    /// As in `truth.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plm => "plm",
            Self::Lm => "lm",
            Self::Gross => "gross",
            Self::Posture => "posture",
            Self::Hflm => "hflm",
            Self::Knock => "knock",
            Self::Walk => "walk",
            Self::OffLeg => "off_leg",
        }
    }

    /// The kind with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The class that a faultless detector would give it; with it, its scoring role ([`MovementClass::role`]).
    pub fn class(self) -> MovementClass {
        match self {
            Self::Plm | Self::Lm => MovementClass::LegMovement,
            Self::Gross | Self::Walk => MovementClass::Gross,
            Self::Posture => MovementClass::Posture,
            Self::Hflm => MovementClass::Rhythmic,
            Self::Knock => MovementClass::Knock,
            Self::OffLeg => MovementClass::OffLeg,
        }
    }
}

/// One row of the truth: a leg, a time, a kind. Times are those of an electromyogram (onset and offset of the muscle's
/// activity) by the sensor's own clock, in whole milliseconds since the first sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TruthMovement {
    /// Which leg.
    pub leg: Leg,
    /// The muscle sets in.
    pub onset: SignedDuration,
    /// The muscle lets go.
    pub end: SignedDuration,
    /// What it is meant to be.
    pub kind: TruthKind,
    /// Whether the sensor on that leg moved by 15 mg or more, was on the leg, and was recording.
    pub visible: bool,
}

impl TruthMovement {
    /// From onset to end.
    pub fn duration(&self) -> SignedDuration {
        self.end - self.onset
    }

    /// As scoring reads it.
    pub fn to_leg_movement(&self) -> LegMovement {
        LegMovement {
            leg: self.leg,
            onset: self.onset,
            end: self.end,
            class: self.kind.class(),
            features: None,
        }
    }
}

/// Writes `truth.csv`: `leg,start_s,end_s,kind,visible`, seconds with three decimals, in order of onset.
pub fn write_truth(truth: &[TruthMovement], into: &mut dyn Write) -> io::Result<()> {
    writeln!(into, "leg,start_s,end_s,kind,visible")?;
    for row in truth {
        writeln!(
            into,
            "{},{},{},{},{}",
            row.leg.letter(),
            seconds(row.onset),
            seconds(row.end),
            row.kind.name(),
            row.visible
        )?;
    }
    Ok(())
}

/// Writes sleep stages: `start_s,end_s,stage`, from lights out to lights on.
pub fn write_stages(stages: &[StageInterval], into: &mut dyn Write) -> io::Result<()> {
    writeln!(into, "start_s,end_s,stage")?;
    for piece in stages {
        let (start, end) = (seconds(piece.start), seconds(piece.end));
        writeln!(into, "{start},{end},{}", piece.stage.name())?;
    }
    Ok(())
}

/// Whole milliseconds as seconds with three decimals, without a detour through floating point.
fn seconds(at: SignedDuration) -> String {
    let ms = at.as_millis();
    let sign = if ms < 0 { "-" } else { "" };
    let ms = ms.unsigned_abs();
    format!("{sign}{}.{:03}", ms / 1_000, ms % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_three_decimals_and_a_word_for_visible() {
        let row = TruthMovement {
            leg: Leg::Right,
            onset: SignedDuration::from_millis(61_005),
            end: SignedDuration::from_millis(63_500),
            kind: TruthKind::Plm,
            visible: false,
        };
        let mut text = Vec::new();
        write_truth(&[row], &mut text).unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "leg,start_s,end_s,kind,visible\nR,61.005,63.500,plm,false\n"
        );
    }

    #[test]
    fn every_kind_finds_its_way_back() {
        for kind in TruthKind::ALL {
            assert_eq!(TruthKind::from_name(kind.name()), Some(kind));
        }
    }
}
