//! Along which axes a limb moves: how its acceleration is shared between them, and whether gravity's path lies in a plane.

use std::f64::consts::TAU;

use crate::model::trace::MotionCell;

/// How something is shared between axes: second moments xx, yy, zz, xy, xz, yz, the first three of which add up to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axes([f64; 6]);

impl Axes {
    /// Of the band-passed acceleration; `None` where there is none.
    pub(super) fn of_motion(cells: &[MotionCell]) -> Option<Self> {
        let whole = cells.iter().filter(|cell| !cell.moments[0].is_nan());
        Self::of(whole.map(|cell| cell.moments.map(f64::from)))
    }

    /// Of gravity's ways from where it lay before; `None` without gravity or without any way.
    pub(super) fn of_turn(before: [f32; 3], during: &[[f32; 3]]) -> Option<Self> {
        let seen = during.iter().filter(|at| !at[0].is_nan());
        Self::of(seen.map(|at| {
            let [x, y, z] = [0, 1, 2].map(|axis| f64::from(at[axis] - before[axis]));
            [x * x, y * y, z * z, x * y, x * z, y * z]
        }))
    }

    fn of(moments: impl Iterator<Item = [f64; 6]>) -> Option<Self> {
        let mut sum = [0.0; 6];
        for moment in moments {
            for (total, value) in sum.iter_mut().zip(moment) {
                *total += value;
            }
        }
        let whole = sum[0] + sum[1] + sum[2];
        (whole > 0.0 && whole.is_finite()).then(|| Self(sum.map(|value| value / whole)))
    }

    /// The share of the axis that has most: a third to one.
    pub(super) fn greatest(&self) -> f64 {
        self.shares()[0]
    }

    /// The share of the axis that has least: none to a third.
    pub(super) fn least(&self) -> f64 {
        self.shares()[1]
    }

    /// The greatest and the least eigenvalue (O. K. Smith, Eigenvalues of a symmetric 3 × 3 matrix, Commun. ACM 4, 168, 1961).
    fn shares(&self) -> [f64; 2] {
        const MEAN: f64 = 1.0 / 3.0;
        let [xx, yy, zz, xy, xz, yz] = self.0;
        let (x, y, z) = (xx - MEAN, yy - MEAN, zz - MEAN);
        let spread = ((x * x + y * y + z * z + 2.0 * (xy * xy + xz * xz + yz * yz)) / 6.0).sqrt();
        if spread < 1e-12 {
            return [MEAN; 2];
        }
        let determinant = x * (y * z - yz * yz) - xy * (xy * z - yz * xz) + xz * (xy * yz - y * xz);
        let angle = (determinant / (2.0 * spread.powi(3)))
            .clamp(-1.0, 1.0)
            .acos()
            / 3.0;
        [
            MEAN + 2.0 * spread * angle.cos(),
            (MEAN + 2.0 * spread * (angle + TAU / 3.0).cos()).max(0.0),
        ]
    }

    /// The squared distance between two: none to two, which are two single axes at a right angle.
    pub(super) fn apart(&self, other: &Self) -> f64 {
        (self.0.iter().zip(&other.0))
            .map(|(a, b)| (a - b) * (a - b))
            .zip([1.0, 1.0, 1.0, 2.0, 2.0, 2.0])
            .map(|(square, count)| square * count)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(moments: [f32; 6]) -> MotionCell {
        MotionCell { moments, fast: 0.0 }
    }

    #[test]
    fn shares_are_those_of_the_limbs_own_axes_however_the_sensor_lies() {
        let straight = Axes::of_motion(&[cell([6.0, 3.0, 1.0, 0.0, 0.0, 0.0])]).unwrap();
        // The same, turned by 45 degrees about the third axis.
        let askew = Axes::of_motion(&[cell([4.5, 4.5, 1.0, 1.5, 0.0, 0.0])]).unwrap();
        for axes in [straight, askew] {
            assert!((axes.greatest() - 0.6).abs() < 1e-9, "{axes:?}");
            assert!((axes.least() - 0.1).abs() < 1e-9, "{axes:?}");
        }
        let alike = Axes::of_motion(&[cell([2.0, 2.0, 2.0, 0.0, 0.0, 0.0])]).unwrap();
        assert!((alike.greatest() - 1.0 / 3.0).abs() < 1e-9 && alike.least() == alike.greatest());
    }

    #[test]
    fn axes_at_a_right_angle_are_farthest_apart() {
        let along = |moments| Axes::of_motion(&[cell(moments)]).unwrap();
        let x = along([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let y = along([0.0, 5.0, 0.0, 0.0, 0.0, 0.0]);
        let between = along([1.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
        assert_eq!(x.apart(&x), 0.0);
        assert!((x.apart(&y) - 2.0).abs() < 1e-9);
        assert!((x.apart(&between) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_way_to_and_fro_lies_on_one_axis_and_a_bend_does_not() {
        let down = [0.0, 0.0, 1.0];
        let hinge = [[0.1, 0.0, 1.0], [0.3, 0.0, 1.0], [0.1, 0.0, 1.0]];
        assert!(Axes::of_turn(down, &hinge).unwrap().greatest() > 0.99);
        let bend = [[0.3, 0.0, 1.0], [0.0, 0.3, 1.0]];
        assert!((Axes::of_turn(down, &bend).unwrap().greatest() - 0.5).abs() < 1e-6);
    }

    #[test]
    fn nothing_seen_has_no_axes() {
        assert_eq!(Axes::of_motion(&[MotionCell::EMPTY]), None);
        assert_eq!(Axes::of_motion(&[]), None);
        // a file's word for no value, 3e38, and its square
        assert_eq!(Axes::of_motion(&[cell([f32::INFINITY; 6])]), None);
        assert_eq!(Axes::of_turn([0.0, 0.0, 1.0], &[[f32::NAN; 3]]), None);
        assert_eq!(Axes::of_turn([0.0, 0.0, 1.0], &[[0.0, 0.0, 1.0]]), None);
    }
}
