//! Sine, exponential and logarithm from operations that IEEE 754 fixes to the last bit.
//!
//! The standard library hands these to the platform's mathematics library, whose last bits differ between systems; a
//! simulated night must be the same bytes everywhere. Addition, multiplication, division and square root are exact by the
//! standard, so polynomials of them are the same on every machine. Relative error below 1e-13, far more than a sensor needs.

use std::f64::consts::{FRAC_PI_2, LN_2, LOG2_E, PI, SQRT_2};

/// Coefficients of the exponential series, 1/n!, from the highest; enough for |x| ≤ ½ ln 2.
const EXP: [f64; 14] = {
    let mut terms = [1.0; 14];
    let mut n = 1;
    while n < 14 {
        terms[13 - n] = terms[14 - n] / n as f64;
        n += 1;
    }
    terms
};

/// Coefficients of artanh(s)/s in s², 1/(2n+1), from the highest; enough for |s| ≤ 0.172.
const ATANH: [f64; 10] = {
    let mut terms = [1.0; 10];
    let mut n = 0;
    while n < 10 {
        terms[9 - n] = 1.0 / (2 * n + 1) as f64;
        n += 1;
    }
    terms
};

/// Coefficients of sin(r)/r in r², from the highest; enough for |r| ≤ π/4.
const SIN: [f64; 8] = [
    -1.0 / 1_307_674_368_000.0,
    1.0 / 6_227_020_800.0,
    -1.0 / 39_916_800.0,
    1.0 / 362_880.0,
    -1.0 / 5_040.0,
    1.0 / 120.0,
    -1.0 / 6.0,
    1.0,
];

/// Coefficients of cos(r) in r², from the highest; enough for |r| ≤ π/4.
const COS: [f64; 8] = [
    -1.0 / 87_178_291_200.0,
    1.0 / 479_001_600.0,
    -1.0 / 3_628_800.0,
    1.0 / 40_320.0,
    -1.0 / 720.0,
    1.0 / 24.0,
    -0.5,
    1.0,
];

/// e to the power of `x`; 0 below −700, capped at the value for 700.
pub fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    let x = x.min(700.0);
    let power = whole(x * LOG2_E + 0.5);
    let r = x - power as f64 * LN_2;
    let sum = EXP.iter().fold(0.0, |sum, term| sum * r + term);
    sum * f64::from_bits(((power + 1023) as u64) << 52)
}

/// Natural logarithm of a normal number above zero.
pub fn ln(x: f64) -> f64 {
    debug_assert!(x.is_normal() && x > 0.0, "logarithm of {x}");
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mut mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    if mantissa > SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let s2 = s * s;
    let sum = ATANH.iter().fold(0.0, |sum, term| sum * s2 + term);
    2.0 * s * sum + exponent as f64 * LN_2
}

/// π/2 in two parts: the first has its last 20 bits empty, so that a multiple of it below a million is exact.
const HALF_PI_HIGH: f64 = f64::from_bits(FRAC_PI_2.to_bits() & !0xf_ffff);
const HALF_PI_LOW: f64 = (FRAC_PI_2 - HALF_PI_HIGH) + 6.123_233_995_736_766e-17;

/// Sine of an angle in radians, for angles up to about a million.
pub fn sin(x: f64) -> f64 {
    let (quadrant, r) = quarter(x);
    match quadrant & 3 {
        0 => sin_near_zero(r),
        1 => cos_near_zero(r),
        2 => -sin_near_zero(r),
        _ => -cos_near_zero(r),
    }
}

/// Sine and cosine of an angle in radians, for angles up to about a million.
pub fn sin_cos(x: f64) -> (f64, f64) {
    let (quadrant, r) = quarter(x);
    let (sin, cos) = (sin_near_zero(r), cos_near_zero(r));
    match quadrant & 3 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// Which quarter turn is nearest, and what is left of the angle: at most π/4.
#[inline]
fn quarter(x: f64) -> (i64, f64) {
    let quadrant = whole(x * (2.0 / PI) + 0.5);
    let r = (x - quadrant as f64 * HALF_PI_HIGH) - quadrant as f64 * HALF_PI_LOW;
    (quadrant, r)
}

#[inline]
fn sin_near_zero(r: f64) -> f64 {
    let r2 = r * r;
    r * SIN.iter().fold(0.0, |sum, term| sum * r2 + term)
}

#[inline]
fn cos_near_zero(r: f64) -> f64 {
    let r2 = r * r;
    COS.iter().fold(0.0, |sum, term| sum * r2 + term)
}

/// Largest whole number not above `x`, for numbers that an i64 holds. Without `f64::floor`, which is a call where the
/// processor's rounding instruction may not be assumed.
#[inline]
pub fn whole(x: f64) -> i64 {
    let cut = x as i64;
    cut - i64::from(cut as f64 > x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_the_platform_to_twelve_digits() {
        for n in -2_000..2_000 {
            let x = f64::from(n) * 0.0371;
            assert_eq!(sin(x), sin_cos(x).0);
            let (sin, cos) = sin_cos(x);
            assert!((sin - x.sin()).abs() < 1e-12, "sin {x}");
            assert!((cos - x.cos()).abs() < 1e-12, "cos {x}");
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "exp {x}");
            let positive = x.exp();
            assert!((ln(positive) - x).abs() < 1e-12 * (1.0 + x.abs()), "ln {x}");
        }
    }
}
