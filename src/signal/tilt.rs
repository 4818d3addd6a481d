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
    let mut sum = [0.0f64; 3];
    let mut n = 0u32;
    for vector in vectors {
        if vector.iter().any(|v| v.is_nan()) {
            continue;
        }
        for (total, &value) in sum.iter_mut().zip(vector) {
            *total += f64::from(value);
        }
        n += 1;
    }
    (n > 0).then(|| sum.map(|total| (total / f64::from(n)) as f32))
}

/// Means of windows that slide forward over vectors, as [`mean_vector`] gives them: a window costs what has come into
/// sight since the one before.
///
/// A sum is the difference of two that begin at the first vector: in f64, of a week of gravity, exact to 1e-9 of one value.
pub struct SlidingMean<'a> {
    vectors: &'a [[f32; 3]],
    before: Total,
    within: Total,
}

/// The sum of all vectors before a place.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    place: usize,
    n: u32,
    sum: [f64; 3],
}

impl Total {
    fn advance(&mut self, vectors: &[[f32; 3]], place: usize) {
        for vector in &vectors[self.place.min(place)..place] {
            if vector.iter().any(|v| v.is_nan()) {
                continue;
            }
            for (total, &value) in self.sum.iter_mut().zip(vector) {
                *total += f64::from(value);
            }
            self.n += 1;
        }
        self.place = self.place.max(place);
    }
}

impl<'a> SlidingMean<'a> {
    /// No window yet.
    pub fn over(vectors: &'a [[f32; 3]]) -> Self {
        Self {
            vectors,
            before: Total::default(),
            within: Total::default(),
        }
    }

    /// The mean of a window, neither end of which lies before that of the one before; `None` when nothing is in it.
    pub fn of(&mut self, window: Range<usize>) -> Option<[f32; 3]> {
        let to = window.end.min(self.vectors.len());
        self.before.advance(self.vectors, window.start.min(to));
        self.within.advance(self.vectors, to);
        let n = self.within.n - self.before.n;
        let sums = self.within.sum.iter().zip(self.before.sum);
        let mut mean = [0.0; 3];
        for (mean, (within, before)) in mean.iter_mut().zip(sums) {
            *mean = ((within - before) / f64::from(n)) as f32;
        }
        (n > 0).then_some(mean)
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
    fn a_sliding_mean_is_that_of_each_window() {
        let mut noise = Noise::new(21);
        let mut vectors: Vec<[f32; 3]> = (0..3_000)
            .map(|_| [0; 3].map(|_| noise.sample() + 1.0))
            .collect();
        vectors[1_000..1_060].fill([f32::NAN, 0.0, 0.0]);
        let mut means = SlidingMean::over(&vectors);
        let (mut from, mut to) = (0, 0);
        while from < vectors.len() {
            to = to.max(from + noise.between(0, 45));
            let expected = mean_vector(vectors.get(from..to.min(vectors.len())).unwrap());
            match (means.of(from..to), expected) {
                (Some(found), Some(expected)) => {
                    for (found, expected) in found.iter().zip(expected) {
                        assert!((found - expected).abs() < 2e-7, "{found} {expected}");
                    }
                }
                (found, expected) => assert_eq!(found, expected),
            }
            from += noise.between(0, 20);
        }
    }
}
