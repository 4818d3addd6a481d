//! The Fourier transform of complex signals, four side by side.
//!
//! Radix 4, decimation in frequency one way and in time back (Oppenheim & Schafer, section 9.4): the spectrum is left in
//! the order in which it comes about, since a filter multiplies bin by bin and asks for no order. Scale: neither way
//! divides, so there and back is times the length.

use std::f64::consts::TAU;

use super::lanes::Lanes;

/// A complex number in each lane.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Point {
    pub re: Lanes,
    pub im: Lanes,
}

/// The first three powers of a root of one, real and imaginary part in turn.
///
/// Not in lanes of their own: then the compiler takes four points at once and gathers their lanes one by one, which takes
/// three times as long.
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

    /// The first stage there, of the whole.
    pub(crate) fn first_there(&self, points: &mut [Point]) {
        stage_there(points, &self.stages[0]);
    }

    /// The next stages there, of a quarter: one after the other, a quarter stays in the fastest cache.
    pub(crate) fn quarter_there(&self, quarter: &mut [Point]) {
        for twiddles in &self.stages[1..] {
            stage_there(quarter, twiddles);
        }
    }

    /// The stages back but the first and the last, of a quarter.
    pub(crate) fn quarter_back(&self, quarter: &mut [Point]) {
        for twiddles in self.stages[1..].iter().rev() {
            stage_back(quarter, twiddles);
        }
    }

    /// The last stage back, of the whole; real and imaginary parts go apart.
    pub(crate) fn last_back(&self, points: &[Point], re: &mut [Lanes], im: &mut [Lanes]) {
        let twiddles = self.stages[0].as_slice();
        let q = twiddles.len();
        let [a, b, c, d] = quarters(points, q);
        let [re_a, re_b, re_c, re_d] = quarters_mut(re, q);
        let [im_a, im_b, im_c, im_d] = quarters_mut(im, q);
        for j in 0..q {
            let turned = all_turned_back([a[j], b[j], c[j], d[j]], &twiddles[j]);
            let [a, b, c, d] = fours_back(turned);
            (re_a[j], re_b[j], re_c[j], re_d[j]) = (a.re, b.re, c.re, d.re);
            (im_a[j], im_b[j], im_c[j], im_d[j]) = (a.im, b.im, c.im, d.im);
        }
    }
}

fn quarters<T>(whole: &[T], q: usize) -> [&[T]; 4] {
    [
        &whole[..q],
        &whole[q..2 * q],
        &whole[2 * q..3 * q],
        &whole[3 * q..4 * q],
    ]
}

fn quarters_mut<T>(whole: &mut [T], q: usize) -> [&mut [T]; 4] {
    let (ab, cd) = whole[..4 * q].split_at_mut(2 * q);
    let (a, b) = ab.split_at_mut(q);
    let (c, d) = cd.split_at_mut(q);
    [a, b, c, d]
}

fn stage_there(points: &mut [Point], twiddles: &[Twiddle]) {
    let q = twiddles.len();
    for group in points.chunks_exact_mut(4 * q) {
        let [a, b, c, d] = quarters_mut(group, q);
        for j in 0..q {
            let [w, x, y, z] = fours_there([a[j], b[j], c[j], d[j]]);
            let [u, v, s, t, m, n] = twiddles[j];
            a[j] = w;
            b[j] = turned(x, u, v);
            c[j] = turned(y, s, t);
            d[j] = turned(z, m, n);
        }
    }
}

fn stage_back(points: &mut [Point], twiddles: &[Twiddle]) {
    let q = twiddles.len();
    for group in points.chunks_exact_mut(4 * q) {
        let [a, b, c, d] = quarters_mut(group, q);
        for j in 0..q {
            let turned = all_turned_back([a[j], b[j], c[j], d[j]], &twiddles[j]);
            [a[j], b[j], c[j], d[j]] = fours_back(turned);
        }
    }
}

/// Times `re + i im`.
#[inline(always)]
fn turned(p: Point, re: f32, im: f32) -> Point {
    Point {
        re: p.re * re - p.im * im,
        im: p.re * im + p.im * re,
    }
}

/// Times `re - i im`.
#[inline(always)]
fn turned_back(p: Point, re: f32, im: f32) -> Point {
    Point {
        re: p.re * re + p.im * im,
        im: p.im * re - p.re * im,
    }
}

