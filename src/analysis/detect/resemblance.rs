//! How far a movement resembles the others of its night.
//!
//! One leg's movements are much alike within a night: its joint, its muscles and the strap of the sensor stay the same. A
//! body's are not. So every candidate is held against all others, those that look like leg movements by themselves and
//! those that do not; when they came plays no part.

use super::axes::Axes;
use crate::signal::tilt::angle_deg;

/// Turns from here on have a direction, in degrees; breathing tilts by 0.1.
pub(super) const TURNED_DEG: f64 = 0.5;
/// Postures this near to each other (the cosine of 26 degrees) show turns about the same axis alike.
const SAME_POSTURE: f32 = 0.9;
/// How fast likeness falls with the angle between two axes: to 1/e at 41 degrees.
const AXES_ALIKE: f64 = 4.0;
/// By how much the axes of the acceleration of one leg's movements may well differ, as a distance.
const AXES_DIFFER: f64 = 0.5;
/// Shares of the weakest axis below this are all alike: noise has as much.
const LEAST_SHARE: f64 = 0.003;
/// What an axis in the same posture counts when it is the same, and when there is nothing to compare.
const SAME_AXIS: f64 = 2.0;
const UNKNOWN_AXIS: f64 = 0.5;
/// So many movements of either kind, of middling likeness, are taken as seen before the night began: a few tell little.
const SEEN_BEFORE: f64 = 3.0;
const MIDDLING: f64 = 0.05;
/// What a movement says of itself counts as half of another that is just like it, whether of the leg or not: so where a
/// night has little to compare, it is judged by itself.
const ITSELF: f64 = 0.5;
/// So many others are looked at, evenly over the night, so that cost grows with its length alone; a night has some hundreds.
const MOST: usize = 600;
/// Squared distance at which nothing is left of likeness.
const FAR: f64 = 60.0;

/// What a movement looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// In units of what two movements of one leg may well differ by.
    shape: [f64; 5],
    axes: Option<Axes>,
    turn: Option<Turn>,
}

/// What is compared of two shapes.
pub(super) struct Shape {
    pub peak_g: f64,
    pub duration_s: f64,
    pub fast_share: f64,
    pub early_share: f64,
    /// Of the acceleration.
    pub axes: Option<Axes>,
}

/// About which axis the limb turned, as the sensor sees it, from which gravity; of length one both.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Turn {
    axis: [f32; 3],
    from: [f32; 3],
}

impl Look {
    /// A movement during which gravity went this way, from there if it turned.
    pub(super) fn of(shape: &Shape, turned_from: Option<[f32; 3]>, during: &[[f32; 3]]) -> Self {
        let known = |value: f64, or: f64| if value.is_nan() { or } else { value };
        let least = shape.axes.map_or(0.0, |axes| axes.least());
        Self {
            shape: [
                shape.peak_g.max(0.005).ln() / 1.5,
                shape.duration_s.max(0.5).ln() / 1.1,
                known(shape.fast_share, 0.3) / 0.4,
                known(shape.early_share, 0.3).max(0.02).ln() / 2.1,
                least.max(LEAST_SHARE).ln() / 1.5,
            ],
            axes: shape.axes,
            turn: turned_from.and_then(|from| Turn::of(from, during)),
        }
    }

    /// From 0 to 2, as densities go: what matters is how it compares with that of others.
    fn likeness(&self, other: &Self) -> f64 {
        let apart: f64 = self
            .shape
            .iter()
            .zip(&other.shape)
            .map(|(a, b)| (a - b) * (a - b))
            .sum();
        let apart = apart
            + match (&self.axes, &other.axes) {
                (Some(a), Some(b)) => a.apart(b) / (AXES_DIFFER * AXES_DIFFER),
                _ => 0.0,
            };
        // no number where both are beyond all bounds
        if apart.is_nan() || apart > FAR {
            return 0.0;
        }
        let axes = match (self.turn, other.turn) {
            (Some(a), Some(b)) if dot(a.from, b.from) > SAME_POSTURE => {
                SAME_AXIS * (AXES_ALIKE * (f64::from(dot(a.axis, b.axis)) - 1.0)).exp()
            }
            (Some(_), Some(_)) => UNKNOWN_AXIS,
            _ => 1.0,
        };
        axes * (-0.5 * apart).exp()
    }
}

