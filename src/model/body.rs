//! Where the sensor sat.

use std::fmt;

/// A leg of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// The wearer's left leg.
    Left,
    /// The wearer's right leg.
    Right,
}

impl Leg {
    /// `L` or `R`, as movement lists write it.
    pub fn letter(self) -> char {
        match self {
            Self::Left => 'L',
            Self::Right => 'R',
        }
    }

    /// `left` or `right`, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

impl fmt::Display for Leg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which part of the body moved: one leg, or both within the joining rule of a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The left leg alone.
    Left,
    /// The right leg alone.
    Right,
    /// Both legs joined into one movement.
    Both,
}

impl Side {
    /// `L`, `R` or `B`.
    pub fn letter(self) -> char {
        match self {
            Self::Left => 'L',
            Self::Right => 'R',
            Self::Both => 'B',
        }
    }

    /// The side of a movement with components on these two sides.
    pub fn union(self, other: Self) -> Self {
        if self == other { self } else { Self::Both }
    }
}

impl From<Leg> for Side {
    fn from(leg: Leg) -> Self {
        match leg {
            Leg::Left => Self::Left,
            Leg::Right => Self::Right,
        }
    }
}

/// The place on the body that the wearer stated or the device's header names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Placement {
    /// Ankle: what the product is made for.
    Ankle,
    /// Foot or toe: sees more than the ankle (Kemlink 2008: sensitivity 94 against 67 %).
    Foot,
    /// Shin or calf.
    Shin,
    /// Thigh.
    Thigh,
    /// Waist or hip.
    Waist,
    /// Chest or back.
    Trunk,
    /// Wrist: no validation exists; movement events only, never a PLM index.
    Wrist,
    /// Upper arm or forearm: as the wrist.
    Arm,
    /// Nobody said.
    #[default]
    NotStated,
}

impl Placement {
    /// All, in the order the help prints them.
    pub const ALL: [Self; 9] = [
        Self::Ankle,
        Self::Foot,
        Self::Shin,
        Self::Thigh,
        Self::Waist,
        Self::Trunk,
        Self::Wrist,
        Self::Arm,
        Self::NotStated,
    ];

    /// As on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ankle => "ankle",
            Self::Foot => "foot",
            Self::Shin => "shin",
            Self::Thigh => "thigh",
            Self::Waist => "waist",
            Self::Trunk => "trunk",
            Self::Wrist => "wrist",
            Self::Arm => "arm",
            Self::NotStated => "not stated",
        }
    }

    /// Whether the place is known to be off the legs.
    pub fn is_off_the_legs(self) -> bool {
        matches!(self, Self::Waist | Self::Trunk | Self::Wrist | Self::Arm)
    }
}

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
