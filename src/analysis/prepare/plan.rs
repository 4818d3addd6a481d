//! What the trace chain does at a rate: grid, bands, steps; and which rates it takes.

use std::fmt;

use crate::model::units::SampleRate;
use crate::signal::fir::{self, Slope};

/// Slowest rate that is taken: below it a movement of 0.5 s is two samples.
pub const SLOWEST_HZ: f64 = 4.5;
/// Fastest rate that is taken (Axivity AX3's highest setting).
pub const FASTEST_HZ: f64 = 3200.0;
/// The grid's highest rate: of the default bands nothing above 10.5 Hz is used, so the resampler has from there to 39.5 Hz
/// for its slope, and is short.
pub const GRID_HZ: f64 = 50.0;
/// Up to here the grid is the sensor's own rate; between it and `GRID_HZ` nothing worth the resampler could fold.
const NATIVE_UP_TO_HZ: f64 = 52.0;
/// 1 g that changes within the stop band leaves 10 mg; at 0 Hz the kernels leave nothing at all.
const ATTENUATION_DB: f64 = 40.0;
/// Highest rate of the envelope.
const ENVELOPE_HZ: f64 = 40.0;
/// Lowest rate of gravity.
const GRAVITY_HZ: f64 = 5.0;
/// Window of the envelope's root mean square: shorter than the shortest movement (0.5 s).
const WINDOW_S: f64 = 0.27;
/// Highest edge as a share of the rate.
const HIGHEST_SHARE: f64 = 0.4;

/// The bands of the chain. `Default` is what the product's detector reads; rivals have their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Lower edge of the movement band, in Hz.
    ///
    /// Default 0.75 with a slope of 1 Hz. A sharper or lower edge rings: at 0.3 Hz a held tilt of 10 degrees spreads by
    /// 1.7 s to either side, which moves onsets by a second and glues neighbours together (docs/DETECTOR.md, "The
    /// bands"). What is slower than this band shows as tilt of gravity.
    pub movement_low_hz: f64,
    /// Upper edge of the movement band, in Hz, as far as the rate allows (0.4 of it). Default 10 (docs/DETECTOR.md,
    /// "Sources of constants").
    pub movement_high_hz: f64,
    /// Lower edge of the fast band, in Hz. Default 4: what a knock has (same place).
    pub fast_low_hz: f64,
    /// Upper edge of gravity, in Hz. Default 1.5: fast enough to see a hold of half a second.
    pub gravity_hz: f64,
    /// Width of every slope, in Hz. Default 1.
    pub slope_hz: f64,
    /// What the envelope tells of the movement band.
    pub envelope: EnvelopeShape,
}

/// What one value of the envelope tells of the band-passed vector's norm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EnvelopeShape {
    /// Root of the mean square over a centred window of so many seconds; 0 is the single sample.
    RootMean {
        /// Length of the window.
        window_s: f64,
    },
    /// The largest from one value to the next: it passes a threshold exactly where some sample does, as in devices that
    /// compare every sample.
    Peak,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            movement_low_hz: 0.75,
            movement_high_hz: 10.0,
            fast_low_hz: 4.0,
            gravity_hz: 1.5,
            slope_hz: 1.0,
            envelope: EnvelopeShape::RootMean { window_s: WINDOW_S },
        }
    }
}

impl Bands {
    /// The bands of the detector to start from: 0.3 to 10 Hz, gravity below 0.8 Hz (docs/DETECTOR.md, "The bands").
    pub fn survey() -> Self {
        Self {
            movement_low_hz: 0.3,
            gravity_hz: 0.8,
            slope_hz: 0.3,
            ..Self::default()
        }
    }

    fn slope(&self) -> Slope {
        Slope {
            transition_hz: self.slope_hz,
            attenuation_db: ATTENUATION_DB,
        }
    }

    /// How long a segment's ends are blind, in seconds: half the main lobe of the slope, inside of which the filters see
    /// more of the assumed standstill than of the samples.
    pub(super) fn blind_s(&self) -> f64 {
        0.5 / self.slope_hz
    }
}

/// A rate that the chain does not take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanError {
    /// The rate that was asked for.
    pub rate: SampleRate,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "leg movements cannot be told from samples at {}: the rate must lie between {SLOWEST_HZ} and {FASTEST_HZ} Hz",
            self.rate
        )
    }
}

impl std::error::Error for PlanError {}

/// How far a rate can be trusted (docs/DETECTOR.md, "Sources of constants").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateTrust {
    /// 15 Hz and more.
    Full,
    /// 8 to 15 Hz: short and jerky movements are blurred.
    Limited,
    /// 4.5 to 8 Hz: much of a movement lies above what can be seen.
    Unreliable,
}

impl RateTrust {
    /// The trust in a rate; `None` when it is not taken at all.
    pub fn of(rate: SampleRate) -> Option<Self> {
        match rate.hz() {
            hz if !(SLOWEST_HZ..=FASTEST_HZ).contains(&hz) => None,
            hz if hz < 8.0 => Some(Self::Unreliable),
            hz if hz < 15.0 => Some(Self::Limited),
            _ => Some(Self::Full),
        }
    }
}

