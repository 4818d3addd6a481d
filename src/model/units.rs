//! Numbers that cross a module border carry their unit in their type.

use std::fmt;

/// Samples per second, in hertz; finite and above zero.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct SampleRate(f64);

impl SampleRate {
    /// A rate in hertz, or `None` when it is not a finite number above zero.
    pub fn from_hz(hz: f64) -> Option<Self> {
        (hz.is_finite() && hz > 0.0).then_some(Self(hz))
    }

    /// The rate in hertz.
    pub fn hz(self) -> f64 {
        self.0
    }

    /// The time between two samples, in seconds.
    pub fn period_s(self) -> f64 {
        1.0 / self.0
    }
}

impl fmt::Display for SampleRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Hz", trim_decimals(self.0))
    }
}

/// Standard gravity in m/s² (CGPM 1901, resolution 2).
pub const STANDARD_GRAVITY_M_S2: f64 = 9.80665;

/// A number with at most three decimals and no trailing zeros.
fn trim_decimals(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What one step of the file's numbers means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AccelUnit {
    /// Multiples of standard gravity.
    G,
    /// Thousandths of standard gravity.
    MilliG,
    /// Metres per second squared.
    MetresPerSecondSquared,
    /// Steps of the converter; so many of them are one g.
    Counts {
        /// Counts per multiple of standard gravity.
        per_g: f64,
    },
}

impl AccelUnit {
    /// The units with a scale of their own; counts have their device's.
    pub const PHYSICAL: [Self; 3] = [Self::G, Self::MetresPerSecondSquared, Self::MilliG];

    /// How many g one unit is.
    pub fn g_per_unit(self) -> f64 {
        match self {
            Self::G => 1.0,
            Self::MilliG => 1e-3,
            Self::MetresPerSecondSquared => 1.0 / STANDARD_GRAVITY_M_S2,
            Self::Counts { per_g } => 1.0 / per_g,
        }
    }

    /// The short name used on the command line and in JSON: `g`, `mg`, `m/s2`, `counts`.
    pub fn name(self) -> &'static str {
        match self {
            Self::G => "g",
            Self::MilliG => "mg",
            Self::MetresPerSecondSquared => "m/s2",
            Self::Counts { .. } => "counts",
        }
    }
}

/// Whether the numbers still hold the pull of the earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GravityState {
    /// |v| is 1 g at rest: posture can be seen, and the scale can be checked.
    Included,
    /// The device took gravity out: no posture, no check of the scale.
    Removed,
}

impl GravityState {
    /// `included` or `removed`, as on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Removed => "removed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_finite_and_above_zero() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(SampleRate::from_hz(bad).is_none(), "{bad}");
        }
        assert_eq!(SampleRate::from_hz(12.5).unwrap().to_string(), "12.5 Hz");
    }

    #[test]
    fn a_metre_per_second_squared_is_a_tenth_of_a_g_or_so() {
        let g = AccelUnit::MetresPerSecondSquared.g_per_unit() * 9.80665;
        assert!((g - 1.0).abs() < f64::EPSILON);
    }
}