impl Turn {
    /// To where gravity was farthest off.
    fn of(from: [f32; 3], during: &[[f32; 3]]) -> Option<Self> {
        let off = |to: &[f32; 3]| angle_deg(from, *to);
        let to = during
            .iter()
            .filter(|to| !off(to).is_nan())
            .max_by(|a, b| off(a).total_cmp(&off(b)))?;
        let axis = [
            from[1] * to[2] - from[2] * to[1],
            from[2] * to[0] - from[0] * to[2],
            from[0] * to[1] - from[1] * to[0],
        ];
        Some(Self {
            axis: unit(axis)?,
            from: unit(from)?,
        })
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn unit(vector: [f32; 3]) -> Option<[f32; 3]> {
    let length = dot(vector, vector).sqrt();
    (length > 0.0).then(|| vector.map(|v| v / length))
}

/// For every movement the log of how much more it resembles the night's leg movements than the rest. `leg_like` says of
/// each how likely it is one of the leg by itself.
pub(super) fn of_night(looks: &[Look], leg_like: &[f64]) -> Vec<f64> {
    let others: Vec<usize> = (0..looks.len())
        .step_by(looks.len().div_ceil(MOST).max(1))
        .collect();
    let resemblance = |n: usize| {
        let mut leg = Kind::seen_before(ITSELF * leg_like[n]);
        let mut rest = Kind::seen_before(ITSELF * (1.0 - leg_like[n]));
        for &other in others.iter().filter(|&&other| other != n) {
            let likeness = looks[n].likeness(&looks[other]);
            leg.add(leg_like[other], likeness);
            rest.add(1.0 - leg_like[other], likeness);
        }
        (leg.mean() / rest.mean()).ln()
    };
    (0..looks.len()).map(resemblance).collect()
}

/// Movements of one kind, and how much something resembles them.
struct Kind {
    n: f64,
    likeness: f64,
}

impl Kind {
    /// Before the others are looked at, with so much likeness of its own.
    fn seen_before(own: f64) -> Self {
        Self {
            n: SEEN_BEFORE,
            likeness: SEEN_BEFORE * MIDDLING + own,
        }
    }

    fn add(&mut self, share: f64, likeness: f64) {
        self.n += share;
        self.likeness += share * likeness;
    }

    fn mean(&self) -> f64 {
        self.likeness / self.n
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trace::MotionCell;

    const DOWN: [f32; 3] = [0.0, 0.0, 1.0];

    /// A kick of this strength and length that tilts gravity this way and jerks along these axes.
    fn kick_along(peak_g: f64, duration_s: f64, to: [f32; 3], moments: [f32; 6]) -> Look {
        let shape = Shape {
            peak_g,
            duration_s,
            fast_share: 0.2,
            early_share: 0.7,
            axes: Axes::of_motion(&[MotionCell { moments, fast: 0.0 }]),
        };
        let turned_from = (to != DOWN).then_some(DOWN);
        Look::of(&shape, turned_from, &[DOWN, to, DOWN])
    }

    fn kick(peak_g: f64, duration_s: f64, to: [f32; 3]) -> Look {
        kick_along(peak_g, duration_s, to, [1.0, 0.3, 0.1, 0.0, 0.0, 0.0])
    }

    #[test]
    fn what_is_like_the_nights_leg_movements_speaks_for_the_leg() {
        let (forward, aside) = ([0.3, 0.0, 1.0], [0.0, 0.3, 1.0]);
        let mut looks = vec![kick(0.3, 2.5, forward); 10];
        looks.extend(vec![kick(0.1, 7.0, aside); 10]);
        let mut leg_like = vec![0.9; 10];
        leg_like.extend([0.1; 10]);
        // None of these is known for anything by itself.
        looks.push(kick(0.3, 2.5, forward));
        looks.push(kick(0.3, 2.5, aside));
        looks.push(kick(0.1, 7.0, aside));
        leg_like.extend([0.5; 3]);
        let found = of_night(&looks, &leg_like);
        let (like, askew, unlike) = (found[20], found[21], found[22]);
        assert!(like > 1.0 && unlike < -1.0, "{like} {unlike}");
        assert!(like > askew && askew > unlike, "{askew}");
    }

    #[test]
    fn what_jerks_along_other_axes_than_the_leg_speaks_for_the_body() {
        let forward = [0.3, 0.0, 1.0];
        let along = |moments| kick_along(0.3, 2.5, forward, moments);
        let (hinge, alike) = (
            [1.0, 0.1, 0.01, 0.0, 0.0, 0.0],
            [1.0, 0.9, 0.8, 0.0, 0.0, 0.0],
        );
        // A leg that moves about a hinge, a body that does not; and the other way round.
        for (leg, body) in [(hinge, alike), (alike, hinge)] {
            let mut looks = vec![along(leg); 10];
            looks.extend(vec![along(body); 10]);
            let mut leg_like = vec![0.9; 10];
            leg_like.extend([0.1; 10]);
            looks.extend([along(leg), along(body)]);
            leg_like.extend([0.5; 2]);
            let found = of_night(&looks, &leg_like);
            assert!(found[20] > 0.5 && found[21] < -0.5, "{found:?}");
        }
    }

    #[test]
    fn a_night_with_nothing_to_compare_leaves_what_it_is_by_itself() {
        let look = kick(0.3, 2.5, DOWN);
        assert!(of_night(&[], &[]).is_empty());
        assert!(of_night(&[look], &[0.9])[0] > 1.0);
        assert!(of_night(&[look], &[0.1])[0] < -1.0);
        let found = of_night(&[look; 3], &[0.5; 3]);
        assert!(found.iter().all(|&value| value == 0.0), "{found:?}");
    }

    #[test]
    fn order_in_time_is_nothing_to_it() {
        let mut looks: Vec<Look> = (1..20)
            .map(|k| kick(0.02 * f64::from(k), 0.4 * f64::from(k), [0.2, 0.0, 1.0]))
            .collect();
        let mut leg_like: Vec<f64> = (1..20).map(|k| f64::from(k) / 20.0).collect();
        let mut forth = of_night(&looks, &leg_like);
        looks.reverse();
        leg_like.reverse();
        let back = of_night(&looks, &leg_like);
        forth.reverse();
        for (a, b) in forth.iter().zip(&back) {
            assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
    }
}
