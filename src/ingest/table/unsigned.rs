//! Signed counts that were printed without their sign: -100 as 65436, as a processor of 32 bits does that puts a register of
//! 16 together from two bytes.

use super::sketch::Sketch;

/// Widths of the registers of accelerometers.
const BITS: [u32; 2] = [8, 16];
/// Fewer rows say nothing.
const ENOUGH: usize = 100;
/// A limb's acceleration is seldom more than this share of what a register can hold, above or below nought: 1.5 g of 2.
const REACHED: f64 = 0.75;
/// More numbers beyond it are those of a converter whose nought lies in the middle.
const FEW: f64 = 0.02;
/// So often at the least a number near nought must follow one near the largest.
const TURNS: usize = 3;
/// Counts of one g that registers of 16 bits have, and how far gravity at rest may be from them.
const PER_G: [f64; 6] = [512.0, 1_024.0, 2_048.0, 4_096.0, 8_192.0, 16_384.0];
const NEAR: f64 = 0.1;

/// Above which number the sign was lost, and what is to be taken off then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) struct Unsigned {
    pub bits: u32,
    half: f32,
    /// The evidence, as a phrase.
    pub because: &'static str,
}

impl Unsigned {
    /// The number with its sign.
    #[inline]
    pub(super) fn signed(self, value: f32) -> f32 {
        match value >= self.half {
            true => value - 2.0 * self.half,
            false => value,
        }
    }

    /// Whether the axes hold such numbers, by the rows of the head.
    pub(in crate::ingest) fn seen(sketch: &Sketch, axes: [usize; 3]) -> Option<Self> {
        let [x, y, z] = axes.map(|column| sketch.numbers(column));
        let vectors = x.zip(y).zip(z).filter_map(|((x, y), z)| Some([x?, y?, z?]));
        let vectors: Vec<[f64; 3]> = vectors.collect();
        let evidence = |bits: u32| Some((bits, lost_sign(&vectors, bits)?));
        let (bits, because) = BITS.into_iter().find_map(evidence)?;
        Some(Self {
            bits,
            half: (1u32 << (bits - 1)) as f32,
            because,
        })
    }
}

/// What tells that numbers of so many bits lost their sign.
fn lost_sign(vectors: &[[f64; 3]], bits: u32) -> Option<&'static str> {
    let size = f64::from(1u32 << bits);
    let fits = |v: &f64| v.fract() == 0.0 && (0.0..size).contains(v);
    if vectors.len() < ENOUGH || !vectors.iter().flatten().all(fits) {
        return None;
    }
    let signed = |v: f64| if v >= 0.5 * size { v - size } else { v };
    let beyond = vectors
        .iter()
        .flatten()
        .filter(|v| signed(**v).abs() > 0.5 * REACHED * size);
    let negative = vectors.iter().flatten().any(|v| signed(*v) < 0.0);
    if !negative || beyond.count() as f64 > FEW * (3 * vectors.len()) as f64 {
        return None;
    }
    let turns = (0..3).map(|axis| {
        let pairs = vectors.windows(2);
        pairs
            .filter(|pair| (pair[1][axis] - pair[0][axis]).abs() > REACHED * size)
            .count()
    });
    if turns.max() >= Some(TURNS) {
        Some("printed without it: numbers near nought and near the largest follow each other")
    } else if bits == 16 && is_one_g(vectors, signed) {
        Some("printed without it: only with their signs the axes show one g")
    } else {
        None
    }
}

/// Whether the numbers with their signs are as long at rest as one g of a usual sensor.
fn is_one_g(vectors: &[[f64; 3]], signed: impl Fn(f64) -> f64) -> bool {
    let length = |v: &[f64; 3]| v.map(|v| signed(v) * signed(v)).iter().sum::<f64>().sqrt();
    let mut lengths: Vec<f64> = vectors.iter().map(length).collect();
    lengths.sort_unstable_by(f64::total_cmp);
    let middle = lengths[lengths.len() / 2];
    PER_G
        .iter()
        .any(|per_g| (middle / per_g - 1.0).abs() < NEAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A limb at rest that is turned once, in counts of `per_g` a g with a sensor's noise.
    fn turned(per_g: f64, size: f64) -> Vec<[f64; 3]> {
        let at = |n: usize| {
            let angle = if n < 300 { 0.01 } else { -0.4 };
            let noise = ((n * 7919 % 11) as f64 - 5.0) * 0.004;
            [
                0.4 + noise,
                f64::sin(angle) * 0.9165 + noise,
                f64::cos(angle) * 0.9165,
            ]
        };
        let count = |g: f64| (g * per_g).round().rem_euclid(size);
        (0..600).map(|n| at(n).map(count)).collect()
    }

    #[test]
    fn signs_that_were_lost_are_seen() {
        assert!(lost_sign(&turned(16_384.0, 65_536.0), 16).is_some());
        assert!(lost_sign(&turned(64.0, 256.0), 8).is_some());
        // the same with their signs, and with none needed
        let with_signs = |v: f64| if v >= 32_768.0 { v - 65_536.0 } else { v };
        let signed: Vec<[f64; 3]> = turned(16_384.0, 65_536.0)
            .iter()
            .map(|v| v.map(with_signs))
            .collect();
        assert!(lost_sign(&signed, 16).is_none());
        let positive: Vec<[f64; 3]> = signed.iter().map(|v| v.map(f64::abs)).collect();
        assert!(lost_sign(&positive, 16).is_none());
    }

    #[test]
    fn a_converter_whose_nought_is_in_the_middle_is_another_thing() {
        for (bits, middle, per_g) in [(8, 128.0, 63.0), (16, 32_768.0, 8_192.0)] {
            let shifted: Vec<[f64; 3]> = (0..600)
                .map(|n| {
                    [0.1, -0.2, 0.97].map(|g: f64| (middle + g * per_g).round() + (n % 5) as f64)
                })
                .collect();
            assert!(lost_sign(&shifted, bits).is_none(), "{bits}");
        }
    }

    #[test]
    fn numbers_come_back_with_their_signs() {
        let unsigned = Unsigned {
            bits: 16,
            half: 32_768.0,
            because: "",
        };
        assert_eq!(unsigned.signed(65_436.0), -100.0);
        assert_eq!(unsigned.signed(32_767.0), 32_767.0);
        assert_eq!(unsigned.signed(32_768.0), -32_768.0);
    }
}