#[inline(always)]
fn all_turned_back([a, b, c, d]: [Point; 4], &[u, v, s, t, m, n]: &Twiddle) -> [Point; 4] {
    [
        a,
        turned_back(b, u, v),
        turned_back(c, s, t),
        turned_back(d, m, n),
    ]
}

/// The transform of four points, in natural order.
#[inline(always)]
pub(crate) fn fours_there([a, b, c, d]: [Point; 4]) -> [Point; 4] {
    let (even, odd) = (plus(a, c), plus(b, d));
    let (p, q) = (minus(a, c), minus(b, d));
    // p - i q and p + i q.
    let one = Point {
        re: p.re + q.im,
        im: p.im - q.re,
    };
    let three = Point {
        re: p.re - q.im,
        im: p.im + q.re,
    };
    [plus(even, odd), one, minus(even, odd), three]
}

/// The same back.
#[inline(always)]
pub(crate) fn fours_back(points: [Point; 4]) -> [Point; 4] {
    let [a, b, c, d] = fours_there(points);
    [a, d, c, b]
}

#[inline(always)]
fn plus(a: Point, b: Point) -> Point {
    Point {
        re: a.re + b.re,
        im: a.im + b.im,
    }
}

#[inline(always)]
fn minus(a: Point, b: Point) -> Point {
    Point {
        re: a.re - b.re,
        im: a.im - b.im,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    /// Where the transform leaves each frequency: the digits of base four, read backward.
    fn place(mut frequency: usize, len: usize) -> usize {
        let (mut at, mut weight) = (0, len / 4);
        while weight > 0 {
            at += frequency % 4 * weight;
            frequency /= 4;
            weight /= 4;
        }
        at
    }

    fn there(fourier: &Fourier, points: &mut [Point]) {
        fourier.first_there(points);
        let quarter = points.len() / 4;
        for quarter in points.chunks_exact_mut(quarter) {
            fourier.quarter_there(quarter);
        }
        for four in points.as_chunks_mut::<4>().0 {
            *four = fours_there(*four);
        }
    }

    #[test]
    fn every_lane_is_the_sum_that_defines_it_and_comes_back() {
        let mut noise = Noise::new(31);
        for len in [16, 64, 256, 1024] {
            let fourier = Fourier::plan(len);
            let mut lanes = || Lanes([0; 4].map(|_| noise.sample()));
            let before: Vec<Point> = (0..len)
                .map(|_| Point {
                    re: lanes(),
                    im: lanes(),
                })
                .collect();
            let mut points = before.clone();
            there(&fourier, &mut points);
            // Sums of `len` numbers within 1, each rounded once a stage.
            let tolerance = 4.0 * f64::from(f32::EPSILON) * (len as f64).sqrt() * 5.0;
            for frequency in (0..len).step_by(len / 16 + 1) {
                for lane in 0..4 {
                    let (mut re, mut im) = (0.0, 0.0);
                    for (k, point) in before.iter().enumerate() {
                        let (sin, cos) =
                            (TAU * (frequency * k % len) as f64 / len as f64).sin_cos();
                        let (x, y) = (f64::from(point.re.0[lane]), f64::from(point.im.0[lane]));
                        re += x * cos + y * sin;
                        im += y * cos - x * sin;
                    }
                    let found = points[place(frequency, len)];
                    assert!((f64::from(found.re.0[lane]) - re).abs() < tolerance);
                    assert!((f64::from(found.im.0[lane]) - im).abs() < tolerance);
                }
            }
            for four in points.as_chunks_mut::<4>().0 {
                *four = fours_back(*four);
            }
            for quarter in points.chunks_exact_mut(len / 4) {
                fourier.quarter_back(quarter);
            }
            let (mut re, mut im) = (vec![Lanes::default(); len], vec![Lanes::default(); len]);
            fourier.last_back(&points, &mut re, &mut im);
            for k in 0..len {
                for lane in 0..4 {
                    let (x, y) = (re[k].0[lane] / len as f32, im[k].0[lane] / len as f32);
                    assert!((x - before[k].re.0[lane]).abs() < 1e-5);
                    assert!((y - before[k].im.0[lane]).abs() < 1e-5);
                }
            }
        }
    }
}
