//! Calibration to gravity: at rest every axis pair must lie on a sphere of 1 g.
//!
//! van Hees et al. 2014 (J Appl Physiol 117:738), as GGIR's `g.calibrate`: quiet windows of 10 s, an iterative,
//! weighted least-squares fit of a gain and an offset an axis, accepted below 10 mg of mean error. One night at the
//! ankle seldom shows enough directions; then it says so. It is reported and gates no movement.

mod fit;

use crate::model::trace::{NightTrace, RawWindow};

use super::wear::is_quiet;
use fit::fit;

/// Fewest quiet windows (actipy).
const FEWEST: usize = 50;
/// On every axis a window must lie beyond this on both sides, in g (GGIR: sphere filled to 0.3 g).
const FILLED_G: f32 = 0.3;
/// Largest mean error that is accepted, in g (GGIR).
const ACCEPTED_G: f64 = 0.01;
/// What calibration found.
#[derive(Debug, Clone, PartialEq)]
pub enum Calibration {
    /// Gain and offset an axis: corrected = (value + offset) * gain, in g.
    Fitted {
        /// Gain an axis.
        gain: [f64; 3],
        /// Offset an axis in g.
        offset_g: [f64; 3],
        /// Mean distance from 1 g before, in g.
        error_before_g: f64,
        /// The same after.
        error_after_g: f64,
        /// Number of quiet windows.
        n_windows: usize,
    },
    /// Not tried, or not believed.
    Skipped {
        /// Why, as a phrase.
        why: &'static str,
        /// Mean distance from 1 g of the quiet windows, in g, where there are any.
        error_before_g: Option<f64>,
    },
}

impl Calibration {
    /// The trace with its gravity corrected, and so every angle of the limb. Movement stays as it was: no threshold may
    /// hang on how many ways a sleeper lay.
    pub fn corrected(&self, mut trace: NightTrace) -> NightTrace {
        if let Self::Fitted { gain, offset_g, .. } = self {
            for vector in &mut trace.gravity {
                *vector = corrected(vector.map(f64::from), *gain, *offset_g).map(|v| v as f32);
            }
        }
        trace
    }

    /// `fitted`, or `skipped:` and why.
    pub fn in_words(&self) -> String {
        match self {
            Self::Fitted { .. } => "fitted".to_owned(),
            Self::Skipped { why, .. } => format!("skipped: {why}"),
        }
    }

    /// Mean distance from 1 g before and after, in g, as far as it is known.
    pub fn errors_g(&self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Fitted {
                error_before_g,
                error_after_g,
                ..
            } => (Some(*error_before_g), Some(*error_after_g)),
            Self::Skipped { error_before_g, .. } => (*error_before_g, None),
        }
    }
}

/// Calibrates a trace that is in g and holds gravity.
pub fn calibrate(trace: &NightTrace) -> Calibration {
    let quiet: Vec<[f64; 3]> = trace
        .windows
        .iter()
        .filter(|window| is_quiet(window))
        .map(|window: &RawWindow| window.mean.map(f64::from))
        .collect();
    let error_before_g = (!quiet.is_empty()).then(|| error(&quiet, [1.0; 3], [0.0; 3]));
    let skipped = |why| Calibration::Skipped {
        why,
        error_before_g,
    };
    if trace.gravity.is_empty() {
        return Calibration::Skipped {
            why: "the device took gravity out",
            error_before_g: None,
        };
    }
    if quiet.len() < FEWEST {
        return skipped("fewer than 50 quiet windows of 10 s");
    }
    let filled = (0..3).all(|axis| {
        let beyond = |side: f64| quiet.iter().any(|v| side * v[axis] > f64::from(FILLED_G));
        beyond(1.0) && beyond(-1.0)
    });
    if !filled {
        return skipped("the limb lay in too few directions");
    }
    let (gain, offset_g) = fit(&quiet);
    let error_after_g = error(&quiet, gain, offset_g);
    if error_after_g >= ACCEPTED_G {
        return skipped("the fit leaves 10 mg or more");
    }
    Calibration::Fitted {
        gain,
        offset_g,
        error_before_g: error_before_g.unwrap_or(0.0),
        error_after_g,
        n_windows: quiet.len(),
    }
}

fn corrected(v: [f64; 3], gain: [f64; 3], offset: [f64; 3]) -> [f64; 3] {
    [0, 1, 2].map(|axis| (v[axis] + offset[axis]) * gain[axis])
}

