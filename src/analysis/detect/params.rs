//! What a user sets about detection, with the source of every default.

use std::fmt;

/// Settings of detection. `Default` is what the benchmark reports; [`sensitive`](Self::sensitive) finds weaker
/// movements and more that are none.
#[derive(Debug, Clone, PartialEq)]
pub struct DetectParams {
    /// Envelope (RMS of the band-passed norm) at which a movement is noticed, at least; mg. Default 7, a peak of 10 to 15
    /// mg: quieter sensors than that would notice the heart (docs/DETECTOR.md, "Weak movements").
    pub on_mg: f32,
    /// The same as a multiple of the noise floor. Default 3 (same place; at first 5, then 4).
    pub on_floors: f32,
    /// The same as a multiple of the sensor's step. Default 1.5: on two real
    /// nights at the wrist in steps of 10 mg less makes periodic movements of what is none (same place).
    pub on_steps: f32,
    /// Envelope at which a movement begins and ends, at least; mg. Default 3 (same place; at first 8, which cut weak movements
    /// short).
    pub off_mg: f32,
    /// The same as a multiple of the noise floor. Default 2 (same place; at first 2.5).
    pub off_floors: f32,
    /// How long the envelope may fall below within one movement; s. Default 1.0 (docs/DETECTOR.md, "Sources of
    /// constants"; 0.5 to 1.3 do the same).
    pub hold_s: f64,
    /// Longest silence of a held limb within one movement; s. Default 8.0 (docs/DETECTOR.md, "Cutting events").
    pub silent_hold_s: f64,
    /// Tilt that shows the limb is held, in degrees. Default 0.5 (same page).
    pub held_tilt_deg: f32,
    /// Log odds from which a movement is one of the leg; higher finds fewer that are none, and fewer that are. Default -0.6:
    /// a movement missed tears a series, one too many seldom makes one (docs/DETECTOR.md, "Where candidates are
    /// cut off" and "Weak movements").
    pub least_log_odds: f32,
    /// Factor on all thresholds: 0.7 and 1.4 give the band that is printed beside an index. Default 1.
    pub threshold_factor: f32,
}

impl Default for DetectParams {
    fn default() -> Self {
        Self {
            on_mg: 7.0,
            on_floors: 3.0,
            on_steps: 1.5,
            off_mg: 3.0,
            off_floors: 2.0,
            hold_s: 1.0,
            silent_hold_s: 8.0,
            held_tilt_deg: 0.5,
            least_log_odds: -0.6,
            threshold_factor: 1.0,
        }
    }
}

/// Settings under a name, as on the command line and in tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// What the benchmark reports.
    #[default]
    Default,
    /// For weak movements: [`DetectParams::sensitive`].
    Sensitive,
}

impl Preset {
    /// All presets.
    pub const ALL: [Self; 2] = [Self::Default, Self::Sensitive];

    /// `default` or `sensitive`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Sensitive => "sensitive",
        }
    }

    /// Its settings.
    pub fn params(self) -> DetectParams {
        match self {
            Self::Default => DetectParams::default(),
            Self::Sensitive => DetectParams::sensitive(),
        }
    }
}

impl std::str::FromStr for Preset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = |preset: &Self| preset.name() == text;
        let found = Self::ALL.into_iter().find(named);
        found.ok_or_else(|| format!("{text:?} is no preset: use default or sensitive"))
    }
}

impl DetectParams {
    /// For weak movements: half the thresholds in mg, two floors instead of three.
    pub fn sensitive() -> Self {
        Self {
            on_mg: 3.5,
            on_floors: 2.0,
            off_mg: 1.5,
            off_floors: 1.5,
            ..Self::default()
        }
    }

    /// The same settings with thresholds `factor` times as high.
    pub fn with_threshold_factor(&self, factor: f32) -> Self {
        Self {
            threshold_factor: factor,
            ..self.clone()
        }
    }

    /// Whether every value lies within its bounds.
    pub(super) fn check(&self) -> Result<(), ParamsError> {
        let within = [
            ("on_mg", f64::from(self.on_mg), 0.1, 10_000.0),
            ("on_floors", f64::from(self.on_floors), 1.0, 100.0),
            ("on_steps", f64::from(self.on_steps), 0.0, 100.0),
            ("off_mg", f64::from(self.off_mg), 0.1, f64::from(self.on_mg)),
            (
                "off_floors",
                f64::from(self.off_floors),
                1.0,
                f64::from(self.on_floors),
            ),
            ("hold_s", self.hold_s, 0.0, 5.0),
            ("silent_hold_s", self.silent_hold_s, 0.0, 10.0),
            ("held_tilt_deg", f64::from(self.held_tilt_deg), 0.1, 90.0),
            (
                "least_log_odds",
                f64::from(self.least_log_odds),
                -20.0,
                20.0,
            ),
            (
                "threshold_factor",
                f64::from(self.threshold_factor),
                0.05,
                20.0,
            ),
        ];
        for (name, value, low, high) in within {
            if !(low..=high).contains(&value) {
                return Err(ParamsError {
                    name,
                    value,
                    low,
                    high,
                });
            }
        }
        Ok(())
    }
}

/// A setting outside its bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamsError {
    /// Which.
    pub name: &'static str,
    /// What it was set to.
    pub value: f64,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
}

impl fmt::Display for ParamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is {}; it must lie from {} to {}",
            self.name, self.value, self.low, self.high
        )
    }
}

impl std::error::Error for ParamsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_outside_its_bounds_is_named_with_both() {
        let params = DetectParams {
            off_mg: 30.0,
            ..DetectParams::default()
        };
        assert_eq!(
            params.check().unwrap_err().to_string(),
            "off_mg is 30; it must lie from 0.1 to 7"
        );
        let params = DetectParams {
            hold_s: f64::NAN,
            ..DetectParams::default()
        };
        assert!(params.check().is_err());
        assert!(DetectParams::sensitive().check().is_ok());
    }

    #[test]
    fn a_preset_is_found_by_its_name_and_another_name_is_none() {
        for preset in Preset::ALL {
            assert_eq!(preset.name().parse(), Ok(preset));
            assert!(preset.params().check().is_ok());
        }
        assert!("Sensitive".parse::<Preset>().is_err());
        assert!("foo".parse::<Preset>().is_err());
    }
}
