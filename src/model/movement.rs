//! Leg movements (LM): what detection finds and scoring reads.

use jiff::SignedDuration;

use super::body::Leg;

/// What a movement looks like. Every class is kept in the tables; [`ScoringRole`] says what scoring does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementClass {
    /// A movement of one leg, 0.5 to 10 s.
    LegMovement,
    /// Like a leg movement, but longer than 10 s.
    Long,
    /// A movement of the whole body.
    Gross,
    /// The limb came to lie otherwise (net tilt).
    Posture,
    /// Part of a rhythmic train: HFLM, ALMA.
    Rhythmic,
    /// A blow to the bed or the sensor, or what the mattress passes on of somebody else or of the other leg: the limb is
    /// shaken but not turned.
    Knock,
    /// While the sensor was not on the leg.
    OffLeg,
}

impl MovementClass {
    /// All classes.
    pub const ALL: [Self; 7] = [
        Self::LegMovement,
        Self::Long,
        Self::Gross,
        Self::Posture,
        Self::Rhythmic,
        Self::Knock,
        Self::OffLeg,
    ];

    /// As in `movements.csv` and `truth.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::LegMovement => "lm",
            Self::Long => "long",
            Self::Gross => "gross",
            Self::Posture => "posture",
            Self::Rhythmic => "rhythmic",
            Self::Knock => "knock",
            Self::OffLeg => "off_leg",
        }
    }

    /// The class with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// What scoring does with a movement of this class and duration: the one table, used by the simulator's truth too.
    ///
    /// Movements up to 10 s that are gross or change the posture would be scored by their duration in an EMG, where
    /// neither can be seen; `short_gross` chooses.
    pub fn role(self, duration: SignedDuration, short_gross: ShortGross) -> ScoringRole {
        /// Longest candidate (WASM/IRLSSG 2016, section 2).
        const LONGEST: SignedDuration = SignedDuration::from_secs(10);
        match self {
            Self::LegMovement | Self::Long => ScoringRole::ByDuration,
            Self::Gross | Self::Posture if duration > LONGEST => ScoringRole::ByDuration,
            Self::Gross | Self::Posture => match short_gross {
                ShortGross::ByDuration => ScoringRole::ByDuration,
                ShortGross::LeftOut => ScoringRole::None,
            },
            Self::Rhythmic => ScoringRole::NonCandidate,
            Self::Knock | Self::OffLeg => ScoringRole::None,
        }
    }
}

/// What becomes of gross and posture movements of at most 10 s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ShortGross {
    /// Scored by their duration, as an EMG would be.
    ByDuration,
    /// No leg movement; they break no series.
    #[default]
    LeftOut,
}

impl ShortGross {
    /// Both choices.
    pub const ALL: [Self; 2] = [Self::LeftOut, Self::ByDuration];

    /// `left-out` or `by-duration`.
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftOut => "left-out",
            Self::ByDuration => "by-duration",
        }
    }
}

impl std::str::FromStr for ShortGross {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = |choice: &Self| choice.name() == text;
        let found = Self::ALL.into_iter().find(named);
        found.ok_or_else(|| format!("{text:?} is no choice: use left-out or by-duration"))
    }
}

/// What scoring does with a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoringRole {
    /// A leg movement whose duration decides whether it is a candidate.
    ByDuration,
    /// A leg movement that is never a candidate, and breaks a series.
    NonCandidate,
    /// No leg movement: listed, not scored.
    None,
}

/// A movement of one leg, with times in whole milliseconds since the first sample.
#[derive(Debug, Clone, PartialEq)]
pub struct LegMovement {
    /// Which leg.
    pub leg: Leg,
    /// Onset since the first sample.
    pub onset: SignedDuration,
    /// End since the first sample, not before the onset.
    pub end: SignedDuration,
    /// What it looks like.
    pub class: MovementClass,
    /// What was measured; `None` for a list that came from elsewhere.
    pub features: Option<MovementFeatures>,
}

impl LegMovement {
    /// From onset to end.
    pub fn duration(&self) -> SignedDuration {
        self.end - self.onset
    }
}

/// What was measured of a movement. There is no published standard for amplitude; the filter is named in the manifest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MovementFeatures {
    /// Largest envelope, in mg.
    pub peak_mg: f32,
    /// Area under the envelope, in mg·s.
    pub area_mg_s: f32,
    /// Noise floor under it, in mg.
    pub floor_mg: f32,
    /// Angle between gravity before and after, in degrees; `NaN` without gravity.
    pub net_tilt_deg: f32,
    /// Largest angle of gravity during it from that before, in degrees; `NaN` without gravity.
    pub held_tilt_deg: f32,
    /// Share of the energy above 4 Hz, 0 to 1; `NaN` at low rates.
    pub fast_share: f32,
    /// How many bursts it is made of.
    pub bursts: u16,
}
