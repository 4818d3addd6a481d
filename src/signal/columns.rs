//! From columns to samples and back.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x4, f32x8};

use super::lanes::{Eight, Lanes};

/// Puts three columns of equal length side by side, an axis a lane, behind what `samples` holds.
///
/// # Panics
/// When the columns differ in length.
pub fn side_by_side(axes: [&[f32]; 3], samples: &mut Vec<Lanes>) {
    let [x, y, z] = axes;
    assert!(
        x.len() == y.len() && y.len() == z.len(),
        "columns are equally long"
    );
    let before = samples.len();
    samples.resize(before + x.len(), Lanes::default());
    let samples = &mut samples[before..];
    dispatch!(Level::new(), simd => fours_side_by_side(simd, [x, y, z], samples));
}

#[inline(always)]
fn fours_side_by_side<S: Simd>(simd: S, [x, y, z]: [&[f32]; 3], samples: &mut [Lanes]) {
    let ((xs, x), (ys, y), (zs, z)) = (x.as_chunks(), y.as_chunks(), z.as_chunks());
    let (fours, rest) = samples.as_chunks_mut::<4>();
    let none = f32x4::splat(simd, 0.0);
    for (((four, &x), &y), &z) in fours.iter_mut().zip(xs).zip(ys).zip(zs) {
        let (x, y, z) = (
            f32x4::simd_from(simd, x),
            f32x4::simd_from(simd, y),
            f32x4::simd_from(simd, z),
        );
        let (xz, yn) = (x.zip_low(z), y.zip_low(none));
        four[0] = Lanes(xz.zip_low(yn).into());
        four[1] = Lanes(xz.zip_high(yn).into());
        let (xz, yn) = (x.zip_high(z), y.zip_high(none));
        four[2] = Lanes(xz.zip_low(yn).into());
        four[3] = Lanes(xz.zip_high(yn).into());
    }
    for (((sample, &x), &y), &z) in rest.iter_mut().zip(x).zip(y).zip(z) {
        *sample = Lanes::of_axes([x, y, z]);
    }
}

/// Puts the axes of rows behind what three columns hold.
pub fn apart(rows: &[[f32; 3]], columns: [&mut Vec<f32>; 3]) {
    dispatch!(Level::new(), _ => many_apart(rows, columns));
}

/// So many rows are taken apart at once, where the fastest memory holds them: columns are written once, not first with zeros.
const MANY: usize = 64;

#[inline(always)]
fn many_apart(rows: &[[f32; 3]], [x, y, z]: [&mut Vec<f32>; 3]) {
    let (many, rest) = rows.as_chunks::<MANY>();
    for rows in many {
        let [mut xs, mut ys, mut zs] = [[0.0; MANY]; 3];
        for (at, row) in rows.iter().enumerate() {
            [xs[at], ys[at], zs[at]] = *row;
        }
        x.extend_from_slice(&xs);
        y.extend_from_slice(&ys);
        z.extend_from_slice(&zs);
    }
    for row in rest {
        x.push(row[0]);
        y.push(row[1]);
        z.push(row[2]);
    }
}

/// Adds the sum of the squares of each sample's lanes, `(a a + b b) + (c c + d d)`, behind what `squares` holds.
pub fn squared_norms(samples: &[Lanes], squares: &mut Vec<f32>) {
    let before = squares.len();
    squares.resize(before + samples.len(), 0.0);
    let squares = &mut squares[before..];
    dispatch!(Level::new(), simd => eight_squared_norms(simd, samples, squares));
}

#[inline(always)]
fn eight_squared_norms<S: Simd>(simd: S, samples: &[Lanes], squares: &mut [f32]) {
    let (eights, rest) = samples.as_chunks::<8>();
    let (outs, rest_outs) = squares.as_chunks_mut::<8>();
    let square = |a: &Lanes, b: &Lanes| {
        let v = f32x8::simd_from(simd, Eight::of(*a, *b).0);
        v * v
    };
    for (out, [a, b, c, d, e, f, g, h]) in outs.iter_mut().zip(eights) {
        let (ab, cd) = (square(a, b), square(c, d));
        let (ef, gh) = (square(e, f), square(g, h));
        // sums of the first two lanes and of the last two, in turn
        let abcd = ab.unzip_low(cd) + ab.unzip_high(cd);
        let efgh = ef.unzip_low(gh) + ef.unzip_high(gh);
        *out = (abcd.unzip_low(efgh) + abcd.unzip_high(efgh)).into();
    }
    for (out, sample) in rest_outs.iter_mut().zip(rest) {
        let [a, b, c, d] = (*sample * *sample).0;
        *out = (a + b) + (c + d);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn columns_side_by_side_are_samples_and_come_apart_again() {
        let mut noise = Noise::new(8);
        for n in [0, 1, 3, 4, 7, 1023] {
            let [x, y, z] = [0; 3].map(|_| noise.samples(n));
            let mut samples = vec![Lanes([7.0; 4])];
            side_by_side([&x, &y, &z], &mut samples);
            assert_eq!(samples.len(), n + 1);
            for (k, sample) in samples[1..].iter().enumerate() {
                assert_eq!(*sample, Lanes([x[k], y[k], z[k], 0.0]));
            }
            let rows: Vec<[f32; 3]> = samples[1..].iter().map(|sample| sample.axes()).collect();
            let mut columns = [0; 3].map(|_| vec![7.0]);
            apart(&rows, columns.each_mut());
            for (column, axis) in columns.iter().zip([x, y, z]) {
                assert_eq!((column[0], &column[1..]), (7.0, &axis[..]));
            }
        }
    }

    #[test]
    fn a_squared_norm_is_the_sum_of_four_squares() {
        let mut noise = Noise::new(9);
        for n in [0, 1, 7, 8, 9, 500] {
            let samples: Vec<Lanes> = (0..n)
                .map(|_| Lanes([0; 4].map(|_| noise.sample())))
                .collect();
            let mut squares = vec![-1.0];
            squared_norms(&samples, &mut squares);
            assert_eq!(squares.len(), n + 1);
            for (Lanes([a, b, c, d]), square) in samples.iter().zip(&squares[1..]) {
                assert_eq!(*square, (a * a + b * b) + (c * c + d * d));
            }
        }
    }
}
