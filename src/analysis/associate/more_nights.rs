//! How many more nights would make an interval useful.

use super::shift::two_sided_z;

/// How many pairs a rho of this size needs for an interval of at most `half_width` to either side (the mean of both sides), by
/// Bonett and Wright's (2000) standard error of Fisher's z for Spearman's rho, sqrt((1 + rho²/2) / (n - 3)).
pub fn pairs_for(rho: f64, half_width: f64, level: f64) -> u32 {
    const MOST: u32 = 100_000;
    let rho = rho.clamp(-0.999, 0.999);
    let z = rho.atanh();
    let reach = two_sided_z(1.0 - level);
    let wide = |n: u32| {
        let error = ((1.0 + rho * rho / 2.0) / (f64::from(n) - 3.0)).sqrt();
        ((z + reach * error).tanh() - (z - reach * error).tanh()) / 2.0
    };
    (4..MOST).find(|n| wide(*n) <= half_width).unwrap_or(MOST)
}

/// How many nights, in the same mixture, bring an interval of this half width down to the wanted one: it narrows with the square
/// root of their number.
pub fn nights_for(n: usize, half_width: f64, wanted: f64) -> Option<u32> {
    let nights = n as f64 * (half_width / wanted).powi(2);
    (wanted > 0.0 && nights.is_finite() && nights < 1e6).then(|| nights.ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rho_of_nothing_needs_44_pairs_for_three_tenths() {
        // atanh(0.3) = 0.3095; (1.96 / 0.3095)² + 3 = 43.1.
        assert_eq!(pairs_for(0.0, 0.3, 0.95), 44);
        assert!(pairs_for(0.7, 0.3, 0.95) < pairs_for(0.4, 0.3, 0.95));
    }

    #[test]
    fn half_the_width_takes_four_times_the_nights() {
        assert_eq!(nights_for(10, 4.0, 2.0), Some(40));
        assert_eq!(nights_for(10, 4.0, 0.0), None);
    }
}
