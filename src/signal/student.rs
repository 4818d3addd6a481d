//! The normal and Student's t distribution: how far a resampling interval from few pieces must be widened.

use std::f64::consts::PI;

/// Probability that a standard normal value is below `z` (Marsaglia 2004, "Evaluating the normal distribution",
/// J Stat Softw 11:4; the error is that of the last bits up to |z| = 7, beyond which 0 or 1 is returned).
pub fn normal_below(z: f64) -> f64 {
    if z.abs() > 7.0 {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut term, mut k) = (z, z, 1.0);
    loop {
        k += 2.0;
        term *= z * z / k;
        let next = sum + term;
        if next == sum {
            break;
        }
        sum = next;
    }
    0.5 + sum * (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// The value that Student's t with `degrees` of freedom (above 0, not necessarily whole) stays below with probability
/// `p`, strictly between 0 and 1.
pub fn t_quantile(p: f64, degrees: f64) -> f64 {
    if p < 0.5 {
        return -t_quantile(1.0 - p, degrees);
    }
    // The distribution rises: halve until the interval has no middle left.
    let (mut low, mut high) = (0.0, 1.0);
    while t_below(high, degrees) < p && high < 1e12 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if t_below(middle, degrees) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Probability that Student's t is below `t`, which is not negative (Abramowitz & Stegun 26.7.1).
fn t_below(t: f64, degrees: f64) -> f64 {
    1.0 - 0.5 * incomplete_beta(0.5 * degrees, 0.5, degrees / (degrees + t * t))
}

/// Regularized incomplete beta function by its continued fraction (Didonato & Morris 1992, ACM Trans Math Softw 18:360).
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let ln_front = a * x.ln() + b * (-x).ln_1p() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    // Lentz's evaluation, the even and the odd coefficient of each step together.
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..1000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    ln_front.exp() * fraction / a
}

/// Logarithm of the gamma function, by Lanczos's approximation (g = 7, nine coefficients, relative error 1e-15; Godfrey
/// 2001).
fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const COEFFICIENTS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return (PI / (PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let series: f64 = COEFFICIENTS[0]
        + (1_u8..)
            .zip(&COEFFICIENTS[1..])
            .map(|(k, coefficient)| coefficient / (x + f64::from(k)))
            .sum::<f64>();
    let base = x + G + 0.5;
    0.5 * (2.0 * PI).ln() + (x + 0.5) * base.ln() - base + series.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_has_the_tabled_values() {
        // Abramowitz & Stegun, table 26.1.
        let table = [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_543),
            (1.96, 0.975_002_104_851_780),
            (-3.0, 0.001_349_898_031_630),
        ];
        for (z, p) in table {
            assert!((normal_below(z) - p).abs() < 1e-14, "{z}");
        }
        assert_eq!((normal_below(40.0), normal_below(-40.0)), (1.0, 0.0));
    }

    #[test]
    fn students_t_has_the_tabled_values() {
        // Abramowitz & Stegun, table 26.10, one tail of 2.5 %; and tan(0.475 pi) exactly for one degree.
        let table = [
            (2.0, 4.303),
            (3.0, 3.182),
            (7.0, 2.365),
            (30.0, 2.042),
            (120.0, 1.980),
        ];
        for (degrees, t) in table {
            assert!((t_quantile(0.975, degrees) - t).abs() < 5e-4, "{degrees}");
        }
        assert!((t_quantile(0.975, 1.0) - (0.475 * PI).tan()).abs() < 1e-9);
        assert!((t_quantile(0.025, 7.0) + t_quantile(0.975, 7.0)).abs() < 1e-12);
    }

    #[test]
    fn with_many_degrees_it_is_normal() {
        assert!((normal_below(t_quantile(0.975, 1e7)) - 0.975).abs() < 1e-7);
    }
}
