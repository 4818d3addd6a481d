//! What a simulated night should be.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::sensor::Sensor;
use super::sleeper::Sleeper;
use crate::model::body::{Leg, Placement};

/// A night to simulate. The same specification is the same night, to the last bit, on every machine.
#[derive(Debug, Clone, PartialEq)]
pub struct NightSpec {
    /// Which night: 1–999 are for tuning, 10 000 and above for reporting; the two never meet.
    pub seed: u64,
    /// Length of the recording in hours. From four hours on, it begins and ends with a wearer who is up and about; a
    /// shorter one lies in bed throughout.
    pub hours: f64,
    /// Periodic leg movements per hour in bed that an electromyogram of both legs would show. A sensor on one leg sees
    /// about 0.43 of them: it misses one-sided ones of the other leg, and those in which the limb does not move.
    pub plm_per_h: f64,
    /// Age of the sleeper: sets intervals and their course over the night.
    pub age_years: f64,
    /// The legs that carry a sensor, one or both.
    pub legs: Vec<Leg>,
    /// Where on the leg.
    pub placement: Placement,
    /// The sensor.
    pub sensor: Sensor,
    /// First sample, by the wearer's wall clock.
    pub start: DateTime,
    /// The wearer's zone, by its IANA name.
    pub zone: String,
    /// The sleeper's habits; drawn from the seed when not given.
    pub sleeper: Option<Sleeper>,
}

impl Default for NightSpec {
    /// 8 h at the left ankle of a person of 50, 25 PLM per hour, 50 Hz.
    fn default() -> Self {
        Self {
            seed: 1,
            hours: 8.0,
            plm_per_h: 25.0,
            age_years: 50.0,
            legs: vec![Leg::Left],
            placement: Placement::Ankle,
            sensor: Sensor::default(),
            start: jiff::civil::date(2024, 5, 14).at(22, 40, 0, 0),
            zone: "Europe/Berlin".to_owned(),
            sleeper: None,
        }
    }
}

impl NightSpec {
    /// Checks every bound at once.
    pub(super) fn check(&self) -> Result<TimeZone, SpecError> {
        let within = |what, value: f64, low, high| {
            if value.is_finite() && value >= low && value <= high {
                Ok(())
            } else {
                Err(SpecError::OutOfBounds {
                    what,
                    value,
                    low,
                    high,
                })
            }
        };
        // Ten seconds hold a fixture; a week is more than any device records at these rates.
        within("hours", self.hours, 0.001, 168.0)?;
        within("PLM per hour", self.plm_per_h, 0.0, 150.0)?;
        within("age in years", self.age_years, 5.0, 110.0)?;
        within("rate in Hz", self.sensor.rate_hz, 1.0, 3_200.0)?;
        within("range in g", self.sensor.range_g, 1.5, 64.0)?;
        within("resolution in g", self.sensor.resolution_g, 0.0, 0.1)?;
        within("noise in g", self.sensor.noise_g, 0.0, 0.1)?;
        within("drift in ppm", self.sensor.drift_ppm, -1_000.0, 1_000.0)?;
        within("jitter in periods", self.sensor.jitter, 0.0, 0.45)?;
        if self.legs.is_empty()
            || (self.legs.len() == 2 && self.legs[0] == self.legs[1])
            || self.legs.len() > 2
        {
            return Err(SpecError::Legs);
        }
        TimeZone::get(&self.zone).map_err(|_| SpecError::Zone(self.zone.clone()))
    }
}

/// Why a specification cannot be simulated.
#[derive(Debug, Clone, PartialEq)]
pub enum SpecError {
    /// A number outside its bounds.
    OutOfBounds {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
        /// Smallest allowed.
        low: f64,
        /// Largest allowed.
        high: f64,
    },
    /// No leg, or one leg twice.
    Legs,
    /// A zone that the tz database does not have.
    Zone(String),
    /// The first sample's wall clock is no instant of the calendar.
    Start,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfBounds {
                what,
                value,
                low,
                high,
            } => write!(f, "{what} is {value}; between {low} and {high} is possible"),
            Self::Legs => {
                f.write_str("a night needs a sensor on the left leg, on the right leg, or on both")
            }
            Self::Zone(zone) => write!(
                f,
                "the zone {zone:?} is not in the tz database; give a name such as Europe/Berlin"
            ),
            Self::Start => f.write_str("the start lies outside the years that the clock can hold"),
        }
    }
}

impl std::error::Error for SpecError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_number_is_named_with_its_bounds() {
        let spec = NightSpec {
            plm_per_h: f64::NAN,
            ..NightSpec::default()
        };
        let said = spec.check().unwrap_err().to_string();
        assert_eq!(said, "PLM per hour is NaN; between 0 and 150 is possible");
        assert!(NightSpec::default().check().is_ok());
    }

    #[test]
    fn one_leg_twice_is_no_pair() {
        let spec = NightSpec {
            legs: vec![Leg::Left, Leg::Left],
            ..NightSpec::default()
        };
        assert_eq!(spec.check(), Err(SpecError::Legs));
    }
}
