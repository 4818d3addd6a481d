//! Angles between directions: how far a limb turned under gravity.

use std::ops::Range;

/// The angle between two vectors in degrees, 0 to 180; `NaN` when one has no length or is not a number.
///
/// By the arc tangent of cross and dot product, which keeps small angles where an arc cosine loses them.
pub fn angle_deg(a: [f32; 3], b: [f32; 3]) -> f32 {
    let [ax, ay, az] = a.map(f64::from);
    let [bx, by, bz] = b.map(f64::from);
    let dot = ax * bx + ay * by + az * bz;
    let cross = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    let sine = cross.iter().map(|c| c * c).sum::<f64>().sqrt();
    if (sine == 0.0 && dot == 0.0) || dot.is_nan() {
        return f32::NAN;
    }
    sine.atan2(dot).to_degrees() as f32
}

/// The mean of vectors, those with a `NaN` left out; `None` when nothing is left.
pub fn mean_vector<'a>(vectors: impl IntoIterator<Item = &'a [f32; 3]>) -> Option<[f32; 3]> {
    Sum::of(vectors).mean()
}

/// Vectors whose sums are kept together.
const BLOCK: usize = 8;

/// Means of windows over vectors, as [`mean_vector`] gives them, from sums of blocks: a window costs its ends and a sum for
/// each block between. What a wild value makes of a sum stays within the windows that hold its block.
pub struct WindowMeans<'a> {
    vectors: &'a [[f32; 3]],
    blocks: Vec<Sum>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    n: u32,
    sum: [f64; 3],
}

impl Sum {
    /// Of vectors, those with a `NaN` left out.
    fn of<'a>(vectors: impl IntoIterator<Item = &'a [f32; 3]>) -> Self {
        let numbers = vectors
            .into_iter()
            .filter(|v| !v.iter().any(|v| v.is_nan()));
        numbers.fold(Self::default(), |sum, vector| {
            let one = Self {
                n: 1,
                sum: vector.map(f64::from),
            };
            sum.plus(&one)
        })
    }

    fn plus(mut self, other: &Self) -> Self {
        self.n += other.n;
        for (total, value) in self.sum.iter_mut().zip(other.sum) {
            *total += value;
        }
        self
    }

    fn mean(&self) -> Option<[f32; 3]> {
        (self.n > 0).then(|| self.sum.map(|total| (total / f64::from(self.n)) as f32))
    }
}

impl<'a> WindowMeans<'a> {
    /// Sums the vectors block by block.
    pub fn over(vectors: &'a [[f32; 3]]) -> Self {
        Self {
            vectors,
            blocks: vectors.chunks(BLOCK).map(Sum::of).collect(),
        }
    }

    /// The mean of a window, as far as there are vectors; `None` when nothing is in it.
    pub fn of(&self, window: &Range<usize>) -> Option<[f32; 3]> {
        let to = window.end.min(self.vectors.len());
        let from = window.start.min(to);
        let (first, last) = (from.div_ceil(BLOCK), to / BLOCK);
        if first >= last {
            return Sum::of(&self.vectors[from..to]).mean();
        }
        let before = Sum::of(&self.vectors[from..first * BLOCK]);
        let within = self.blocks[first..last].iter().fold(before, Sum::plus);
        within
            .plus(&Sum::of(&self.vectors[last * BLOCK..to]))
            .mean()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn small_angles_are_kept() {
        for degrees in [0.01f64, 0.1, 1.0, 45.0, 90.0, 135.0, 179.9] {
            let (sin, cos) = degrees.to_radians().sin_cos();
            let found = angle_deg([0.0, 0.0, 2.0], [0.0, 3.0 * sin as f32, 3.0 * cos as f32]);
            // Coordinates rounded to f32 turn a direction by up to 1e-7 rad = 6e-6 degrees.
            assert!(
                (f64::from(found) - degrees).abs() < 2e-5,
                "{found} {degrees}"
            );
        }
    }

    #[test]
    fn no_length_is_no_direction() {
        assert!(angle_deg([0.0; 3], [0.0, 0.0, 1.0]).is_nan());
        assert!(angle_deg([f32::NAN, 0.0, 0.0], [0.0, 0.0, 1.0]).is_nan());
    }

    #[test]
    fn a_mean_leaves_out_what_is_missing() {
        let mean = mean_vector(&[[1.0, 0.0, 0.0], [f32::NAN; 3], [3.0, 2.0, 0.0]]);
        assert_eq!(mean, Some([2.0, 1.0, 0.0]));
        assert_eq!(mean_vector(&[[f32::NAN; 3]]), None);
    }

    #[test]
    fn a_windows_mean_is_that_of_its_vectors() {
        let mut noise = Noise::new(21);
        let mut vectors: Vec<[f32; 3]> = (0..3_000)
            .map(|_| [0; 3].map(|_| noise.sample() + 1.0))
            .collect();
        vectors[1_000..1_060].fill([f32::NAN, 0.0, 0.0]);
        // what is wild shows in its own windows alone
        vectors[500] = [f32::MAX, f32::INFINITY, 1.0];
        let means = WindowMeans::over(&vectors);
        for _ in 0..3_000 {
            let from = noise.between(0, 3_010);
            let to = from + noise.between(0, 45);
            let inside = vectors.get(from.min(3_000)..to.min(3_000)).unwrap();
            match (means.of(&(from..to)), mean_vector(inside)) {
                (Some(found), Some(expected)) => {
                    for (found, expected) in found.iter().zip(expected) {
                        let near = (found - expected).abs() <= 2e-7 * expected.abs().max(1.0);
                        assert!(near || *found == expected, "{found} {expected}");
                    }
                }
                (found, expected) => assert_eq!(found, expected),
            }
        }
    }
}
