//! Statistics that a few wild values do not move.

/// The value below which the share `q` (0 to 1) of `values` lies; linear between neighbours, as R's type 7
/// (Hyndman & Fan 1996). May reorder `values`; `None` when there are none. `NaN` counts as larger than everything.
pub fn percentile(values: &mut [f32], q: f64) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let at = q.clamp(0.0, 1.0) * (values.len() - 1) as f64;
    let below = at.floor() as usize;
    let share = at - below as f64;
    let (_, &mut low, above) = values.select_nth_unstable_by(below, f32::total_cmp);
    if share == 0.0 {
        return Some(low);
    }
    let high = above.iter().copied().min_by(f32::total_cmp).unwrap_or(low);
    Some((f64::from(low) + share * (f64::from(high) - f64::from(low))) as f32)
}

/// The middle value; of an even number, the mean of the two in the middle. May reorder `values`; `None` when there are none.
pub fn median(values: &mut [f32]) -> Option<f32> {
    percentile(values, 0.5)
}

/// Median absolute deviation from the median, times 1.4826: the standard deviation of normal values
/// (Rousseeuw & Croux 1993, eq. 1.3). Overwrites `values`; `None` when there are none.
pub fn spread(values: &mut [f32]) -> Option<f32> {
    let centre = median(values)?;
    for value in values.iter_mut() {
        *value = (*value - centre).abs();
    }
    median(values).map(|deviation| deviation * 1.4826)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn a_percentile_is_that_of_the_sorted_values() {
        let mut noise = Noise::new(3);
        for _ in 0..200 {
            let n = noise.between(1, 60);
            let mut values = noise.samples(n);
            let mut sorted = values.clone();
            sorted.sort_by(f32::total_cmp);
            let q = noise.unit();
            let at = q * (n - 1) as f64;
            let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
            let expected = f64::from(low) + at.fract() * f64::from(high - low);
            let found = percentile(&mut values, q).unwrap();
            assert!(
                (f64::from(found) - expected).abs() < 1e-6,
                "{found} {expected}"
            );
        }
    }

    #[test]
    fn the_median_of_an_even_number_lies_in_the_middle() {
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }

    #[test]
    fn the_spread_of_normal_values_is_their_standard_deviation() {
        let mut noise = Noise::new(4);
        let mut values: Vec<f32> = (0..20_000).map(|_| noise.normal() as f32).collect();
        // The standard error of the MAD of n normal values is 1.17 / sqrt(n) = 0.008.
        assert!((spread(&mut values).unwrap() - 1.0).abs() < 0.03);
    }

    #[test]
    fn one_wild_value_moves_nothing() {
        let mut values: Vec<f32> = (0..101).map(|k| k as f32).collect();
        values[7] = 1e30;
        assert!((median(&mut values.clone()).unwrap() - 50.0).abs() <= 1.0);
        assert!(spread(&mut values).unwrap() < 40.0);
    }
}