fn norm(v: [f64; 3]) -> f64 {
    v.iter().map(|value| value * value).sum::<f64>().sqrt()
}

fn error(quiet: &[[f64; 3]], gain: [f64; 3], offset: [f64; 3]) -> f64 {
    let sum: f64 = quiet
        .iter()
        .map(|&v| (norm(corrected(v, gain, offset)) - 1.0).abs())
        .sum();
    sum / quiet.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::{GravityState, SampleRate};
    use crate::signal::noise::Noise;

    fn trace(
        directions: impl Iterator<Item = [f64; 3]>,
        gain: [f64; 3],
        offset: [f64; 3],
    ) -> NightTrace {
        let rate = SampleRate::from_hz(25.0).unwrap();
        let windows: Vec<RawWindow> = directions
            .map(|v| RawWindow {
                n: 500,
                mean: [0, 1, 2].map(|axis| (v[axis] / norm(v) / gain[axis] - offset[axis]) as f32),
                deviation: [0.003; 3],
            })
            .collect();
        NightTrace {
            start_ns: 0,
            rate,
            envelope: Vec::new(),
            motion: Vec::new(),
            gravity_rate: rate,
            gravity: vec![[0.0; 3]; windows.len()],
            spans: Vec::new(),
            gravity_state: GravityState::Included,
            source_rate: rate,
            resolution: 0.0,
            windows,
        }
    }

    #[test]
    fn gains_and_offsets_are_found_again() {
        let mut noise = Noise::new(21);
        let directions: Vec<[f64; 3]> = (0..200)
            .map(|_| [noise.normal(), noise.normal(), noise.normal()])
            .collect();
        let (gain, offset) = ([1.02, 0.97, 1.01], [0.02, -0.03, 0.01]);
        match calibrate(&trace(directions.into_iter(), gain, offset)) {
            Calibration::Fitted {
                gain: found,
                offset_g,
                error_before_g,
                error_after_g,
                ..
            } => {
                for axis in 0..3 {
                    assert!((found[axis] - gain[axis]).abs() < 1e-3, "{found:?}");
                    assert!((offset_g[axis] - offset[axis]).abs() < 1e-3, "{offset_g:?}");
                }
                assert!(error_before_g > 0.01 && error_after_g < 1e-3);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn gravity_is_corrected_and_movement_is_not() {
        let mut noise = Noise::new(23);
        let directions: Vec<[f64; 3]> = (0..200)
            .map(|_| [noise.normal(), noise.normal(), noise.normal()])
            .collect();
        let (gain, offset) = ([1.03, 0.96, 1.0], [0.03, -0.02, 0.02]);
        let mut night = trace(directions.iter().copied(), gain, offset);
        night.gravity = night.windows.iter().map(|window| window.mean).collect();
        night.envelope = vec![0.03; 500];
        let before = night.envelope.clone();
        let found = calibrate(&night);
        assert_eq!(found.in_words(), "fitted");
        let night = found.corrected(night);
        assert_eq!(night.envelope, before);
        for (vector, direction) in night.gravity.iter().zip(&directions) {
            for axis in 0..3 {
                let expected = direction[axis] / norm(*direction);
                assert!((f64::from(vector[axis]) - expected).abs() < 2e-3);
            }
        }
        let skipped = Calibration::Skipped {
            why: "a test",
            error_before_g: None,
        };
        let untouched = night.gravity.clone();
        assert_eq!(skipped.corrected(night).gravity, untouched);
    }

    #[test]
    fn one_posture_is_too_few() {
        let mut noise = Noise::new(22);
        let night = trace(
            (0..500).map(|_| [0.9 + 0.05 * noise.normal(), 0.1, 0.2]),
            [1.0; 3],
            [0.0; 3],
        );
        let found = calibrate(&night);
        assert!(
            matches!(found, Calibration::Skipped { why, error_before_g: Some(_) } if why.contains("directions")),
            "{found:?}"
        );
    }

    #[test]
    fn a_few_windows_and_no_gravity_are_skipped() {
        let few = trace((0..10).map(|_| [0.0, 0.0, 1.0]), [1.0; 3], [0.0; 3]);
        assert!(matches!(calibrate(&few), Calibration::Skipped { .. }));
        let mut none = trace((0..100).map(|_| [0.0, 0.0, 1.0]), [1.0; 3], [0.0; 3]);
        none.gravity.clear();
        assert!(matches!(
            calibrate(&none),
            Calibration::Skipped {
                error_before_g: None,
                ..
            }
        ));
    }
}
