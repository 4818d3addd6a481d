//! The Fourier transform of complex signals, eight side by side.
//!
//! Radix 4, decimation in frequency one way and in time back (Oppenheim & Schafer, section 9.4): the spectrum is left in
//! the order in which it comes about, since a filter multiplies bin by bin and asks for no order. Scale: neither way
//! divides, so there and back is times the length.
//!
//! Written once for every width of a machine's registers; who calls it picks the widest at run time. Sums and their order
//! are the same for each and no product is fused with a sum, so the bits are, too.

use std::f64::consts::TAU;

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8};

use super::lanes::Eight;

/// A complex number in each lane, in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Point {
    pub re: Eight,
    pub im: Eight,
}

/// The same in registers.
#[derive(Clone, Copy)]
pub(crate) struct Held<S: Simd> {
    pub re: f32x8<S>,
    pub im: f32x8<S>,
}

impl<S: Simd> Held<S> {
    #[inline(always)]
    pub(crate) fn of(simd: S, re: [f32; 8], im: [f32; 8]) -> Self {
        Self {
            re: f32x8::simd_from(simd, re),
            im: f32x8::simd_from(simd, im),
        }
    }

    #[inline(always)]
    pub(crate) fn load(simd: S, point: &Point) -> Self {
        Self::of(simd, point.re.0, point.im.0)
    }

    #[inline(always)]
    pub(crate) fn store(self) -> Point {
        Point {
            re: Eight(self.re.into()),
            im: Eight(self.im.into()),
        }
    }

    #[inline(always)]
    pub(crate) fn scaled(self, factor: f32) -> Self {
        Self {
            re: self.re * factor,
            im: self.im * factor,
        }
    }

    /// Times `re + i im`.
    #[inline(always)]
    fn turned(self, re: f32, im: f32) -> Self {
        Self {
            re: self.re * re - self.im * im,
            im: self.re * im + self.im * re,
        }
    }

    /// Times `re - i im`.
    #[inline(always)]
    fn turned_back(self, re: f32, im: f32) -> Self {
        Self {
            re: self.re * re + self.im * im,
            im: self.im * re - self.re * im,
        }
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Self {
            re: self.re + other.re,
            im: self.im + other.im,
        }
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Self {
            re: self.re - other.re,
            im: self.im - other.im,
        }
    }
}

/// The first three powers of a root of one, real and imaginary part in turn.
type Twiddle = [f32; 6];

/// A planned transform; its length is a power of four, at least 16.
///
/// Its last stage there and its first stage back need no twiddles; they are left to who multiplies in between
/// ([`fours_there`], [`fours_back`]).
pub(crate) struct Fourier {
    /// Twiddles of the other stages, from the longest to that of 16 points.
    stages: Vec<Vec<Twiddle>>,
}

impl Fourier {
    /// # Panics
    /// When the length is no power of four from 16 on.
    pub(crate) fn plan(len: usize) -> Self {
        assert!(
            len.is_power_of_two() && len.trailing_zeros().is_multiple_of(2) && len >= 16,
            "{len} points are no power of four"
        );
        let mut stages = Vec::new();
        let mut points = len;
        while points > 4 {
            let root = |power: usize| {
                let angle = TAU * power as f64 / points as f64;
                [angle.cos() as f32, -angle.sin() as f32]
            };
            let twiddle = |j: usize| {
                let ([a, b], [c, d], [e, f]) = (root(j), root(2 * j), root(3 * j));
                [a, b, c, d, e, f]
            };
            stages.push((0..points / 4).map(twiddle).collect());
            points /= 4;
        }
        Self { stages }
    }

    /// Where a transform of this length leaves a frequency: the digits of base four, read backward.
    pub(crate) fn place(mut frequency: usize, len: usize) -> usize {
        let (mut at, mut weight) = (0, len / 4);
        while weight > 0 {
            at += frequency % 4 * weight;
            frequency /= 4;
            weight /= 4;
        }
        at
    }

    /// The stages there but the last. The points come from `input`, which is asked for each of them once.
    #[inline(always)]
    pub(crate) fn there<S: Simd>(
        &self,
        simd: S,
        input: impl Fn(usize) -> Held<S>,
        points: &mut [Point],
    ) {
        let twiddles = self.stages[0].as_slice();
        let q = twiddles.len();
        let [a, b, c, d] = quarters_mut(points, q);
        for j in 0..q {
            let four = [input(j), input(j + q), input(j + 2 * q), input(j + 3 * q)];
            [a[j], b[j], c[j], d[j]] = turned_there(four, &twiddles[j]);
        }
        for twiddles in &self.stages[1..] {
            let q = twiddles.len();
            for group in points.chunks_exact_mut(4 * q) {
                let [a, b, c, d] = quarters_mut(group, q);
                for j in 0..q {
                    let four = held(simd, [&a[j], &b[j], &c[j], &d[j]]);
                    [a[j], b[j], c[j], d[j]] = turned_there(four, &twiddles[j]);
                }
            }
        }
    }

    /// The stages back but the first. The points go to `output`, in no order, each once.
    #[inline(always)]
    pub(crate) fn back<S: Simd>(
        &self,
        simd: S,
        points: &mut [Point],
        mut output: impl FnMut(usize, Held<S>),
    ) {
        for twiddles in self.stages[1..].iter().rev() {
            let q = twiddles.len();
            for group in points.chunks_exact_mut(4 * q) {
                let [a, b, c, d] = quarters_mut(group, q);
                for j in 0..q {
                    let four = held(simd, [&a[j], &b[j], &c[j], &d[j]]);
                    let four = turned_back(four, &twiddles[j]);
                    [a[j], b[j], c[j], d[j]] = stored(four);
                }
            }
        }
        let twiddles = self.stages[0].as_slice();
        let q = twiddles.len();
        let [a, b, c, d] = quarters_mut(points, q);
        for j in 0..q {
            let four = held(simd, [&a[j], &b[j], &c[j], &d[j]]);
            let [a, b, c, d] = turned_back(four, &twiddles[j]);
            output(j, a);
            output(j + q, b);
            output(j + 2 * q, c);
            output(j + 3 * q, d);
        }
    }
}

