//! The fit of a sphere to quiet windows: GGIR's loop, in longer steps.

/// Most rounds of the fit (GGIR).
const ROUNDS: usize = 1000;
/// A round that improves the error by less ends the fit, in g (GGIR: 1e-10).
const CONVERGED: f64 = 1e-10;
/// Largest weight of a window (GGIR): those already within 1 / 100 g of the sphere count alike.
const LARGEST_WEIGHT: f64 = 100.0;

/// GGIR's loop: every window is drawn to its nearest point of the sphere, each axis regressed on that.
///
/// The loop creeps: some hundred rounds, each a little nearer. So its steps are lengthened by what the last two had in
/// common (Anderson 1965, J ACM 12:547, depth one), unless that leads away, and end where GGIR's end.
pub(super) fn fit(quiet: &[[f64; 3]]) -> ([f64; 3], [f64; 3]) {
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
    use super::super::{corrected, norm};
    use super::*;
    use crate::signal::noise::Noise;

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
}
