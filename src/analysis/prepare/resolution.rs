//! The sensor's step: the smallest difference between neighbouring samples of an axis that is no rounding.

use fearless_simd::{Level, dispatch};

use crate::signal::steps::lesser;

/// Differences below this share of the value are the text's or the float's rounding (f32 keeps 24 bits).
const ROUNDING: f32 = 8.0 * f32::EPSILON;

#[derive(Debug)]
pub(super) struct Resolution {
    last: Option<[f32; 3]>,
    smallest: f32,
}

impl Default for Resolution {
    fn default() -> Self {
        Self {
            last: None,
            smallest: f32::INFINITY,
        }
    }
}

impl Resolution {
    /// Takes samples.
    pub(super) fn take(&mut self, axes: [&[f32]; 3]) {
        let [Some(&x), Some(&y), Some(&z)] = axes.map(<[f32]>::first) else {
            return;
        };
        let before = self.last.unwrap_or([x, y, z]);
        for (axis, before) in axes.into_iter().zip(before) {
            let across = step(before, axis[0]);
            self.smallest = lesser(self.smallest, across);
            if dispatch!(Level::new(), _ => has_lesser_step(axis, self.smallest)) {
                self.smallest = lesser(self.smallest, smallest_step(axis));
            }
        }
        self.last = Some(axes.map(|axis| axis[axis.len() - 1]));
    }

    /// The step; 0 when no sample differed from the one before.
    pub(super) fn finish(self) -> f32 {
        if self.smallest.is_finite() {
            self.smallest
        } else {
            0.0
        }
    }
}

/// The difference of two values; infinite when it is rounding.
#[inline(always)]
fn step(a: f32, b: f32) -> f32 {
    let step = (a - b).abs();
    let size = -lesser(-a.abs(), -b.abs());
    if step > ROUNDING * size {
        step
    } else {
        f32::INFINITY
    }
}

/// Whether any step lies between zero and this one: quickly told, and soon no more.
#[inline(always)]
fn has_lesser_step(values: &[f32], smallest: f32) -> bool {
    let n = values.len() - 1;
    let pairs = values[..n].iter().zip(&values[1..]);
    let found = pairs.fold(0u32, |found, (a, b)| {
        let step = (a - b).abs();
        found | (u32::from(step < smallest) & u32::from(step != 0.0))
    });
    found != 0
}

fn smallest_step(values: &[f32]) -> f32 {
    let Some((_, later)) = values.split_first() else {
        return f32::INFINITY;
    };
    let mut lanes = [f32::INFINITY; 8];
    let (before, rest_before) = values[..later.len()].as_chunks::<8>();
    let (after, rest_after) = later.as_chunks::<8>();
    for (a, b) in before.iter().zip(after) {
        for lane in 0..8 {
            lanes[lane] = lesser(step(a[lane], b[lane]), lanes[lane]);
        }
    }
    for (lane, (&a, &b)) in lanes.iter_mut().zip(rest_before.iter().zip(rest_after)) {
        *lane = lesser(step(a, b), *lane);
    }
    lanes.into_iter().fold(f32::INFINITY, lesser)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_found_and_rounding_is_not() {
        let mut resolution = Resolution::default();
        let mut axes = [Vec::new(), Vec::new(), Vec::new()];
        for k in 0..100 {
            let level = |n: i32| n as f32 * 0.015625;
            let rounding = if k % 2 == 0 { 1.0 } else { 1.0 + f32::EPSILON };
            axes[0].push(level(k % 7));
            axes[1].push(0.98 * rounding);
            axes[2].push(level(-(k % 3)));
        }
        for (from, to) in [(0, 1), (1, 40), (40, 100)] {
            resolution.take([0, 1, 2].map(|axis: usize| &axes[axis][from..to]));
        }
        assert_eq!(resolution.finish(), 0.015625);
        assert_eq!(Resolution::default().finish(), 0.0);
    }
}