// An array's own `map` is a function without the wider registers; so four are written out.

#[inline(always)]
pub(crate) fn held<S: Simd>(simd: S, [a, b, c, d]: [&Point; 4]) -> [Held<S>; 4] {
    [
        Held::load(simd, a),
        Held::load(simd, b),
        Held::load(simd, c),
        Held::load(simd, d),
    ]
}

#[inline(always)]
pub(crate) fn stored<S: Simd>([a, b, c, d]: [Held<S>; 4]) -> [Point; 4] {
    [a.store(), b.store(), c.store(), d.store()]
}

#[inline(always)]
fn quarters_mut<T>(whole: &mut [T], q: usize) -> [&mut [T]; 4] {
    let (ab, cd) = whole[..4 * q].split_at_mut(2 * q);
    let (a, b) = ab.split_at_mut(q);
    let (c, d) = cd.split_at_mut(q);
    [a, b, c, d]
}

#[inline(always)]
fn turned_there<S: Simd>(four: [Held<S>; 4], &[u, v, s, t, m, n]: &Twiddle) -> [Point; 4] {
    let [a, b, c, d] = fours_there(four);
    stored([a, b.turned(u, v), c.turned(s, t), d.turned(m, n)])
}

#[inline(always)]
fn turned_back<S: Simd>([a, b, c, d]: [Held<S>; 4], twiddle: &Twiddle) -> [Held<S>; 4] {
    let &[u, v, s, t, m, n] = twiddle;
    fours_back([
        a,
        b.turned_back(u, v),
        c.turned_back(s, t),
        d.turned_back(m, n),
    ])
}

/// The transform of four points, in natural order.
#[inline(always)]
pub(crate) fn fours_there<S: Simd>([a, b, c, d]: [Held<S>; 4]) -> [Held<S>; 4] {
    let (even, odd) = (a.plus(c), b.plus(d));
    let (p, q) = (a.minus(c), b.minus(d));
    // p - i q and p + i q.
    let one = Held {
        re: p.re + q.im,
        im: p.im - q.re,
    };
    let three = Held {
        re: p.re - q.im,
        im: p.im + q.re,
    };
    [even.plus(odd), one, even.minus(odd), three]
}

/// The same back.
#[inline(always)]
pub(crate) fn fours_back<S: Simd>(points: [Held<S>; 4]) -> [Held<S>; 4] {
    let [a, b, c, d] = fours_there(points);
    [a, d, c, b]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;
    use fearless_simd::{Level, dispatch};

    #[inline(always)]
    fn there_whole<S: Simd>(simd: S, fourier: &Fourier, input: &[Point], points: &mut [Point]) {
        fourier.there(simd, |k| Held::load(simd, &input[k]), points);
        for four in points.as_chunks_mut::<4>().0 {
            *four = stored(fours_there(held(simd, four.each_ref())));
        }
    }

    #[inline(always)]
    fn back_whole<S: Simd>(simd: S, fourier: &Fourier, points: &mut [Point], out: &mut [Point]) {
        for four in points.as_chunks_mut::<4>().0 {
            *four = stored(fours_back(held(simd, four.each_ref())));
        }
        fourier.back(simd, points, |k, point| out[k] = point.store());
    }

    #[test]
    fn every_lane_is_the_sum_that_defines_it_and_comes_back() {
        let mut noise = Noise::new(31);
        for len in [16, 64, 256, 1024] {
            let fourier = Fourier::plan(len);
            let mut lanes = || Eight([0; 8].map(|_| noise.sample()));
            let before: Vec<Point> = (0..len)
                .map(|_| Point {
                    re: lanes(),
                    im: lanes(),
                })
                .collect();
            let mut points = vec![Point::default(); len];
            dispatch!(Level::new(), simd => there_whole(simd, &fourier, &before, &mut points));
            // Sums of `len` numbers within 1, each rounded once a stage.
            let tolerance = 4.0 * f64::from(f32::EPSILON) * (len as f64).sqrt() * 5.0;
            for frequency in (0..len).step_by(len / 16 + 1) {
                for lane in 0..8 {
                    let (mut re, mut im) = (0.0, 0.0);
                    for (k, point) in before.iter().enumerate() {
                        let (sin, cos) =
                            (TAU * (frequency * k % len) as f64 / len as f64).sin_cos();
                        let (x, y) = (f64::from(point.re.0[lane]), f64::from(point.im.0[lane]));
                        re += x * cos + y * sin;
                        im += y * cos - x * sin;
                    }
                    let found = points[Fourier::place(frequency, len)];
                    assert!((f64::from(found.re.0[lane]) - re).abs() < tolerance);
                    assert!((f64::from(found.im.0[lane]) - im).abs() < tolerance);
                }
            }
            let mut after = vec![Point::default(); len];
            dispatch!(Level::new(), simd => back_whole(simd, &fourier, &mut points, &mut after));
            for (after, before) in after.iter().zip(&before) {
                for lane in 0..8 {
                    let (x, y) = (after.re.0[lane] / len as f32, after.im.0[lane] / len as f32);
                    assert!((x - before.re.0[lane]).abs() < 1e-5);
                    assert!((y - before.im.0[lane]).abs() < 1e-5);
                }
            }
        }
    }
}
