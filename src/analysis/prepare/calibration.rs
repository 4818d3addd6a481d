//! Calibration to gravity: at rest every axis pair must lie on a sphere of 1 g.
//!
//! van Hees et al. 2014 (J Appl Physiol 117:738), as GGIR's `g.calibrate`: quiet windows of 10 s, an iterative,
//! weighted least-squares fit of a gain and an offset an axis, accepted below 10 mg of mean error. One night at the
//! ankle seldom shows enough directions; then it says so. It is reported and gates no movement.

use crate::model::trace::{NightTrace, RawWindow};

use super::wear::is_quiet;

/// Fewest quiet windows (actipy).
const FEWEST: usize = 50;
/// On every axis a window must lie beyond this on both sides, in g (GGIR: sphere filled to 0.3 g).
const FILLED_G: f32 = 0.3;
/// Largest mean error that is accepted, in g (GGIR).
const ACCEPTED_G: f64 = 0.01;
/// Most rounds of the fit (GGIR).
const ROUNDS: usize = 1000;
/// A round that improves the error by less ends the fit, in g (GGIR: 1e-10).
const CONVERGED: f64 = 1e-10;
/// Largest weight of a window (GGIR): those already within 1 / 100 g of the sphere count alike.
const LARGEST_WEIGHT: f64 = 100.0;

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

/// GGIR's loop: every window is drawn to its nearest point of the sphere, each axis regressed on that.
///
/// The loop creeps: some hundred rounds, each a little nearer. So its steps are lengthened by what the last two had in
/// common (Anderson 1965, J ACM 12:547, depth one), unless that leads away, and end where GGIR's end.
fn fit(quiet: &[[f64; 3]]) -> ([f64; 3], [f64; 3]) {
    let pairs = Pair::all(quiet);
    let mut at = Sphere::UNIT;
    let mut last = f64::INFINITY;
    let mut before: Option<Step> = None;
    for round in 0..ROUNDS {
        // all windows count alike until a first fit says how far each lies off
        let largest = if round == 0 { 1.0 } else { LARGEST_WEIGHT };
        let mut sums = Sums::default();
        for pair in &pairs {
            sums.add(pair, at.gain(), at.offset(), round > 0, largest);
        }
        let (lines, residual) = sums.lines();
        if (last - residual).abs() < CONVERGED {
            break;
        }
        if let Some(Step { to, .. }) = before.take_if(|_| residual > last) {
            (at, last) = (to, f64::INFINITY);
            continue;
        }
        // residuals of the first round are of other weights
        last = if round == 0 { f64::INFINITY } else { residual };
        let to = at.drawn(&lines);
        let step = Step {
            to,
            by: to.less(at),
        };
        at = match &before {
            Some(before) => step.lengthened(before),
            None => to,
        };
        before = (round > 0).then_some(step);
    }
    (at.gain(), at.offset())
}

/// A gain and an offset an axis.
#[derive(Debug, Clone, Copy)]
struct Sphere([f64; 6]);

impl Sphere {
    const UNIT: Self = Self([1.0, 1.0, 1.0, 0.0, 0.0, 0.0]);

    fn gain(&self) -> [f64; 3] {
        [self.0[0], self.0[1], self.0[2]]
    }

    fn offset(&self) -> [f64; 3] {
        [self.0[3], self.0[4], self.0[5]]
    }

    /// (v + offset) * gain * slope + intercept, written as a gain and an offset again.
    fn drawn(mut self, lines: &[Line; 3]) -> Self {
        for (axis, line) in lines.iter().enumerate() {
            let (intercept, slope) = line.fitted();
            self.0[axis] *= slope;
            self.0[axis + 3] += intercept / self.0[axis];
        }
        self
    }

    fn less(self, other: Self) -> [f64; 6] {
        std::array::from_fn(|k| self.0[k] - other.0[k])
    }
}

/// A step of the loop: where it leads, and how far that is.
struct Step {
    to: Sphere,
    by: [f64; 6],
}

impl Step {
    /// Where the step leads if it goes on changing as it did since the one before.
    fn lengthened(&self, before: &Self) -> Sphere {
        let change: [f64; 6] = std::array::from_fn(|k| self.by[k] - before.by[k]);
        let dot = |a: &[f64; 6], b: &[f64; 6]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let share = dot(&self.by, &change) / dot(&change, &change);
        if !share.is_finite() {
            return self.to;
        }
        let back = self.to.less(before.to);
        Sphere(std::array::from_fn(|k| self.to.0[k] - share * back[k]))
    }
}

/// Windows side by side: what a processor does in one go.
const LANES: usize = 2;
type Lanes = [f64; LANES];

fn lanes(of: impl Fn(usize) -> f64) -> Lanes {
    std::array::from_fn(of)
}

/// Two quiet windows, axis by axis, and whether each is one or fills the last pair.
struct Pair {
    axes: [Lanes; 3],
    counts: Lanes,
}

