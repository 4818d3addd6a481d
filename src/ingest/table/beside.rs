//! Gravity in columns of its own beside an acceleration: it tells whether the acceleration holds gravity too, and the unit.
//!
//! Watches write what the body does and what the earth does side by side, both in one unit, and call the first
//! `acceleration` as often as `userAcceleration`. Laid along the pull of the earth it is one pull long on average, or
//! none.

use super::sketch::Sketch;
use crate::model::units::{AccelUnit, GravityState};

/// Rows that there must be.
const ROWS: usize = 20;
/// The pull is this even: it is made by a filter that keeps its length.
const EVEN: f64 = 0.02;
/// On average so much of the pull lies in an acceleration that holds it, and in one that does not.
const HELD: std::ops::Range<f64> = 0.7..1.3;
const NOT_HELD: std::ops::Range<f64> = -0.3..0.3;
/// An acceleration of which so much lies along the pull (the squared cosine) holds it, in whatever unit and sign.
const PARALLEL: f64 = 0.8;

/// What gravity's columns say of those of the acceleration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beside {
    /// Whether gravity is in the acceleration; `None` where that cannot be told.
    pub acceleration: Option<GravityState>,
    /// The unit in which the earth pulls with one g.
    pub unit: Option<AccelUnit>,
    /// How long the pull is.
    pub pull: f64,
}

/// Lays one along the other; `None` where the columns named gravity are no even pull.
pub(super) fn lay(
    sketch: &Sketch,
    acceleration: [usize; 3],
    gravity: [usize; 3],
) -> Option<Beside> {
    let column = |c: usize| sketch.numbers(c);
    let [a, b, c] = acceleration.map(column);
    let [x, y, z] = gravity.map(column);
    let (mut along, mut squares, mut own_squares, mut lengths, mut n) =
        (0.0, 0.0, 0.0, 0.0, 0usize);
    for (((((a, b), c), x), y), z) in a.zip(b).zip(c).zip(x).zip(y).zip(z) {
        let (Some(a), Some(b), Some(c), Some(x), Some(y), Some(z)) = (a, b, c, x, y, z) else {
            continue;
        };
        let square = x * x + y * y + z * z;
        along += a * x + b * y + c * z;
        squares += square;
        own_squares += a * a + b * b + c * c;
        lengths += square.sqrt();
        n += 1;
    }
    let (share, pull) = (along / squares, lengths / n as f64);
    let spread = (squares / n as f64 - pull * pull).max(0.0).sqrt();
    if n < ROWS || pull.is_nan() || pull <= 0.0 || spread > EVEN * pull {
        return None;
    }
    let unit = AccelUnit::PHYSICAL
        .into_iter()
        .find(|unit| (pull * unit.g_per_unit() - 1.0).abs() <= EVEN);
    let in_another_unit = along * along > PARALLEL * squares * own_squares;
    Some(Beside {
        acceleration: match share {
            share if NOT_HELD.contains(&share) && in_another_unit => Some(GravityState::Included),
            share if HELD.contains(&share) => Some(GravityState::Included),
            share if NOT_HELD.contains(&share) => Some(GravityState::Removed),
            _ => None,
        },
        unit,
        pull,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;

    fn laid(row: impl Fn(f64) -> ([f64; 3], [f64; 3])) -> Option<Beside> {
        let rows: String = (0..200)
            .map(|n| {
                let ([a, b, c], [x, y, z]) = row(f64::from(n) * 0.1);
                format!("{n},{a:.5},{b:.5},{c:.5},{x:.5},{y:.5},{z:.5}\n")
            })
            .collect();
        let sketch = Sketch::draw(rows.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        lay(&sketch, [1, 2, 3], [4, 5, 6])
    }

    /// A pull that turns slowly.
    fn pull(at: f64, length: f64) -> [f64; 3] {
        [0.6 * (at * 0.05).cos(), 0.6 * (at * 0.05).sin(), 0.8].map(|v| v * length)
    }

    #[test]
    fn what_the_body_does_has_no_pull_in_it() {
        let found = laid(|at| {
            (
                [at.sin(), 0.4 * at.cos(), 0.3 * (1.7 * at).sin()],
                pull(at, 1.0),
            )
        });
        let found = found.unwrap();
        assert_eq!(found.acceleration, Some(GravityState::Removed));
        assert_eq!(found.unit, Some(AccelUnit::G));
    }

    #[test]
    fn what_a_sensor_feels_has() {
        let found = laid(|at| {
            let [x, y, z] = pull(at, 9.81);
            ([x + at.sin(), y, z + at.cos()], [x, y, z])
        });
        let found = found.unwrap();
        assert_eq!(found.acceleration, Some(GravityState::Included));
        assert_eq!(found.unit, Some(AccelUnit::MetresPerSecondSquared));
    }

    #[test]
    fn gravity_in_another_unit_and_with_another_sign_is_in_it_too() {
        // a device whose acceleration is in g and points up at rest, beside a pull down in m/s2
        let found = laid(|at| {
            let [x, y, z] = pull(at, 9.80);
            (
                [-x / 9.80 + 0.05 * at.sin(), -y / 9.80, -z / 9.80],
                [x, y, z],
            )
        });
        assert_eq!(found.unwrap().acceleration, Some(GravityState::Included));
    }

    #[test]
    fn a_pull_that_swells_is_none() {
        assert_eq!(
            laid(|at| ([0.1, 0.2, 0.3], pull(at, 1.0 + 0.3 * at.sin()))),
            None
        );
    }
}
