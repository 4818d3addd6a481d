//! Three numbers at once, each of a known shape: a number a lane.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x4, f64x2, i16x16, u8x32, u16x16, u32x4, u64x2};

use super::shape::{MARK_AT, Shape};

/// Bytes of a number's lane, and of them all; the fourth is empty.
const LANE: usize = 8;
const LANES: usize = 4 * LANE;

/// What the first of two is multiplied by, before the second is added.
const HUNDRED: [i16; 16] = first_of_two(100);
const TEN_THOUSAND: [i16; 16] = first_of_two(10_000);
/// The lower halves of four numbers of four bytes, side by side, in each half of all bytes.
const BESIDE: [u8; LANES] = [
    0, 1, 4, 5, 8, 9, 12, 13, 0, 1, 4, 5, 8, 9, 12, 13, //
    0, 1, 4, 5, 8, 9, 12, 13, 0, 1, 4, 5, 8, 9, 12, 13,
];

const fn first_of_two(weight: i16) -> [i16; 16] {
    let (a, b) = (weight, 1);
    [a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b]
}

/// How three numbers look, lane by lane.
#[derive(Debug, Clone)]
pub(super) struct Three {
    /// The signs of the figures and the mark: what is left of a byte without them is a figure's value, and 0 for the mark.
    signs: [u8; LANES],
    /// The most that may be left.
    most: [u8; LANES],
    /// Which byte of its half each of eight figures is; where a number has less, the mark stands for a leading 0.
    places: [u8; LANES],
    /// One over 10 to the number of decimals.
    factors: [f64; 4],
}

impl Three {
    pub(super) fn of(shapes: &[Shape; 3], mark: u8) -> Self {
        let mut three = Self {
            signs: [0; LANES],
            most: [u8::MAX; LANES],
            places: [0; LANES],
            factors: [0.0; 4],
        };
        for (lane, shape) in shapes.iter().enumerate() {
            let of_lane = lane * LANE..(lane + 1) * LANE;
            let in_half = (lane % 2 * LANE) as u8;
            for (at, place) in three.places[of_lane.clone()].iter_mut().enumerate() {
                // the last figure last; the first stands before the mark
                let figure = (at + shape.n_figures()).checked_sub(LANE);
                let byte = figure.map_or(MARK_AT, |figure| figure + usize::from(figure >= MARK_AT));
                *place = in_half + byte as u8;
            }
            let signs = &mut three.signs[of_lane.clone()][..shape.length];
            signs.fill(b'0');
            signs[MARK_AT] = mark;
            let most = &mut three.most[of_lane][..shape.length];
            most.fill(9);
            most[MARK_AT] = 0;
            three.factors[lane] = shape.factor;
        }
        three
    }

    /// The numbers that three words begin with, without their signs, if each looks as expected; `negative` says which have
    /// a minus before them. The fourth value is 0.
    #[inline(always)]
    pub(super) fn read<S: Simd>(
        &self,
        simd: S,
        [x, y, z]: [u64; 3],
        negative: [bool; 3],
    ) -> Option<[f32; 4]> {
        /// The bits of 2^52: with a whole number below 2^32 in the lower half, that many more.
        const LARGE: u64 = 0x4330_0000_0000_0000;
        let (low, high) = (
            u64x2::simd_from(simd, [x, y]),
            u64x2::simd_from(simd, [z, 0]),
        );
        let text: u8x32<S> = low.combine(high).bitcast();
        let left = text ^ u8x32::simd_from(simd, self.signs);
        if !left.simd_le(u8x32::simd_from(simd, self.most)).all_true() {
            return None;
        }
        let places = u8x32::simd_from(simd, self.places);
        let figures: u16x16<S> = left.swizzle_dyn_within_blocks(places).bitcast();
        // pairs, fours, all: ten times the first is added to the second, a hundred times, ten thousand times
        let pairs = (figures * 10 + (figures >> 8)) & 0xFF;
        let hundreds: i16x16<S> = pairs.bitcast();
        let weights = i16x16::simd_from(simd, HUNDRED);
        let fours: u8x32<S> = hundreds.pairwise_dot_product(weights).bitcast();
        let beside = u8x32::simd_from(simd, BESIDE);
        let fours: i16x16<S> = fours.swizzle_dyn_within_blocks(beside).bitcast();
        let weights = i16x16::simd_from(simd, TEN_THOUSAND);
        let (low, high) = fours.pairwise_dot_product(weights).split();
        let large = u32x4::splat(simd, (LARGE >> 32) as u32);
        let factors = self.factors.as_chunks::<2>().0;
        let number = |whole: u32x4<S>, half: usize| {
            let sum: f64x2<S> = whole.zip_low(large).bitcast();
            (sum - f64::from_bits(LARGE)) * f64x2::simd_from(simd, factors[half])
        };
        let numbers: f32x4<S> = number(low.bitcast(), 0).narrow(number(high.bitcast(), 1));
        let minus = |is: bool| u32::from(is) << 31;
        let [a, b, c] = negative;
        let minus = u32x4::simd_from(simd, [minus(a), minus(b), minus(c), 0]);
        let numbers: u32x4<S> = numbers.bitcast();
        let numbers: f32x4<S> = (numbers ^ minus).bitcast();
        Some(numbers.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn three_at_once_are_what_each_is_alone() {
        let mut noise = Noise::new(19);
        for _ in 0..400 {
            let mark = [b'.', b','][noise.between(0, 1)];
            let shapes = [0; 3].map(|_| Shape::new(mark, noise.between(1, 6)));
            let three = Three::of(&shapes, mark);
            for _ in 0..200 {
                let mut texts = shapes.map(|shape| {
                    let mut text = [0; 8].map(|_: u8| b'0' + noise.between(0, 9) as u8);
                    text[MARK_AT] = mark;
                    for byte in &mut text[shape.length..] {
                        *byte = noise.between(0, 255) as u8;
                    }
                    text
                });
                if noise.between(0, 2) == 0 {
                    texts[noise.between(0, 2)][noise.between(0, 7)] = noise.between(0, 255) as u8;
                }
                let words = texts.map(u64::from_le_bytes);
                let negative = [0; 3].map(|_| noise.between(0, 1) == 1);
                let alone = [0, 1, 2].map(|at: usize| {
                    let size = shapes[at].read(words[at])?;
                    Some(if negative[at] {
                        -size as f32
                    } else {
                        size as f32
                    })
                });
                let expected = match alone {
                    [Some(x), Some(y), Some(z)] => Some([x, y, z, 0.0].map(f32::to_bits)),
                    _ => None,
                };
                let found = dispatch!(Level::new(), simd => three.read(simd, words, negative));
                assert_eq!(
                    found.map(|found| found.map(f32::to_bits)),
                    expected,
                    "{texts:?}"
                );
            }
        }
    }
}