impl Pair {
    fn all(quiet: &[[f64; 3]]) -> Vec<Self> {
        let pair = |windows: &[[f64; 3]]| Self {
            axes: [0, 1, 2].map(|axis| lanes(|lane| windows.get(lane).map_or(1.0, |v| v[axis]))),
            counts: lanes(|lane| f64::from(u8::from(lane < windows.len()))),
        };
        quiet.chunks(LANES).map(pair).collect()
    }
}

/// Sums of three weighted straight lines through pairs, and the weighted squares of what is left.
#[derive(Default)]
struct Sums {
    residual: Lanes,
    w: Lanes,
    x: [Lanes; 3],
    y: [Lanes; 3],
    xx: [Lanes; 3],
    xy: [Lanes; 3],
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, of: &Pair, gain: [f64; 3], offset: [f64; 3], weighed: bool, largest: f64) {
        let point = [0, 1, 2].map(|axis| lanes(|k| (of.axes[axis][k] + offset[axis]) * gain[axis]));
        let [x, y, z] = point;
        let length = lanes(|k| (x[k] * x[k] + y[k] * y[k] + z[k] * z[k]).sqrt());
        let off = lanes(|k| length[k] - 1.0);
        let weight = lanes(|k| {
            let weight = if weighed { 1.0 / off[k].abs() } else { largest };
            let weight = if weight < largest { weight } else { largest };
            weight * of.counts[k]
        });
        let shrink = lanes(|k| 1.0 / length[k]);
        for k in 0..LANES {
            self.residual[k] += weight[k] * off[k] * off[k];
            self.w[k] += weight[k];
        }
        for (axis, point) in point.iter().enumerate() {
            for k in 0..LANES {
                let (x, y) = (point[k], point[k] * shrink[k]);
                self.x[axis][k] += weight[k] * x;
                self.y[axis][k] += weight[k] * y;
                self.xx[axis][k] += weight[k] * x * x;
                self.xy[axis][k] += weight[k] * x * y;
            }
        }
    }

    fn lines(&self) -> ([Line; 3], f64) {
        let sum = |lanes: Lanes| lanes.into_iter().sum::<f64>();
        let line = |axis: usize| Line {
            w: sum(self.w),
            x: sum(self.x[axis]),
            y: sum(self.y[axis]),
            xx: sum(self.xx[axis]),
            xy: sum(self.xy[axis]),
        };
        ([0, 1, 2].map(line), sum(self.residual))
    }
}

/// Sums of a weighted straight line through pairs.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    w: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
}

impl Line {
    /// Intercept and slope; the line y = x where the pairs tell none.
    fn fitted(&self) -> (f64, f64) {
        let determinant = self.w * self.xx - self.x * self.x;
        if determinant <= f64::EPSILON * self.w * self.xx {
            return (0.0, 1.0);
        }
        let slope = (self.w * self.xy - self.x * self.y) / determinant;
        ((self.y - slope * self.x) / self.w, slope)
    }
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

    /// GGIR's loop as it stands there, window by window, until nothing changes any more.
    fn creep(quiet: &[[f64; 3]]) -> ([f64; 3], [f64; 3]) {
        let (mut gain, mut offset) = ([1.0; 3], [0.0; 3]);
        for round in 0..20_000 {
            let mut lines = [Line::default(); 3];
            for &v in quiet {
                let point = corrected(v, gain, offset);
                let length = norm(point);
                let weight = match round {
                    0 => 1.0,
                    _ => (1.0 / (length - 1.0).abs()).min(100.0),
                };
                for (line, x) in lines.iter_mut().zip(point) {
                    let y = x / length;
                    line.w += weight;
                    line.x += weight * x;
                    line.y += weight * y;
                    line.xx += weight * x * x;
                    line.xy += weight * x * y;
                }
            }
            for axis in 0..3 {
                let (intercept, slope) = lines[axis].fitted();
                gain[axis] *= slope;
                offset[axis] += intercept / gain[axis];
            }
        }
        (gain, offset)
    }

    #[test]
    fn long_steps_end_where_the_plain_loop_ends() {
        let mut noise = Noise::new(29);
        for skew in [0.0, 0.4, 0.8] {
            // a sleeper lies on few sides: all directions near some, seen with noise and some wrong ones
            let mut quiet: Vec<[f64; 3]> = (0..301)
                .map(|k| {
                    let side = [[1.0, 0.2, 0.0], [-0.3, 0.9, 0.5], [0.1, -0.8, -0.7]][k % 3];
                    let v = side.map(|c| c * skew + (1.0 - skew) * noise.normal());
                    let length = norm(v);
                    [0, 1, 2].map(|axis| {
                        v[axis] / length * [1.02, 0.97, 1.01][axis]
                            + [0.02, -0.03, 0.01][axis]
                            + 0.002 * noise.normal()
                    })
                })
                .collect();
            quiet.extend([[0.2, 0.1, 0.5], [1.3, 0.2, 0.2]]);
            let (fast, slow) = (fit(&quiet), creep(&quiet));
            for axis in 0..3 {
                assert!(
                    (fast.0[axis] - slow.0[axis]).abs() < 1e-4,
                    "{fast:?} {slow:?}"
                );
                assert!(
                    (fast.1[axis] - slow.1[axis]).abs() < 1e-4,
                    "{fast:?} {slow:?}"
                );
            }
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