/// Rates, kernels and steps for one source rate.
#[derive(Debug, Clone)]
pub(super) struct ChainPlan {
    /// Rate of the samples.
    pub source: SampleRate,
    /// Rate of the grid that is filtered.
    pub grid: SampleRate,
    /// Where samples pass a resampler: up to here it must let pass, and nothing may fold to below.
    pub pass_hz: Option<f64>,
    /// Grid samples from one envelope value to the next.
    pub envelope_step: usize,
    /// Grid samples from one gravity value to the next.
    pub gravity_step: usize,
    /// The window of an envelope value: grid samples before and behind its place, and how they are taken together.
    pub window: Window,
    /// Kernels of equal length: movement band, and the fast band where the rate has room for one.
    pub kernels: Vec<Vec<f32>>,
    /// Kernel of gravity, as long as they are. It has no place among them: a value in ten of its results is wanted, and so
    /// few are cheaper summed one by one.
    pub gravity: Vec<f32>,
}

impl ChainPlan {
    pub(super) fn for_rate(source: SampleRate, bands: &Bands) -> Result<Self, PlanError> {
        RateTrust::of(source).ok_or(PlanError { rate: source })?;
        let grid = if source.hz() > NATIVE_UP_TO_HZ {
            SampleRate::from_hz(GRID_HZ).ok_or(PlanError { rate: source })?
        } else {
            source
        };
        let hz = grid.hz();
        let slope = bands.slope();
        let high = bands.movement_high_hz.min(HIGHEST_SHARE * hz);
        let mut kernels = vec![fir::band_pass(bands.movement_low_hz, high, slope, hz)];
        // Half a hertz of band is the least that holds anything.
        if high >= bands.fast_low_hz + 0.5 {
            kernels.push(fir::band_pass(bands.fast_low_hz, high, slope, hz));
        }
        let envelope_step = (hz / ENVELOPE_HZ).ceil() as usize;
        let pass_hz = (high + slope.transition_hz / 2.0).min(HIGHEST_SHARE * hz);
        Ok(Self {
            source,
            grid,
            pass_hz: (grid != source).then_some(pass_hz),
            envelope_step,
            gravity_step: (hz / GRAVITY_HZ).floor().max(1.0) as usize,
            window: Window::of(bands.envelope, envelope_step, hz),
            kernels,
            gravity: fir::low_pass(bands.gravity_hz.min(HIGHEST_SHARE * hz), slope, hz),
        })
    }

    pub(super) fn envelope_rate(&self) -> SampleRate {
        divided(self.grid, self.envelope_step)
    }

    pub(super) fn gravity_rate(&self) -> SampleRate {
        divided(self.grid, self.gravity_step)
    }
}

/// Which grid samples make a value of the envelope, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub before: usize,
    pub behind: usize,
    pub peak: bool,
}

impl Window {
    fn of(shape: EnvelopeShape, step: usize, grid_hz: f64) -> Self {
        match shape {
            EnvelopeShape::RootMean { window_s } => {
                let half = ((window_s * grid_hz - 1.0) / 2.0).round().max(0.0) as usize;
                Self {
                    before: half,
                    behind: half,
                    peak: false,
                }
            }
            EnvelopeShape::Peak => Self {
                before: 0,
                behind: step - 1,
                peak: true,
            },
        }
    }
}

/// A rate over a whole number of at least one.
fn divided(rate: SampleRate, by: usize) -> SampleRate {
    SampleRate::from_hz(rate.hz() / by as f64).unwrap_or(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(hz: f64) -> ChainPlan {
        ChainPlan::for_rate(SampleRate::from_hz(hz).unwrap(), &Bands::default()).unwrap()
    }

    #[test]
    fn rates_that_hold_nothing_are_refused_with_both_bounds() {
        for hz in [1.0, 4.4, 3300.0] {
            let error = ChainPlan::for_rate(SampleRate::from_hz(hz).unwrap(), &Bands::default())
                .unwrap_err();
            let text = error.to_string();
            assert!(text.contains("4.5") && text.contains("3200"), "{text}");
        }
    }

    #[test]
    fn every_rate_gets_an_envelope_of_at_most_forty_hertz() {
        for hz in [
            4.5, 5.0, 10.0, 12.5, 25.0, 30.0, 32.0, 40.0, 50.0, 51.7, 64.0, 98.04, 3200.0,
        ] {
            let plan = plan(hz);
            assert!(plan.envelope_rate().hz() <= 40.0, "{hz}");
            assert!(plan.envelope_rate().hz() >= 20.0f64.min(hz), "{hz}");
            assert!(plan.gravity_rate().hz() >= 4.5, "{hz}");
            assert!(plan.gravity_rate().hz() < 10.0, "{hz}");
            let window = (2 * plan.window.before + 1) as f64 / plan.grid.hz();
            assert!(window <= 0.3 + 1e-9, "{hz}: {window}");
        }
    }

    #[test]
    fn low_rates_have_no_fast_band() {
        assert_eq!(plan(10.0).kernels.len(), 1);
        assert_eq!(plan(12.5).kernels.len(), 2);
    }
}
